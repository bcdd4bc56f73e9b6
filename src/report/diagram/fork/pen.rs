//! Draws the rows one below the other, and the lines between them.

use super::super::super::{CopySet, Message, Report, duration};
use super::super::flow::{fitting, short_name, text};
use super::super::lanes::{Lanes, divide};
use super::super::pills::{pill, pill_of};
use super::super::signs::{radius, sign, torn_band};
use super::super::stops::{Link, Sort, Stop};
use super::super::{Drawing, Part, Pill, Space, units};
use super::items::Item;
use super::tracks::{Sheet, Track, line, offsets};
use super::ways::{Node, Ways};
use super::{Fork, Mark, letter, signs};

const STATION_ROW: f64 = 38.0;
const HOP_ROW: f64 = 30.0;
const BAND: f64 = 34.0;

/// Draws the rows.
pub fn draw(
    report: &Report,
    set: &CopySet,
    ways: &Ways,
    items: &[Item],
    space: Space,
    east: i32,
) -> Option<Fork> {
    let stops: Vec<Stop> = items.iter().filter_map(|item| stop_of(ways, item).cloned()).collect();
    let lanes = divide(reader(report, set, ways)?, &stops, if space == Space::Wide { 5 } else { 4 });
    let sheet = Sheet::of(space, lanes.names.len());
    let mut pen = Pen {
        report,
        ways,
        is_pair: set.members.len() == 2,
        east: i64::from(east) * 60,
        sheet: &sheet,
        spots: vec![None; ways.nodes.len()],
        mailboxes: Vec::new(),
        band: None,
        last: None,
        y: sheet.head,
        ways_drawn: Vec::new(),
        signs: Vec::new(),
        marks: Vec::new(),
    };
    let tracks = tracks(ways, items, &lanes);
    let mut stop = 0;
    for (row, item) in items.iter().enumerate() {
        let lane = lanes.of_stop.get(stop).copied().unwrap_or_default();
        stop += usize::from(stop_of(ways, item).is_some());
        pen.item(item, lane, tracks.get(row).copied().flatten());
    }
    let height = pen.y + 16.0;
    let mut parts = grounds(&lanes, &sheet, height);
    parts.append(&mut pen.ways_drawn);
    parts.append(&mut pen.signs);
    let ends = ways.nodes.iter().map(|node| node.ends.len()).filter(|count| *count > 0).collect();
    let description =
        format!("The ways of {} messages. {}", set.members.len(), fitting(&set.sentence, 400.0, 1.0));
    let drawing = Drawing { width: sheet.width, height, description, parts };
    Some(Fork { drawing, marks: pen.marks, ends, further: ways.further })
}

fn stop_of<'w>(ways: &'w Ways, item: &'w Item) -> Option<&'w Stop> {
    match item {
        Item::Node(place) => ways.nodes.get(*place).map(|node| &node.stop),
        Item::Mailbox(stop) => Some(stop),
        Item::Separator(_) | Item::Band | Item::Note(_) => None,
    }
}

/// A message that tells which side receives.
fn reader<'r>(report: &'r Report, set: &CopySet, ways: &Ways) -> Option<&'r Message> {
    let messages = || set.messages.iter().filter_map(|message| report.messages.get(*message));
    let drawn = ways.nodes.iter().filter_map(|node| report.messages.get(node.message));
    drawn
        .into_iter()
        .chain(messages())
        .find(|message| message.boundary.is_some())
        .or_else(|| messages().next())
}

/// For each row the place, left of its stops, where the line to it goes down; absent where it comes straight from the row above.
fn tracks(ways: &Ways, items: &[Item], lanes: &Lanes) -> Vec<Option<(usize, f64)>> {
    let mut stop = 0;
    let lane_of: Vec<usize> = (items.iter())
        .map(|item| {
            let lane = lanes.of_stop.get(stop).copied().unwrap_or_default();
            stop += usize::from(stop_of(ways, item).is_some());
            lane
        })
        .collect();
    let row_of =
        |place: usize| items.iter().position(|item| matches!(item, Item::Node(node) if *node == place));
    let band = items.iter().position(|item| matches!(item, Item::Band));
    // From where the line to a row comes, and whether it is drawn as inferred.
    let source = |row: usize| match items.get(row)? {
        Item::Node(place) => {
            let node = ways.nodes.get(*place)?;
            let from = match node.parent {
                Some(parent) => row_of(parent)?,
                None => band.filter(|_| node.cut.is_some())?,
            };
            (from + 1 < row)
                .then_some((from, if node.parent.is_some() { lane_of.get(from)? } else { lane_of.get(row)? }))
        }
        Item::Mailbox(_) => {
            row_of(0).filter(|_| has_origin(ways)).and_then(|from| Some((from, lane_of.get(from)?)))
        }
        Item::Separator(_) | Item::Band | Item::Note(_) => None,
    };
    let sources: Vec<Option<(usize, usize)>> =
        (0..items.len()).map(|row| source(row).map(|(from, lane)| (from, *lane))).collect();
    // Lines from one place share a track, down to the last of their rows.
    let mut tracks: Vec<Track> = Vec::new();
    let mut nth_of: Vec<Option<usize>> = Vec::with_capacity(items.len());
    for (row, source) in sources.iter().enumerate() {
        let Some((from, lane)) = *source else {
            nth_of.push(None);
            continue;
        };
        let known = tracks.iter().position(|track| track.lane == lane && track.rows[0] == from);
        let nth = known.unwrap_or(tracks.len());
        match tracks.get_mut(nth) {
            Some(track) => track.rows[1] = row,
            None => tracks.push(Track { lane, rows: [from, row] }),
        }
        nth_of.push(Some(nth));
    }
    let offsets = offsets(&tracks);
    let place = |nth: usize| Some((tracks.get(nth)?.lane, *offsets.get(nth)?));
    nth_of.into_iter().map(|nth| nth.and_then(place)).collect()
}

/// Whether the first place is one from which a mailbox can have been filled.
fn has_origin(ways: &Ways) -> bool {
    ways.nodes.first().is_some_and(|node| node.cut.is_none())
}

/// The lanes with their heads.
fn grounds(lanes: &Lanes, sheet: &Sheet, height: f64) -> Vec<Part> {
    let mut parts = Vec::new();
    for (lane, name) in lanes.names.iter().enumerate() {
        let line =
            |class, x: f64| Part::Path { class, hops: None, d: format!("M{} 0V{}", units(x), units(height)) };
        if !sheet.has_lanes {
            parts.push(line("rail", sheet.x(lane)));
            continue;
        }
        let left = lane as f64 * sheet.lane;
        let is_own = lanes.own == Some(lane);
        if is_own {
            parts.push(Part::Rect { class: "lane-own", place: [left, 0.0, sheet.lane, height] });
        }
        if lane > 0 {
            parts.push(line(if is_own { "border" } else { "lane-line" }, left));
        }
        let role = if is_own { "the receiving side" } else { "" };
        parts.push(text("lane-name", left + 12.0, 20.0, fitting(name, sheet.lane - 20.0, 7.0)));
        parts.push(text("lane-role", left + 12.0, 37.0, role.to_owned()));
    }
    parts
}

/// Where a stop stands: its middle, and its radius.
type Spot = (f64, f64, f64);

struct Pen<'a> {
    report: &'a Report,
    ways: &'a Ways,
    is_pair: bool,
    /// Seconds east of UTC: the zone of the times.
    east: i64,
    sheet: &'a Sheet,
    /// Where each node stands, once it is drawn.
    spots: Vec<Option<Spot>>,
    mailboxes: Vec<Spot>,
    /// The lower edge of the torn band.
    band: Option<f64>,
    /// The node that was drawn last, when nothing came after it.
    last: Option<usize>,
    y: f64,
    ways_drawn: Vec<Part>,
    signs: Vec<Part>,
    marks: Vec<Mark>,
}

impl Pen<'_> {
    fn item(&mut self, item: &Item, lane: usize, track: Option<(usize, f64)>) {
        let beside = track.map(|(lane, offset)| self.sheet.x(lane) - offset);
        match item {
            Item::Separator(name) => {
                self.signs.extend(signs::separator(self.sheet, self.y + 18.0, name));
                self.y += 38.0;
            }
            Item::Note(note) => {
                let x = if self.sheet.has_lanes { 16.0 } else { 4.0 };
                let room = self.sheet.width - x - 8.0;
                self.signs.push(text("detail", x, self.y + 20.0, fitting(note, room, 6.2)));
                self.y += 28.0;
            }
            Item::Mailbox(stop) => self.mailbox(stop, lane, beside),
            Item::Band => self.tear(),
            Item::Node(place) => self.node(*place, lane, beside),
        }
        self.last = match item {
            Item::Node(place) => Some(*place),
            _ => None,
        };
    }

    /// A mailbox that no line names, and the way to it.
    fn mailbox(&mut self, stop: &Stop, lane: usize, beside: Option<f64>) {
        let x = self.sheet.x(lane);
        let origin = self.spots.first().copied().flatten();
        if let Some((from_x, from_y, radius)) = origin.filter(|_| beside.is_some()) {
            let to = (x, self.y + HOP_ROW + STATION_ROW / 2.0 - 13.0);
            let d = line((from_x - radius, from_y), to, self.y + HOP_ROW / 2.0, beside);
            self.ways_drawn.push(Part::Path { class: "edge is-inferred", hops: None, d });
            self.y += HOP_ROW;
        }
        let y = self.y + STATION_ROW / 2.0;
        self.y += STATION_ROW;
        self.signs.extend(sign(Sort::Waiting, true, false, x, y));
        self.words(lane, (x + 4.0, y), stop, vec![stop.detail.clone()], true);
        self.mailboxes.push((x, y, 11.0));
    }

    fn tear(&mut self) {
        let (top, bottom) = (self.y + 8.0, self.y + 8.0 + BAND);
        for (x, y, radius) in &self.mailboxes {
            let d = format!("M{} {}V{}", units(*x), units(y + radius + 2.0), units(top));
            self.ways_drawn.push(Part::Path { class: "edge is-inferred", hops: None, d });
        }
        let (ground, words) = torn_band(top, bottom, self.sheet.width);
        self.ways_drawn.extend(ground);
        self.signs.extend(words);
        self.y = bottom + 8.0;
        self.band = Some(bottom + 6.0);
    }

    fn node(&mut self, place: usize, lane: usize, beside: Option<f64>) {
        let ways = self.ways;
        let Some(node) = ways.nodes.get(place) else { return };
        let x = self.sheet.x(lane);
        let is_end = node.children.is_empty();
        let sort = match node.stop.sort {
            Sort::Last if !is_end => Sort::Machine,
            Sort::Machine if is_end && !node.ends.is_empty() => Sort::Last,
            Sort::Origin if node.cut.is_some() => Sort::Machine,
            sort => sort,
        };
        let radius = radius(sort);
        let from = match node.parent.and_then(|parent| self.spots.get(parent).copied().flatten()) {
            Some((x, y, _)) if self.last == node.parent => Some((x, y + self.reach(node.parent))),
            Some((x, y, radius)) => Some((x - radius, y)),
            None => self.band.filter(|_| node.cut.is_some()).map(|band| (beside.unwrap_or(x), band)),
        };
        if let Some(from) = from {
            let to = (x, self.y + HOP_ROW + STATION_ROW / 2.0 - radius - 2.0);
            self.way(node, from, to, beside);
            self.y += HOP_ROW;
        }
        let y = self.y + STATION_ROW / 2.0;
        self.y += STATION_ROW;
        self.signs.extend(sign(sort, sort == Sort::Inferred, node.stop.inside.is_some(), x, y));
        let aside = if sort == Sort::Waiting || node.stop.inside.is_some() { 8.0 } else { 0.0 };
        let details = self.details(node);
        self.words(lane, (x + aside, y), &node.stop, details, sort == Sort::Inferred);
        if let Some(spot) = self.spots.get_mut(place) {
            *spot = Some((x, y, radius));
        }
    }

    /// How far the sign of a node reaches down.
    fn reach(&self, place: Option<usize>) -> f64 {
        place.and_then(|place| self.spots.get(place).copied().flatten()).map_or(7.0, |(_, _, radius)| radius)
    }

    /// The line to a node, and its mark.
    fn way(&mut self, node: &Node, from: (f64, f64), to: (f64, f64), beside: Option<f64>) {
        let middle = self.y + HOP_ROW / 2.0;
        let d = line(from, (to.0, to.1 - 7.0), middle, beside);
        let hop = node.hop.filter(|_| node.stop.link != Link::Inferred);
        let Some(hop) = hop else {
            self.ways_drawn.push(Part::Path { class: "edge is-inferred", hops: None, d });
            return;
        };
        let nth = self.marks.len();
        self.marks.push(Mark { message: node.message, hop: Some(hop), maker: node.maker });
        let class = match node.times {
            21.. => "edge is-most",
            9..=20 => "edge is-many",
            _ => "edge",
        };
        let hops = Some([nth, nth]);
        self.ways_drawn.push(Part::Path { class, hops, d });
        self.ways_drawn.push(Part::Path { class: "head", hops, d: signs::head(to.0, to.1) });
        let Some(mut pill) = self.pill(node, hop, nth) else { return };
        let down = beside.unwrap_or(from.0);
        let left = match (self.sheet.has_lanes, (down - to.0).abs() < 30.0) {
            (true, true) => to.0 - 11.0,
            (true, false) => f64::midpoint(down, to.0) - pill.width / 2.0,
            (false, _) => self.sheet.label(0) - 2.0,
        };
        let most = (self.sheet.width - pill.width - 2.0).max(0.0);
        pill.place = [left.clamp(0.0, most), middle - Pill::HEIGHT / 2.0];
        self.signs.push(Part::Pill(pill));
    }

    /// `A1 2 s`, or `27 × 09:46 to 16:16`.
    fn pill(&self, node: &Node, hop: usize, nth: usize) -> Option<Pill> {
        let hop = self.report.messages.get(node.message)?.hops.get(hop)?;
        let own = pill_of(hop, true);
        if self.is_pair {
            let number = format!("{}{}", letter(node.side), own.number);
            // The first line behind a cut has no delay.
            let delay = own.delay.or_else(|| (hop.kind == "pickup").then(|| "pickup".to_owned()));
            return Some(pill([nth, nth], number, delay, own.is_slow, own.is_encrypted));
        }
        let times = node.times.max(1);
        let number = format!("{times} ×");
        let when = node.epochs.map(|(first, last)| between(first + self.east, last + self.east));
        let mut pill = pill([nth, nth], number, when.clone(), false, own.is_encrypted);
        let when = when.map_or_else(String::new, |when| format!(", {when}"));
        pill.name = format!("{times} ×{when}, to {}", fitting(&node.stop.name, 80.0, 1.0));
        Some(pill)
    }

    /// What stands below the name of a node, the most telling first.
    fn details(&self, node: &Node) -> Vec<String> {
        let ends = match node.ends.as_slice() {
            [] => None,
            _ if self.is_pair => None,
            [one] => Some(format!("message {}", one + 1)),
            all => Some(format!("{} messages", all.len())),
        };
        let clock = node.stop.epoch.filter(|_| self.is_pair).map(|epoch| clock(epoch + self.east));
        let waits = (node.stop.sort == Sort::Waiting).then(|| "waits to be fetched".to_owned());
        let own = Some(node.stop.detail.clone()).filter(|detail| !detail.is_empty());
        [ends, waits, clock, own].into_iter().flatten().collect()
    }

    /// The name beside a stop, and below it as many of the details as fit.
    fn words(
        &mut self,
        lane: usize,
        at: (f64, f64),
        stop: &Stop,
        mut details: Vec<String>,
        is_inferred: bool,
    ) {
        let aside = if self.sheet.has_lanes { at.0 - self.sheet.x(lane) } else { 0.0 };
        let (x, room) = (self.sheet.label(lane) + aside, self.sheet.room() - aside);
        let class = if is_inferred { "name is-inferred" } else { "name" };
        self.signs.push(text(
            class,
            x,
            at.1 - 2.0,
            short_name(&stop.name, stop.organisation.as_deref(), room),
        ));
        while details.len() > 1 && details.join(" · ").chars().count() as f64 * 6.2 > room + 4.0 {
            details.pop();
        }
        self.signs.push(text("detail", x, at.1 + 13.0, fitting(&details.join(" · "), room + 4.0, 6.2)));
    }
}

/// `09:46:19`
fn clock(epoch: i64) -> String {
    duration::utc(epoch).split(' ').nth(1).unwrap_or_default().to_owned()
}

/// `09:46`, `09:46 to 16:16`, or the days where they differ.
fn between(first: i64, last: i64) -> String {
    const DAY: i64 = 24 * 60 * 60;
    let minute = |epoch: i64| clock(epoch).get(..5).unwrap_or_default().to_owned();
    let day = |epoch: i64| duration::utc(epoch).get(5..10).unwrap_or_default().to_owned();
    let (from, to) = if first.div_euclid(DAY) == last.div_euclid(DAY) {
        (minute(first), minute(last))
    } else {
        (day(first), day(last))
    };
    if from == to { from } else { format!("{from} to {to}") }
}
