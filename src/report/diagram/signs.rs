//! The signs of stops.

use super::sheet::text;
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

/// The sign of a stop.
pub fn sign(stop: &Stop, x: f64, y: f64) -> Vec<Part> {
    let circle = |class, x, radius| Part::Circle { class, place: [x, y, radius] };
    let path = |class, d| Part::Path { class, hops: None, d };
    let mut parts = Vec::new();
    if stop.inside.is_some() {
        parts.extend([circle("station-back", x + 9.0, 6.0), circle("station-back", x + 5.0, 6.5)]);
    }
    match stop.sort {
        Sort::Last => parts.push(path("station", tray(x, y))),
        Sort::Refused => parts.extend(octagon(x, y, 11.0)),
        Sort::Inferred => parts.push(circle("station is-inferred", x, radius(stop.sort))),
        sort => parts.push(circle("station", x, radius(sort))),
    }
    if stop.sort == Sort::Origin {
        parts.push(circle("station-dot", x, 3.0));
    }
    if stop.sort == Sort::Waiting {
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

/// A torn band `width` wide below `y`: what lay before it is gone from the header. Gives back its ground, and its words.
pub fn cut(y: f64, width: f64) -> (Vec<Part>, Vec<Part>) {
    let (top, bottom) = (y + 6.0, y + 40.0);
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
    let band = |class, d| Part::Path { class, hops: None, d };
    let ground = band("cut", format!("M{}L{}z", upper.join("L"), back.join("L")));
    let edges = [upper, lower].map(|edge| band("cut-edge", format!("M{}", edge.join("L"))));
    let y = top + 23.0;
    let words = super::sheet::fitting("what was before is gone from the header", width - 104.0, 6.2);
    let words = vec![text("cut-title", 24.0, y, "Trace cut".to_owned()), text("detail", 92.0, y, words)];
    ([ground].into_iter().chain(edges).collect(), words)
}
