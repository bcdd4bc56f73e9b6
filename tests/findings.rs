//! Every finding fires on its firing fixtures and stays quiet on its near misses.

mod common;

use std::fs;

use common::{files, line_ends, report_on};
use hopscope::report::{Finding, Severity};

/// The rule that a fixture is for, whether it shall fire, and the text.
fn fixtures() -> Vec<(String, bool, String)> {
    let fixture = |path: std::path::PathBuf| {
        let id = path.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(name.starts_with("fires-") || name.starts_with("quiet-"), "{name}: fires-… or quiet-…");
        let text = fs::read_to_string(&path).unwrap();
        assert!(
            text.starts_with("X-Fixture: "),
            "{name}: the first line says what it is and where it came from"
        );
        (id, name.starts_with("fires-"), text)
    };
    files("tests/fixtures/findings", ".eml").into_iter().map(fixture).collect()
}

#[test]
fn every_fixture_fires_or_stays_quiet_as_its_name_says() {
    for (id, fires, text) in fixtures() {
        for (ends, text) in line_ends(&text) {
            let findings = report_on(&text).findings;
            assert_eq!(findings.iter().any(|finding| finding.id == id), fires, "{id} ({ends}):\n{text}");
        }
    }
}

#[test]
fn every_finding_says_what_happened_why_it_matters_and_shows_its_evidence() {
    for (id, _, text) in fixtures().into_iter().filter(|(_, fires, _)| *fires) {
        let report = report_on(&text);
        for finding in &report.findings {
            assert!(!finding.what.is_empty() && !finding.why.is_empty(), "{id}");
            assert_is_shown(finding, &text);
            assert!(
                finding.remedies.iter().all(|remedy| !remedy.who.is_empty() && !remedy.steps.is_empty()),
                "{id}"
            );
            let mut who: Vec<&str> = finding.remedies.iter().map(|remedy| remedy.who.as_str()).collect();
            who.sort_unstable();
            who.dedup();
            assert_eq!(who.len(), finding.remedies.len(), "{id}: {} names {who:?} twice", finding.id);
        }
    }
}

fn assert_is_shown(finding: &Finding, text: &str) {
    let primary = finding.evidence.iter().filter(|evidence| evidence.primary).count();
    assert_eq!(primary, 1, "{}: one decisive place", finding.id);
    for evidence in &finding.evidence {
        let [start, end] = evidence.span;
        assert!(start < end && end <= text.len(), "{}: evidence lies in the text", finding.id);
        assert!(!evidence.label.is_empty(), "{}", finding.id);
    }
}

#[test]
fn the_worst_finding_is_the_verdict_and_says_who_acts() {
    let report = report_on(include_str!("fixtures/findings/delivered-to-loop/fires-mutual-forward.eml"));
    assert_eq!(report.verdict.severity, Severity::High);
    assert_eq!(report.verdict.headline, report.findings[0].what);
    assert_eq!(report.verdict.who_acts.as_deref(), Some("Whoever administers the mailbox dora@example.com"));
}

#[test]
fn a_mere_note_is_no_verdict() {
    let report = report_on(include_str!("fixtures/findings/pop3-fetch/fires-fetchmail.eml"));
    assert_eq!(report.verdict.who_acts, None);
    assert!(report.verdict.headline.starts_with("The message took 2 hops"), "{}", report.verdict.headline);
}

#[test]
fn both_lines_of_a_forwarding_loop_are_evidence() {
    let report = report_on(include_str!("fixtures/findings/delivered-to-loop/fires-mutual-forward.eml"));
    let lines: Vec<usize> = report.findings[0].evidence.iter().map(|evidence| evidence.lines[0]).collect();
    assert_eq!(lines, [3, 13]);
}

#[test]
fn the_wait_in_a_mailbox_is_told() {
    let report = report_on(include_str!("fixtures/findings/pop3-fetch/fires-fetchmail.eml"));
    assert!(
        report.findings[0].what.ends_with("It had been waiting there for 13 minutes."),
        "{}",
        report.findings[0].what
    );
}
