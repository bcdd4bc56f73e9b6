//! The drawing of a route shows every hop once, keeps to its sheet, and lays no mark on another.

mod common;

use std::fs;

use common::drawing::*;
use common::report_on;
use hopscope::report::Report;
use hopscope::report::diagram::{Part, Scale, Sign, Space, View, draw, draw_as, legend};

#[test]
fn every_route_is_drawn_within_its_sheet() {
    let drawn =
        every_drawing_of_all(|name, _, view, drawing| assert_within(&format!("{name}, {view:?}"), drawing));
    assert!(drawn > 3000, "{drawn} drawings");
}

#[test]
fn no_mark_and_no_word_lies_on_another() {
    every_drawing_of_all(|name, _, view, drawing| assert_apart(&format!("{name}, {view:?}"), drawing));
}

/// As a mark, among those that took the same way, or folded. The oldest hop may be where the header begins, which has no way to it.
#[test]
fn every_hop_of_a_route_without_a_loop_is_shown_once() {
    let mut shown = 0;
    every_drawing_of_all(|name, message, view, drawing| {
        if message.circle.as_ref().is_some_and(|circle| circle.is_loop) {
            return;
        }
        let mut hops: Vec<usize> = Vec::new();
        for part in &drawing.parts {
            match part {
                Part::Pill(pill) => hops.extend(pill.hops[0]..=pill.hops[1]),
                Part::Fold(fold) if !fold.is_open => hops.extend(fold.hops[0]..=fold.hops[1]),
                _ => {}
            }
        }
        hops.sort_unstable();
        let all: Vec<usize> = (0..message.hops.len()).collect();
        assert!(hops == all || hops == all[1..], "{name}, {view:?}: {hops:?}");
        shown += 1;
    });
    assert!(shown > 2400, "{shown} drawings");
}

#[test]
fn the_legend_has_only_what_the_drawing_uses() {
    let ordinary = report_on(fs::read(common::project("www/samples/ordinary.eml")).unwrap());
    let signs = legend(&draw(&ordinary.messages[0], Space::Wide).unwrap());
    assert!(signs.contains(&Sign::Encrypted) && signs.contains(&Sign::Mailbox), "{signs:?}");
    assert!(!signs.contains(&Sign::Waiting) && !signs.contains(&Sign::Refused), "{signs:?}");
    let fetched = report_on(fs::read(common::project("www/samples/pop3-fetch.eml")).unwrap());
    let signs = legend(&draw(&fetched.messages[0], Space::Wide).unwrap());
    assert!(signs.contains(&Sign::Waiting) && signs.contains(&Sign::Slow), "{signs:?}");
}

/// However much the reader opens.
/// Three machines; the clock of the second is an hour ahead.
const ODD_CLOCK: &str = "\
Received: from c.example.com by d.example.com; Mon, 2 Nov 2026 10:00:09 +0000
Received: from b.example.com by c.example.com; Mon, 2 Nov 2026 10:00:05 +0000
Received: from a.example.com by b.example.com; Mon, 2 Nov 2026 11:00:04 +0000
Received: from pc.example.com by a.example.com; Mon, 2 Nov 2026 10:00:00 +0000
";

#[test]
fn a_clock_that_is_off_is_put_right_or_shown_as_written_and_always_named() {
    let report = report_on(ODD_CLOCK);
    let view = View::of(&report, 0, Space::Wide);
    for (is_corrected, delay, clock) in [(true, "5 s", "10:00:05"), (false, "1 h", "11:00:04")] {
        let drawing = draw_as(&report.messages[0], &View { is_corrected, ..view.clone() }).unwrap();
        let pill = pills(&drawing)[1];
        assert_eq!((pill.delay.as_deref(), pill.is_off), (Some(delay), true));
        assert!(texts(&drawing).contains(clock) && texts(&drawing).contains("clock 59 min 59 s fast"));
        let dotted =
            drawing.parts.iter().filter(|part| matches!(part, Part::Path { class: "leader is-off", .. }));
        assert_eq!(dotted.count(), 1);
        assert!(legend(&drawing).contains(&Sign::Clock));
    }
}

#[test]
fn the_times_between_seconds_and_days_can_be_told_apart_on_the_log_scale() {
    let report =
        report_on(route(6, |nth| format!("h{nth}.example.com"), |nth| [1, 1, 9, 300, 3600, 40_000][nth]));
    let dots = |scale| {
        let view = View { scale, ..View::of(&report, 0, Space::Wide) };
        let drawing = draw_as(&report.messages[0], &view).unwrap();
        let y = |part: &Part| match part {
            Part::Circle { class: "moment", place } => Some(place[1]),
            _ => None,
        };
        drawing.parts.iter().filter_map(y).collect::<Vec<f64>>()
    };
    let (linear, log) = (dots(Scale::Linear), dots(Scale::Log));
    assert!(linear[2] - linear[0] < 1.0 && log[2] - log[0] > 20.0, "{linear:?} {log:?}");
}

/// `members` servers in a ring, so many times round.
fn ring(members: usize, laps: usize) -> Report {
    let host = |nth: usize| match nth {
        0 => "pc.example.org".to_owned(),
        nth => format!("mx{}.m{}.example", (nth - 1) % members, (nth - 1) % members),
    };
    report_on(route(members * laps + 1, host, |nth| 1 + nth % 3))
}

#[test]
fn a_reel_of_any_size_keeps_its_marks_and_names_apart() {
    for members in [2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 16] {
        let report = ring(members, 3);
        let circle = report.messages[0].circle.as_ref().unwrap();
        assert_eq!(circle.members.len(), members);
        every_drawing(&report, 0, |view, drawing| {
            let name = format!("{members} members, {view:?}");
            assert_within(&name, drawing);
            assert_apart(&name, drawing);
            assert_eq!(pills(drawing).len(), members + 1, "{name}");
        });
    }
}

#[test]
fn laps_stand_beside_the_reel_with_their_seconds() {
    let few = texts(&draw(&ring(3, 8).messages[0], Space::Wide).unwrap());
    assert!(few.contains("lap 1\n") && few.contains("lap 8\n") && !few.contains("more"), "{few}");
    let many = texts(&draw(&ring(3, 20).messages[0], Space::Wide).unwrap());
    assert!(many.contains("lap 3\n") && many.contains("14 more\n") && many.contains("lap 18\n"), "{many}");
    assert!(!many.contains("lap 4\n"), "{many}");
}

#[test]
fn a_returned_message_ends_at_a_stop_sign_and_not_in_a_mailbox() {
    let mut seen = 0;
    for (name, report) in reports() {
        for message in 0..report.messages.len() {
            let view = View::of(&report, message, Space::Wide);
            let Some(drawing) = draw_as(&report.messages[message], &view) else { continue };
            let signs = legend(&drawing);
            assert_eq!(signs.contains(&Sign::Refused), view.refusal.is_some(), "{name}");
            if view.refusal.is_some() {
                assert!(!signs.contains(&Sign::Mailbox), "{name}");
                seen += 1;
            }
        }
    }
    assert!(seen > 20, "{seen} returned messages");
}

#[test]
fn a_name_that_does_not_fit_is_cut_and_kept_whole_beside_it() {
    let long = format!("{}.example.org", "a-long-name".repeat(12));
    let report = report_on(format!("Received: from {long} by \u{5e9}\u{5e8}\u{5ea}.example.net\n"));
    for space in SPACES {
        let drawing = draw(&report.messages[0], space).unwrap();
        let names: Vec<_> = drawing
            .parts
            .iter()
            .filter_map(|part| if let Part::Name(name) = part { Some(name) } else { None })
            .collect();
        assert!(names.iter().any(|name| name.full.as_ref() == Some(&long) && name.text.ends_with('…')));
        assert!(names.iter().any(|name| name.text.starts_with('\u{5e9}') && name.full.is_none()));
        assert_within("long", &drawing);
    }
}

#[test]
fn what_fetches_without_a_name_is_not_called_localhost() {
    let line = "Received: from pop.example.net by localhost with POP3 (fetchmail-6.4.38) for <a@localhost> (single-drop); Mon, 2 Nov 2026 10:00:00 +0000\n";
    let drawing = draw(&report_on(line).messages[0], Space::Wide).unwrap();
    assert!(!texts(&drawing).contains("localhost"), "{}", texts(&drawing));
    assert!(texts(&drawing).contains("a program that fetches"), "{}", texts(&drawing));
}

#[test]
fn where_there_are_no_lanes_a_row_says_where_the_receiving_side_begins() {
    let ordinary = report_on(fs::read(common::project("www/samples/ordinary.eml")).unwrap());
    let words = "The receiving side from here";
    assert!(texts(&draw(&ordinary.messages[0], Space::Narrow).unwrap()).contains(words));
    assert!(!texts(&draw(&ordinary.messages[0], Space::Wide).unwrap()).contains(words));
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
