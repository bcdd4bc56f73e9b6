//! What is said of reports on other messages, such as bounces.

use super::model::{Bounce, BounceRecipient, Message};

/// What became of the message, in a few words.
#[must_use]
pub fn outcome(bounce: &Bounce) -> &'static str {
    match bounce.kind.as_str() {
        "delayed" => "Delayed, not given up yet",
        "delivered" => "Delivered",
        "feedback" => "A recipient complained",
        "auto-reply" => "Automatic reply",
        _ => "Not delivered",
    }
}

/// What a message is to the others of its case; absent for a mail that came by itself.
#[must_use]
pub fn role(message: &Message) -> Option<&'static str> {
    if let Some(bounce) = &message.bounce {
        return Some(match bounce.kind.as_str() {
            "delayed" => "delay notice",
            "delivered" => "receipt",
            "feedback" => "complaint",
            "auto-reply" => "automatic reply",
            _ => "bounce",
        });
    }
    match message.origin.form.as_str() {
        "bounce-original" => Some("returned message"),
        "attached" => Some("attached"),
        "forwarded" => Some("forwarded"),
        _ => None,
    }
}

/// The sentence on top where all that was handed in is one report; absent otherwise, and for automatic replies, which tell nothing of a
/// delivery.
#[must_use]
pub fn headline(messages: &[Message]) -> Option<String> {
    let (first, inner) = messages.split_first()?;
    let bounce =
        first.bounce.as_ref().filter(|_| inner.iter().all(|message| message.origin.parent.is_some()))?;
    let reporter = bounce.reporter.as_deref().unwrap_or("A server");
    let whom = whom(bounce);
    let told = match bounce.kind.as_str() {
        "failed" => format!("{reporter} could not deliver the message to {whom}{}", reason(bounce)),
        "delayed" => {
            format!("{reporter} has not yet been able to deliver the message to {whom} and goes on trying.")
        }
        "delivered" => format!("{reporter} reports that the message to {whom} was delivered."),
        "feedback" => "A recipient complained about the message.".to_owned(),
        _ => return None,
    };
    let route = if bounce.original.is_some() {
        "The route of the returned message is below."
    } else {
        "The message itself was not returned, so its route is not known."
    };
    Some(format!("{told} {route}"))
}

/// `ben@example.com and 2 others`
fn whom(bounce: &Bounce) -> String {
    let first = bounce.recipients.first().and_then(|recipient| recipient.address.as_deref());
    let first = first.unwrap_or("a recipient that it does not name");
    match bounce.recipients.len().saturating_sub(1) {
        0 => first.to_owned(),
        1 => format!("{first} and another"),
        others => format!("{first} and {others} others"),
    }
}

/// `: 550 5.1.1 User unknown.`
fn reason(bounce: &Bounce) -> String {
    let Some(first) = bounce.recipients.first() else {
        return ".".to_owned();
    };
    let words = [codes(first), said(first).unwrap_or_default().to_owned()].join(" ");
    let words: String = words.trim().trim_end_matches('.').chars().take(LONGEST_REASON).collect();
    if words.is_empty() { ".".to_owned() } else { format!(": {words}.") }
}

/// More of what a server said does not go into one sentence.
const LONGEST_REASON: usize = 140;

/// Reply code and status, `550 5.1.1`; empty where there is neither.
#[must_use]
pub fn codes(recipient: &BounceRecipient) -> String {
    let code = recipient.reply_code.map(|code| code.to_string());
    let codes: Vec<&str> = [code.as_deref(), recipient.status.as_deref()].into_iter().flatten().collect();
    codes.join(" ")
}

/// What the server said, without the codes, which most servers repeat at its start.
#[must_use]
pub fn said(recipient: &BounceRecipient) -> Option<&str> {
    let said = recipient.diagnostic.as_deref()?;
    let codes = codes(recipient);
    Some(said.strip_prefix(codes.as_str()).unwrap_or(said).trim()).filter(|said| !said.is_empty())
}

/// One recipient on one line: `ben@example.com: 550 5.1.1 User unknown (said by mx.example.com)`.
#[must_use]
pub fn line(recipient: &BounceRecipient) -> String {
    let address = recipient.address.as_deref().unwrap_or("a recipient that is not named");
    let words = [codes(recipient), said(recipient).unwrap_or_default().to_owned()].join(" ");
    let remote =
        recipient.remote.as_deref().map_or_else(String::new, |remote| format!(" (said by {remote})"));
    match words.trim() {
        "" => format!("{address}{remote}"),
        words => format!("{address}: {words}{remote}"),
    }
}
