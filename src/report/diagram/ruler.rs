//! The times beside the stops, and a ruler on which they stand true to scale.

use super::super::duration;
use super::{Anchor, Part, units};

/// A stop's place on the drawing, and its time.
pub struct Moment {
    /// The height of the stop.
    pub y: f64,
    /// In seconds since 1970 UTC.
    pub epoch: i64,
}

/// Draws the column that starts at `x`. Without two different times there is no scale, and the times stand alone.
pub fn draw(moments: &[Moment], x: f64) -> Vec<Part> {
    let mut parts: Vec<Part> = moments.iter().map(|moment| clock(moment, x)).collect();
    let (Some(first), Some(last)) = (moments.first(), moments.last()) else { return parts };
    let span = last.epoch - first.epoch;
    let rises = moments.windows(2).all(|pair| matches!(pair, [one, other] if one.epoch <= other.epoch));
    if span <= 0 || !rises || last.y - first.y < LEAST {
        return parts;
    }
    let ruler = x + RULER;
    // Seconds in a header are far below 2^52.
    let place = |epoch: i64| first.y + (last.y - first.y) * (epoch - first.epoch) as f64 / span as f64;
    parts.push(Part::Path {
        class: "ruler",
        hops: None,
        d: format!("M{} {}V{}", units(ruler), units(first.y), units(last.y)),
    });
    for moment in moments {
        parts.extend(leader(moment, place(moment.epoch), x));
    }
    let step = step(span);
    for nth in 0..=span / step {
        let y = place(first.epoch + nth * step);
        parts.push(Part::Path { class: "tick", hops: None, d: format!("M{} {}h6", units(ruler), units(y)) });
        parts.push(text("tick-text", ruler + 10.0, y + 4.0, duration::short(nth * step)));
    }
    parts
}

/// Below this height, in units, a scale shows nothing.
const LEAST: f64 = 40.0;

/// From the column's left to the ruler.
const RULER: f64 = 104.0;

fn clock(moment: &Moment, x: f64) -> Part {
    Part::Clock { place: [x, moment.y + 4.0], epoch: moment.epoch }
}

/// From the time of a stop to its place on the ruler.
fn leader(moment: &Moment, y: f64, x: f64) -> [Part; 2] {
    let d = format!("M{} {}h8L{} {}h8", units(x + 62.0), units(moment.y), units(x + RULER - 8.0), units(y));
    [
        Part::Path { class: "leader", hops: None, d },
        Part::Circle { class: "moment", place: [x + RULER, y, 3.0] },
    ]
}

fn text(class: &'static str, x: f64, y: f64, text: String) -> Part {
    Part::Text { class, place: [x, y], anchor: Anchor::Start, text }
}

/// The steps that people count time in, in seconds.
const STEPS: [i64; 16] =
    [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600];

/// No more marks than this on a ruler.
const MARKS: i64 = 5;

fn step(span: i64) -> i64 {
    let day = 24 * 3600;
    STEPS.into_iter().find(|step| span / step <= MARKS).unwrap_or_else(|| day * (span / (MARKS * day) + 1))
}

#[cfg(test)]
mod tests {
    use super::{MARKS, step};

    #[test]
    fn no_ruler_has_more_marks_than_can_be_read() {
        for span in [1, 4, 6, 59, 61, 3_599, 86_400, 90_000, 31_536_000] {
            assert!(span / step(span) <= MARKS, "{span}: {}", step(span));
        }
    }
}
