//! The signs that only the ways of copies have: arrow heads that point down, separators.

use super::super::{Anchor, Part, units};
use super::tracks::Sheet;

/// An arrow head whose point is at this place.
pub fn head(x: f64, y: f64) -> String {
    format!("M{} {}l4 8.4l4 -8.4z", units(x - 4.0), units(y - 8.4))
}

/// A line across the sheet with a name on it.
pub fn separator(sheet: &Sheet, y: f64, name: &str) -> Vec<Part> {
    let width = (name.chars().count() as f64 * 6.4 + 26.0).min(sheet.width - 8.0);
    vec![
        Part::Path { class: "lane-line", hops: None, d: format!("M0 {}H{}", units(y), units(sheet.width)) },
        Part::Rect { class: "separator-ground", place: [4.0, y - 12.0, width, 24.0] },
        Part::Text {
            class: "separator",
            place: [16.0, y + 4.0],
            anchor: Anchor::Start,
            text: name.to_owned(),
        },
    ]
}
