//! The drawings of a set of copies keep to their sheets, lay no mark on another, and count each copy once.

mod common;

use std::fs;
use std::path::Path;

use common::project;
use hopscope::report::diagram::{Drawing, Part, Pill, Space, arrivals, fork};
use hopscope::report::{Report, copies};
use hopscope::ui::zone::Zone;
use hopscope::{Input, Options, analyze};

const SPACES: [Space; 3] = [Space::Wide, Space::Middle, Space::Narrow];

/// Every set of copies among the fixtures, and those that real servers made.
fn sets() -> Vec<(String, Report)> {
    let mut reports = Vec::new();
    for room in ["copies", "lab"] {
        let folders = fs::read_dir(project("tests/fixtures").join(room)).unwrap();
        for folder in folders.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
            reports.push((folder.display().to_string(), report_on_folder(&folder)));
        }
    }
    reports.retain(|(_, report)| report.copies.as_ref().is_some_and(|copies| !copies.sets.is_empty()));
    reports
}

fn pills(drawing: &Drawing) -> Vec<&Pill> {
    let mut pills = Vec::new();
    for part in &drawing.parts {
        if let Part::Pill(pill) = part {
            pills.push(pill);
        }
    }
    pills
}

/// How far a part reaches to the right and down, as far as its numbers tell.
fn reach(part: &Part) -> Option<[f64; 4]> {
    match part {
        Part::Rect { place: [x, y, width, height], .. } => Some([*x, *y, x + width, y + height]),
        Part::Circle { place: [x, y, radius], .. } => Some([x - radius, y - radius, x + radius, y + radius]),
        Part::Text { place: [x, y], text, .. } if !text.is_empty() => Some([*x, y - 10.0, *x, *y]),
        Part::Pill(pill) => {
            let [x, y] = pill.place;
            Some([x, y, x + pill.width, y + Pill::HEIGHT])
        }
        _ => None,
    }
}

fn keeps_to_its_sheet(name: &str, parts: &[Part], width: f64, height: f64) {
    for part in parts {
        let Some([left, top, right, bottom]) = reach(part) else { continue };
        let is_inside = left >= 0.0 && top >= 0.0 && right <= width && bottom <= height;
        assert!(is_inside, "{name}: {part:?} in {width} × {height}");
    }
}

#[test]
fn every_fork_keeps_to_its_sheet_and_no_mark_lies_on_another() {
    let mut drawn = 0;
    for (name, report) in sets() {
        for set in &report.copies.as_ref().unwrap().sets {
            for space in SPACES {
                let Some(fork) = fork::draw(&report, set, None, space, 0) else { continue };
                let drawing = &fork.drawing;
                keeps_to_its_sheet(
                    &format!("{name}, {space:?}"),
                    &drawing.parts,
                    drawing.width,
                    drawing.height,
                );
                let pills = pills(drawing);
                for (nth, one) in pills.iter().enumerate() {
                    for other in &pills[nth + 1..] {
                        let is_apart = one.place[0] + one.width <= other.place[0]
                            || other.place[0] + other.width <= one.place[0]
                            || (one.place[1] - other.place[1]).abs() >= Pill::HEIGHT;
                        assert!(is_apart, "{name}, {space:?}: {one:?} and {other:?}");
                    }
                }
                drawn += 1;
            }
        }
    }
    assert!(drawn > 150, "{drawn} drawings");
}

#[test]
fn every_copy_ends_at_one_place_of_the_fork() {
    let mut counted = 0;
    for (name, report) in sets() {
        for set in &report.copies.as_ref().unwrap().sets {
            let fork = fork::draw(&report, set, None, Space::Wide, 0).unwrap();
            let ends: usize = fork.ends.iter().sum();
            assert_eq!(ends + fork.further, set.members.len(), "{name}");
            counted += 1;
        }
    }
    assert!(counted > 50, "{counted} sets");
}

/// Two copies have a mark for every hop that is not inside a machine; a hop in common has one.
#[test]
fn two_copies_are_drawn_hop_by_hop_with_what_they_share_once() {
    let mut pairs = 0;
    for (name, report) in sets() {
        for set in report.copies.as_ref().unwrap().sets.iter().filter(|set| set.members.len() == 2) {
            let fork = fork::draw(&report, set, None, Space::Wide, 0).unwrap();
            let common = copies::compare::compare(&report, set, [0, 1]).common();
            let between = |message: &usize| {
                let message = &report.messages[*message];
                let inside: usize = message.stations.iter().map(|station| station.last - station.first).sum();
                message.hops.len() - inside
            };
            let most: usize = set.messages.iter().map(between).sum();
            let marks = fork.marks.len();
            assert!(marks <= most, "{name}: {marks} marks for {most} hops");
            // The oldest hop of each may begin within a machine, and those in common count once.
            assert!(marks + 2 + common >= most, "{name}: {marks} marks for {most} hops, {common} in common");
            pairs += 1;
        }
    }
    assert!(pairs > 30, "{pairs} pairs");
}

#[test]
fn one_of_two_copies_is_drawn_with_all_its_hops_and_its_own_letter() {
    let report = of("forwarded-old-address");
    let set = &report.copies.as_ref().unwrap().sets[0];
    let numbers = |one| {
        let fork = fork::draw(&report, set, one, Space::Wide, 0).unwrap();
        pills(&fork.drawing).iter().map(|pill| pill.number.clone()).collect::<Vec<_>>()
    };
    assert_eq!(numbers(None), ["A1", "A2", "B2", "B3"]);
    assert_eq!(numbers(Some(0)), ["A1", "A2"]);
    assert_eq!(numbers(Some(1)), ["B1", "B2", "B3"]);
}

#[test]
fn the_times_of_the_drawings_are_those_of_the_zone() {
    let report = of("forwarded-old-address");
    let set = &report.copies.as_ref().unwrap().sets[0];
    let drawn = |east| {
        let fork = fork::draw(&report, set, None, Space::Wide, east).unwrap();
        (arrivals::draw(&report, set, Space::Wide, east).unwrap().days, texts(&fork.drawing.parts))
    };
    for (east, day, clock) in [
        (0, "2 Nov 2026", "08:00:09 ·"),
        (330, "2 Nov 2026", "13:30:09 ·"),
        (-540, "1 Nov 2026", "23:00:09 ·"),
    ] {
        let (days, texts) = drawn(east);
        assert_eq!(days, day);
        assert!(texts.contains(clock), "{texts}");
    }
}

/// Copies are compared, so one zone serves all: of the zones that the lines were written in, that of the first copy.
#[test]
fn all_copies_are_shown_in_one_zone() {
    let report = of("forwarded-old-address");
    let set = &report.copies.as_ref().unwrap().sets[0];
    let first = report.messages[set.messages[0]].hops.last().unwrap().utc_offset_minutes.unwrap();
    assert_ne!(first, 0, "the fixture is written elsewhere than in UTC");
    assert_eq!(Zone::Written.of_copies(&report, set), Zone::Fixed(first));
    for zone in [Zone::Utc, Zone::Fixed(-210)] {
        assert_eq!(zone.of_copies(&report, set), zone);
    }
}

#[test]
fn copies_of_a_connector_start_behind_one_cut_below_their_mailboxes() {
    let report = of("reinjected-two-connectors-feed-each-other");
    let set = &report.copies.as_ref().unwrap().sets[0];
    let fork = fork::draw(&report, set, None, Space::Wide, 0).unwrap();
    let texts = texts(&fork.drawing.parts);
    assert_eq!(texts.matches("POP3 mailbox").count(), 2, "{texts}");
    assert_eq!(texts.matches("Trace cut").count(), 1, "{texts}");
    let numbers: Vec<&str> = pills(&fork.drawing).iter().map(|pill| pill.number.as_str()).collect();
    // The original's two hops; then of each connector its own line, and the one of the receiving server.
    assert_eq!(numbers, ["1 ×", "1 ×", "3 ×", "3 ×", "3 ×", "3 ×"]);
}

#[test]
fn arrivals_count_each_copy_once_and_keep_to_their_sheet() {
    let mut drawn = 0;
    for (name, report) in sets() {
        for set in &report.copies.as_ref().unwrap().sets {
            for space in SPACES {
                let Some(arrivals) = arrivals::draw(&report, set, space, 0) else { continue };
                let copies: usize = arrivals.rows.iter().map(|row| row.copies).sum();
                assert_eq!(copies, set.members.len(), "{name}");
                let dated = copies::listing::by_arrival(&report, set)
                    .iter()
                    .filter(|row| row.arrived.is_some())
                    .count();
                assert_eq!(arrivals.rows.iter().map(|row| row.drawn).sum::<usize>(), dated, "{name}");
                let (width, height) = (arrivals.width, arrivals.height);
                keeps_to_its_sheet(&name, &arrivals.grounds, width, height);
                for row in &arrivals.rows {
                    keeps_to_its_sheet(&name, &row.parts, width, height);
                }
                drawn += 1;
            }
        }
    }
    assert!(drawn > 150, "{drawn} drawings");
}

/// A storm: `copies` of one mail, every fifteen minutes by one connector and every half an hour by another.
fn storm(copies: usize) -> String {
    let copy = |nth: usize| {
        let (host, site, step) = if nth % 3 == 2 {
            ("server.south.example.com", "south.example.com", nth / 3 * 1_800)
        } else {
            ("sbs.north.example.net", "north.example.net", (nth / 3 * 2 + nth % 3) * 900)
        };
        let (day, hour, minute) = (18 + step / 86_400, step / 3_600 % 24, step / 60 % 60);
        let date = format!("{} Oct 2026 {hour:02}:{minute:02}:12 +0000", 1 + day % 28);
        format!(
            "From ann@example.org Sun Oct 18 09:00:00 2026\nReceived: from {host} ({host} [198.51.100.{}])\n\tby mx1.example.org (Postfix) with ESMTP id 7C1B{nth:06X};\n\t{date}\nReceived: from mail pickup service by {host} with Microsoft SMTPSVC;\n\t{date}\nFrom: \"Maria Lind\" <maria@choir.example>\nTo: <info@example.org>, <team@{site}>, \"IMB Recipient 1\" <mspop3connector.office@{site}>\nSubject: Rehearsal\nDate: Sun, 18 Oct 2026 07:20:38 +0000\nMessage-ID: <rehearsal.1@choir.example>\nX-MimeOLE: Produced By Microsoft MimeOLE V6.00.3790.326\n\n",
            nth % 3 + 1,
        )
    };
    (0..copies).map(copy).collect()
}

#[test]
fn ten_thousand_copies_are_a_few_lines_and_a_few_hundred_bars() {
    let report = common::report_on(storm(10_000));
    let set = &report.copies.as_ref().unwrap().sets[0];
    assert_eq!(set.members.len(), 10_000);
    for space in SPACES {
        let fork = fork::draw(&report, set, None, space, 0).unwrap();
        assert!(fork.drawing.parts.len() < 300, "{}", fork.drawing.parts.len());
        assert_eq!(fork.ends.iter().sum::<usize>(), 10_000);
        let arrivals = arrivals::draw(&report, set, space, 0).unwrap();
        let parts: usize = arrivals.rows.iter().map(|row| row.parts.len()).sum();
        assert!(parts < 1_000, "{parts}");
    }
}

#[test]
fn a_timer_is_told_where_there_is_one() {
    let report = common::report_on(storm(40));
    let set = &report.copies.as_ref().unwrap().sets[0];
    let arrivals = arrivals::draw(&report, set, Space::Wide, 0).unwrap();
    let names: Vec<&str> = arrivals.rows.iter().map(|row| row.name.as_str()).collect();
    assert!(names.iter().any(|name| name.ends_with("27 copies, every 15 min")), "{names:?}");
    assert!(names.iter().any(|name| name.ends_with("13 copies, every 30 min")), "{names:?}");
    let fork = fork::draw(&report, set, None, Space::Wide, 0).unwrap();
    let thick = |class| {
        fork.drawing.parts.iter().any(|part| matches!(part, Part::Path { class: of, .. } if *of == class))
    };
    assert!(thick("edge is-most") && thick("edge is-many"));
}

#[test]
fn the_hops_of_two_copies_are_lined_up_from_the_origin() {
    let report = of("forwarded-old-address");
    let set = &report.copies.as_ref().unwrap().sets[0];
    let comparison = copies::compare::compare(&report, set, [0, 1]);
    let hops: Vec<_> = comparison.lines.iter().map(|line| (line.hops, line.is_common)).collect();
    assert_eq!(hops, [([Some(0), Some(0)], true), ([Some(1), Some(1)], false), ([None, Some(2)], false)]);
    assert_eq!(comparison.parts_at(), Some(1));
    assert!(comparison.equal.iter().any(|field| field.name == "Message-ID"));
}

#[test]
fn every_hop_of_two_copies_stands_on_one_line_in_its_order() {
    for (name, report) in sets() {
        for set in &report.copies.as_ref().unwrap().sets {
            for other in 1..set.members.len().min(6) {
                let comparison = copies::compare::compare(&report, set, [0, other]);
                for (side, member) in [(0, 0), (1, other)] {
                    let hops: Vec<usize> =
                        comparison.lines.iter().filter_map(|line| line.hops[side]).collect();
                    let all = report.messages[set.members[member].message].hops.len();
                    assert_eq!(hops, (0..all).collect::<Vec<_>>(), "{name}, {other}");
                }
            }
        }
    }
}

#[test]
fn a_copy_with_a_new_message_id_differs_in_it() {
    let report = of("reinjected-connector-known-by-the-text");
    let set = &report.copies.as_ref().unwrap().sets[0];
    let comparison = copies::compare::compare(&report, set, [0, 1]);
    assert_eq!(comparison.common(), 0);
    let names: Vec<&str> = comparison.differing.iter().map(|field| field.name).collect();
    assert!(names.starts_with(&["Message-ID", "Date"]), "{names:?}");
    assert!(comparison.equal.iter().any(|field| field.name == "Subject"));
}

fn of(scenario: &str) -> Report {
    report_on_folder(&project("tests/fixtures/copies").join(scenario))
}

fn report_on_folder(folder: &Path) -> Report {
    let mut mails: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    mails.retain(|path| path.extension().is_some_and(|end| end == "eml"));
    mails.sort();
    let texts: Vec<Vec<u8>> = mails.iter().map(|path| fs::read(path).unwrap()).collect();
    let inputs: Vec<Input> = texts.iter().map(|bytes| Input { name: None, bytes }).collect();
    analyze(&inputs, &Options::default())
}

fn texts(parts: &[Part]) -> String {
    let text = |part: &Part| match part {
        Part::Text { text, .. } => Some(format!("{text}\n")),
        _ => None,
    };
    parts.iter().filter_map(text).collect()
}
