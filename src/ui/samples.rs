//! The samples: mails written for this page, with names and addresses that are reserved for examples (RFC 2606, RFC 5737).

use crate::report::Severity;

/// One sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// What it shows.
    pub title: &'static str,
    /// The same in a sentence.
    pub about: &'static str,
    /// How bad what it shows is.
    pub severity: Severity,
    /// The text.
    pub text: &'static str,
}

/// All samples, in the order in which they are offered: the stories first for which this page was made.
pub const SAMPLES: [Sample; 10] = [
    Sample {
        title: "“I got this mail seven times”",
        about: "A POP3 connector sends one mail again to everybody. Original and copies.",
        severity: Severity::High,
        text: include_str!("../../www/samples/connector-storm.eml"),
    },
    Sample {
        title: "A loop that ended in a bounce",
        about: "Three servers, 26 hops, “Too many hops”.",
        severity: Severity::High,
        text: include_str!("../../www/samples/loop-bounce.eml"),
    },
    Sample {
        title: "Mail for somebody else",
        about: "One mailbox for a whole domain, and a program that guesses for whom each mail is.",
        severity: Severity::Medium,
        text: include_str!("../../www/samples/multidrop.eml"),
    },
    Sample {
        title: "A bounce of a mail never sent",
        about: "A server accepts everything, and then returns it to a sender who was forged.",
        severity: Severity::High,
        text: include_str!("../../www/samples/backscatter.eml"),
    },
    Sample {
        title: "A slow mail",
        about: "One server held it for an hour and a half before it passed it on.",
        severity: Severity::Info,
        text: include_str!("../../www/samples/slow.eml"),
    },
    Sample {
        title: "An ordinary mail",
        about: "Five hops in six seconds, a content filter among them.",
        severity: Severity::Ok,
        text: include_str!("../../www/samples/ordinary.eml"),
    },
    Sample {
        title: "Two forwards, head to tail",
        about: "The mail comes back to an address that had it already.",
        severity: Severity::High,
        text: include_str!("../../www/samples/forwarding-loop.eml"),
    },
    Sample {
        title: "Fetched by POP3",
        about: "An office collects its mail from a mailbox every quarter of an hour.",
        severity: Severity::Info,
        text: include_str!("../../www/samples/pop3-fetch.eml"),
    },
    Sample {
        title: "A damaged header",
        about: "One line cannot be read, one date cannot be. Nothing is lost.",
        severity: Severity::Info,
        text: include_str!("../../www/samples/damaged.eml"),
    },
    Sample {
        title: "A bounce, quoted in a ticket",
        about: "The returned mail is read out of it, though quoting and lost indents have damaged it.",
        severity: Severity::High,
        text: include_str!("../../www/samples/quoted-bounce.eml"),
    },
];
