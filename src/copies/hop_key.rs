//! Which hops of two messages are one and the same hand-over: the same server took the message at the same second from the same client
//! under the same number.
//!
//! Not everything that stands behind `id` is such a number: `with Microsoft SMTP Server id 15.20.4567.12` is the version of Exchange, the
//! same for all messages. And somebody who pastes a header may have blacked the numbers out. So a number tells two hops apart only where
//! both lines have one.

use crate::route::Hop;

/// What has to be equal in two lines for them to tell of one hop, besides the number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HopKey {
    by: String,
    from: String,
    time: Time,
}

/// When it was.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Time {
    /// In seconds since 1970 UTC.
    Epoch(i64),
    /// The date as written, where it cannot be read.
    Written(String),
}

/// What tells two hops apart that are alike in all else.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// The server's own number for the message.
    Number(String),
    /// For whom it was taken, where there is no number.
    Recipient(Option<String>),
}

/// The key of a hop.
#[must_use]
pub fn key(hop: &Hop) -> HopKey {
    let received = &hop.received;
    let lower = |part: Option<&str>| part.unwrap_or_default().to_lowercase();
    let time = received.date.map_or_else(
        || Time::Written(received.date_raw.as_deref().unwrap_or_default().to_owned()),
        |date| Time::Epoch(date.epoch),
    );
    HopKey { by: lower(received.by.as_deref()), from: lower(received.from_token.as_deref()), time }
}

/// The mark of a hop.
#[must_use]
pub fn mark(hop: &Hop) -> Mark {
    match number(hop) {
        Some(number) => Mark::Number(number.to_owned()),
        None => Mark::Recipient(recipient(hop)),
    }
}

/// The recipient in the line of a hop, for comparison.
#[must_use]
pub fn recipient(hop: &Hop) -> Option<String> {
    hop.received.recipient().map(|part| crate::fields::address::comparable(part))
}

/// The server's number for the message; absent where the word is a version or was blacked out.
#[must_use]
pub fn number(hop: &Hop) -> Option<&str> {
    let id = hop.received.id.as_deref()?;
    (!is_version(id) && !is_blacked_out(id)).then_some(id)
}

/// Whether a line proves by itself which hop it is: it names the server, the second and the number.
#[must_use]
pub fn is_telling(hop: &Hop) -> bool {
    hop.received.by.is_some() && hop.received.date.is_some() && number(hop).is_some()
}

/// `15.20.4567.12`, `8.1.436.0`, `6.0.3790.1830`
fn is_version(id: &str) -> bool {
    let mut parts = id.split('.');
    let is_part =
        |part: &str| (1..=5).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.clone().count() == 4 && parts.all(is_part)
}

/// `xxxxxxxx`, `[redacted]`, `********`
fn is_blacked_out(id: &str) -> bool {
    let lower = id.to_ascii_lowercase();
    let said = ["redacted", "removed", "hidden", "anonym", "deleted", "masked"]
        .iter()
        .any(|word| lower.contains(word));
    let letters = || lower.chars().filter(|letter| letter.is_alphanumeric());
    let first = letters().next();
    said || letters().all(|letter| Some(letter) == first)
}

#[cfg(test)]
mod tests {
    use super::{is_blacked_out, is_version};

    #[test]
    fn the_version_of_exchange_is_no_number() {
        assert!(is_version("15.20.4567.12") && is_version("8.1.436.0"));
        assert!(!is_version("0000000000044072.0000000060020876.000000C3"));
        assert!(!is_version("1xV4B4-00001M-38"));
    }

    #[test]
    fn what_was_blacked_out_is_no_number() {
        assert!(is_blacked_out("XXXXXXXX") && is_blacked_out("[redacted]") && is_blacked_out("***"));
        assert!(!is_blacked_out("1xV4B4-00001M-38"));
    }
}
