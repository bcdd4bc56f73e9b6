//! The drawing of a long route: what is folded opens in place, a strip shows the whole, and no drawing stops the page.

mod common;

use common::drawing::*;
use common::report_on;
use hopscope::report::Report;
use hopscope::report::diagram::{Drawing, Fold, Opening, Part, Space, View, draw, draw_as, strip};

fn folds(drawing: &Drawing) -> Vec<&Fold> {
    drawing
        .parts
        .iter()
        .filter_map(|part| if let Part::Fold(fold) = part { Some(fold) } else { None })
        .collect()
}

fn opened(view: &View, opening: Opening) -> View {
    View { opened: [view.opened.clone(), vec![opening]].concat(), ..view.clone() }
}

/// 186 hops inside one organisation, a wait of nine minutes, and 112 inside another.
fn three_hundred() -> Report {
    let host = |nth: usize| match nth {
        0..2 => format!("h{nth}.example.org"),
        2..188 => format!("h{nth}.example.net"),
        _ => format!("h{nth}.example.com"),
    };
    report_on(route(300, host, |nth| if nth == 187 { 540 } else { 1 }))
}

#[test]
fn of_many_hops_the_runs_inside_an_organisation_are_folded_but_not_a_slow_hop() {
    let report = three_hundred();
    every_drawing(&report, 0, |view, drawing| {
        let labels: Vec<&str> = folds(drawing).iter().map(|fold| fold.label.as_str()).collect();
        assert_eq!(labels, ["184 hops · 3 to 186", "111 hops · 189 to 299"], "{view:?}");
        let numbers: Vec<&str> = pills(drawing).iter().map(|pill| pill.number.as_str()).collect();
        assert_eq!(numbers, ["1", "2", "187", "188", "300"], "{view:?}");
        assert_within("300", drawing);
        assert_apart("300", drawing);
    });
}

#[test]
fn a_folded_run_opens_in_place_and_closes_again() {
    let report = three_hundred();
    let view = View::of(&report, 0, Space::Wide);
    let closed = draw_as(&report.messages[0], &view).unwrap();
    let first = folds(&closed)[0].opening.unwrap();
    let drawing = draw_as(&report.messages[0], &opened(&view, first)).unwrap();
    let labels: Vec<&str> = folds(&drawing).iter().map(|fold| fold.label.as_str()).collect();
    // A long run opens from both ends.
    assert_eq!(labels, ["Fold hops 3 to 186", "144 hops · 23 to 166", "111 hops · 189 to 299"]);
    assert!(folds(&drawing)[0].is_open && folds(&drawing)[0].opening == Some(first));
    assert_apart("300, opened", &drawing);
    let other = folds(&closed)[1].opening.unwrap();
    assert!(
        draw_as(&report.messages[0], &opened(&opened(&view, first), other)).unwrap().height > drawing.height
    );
}

#[test]
fn a_machine_opens_to_show_its_hops() {
    let lines = [
        "from localhost by gw.example.com (Postfix) with ESMTP; Mon, 2 Nov 2026 10:00:03 +0000",
        "from localhost by gw.example.com (amavisd-new) with ESMTP; Mon, 2 Nov 2026 10:00:02 +0000",
        "from a.example.org by gw.example.com (Postfix) with ESMTP; Mon, 2 Nov 2026 10:00:01 +0000",
    ];
    let report = report_on(lines.map(|line| format!("Received: {line}\n")).concat());
    for space in SPACES {
        let view = View::of(&report, 0, space);
        let drawing = draw_as(&report.messages[0], &view).unwrap();
        assert_eq!((folds(&drawing)[0].label.as_str(), folds(&drawing)[0].is_open), ("2, 3", false));
        assert_eq!(pills(&drawing).len(), 1);
        let drawing = draw_as(&report.messages[0], &opened(&view, Opening::Machine(1))).unwrap();
        assert!(folds(&drawing)[0].is_open);
        assert_eq!(pills(&drawing).len(), 3);
        assert_apart("opened machine", &drawing);
    }
}

#[test]
fn a_drawing_never_has_more_parts_than_a_page_can_bear() {
    let mut most = 0;
    for text in [
        route(10_000, |nth| format!("h{nth}.d{}.example", nth / 40), |_| 1),
        route(10_000, |nth| format!("h{nth}.example.com"), |_| 1),
        route(10_000, |nth| format!("h{nth}.d{}.example", nth / 2), |_| 61),
        "Received: by a.example.com; Mon, 2 Nov 2026 10:00:00 +0000\n".repeat(10_000),
    ] {
        let report = report_on(text);
        let mut view = View::of(&report, 0, Space::Wide);
        for _ in 0..40 {
            let drawing = draw_as(&report.messages[0], &view).unwrap();
            most = most.max(drawing.parts.len());
            assert!(strip(&report.messages[0], &drawing).unwrap().parts.len() < 400);
            let next = folds(&drawing).into_iter().find(|fold| !fold.is_open).and_then(|fold| fold.opening);
            let Some(next) = next else { break };
            view = opened(&view, next);
        }
    }
    assert!((1_000..6_000).contains(&most), "{most}");
}

#[test]
fn a_strip_stands_above_more_than_forty_hops_only() {
    for (hops, has_strip) in [(40, false), (41, true)] {
        let report = report_on(route(hops, |nth| format!("h{nth}.example.com"), |_| 1));
        let drawing = draw(&report.messages[0], Space::Wide).unwrap();
        assert_eq!(strip(&report.messages[0], &drawing).is_some(), has_strip, "{hops} hops");
    }
    let report = three_hundred();
    for space in SPACES {
        let drawing = draw(&report.messages[0], space).unwrap();
        let strip = strip(&report.messages[0], &drawing).unwrap();
        assert_within("strip", &strip);
        assert_apart("strip", &strip);
        let brackets = strip.parts.iter().filter(|part| matches!(part, Part::Path { class: "bracket", .. }));
        assert_eq!(brackets.count(), 2);
    }
}

#[test]
fn every_hop_is_found_on_the_drawing_by_its_height() {
    let report = three_hundred();
    let drawing = draw(&report.messages[0], Space::Wide).unwrap();
    let heights = [0, 1, 100, 187, 250, 299].map(|hop| drawing.height_of(hop).unwrap());
    assert!(heights.is_sorted() && heights[0] < heights[5], "{heights:?}");
    assert_eq!(drawing.hops_between(0.0, drawing.height), Some([0, 299]));
    let [first, last] = drawing.hops_between(heights[4] - 40.0, heights[4] + 40.0).unwrap();
    assert!((first..=last).contains(&250) && last - first < 299, "{first} to {last}");
    assert_eq!(drawing.hops_between(-2.0, -1.0), None);
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
    assert!(texts(&drawing).contains(" to 999"), "{}", texts(&drawing));
}
