//! The marks of hops: what stands in them, and how wide they are.

use super::super::{Hop, duration};
use super::Pill;
use super::sheet::letters;

/// So many seconds stand out.
pub const SLOW: i64 = 60;

/// The mark of a hop, not placed yet: with the clocks put right, or by the dates as they are written.
pub fn pill_of(hop: &Hop, is_corrected: bool) -> Pill {
    let seconds = delay(hop, is_corrected);
    let is_encrypted = match hop.encrypted.as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let one = pill(
        [hop.index, hop.index],
        format!("{}", hop.index + 1),
        seconds.map(duration::short),
        seconds >= Some(SLOW),
        is_encrypted,
    );
    if hop.corrected_delay_seconds.is_none() {
        return one;
    }
    let how = if is_corrected { "with the clocks put right" } else { "by clocks that are off" };
    // The sign of the clock takes the place of the one for a wait.
    let width = one.width + if one.is_slow { 0.0 } else { SIGN };
    Pill { is_off: true, width, name: format!("{}, {how}", one.name), ..one }
}

/// Seconds since the hop before.
pub fn delay(hop: &Hop, is_corrected: bool) -> Option<i64> {
    hop.corrected_delay_seconds.filter(|_| is_corrected).or(hop.delay_seconds)
}

/// The width of the sign for a wait or a clock.
const SIGN: f64 = 17.0;

/// A mark that is not placed yet.
pub fn pill(
    hops: [usize; 2],
    number: String,
    delay: Option<String>,
    is_slow: bool,
    is_encrypted: Option<bool>,
) -> Pill {
    let number_width = (letters(&number) * 7.2 + 12.0).max(22.0);
    let delay_width =
        delay.as_ref().map_or(0.0, |delay| letters(delay) * if is_slow { 7.6 } else { 6.8 } + 10.0);
    let lock = if is_encrypted.is_some() { 20.0 } else { 0.0 };
    let sign = if is_slow { SIGN } else { 0.0 };
    let said = match is_encrypted {
        Some(true) => ", encrypted",
        Some(false) => ", not encrypted",
        None => "",
    };
    let took = delay.as_ref().map_or_else(String::new, |delay| format!(", {delay}"));
    let name = format!("Hop {number}{took}{said}");
    let width = number_width + sign + delay_width + lock + 2.0;
    let is_off = false;
    Pill { hops, place: [0.0, 0.0], width, number, number_width, delay, is_slow, is_off, is_encrypted, name }
}

impl Pill {
    /// Where the sign for a wait or a wrong clock stands, and what it is; absent where there is none.
    #[must_use]
    pub fn sign(&self) -> Option<([f64; 2], &'static str)> {
        let glyph = if self.is_off { super::glyphs::CLOCK } else { super::glyphs::SLOW };
        let place = [self.place[0] + self.number_width + 4.0, self.place[1] + 4.0];
        (self.is_off || self.is_slow).then_some((place, glyph))
    }

    /// Where the delay starts.
    #[must_use]
    pub fn delay_x(&self) -> f64 {
        let sign = if self.is_off || self.is_slow { SIGN } else { 0.0 };
        self.place[0] + self.number_width + 5.0 + sign
    }
}
