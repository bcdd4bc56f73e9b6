//! The samples: mails written for this page, with names and addresses that are reserved for examples (RFC 2606, RFC 5737).

/// One sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// What it shows.
    pub title: &'static str,
    /// The same in a sentence.
    pub about: &'static str,
    /// The text.
    pub text: &'static str,
}

/// All samples, in the order in which they are offered.
pub const SAMPLES: [Sample; 6] = [
    Sample {
        title: "An ordinary mail",
        about: "Five hops in six seconds, a content filter among them.",
        text: include_str!("../../www/samples/ordinary.eml"),
    },
    Sample {
        title: "A slow mail",
        about: "One server held it for an hour and a half before it passed it on.",
        text: include_str!("../../www/samples/slow.eml"),
    },
    Sample {
        title: "Two mailboxes that forward to each other",
        about: "The mail comes back to an address that had it already.",
        text: include_str!("../../www/samples/forwarding-loop.eml"),
    },
    Sample {
        title: "Fetched by POP3",
        about: "An office collects its mail from a mailbox every quarter of an hour.",
        text: include_str!("../../www/samples/pop3-fetch.eml"),
    },
    Sample {
        title: "A damaged header",
        about: "One line cannot be read, one date cannot be. Nothing is lost.",
        text: include_str!("../../www/samples/damaged.eml"),
    },
    Sample {
        title: "A bounce, quoted in a ticket",
        about: "The returned mail is read out of it, though quoting and lost indents have damaged it.",
        text: include_str!("../../www/samples/quoted-bounce.eml"),
    },
];
