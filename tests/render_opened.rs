//! An opened hop as the page shows it: its line with the parts marked, the parts by name, and what its server added.
#![cfg(all(feature = "page", not(target_arch = "wasm32")))]

mod common;

use std::rc::Rc;

use common::report_on;
use hopscope::report::{Parts, Report};
use hopscope::ui::state::{Action, Choice, State, lit_lines};
use hopscope::ui::{Opened, details};
use yew::{Callback, Html, Properties, Reducible, ServerRenderer, component};

/// A header out of the values of its Received fields, the oldest first.
fn route(oldest_first: &[&str]) -> String {
    let lines: String = oldest_first.iter().rev().map(|value| format!("Received: {value}\n")).collect();
    format!("{lines}Subject: test\n")
}

#[derive(Properties, PartialEq)]
struct OpenedHopProps {
    report: Rc<Report>,
    hop: usize,
    chosen_field: Option<usize>,
}

#[component]
fn OpenedHop(props: &OpenedHopProps) -> Html {
    let OpenedHopProps { report, hop, chosen_field } = props;
    details(Opened { report, message: 0, hop: *hop, chosen_field: *chosen_field, act: &Callback::noop() })
}

async fn opened_of(report: Report, hop: usize, chosen_field: Option<usize>) -> String {
    let props = move || OpenedHopProps { report: Rc::new(report), hop, chosen_field };
    ServerRenderer::<OpenedHop>::with_props(props).hydratable(false).render().await
}

/// The only hop of a header, opened.
async fn opened(received: &str) -> String {
    opened_of(report_on(route(&[received])), 0, None).await
}

/// What the marks in the opened line cover, without the marks of the parts.
fn marked(html: &str) -> Vec<&str> {
    let (line, _) = html.split_once("</pre>").unwrap();
    line.split("<bdi").skip(1).filter_map(|rest| rest.split_once('>')?.1.split("</bdi>").next()).collect()
}

const FROM_OTHERS: &str = "from pc.example.org by out.example.org with ESMTP; Mon, 2 Nov 2026 10:00:00 +0000";
const TO_US: &str = "from out.example.org (out.example.org [192.0.2.7]) by mx.example.com with ESMTP; Mon, 2 Nov 2026 10:00:01 +0000";
const FULL: &str = "from laptop (dsl.example.net [192.0.2.14]) by out.example.org (Postfix) with ESMTPSA id 4Zk3fP\n\
    \tfor <ann@example.com>; Mon, 2 Nov 2026 10:00:00 +0000";

#[tokio::test]
async fn an_opened_line_marks_its_parts_and_names_them() {
    let html = opened(FULL).await;
    let parts = [
        "laptop",
        "dsl.example.net",
        "192.0.2.14",
        "out.example.org",
        "ESMTPSA",
        "4Zk3fP",
        "ann@example.com",
        "Mon, 2 Nov 2026 10:00:00 +0000",
    ];
    assert_eq!(marked(&html), parts);
    for (label, value) in [
        ("Reverse name (DNS)", "dsl.example.net"),
        ("Number there (id)", "4Zk3fP"),
        ("Recipient (for)", "ann@example.com"),
    ] {
        let entry = format!("{label}</label></dt><dd><bdi>{value}</bdi>");
        assert!(html.contains(&entry), "{entry} is not in {html}");
    }
}

#[tokio::test]
async fn what_the_line_does_not_say_is_not_listed() {
    let html = opened("by a.example.org; Mon, 2 Nov 2026 10:00:00 +0000").await;
    assert_eq!(html.matches("<dt>").count(), 2, "By and Date: {html}");
}

#[tokio::test]
async fn a_part_that_stands_nowhere_in_the_line_is_listed_but_cannot_be_chosen() {
    let html = opened(FULL).await;
    assert!(html.contains("<dt>Software</dt><dd><bdi>Postfix</bdi>"), "{html}");
}

#[tokio::test]
async fn a_word_that_is_two_parts_is_named_once_with_both_names() {
    let html = opened("from mail.example.org ([192.0.2.7]) by b.example.org").await;
    assert_eq!(html.matches("HELO").count(), 1, "{html}");
    assert!(html.contains("From, and greeting (HELO)</label>"), "{html}");
}

#[tokio::test]
async fn parts_that_share_letters_are_all_marked() {
    let mut report = report_on(route(&[FULL]));
    let parts = &mut report.messages[0].hops[0].parts;
    let [start, end] = parts.rdns.unwrap();
    parts.helo = Some([start + 4, end]);
    parts.ip = None;
    let html = opened_of(report, 0, None).await;
    assert!(marked(&html).windows(2).any(|marks| marks == ["dsl.", "example.net"]), "{html}");
}

#[tokio::test]
async fn a_place_that_does_not_fit_the_line_marks_nothing() {
    let marks_of = async |span| {
        let mut report = report_on(route(&["from ää.example.org by b.example.org"]));
        let hop = &mut report.messages[0].hops[0];
        // As if the line stood one byte further on in the text.
        hop.span = [hop.span[0] + 1, hop.span[1] + 1];
        hop.parts = Parts { from_token: Some(span), ..Parts::default() };
        let html = opened_of(report, 0, None).await;
        marked(&html).concat()
    };
    assert_eq!(marks_of([16, 20]).await, "ää");
    for span in [[0, 3], [5, 4], [20, 90_000], [usize::MAX - 1, usize::MAX], [17, 19]] {
        assert_eq!(marks_of(span).await, "", "{span:?}");
    }
}

#[tokio::test]
async fn behind_bytes_that_are_not_text_no_place_is_known() {
    let report =
        report_on(b"Received: from a.example.org (\xe4 [192.0.2.7]) by b.example.org\nSubject: test\n");
    let html = opened_of(report, 0, None).await;
    assert_eq!(marked(&html), ["a.example.org"], "{html}");
    assert!(html.contains("<bdi>b.example.org</bdi>"), "the value is there all the same: {html}");
}

#[tokio::test]
async fn a_quoted_line_keeps_its_marks_and_its_parts() {
    let text = "> Received: from a.example.org\n>  by b.example.org; Mon, 2 Nov 2026 10:00:00 +0000\n> Subject: test\n";
    let html = opened_of(report_on(text), 0, None).await;
    assert_eq!(marked(&html), ["a.example.org", "b.example.org", "Mon, 2 Nov 2026 10:00:00 +0000"], "{html}");
    assert!(html.contains("\n&gt;  by "), "{html}");
}

#[tokio::test]
async fn a_line_of_a_megabyte_is_opened_in_part() {
    let html = opened(&format!("from a.example.org by b.example.org id {}", "a".repeat(1_000_000))).await;
    assert!(html.len() < 20_000, "{}", html.len());
    assert!(html.contains("more characters)"));
    assert_eq!(marked(&html), ["a.example.org", "b.example.org"]);
}

#[tokio::test]
async fn the_null_sender_is_shown_as_it_is_written() {
    let html =
        opened("from a.example.org by b.example.org (envelope-from <>); Mon, 2 Nov 2026 10:00:00 +0000")
            .await;
    assert!(html.contains("<bdi>&lt;&gt;</bdi>"), "{html}");
}

#[tokio::test]
async fn all_recipients_are_listed_until_there_are_too_many() {
    let names = |count| (0..count).map(|nth| format!("u{nth}@example.com")).collect::<Vec<_>>().join(", ");
    let few = opened(&format!("by a.example.org for {}; Mon, 2 Nov 2026 10:00:00 +0000", names(3))).await;
    assert!(few.contains("Recipients (for)") && few.contains("<bdi>u2@example.com</bdi>"), "{few}");
    let mut report = report_on(route(&["by a.example.org for u0@example.com"]));
    report.messages[0].hops[0].recipients = (0..5_000).map(|nth| format!("u{nth}@example.com")).collect();
    let many = opened_of(report, 0, None).await;
    assert!(many.contains("<bdi>u19@example.com</bdi><small>and 4980 more</small>"), "{many}");
}

#[tokio::test]
async fn values_that_run_from_right_to_left_are_kept_apart_from_their_surroundings() {
    let name = "\u{5d0}\u{5d1}.example.org";
    let line = format!("from {name} by b.example.org; Mon, 2 Nov 2026 10:00:00 +0000");
    assert!(opened(&line).await.contains(&format!("<bdi>{name}</bdi>")));
}

#[tokio::test]
async fn markup_in_a_line_stays_text_in_its_parts() {
    let html =
        opened("from <script>x</script> by b.example.org id <img/src=x>; Mon, 2 Nov 2026 10:00:00 +0000")
            .await;
    assert!(!html.contains("<script") && !html.contains("<img") && !html.contains(" style="), "{html}");
}

#[tokio::test]
async fn the_protocol_that_the_words_stand_for_and_the_reach_of_an_address_stand_beside_them() {
    let html =
        opened("from a.example.org ([192.0.2.7]) by b.example.org with Microsoft SMTP Server id 1.2.3").await;
    assert!(html.contains("<bdi>Microsoft SMTP Server</bdi><small>SMTP</small>"), "{html}");
    assert!(html.contains("<bdi>192.0.2.7</bdi><small>address for examples</small>"), "{html}");
    let plain = opened("from a.example.org ([8.8.8.8]) by b.example.org with esmtp id 1").await;
    assert!(!plain.contains("<small>"), "{plain}");
}

#[tokio::test]
async fn the_other_names_of_a_machine_are_told_with_the_reason() {
    let route = route(&[
        "from pc.example.com by gw.example.com with ESMTP",
        "from gw.example.com (out.example.com [192.0.2.7]) by mx.example.com",
    ]);
    let html = opened_of(report_on(&route), 0, None).await;
    assert!(html.contains("<p>gw.example.com is also out.example.com."), "{html}");
    assert!(html.contains("hop 2 names both"), "{html}");
    let told_once = opened_of(report_on(&route), 1, None).await;
    assert_eq!(told_once.matches("is also").count(), 1, "{told_once}");
}

/// Two hops, with fields above, between and below.
fn with_fields() -> String {
    format!(
        "Delivered-To: ann@example.com\nReceived: {TO_US}\nAuthentication-Results: out.example.org; spf=pass\n\
         DKIM-Signature: v=1; d=example.org\nDKIM-Signature: v=1; d=example.net\nReceived: {FROM_OTHERS}\n\
         X-Originating-IP: [192.0.2.9]\nSubject: test\n"
    )
}

#[tokio::test]
async fn an_opened_hop_lists_the_fields_that_its_server_added() {
    let html = opened_of(report_on(with_fields()), 0, None).await;
    assert_eq!(html.matches(r#"data-testid="choose-field""#).count(), 4, "{html}");
    assert!(html.contains("Added by this server") && html.contains("Added by the sender’s side"), "{html}");
    assert!(html.contains("<bdi>DKIM-Signature</bdi><small>line 5</small>"), "{html}");
}

#[tokio::test]
async fn only_under_the_oldest_hop_the_fields_of_the_senders_side_are_listed() {
    let html = opened_of(report_on(with_fields()), 1, None).await;
    assert!(!html.contains("sender’s side") && html.contains("<bdi>Delivered-To</bdi>"), "{html}");
    let bare = opened(FULL).await;
    assert!(!bare.contains("Added by"), "where nothing was added, nothing is said: {bare}");
}

#[tokio::test]
async fn a_field_that_does_not_name_its_server_is_dotted_and_one_that_does_is_not() {
    let header =
        |field: &str| format!("Received: {TO_US}\n{field}\nReceived: {FROM_OTHERS}\nSubject: test\n");
    let named =
        opened_of(report_on(header("Authentication-Results: out.example.org; spf=pass")), 0, None).await;
    assert!(!named.contains("is-inferred") && !named.contains("Dotted"), "{named}");
    let placed = opened_of(report_on(header("X-Spam-Status: No")), 0, None).await;
    assert!(
        placed.contains("is-inferred") && placed.contains("Dotted: its place in the header tells this"),
        "{placed}"
    );
}

#[tokio::test]
async fn ten_thousand_fields_of_one_server_are_listed_in_part() {
    let fields = "X-Spam-Status: No\n".repeat(10_000);
    let html = opened_of(report_on(format!("{fields}Received: {TO_US}\nSubject: test\n")), 0, None).await;
    assert_eq!(html.matches(r#"data-testid="choose-field""#).count(), 40);
    assert!(html.contains("<li>and 9960 more</li>"));
}

#[tokio::test]
async fn a_chosen_field_is_pressed_and_lights_its_lines() {
    let report = report_on(with_fields());
    assert_eq!(lit_lines(&report, 0, Some(Choice::Stratum(0, 2))), [[4, 4]]);
    assert_eq!(lit_lines(&report, 1, Some(Choice::Stratum(0, 2))), Vec::<[usize; 2]>::new());
    let html = opened_of(report, 0, Some(2)).await;
    assert_eq!(html.matches(r#"aria-pressed="true""#).count(), 1, "{html}");
}

#[test]
fn a_chosen_field_is_given_up_when_the_text_no_longer_has_it() {
    let reported = |number, text: &str| Action::Reported(number, Rc::new(report_on(text)));
    let (with, without) = (with_fields(), route(&[FROM_OTHERS]));
    let state = [
        Action::Typed(with.clone().into()),
        reported(1, &with),
        Action::Chosen(Choice::Stratum(0, 2)),
        Action::Typed(without.clone().into()),
        reported(2, &without),
    ];
    let state = |count| state.iter().take(count).cloned().fold(Rc::new(State::default()), State::reduce);
    assert_eq!(state(3).choice, Some(Choice::Stratum(0, 2)));
    assert_eq!(state(5).choice, None);
}
