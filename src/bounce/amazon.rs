//! What Amazon SES reports by way of Amazon SNS: JSON in the text of a mail.
//!
//! Sample: `{"notificationType":"Bounce","bounce":{"bouncedRecipients":[{"emailAddress":"ann@example.com","status":"5.1.1",
//! "diagnosticCode":"smtp; 550 5.1.1 user unknown"}],"reportingMTA":"dns; mx.example.com"},…}`; in another setting of SNS all of
//! it is a string in another object, with `\"` for each quote (Amazon SES developer guide, "Amazon SNS notification contents").

use super::{Bounce, Kind, Recipient, dsn, scan};
use crate::mime::Part;
use crate::text::{Reading, Span};

/// Longer notices are not read: the header of the message that they hold is cut to 10 kB by Amazon.
const LONGEST: usize = 64 * 1024;

/// Reads such a notice; absent where no part is one.
pub fn read(parts: &[Part<'_>]) -> Option<Bounce> {
    parts.iter().filter(|part| part.media_type == "text/plain").take(2).find_map(|part| notice(&part.content))
}

fn notice(content: &Reading<'_>) -> Option<Bounce> {
    let start = content.bytes().trim_ascii_start();
    if !start.starts_with(b"{") {
        return None;
    }
    // Line ends are in the way only: they may stand within a word where a mail server cut the line.
    let text = String::from_utf8_lossy(start.get(..start.len().min(LONGEST))?);
    let strings = strings(&text.replace(['\\', '\r', '\n'], ""));
    let kind = match value(&strings, "notificationType").or_else(|| value(&strings, "eventType"))? {
        "Bounce" => Kind::Failed,
        "Complaint" => Kind::Feedback,
        "Delivery" => Kind::Delivered,
        _ => return None,
    };
    let reporter =
        value(&strings, "reportingMTA").map(|name| name.rsplit([';', ' ']).next().unwrap_or(name).to_owned());
    // Other services write of events as well: only this one has the mail beside the event, and those it was for.
    let recipients = recipients(&strings, content.place(content.span()));
    let is_of_mail = strings.iter().any(|name| name == "mail") && !recipients.is_empty();
    is_of_mail.then_some(Bounce { reporter, ..Bounce::of(kind, recipients) })
}

/// The recipients, each with what stands between its address and the next one; after a delivery the addresses are a plain list.
fn recipients(strings: &[String], span: Span) -> Vec<Recipient> {
    let mut recipients: Vec<Recipient> = Vec::new();
    for pair in strings.windows(2) {
        let [key, value] = pair else { continue };
        match (key.as_str(), recipients.last_mut()) {
            ("emailAddress", _) | ("recipients", None) if scan::is_address(value) => {
                recipients.push(Recipient { address: Some(value.clone()), span, ..Recipient::default() });
            }
            ("status", Some(last)) if last.status.is_none() => last.status = Some(value.clone()),
            ("diagnosticCode", Some(last)) if last.diagnostic.is_none() => {
                let said = value.split_once(';').map_or(value.as_str(), |(_, said)| said);
                last.diagnostic = Some(said.trim().to_owned());
            }
            ("smtpResponse", Some(last)) if last.diagnostic.is_none() => {
                last.status = super::codes::enhanced(value).map(str::to_owned);
                last.diagnostic = Some(value.clone());
            }
            _ => {}
        }
    }
    recipients.into_iter().map(dsn::told).collect()
}

/// Names and values alike, in their order: what stands between two quotes, but for the marks between a name and its value. An
/// object within a string does not keep the count of quotes even.
fn strings(text: &str) -> Vec<String> {
    let is_word = |word: &&str| word.bytes().any(|byte| byte.is_ascii_alphanumeric());
    text.split('"').filter(is_word).map(str::to_owned).collect()
}

/// The string that follows a name.
fn value<'s>(strings: &'s [String], key: &str) -> Option<&'s str> {
    strings.windows(2).find_map(|pair| match pair {
        [name, value] if name == key => Some(value.as_str()),
        _ => None,
    })
}
