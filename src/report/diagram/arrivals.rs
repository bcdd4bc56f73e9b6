//! When the copies of a set arrived: a line for each server that made copies, on one true scale of time.

mod scale;

use super::super::copies::listing::by_arrival;
use super::super::copies::{is_real, rhythm};
use super::super::{CopySet, Report, duration};
use super::flow::{fitting, short_name, text};
use super::{Anchor, Part, Space, units};
use scale::Scale;

/// The drawing: what lies below, and the lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrivals {
    /// In units, which are pixels where there is room.
    pub width: f64,
    /// In units.
    pub height: f64,
    /// The scale of time.
    pub grounds: Vec<Part>,
    /// One for each server, and one for the copies that nobody made.
    pub rows: Vec<Row>,
    /// The days that it shows: `2 Nov 2026`.
    pub days: String,
}

/// The copies of one server.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The server, by its place in [`CopySet::makers`]; absent for copies that nobody made, and where several servers share a line.
    pub maker: Option<usize>,
    /// How many copies it has.
    pub copies: usize,
    /// `sbs.example.net: 27 copies, every 15 min`
    pub name: String,
    /// Left, top, width and height.
    pub place: [f64; 4],
    /// What is painted.
    pub parts: Vec<Part>,
    /// How many copies its bars stand for; one without a date has none.
    pub drawn: usize,
}

/// So many servers have a line of their own.
const LINES: usize = 7;

/// Copies within so many units are one bar, a higher one.
const BIN: f64 = 4.0;

/// Draws the arrivals, in the zone so many minutes `east` of UTC; absent where no copy has a date.
#[must_use]
pub fn draw(report: &Report, set: &CopySet, space: Space, east: i32) -> Option<Arrivals> {
    let lines = lines(report, set, i64::from(east) * 60);
    let times = || lines.iter().flat_map(|line| line.times.iter().copied());
    let sheet = Sheet::of(space);
    let scale = Scale::of(times().min()?, times().max()?, sheet.from, sheet.to);
    let highest = lines.iter().map(|line| highest(line, &scale)).max().unwrap_or(1);
    let rows: Vec<Row> = (lines.iter().enumerate())
        .map(|(nth, line)| row(line, &sheet, &scale, sheet.row * nth as f64, highest))
        .collect();
    let bottom = sheet.row * rows.len() as f64 + 4.0;
    let height = bottom + 22.0;
    let mut grounds = Vec::new();
    for tick in scale.ticks() {
        grounds.push(path("lane-line", format!("M{} 4V{}", units(tick.x), units(bottom))));
        let place = [tick.x, height - 6.0];
        let anchor = match tick.x {
            x if x < sheet.from + 20.0 => Anchor::Start,
            x if x > sheet.to - 20.0 => Anchor::End,
            _ => Anchor::Middle,
        };
        grounds.push(Part::Text { class: "tick-text", place, anchor, text: tick.label });
    }
    Some(Arrivals { width: sheet.width, height, grounds, rows, days: scale.days() })
}

/// The measures, in units.
struct Sheet {
    width: f64,
    /// From where to where the time runs.
    from: f64,
    to: f64,
    row: f64,
    /// The height of the line of time in a row.
    line: f64,
    room: f64,
}

impl Sheet {
    const fn of(space: Space) -> Self {
        match space {
            Space::Wide => Self { width: 872.0, from: 200.0, to: 864.0, row: 38.0, line: 30.0, room: 190.0 },
            Space::Middle => {
                Self { width: 656.0, from: 200.0, to: 648.0, row: 38.0, line: 30.0, room: 190.0 }
            }
            Space::Narrow => Self { width: 326.0, from: 4.0, to: 318.0, row: 60.0, line: 54.0, room: 314.0 },
        }
    }
}

/// The copies of one server, with the times of those that have one, in order, by the clock of the zone.
struct Line {
    maker: Option<usize>,
    host: String,
    site: Option<String>,
    copies: usize,
    times: Vec<i64>,
    is_direct: bool,
    /// Whether these are copies, or messages that only look alike.
    are_copies: bool,
}

/// Those that nobody made first, then by server; the last line has those of all servers without a line of their own.
fn lines(report: &Report, set: &CopySet, east: i64) -> Vec<Line> {
    let has_makers = !set.makers.is_empty();
    let direct = if has_makers { "direct" } else { "all messages" };
    let line = |maker, host: &str, site, is_direct| Line {
        maker,
        host: host.to_owned(),
        site,
        copies: 0,
        times: Vec::new(),
        is_direct,
        are_copies: is_real(set),
    };
    let mut lines = vec![line(None, direct, None, has_makers)];
    for (nth, maker) in set.makers.iter().enumerate().take(LINES) {
        let host = maker.host.as_deref().or(maker.site.as_deref()).unwrap_or("not named");
        lines.push(line(Some(nth), host, maker.site.clone(), false));
    }
    let further = set.makers.len().saturating_sub(LINES);
    if further > 0 {
        lines.push(line(None, &format!("{further} more servers"), None, false));
    }
    for row in by_arrival(report, set) {
        let place = row.maker.map_or(0, |maker| maker.min(LINES) + 1);
        let Some(line) = lines.get_mut(place) else { continue };
        line.copies += 1;
        line.times.extend(row.arrived.map(|time| time.saturating_add(east)));
    }
    lines.retain(|line| line.copies > 0);
    lines
}

fn highest(line: &Line, scale: &Scale) -> usize {
    bins(line, scale).map(|(_, count)| count).max().unwrap_or(1)
}

/// The bars of a line: where each stands, and for how many copies.
fn bins(line: &Line, scale: &Scale) -> impl Iterator<Item = (f64, usize)> {
    let bin = |time: i64| (scale.x(time) / BIN).floor();
    let runs = line.times.chunk_by(move |one, other| bin(*one) == bin(*other));
    runs.filter_map(|run| Some((scale.x(*run.first()?), run.len())))
}

fn row(line: &Line, sheet: &Sheet, scale: &Scale, top: f64, highest: usize) -> Row {
    let level = top + sheet.line;
    let detail = detail(line);
    let host = short_name(&line.host, line.site.as_deref(), sheet.room);
    let told = fitting(&detail, sheet.room, 6.2);
    // What is read aloud begins with what is seen (WCAG 2.5.3).
    let name = format!("{host}: {told}; {}, {detail}", fitting(&line.host, 80.0, 1.0));
    let mut parts = vec![
        text("name", 0.0, top + 19.0, host),
        text("detail", 0.0, top + 33.0, told),
        path("axis", format!("M{} {}H{}", units(sheet.from), units(level), units(sheet.to))),
    ];
    let mut drawn = 0;
    for (x, copies) in bins(line, scale) {
        drawn += copies;
        if line.is_direct && highest == 1 {
            let (left, top) = ((x - 5.0).clamp(0.0, sheet.to - 10.0), level - 15.0);
            parts.push(path("first", format!("M{} {}h10l-5 13z", units(left), units(top))));
            continue;
        }
        // A bar for one of many is still seen.
        let height = if highest == 1 { 15.0 } else { 4.0 + 18.0 * copies as f64 / highest as f64 };
        let left = (x - 1.5).clamp(sheet.from, sheet.to - 3.0);
        parts.push(Part::Rect { class: "bar", place: [left, level - height, 3.0, height] });
    }
    let place = [0.0, top + 4.0, sheet.width, sheet.row - 4.0];
    Row { maker: line.maker, copies: line.copies, name, place, parts, drawn }
}

/// `27 copies, every 15 min`
fn detail(line: &Line) -> String {
    let copies = match (line.copies, line.are_copies) {
        (1, true) => "1 copy".to_owned(),
        (1, false) => "1 message".to_owned(),
        (count, true) => format!("{count} copies"),
        (count, false) => format!("{count} messages"),
    };
    let every = rhythm::interval(&line.times).map(|seconds| format!("every {}", duration::short(seconds)));
    let undated = line.copies - line.times.len();
    let undated = (undated > 0).then(|| format!("{undated} without a date"));
    [Some(copies), every, undated].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn path(class: &'static str, d: String) -> Part {
    Part::Path { class, hops: None, d }
}
