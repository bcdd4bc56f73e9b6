//! The signs of stops.

use super::sheet::{fitting, text};
use super::stops::{Sort, Stop};
use super::{Part, units};

/// How far the sign of a stop reaches from its middle.
pub fn radius(sort: Sort) -> f64 {
    match sort {
        Sort::Waiting | Sort::Refused => 11.0,
        Sort::Inside => 4.5,
        _ => 7.0,
    }
}

/// How far the words beside it stand off because of that.
pub fn beside(stop: &Stop) -> f64 {
    match stop.sort {
        Sort::Waiting | Sort::Refused => 6.0,
        _ if stop.inside.is_some() => 10.0,
        _ => 3.0,
    }
}

/// The sign of a stop. One whose machine has further lines inside stands before two others.
pub fn sign(sort: Sort, is_inferred: bool, has_inside: bool, x: f64, y: f64) -> Vec<Part> {
    let circle = |class, x, radius| Part::Circle { class, place: [x, y, radius] };
    let path = |class, d| Part::Path { class, hops: None, d };
    let mut parts = Vec::new();
    if has_inside {
        parts.extend([circle("station-back", x + 9.0, 6.0), circle("station-back", x + 5.0, 6.5)]);
    }
    let class = if is_inferred { "station is-inferred" } else { "station" };
    match sort {
        Sort::Last => parts.push(path("station", tray(x, y))),
        Sort::Refused => parts.extend(octagon(x, y, 11.0)),
        sort => parts.push(circle(class, x, radius(sort))),
    }
    if sort == Sort::Origin {
        parts.push(circle("station-dot", x, 3.0));
    }
    if sort == Sort::Waiting {
        // The hands of a clock.
        parts.push(path("hand", format!("M{0} {1}v-6M{0} {1}h4", units(x), units(y))));
    }
    parts
}

fn tray(x: f64, y: f64) -> String {
    let (left, top) = (units(x - 9.0), units(y - 7.0));
    format!("M{left} {top}h18v14h-18zM{left} {}h5l2 3h4l2 -3h5", units(y))
}

/// A stop sign with a bar: refused.
pub fn octagon(x: f64, y: f64, radius: f64) -> [Part; 2] {
    let side = radius * 0.414;
    let corners = [
        (-side, -radius),
        (side, -radius),
        (radius, -side),
        (radius, side),
        (side, radius),
        (-side, radius),
        (-radius, side),
        (-radius, -side),
    ];
    let corners = corners.map(|(dx, dy)| format!("{} {}", units(x + dx), units(y + dy)));
    let bar = format!("M{} {}h{}", units(x - radius * 0.5), units(y), units(radius));
    [
        Part::Path { class: "refused", hops: None, d: format!("M{}z", corners.join("L")) },
        Part::Path { class: "refused-bar", hops: None, d: bar },
    ]
}

/// From one tooth of a torn edge to the next.
const TOOTH: f64 = 7.0;

/// A torn band across the sheet: the lines from before are gone from the header. Gives back its ground, and its words.
pub fn torn_band(top: f64, bottom: f64, width: f64) -> (Vec<Part>, Vec<Part>) {
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
    let ground = line("cut", format!("M{}L{}z", upper.join("L"), back.join("L")));
    let edges = [upper, lower].map(|edge| line("cut-edge", format!("M{}", edge.join("L"))));
    let y = top + 23.0;
    let words = fitting("the lines from before are gone", width - 104.0, 6.2);
    let words = vec![text("cut-title", 24.0, y, "Trace cut".to_owned()), text("detail", 92.0, y, words)];
    ([ground].into_iter().chain(edges).collect(), words)
}
