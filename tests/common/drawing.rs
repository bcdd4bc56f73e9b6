//! Drawings of routes, and what must hold of all of them.

use std::fs;

use hopscope::report::diagram::{Anchor, Drawing, Part, Pill, Scale, Space, View, draw_as};
use hopscope::report::{Message, Report, duration};

use super::{files, report_on};

pub const SPACES: [Space; 3] = [Space::Wide, Space::Middle, Space::Narrow];

/// Every fixture and sample, with its report.
pub fn reports() -> Vec<(String, Report)> {
    let mails = [
        files("tests/fixtures/findings", ".eml"),
        files("tests/fixtures/lab", ".eml"),
        files("www/samples", ".eml"),
    ];
    let of = |path: std::path::PathBuf| (path.display().to_string(), report_on(fs::read(&path).unwrap()));
    mails.concat().into_iter().map(of).collect()
}

/// Draws a message in every space and on both scales, by the clocks as written and put right.
pub fn every_drawing(report: &Report, place: usize, mut check: impl FnMut(&View, &Drawing)) {
    for space in SPACES {
        for (scale, is_corrected) in [(Scale::Linear, true), (Scale::Log, false)] {
            let view = View { scale, is_corrected, ..View::of(report, place, space) };
            if let Some(drawing) = draw_as(&report.messages[place], &view) {
                check(&view, &drawing);
            }
        }
    }
}

pub fn every_drawing_of_all(mut check: impl FnMut(&str, &Message, &View, &Drawing)) -> usize {
    let mut drawn = 0;
    for (name, report) in reports() {
        for (place, message) in report.messages.iter().enumerate() {
            every_drawing(&report, place, |view, drawing| {
                check(&name, message, view, drawing);
                drawn += 1;
            });
        }
    }
    drawn
}

/// Left, top, right and bottom.
pub type Area = [f64; 4];

/// What can be read, and the place that it takes: as wide as a common font makes it.
pub fn areas(drawing: &Drawing) -> Vec<(String, Area)> {
    let text = |text: &str, class: &str, [x, y]: [f64; 2], anchor: Anchor| {
        let letter = if class.starts_with("name") || class.starts_with("clock") { 7.5 } else { 5.9 };
        let width =
            text.chars().filter(|one| !matches!(one, '\u{2066}'..='\u{2069}')).count() as f64 * letter;
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        (text.to_owned(), [left, y - 9.0, left + width, y + 2.0])
    };
    let area = |part: &Part| match part {
        Part::Pill(pill) => {
            let [x, y] = pill.place;
            Some((pill.name.clone(), [x, y, x + pill.width, y + Pill::HEIGHT]))
        }
        Part::Fold(fold) => {
            let [x, y, width, height] = fold.place;
            Some((fold.name.clone(), [x, y, x + width, y + height]))
        }
        Part::Name(name) => Some(text(&name.text, name.class, name.place, name.anchor)),
        Part::Text { class, place, anchor, text: words } if !words.is_empty() => {
            Some(text(words, class, *place, *anchor))
        }
        Part::Clock { class, place, is_day, epoch } => {
            Some(text(&clock(*is_day, *epoch), class, *place, Anchor::Start))
        }
        _ => None,
    };
    drawing.parts.iter().filter_map(area).collect()
}

/// A time as it is written in UTC: `2026-11-02 UTC` or `14:00:07`.
fn clock(is_day: bool, epoch: i64) -> String {
    let time = duration::utc(epoch);
    let (day, clock) = time.split_once(' ').unwrap();
    if is_day { format!("{day} UTC") } else { clock.to_owned() }
}

pub fn assert_within(name: &str, drawing: &Drawing) {
    for (what, [left, top, right, bottom]) in areas(drawing) {
        let is_inside = left >= 0.0 && top >= 0.0 && right <= drawing.width && bottom <= drawing.height;
        assert!(
            is_inside,
            "{name}: {what:?} at {left} {top} {right} {bottom} in {} × {}",
            drawing.width, drawing.height
        );
    }
}

pub fn assert_apart(name: &str, drawing: &Drawing) {
    let mut areas = areas(drawing);
    areas.sort_by(|one, other| one.1[1].total_cmp(&other.1[1]));
    for (nth, (one, a)) in areas.iter().enumerate() {
        for (other, b) in areas[nth + 1..].iter().take_while(|(_, b)| b[1] < a[3]) {
            let is_apart = a[2] <= b[0] || b[2] <= a[0];
            assert!(is_apart, "{name}: {one:?} {a:?} and {other:?} {b:?}");
        }
    }
}

pub fn pills(drawing: &Drawing) -> Vec<&Pill> {
    let mut pills = Vec::new();
    for part in &drawing.parts {
        if let Part::Pill(pill) = part {
            pills.push(pill);
        }
    }
    pills
}

pub fn texts(drawing: &Drawing) -> String {
    let mut texts = String::new();
    for part in &drawing.parts {
        match part {
            Part::Text { text, .. } => texts = format!("{texts}{text}\n"),
            Part::Name(name) => texts = format!("{texts}{}\n", name.text),
            Part::Fold(fold) => texts = format!("{texts}{}\n", fold.label),
            Part::Clock { is_day, epoch, .. } => texts = format!("{texts}{}\n", clock(*is_day, *epoch)),
            _ => {}
        }
    }
    texts
}

/// Hops between machines `host(nth)`, `seconds` apart.
pub fn route(count: usize, host: impl Fn(usize) -> String, seconds: impl Fn(usize) -> usize) -> String {
    let mut clock = 0;
    let mut lines: Vec<String> = Vec::new();
    for nth in 0..count {
        clock += seconds(nth);
        let (hour, minute, second) = (clock / 3600 % 24, clock / 60 % 60, clock % 60);
        lines.push(format!(
            "Received: from {} by {} with ESMTP; Mon, 2 Nov 2026 {hour:02}:{minute:02}:{second:02} +0000\n",
            host(nth),
            host(nth + 1)
        ));
    }
    lines.reverse();
    lines.concat()
}
