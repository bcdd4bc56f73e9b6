//! The panels about the header itself: its fields, the checks of the sender, the verdicts of filters, what was checked and why not.
#![cfg(all(feature = "page", not(target_arch = "wasm32")))]

mod common;

use std::fs;

use common::{line_ends, page, project, report_on};
use hopscope::report::Message;
use hopscope::report::fields::{Added, Row, matching, rows};
use hopscope::report::identity::{Tone, checks};
use hopscope::report::source::{Line, find, lines};
use hopscope::rules::RULES;
use hopscope::ui::state::{Choice, lit_lines};

async fn render(text: &str, choice: Option<Choice>) -> String {
    page::render(report_on(text), text, 0, choice).await
}

fn sample(name: &str) -> String {
    fs::read_to_string(project("www/samples").join(name)).unwrap()
}

fn fixture(path: &str) -> String {
    fs::read_to_string(project("tests/fixtures/findings").join(path)).unwrap()
}

fn fields_of(text: &str) -> (Message, Vec<Row>) {
    let message = report_on(text).messages.remove(0);
    let rows = rows(&message, &lines(text.as_bytes(), &message));
    (message, rows)
}

#[test]
fn every_field_is_a_row_in_the_order_of_the_header_with_its_lines() {
    for (ends, text) in line_ends(&sample("ordinary.eml")) {
        let (_, rows) = fields_of(&text);
        assert_eq!(rows.len(), 18, "{ends}");
        assert_eq!((rows[0].name.as_str(), rows[0].value.as_str()), ("Return-Path", "<orders@example.org>"));
        assert_eq!((rows[2].lines, rows[2].repeated), ([3, 7], Some((1, 5))), "{ends}");
        assert!(
            rows[2]
                .value
                .starts_with("from mx1.example.com ([203.0.113.5]) by store.example.com with LMTP id")
        );
        assert!(
            rows[2].written.as_ref().unwrap().starts_with("Received: from mx1.example.com ([203.0.113.5])\n")
        );
    }
}

#[test]
fn who_added_a_field_is_told_by_itself_or_by_its_place() {
    let (_, rows) = fields_of(&sample("ordinary.eml"));
    let added = |name: &str| rows.iter().find(|row| row.name == name).unwrap().added;
    assert_eq!(added("Received"), Added::Hop { hop: 4, is_named: true });
    assert_eq!(added("Return-Path"), Added::Hop { hop: 4, is_named: false });
    assert_eq!(added("Authentication-Results"), Added::Hop { hop: 1, is_named: true });
    assert_eq!(added("Subject"), Added::Sender);
}

#[test]
fn encoded_words_are_decoded_and_kept_as_written() {
    let (_, rows) = fields_of("Received: by a.example.com\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\n");
    assert_eq!(rows[1].value, "Grüße");
    assert_eq!(rows[1].written.as_deref(), Some("Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?="));
}

#[test]
fn a_quoted_header_is_read_without_its_marks() {
    let text = "> Received: from a.example.org\n>  by b.example.com; Mon, 2 Nov 2026 09:00:00 +0100\n> Subject: Hello\n> From: ann@example.org\n";
    let (message, rows) = fields_of(text);
    assert!(message.fields[0].read.is_some());
    assert_eq!(rows[0].value, "from a.example.org by b.example.com; Mon, 2 Nov 2026 09:00:00 +0100");
    assert_eq!((rows[1].name.as_str(), rows[1].value.as_str()), ("Subject", "Hello"));
}

#[test]
fn fields_cost_the_report_little() {
    let text = sample("ordinary.eml");
    let message = report_on(&text).messages.remove(0);
    assert!(message.fields.iter().all(|field| field.read.is_none()));
    let size = |message: &Message| postcard::to_stdvec(message).unwrap().len();
    let without = Message { fields: Vec::new(), ..message.clone() };
    assert!(size(&message) - size(&without) < size(&message) / 20, "{} {}", size(&message), size(&without));
}

#[test]
fn a_search_keeps_fields_by_name_or_value_whatever_the_case() {
    let (_, rows) = fields_of(&sample("ordinary.eml"));
    assert_eq!(matching(&rows, "").len(), rows.len());
    assert_eq!(matching(&rows, "DKIM-sig").len(), 1);
    assert_eq!(matching(&rows, "müller").len(), 1);
    assert_eq!(matching(&rows, "nothing holds this"), [0; 0]);
}

#[test]
fn a_search_in_the_source_finds_each_place_up_to_a_limit() {
    let line = |number, text: &str| Line { number, text: text.to_owned() };
    let lines = [line(1, "Received: from a"), line(2, "by A by a"), line(3, "")];
    let found: Vec<_> = find(&lines, "BY a", 10).iter().map(|found| (found.row, found.start)).collect();
    assert_eq!(found, [(1, 0), (1, 5)]);
    assert_eq!(find(&lines, "a", 2).len(), 2);
    assert_eq!(find(&lines, " ", 2).len(), 0);
}

#[tokio::test]
async fn a_chosen_field_opens_and_lights_its_lines() {
    let text = sample("ordinary.eml");
    assert_eq!(lit_lines(&report_on(&text), 0, Some(Choice::Field(0, 7))), [[17, 20]]);
    let html = render(&text, Some(Choice::Field(0, 7))).await;
    assert_eq!(html.matches(r#"data-testid="field-more""#).count(), 1);
    assert!(html.contains("What a server found when it checked the sender") && html.contains("RFC 8601"));
    // The four lines of the source, and the row of the field.
    assert_eq!(html.matches(r#"data-lit="true""#).count(), 4 + 1);
}

#[tokio::test]
async fn ten_thousand_fields_are_drawn_in_part() {
    let html = render(&format!("Received: by a.example.com\n{}", "X-Note: a\n".repeat(10_000)), None).await;
    assert_eq!(html.matches(r#"data-testid="field""#).count(), 100);
    assert!(html.contains("10001 fields"));
}

#[tokio::test]
async fn what_cannot_be_seen_is_named_and_addresses_are_no_links() {
    let html = render(
        "Received: by a.example.com\nSubject: a\u{202e}b\u{200b}c\u{a0}d\nFrom: ann@example.org\n",
        None,
    )
    .await;
    let headers = html.split(r#"data-testid="headers""#).nth(1).unwrap();
    for name in ["BIDI", "ZWSP", "NBSP"] {
        assert!(headers.contains(&format!(">{name}<")), "{name}");
    }
    assert!(!html.contains("mailto:"));
}

#[test]
fn the_checks_are_those_that_the_receiving_side_answers_for() {
    let (message, _) = fields_of(&fixture("spf-fail/quiet-said-before-the-receiver.eml"));
    assert!(checks(&message).iter().all(|check| check.name != "SPF" || check.result.is_none()));
    let (message, _) = fields_of(&fixture("spf-fail/quiet-softfail-but-dmarc-passes.eml"));
    let told: Vec<_> = checks(&message).iter().map(|check| (check.name.clone(), check.tone)).collect();
    let expected = [("SPF", Tone::Bad), ("DKIM", Tone::Good), ("DMARC", Tone::Good), ("ARC", Tone::Neutral)];
    assert_eq!(told, expected.map(|(name, tone)| (name.to_owned(), tone)));
}

#[tokio::test]
async fn a_result_that_does_not_count_is_listed_apart_with_the_reason() {
    let html = render(&fixture("spf-fail/quiet-said-before-the-receiver.eml"), None).await;
    let apart = html.split(r#"data-testid="uncounted""#).nth(1).unwrap();
    assert!(apart.contains("spf=fail") && apart.contains("the sender could forge it"), "{apart}");
}

#[tokio::test]
async fn codes_of_filters_say_whether_their_meaning_is_documented() {
    let html = render(&sample("ordinary.eml"), None).await;
    let table = html.split(r#"data-testid="filters""#).nth(1).unwrap();
    assert!(table.contains("SpamAssassin") && table.contains("Documented"), "{table}");
}

#[tokio::test]
async fn a_quiet_mail_shows_what_was_checked_and_every_rule_leads_to_the_manual() {
    let text = "Received: from a.example.org (a.example.org [192.0.2.1]) by mx.example.com (Postfix) with ESMTPS id 4F2C1A0B3D; Mon, 2 Nov 2026 09:00:00 +0100\nSubject: Hello\nFrom: ann@example.org\n";
    let report = report_on(text);
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    let html = render(text, None).await;
    assert!(!html.contains(r#"id="findings-title""#));
    assert_eq!(html.matches(r#"data-testid="checked-group""#).count(), 7);
    assert_eq!(html.matches("Nothing found").count(), 7);
    for rule in RULES {
        assert!(html.contains(&format!("href=\"#{}\"", rule.id)), "{}", rule.id);
    }
}

#[tokio::test]
async fn a_chosen_near_miss_lights_its_lines() {
    let text = fixture("delivered-to-loop/quiet-forwarding-path.eml");
    let report = report_on(&text);
    let place = report.near_misses.iter().position(|miss| miss.id == "delivered-to-loop").unwrap();
    let lit = lit_lines(&report, 0, Some(Choice::NearMiss(place)));
    assert_eq!(lit.len(), report.near_misses[place].evidence.len());
    let html = render(&text, Some(Choice::NearMiss(place))).await;
    assert!(html.contains("Why not something else") && html.contains("an ordinary forwarding path"));
}
