//! Long lists are shown in part: which part, as figures.

use std::ops::Range;

/// At most this many rows of a list are drawn at once. A browser on an ordinary machine takes about a quarter of a second for so many
/// hops and lines of source.
pub const SIZE: usize = 250;

/// The part of a list of `total` rows that is drawn: the one that starts at `start`, but moved so that `anchor`, a row that must be
/// seen, is in it.
#[must_use]
pub fn part(total: usize, start: usize, anchor: Option<usize>) -> Range<usize> {
    let start = match anchor {
        Some(row) if row < start || row >= start + SIZE => row.saturating_sub(SIZE / 2),
        _ => start,
    };
    let start = start.min(total.saturating_sub(SIZE));
    start..total.min(start + SIZE)
}
