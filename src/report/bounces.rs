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
    Some(format!("{told} {}", route(bounce)))
}

/// What there is to see of the message that a report is about.
#[must_use]
pub const fn route(bounce: &Bounce) -> &'static str {
    if bounce.original.is_some() {
        "The route of the returned message is below."
    } else {
        "The message itself was not returned, so its route is not known."
    }
}

/// The recipient of whom most is told: the first with an address, or else the first.
fn main_recipient(bounce: &Bounce) -> Option<&BounceRecipient> {
    let mut recipients = bounce.recipients.iter();
    recipients.clone().find(|recipient| recipient.address.is_some()).or_else(|| recipients.next())
}

/// `ben@example.com and 2 others`, `2 recipients`
fn whom(bounce: &Bounce) -> String {
    let address = main_recipient(bounce).and_then(|recipient| recipient.address.as_deref());
    match (address, bounce.recipients.len()) {
        (Some(address), 0 | 1) => address.to_owned(),
        (Some(address), 2) => format!("{address} and another recipient"),
        (Some(address), all) => format!("{address} and {} others", all - 1),
        (None, 0 | 1) => "a recipient that it does not name".to_owned(),
        (None, all) => format!("{all} recipients"),
    }
}

/// `: 550 5.1.1 User unknown.`
fn reason(bounce: &Bounce) -> String {
    let Some(first) = main_recipient(bounce) else {
        return ".".to_owned();
    };
    let words = [codes(first), said(first).unwrap_or_default().to_owned()].join(" ");
    match shortened(words.trim().trim_end_matches('.')) {
        ("", _) => ".".to_owned(),
        (words, false) => format!(": {words}."),
        (words, true) => format!(": {words}…"),
    }
}

/// The words that go into a sentence, and whether that is not all of them. A word is cut only where it alone is too long.
fn shortened(words: &str) -> (&str, bool) {
    let Some((end, next)) = words.char_indices().nth(LONGEST_REASON) else {
        return (words, false);
    };
    let start = words.get(..end).unwrap_or_default();
    let whole = if next == ' ' { Some(start) } else { start.rsplit_once(' ').map(|(whole, _)| whole) };
    (whole.unwrap_or(start).trim_end_matches([' ', '.', ',', ';', ':', '-']), true)
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
    let mut said = recipient.diagnostic.as_deref()?.trim();
    let code = recipient.reply_code.map(|code| code.to_string()).unwrap_or_default();
    let status = recipient.status.as_deref().unwrap_or_default();
    while let Some(rest) = without_code(said, &code).or_else(|| without_code(said, status)) {
        said = rest;
    }
    Some(said).filter(|said| !said.is_empty())
}

/// What follows a code at the head of an answer, as in `550 5.1.1 Unknown` and `550-5.1.1 Unknown`; absent where it is not there.
fn without_code<'s>(said: &'s str, code: &str) -> Option<&'s str> {
    let rest = said.strip_prefix(code).filter(|_| !code.is_empty())?;
    let is_whole = rest.is_empty() || rest.starts_with([' ', '-', ':']);
    is_whole.then(|| rest.trim_start_matches([' ', '-', ':']))
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
