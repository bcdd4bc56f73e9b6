//! Long lists are shown in part: which part, as figures.

use std::ops::Range;

/// At most so many rows of a table are drawn at once: what comes below it stays in reach, and a browser on an ordinary machine takes about a
/// tenth of a second for the hops and the fields.
pub const ROWS: usize = 100;

/// At most so many lines of the source, which scrolls in a window of its own.
pub const LINES: usize = 250;

/// The part of a list of `total` rows that is drawn, `size` of them: the one that starts at `start`, but moved so that `anchor`, a row
/// that must be seen, is in it.
#[must_use]
pub fn part(total: usize, size: usize, start: usize, anchor: Option<usize>) -> Range<usize> {
    let start = match anchor {
        Some(row) if row < start || row >= start + size => row.saturating_sub(size / 2),
        _ => start,
    };
    let start = start.min(total.saturating_sub(size));
    start..total.min(start + size)
}

/// Of `total` rows at most `size`, with `row` among them: the first ones, or, where `row` is beyond these, the ones around it.
#[must_use]
pub fn around(total: usize, size: usize, row: usize) -> Range<usize> {
    let start = if row < size { 0 } else { row - size / 2 };
    let start = start.min(total.saturating_sub(size));
    start..total.min(start + size)
}

/// So many rows of a list that scrolls are in view.
const VIEW: usize = 14;

/// So many more are drawn above and below, so that scrolling shows no gaps.
const MORE: usize = 8;

/// Of a list that scrolls, the rows that are drawn where `top` is the first in view.
#[must_use]
pub fn in_view(total: usize, top: usize) -> Range<usize> {
    let start = top.saturating_sub(MORE).min(total.saturating_sub(VIEW + 2 * MORE));
    start..total.min(start + VIEW + 2 * MORE)
}
