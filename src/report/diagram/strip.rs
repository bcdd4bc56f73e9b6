//! The strip above a long route: how long each hop took, and which of them are folded below.

use super::super::Message;
use super::{Anchor, Drawing, Part, pills, units};

/// A route of at most so many hops needs none.
const FEW: usize = 40;

/// A bar is at least so wide, in units: where there are more hops, several share one.
const BAR: f64 = 3.0;

/// The height of the bar of the longest wait.
const HEIGHT: f64 = 40.0;

/// How far down the bars reach, in units.
pub const BARS: f64 = 52.0;

/// The strip of a route that is drawn as `drawing`; absent where the route is short.
#[must_use]
pub fn strip(message: &Message, drawing: &Drawing) -> Option<Drawing> {
    let hops = message.hops.len();
    if hops <= FEW {
        return None;
    }
    let width = drawing.width;
    let wait = |hop| message.hops.get(hop).and_then(|hop| pills::delay(hop, true)).unwrap_or_default().max(0);
    let longest = (0..hops).map(wait).max().unwrap_or_default();
    let x = |hop: usize| width * hop as f64 / hops as f64;
    let mut parts = Vec::new();
    // A drawing is some hundred units wide.
    let each = hops.div_ceil((width / BAR) as usize);
    for first in (0..hops).step_by(each) {
        let end = (first + each).min(hops);
        let most = (first..end).map(wait).max().unwrap_or_default();
        let share = if longest > 0 { (most as f64).ln_1p() / (longest as f64).ln_1p() } else { 0.0 };
        let height = (HEIGHT * share).max(1.5);
        let class = if most >= pills::SLOW { "bar is-slow" } else { "bar" };
        let place = [x(first), BARS - height, (x(end) - x(first) - 0.8).max(0.8), height];
        parts.push(Part::Rect { class, place });
    }
    for part in &drawing.parts {
        if let Part::Fold(fold) = part
            && !fold.is_open
            && fold.hops[1] > fold.hops[0] + 3
        {
            let [from, to] = [x(fold.hops[0]), x(fold.hops[1] + 1)].map(units);
            parts.push(Part::Path { class: "bracket", hops: None, d: format!("M{from} 8V4H{to}V8") });
        }
    }
    let step = step(hops, if width > 400.0 { 8 } else { 4 });
    let marks = [1].into_iter().chain((1..).map(|nth| nth * step).take_while(|mark| mark + step / 2 < hops));
    for mark in marks.chain([hops]) {
        let anchor = match mark {
            1 => Anchor::Start,
            mark if mark == hops => Anchor::End,
            _ => Anchor::Middle,
        };
        let middle = if anchor == Anchor::Start {
            0.0
        } else if anchor == Anchor::End {
            width
        } else {
            x(mark)
        };
        let place = [middle, BARS + 16.0];
        parts.push(Part::Text { class: "tick-text", place, anchor, text: mark.to_string() });
    }
    let description =
        format!("How long each of {hops} hops took; brackets stand over those that are folded.");
    Some(Drawing { width, height: BARS + 20.0, description, parts })
}

/// From one number below the strip to the next: a round one, and not more than `most` of them.
fn step(hops: usize, most: usize) -> usize {
    let mut power = 1;
    while power * 10 <= hops / 6 {
        power *= 10;
    }
    [1, 2, 5, 10]
        .map(|times| times * power)
        .into_iter()
        .find(|step| hops / step <= most)
        .unwrap_or(10 * power)
}
