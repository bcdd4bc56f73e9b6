//! The views of what was handed in: repairs, bounces, notes on files, and the source that belongs to them.
#![cfg(all(feature = "page", not(target_arch = "wasm32")))]

mod common;

use std::rc::Rc;

use common::page::render;
use common::report_on;
use hopscope::report::{Bounce, BounceRecipient, Repair, Report, source};
use hopscope::ui::state::{Action, Choice, State, lit_lines};
use yew::Reducible;

const MAIL: &str = "Received: from a.example.org by mx.example.com with ESMTP; Mon, 2 Nov 2026 09:00:00 +0100
Subject: Hello
";

fn repair(kind: &str, line: usize, last_line: usize) -> Repair {
    Repair { kind: kind.into(), line, last_line, text: format!("This is about {kind}.") }
}

/// The report on a mail, with other repairs than its own.
fn with_repairs(text: &str, repairs: Vec<Repair>) -> Report {
    let mut report = report_on(text);
    report.messages[0].repairs = repairs;
    report
}

#[tokio::test]
async fn repairs_are_summed_up_above_the_source_and_listed_behind_it() {
    let repairs = vec![repair("quoting", 1, 2), repair("stray-line", 2, 2)];
    let html = render(with_repairs(MAIL, repairs), MAIL, 0, None).await;
    assert!(html.contains("Quoting was taken off; 1 line belongs to no field."), "{html}");
    assert!(html.contains("<b>Lines 1 to 2</b>") && html.contains("This is about stray-line."), "{html}");
    assert!(html.find("data-testid=\"repairs\"") < html.find("data-testid=\"source-line\""));
}

#[tokio::test]
async fn a_chosen_repair_lights_its_lines() {
    let report = with_repairs(MAIL, vec![repair("stray-line", 2, 2)]);
    assert_eq!(lit_lines(&report, 0, Some(Choice::Repair(0, 0))), [[2, 2]]);
    let html = render(report, MAIL, 0, Some(Choice::Repair(0, 0))).await;
    // The line of the source, and the field on it.
    assert_eq!(html.matches("data-lit=\"true\"").count(), 2);
    assert!(html.contains("aria-pressed=\"true\""));
}

#[tokio::test]
async fn ten_thousand_lost_folds_are_one_short_list() {
    let repairs = (1..=10_000).map(|line| repair("lost-fold", line, line)).collect();
    let html = render(with_repairs(MAIL, repairs), MAIL, 0, None).await;
    assert!(html.contains("10000 lines were folded again."));
    assert!(html.contains("And 9997 more like these."));
    assert_eq!(html.matches("data-testid=\"repair\"").count(), 3);
}

#[tokio::test]
async fn the_text_of_an_ordinary_mail_is_spoken_of_in_one_quiet_line() {
    let html = render(with_repairs(MAIL, vec![repair("body", 3, 40)]), MAIL, 0, None).await;
    assert!(html.contains("The body, 38 lines, was not read."));
    assert!(!html.contains("data-testid=\"repair\""));
}

#[tokio::test]
async fn lines_close_above_the_header_are_shown_where_they_had_to_be_set_right() {
    let text = format!("Hello Ben,\nlook at this:\n\n{MAIL}");
    let mut report = with_repairs(&text, vec![repair("text-before", 1, 2)]);
    report.messages[0].origin.header_lines = [4, 5];
    let start = text.find("Received").unwrap();
    report.messages[0].origin.header = [start, text.len() - 1];
    let html = render(report.clone(), &text, 0, Some(Choice::Repair(0, 0))).await;
    assert_eq!(html.matches("data-testid=\"source-line\"").count(), 5);
    assert_eq!(html.matches("data-lit=\"true\"").count(), 2);
    report.messages[0].repairs.clear();
    let html = render(report, &text, 0, None).await;
    assert_eq!(html.matches("data-testid=\"source-line\"").count(), 2);
}

#[test]
fn a_stretch_out_of_the_middle_of_a_text_gives_whole_lines_with_their_numbers() {
    let above = format!("{}\n", "x".repeat(99)).repeat(1_000);
    let text = format!("{above}{MAIL}");
    let mut report = with_repairs(MAIL, vec![repair("quoting", 990, 1_002)]);
    let message = &mut report.messages[0];
    message.origin.header = [above.len(), text.len() - 1];
    message.origin.header_lines = [1_001, 1_002];
    let [start, end] = source::stretch(message);
    let lines = source::lines(&text.as_bytes()[start..end.min(text.len())], message);
    let numbers: Vec<usize> = lines.iter().map(|line| line.number).collect();
    assert_eq!(numbers, (990..=1_002).collect::<Vec<_>>());
    assert!(lines.iter().take(11).all(|line| line.text.len() == 99), "{lines:?}");
    assert_eq!(lines[12].text, "Subject: Hello");
}

#[tokio::test]
async fn of_a_file_of_another_format_the_text_in_it_is_shown() {
    let mut report = report_on(MAIL);
    report.inputs[0].text = Some(MAIL.to_owned());
    let html = render(report, "\u{feff}R\0e\0c\0e\0i\0v\0e\0d\0", 0, None).await;
    assert!(html.contains(" from a.example.org by mx.example.com with ESMTP"), "{html}");
    assert_eq!(html.matches("data-testid=\"source-line\"").count(), 2);
}

#[tokio::test]
async fn the_name_of_a_quoted_field_is_set_off_like_any_other() {
    let text = "> > Subject: Hello\n";
    let html = render(report_on(text), text, 0, None).await;
    assert!(html.contains("&gt; &gt; <b>Subject:</b> Hello"), "{html}");
}

#[tokio::test]
async fn characters_that_cannot_be_seen_are_shown_by_name() {
    let text = "Subject: a\u{200b}b\u{200b}\u{200b}c\n";
    let html = render(report_on(text), text, 0, None).await;
    assert!(html.contains("title=\"Zero-width space (U+200B)\""), "{html}");
    assert!(html.contains(">ZWSP</span>b<") && html.contains(">ZWSP × 2</span>c<"), "{html}");
}

#[tokio::test]
async fn a_line_of_binary_data_gets_few_marks() {
    let text = format!("Subject: {}\n", "\u{1}\u{2}".repeat(2_000));
    let html = render(report_on(&text), &text, 0, None).await;
    // In the source, in the list of fields, and among the facts.
    assert_eq!(html.matches("data-testid=\"unseen\"").count(), 3 * 40);
}

/// A bounce and the message that it returns, in one text.
fn bounce() -> (Report, String) {
    let text = format!("{MAIL}\n{MAIL}");
    let mut report = report_on(MAIL);
    let recipient = BounceRecipient {
        address: Some("info@example.com".into()),
        status: Some("5.4.6".into()),
        reply_code: Some(554),
        diagnostic: Some("Too many hops, see https://example.net/loop".into()),
        remote: Some("mx.example.net".into()),
        span: [0, 0],
    };
    let mut returned = report.messages[0].clone();
    returned.subject = Some("Budget".into());
    returned.origin.form = "bounce-original".into();
    returned.origin.parent = Some(0);
    let bounce = &mut report.messages[0];
    bounce.subject = Some("Undelivered Mail".into());
    bounce.origin.form = "bounce-report".into();
    bounce.bounce = Some(Bounce {
        kind: "failed".into(),
        reporter: Some("gw.example.com".into()),
        recipients: vec![recipient],
        original: Some(1),
    });
    report.messages.push(returned);
    report.inputs[0].messages = 2;
    (report, text)
}

#[tokio::test]
async fn a_bounce_says_who_could_not_be_reached_and_why_and_leads_to_the_returned_message() {
    let (report, text) = bounce();
    let html = render(report, &text, 0, None).await;
    for word in [
        "Not delivered",
        "gw.example.com",
        "info@example.com",
        "554 5.4.6",
        "Too many hops",
        "Show the returned message",
    ] {
        assert!(html.contains(word), "{word} in {html}");
    }
    assert!(!html.contains("mailto:") && !html.contains("href=\"h"), "{html}");
}

#[tokio::test]
async fn a_returned_message_leads_back_to_its_bounce_and_says_why_it_came_back() {
    let (report, text) = bounce();
    let html = render(report, &text, 1, None).await;
    for word in ["Returned by: ", "message 1 of 2", "Show the bounce", "Too many hops"] {
        assert!(html.contains(word), "{word} in {html}");
    }
}

#[tokio::test]
async fn the_list_of_messages_tells_what_they_are_to_one_another() {
    let (report, text) = bounce();
    let html = render(report, &text, 1, None).await;
    assert!(html.contains("1 of 2: bounce · Undelivered Mail"), "{html}");
    assert!(html.contains("2 of 2: returned message · Budget"), "{html}");
}

#[tokio::test]
async fn of_a_big_mailbox_the_list_holds_the_messages_around_the_one_shown_and_counts_the_others() {
    let mut report = report_on(MAIL);
    let button = |html: &str, name: &str| html.contains(&format!("data-testid=\"{name}\""));
    let alone = render(report.clone(), MAIL, 0, None).await;
    assert!(!button(&alone, "previous-message") && !button(&alone, "next-message"));

    report.messages = vec![report.messages[0].clone(); 3_000];
    for (shown, first, last) in [(0, 1, 1_000), (2_000, 1_501, 2_500), (2_999, 2_001, 3_000)] {
        let html = render(report.clone(), MAIL, shown, None).await;
        assert_eq!(html.matches(" of 3000: ").count(), 1_000);
        for place in [first, shown + 1, last] {
            assert!(html.contains(&format!(">{place} of 3000: ")), "{place}, message {shown}");
        }
        assert!(html.contains("and 2000 more, not in this list</option></select>"));
        assert!(button(&html, "previous-message") && button(&html, "next-message"));
    }
}

fn state_after(actions: impl IntoIterator<Item = Action>) -> Rc<State> {
    actions.into_iter().fold(Rc::new(State::default()), |state, action| state.reduce(action))
}

#[test]
fn a_bounce_opens_with_the_message_that_it_returns() {
    let (report, text) = bounce();
    let state = state_after([Action::Pasted(text.into()), Action::Reported(1, Rc::new(report))]);
    assert_eq!(state.message, 1);
}

#[test]
fn who_turned_to_the_bounce_stays_there_while_the_text_is_edited() {
    let (report, text) = bounce();
    let report = Rc::new(report);
    let state = state_after([
        Action::Pasted(text.clone().into()),
        Action::Reported(1, Rc::clone(&report)),
        Action::Turned(0),
        Action::Typed(format!("{text}\n").into()),
        Action::Reported(2, report),
    ]);
    assert_eq!(state.message, 0);
}

#[tokio::test]
async fn notes_on_files_stand_below_the_verdict_also_where_nothing_was_found() {
    for text in [MAIL, "Hello Ben"] {
        let mut report = report_on(text);
        report.inputs[0].name = Some("mails".into());
        report.inputs[0].note = Some("A folder cannot be read; drop the mails in it.".into());
        let html = render(report, text, 0, None).await;
        assert!(
            html.contains("<bdi>mails</bdi></b>A folder cannot be read; drop the mails in it."),
            "{html}"
        );
    }
}
