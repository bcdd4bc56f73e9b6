//! A loop as a reel: one turn for each lap, the oldest outside, and its members across the band.

use std::f64::consts::{PI, TAU};
use std::ops::Range;

use super::super::{Circle, Message, duration};
use super::flow::{fitting, text};
use super::pills::pill;
use super::ruler::Moment;
use super::stops::{Link, Stop};
use super::{Anchor, Part, Pill, units};

/// A loop within the stops.
pub struct Reel<'m> {
    /// The stops that it stands for.
    pub stops: Range<usize>,
    /// The hop by which the message came into it; absent where the header begins there.
    pub entry: Option<usize>,
    circle: &'m Circle,
    /// The last hop of the round.
    last: usize,
}

/// The loop of a message; absent where it does not go round.
pub fn of<'m>(message: &'m Message, stops: &[Stop]) -> Option<Reel<'m>> {
    let circle = message.circle.as_ref().filter(|circle| circle.is_loop && circle.members.len() > 1)?;
    let first = *circle.passes.first()?;
    let hop_of = |stop: &Stop| match stop.link {
        Link::Hop(hop) => Some(hop),
        Link::Start | Link::Inferred => None,
    };
    let start = stops.iter().position(|stop| {
        hop_of(stop) == Some(first) || stop.inside.is_some_and(|[from, to]| (from..=to).contains(&first))
    })?;
    let is_member = |stop: &Stop| {
        circle.members.iter().any(|member| {
            (member.host.is_some() && member.host == stop.host)
                || (member.host.is_none() && stop.organisation.as_deref() == Some(&member.name))
        })
    };
    let end = stops.iter().rposition(is_member)? + 1;
    let last = stops.get(end - 1).and_then(hop_of)?;
    (end > start + 2).then(|| Reel {
        stops: start..end,
        entry: stops.get(start).and_then(hop_of),
        circle,
        last,
    })
}

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
}

/// The outer radius, in units.
const RADIUS: f64 = 104.0;

/// Up to so many turns all are drawn.
const TURNS: usize = 9;

struct Frame {
    x: f64,
    y: f64,
    /// The inner radius.
    inner: f64,
    /// From one turn to the next.
    pitch: f64,
    turns: f64,
    start: f64,
}

impl Frame {
    fn at(&self, angle: f64, radius: f64) -> (f64, f64) {
        (self.x + radius * angle.cos(), self.y + radius * angle.sin())
    }

    /// The radius after so many turns.
    fn radius(&self, turns: f64) -> f64 {
        RADIUS - self.pitch * turns
    }
}

/// Draws a reel below `top`, in the middle of so many units.
pub fn draw(message: &Message, reel: &Reel<'_>, width: f64, top: f64, is_narrow: bool) -> Drawn {
    let circle = reel.circle;
    let members = circle.members.len();
    let turns = circle.laps.clamp(1, TURNS);
    let pitch = if circle.laps > TURNS { 6.0 } else { 5.0 };
    let frame = Frame {
        x: width / 2.0,
        y: top + 84.0 + RADIUS,
        inner: RADIUS - pitch * turns as f64,
        pitch,
        turns: turns as f64,
        start: first_angle(members),
    };
    let mut drawn = Drawn {
        ways: spiral(&frame, circle.laps, [*circle.passes.first().unwrap_or(&0), reel.last]),
        marks: Vec::new(),
        moments: moments(message, reel, &frame),
        entry: frame.at(frame.start, RADIUS + 15.0),
        exit: (frame.x, frame.y + RADIUS + 6.0),
        bottom: frame.y + RADIUS + 44.0,
    };
    let ways = ways(message, reel);
    for (place, member) in circle.members.iter().enumerate() {
        let angle = frame.start + TAU * place as f64 / members as f64;
        capsule(&mut drawn.marks, &frame, angle, place);
        let detail = match (member.is_turning_point, circle.passes.len()) {
            (true, _) => "turning point".to_owned(),
            (false, passes) if place == 0 => format!("{passes} passes"),
            _ => String::new(),
        };
        if !is_narrow {
            label(&mut drawn.marks, &frame, angle, width, [&member.name, &detail]);
        }
        if let Some(Some(mut pill)) = ways.get(place).cloned() {
            let middle = angle + TAU / members as f64 / 2.0;
            let (x, y) = frame.at(middle, RADIUS + 18.0);
            let left = if middle.cos() < -0.2 {
                x - pill.width
            } else if middle.cos() > 0.2 {
                x
            } else {
                x - pill.width / 2.0
            };
            pill.place = [left.clamp(0.0, width - pill.width), y - Pill::HEIGHT / 2.0];
            drawn.marks.push(Part::Pill(pill));
        }
    }
    if is_narrow {
        list(&mut drawn, circle);
    }
    middle(&mut drawn.marks, &frame, reel);
    drawn
}

/// Where the first member stands, so that the others find room.
fn first_angle(members: usize) -> f64 {
    match members {
        2 => -PI,
        3 => -PI * 2.0 / 3.0,
        4 => -PI * 3.0 / 4.0,
        more => -PI / 2.0 - PI / more as f64,
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
    for turn in [0.3, frame.turns - 0.4] {
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
    parts.push(Part::Text {
        class: "letter-mark",
        place: [x, y + 4.0],
        anchor: Anchor::Middle,
        text: letter(place),
    });
}

/// A, B, C; from the 27th on the number.
fn letter(place: usize) -> String {
    let letter = u8::try_from(place).ok().filter(|place| *place < 26).map(|place| char::from(b'A' + place));
    letter.map_or_else(|| format!("{}", place + 1), String::from)
}

fn label(parts: &mut Vec<Part>, frame: &Frame, angle: f64, width: f64, [name, detail]: [&str; 2]) {
    let (x, y) = frame.at(angle, RADIUS + 22.0);
    let (anchor, room) = if angle.cos() > 0.3 {
        (Anchor::Start, width - x)
    } else if angle.cos() < -0.3 {
        (Anchor::End, x)
    } else {
        (Anchor::Middle, width / 2.0)
    };
    let y = if angle.sin() < -0.9 { y - 18.0 } else { y };
    parts.push(Part::Text { class: "name", place: [x, y - 2.0], anchor, text: fitting(name, room, 7.6) });
    parts.push(Part::Text { class: "detail", place: [x, y + 13.0], anchor, text: detail.to_owned() });
}

/// The members below the reel, where there is no room beside it.
fn list(drawn: &mut Drawn, circle: &Circle) {
    for (place, member) in circle.members.iter().enumerate() {
        let name = format!("{}  {}", letter(place), member.name);
        drawn.marks.push(text("name", 8.0, drawn.bottom + 4.0, fitting(&name, 310.0, 7.6)));
        drawn.bottom += 20.0;
    }
    drawn.exit.1 = drawn.bottom;
}

/// How often, in the middle.
fn middle(parts: &mut Vec<Part>, frame: &Frame, reel: &Reel<'_>) {
    let circle = reel.circle;
    let laps = if circle.laps == 1 { "1 lap".to_owned() } else { format!("{} laps", circle.laps) };
    let hops = format!("hops {} to {}", circle.passes.first().unwrap_or(&0) + 1, reel.last + 1);
    let each = circle.seconds_per_lap.map(|seconds| format!("{} per lap", duration::short(seconds)));
    let lines = [("laps", laps, -8.0), ("detail", hops, 9.0), ("detail", each.unwrap_or_default(), 24.0)];
    for (class, text, dy) in lines {
        parts.push(Part::Text { class, place: [frame.x, frame.y + dy], anchor: Anchor::Middle, text });
    }
}

/// For each member the mark of the hops that lead on from it; absent where no line tells of them.
fn ways(message: &Message, reel: &Reel<'_>) -> Vec<Option<Pill>> {
    let members = &reel.circle.members;
    let first = *reel.circle.passes.first().unwrap_or(&0);
    let hops = message.hops.iter().filter(|hop| hop.index > first && hop.index <= reel.last);
    let mut of_member: Vec<Vec<usize>> = vec![Vec::new(); members.len()];
    for hop in hops {
        let host = hop.by_host.and_then(|host| message.hosts.get(host));
        let organisation = host.and_then(|host| host.organisation.as_deref());
        let to = members.iter().position(|member| match member.host {
            Some(host) => hop.by_host == Some(host),
            None => organisation == Some(&member.name),
        });
        let from = to.map(|to| (to + members.len() - 1) % members.len());
        if let Some(list) = from.and_then(|from| of_member.get_mut(from)) {
            list.push(hop.index);
        }
    }
    of_member.iter().map(|hops| way(message, hops)).collect()
}

fn way(message: &Message, hops: &[usize]) -> Option<Pill> {
    let (first, last) = (*hops.first()?, *hops.last()?);
    let of = || hops.iter().filter_map(|hop| message.hops.get(*hop));
    let seconds = of().filter_map(|hop| hop.corrected_delay_seconds.or(hop.delay_seconds));
    let (least, most) = (seconds.clone().min(), seconds.max());
    let delay = least.zip(most).map(|(least, most)| {
        if least == most { duration::short(most) } else { format!("{least}–{}", duration::short(most)) }
    });
    let is_encrypted = if of().any(|hop| hop.encrypted == "no") {
        Some(false)
    } else {
        of().all(|hop| hop.encrypted == "yes").then_some(true)
    };
    let number =
        if first == last { format!("{}", first + 1) } else { format!("{} … {}", first + 1, last + 1) };
    Some(pill([first, last], number, delay, most >= Some(60), is_encrypted))
}

/// The times at which the round begins and ends, at its top and its bottom.
fn moments(message: &Message, reel: &Reel<'_>, frame: &Frame) -> Vec<Moment> {
    let first = reel.circle.passes.first().copied();
    let ends = [(first, frame.y - RADIUS), (Some(reel.last), frame.y + RADIUS)];
    let moment = |(hop, y): (Option<usize>, f64)| {
        let hop = message.hops.get(hop?)?;
        Some(Moment { y, epoch: hop.epoch? - hop.skew_seconds.unwrap_or(0) })
    };
    ends.into_iter().filter_map(moment).collect()
}
