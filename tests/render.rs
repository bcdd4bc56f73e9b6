//! The page's views as text, rendered without a browser.
#![cfg(all(feature = "page", not(target_arch = "wasm32")))]

mod common;

use std::fs;
use std::rc::Rc;

use common::{page, project, report_on};
use hopscope::report::Report;
use hopscope::ui::cut::{LINE, cut};
use hopscope::ui::state::{Action, Choice, State, Status, announcement, lit_lines};
use hopscope::ui::{samples, window};
use hopscope::worker::{Content, Text};
use yew::Reducible;

async fn render(text: &str, choice: Option<Choice>) -> String {
    page::render(report_on(text), text, 0, choice).await
}

fn sample(name: &str) -> String {
    fs::read_to_string(project("www/samples").join(name)).unwrap()
}

#[tokio::test]
async fn every_received_field_is_a_row_also_one_that_cannot_be_read() {
    let html = render(&sample("damaged.eml"), None).await;
    assert_eq!(html.matches(r#"data-testid="hop""#).count(), 3);
    assert!(html.contains("This line names no server."));
    assert!(html.contains("no readable date"));
}

#[tokio::test]
async fn a_chosen_hop_lights_its_row_and_its_lines_and_no_others() {
    let html = render(&sample("ordinary.eml"), Some(Choice::Hop(0, 4))).await;
    // The row, the lines 3 to 7 of the source, and the field.
    assert_eq!(html.matches(r#"data-lit="true""#).count(), 1 + 5 + 1);
}

#[tokio::test]
async fn a_chosen_finding_lights_all_its_evidence() {
    let text = sample("forwarding-loop.eml");
    let report = report_on(&text);
    assert_eq!(lit_lines(&report, 0, Some(Choice::Finding(0))), [[2, 2], [12, 12]]);
    let html = render(&text, Some(Choice::Finding(0))).await;
    assert!(html.contains("Delivered to the same address twice"));
    // The lines of the source, and the fields.
    assert_eq!(html.matches(r#"data-lit="true""#).count(), 2 + 2);
}

#[tokio::test]
async fn what_a_mail_says_is_text_and_never_markup() {
    let html = render("Received: from <script>alert(1)</script> by \"><img src=x>; x\nSubject: <b>hi</b> javascript:alert(1)\n", None).await;
    for forbidden in ["<script", "<img", "<b>hi"] {
        assert!(!html.contains(forbidden), "{forbidden} in {html}");
    }
    assert_eq!(foreign_links(&html), [""; 0]);
}

/// Where links lead that do not stay in the page.
fn foreign_links(html: &str) -> Vec<&str> {
    let targets = html.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default());
    targets.filter(|target| !target.starts_with('#')).collect()
}

#[test]
fn every_sample_is_as_bad_as_the_start_says() {
    for sample in samples::SAMPLES {
        assert_eq!(report_on(sample.text).verdict.severity, sample.severity, "{}", sample.title);
    }
}

#[tokio::test]
async fn no_view_has_inline_styles_or_links_that_leave_the_page() {
    for sample in samples::SAMPLES {
        for choice in [Choice::Hop(0, 0), Choice::Finding(0)] {
            let html = render(sample.text, Some(choice)).await;
            assert!(!html.contains(" style="), "{}", sample.title);
            assert_eq!(foreign_links(&html), [""; 0], "{}", sample.title);
        }
    }
}

#[tokio::test]
async fn a_text_that_is_no_header_gets_a_plain_word_and_where_headers_are_found() {
    let html = render("Hello Ben, the printer is broken again.", None).await;
    assert!(html.contains("This text holds no mail header."));
    assert!(html.contains("Outlook"));
    assert!(!html.contains(r#"data-testid="hop""#));
}

#[tokio::test]
async fn a_line_of_a_megabyte_is_shown_in_part() {
    let html = render(&format!("Received: from {} by b.example.com\n", "a".repeat(1_000_000)), None).await;
    assert!(html.len() < 100_000, "{}", html.len());
    assert!(html.contains("more characters)"));
}

#[tokio::test]
async fn of_ten_thousand_findings_each_kind_is_shown_in_part() {
    let other = "Received: from a.example.org (a.example.org [192.0.2.20]) by mx.example.com (Postfix) with SMTP id 1; Mon, 2 Nov 2026 09:00:00 +0100\n";
    let html =
        render(&format!("{}{other}", "Received: by a.example.com with POP3\n".repeat(10_000)), None).await;
    assert!(
        html.contains("10001 findings of 2 kinds"),
        "{}",
        &html[html.find("findings-title").unwrap()..][..300]
    );
    // Three cards, fifty behind them, and the one of the other kind, which comes last.
    assert_eq!(html.matches(r#"data-testid="finding""#).count(), 54);
    assert!(html.contains("And 9947 more like these."));
}

#[test]
fn a_cut_text_says_how_much_is_missing() {
    assert_eq!(cut("short", LINE), "short");
    assert_eq!(cut("äöü", 2), "äö … (1 more characters)");
}

#[test]
fn a_window_on_a_long_list_always_holds_the_row_that_must_be_seen() {
    assert_eq!(window::part(10, window::ROWS, 0, Some(9)), 0..10);
    assert_eq!(window::part(10_000, window::ROWS, 0, None), 0..window::ROWS);
    assert!(window::part(10_000, window::ROWS, 0, Some(9_999)).contains(&9_999));
    assert!(window::part(10_000, window::ROWS, 4_000, Some(3)).contains(&3));
    assert_eq!(window::part(0, window::ROWS, 0, None), 0..0);
}

fn state_after(actions: impl IntoIterator<Item = Action>) -> Rc<State> {
    actions.into_iter().fold(Rc::new(State::default()), |state, action| state.reduce(action))
}

fn report(text: &str) -> Rc<Report> {
    Rc::new(report_on(text))
}

#[test]
fn a_sample_is_folded_away_and_typing_is_not() {
    assert!(state_after([Action::Pasted("Received: x".into())]).is_folded);
    assert!(!state_after([Action::Typed("Received: x".into())]).is_folded);
}

#[test]
fn an_answer_that_comes_too_late_is_forgotten() {
    let text = "Received: by a.example.com\n";
    let state = state_after([
        Action::Typed(text.into()),
        Action::Typed(format!("{text}{text}").into()),
        Action::Reported(1, report(text)),
    ]);
    assert_eq!((state.status, state.shown.is_some()), (Status::Reading, false));
}

#[test]
fn an_answer_after_the_box_was_emptied_is_forgotten() {
    let state = state_after([
        Action::Typed("Received: by a.example.com\n".into()),
        Action::Cleared,
        Action::Reported(2, report("Received: by a.example.com\n")),
    ]);
    assert_eq!((state.status, state.shown.is_some()), (Status::Empty, false));
}

#[test]
fn a_failure_keeps_the_text_and_says_so() {
    let state = state_after([Action::Pasted("Received: by a.example.com\n".into()), Action::Failed(1)]);
    assert_eq!(state.typed, "Received: by a.example.com\n");
    assert!(!state.is_folded);
    assert!(announcement(&state).contains("Your text is still here"));
    assert_eq!(state.shown, None);
}

#[test]
fn a_choice_that_the_new_text_no_longer_has_is_given_up() {
    let two = "Received: by a.example.com\nReceived: by b.example.com\n";
    let one = "Received: by a.example.com\n";
    let state = state_after([
        Action::Typed(two.into()),
        Action::Reported(1, report(two)),
        Action::Chosen(Choice::Hop(0, 1)),
        Action::Typed(one.into()),
        Action::Reported(2, report(one)),
    ]);
    assert_eq!(state.choice, None);
}

#[test]
fn a_choice_lasts_while_the_mail_is_edited_and_not_longer() {
    let text = "Received: by a.example.com\n";
    let chosen = [
        Action::Typed(text.into()),
        Action::Reported(1, report(text)),
        Action::Chosen(Choice::Hop(0, 0)),
        Action::Typed(format!("{text}Subject: x\n").into()),
        Action::Reported(2, report(text)),
    ];
    assert_eq!(state_after(chosen.clone()).choice, Some(Choice::Hop(0, 0)));
    let another = chosen.into_iter().chain([Action::Pasted(text.into()), Action::Reported(3, report(text))]);
    assert_eq!(state_after(another).choice, None);
}

fn file(name: &str, text: &str) -> Text {
    Text { name: Some(name.to_owned()), content: Content::Bytes(text.into()) }
}

#[test]
fn a_file_that_fails_is_not_said_to_be_in_the_box() {
    let state = state_after([
        Action::Opened(vec![file("big.eml", "Received: by a.example.com\n")]),
        Action::Failed(1),
    ]);
    assert!(announcement(&state).contains("Try a smaller file"), "{}", announcement(&state));
}

#[test]
fn the_report_in_view_keeps_its_own_texts_while_others_are_read() {
    let text = "Received: by a.example.com\n";
    let state = state_after([
        Action::Pasted(text.into()),
        Action::Reported(1, report(text)),
        Action::Opened(vec![file("b.eml", "Subject: b")]),
    ]);
    assert_eq!(*state.shown.as_ref().unwrap().texts, [Text::pasted(text)]);
}

#[tokio::test]
async fn repeated_fields_are_shown_in_part() {
    let html = render(&"Delivered-To: a@example.com\n".repeat(1_000), None).await;
    assert_eq!(html.matches("<dt>Delivered-To</dt>").count(), 21);
    assert!(html.contains("and 980 more"));
}

#[test]
fn a_report_is_announced_in_words() {
    let text = "Received: by a.example.com\n";
    let state = state_after([Action::Typed(text.into()), Action::Reported(1, report(text))]);
    assert_eq!(announcement(&state), "1 hop in 1 message. The message took one hop.");
}
