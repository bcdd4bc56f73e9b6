//! Very long texts are shown in part: a browser needs seconds to lay out one line of a megabyte.

/// At most this much of a name in a cell of a table is drawn.
pub const CELL: usize = 300;

/// At most this much of a line or a value is drawn.
pub const LINE: usize = 4_000;

/// The text, or its first `longest` letters and how many more there are.
#[must_use]
pub fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => {
            let more = text.chars().count() - longest;
            format!("{} … ({more} more characters)", text.get(..end).unwrap_or_default())
        }
        None => text.to_owned(),
    }
}
