//! The stops one below the other in their lanes, the lines between them, and the round of a loop in one piece.

use super::super::{Circle, Message};
use super::lanes::{Lanes, divide};
use super::pills::pill_of;
use super::reel::{self, Reel};
use super::ruler::{self, Moment};
use super::stops::{Link, Sort, Stop};
use super::{Anchor, Drawing, Part, Pill, Space, units};

/// The measures of a drawing, in units.
struct Sheet {
    width: f64,
    /// Where the lanes end and the times begin.
    lanes_end: f64,
    lane: f64,
    /// The height of the lanes' heads.
    head: f64,
    has_times: bool,
}

impl Sheet {
    fn of(space: Space, lanes: usize) -> Self {
        let (width, times) = match space {
            Space::Wide => (872.0, 176.0),
            Space::Middle => (656.0, 168.0),
            Space::Narrow => {
                return Self { width: 326.0, lanes_end: 326.0, lane: RAIL, head: 12.0, has_times: false };
            }
        };
        let lane = ((width - times - 14.0) / lanes.max(1) as f64).floor();
        Self { width, lanes_end: lane * lanes as f64, lane, head: 56.0, has_times: true }
    }

    /// The middle of a lane's line of stops.
    fn x(&self, lane: usize) -> f64 {
        let edge = if self.has_times { 24.0 } else { 14.0 };
        lane as f64 * self.lane + edge
    }

    /// Where the names of the stops in a lane start, without what stands out of the stop itself.
    fn label(&self, lane: usize, lanes: usize) -> f64 {
        if self.has_times { self.x(lane) + 17.0 } else { RAIL * lanes as f64 + 20.0 }
    }

    /// How much room a name has there.
    fn room(&self) -> f64 {
        if self.has_times { self.lane - 44.0 } else { 220.0 }
    }
}

/// From one rail to the next, where there is no room for lanes.
const RAIL: f64 = 24.0;

/// From one tooth of a torn edge to the next.
const TOOTH: f64 = 7.0;

const STATION_ROW: f64 = 38.0;
const HOP_ROW: f64 = 30.0;

/// Draws the stops.
pub fn draw(message: &Message, stops: &[Stop], space: Space) -> Drawing {
    let lanes = divide(message, stops, if space == Space::Wide { 5 } else { 4 });
    let sheet = Sheet::of(space, lanes.names.len());
    let mut pen = Pen {
        message,
        stops,
        lanes: &lanes,
        sheet: &sheet,
        y: sheet.head,
        ways: Vec::new(),
        marks: Vec::new(),
        moments: Vec::new(),
        pause: None,
    };
    if message.is_cut {
        pen.cut();
    }
    pen.write(reel::of(message, stops).as_ref());
    let height = pen.y + 16.0;
    let mut parts = grounds(&lanes, &sheet, height, pen.pause);
    if sheet.has_times {
        parts.extend(ruler::draw(&pen.moments, sheet.lanes_end + 14.0));
    }
    parts.append(&mut pen.ways);
    parts.append(&mut pen.marks);
    Drawing { width: sheet.width, height, description: describe(message, stops), parts }
}

/// The lanes with their heads, and the border of the receiving side. Behind a loop, whose members do not stand in their lanes, they pause.
fn grounds(lanes: &Lanes, sheet: &Sheet, height: f64, pause: Option<[f64; 2]>) -> Vec<Part> {
    let stretches = match pause {
        Some([from, to]) if to < height => vec![[0.0, from], [to, height]],
        Some([from, _]) => vec![[0.0, from]],
        None => vec![[0.0, height]],
    };
    let mut parts = Vec::new();
    for (lane, name) in lanes.names.iter().enumerate() {
        let left = lane as f64 * sheet.lane;
        let is_own = lanes.own == Some(lane);
        for [top, bottom] in &stretches {
            if !sheet.has_times {
                parts.push(line("rail", sheet.x(lane), *top, *bottom));
                continue;
            }
            if is_own {
                parts.push(Part::Rect { class: "lane-own", place: [left, *top, sheet.lane, bottom - top] });
            }
            if lane > 0 {
                parts.push(line(if is_own { "border" } else { "lane-line" }, left, *top, *bottom));
            }
        }
        if !sheet.has_times {
            continue;
        }
        let role = if is_own { "the receiving side" } else { "" };
        parts.push(text("lane-name", left + 12.0, 20.0, fitting(name, sheet.lane - 20.0, 7.0)));
        parts.push(text("lane-role", left + 12.0, 37.0, role.to_owned()));
    }
    parts
}

fn line(class: &'static str, x: f64, top: f64, bottom: f64) -> Part {
    Part::Path { class, hops: None, d: format!("M{} {}V{}", units(x), units(top), units(bottom)) }
}

pub(super) fn text(class: &'static str, x: f64, y: f64, text: String) -> Part {
    Part::Text { class, place: [x, y], anchor: Anchor::Start, text }
}

/// As much of a text as fits into so many units, at so many a letter.
pub(super) fn fitting(text: &str, room: f64, letter: f64) -> String {
    // A room is some hundred units wide.
    let most = (room / letter).max(3.0) as usize;
    match text.char_indices().nth(most) {
        Some(_) => text.chars().take(most.saturating_sub(1)).chain(['…']).collect(),
        None => text.to_owned(),
    }
}

/// A name: whole where it fits, else what stands before the organisation, else its start.
pub(super) fn short_name(name: &str, organisation: Option<&str>, room: f64) -> String {
    const LETTER: f64 = 7.6;
    let is_too_long = name.chars().count() as f64 * LETTER > room;
    let before = organisation.and_then(|end| name.strip_suffix(end)?.strip_suffix('.'));
    let name = before.filter(|before| is_too_long && !before.is_empty()).unwrap_or(name);
    fitting(name, room, LETTER)
}

/// Writes the stops from top to bottom.
struct Pen<'a> {
    message: &'a Message,
    stops: &'a [Stop],
    lanes: &'a Lanes,
    sheet: &'a Sheet,
    /// Where the next row starts.
    y: f64,
    /// What lies below: lines.
    ways: Vec<Part>,
    /// What lies on them: stops, names, pills.
    marks: Vec<Part>,
    moments: Vec<Moment>,
    /// The stretch without lanes.
    pause: Option<[f64; 2]>,
}

impl Pen<'_> {
    fn write(&mut self, reel: Option<&Reel>) {
        let mut last: Option<(f64, f64)> = None;
        let mut place = 0;
        while let Some(stop) = self.stops.get(place) {
            if let Some(reel) = reel.filter(|reel| reel.stops.start == place) {
                last = Some(self.reel(reel, last));
                place = reel.stops.end;
                continue;
            }
            last = Some(self.stop(place, stop, last));
            place += 1;
        }
    }

    /// A torn band: what lay before it is gone from the header.
    fn cut(&mut self) {
        let (top, bottom, width) = (self.y + 6.0, self.y + 40.0, self.sheet.lanes_end);
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
        self.ways.push(band("cut", format!("M{}L{}z", upper.join("L"), back.join("L"))));
        for edge in [upper, lower] {
            self.ways.push(band("cut-edge", format!("M{}", edge.join("L"))));
        }
        let room = width - 120.0;
        self.marks.push(text("cut-title", 24.0, top + 23.0, "Trace cut".to_owned()));
        self.marks.push(text(
            "detail",
            96.0,
            top + 23.0,
            fitting("what was before is gone from the header", room, 6.0),
        ));
        self.y = bottom + 8.0;
    }

    fn lane(&self, place: usize) -> usize {
        self.lanes.of_stop.get(place).copied().unwrap_or_default()
    }

    /// Draws a stop and the way to it from the one before; gives back where the next way starts.
    fn stop(&mut self, place: usize, stop: &Stop, before: Option<(f64, f64)>) -> (f64, f64) {
        let x = self.sheet.x(self.lane(place));
        let radius = if stop.sort == Sort::Waiting { 11.0 } else { 7.0 };
        if let Some(before) = before {
            let to = (x, self.y + HOP_ROW + STATION_ROW / 2.0 - radius - 2.0);
            self.way(stop.link, before, to, self.y + HOP_ROW / 2.0);
            self.y += HOP_ROW;
        }
        let y = self.y + STATION_ROW / 2.0;
        self.y += STATION_ROW;
        self.sign(stop, x, y, radius);
        self.label(place, stop, y);
        if let Some(epoch) = stop.epoch {
            self.moments.push(Moment { y, epoch });
        }
        (x, y + radius)
    }

    /// The way from one place to another, and the mark of its hop at the height `middle`.
    fn way(&mut self, link: Link, from: (f64, f64), to: (f64, f64), middle: f64) {
        let is_straight = (from.0 - to.0).abs() < 1.0;
        let corner = if to.0 > from.0 { 10.0 } else { -10.0 };
        let [fx, fy, tx, ty, my] = [from.0, from.1, to.0, to.1 - 7.0, middle].map(units);
        let d = if is_straight {
            format!("M{fx} {fy}V{ty}")
        } else {
            format!(
                "M{fx} {fy}V{}Q{fx} {my} {} {my}H{}Q{tx} {my} {tx} {}V{ty}",
                units(middle - 10.0),
                units(from.0 + corner),
                units(to.0 - corner),
                units(middle + 10.0)
            )
        };
        let Link::Hop(hop) = link else {
            self.ways.push(Part::Path { class: "edge is-inferred", hops: None, d });
            return;
        };
        let hops = Some([hop, hop]);
        self.ways.push(Part::Path { class: "edge", hops, d });
        let head = format!("M{} {}l4 8.4l4 -8.4z", units(to.0 - 4.0), units(to.1 - 8.4));
        self.ways.push(Part::Path { class: "head", hops, d: head });
        let Some(hop) = self.message.hops.get(hop) else { return };
        let mut pill = pill_of(hop);
        let left = match (self.sheet.has_times, is_straight) {
            (true, true) => from.0 - 11.0,
            (true, false) => f64::midpoint(from.0, to.0) - pill.width / 2.0,
            (false, _) => self.sheet.label(0, self.lanes.names.len()) - 2.0,
        };
        pill.place = [left.max(0.0), middle - Pill::HEIGHT / 2.0];
        self.marks.push(Part::Pill(pill));
    }

    /// The sign of a stop.
    fn sign(&mut self, stop: &Stop, x: f64, y: f64, radius: f64) {
        if stop.inside.is_some() {
            self.marks.push(Part::Circle { class: "station-back", place: [x + 9.0, y, 6.0] });
            self.marks.push(Part::Circle { class: "station-back", place: [x + 5.0, y, 6.5] });
        }
        let class = if stop.sort == Sort::Inferred { "station is-inferred" } else { "station" };
        if stop.sort == Sort::Last {
            // A tray.
            let d = format!(
                "M{} {}h18v14h-18zM{} {}h5l2 3h4l2 -3h5",
                units(x - 9.0),
                units(y - 7.0),
                units(x - 9.0),
                units(y)
            );
            self.marks.push(Part::Path { class: "station", hops: None, d });
            return;
        }
        self.marks.push(Part::Circle { class, place: [x, y, radius] });
        if stop.sort == Sort::Origin {
            self.marks.push(Part::Circle { class: "station-dot", place: [x, y, 3.0] });
        }
        if stop.sort == Sort::Waiting {
            // The hands of a clock.
            let d = format!("M{} {}v-6M{} {}h4", units(x), units(y), units(x), units(y));
            self.marks.push(Part::Path { class: "hand", hops: None, d });
        }
    }

    fn label(&mut self, place: usize, stop: &Stop, y: f64) {
        let beside = match stop.sort {
            Sort::Waiting => 6.0,
            _ if stop.inside.is_some() => 10.0,
            _ => 3.0,
        };
        let x = self.sheet.label(self.lane(place), self.lanes.names.len())
            + if self.sheet.has_times { beside } else { 0.0 };
        let room = self.sheet.room();
        let class = if stop.sort == Sort::Inferred { "name is-inferred" } else { "name" };
        self.marks.push(text(class, x, y - 2.0, short_name(&stop.name, stop.organisation.as_deref(), room)));
        let inside = stop.inside.map(|[first, last]| {
            let what = if first == last { "hop" } else { "hops" };
            format!("{what} {} inside", numbers([first, last]))
        });
        let waiting = (stop.sort == Sort::Waiting).then(|| "waits to be fetched".to_owned());
        // What comes last is cut first.
        let details = [waiting, inside, Some(stop.detail.clone()).filter(|detail| !detail.is_empty())];
        let details: Vec<String> = details.into_iter().flatten().collect();
        self.marks.push(text("detail", x, y + 13.0, fitting(&details.join(" · "), room + 12.0, 6.0)));
    }

    /// Draws the round of a loop; gives back where it leaves off.
    fn reel(&mut self, reel: &Reel, before: Option<(f64, f64)>) -> (f64, f64) {
        let drawn = reel::draw(self.message, reel, self.sheet.lanes_end, self.y, !self.sheet.has_times);
        if let Some(before) = before {
            let link = reel.entry.map_or(Link::Inferred, Link::Hop);
            self.way(link, before, drawn.entry, self.y + HOP_ROW / 2.0);
        }
        let start = self.y + if before.is_some() { HOP_ROW + 8.0 } else { 0.0 };
        let is_last = reel.stops.end == self.stops.len();
        self.pause = Some([start, if is_last { f64::INFINITY } else { drawn.bottom }]);
        self.ways.extend(drawn.ways);
        self.marks.extend(drawn.marks);
        self.moments.extend(drawn.moments);
        self.y = drawn.bottom;
        drawn.exit
    }
}

/// `3`, `3, 4`, `3 to 8`, counted from 1.
pub(super) fn numbers([first, last]: [usize; 2]) -> String {
    match last - first {
        0 => format!("{}", first + 1),
        1 => format!("{}, {}", first + 1, last + 1),
        _ => format!("{} to {}", first + 1, last + 1),
    }
}

/// A name is hardly longer, in letters.
const NAME: f64 = 80.0;

fn describe(message: &Message, stops: &[Stop]) -> String {
    let name = |stop: Option<&Stop>| stop.map_or_else(String::new, |stop| fitting(&stop.name, NAME, 1.0));
    let course = format!(
        "The message went from {} to {} in {} hops",
        name(stops.first()),
        name(stops.last()),
        message.hops.len()
    );
    match message.circle.as_ref().filter(|circle| circle.is_loop) {
        Some(circle) => format!("{course}, and went round {}.", round(circle)),
        None => format!("{course}. The table below has all of them."),
    }
}

fn round(circle: &Circle) -> String {
    let names: Vec<String> = circle.members.iter().map(|member| fitting(&member.name, NAME, 1.0)).collect();
    format!("{} {} times", names.join(", "), circle.laps)
}
