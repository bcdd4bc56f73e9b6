//! The time of the hops: delays as the dates stand, whose clock is off and by how much, and delays with the clocks put right.

mod common;

use std::collections::BTreeSet;
use std::iter;
use std::time::{Duration, Instant};

use common::report_on;
use hopscope::report::Hop;
use proptest::prelude::*;

/// The date so many seconds after the 10th at 12 o'clock.
fn date(seconds: i64) -> String {
    let (days, rest) = ((seconds + 12 * 3600).div_euclid(86400), (seconds + 12 * 3600).rem_euclid(86400));
    format!("{} Nov 2026 {:02}:{:02}:{:02} +0000", 10 + days, rest / 3600, rest / 60 % 60, rest % 60)
}

/// The hops of a route, the oldest first: who wrote each line, and the date behind the `;`, if any.
fn hops_of<S: AsRef<str>>(route: &[(S, Option<String>)]) -> Vec<Hop> {
    let clients = iter::once("pc.example.org").chain(route.iter().map(|(host, _)| host.as_ref()));
    let line = |(client, (host, date)): (&str, &(S, Option<String>))| {
        (format!("from {client} by {} with ESMTP", host.as_ref()), date.clone())
    };
    hops_of_lines(&clients.zip(route).map(line).collect::<Vec<_>>())
}

/// The same by what each line says before the `;`.
fn hops_of_lines(route: &[(String, Option<String>)]) -> Vec<Hop> {
    let line = |(text, date): &(String, Option<String>)| {
        let date = date.as_ref().map(|date| format!("; {date}")).unwrap_or_default();
        format!("Received: {text}{date}")
    };
    let lines: Vec<String> = route.iter().rev().map(line).collect();
    let report = report_on(format!("{}\nSubject: test\n", lines.join("\n")));
    assert_eq!(report.messages[0].hops.len(), route.len());
    report.messages[0].hops.clone()
}

/// The same with every date given in seconds. Hosts of one letter are machines of example.com.
fn hops(route: &[(&str, i64)]) -> Vec<Hop> {
    let line = |(host, seconds): &(&str, i64)| (format!("{host}.example.com"), Some(date(*seconds)));
    hops_of(&route.iter().map(line).collect::<Vec<_>>())
}

/// A route over as many machines as there are dates.
fn through(dates: &[i64]) -> Vec<Hop> {
    let hosts: Vec<String> = (0..dates.len()).map(|nth| format!("h{nth}")).collect();
    hops(&hosts.iter().map(String::as_str).zip(dates.iter().copied()).collect::<Vec<_>>())
}

fn skews(hops: &[Hop]) -> Vec<Option<i64>> {
    hops.iter().map(|hop| hop.skew_seconds).collect()
}

fn corrected(hops: &[Hop]) -> Vec<Option<i64>> {
    hops.iter().map(|hop| hop.corrected_delay_seconds).collect()
}

#[test]
fn delays_are_the_seconds_between_the_dates_even_below_zero_and_beyond_a_day() {
    let delays: Vec<Option<i64>> =
        through(&[0, -5, 25 * 3600 - 5]).iter().map(|hop| hop.delay_seconds).collect();
    assert_eq!(delays, [None, Some(-5), Some(25 * 3600)]);
}

#[test]
fn a_delay_across_hops_without_a_date_says_since_when() {
    let dates = [Some(0), None, None, Some(70), Some(75)];
    let hosts = ["a.example.com", "b.example.com", "c.example.com", "d.example.com", "e.example.com"];
    let hops = hops_of(&hosts.into_iter().zip(dates.map(|seconds| seconds.map(date))).collect::<Vec<_>>());
    assert_eq!(
        hops.iter().map(|hop| hop.delay_seconds).collect::<Vec<_>>(),
        [None, None, None, None, Some(5)]
    );
    let since: Vec<_> =
        hops.iter().map(|hop| hop.delay_since.map(|since| (since.hop, since.seconds))).collect();
    assert_eq!(since, [None, None, None, Some((0, 70)), None]);
}

#[test]
fn the_first_date_after_hops_without_one_is_since_nothing() {
    let hops = hops_of(&[("a.example.com", None), ("b.example.com", Some(date(0)))]);
    assert_eq!((hops[1].delay_seconds, hops[1].delay_since), (None, None));
}

#[test]
fn clocks_that_agree_have_no_skew_and_no_corrected_delay() {
    let hops = through(&[0, 4, 3, 9000]);
    assert_eq!(skews(&hops), [Some(0); 4]);
    assert_eq!(corrected(&hops), [None; 4]);
}

#[test]
fn a_single_clock_is_compared_with_nothing() {
    assert_eq!(skews(&through(&[100])), [None]);
    assert_eq!(skews(&hops(&[("a", 100), ("a", 103)])), [None, None]);
}

#[test]
fn the_clock_between_two_that_fit_closely_is_the_one_that_is_off() {
    let ahead = through(&[100, 400, 102]);
    assert_eq!(skews(&ahead), [Some(0), Some(298), Some(0)]);
    assert_eq!(corrected(&ahead), [None, Some(2), Some(0)]);
    assert_eq!(skews(&through(&[100, -200, 105])), [Some(0), Some(-300), Some(0)]);
}

#[test]
fn with_three_clocks_a_delay_that_may_be_real_leaves_open_whose_is_off() {
    // The second may be ahead by 10 seconds, or the third behind.
    assert_eq!(skews(&through(&[100, 400, 390])), [Some(0), None, None]);
}

#[test]
fn two_clocks_that_disagree_tell_nothing() {
    let hops = through(&[500, 100]);
    assert_eq!(skews(&hops), [None, None]);
    assert_eq!((hops[1].delay_seconds, hops[1].corrected_delay_seconds), (Some(-400), None));
}

#[test]
fn each_of_two_clocks_could_be_the_one_in_the_middle_and_neither_is_called_wrong() {
    assert_eq!(skews(&through(&[100, 400, 102, 401])), [Some(0), None, None, Some(0)]);
    // The last line tells: it leaves no time for the message to have lain.
    assert_eq!(skews(&through(&[100, 400, 102, 103])), [Some(0), Some(298), Some(0), Some(0)]);
}

#[test]
fn the_first_and_the_last_clock_are_off_only_against_two_that_agree() {
    assert_eq!(skews(&through(&[500, 100, 110])), [Some(400), Some(0), Some(0)]);
    assert_eq!(skews(&through(&[100, 110, -50])), [Some(0), Some(0), Some(-160)]);
    assert_eq!(skews(&through(&[500, 300, 100])), [None; 3]);
}

#[test]
fn a_second_or_two_is_rounding_and_three_are_an_offset() {
    assert_eq!(skews(&through(&[100, 100, 98, 100, 101])), [Some(0); 5]);
    assert_eq!(skews(&through(&[100, 100, 97, 100, 101])), [Some(0), Some(0), Some(-3), Some(0), Some(0)]);
}

#[test]
fn rounding_between_the_right_clocks_does_not_hide_the_wrong_one() {
    let hops = through(&[100, 400, 99, 102]);
    assert_eq!(skews(&hops), [Some(0), Some(301), Some(0), Some(0)]);
}

#[test]
fn a_whole_hour_is_an_offset_like_any_other() {
    let hops = through(&[0, 2, 3605, 6, 7]);
    assert_eq!(skews(&hops)[2], Some(3599));
    assert_eq!(corrected(&hops), [None, None, Some(4), Some(0), None]);
}

#[test]
fn a_machine_that_is_passed_several_times_has_one_clock() {
    let second_ahead = hops(&[("a", 100), ("b", 405), ("a", 110), ("b", 415), ("a", 120), ("c", 125)]);
    let zero = Some(0);
    assert_eq!(skews(&second_ahead), [zero, Some(295), zero, Some(295), zero, zero]);
    assert_eq!(corrected(&second_ahead), [None, Some(10), zero, Some(10), zero, None]);
    // The first passes more often, but it is one machine against two.
    let first_ahead = hops(&[("a", 400), ("b", 105), ("a", 410), ("b", 115), ("a", 420), ("c", 125)]);
    assert_eq!(skews(&first_ahead), [Some(295), zero, Some(295), zero, Some(295), zero]);
}

#[test]
fn two_machines_that_pass_a_message_to_and_fro_leave_open_whose_clock_is_off() {
    assert_eq!(skews(&hops(&[("a", 100), ("b", 405), ("a", 110), ("b", 415)])), [None; 4]);
    assert_eq!(skews(&hops(&[("a", 100), ("b", 405), ("a", 110), ("b", 415), ("a", 120)])), [None; 5]);
    // One more that agrees with the first decides.
    let decided = hops(&[("a", 100), ("b", 405), ("a", 110), ("b", 415), ("c", 120)]);
    assert_eq!(skews(&decided)[1], Some(295));
}

#[test]
fn a_clock_that_comes_back_shows_which_of_the_others_is_off() {
    // Between the dates of c only 15 seconds passed, so a and b cannot both be right, and c agrees with b.
    let hops = hops(&[("c", 100), ("b", 105), ("a", 5000), ("c", 115)]);
    assert_eq!(skews(&hops), [Some(0), Some(0), Some(4885), Some(0)]);
}

#[test]
fn a_clock_that_was_set_back_meanwhile_is_no_evidence_against_others() {
    let contradictory = hops(&[("a", 100), ("b", 105), ("c", 900), ("b", 108), ("c", 50), ("d", 112)]);
    assert_eq!(skews(&contradictory), [Some(0), Some(0), None, Some(0), None, Some(0)]);
    // Bounds that go round in a circle: 50 seconds passed on b while 10 passed on a, before and after.
    let circle = hops(&[("a", 100), ("b", 200), ("c", 210), ("b", 250), ("a", 110), ("d", 300), ("e", 310)]);
    assert_eq!(skews(&circle), [None, None, None, None, None, Some(0), Some(0)]);
}

#[test]
fn a_date_without_a_zone_makes_no_other_clock_wrong_and_is_not_called_wrong() {
    let route = |zone: &str| {
        hops_of(&[
            ("a.example.com", Some(date(0))),
            ("b.example.com", Some(date(7200).replace(" +0000", zone))),
            ("c.example.com", Some(date(5))),
            ("d.example.com", Some(date(6))),
        ])
    };
    let without = route("");
    assert_eq!(skews(&without), [Some(0), None, Some(0), Some(0)]);
    assert_eq!((without[1].delay_seconds, without[2].delay_seconds), (Some(7200), Some(-7195)));
    assert_eq!(corrected(&without), [None; 4]);
    assert_eq!(skews(&route(" +0000")), [Some(0), Some(7195), Some(0), Some(0)]);
    assert_eq!(skews(&route(" -0000")), [Some(0), Some(7195), Some(0), Some(0)]);
}

#[test]
fn lines_that_name_no_machine_are_no_further_clocks_that_agree() {
    let machine = |host: &str, seconds: i64| (format!("by {host}.example.com"), Some(date(seconds)));
    let unnamed = |seconds: i64| ("(unnamed)".to_owned(), Some(date(seconds)));
    let hops =
        hops_of_lines(&[machine("a", 700), machine("b", 0), unnamed(0), unnamed(1), machine("c", 707)]);
    assert_eq!(skews(&hops), [Some(0), Some(-700), None, None, Some(0)]);
}

#[test]
fn a_delay_between_two_wrong_clocks_that_the_right_ones_do_not_settle_is_not_known() {
    let hops = through(&[100, 101, 400, 20, 200, 201]);
    assert_eq!(skews(&hops), [Some(0), Some(0), Some(200), Some(-81), Some(0), Some(0)]);
    assert_eq!(corrected(&hops), [None, None, Some(99), None, Some(99), None]);
}

#[test]
fn hops_stay_in_the_order_of_the_header_whatever_their_dates() {
    let by: Vec<Option<String>> = through(&[900, 500, 100]).into_iter().map(|hop| hop.by).collect();
    assert_eq!(by, ["h0", "h1", "h2"].map(|host| Some(format!("{host}.example.com"))));
}

#[test]
fn one_wrong_clock_among_ten_thousand_is_found() {
    let dates: Vec<i64> = (0..10_000).map(|nth| if nth == 6000 { nth + 86_400 } else { nth }).collect();
    let skews = skews(&through(&dates));
    assert_eq!(skews[6000], Some(86_399));
    assert_eq!(skews.iter().filter(|skew| **skew == Some(0)).count(), 9_999);
}

/// Dates that make the comparison of clocks as dear as it can be.
fn hostile(length: i64) -> Vec<(&'static str, Vec<(String, i64)>)> {
    let route = |machines: i64, date: fn(i64) -> i64| {
        (0..length).map(|nth| (format!("h{}", nth % machines), date(nth))).collect()
    };
    vec![
        ("falling", route(length, |nth| -5 * nth)),
        ("in no order", route(length, |nth| nth * 7919 % 100_003)),
        ("to and fro", route(length, |nth| if nth % 2 == 0 { nth } else { nth + 900 })),
        ("round three machines", route(3, |nth| nth * 5 + nth % 3 * 1000)),
        ("round thirty machines", route(30, |nth| nth * 5 + nth * 7919 % 30 * 1000)),
        ("round a hundred machines", route(100, |nth| nth * 5 + nth % 100 * 1000)),
    ]
}

/// Eight times the length may take eight times as long, and for the noise of a busy machine four times that. Quadratic cost would take
/// sixty-four times as long.
#[test]
fn comparing_the_clocks_costs_no_more_than_reading_the_lines() {
    let time = |route: &[(String, i64)]| {
        let route: Vec<(&str, i64)> = route.iter().map(|(host, date)| (host.as_str(), *date)).collect();
        (0..3)
            .map(|_| {
                let start = Instant::now();
                hops(&route);
                start.elapsed()
            })
            .min()
            .unwrap()
    };
    for ((about, short), (_, long)) in hostile(500).iter().zip(hostile(4_000)) {
        let once = time(short).max(Duration::from_millis(4));
        let taken = time(&long);
        assert!(taken < once * 32, "{about}: {once:?} for 500 hops, {taken:?} for 4000");
    }
}

/// Whether clocks can show these dates (machine, seconds) if those of `right` are right and the others are off by any constant, found by
/// walking round in the graph of bounds until nothing changes (Bellman and Ford).
fn is_possible(route: &[(usize, i64)], machines: usize, right: &BTreeSet<usize>) -> bool {
    let clock = |machine: usize| if right.contains(&machine) { machines } else { machine };
    let mut offsets = vec![0_i64; machines + 1];
    for _ in 0..machines + 2 {
        let mut has_changed = false;
        for (at, (earlier, from)) in route.iter().enumerate() {
            for (later, to) in route.iter().skip(at + 1) {
                let (first, second) = (clock(*earlier), clock(*later));
                if offsets[first] + to - from < offsets[second] {
                    offsets[second] = offsets[first] + to - from;
                    has_changed = true;
                }
            }
        }
        if !has_changed {
            return true;
        }
    }
    false
}

/// The largest sets of machines that can all be right, found by trying all.
fn largest_sets(route: &[(usize, i64)], machines: usize) -> Vec<BTreeSet<usize>> {
    let present: BTreeSet<usize> = route.iter().map(|(machine, _)| *machine).collect();
    let set = |bits: u32| (0..machines).filter(|nth| bits >> nth & 1 == 1).collect::<BTreeSet<usize>>();
    let possible: Vec<BTreeSet<usize>> = (0..1_u32 << machines)
        .map(set)
        .filter(|set| set.is_subset(&present) && is_possible(route, machines, set))
        .collect();
    let most = possible.iter().map(BTreeSet::len).max().unwrap_or_default();
    possible.into_iter().filter(|set| set.len() == most).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_right_clocks_are_those_in_every_largest_set_that_can_be_right(
        machines in 2..5_usize,
        passages in prop::collection::vec((0..5_usize, 0..12_i64), 2..8),
        offsets in prop::collection::vec(prop_oneof![2 => Just(0_i64), 1 => -90..90_i64], 5),
    ) {
        // Dates are whole tens, so that rounding plays no part.
        let mut now = 0;
        let mut route: Vec<(usize, i64)> = Vec::new();
        for (machine, delay) in passages {
            now += delay * 10;
            route.push((machine % machines, now + offsets[machine % machines] * 10));
        }
        // How long the message lay on one machine is not compared with the clocks around it: there, less is said than could be.
        route.dedup_by_key(|(machine, _)| *machine);
        let named: Vec<(String, i64)> = route.iter().map(|(machine, date)| (format!("h{machine}"), *date)).collect();
        let hops = hops(&named.iter().map(|(host, date)| (host.as_str(), *date)).collect::<Vec<_>>());
        let sets = largest_sets(&route, machines);
        let present: BTreeSet<usize> = route.iter().map(|(machine, _)| *machine).collect();
        for ((machine, _), hop) in route.iter().zip(&hops) {
            let count = sets.iter().filter(|set| set.contains(machine)).count();
            if present.len() < 2 {
                prop_assert_eq!(hop.skew_seconds, None);
            } else if count == sets.len() {
                prop_assert_eq!(hop.skew_seconds, Some(0));
            } else if count == 0 {
                prop_assert!(hop.skew_seconds != Some(0));
            }
            prop_assert!(hop.corrected_delay_seconds.is_none_or(|delay| delay >= -2));
        }
    }
}

#[test]
fn the_headline_counts_with_the_clocks_put_right() {
    let report = report_on(
        "Received: from mx.example.com by store.example.com; Mon, 2 Nov 2026 09:00:04 +0100\n\
         Received: from out.example.org by mx.example.com; Mon, 2 Nov 2026 10:00:02 +0100\n\
         Received: from desk.example.org by out.example.org; Mon, 2 Nov 2026 09:00:01 +0100\n\
         Received: from pc.example.org by desk.example.org; Mon, 2 Nov 2026 09:00:00 +0100\n\
         Subject: x\n",
    );
    assert_eq!(report.verdict.headline, "The message took 4 hops in 4 seconds. No server kept it waiting.");
}
