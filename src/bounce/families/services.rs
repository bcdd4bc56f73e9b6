//! Mail services on the net, and mobile carriers.

use super::Family;

/// Their families.
pub const FAMILIES: &[Family] = &[GMAIL, GMAIL_DELAY, YAHOO, MAIL_RU, AMAZON, EZWEB, KDDI, VERIZON, BIGLOBE];

/// Gmail until 2016: "Delivery to the following recipient failed permanently:", "Technical details of permanent failure:". Since
/// then: "** Address not found **", "** Message blocked **", "Your message wasn't delivered to ann@example.com because …".
const GMAIL: Family = Family::failed(
    &[
        "technical details of permanent failure",
        "technical details of the failure",
        "your message wasn't delivered to",
        "your message couldn't be delivered to",
        "address not found",
        "message not delivered",
        "message blocked",
        "message rejected",
        "message too large",
        "recipient inbox full",
        "couldn't reach the recipient",
        "the response from the remote server was:",
    ],
    None,
);

/// Gmail: "Technical details of temporary failure:", "** Delivery incomplete **".
const GMAIL_DELAY: Family = Family::delayed(&[
    "technical details of temporary failure",
    "delivery incomplete",
    "message delivery delayed",
]);

/// Yahoo: "Sorry, we were unable to deliver your message to the following address."; before: "Message from yahoo.com." and
/// "Unable to deliver message to the following address(es)."
const YAHOO: Family = Family::failed(
    &[
        "sorry, we were unable to deliver your message to",
        "unable to deliver message to the following address",
    ],
    None,
);

/// Mail.Ru, above the words of Exim: "Это письмо создано автоматически сервером Mail.Ru, отвечать на него не нужно."
const MAIL_RU: Family = Family::failed(
    &["Это письмо создано автоматически", "К сожалению, Ваше письмо не может быть доставлено"],
    None,
);

/// Amazon SES and WorkMail: "An error occurred while trying to deliver the mail to the following recipients:"
const AMAZON: Family = Family::failed(
    &["an error occurred while trying to deliver the mail to the following recip", "technical report:"],
    None,
);

/// au by KDDI (EZweb): "Each of the following recipients was rejected by a remote mail server.", "The following recipients did
/// not receive this message:"
const EZWEB: Family = Family::failed(
    &[
        "each of the following recipients was rejected by",
        "the following recipients did not receive",
        "the user(s) account is disabled",
        "the user(s) account is temporarily",
        "your message was not delivered within",
    ],
    None,
);

/// au one net: "Your mail sent on: Mon, 2 Nov 2026 09:00:00 +0900" with "Could not be delivered to: <ann@example.com>"; "Your
/// mail attempted to be delivered on: …".
const KDDI: Family = Family::failed(
    &[
        "your mail sent on:",
        "your mail sent on ",
        "your mail attempted to be delivered on",
        "could not be delivered to: <",
    ],
    None,
);

/// Verizon Wireless: "Message could not be delivered to mobile.", "Error: Invalid user address".
const VERIZON: Family = Family::failed(
    &[
        "message could not be delivered to mobile",
        "error: invalid user address",
        "error: no valid recipients",
        "error message below:",
    ],
    None,
);

/// Biglobe: "----- Non-delivered information -----".
const BIGLOBE: Family = Family::failed(&["non-delivered information"], None);
