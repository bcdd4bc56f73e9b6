//! A loop as a reel: one turn for each lap, the oldest outside, and its members across the band.

use std::f64::consts::{FRAC_PI_2, PI, TAU};

use super::super::{Message, duration};
use super::lanes::Lanes;
use super::reel::{self, Reel};
use super::ruler::{self, Moment};
use super::sheet::{Sheet, letters};
use super::view::View;
use super::{Anchor, Part, beside, signs, units};

/// What a reel looks like.
pub struct Drawn {
    /// Lines.
    pub ways: Vec<Part>,
    /// What lies on them.
    pub marks: Vec<Part>,
    /// The first and the last time.
    pub moments: Vec<Moment>,
    /// Where the way into it ends.
    pub entry: (f64, f64),
    /// Where the way out of it starts.
    pub exit: (f64, f64),
    /// The bottom of it.
    pub bottom: f64,
    /// Whether its members stand in their own lanes.
    pub is_in_lanes: bool,
}

/// The outer radius, in units.
pub const RADIUS: f64 = 104.0;

/// Up to so many turns all are drawn.
const TURNS: usize = 9;

/// More members than this find no room across the band.
const ACROSS: usize = 16;

/// The circle on which a loop is drawn.
#[derive(Clone)]
pub struct Frame {
    pub x: f64,
    pub y: f64,
    /// The inner radius.
    pub inner: f64,
    /// From one turn to the next.
    pub pitch: f64,
    pub turns: f64,
    /// The angle of the first member.
    pub start: f64,
    /// From one member to the next.
    pub step: f64,
}

impl Frame {
    pub fn at(&self, angle: f64, radius: f64) -> (f64, f64) {
        (self.x + radius * angle.cos(), self.y + radius * angle.sin())
    }

    /// The angle of a member.
    pub fn angle(&self, member: usize) -> f64 {
        self.start + self.step * member as f64
    }

    /// The radius after so many turns.
    fn radius(&self, turns: f64) -> f64 {
        RADIUS - self.pitch * turns
    }
}

/// Draws a reel below `top`.
pub fn draw(
    message: &Message,
    reel: &Reel<'_>,
    lanes: &Lanes,
    sheet: &Sheet,
    view: &View,
    top: f64,
) -> Drawn {
    let circle = reel.circle;
    let members = circle.members.len();
    let turns = circle.laps.clamp(1, TURNS);
    let pitch = if circle.laps > TURNS { 6.0 } else { 5.0 };
    let mut frame = Frame {
        x: sheet.lanes_end / 2.0,
        y: top + RADIUS + if sheet.has_times && members > 4 { 100.0 } else { 84.0 },
        inner: RADIUS - pitch * turns as f64,
        pitch,
        turns: turns as f64,
        start: first_angle(members),
        step: TAU / members as f64,
    };
    let words = beside::words(message, reel, view);
    let centre = if sheet.has_times { beside::centre(&words, &frame, lanes, sheet) } else { None };
    frame.x = centre.unwrap_or(frame.x);
    let mut drawn = Drawn {
        ways: spiral(&frame, circle.laps, [*circle.passes.first().unwrap_or(&0), reel.last]),
        marks: Vec::new(),
        moments: moments(message, reel, &frame, view),
        entry: frame.at(frame.start, RADIUS + 15.0),
        exit: (frame.x, frame.y + RADIUS + 6.0),
        bottom: frame.y + RADIUS + if members > 4 { 60.0 } else { 44.0 },
        is_in_lanes: centre.is_some(),
    };
    for (place, member) in circle.members.iter().enumerate() {
        if members <= ACROSS || place == 0 || member.is_turning_point {
            capsule(&mut drawn.marks, &frame, frame.angle(place), place);
        }
    }
    if sheet.has_times && members <= beside::AROUND {
        drawn.marks.extend(beside::draw(&words, &frame, sheet.lanes_end));
    } else {
        drawn.bottom -= 16.0;
        drawn.bottom = beside::list(&mut drawn.marks, &words, sheet, drawn.bottom);
        drawn.exit.1 = drawn.bottom;
    }
    middle(&mut drawn.marks, &frame, reel);
    if sheet.has_times {
        let laps = reel::laps(message, reel, view);
        drawn.marks.extend(ruler::laps(&laps, sheet.lanes_end + 14.0, frame.y));
    }
    if reel.is_refused {
        let last = words.iter().position(|words| words.hops_to_it(reel.last)).unwrap_or_default();
        let (x, y) = frame.at(frame.angle(last), frame.inner - 12.0);
        drawn.marks.extend(signs::octagon(x, y, 9.0));
    }
    drawn
}

/// Where the first member stands, so that the others find room.
fn first_angle(members: usize) -> f64 {
    match members {
        2 => -PI,
        3 => -PI * 2.0 / 3.0,
        4 => -PI * 3.0 / 4.0,
        more => -FRAC_PI_2 - PI / more as f64,
    }
}

/// The turns. Of many, the first and the last three are drawn, and one dotted for those between.
fn spiral(frame: &Frame, laps: usize, hops: [usize; 2]) -> Vec<Part> {
    let dotted = (laps > TURNS).then_some(3);
    let mut parts = Vec::new();
    for turn in 0..frame.turns as usize {
        let class = if dotted.is_some_and(|dotted| (dotted..dotted + 3).contains(&turn)) {
            "edge is-inferred"
        } else {
            "edge is-thin"
        };
        parts.push(Part::Path { class, hops: Some(hops), d: arc(frame, turn as f64, turn as f64 + 1.0) });
    }
    for turn in [0.62 * frame.step / TAU, frame.turns - 0.38 * frame.step / TAU] {
        let angle = frame.start + TAU * turn;
        let (x, y) = frame.at(angle, frame.radius(turn));
        let (dx, dy) = (-angle.sin(), angle.cos());
        let (nx, ny) = (angle.cos(), angle.sin());
        let point = |along: f64, across: f64| {
            format!("{} {}", units(x + dx * along + nx * across), units(y + dy * along + ny * across))
        };
        let d = format!("M{}L{}L{}z", point(6.0, 0.0), point(-4.0, 4.5), point(-4.0, -4.5));
        parts.push(Part::Path { class: "head", hops: Some(hops), d });
    }
    parts
}

/// A stretch of the spiral, from one turn to another.
fn arc(frame: &Frame, from: f64, to: f64) -> String {
    const STEPS: usize = 32;
    let points = (0..=STEPS).map(|step| {
        let turn = from + (to - from) * step as f64 / STEPS as f64;
        let (x, y) = frame.at(frame.start + TAU * turn, frame.radius(turn));
        format!("{} {}", units(x), units(y))
    });
    format!("M{}", points.collect::<Vec<_>>().join("L"))
}

/// A member: a capsule across the band, with its letter.
fn capsule(parts: &mut Vec<Part>, frame: &Frame, angle: f64, place: usize) {
    let (x, y) = frame.at(angle, frame.inner - 4.0);
    let (outer_x, outer_y) = frame.at(angle, RADIUS + 4.0);
    let d = format!("M{} {}L{} {}", units(x), units(y), units(outer_x), units(outer_y));
    parts.push(Part::Path { class: "capsule", hops: None, d: d.clone() });
    parts.push(Part::Path { class: "capsule-inside", hops: None, d });
    let (x, y) = frame.at(angle, f64::midpoint(frame.inner, RADIUS));
    parts.push(middled("letter-mark", x, y + 4.0, letter(place)));
}

/// A, B, C; from the 27th on the number.
pub fn letter(place: usize) -> String {
    let letter = u8::try_from(place).ok().filter(|place| *place < 26).map(|place| char::from(b'A' + place));
    letter.map_or_else(|| format!("{}", place + 1), String::from)
}

fn middled(class: &'static str, x: f64, y: f64, text: String) -> Part {
    Part::Text { class, place: [x, y], anchor: Anchor::Middle, text }
}

/// How often, in the middle, as far as it fits between the inner ends of the capsules.
fn middle(parts: &mut Vec<Part>, frame: &Frame, reel: &Reel<'_>) {
    let circle = reel.circle;
    let laps = if circle.laps == 1 { "1 lap".to_owned() } else { format!("{} laps", circle.laps) };
    let hops = format!("hops {} to {}", circle.passes.first().unwrap_or(&0) + 1, reel.last + 1);
    let each = circle.seconds_per_lap.map(|seconds| format!("{} per lap", duration::short(seconds)));
    let room = |below: f64| 2.0 * ((frame.inner - 10.0).powi(2) - below * below).max(0.0).sqrt();
    for (class, words, dy) in
        [("laps", laps, -8.0), ("detail", hops, 9.0), ("detail", each.unwrap_or_default(), 24.0)]
    {
        if class == "laps" || letters(&words) * 6.0 <= room(dy + 2.0) {
            parts.push(middled(class, frame.x, frame.y + dy, words));
        }
    }
}

/// The times at which the round begins and ends, at its top and its bottom.
fn moments(message: &Message, reel: &Reel<'_>, frame: &Frame, view: &View) -> Vec<Moment> {
    let first = reel.circle.passes.first().copied();
    let ends = [(first, frame.y - RADIUS), (Some(reel.last), frame.y + RADIUS)];
    let moment = |(hop, y): (Option<usize>, f64)| {
        let of = message.hops.get(hop?)?;
        let skew = of.skew_seconds.filter(|skew| *skew != 0);
        let epoch = of.epoch? - skew.filter(|_| view.is_corrected).unwrap_or(0);
        Some(Moment { y, epoch, hop, is_off: skew.is_some() })
    };
    ends.into_iter().filter_map(moment).collect()
}
