//! The route as a drawing: organisations stand side by side, time runs down, each hop is a line with its number on it.
//!
//! All of it is a pure function of a message and of how the reader looks at it, so that the page and an exported picture show the same. It
//! names no colours: what a part is stands in its class.
//!
//! | class | what it is |
//! |---|---|
//! | `lane-own`, `lane-line`, `rail` | the ground of the receiving side's lane; the line between two lanes; the line of a lane where they are narrow |
//! | `border`, `border-words` | where the lines of the receiving side begin, and its words |
//! | `lane-name`, `lane-role` | the head of a lane or of the times |
//! | `station`, `station-back`, `station-dot`, `hand`, `refused`, `refused-bar` | the sign of a stop, and what stands behind or in it |
//! | `name`, `detail` | the two lines beside a stop |
//! | `edge`, `head` | a way and its arrow head |
//! | `rungs` | the way through hops that are folded |
//! | `capsule`, `capsule-inside`, `letter-mark`, `laps` | a member of a loop, its letter, and the words in the middle |
//! | `lap-bar`, `ground` | how long a lap took; what covers lines below a text |
//! | `cut`, `cut-edge`, `cut-title` | the torn band |
//! | `clock`, `ruler`, `tick`, `tick-text`, `leader`, `moment` | the times, the ruler, and what leads from one to the other |
//! | `span` | the time of a hop on the ruler: shown where the hop is lit, else not at all |
//! | `bar`, `bracket` | in the strip: how long a hop took, and which hops are folded |
//!
//! `is-inferred` (dotted: no line tells of it), `is-thin`, `is-slow` and `is-off` (its clock is wrong) come beside these. What is shown of a
//! [`Pill`] and a [`Fold`] is told by their fields.

pub mod arrivals;
mod beside;
mod describe;
mod flow;
pub mod fork;
pub mod glyphs;
mod lanes;
mod legend;
mod pills;
pub mod rails;
mod reel;
mod ring;
mod rows;
mod ruler;
mod sheet;
mod signs;
mod stops;
mod strip;
mod view;

pub use legend::{Sign, legend};
pub use strip::{BARS, strip};
pub use view::{Opening, Refusal, Scale, View};

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
    /// A time, which is written in the zone of the reader's choice.
    Clock {
        /// What it is.
        class: &'static str,
        /// Where its base line starts.
        place: [f64; 2],
        /// Whether it is the day that counts, and not the time of day.
        is_day: bool,
        /// In seconds since 1970 UTC.
        epoch: i64,
    },
    /// A name out of the mail.
    Name(Name),
    /// The mark of a hop, or of the hops that took the same way.
    Pill(Pill),
    /// Hops that are folded, or can be folded again.
    Fold(Fold),
}

/// A name out of the mail. It may run from right to left.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// What it is.
    pub class: &'static str,
    /// Where its base line starts, ends or has its middle.
    pub place: [f64; 2],
    /// Which of the three.
    pub anchor: Anchor,
    /// As much of it as fits.
    pub text: String,
    /// The whole name; absent where that is shown.
    pub full: Option<String>,
}

/// Hops that are not drawn one by one, or that can be folded again.
#[derive(Clone, Debug, PartialEq)]
pub struct Fold {
    /// What opens and closes it; absent where the drawing has no room for more, and the hops stand in the table only.
    pub opening: Option<Opening>,
    /// The hops, first and last.
    pub hops: [usize; 2],
    /// Left, top, width and height.
    pub place: [f64; 4],
    /// `3, 4`, or `184 hops · 3 to 186`
    pub label: String,
    /// `41 hosts, 6 min 2 s`; empty beside a stop.
    pub detail: String,
    /// Whether the hops are shown.
    pub is_open: bool,
    /// `Hops 3, 4 on gw.example.com`
    pub name: String,
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
    /// Whether a clock was wrong, so that the delay is not the one by the dates.
    pub is_off: bool,
    /// Whether the connection was encrypted; absent inside one machine, and where that is not known.
    pub is_encrypted: Option<bool>,
    /// `Hop 6, 14 min 32 s, not encrypted`
    pub name: String,
}

impl Pill {
    /// The height of every pill.
    pub const HEIGHT: f64 = 22.0;
}

/// Draws the route of a message as it opens; absent where there are no hops.
#[must_use]
pub fn draw(message: &Message, space: Space) -> Option<Drawing> {
    draw_as(message, &View::new(space))
}

/// Draws the route of a message as the reader wants to see it; absent where there are no hops.
#[must_use]
pub fn draw_as(message: &Message, view: &View) -> Option<Drawing> {
    let stops = stops::of(message, view);
    let is_empty = stops.is_empty();
    (!is_empty).then(|| flow::draw(message, &stops, view))
}

impl Drawing {
    /// How far down a hop is shown, by itself or folded; of a hop that is not, the next one that is.
    #[must_use]
    pub fn height_of(&self, hop: usize) -> Option<f64> {
        let way =
            |[first, last]: [usize; 2]| if hop < first { first - hop } else { hop.saturating_sub(last) };
        self.heights().min_by_key(|(hops, _)| way(*hops)).map(|(_, y)| y)
    }

    /// The hops that are shown between two heights, by themselves or folded: the first and the last. Absent where none is.
    #[must_use]
    pub fn hops_between(&self, top: f64, bottom: f64) -> Option<[usize; 2]> {
        let mut shown = self.heights().filter(|(_, y)| (top..=bottom).contains(y)).map(|(hops, _)| hops);
        let start = shown.next()?;
        Some(shown.fold(start, |[from, to], [first, last]| [from.min(first), to.max(last)]))
    }

    /// The hops that each mark stands for, and how far down it is.
    fn heights(&self) -> impl Iterator<Item = ([usize; 2], f64)> {
        self.parts.iter().filter_map(|part| match part {
            Part::Pill(pill) => Some((pill.hops, pill.place[1])),
            Part::Fold(fold) if !fold.is_open => Some((fold.hops, fold.place[1])),
            _ => None,
        })
    }
}

/// A number as it stands in a drawing: with one digit at most.
fn units(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    if rounded.fract() == 0.0 { format!("{rounded:.0}") } else { format!("{rounded:.1}") }
}
