//! The signs and words of a drawing: stops, the torn band, separators.

use super::super::stops::Sort;
use super::super::{Anchor, Part, units};
use super::tracks::Sheet;

/// From one tooth of a torn edge to the next.
const TOOTH: f64 = 7.0;

/// The sign of a stop whose mail comes from above, and how far it reaches.
pub fn stop(sort: Sort, is_inferred: bool, has_inside: bool, x: f64, y: f64) -> Vec<Part> {
    let mut parts = Vec::new();
    if has_inside {
        parts.push(Part::Circle { class: "station-back", place: [x + 9.0, y, 6.0] });
        parts.push(Part::Circle { class: "station-back", place: [x + 5.0, y, 6.5] });
    }
    if sort == Sort::Last {
        let (left, top) = (units(x - 9.0), units(y - 7.0));
        let d = format!("M{left} {top}h18v14h-18zM{left} {}h5l2 3h4l2 -3h5", units(y));
        parts.push(Part::Path { class: "station", hops: None, d });
        return parts;
    }
    let class = if is_inferred { "station is-inferred" } else { "station" };
    parts.push(Part::Circle { class, place: [x, y, radius(sort)] });
    if sort == Sort::Origin {
        parts.push(Part::Circle { class: "station-dot", place: [x, y, 3.0] });
    }
    if sort == Sort::Waiting {
        let (x, y) = (units(x), units(y));
        parts.push(Part::Path { class: "hand", hops: None, d: format!("M{x} {y}v-6M{x} {y}h4") });
    }
    parts
}

/// How far the sign of a stop reaches.
pub fn radius(sort: Sort) -> f64 {
    if sort == Sort::Waiting { 11.0 } else { 7.0 }
}

/// An arrow head whose point is at this place.
pub fn head(x: f64, y: f64) -> String {
    format!("M{} {}l4 8.4l4 -8.4z", units(x - 4.0), units(y - 8.4))
}

/// A torn band across the sheet.
pub fn band(top: f64, bottom: f64, width: f64) -> Vec<Part> {
    let edge = |y: f64| {
        let teeth = (width / TOOTH) as usize;
        let points = (0..=teeth).map(|tooth| {
            let height = if tooth % 2 == 0 { 0.0 } else { 5.0 };
            format!("{} {}", units(TOOTH * tooth as f64), units(y + height))
        });
        points.collect::<Vec<_>>()
    };
    let (upper, lower) = (edge(top), edge(bottom));
    let back: Vec<String> = lower.iter().rev().cloned().collect();
    let line = |class, d| Part::Path { class, hops: None, d };
    vec![
        line("cut", format!("M{}L{}z", upper.join("L"), back.join("L"))),
        line("cut-edge", format!("M{}", upper.join("L"))),
        line("cut-edge", format!("M{}", lower.join("L"))),
    ]
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
