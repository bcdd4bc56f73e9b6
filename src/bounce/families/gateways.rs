//! Domino, and gateways that look at mail on its way: filters against spam and viruses.

use super::Family;

/// Their families.
pub const FAMILIES: &[Family] = &[
    DOMINO,
    NOTES,
    GROUPWISE,
    INTERSCAN,
    M_FILTER,
    MAIL_FOUNDRY,
    MIMECAST,
    MAIL_MARSHAL,
    SURF_CONTROL,
    IRONPORT,
    BARRACUDA,
    MESSAGE_LABS,
    AXIGEN,
    GENERIC,
];

/// Domino: "Your message", its subject, "was not delivered to:", the address, "because:".
const DOMINO: Family =
    Family::failed(&["was not delivered to:", "your document could not be delivered"], None);

/// Lotus SMTP MTA: "------- Failure Reasons  --------" above "------- Returned Message --------".
const NOTES: Family = Family::failed(&["failure reasons", "returned message -"], None);

/// GroupWise: "The message that you sent was undeliverable to the following:"
const GROUPWISE: Family = Family::failed(&["the message that you sent was undeliverable to"], None);

/// InterScan of Trend Micro: "****** Message from InterScan Messaging Security Suite ******", "The following mail could not be
/// delivered."
const INTERSCAN: Family = Family::failed(
    &[
        "message from interscan",
        "the following mail could not be delivered",
        "sent <<< rcpt to:",
        "unable to deliver message to <",
    ],
    None,
);

/// m-FILTER: "-------server message" above "-------SMTP command" and "-------original message".
const M_FILTER: Family = Family::failed(&["server message", "smtp command"], None);

/// MailFoundry: "Unable to deliver message to: <ann@example.com>", "Delivery failed for the following reason:"
const MAIL_FOUNDRY: Family =
    Family::failed(&["unable to deliver message to: <", "delivery failed for the following reason"], None);

/// Mimecast: "An email that you attempted to send to the following address could not be delivered:"
const MIMECAST: Family = Family::failed(&["an email that you attempted to send to the following"], None);

/// MailMarshal: "Your message:", its fields, "Could not be delivered because of".
const MAIL_MARSHAL: Family = Family::failed(&["could not be delivered because of"], None);

/// SurfControl E-mail Filter: "Your message could not be sent.", "A transcript of the attempts to send the message follows.",
/// "The number of attempts made: 1".
const SURF_CONTROL: Family = Family::failed(
    &[
        "your message could not be sent.",
        "a transcript of the attempts to send the message follows",
        "we had trouble delivering your message",
    ],
    None,
);

/// IronPort: "The following message to <ann@example.com> was undeliverable.", "The reason for the problem:"
const IRONPORT: Family = Family::failed(&["the following message to <", "the reason for the problem:"], None);

/// Barracuda: "Your message to:" … "was blocked by our Spam Firewall.", and the words of Postfix.
const BARRACUDA: Family = Family::failed(&["was blocked by our spam firewall"], None);

/// MessageLabs: "A message that you sent could not be delivered", "Could not be delivered to one or more recipients". Its own:
/// "This is a delivery failure notification message indicating that".
const MESSAGE_LABS: Family = Family::failed(&["this is a delivery failure notification message"], None);

/// Axigen: "Your message could not be delivered to the following addresses".
const AXIGEN: Family = Family::failed(
    &[
        "your message could not be delivered to",
        "your e-mail message could not be delivered to",
        "your email could not be delivered to",
    ],
    None,
);

/// What several write alike: "The following addresses failed:", "User's mailbox is full: <ann@example.com>", "Message could not
/// be delivered to the following recipients:".
const GENERIC: Family = Family::failed(
    &[
        "the following addresses failed",
        "the following address failed",
        "user's mailbox is full: <",
        "unable to deliver mail.",
        "mail could not be delivered to the following",
        "message could not be delivered to the following",
        "the following recipients could not be reached",
        "delivery failed to the following recipient",
        "delivery to the following addresses failed",
        "this message is returned undelivered",
        "here is your list of failed recipients",
        "here is your returned mail",
        "an error was detected while processing a message",
        "an error was detected in processing mail",
        "unable to deliver your message to the following",
        "delivery attempts to the following recipient",
        "your message could not be sent to the following",
        "the following recipients did not get your message",
    ],
    None,
);
