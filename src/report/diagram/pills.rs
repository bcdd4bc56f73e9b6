//! The marks of hops: what stands in them, and how wide they are.

use super::super::{Hop, duration};
use super::Pill;

/// So many seconds stand out.
const SLOW: i64 = 60;

/// The mark of a hop, not placed yet.
pub(super) fn pill_of(hop: &Hop) -> Pill {
    let seconds = hop.corrected_delay_seconds.or(hop.delay_seconds);
    let is_encrypted = match hop.encrypted.as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    pill(
        [hop.index, hop.index],
        format!("{}", hop.index + 1),
        seconds.map(duration::short),
        seconds >= Some(SLOW),
        is_encrypted,
    )
}

/// A mark that is not placed yet.
pub(super) fn pill(
    hops: [usize; 2],
    number: String,
    delay: Option<String>,
    is_slow: bool,
    is_encrypted: Option<bool>,
) -> Pill {
    let letters = |text: &str, width: f64| text.chars().count() as f64 * width;
    let number_width = (letters(&number, 7.2) + 12.0).max(22.0);
    let delay_width =
        delay.as_ref().map_or(0.0, |delay| letters(delay, if is_slow { 7.6 } else { 6.8 }) + 10.0);
    let lock = if is_encrypted.is_some() { 20.0 } else { 0.0 };
    let said = match is_encrypted {
        Some(true) => ", encrypted",
        Some(false) => ", not encrypted",
        None => "",
    };
    let took = delay.as_ref().map_or_else(String::new, |delay| format!(", {delay}"));
    let name = format!("Hop {number}{took}{said}");
    let width = number_width + delay_width + lock + 2.0;
    Pill { hops, place: [0.0, 0.0], width, number, number_width, delay, is_slow, is_encrypted, name }
}
