//! The stops one below the other in their lanes, the lines between them, and the round of a loop in one piece.

use std::collections::HashSet;

use super::super::{Message, duration};
use super::describe::{NAME, describe};
use super::lanes::{Lanes, divide};
use super::pills::pill_of;
use super::reel::{self, Reel};
use super::ring;
use super::rows::{self, Row, Run};
use super::ruler::{self, Moment};
use super::sheet::{LETTER, NAME_LETTER, Sheet, fitting_parts, hops, isolated, letters, name, numbers};
use super::signs;
use super::stops::{Link, Sort, Stop};
use super::view::{Opening, View};
use super::{Anchor, Drawing, Fold, Part, Pill, Space, units};

pub(super) use super::sheet::{fitting, short_name, text};

const STATION_ROW: f64 = 38.0;
const INSIDE_ROW: f64 = 32.0;
const HOP_ROW: f64 = 30.0;
const FOLD_ROW: f64 = 64.0;
const BORDER_ROW: f64 = 28.0;

/// Draws the stops.
pub fn draw(message: &Message, stops: &[Stop], view: &View) -> Drawing {
    let lanes = divide(message, stops, if view.space == Space::Wide { 5 } else { 4 });
    let sheet = Sheet::of(view.space, lanes.names.len());
    let reel = reel::of(message, stops);
    let mut pen = Pen {
        message,
        stops,
        view,
        lanes: &lanes,
        sheet: &sheet,
        y: sheet.head,
        ways: Vec::new(),
        marks: Vec::new(),
        moments: Vec::new(),
        pause: None,
        has_border: false,
    };
    if message.is_cut {
        let (ways, marks) = signs::torn_band(pen.y + 6.0, pen.y + 40.0, sheet.lanes_end);
        pen.ways.extend(ways);
        pen.marks.extend(marks);
        pen.y += 48.0;
    }
    let rows = rows::of(message, stops, reel.as_ref().map(|reel| reel.stops.clone()), view);
    pen.write(&rows, reel.as_ref());
    let height = pen.y + 16.0;
    let mut parts = grounds(&lanes, &sheet, height, pen.pause);
    if sheet.has_times {
        parts.extend(ruler::draw(&pen.moments, sheet.lanes_end + 14.0, view.scale));
    }
    parts.append(&mut pen.ways);
    parts.append(&mut pen.marks);
    Drawing { width: sheet.width, height, description: describe(message, stops), parts }
}

/// The lanes with their heads, and the border of the receiving side. Behind a loop whose members do not stand in their lanes, they pause.
fn grounds(lanes: &Lanes, sheet: &Sheet, height: f64, pause: Option<[f64; 2]>) -> Vec<Part> {
    let stretches = match pause {
        Some([from, to]) if to < height => vec![[0.0, from], [to, height]],
        Some([from, _]) => vec![[0.0, from]],
        None => vec![[0.0, height]],
    };
    let mut parts = Vec::new();
    for (lane, organisation) in lanes.names.iter().enumerate() {
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
        let room = sheet.lane - 20.0;
        let head = fitting(organisation, room, 7.2);
        parts.push(name("lane-name", [left + 12.0, 20.0], Anchor::Start, head, organisation));
        let role = if is_own { "the receiving side" } else { "" };
        parts.push(text("lane-role", left + 12.0, 37.0, role.to_owned()));
    }
    parts
}

fn line(class: &'static str, x: f64, top: f64, bottom: f64) -> Part {
    Part::Path { class, hops: None, d: format!("M{} {}V{}", units(x), units(top), units(bottom)) }
}

/// Writes the stops from top to bottom.
struct Pen<'a> {
    message: &'a Message,
    stops: &'a [Stop],
    view: &'a View,
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
    /// Whether the border of the receiving side is passed.
    has_border: bool,
}

/// Where a way starts or ends.
type Point = (f64, f64);

impl Pen<'_> {
    fn write(&mut self, rows: &[Row], reel: Option<&Reel>) {
        let mut last: Option<Point> = None;
        for row in rows {
            last = match row {
                Row::Stop(place) => match self.stops.get(*place) {
                    Some(stop) => Some(self.stop(*place, stop, last)),
                    None => last,
                },
                Row::Folded(run) => Some(self.run(run, last)),
                Row::Opened(run) => {
                    self.opened(run);
                    last
                }
                Row::Reel => match reel {
                    Some(reel) => Some(self.reel(reel, last)),
                    None => last,
                },
            };
        }
    }

    fn lane(&self, place: usize) -> usize {
        self.lanes.of_stop.get(place).copied().unwrap_or_default()
    }

    /// Where the words beside a stop start.
    fn words_x(&self, place: usize) -> f64 {
        self.sheet.label(self.lane(place), self.lanes.names.len())
    }

    /// Draws a stop and the way to it from the one before; gives back where the next way starts.
    fn stop(&mut self, place: usize, stop: &Stop, before: Option<Point>) -> Point {
        if let Link::Hop(hop) = stop.link {
            self.border(hop);
        }
        let x = self.sheet.x(self.lane(place));
        let radius = signs::radius(stop.sort);
        let row = if stop.sort == Sort::Inside { INSIDE_ROW } else { STATION_ROW };
        if let Some(before) = before {
            let to = (x, self.y + HOP_ROW + row / 2.0 - radius - 2.0);
            self.way(stop.link, before, to, self.y + HOP_ROW / 2.0);
            self.y += HOP_ROW;
        }
        let y = self.y + row / 2.0;
        self.y += row;
        self.marks.extend(signs::sign(stop.sort, stop.sort == Sort::Inferred, stop.inside.is_some(), x, y));
        self.label(place, stop, y);
        if let Some(epoch) = stop.epoch {
            let hop = if let Link::Hop(hop) = stop.link { Some(hop) } else { None };
            self.moments.push(Moment { y, epoch, hop, is_off: stop.is_off });
        }
        (x, y + radius)
    }

    /// Where there are no lanes, a row of its own says where the lines of the receiving side begin.
    fn border(&mut self, hop: usize) {
        let begins = |at: usize| at > 0 && hop >= at;
        let is_here = self.message.boundary.as_ref().is_some_and(|boundary| begins(boundary.hop));
        if self.sheet.has_times || self.has_border || !is_here {
            return;
        }
        self.has_border = true;
        let y = self.y + BORDER_ROW / 2.0;
        let d = format!("M0 {}H{}", units(y), units(self.sheet.width));
        self.ways.push(Part::Path { class: "border", hops: None, d });
        let x = self.sheet.label(0, self.lanes.names.len());
        let words = "The receiving side from here";
        let place = [x - 4.0, y - 9.0, letters(words) * 6.6 + 8.0, 18.0];
        self.marks.push(Part::Rect { class: "ground", place });
        self.marks.push(text("border-words", x, y + 4.0, words.to_owned()));
        self.y += BORDER_ROW;
    }

    /// The way from one place to another, and the mark of its hop at the height `middle`.
    fn way(&mut self, link: Link, from: Point, to: Point, middle: f64) {
        let is_straight = (from.0 - to.0).abs() < 1.0;
        let d = course(from, to, middle);
        let Link::Hop(hop) = link else {
            self.ways.push(Part::Path { class: "edge is-inferred", hops: None, d });
            return;
        };
        let hops = Some([hop, hop]);
        self.ways.push(Part::Path { class: "edge", hops, d });
        let head = format!("M{} {}l4 8.4l4 -8.4z", units(to.0 - 4.0), units(to.1 - 8.4));
        self.ways.push(Part::Path { class: "head", hops, d: head });
        let Some(hop) = self.message.hops.get(hop) else { return };
        let mut pill = pill_of(hop, self.view.is_corrected);
        let left = match (self.sheet.has_times, is_straight) {
            (true, true) => from.0 - 11.0,
            (true, false) => f64::midpoint(from.0, to.0) - pill.width / 2.0,
            (false, _) => self.sheet.label(0, self.lanes.names.len()) - 2.0,
        };
        pill.place = [left.max(0.0), middle - Pill::HEIGHT / 2.0];
        self.marks.push(Part::Pill(pill));
    }

    fn label(&mut self, place: usize, stop: &Stop, y: f64) {
        let x = self.words_x(place) + if self.sheet.has_times { signs::beside(stop) } else { 0.0 };
        let room = self.sheet.room(self.lanes.names.len());
        let tag = stop.inside.map(|inside| (inside, numbers(inside)));
        let tag_width = tag.as_ref().map_or(0.0, |(_, label)| letters(label) * 6.8 + 26.0);
        let class = if stop.sort == Sort::Inferred { "name is-inferred" } else { "name" };
        if stop.sort == Sort::Inside {
            self.marks.push(text("detail", x, y + 4.0, fitting(&stop.detail, room, LETTER)));
            return;
        }
        let organisation = stop.organisation.as_deref();
        let shown = short_name(&stop.name, organisation, room - tag_width);
        // In a lane that several share, no head names the organisation.
        let is_headless = !self.sheet.has_times || self.lanes.others == Some(self.lane(place));
        let unnamed = organisation.filter(|_| is_headless && shown != stop.name);
        if let Some((inside, label)) = tag {
            let left = x + letters(&shown) * NAME_LETTER + 8.0;
            let place = [left, y - 17.0, tag_width - 8.0, 20.0];
            let opening = Opening::Machine(inside[0]);
            let name = format!("{} on {}", capital(&hops(inside)), isolated(&fitting(&stop.name, NAME, 1.0)));
            let is_open = self.view.is_open(opening);
            let fold = Fold {
                opening: Some(opening),
                hops: inside,
                place,
                label,
                detail: String::new(),
                is_open,
                name,
            };
            self.marks.push(Part::Fold(fold));
        }
        self.marks.push(name(class, [x, y - 2.0], Anchor::Start, shown, &stop.name));
        let waiting = (stop.sort == Sort::Waiting).then(|| "waits to be fetched".to_owned());
        let of = unnamed.map(isolated);
        let details = [waiting, of, Some(stop.detail.clone())];
        let details: Vec<String> =
            details.into_iter().flatten().filter(|detail| !detail.is_empty()).collect();
        let (shown, full) = (fitting_parts(&details, room + 8.0), details.join(" · "));
        self.marks.push(name("detail", [x, y + 13.0], Anchor::Start, shown, &full));
    }

    /// Draws a run that is folded: a ladder, and what stands for it.
    fn run(&mut self, run: &Run, before: Option<Point>) -> Point {
        self.border(run.hops[0]);
        let place = run.stops.start;
        let x = self.sheet.x(self.lane(place));
        let hops = Some(run.hops);
        if let Some(before) = before {
            let to = (x, self.y + HOP_ROW + 7.0);
            self.ways.push(Part::Path { class: "edge", hops, d: course(before, to, self.y + HOP_ROW / 2.0) });
            self.y += HOP_ROW - 8.0;
        }
        let rungs: String = (0..6)
            .map(|rung| format!("M{} {}h14", units(x - 7.0), units(self.y + 14.0 + 7.0 * f64::from(rung))))
            .collect();
        let bottom = self.y + FOLD_ROW;
        self.ways.push(Part::Path {
            class: "edge",
            hops,
            d: format!("M{} {}V{}", units(x), units(self.y), units(bottom)),
        });
        self.ways.push(Part::Path { class: "rungs", hops: None, d: rungs });
        let left = self.words_x(place) - 4.0;
        let mut fold = self.fold(run, [left, self.y + 8.0, self.sheet.room(self.lanes.names.len()), 46.0]);
        // It may reach beyond its lane: nothing stands beside it.
        let words = (letters(&fold.label) * 6.8).max(letters(&fold.detail) * LETTER) + 16.0;
        fold.place[2] = fold.place[2].max(words);
        self.marks.push(Part::Fold(fold));
        self.y = bottom;
        (x, bottom)
    }

    fn fold(&self, run: &Run, place: [f64; 4]) -> Fold {
        let [first, last] = run.hops;
        let of = self.message.hops.get(first..=last).unwrap_or_default();
        let machines: HashSet<_> = of.iter().filter_map(|hop| hop.by_host).collect();
        let epoch = |hop: usize| self.message.hops.get(hop)?.epoch;
        let took = epoch(first.saturating_sub(1)).zip(epoch(last)).map(|(from, to)| to - from);
        let took = took
            .filter(|took| *took >= 0)
            .map_or_else(String::new, |took| format!(", {}", duration::short(took)));
        let machines = match machines.len() {
            1 => "1 machine".to_owned(),
            count => format!("{count} machines"),
        };
        let detail = if run.can_open { format!("{machines}{took}") } else { "in the table below".to_owned() };
        let count = last + 1 - first;
        Fold {
            opening: run.can_open.then_some(Opening::Run(first)),
            hops: run.hops,
            place,
            label: format!("{count} hops · {}", numbers(run.hops)),
            name: format!("{count} hops, {}, {detail}", numbers(run.hops)),
            detail,
            is_open: false,
        }
    }

    /// The head of a run that was opened, with which it is folded again.
    fn opened(&mut self, run: &Run) {
        let label = format!("Fold {}", hops(run.hops));
        let width = letters(&label) * 6.8 + 16.0;
        let x = if self.sheet.has_times {
            self.sheet.x(self.lane(run.stops.start)) + 20.0
        } else {
            self.words_x(run.stops.start) - 4.0
        };
        let place = [x.min(self.sheet.lanes_end - width), self.y + 2.0, width, 24.0];
        let fold = Fold {
            place,
            name: label.clone(),
            label,
            detail: String::new(),
            is_open: true,
            ..self.fold(run, place)
        };
        self.marks.push(Part::Fold(fold));
        self.y += 28.0;
    }

    /// Draws the round of a loop; gives back where it leaves off.
    fn reel(&mut self, reel: &Reel, before: Option<Point>) -> Point {
        if let Some(entry) = reel.entry {
            self.border(entry);
        }
        let drawn = ring::draw(self.message, reel, self.lanes, self.sheet, self.view, self.y);
        if let Some(before) = before {
            let link = reel.entry.map_or(Link::Inferred, Link::Hop);
            self.way(link, before, drawn.entry, self.y + HOP_ROW / 2.0);
        }
        if !drawn.is_in_lanes {
            let start = self.y + if before.is_some() { HOP_ROW + 8.0 } else { 0.0 };
            let is_last = reel.stops.end == self.stops.len();
            self.pause = Some([start, if is_last { f64::INFINITY } else { drawn.bottom }]);
        }
        self.ways.extend(drawn.ways);
        self.marks.extend(drawn.marks);
        self.moments.extend(drawn.moments);
        self.y = drawn.bottom;
        drawn.exit
    }
}

/// Down, along at the height `middle`, and down again.
fn course(from: Point, to: Point, middle: f64) -> String {
    let corner = if to.0 > from.0 { 10.0 } else { -10.0 };
    let [fx, fy, tx, ty, my] = [from.0, from.1, to.0, to.1 - 7.0, middle].map(units);
    if (from.0 - to.0).abs() < 1.0 {
        return format!("M{fx} {fy}V{ty}");
    }
    format!(
        "M{fx} {fy}V{}Q{fx} {my} {} {my}H{}Q{tx} {my} {tx} {}V{ty}",
        units(middle - 10.0),
        units(from.0 + corner),
        units(to.0 - corner),
        units(middle + 10.0)
    )
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
