//! The drawing of a route shows every hop once, keeps to its sheet, and lays no mark on another.

mod common;

use std::fs;

use common::{files, report_on};
use hopscope::report::Message;
use hopscope::report::diagram::{Drawing, Part, Pill, Space, draw};

const SPACES: [Space; 3] = [Space::Wide, Space::Middle, Space::Narrow];

/// Every message of the fixtures and samples that has hops.
fn messages() -> Vec<(String, Message)> {
    let mails = [
        files("tests/fixtures/findings", ".eml"),
        files("tests/fixtures/lab", ".eml"),
        files("www/samples", ".eml"),
    ];
    let of = |path: std::path::PathBuf| {
        let name = path.display().to_string();
        report_on(fs::read(&path).unwrap()).messages.into_iter().map(move |message| (name.clone(), message))
    };
    mails.concat().into_iter().flat_map(of).filter(|(_, message)| !message.hops.is_empty()).collect()
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

fn texts(drawing: &Drawing) -> String {
    let mut texts = String::new();
    for part in &drawing.parts {
        if let Part::Text { text, .. } = part {
            texts = format!("{texts}{text}\n");
        }
    }
    texts
}

#[test]
fn every_route_is_drawn_within_its_sheet() {
    let mut drawn = 0;
    for (name, message) in messages() {
        for space in SPACES {
            let drawing = draw(&message, space).unwrap();
            for pill in pills(&drawing) {
                let [x, y] = pill.place;
                let is_inside = x >= 0.0
                    && x + pill.width <= drawing.width
                    && y >= 0.0
                    && y + Pill::HEIGHT <= drawing.height;
                assert!(is_inside, "{name}, {space:?}: {pill:?} in {} × {}", drawing.width, drawing.height);
            }
            drawn += 1;
        }
    }
    assert!(drawn > 1500, "{drawn} drawings");
}

#[test]
fn no_mark_lies_on_another() {
    for (name, message) in messages() {
        for space in SPACES {
            let drawing = draw(&message, space).unwrap();
            let pills = pills(&drawing);
            for (nth, one) in pills.iter().enumerate() {
                for other in &pills[nth + 1..] {
                    let is_apart = one.place[0] + one.width <= other.place[0]
                        || other.place[0] + other.width <= one.place[0]
                        || (one.place[1] - other.place[1]).abs() >= Pill::HEIGHT;
                    assert!(is_apart, "{name}, {space:?}: {one:?} and {other:?}");
                }
            }
        }
    }
}

/// As a mark, among those that took the same way, or inside a machine.
#[test]
fn every_hop_of_a_short_route_without_a_loop_is_shown_once() {
    let mut shown = 0;
    for (name, message) in messages() {
        if message.hops.len() > 30 || message.circle.as_ref().is_some_and(|circle| circle.is_loop) {
            continue;
        }
        let drawing = draw(&message, Space::Narrow).unwrap();
        let marked: usize = pills(&drawing).iter().map(|pill| pill.hops[1] - pill.hops[0] + 1).sum();
        let inside: usize = message.stations.iter().map(|station| station.last - station.first).sum();
        let missing = message.hops.len() - inside - marked;
        // The oldest hop may begin within a machine.
        assert!(
            missing == 0 || (missing == 1 && texts(&drawing).contains("hop")),
            "{name}: {missing} hops missing"
        );
        shown += 1;
    }
    assert!(shown > 400, "{shown} routes");
}

#[test]
fn a_loop_is_a_reel_with_its_laps_and_a_mark_for_each_way() {
    let mail =
        fs::read(common::project("tests/fixtures/findings/routing-loop/fires-ring-of-three.eml")).unwrap();
    let report = report_on(mail);
    let drawing = draw(&report.messages[0], Space::Wide).unwrap();
    let numbers: Vec<&str> = pills(&drawing).iter().map(|pill| pill.number.as_str()).collect();
    assert_eq!(numbers, ["1", "2 … 8", "3 … 9", "4 … 7"]);
    assert!(
        texts(&drawing).contains("2 laps") && texts(&drawing).contains("turning point"),
        "{}",
        texts(&drawing)
    );
    assert!(drawing.description.contains("went round"), "{}", drawing.description);
}

#[test]
fn a_route_of_a_hundred_thousand_hops_is_folded_to_what_can_be_read() {
    let lines: Vec<String> = (0..100_000)
        .rev()
        .map(|nth| {
            format!(
                "Received: from h{nth}.d{}.example by h{}.d{}.example; Mon, 2 Nov 2026 09:00:00 +0100\n",
                nth / 3,
                nth + 1,
                (nth + 1) / 3
            )
        })
        .collect();
    let report = report_on(lines.concat());
    let drawing = draw(&report.messages[0], Space::Wide).unwrap();
    assert!(drawing.parts.len() < 2_000, "{}", drawing.parts.len());
    assert!(texts(&drawing).contains(" … 999"), "{}", texts(&drawing));
}

#[test]
fn a_message_without_hops_has_no_drawing() {
    let report = report_on("Subject: nothing\n");
    assert!(draw(&report.messages[0], Space::Wide).is_none());
}

#[test]
fn a_copy_of_a_connector_starts_behind_a_cut() {
    let copy =
        fs::read(common::project("tests/fixtures/findings/pop3-connector-reinjection/fires-sbs-copy.eml"))
            .unwrap();
    for space in SPACES {
        let drawing = draw(&report_on(copy.as_slice()).messages[0], space).unwrap();
        assert!(texts(&drawing).contains("Trace cut"), "{}", texts(&drawing));
    }
    let ordinary = fs::read(common::project("www/samples/ordinary.eml")).unwrap();
    let drawing = draw(&report_on(ordinary).messages[0], Space::Wide).unwrap();
    assert!(!texts(&drawing).contains("Trace cut"));
}
