//! Mail servers that come from Unix.

use super::{Family, Kind};

/// Their families.
pub const FAMILIES: &[Family] = &[
    POSTFIX,
    POSTFIX_DELAY,
    POSTFIX_ERRORS,
    QMAIL,
    EXIM,
    EXIM_DELAY,
    SENDMAIL,
    SENDMAIL_DELAY,
    COURIER,
    COURIER_DELAY,
    OPENSMTPD,
    OPENSMTPD_DELAY,
    DRAGONFLY,
    SMAIL,
    MESSAGING_SERVER,
    COMMUNIGATE,
    FML,
];

/// Postfix, bounce(5), template `failure_template`: "This is the mail system at host mx.example.com."; before 2.3: "This is the
/// Postfix program at host mx.example.com."
const POSTFIX: Family = Family::failed(
    &[
        "this is the mail system at host ",
        "this is the postfix program at host ",
        "i'm sorry to have to inform you that",
    ],
    Some("at host "),
);

/// Postfix, bounce(5), template `delay_template`: "THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE."; "Your
/// message could not be delivered for more than 4 hour(s)."
const POSTFIX_DELAY: Family = Family::delayed(&[
    "this is a warning only. you do not need",
    "this is a warning only.  you do not need",
    "your message could not be delivered for more than",
]);

/// Postfix, smtpd(8), notices to the postmaster (`notify_classes`): "Transcript of session follows."
const POSTFIX_ERRORS: Family = Family::failed(&["transcript of session follows."], None);

/// qmail-send(8), and what took its words over: "Hi. This is the qmail-send program at mx.example.com." Apache James: "Hi. This
/// is the James mail server at mx.example.com." Haraka: "Hi. This is the Haraka Mailer program at mx.example.com."
const QMAIL: Family = Family::failed(
    &[
        "hi. this is the qmail-send program",
        "hi. this is the deliver program",
        "hi. this is the james mail server",
        "hi. this is the haraka mailer program",
        "hi. this is the mail delivery program",
        "this is the qmail-send program",
        "i'm afraid i wasn't able to deliver your message to",
        "we are sorry, but we were unable to deliver your message to",
        "your mail message to the following address(es) could not be delivered",
    ],
    Some(" at "),
);

/// Exim, `src/deliver.c`: "This message was created automatically by mail delivery software." and "A message that you sent could
/// not be delivered to one or more of its recipients." Kundenserver, GMX, Zoho and McAfee write the same.
const EXIM: Family = Family::failed(
    &[
        "this message was created automatically by mail delivery s",
        "this message was created automatically by the mail",
        "this message was created automatically by the smtp relay",
        "a message that you sent could not be delivered",
        "a message that you have sent could not be delivered",
        "a message that you sent was not delivered",
        "a message that you sent contained no recipient addresses",
        "a message sent by",
        "the following address(es) failed:",
    ],
    None,
);

/// Exim, `src/deliver.c`, warning: "A message that you sent has not yet been delivered to one or more of its recipients after
/// more than 24 hours on the queue on mx.example.com."
const EXIM_DELAY: Family = Family {
    openings: &["a message that you sent has not yet been delivered", "has not yet been delivered to"],
    host: Some("on the queue on "),
    kind: Kind::Delayed,
};

/// sendmail, `savemail.c`: "The original message was received at Mon, 2 Nov 2026 09:00:00 +0100", "----- The following addresses
/// had permanent fatal errors -----", "----- Transcript of session follows -----"; version 5: "----- Unsent message follows
/// -----". Mail2000: "---The following addresses had delivery errors---".
const SENDMAIL: Family = Family::failed(
    &[
        "the following addresses had permanent",
        "the following addresses had fatal errors",
        "the following addresses had delivery problems",
        "the following addresses had delivery errors",
        "the following addresses have delivery problems",
        "the following address(es) had permanent",
        "transcript of session follows",
        "transcript of the session follows",
        "unsent message follows",
        "recipients of this delivery",
    ],
    None,
);

/// sendmail, `savemail.c`: "** THIS IS A WARNING MESSAGE ONLY  **", "----- The following addresses had transient non-fatal errors
/// -----".
const SENDMAIL_DELAY: Family = Family::delayed(&[
    "this is a warning message only",
    "the following addresses had transient non-fatal errors",
    "warning: could not send message for past",
    "warning: message still undelivered after",
]);

/// Courier, `submit/dsn`: "This is a delivery status notification from mx.example.com, running the Courier mail server, version
/// 1.3."
const COURIER: Family = Family::failed(
    &[
        "this is a delivery status notification from",
        "your message could not be delivered to the following recipients",
        "undeliverable mail",
    ],
    Some("notification from "),
);

/// Courier, delayed: "The following message could not be delivered yet; the server goes on trying": "Your message was not
/// delivered to the following addresses yet".
const COURIER_DELAY: Family = Family::delayed(&[
    "your message to the following addresses has been delayed",
    "your message has not been delivered yet",
]);

/// OpenSMTPD, `smtpd/bounce.c`: "This is the MAILER-DAEMON, please DO NOT REPLY to this email."
const OPENSMTPD: Family = Family::failed(
    &[
        "this is the mailer-daemon, please do not reply",
        "an error has occurred while attempting to deliver a message",
    ],
    None,
);

/// OpenSMTPD, `smtpd/bounce.c`: "A message is delayed for more than 4 hours for the following list of recipients:"
const OPENSMTPD_DELAY: Family = Family::delayed(&["a message is delayed for more than"]);

/// DragonFly Mail Agent, `bounce.c` of dma: "This is the DragonFly Mail Agent v0.13 at mx.example.com."
const DRAGONFLY: Family = Family::failed(
    &["this is the dragonfly mail agent", "there was an error delivering your mail to <"],
    Some(" at "),
);

/// Smail 3, `notify.c`: "|------------------------- Message log follows: -------------------------|", "|-------------------------
/// Failed addresses follow: ---------------------|".
const SMAIL: Family = Family::failed(&["failed addresses follow:", "message log follows:"], None);

/// Sun and Oracle Messaging Server (PMDF): "This report relates to a message you sent with the following header fields:", "Your
/// message cannot be delivered to the following recipients:".
const MESSAGING_SERVER: Family = Family::failed(
    &[
        "this report relates to a message you sent with",
        "your message cannot be delivered to the following",
        "your message has encountered delivery problems",
        "your message has been enqueued and undeliverable for",
    ],
    None,
);

/// CommuniGate Pro: "Failed to deliver to 'ann@example.com'", "SMTP module(domain example.com) reports:".
const COMMUNIGATE: Family = Family::failed(&["failed to deliver to '", "failed to deliver to domain"], None);

/// fml, a mailing list server: "You are not a member of this mailing list <list@example.com>.", "Duplicated Message-ID in
/// <list@example.com>."
const FML: Family =
    Family::failed(&["you are not a member of this mailing list <", "duplicated message-id in <"], None);
