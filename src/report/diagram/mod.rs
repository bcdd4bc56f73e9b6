//! The route as a drawing: organisations stand side by side, time runs down, each hop is a line with its number on it.
//!
//! All of it is a pure function of a message and the space there is, so that the page and an exported picture show the same. It names no
//! colours: what a part is stands in its class.

pub mod arrivals;
mod flow;
pub mod fork;
mod lanes;
mod pills;
pub mod rails;
mod reel;
mod ruler;
mod stops;

use super::Message;

/// How much space there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// A lane for each of up to five organisations, and the times beside them: 872 units.
    Wide,
    /// Up to four lanes: 656 units.
    Middle,
    /// Rails instead of lanes, no times: 326 units.
    Narrow,
}

impl Space {
    /// The widest that fits into so many units.
    #[must_use]
    pub const fn of(width: u32) -> Self {
        match width {
            872.. => Self::Wide,
            656..872 => Self::Middle,
            _ => Self::Narrow,
        }
    }
}

/// A drawing. Its parts are painted in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// In units, which are pixels where there is room.
    pub width: f64,
    /// In units.
    pub height: f64,
    /// The course in a sentence, for those who do not see it.
    pub description: String,
    /// What is painted.
    pub parts: Vec<Part>,
}

/// A part of a drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// A rectangle.
    Rect {
        /// What it is.
        class: &'static str,
        /// Left, top, width and height.
        place: [f64; 4],
    },
    /// A line.
    Path {
        /// What it is.
        class: &'static str,
        /// The hops that it stands for, first and last; absent for lines of the drawing itself.
        hops: Option<[usize; 2]>,
        /// In the language of SVG.
        d: String,
    },
    /// A circle.
    Circle {
        /// What it is.
        class: &'static str,
        /// Centre and radius.
        place: [f64; 3],
    },
    /// A text.
    Text {
        /// What it is.
        class: &'static str,
        /// Where its base line starts, ends or has its middle.
        place: [f64; 2],
        /// Which of the three.
        anchor: Anchor,
        /// The text, as much of it as fits.
        text: String,
    },
    /// The mark of a hop, or of the hops that took the same way.
    Pill(Pill),
}

/// Which end of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its start.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// The mark of a hop on its line.
#[derive(Clone, Debug, PartialEq)]
pub struct Pill {
    /// The hops, first and last.
    pub hops: [usize; 2],
    /// Its left end and its top; its height is [`Pill::HEIGHT`].
    pub place: [f64; 2],
    /// Its width.
    pub width: f64,
    /// `3`, or `3 … 24` for hops that took the same way.
    pub number: String,
    /// The width of the dark ground of the number.
    pub number_width: f64,
    /// How long it took; absent where that is not known.
    pub delay: Option<String>,
    /// Whether that is a minute or more.
    pub is_slow: bool,
    /// Whether the connection was encrypted; absent inside one machine, and where that is not known.
    pub is_encrypted: Option<bool>,
    /// `Hop 6, 14 min 32 s, not encrypted`
    pub name: String,
}

impl Pill {
    /// The height of every pill.
    pub const HEIGHT: f64 = 22.0;
}

/// Draws the route of a message; absent where there are no hops.
#[must_use]
pub fn draw(message: &Message, space: Space) -> Option<Drawing> {
    let stops = stops::of(message);
    let loops = reel::of(message, &stops).is_some();
    let stops = if loops { stops } else { stops::folded(stops) };
    let is_empty = stops.is_empty();
    (!is_empty).then(|| flow::draw(message, &stops, space))
}

/// A number as it stands in a drawing: with one digit at most.
fn units(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    if rounded.fract() == 0.0 { format!("{rounded:.0}") } else { format!("{rounded:.1}") }
}
