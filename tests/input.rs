//! What people paste: which message comes out, and what had to be set right.

mod common;

use common::{line_ends, report_on};

const MAIL: &str = "Received: from a.example.org by mx.example.com with ESMTP; Mon, 2 Nov 2026 09:00:00 +0100
Subject: Hello
";

fn repairs(text: impl AsRef<[u8]>) -> Vec<(String, usize)> {
    let report = report_on(text);
    report.messages[0].repairs.iter().map(|repair| (repair.kind.clone(), repair.line)).collect()
}

#[test]
fn a_plain_header_needs_no_repair() {
    for (ends, text) in line_ends(MAIL) {
        assert_eq!(repairs(&text), [], "{ends}");
    }
}

#[test]
fn a_byte_order_mark_is_passed_over_and_told() {
    assert_eq!(repairs(format!("\u{feff}{MAIL}")), [("byte-order-mark".to_owned(), 1)]);
}

#[test]
fn empty_lines_above_the_header_are_passed_over_and_told() {
    for (ends, text) in line_ends(&format!("\n  \n{MAIL}")) {
        assert_eq!(repairs(&text), [("leading-blank-lines".to_owned(), 1)], "{ends}");
        assert_eq!(report_on(&text).messages[0].hops[0].lines, [3, 3], "{ends}");
    }
}

#[test]
fn the_separator_of_a_mailbox_file_is_no_field() {
    for (ends, text) in line_ends(&format!("From ann@example.com Mon Nov  2 09:00:00 2026\n{MAIL}")) {
        assert_eq!(repairs(&text), [("mbox-separator".to_owned(), 1)], "{ends}");
        assert_eq!(report_on(&text).messages[0].from, None, "{ends}");
    }
}

#[test]
fn a_line_without_a_colon_is_told_and_costs_no_hop() {
    let damaged = MAIL.replace("Subject", "broken off\nSubject");
    for (ends, text) in line_ends(&damaged) {
        assert_eq!(repairs(&text), [("stray-line".to_owned(), 2)], "{ends}");
        let report = report_on(&text);
        assert_eq!(report.messages[0].hops.len(), 1, "{ends}");
        assert_eq!(report.messages[0].subject.as_deref(), Some("Hello"), "{ends}");
    }
}

#[test]
fn the_body_is_told_from_the_header() {
    assert_eq!(report_on(MAIL).messages[0].origin.form, "headers");
    assert_eq!(report_on(format!("{MAIL}\nHello Ben\n")).messages[0].origin.form, "eml");
    assert_eq!(report_on(format!("{MAIL}\n\n")).messages[0].origin.form, "headers");
}

#[test]
fn two_headers_one_after_the_other_are_two_messages() {
    let report = report_on(format!("{MAIL}\n{MAIL}"));
    assert_eq!(report.messages.len(), 2);
    assert!(report.messages.iter().all(|message| message.hops.len() == 1 && message.origin.parent.is_none()));
}

#[test]
fn received_lines_in_a_body_that_are_no_header_are_spoken_of() {
    let report = report_on(format!("{MAIL}\nI counted the boxes.\nReceived: five boxes\n"));
    assert_eq!(report.messages.len(), 1);
    assert!(report.messages[0].notes[0].contains("Received"), "{:?}", report.messages[0].notes);
}

#[test]
fn prose_is_no_header_even_with_colons() {
    for text in
        ["", "Hello", "Dear all: please note: the meeting is at 10:30.\nThanks: Ann\n", "\n\n\n", "\0\0\0"]
    {
        let report = report_on(text);
        assert!(report.messages.is_empty(), "{text:?}");
        assert_eq!(report.verdict.headline, "This text holds no mail header.", "{text:?}");
    }
}

#[test]
fn a_header_without_received_lines_is_a_message_without_a_route() {
    let report = report_on("From: Ann <ann@example.com>\nSubject: A draft\n");
    assert!(report.messages[0].hops.is_empty());
    assert_eq!(report.verdict.headline, "This header has no Received line, so there is no route to show.");
}

#[test]
fn names_of_fields_know_no_case_and_may_have_a_blank_before_the_colon() {
    let report = report_on("RECEIVED : from a.example.org by mx.example.com\nsUbJeCt: Hello\n");
    assert_eq!(report.messages[0].hops[0].by.as_deref(), Some("mx.example.com"));
    assert_eq!(report.messages[0].subject.as_deref(), Some("Hello"));
}

#[test]
fn encoded_words_are_decoded_and_bytes_that_are_no_text_are_kept() {
    let report =
        report_on(b"Subject: =?UTF-8?Q?caf=C3=A9?= =?UTF-8?B?IGJhcg==?=\nFrom: M\xfcller <m@example.com>\n");
    assert_eq!(report.messages[0].subject.as_deref(), Some("café bar"));
    assert_eq!(report.messages[0].from.as_deref(), Some("M\u{fffd}ller <m@example.com>"));
}

#[test]
fn a_line_that_lost_its_indent_is_told_and_joined() {
    let report = report_on(
        "Received: from a.example.org by mx.example.com\nfor <a@example.com>; Wed, 4 Nov 2026 14:03:11 +0100\nSubject: x\n",
    );
    assert_eq!(report.messages[0].repairs[0].kind, "lost-fold");
    assert_eq!(report.messages[0].repairs[0].line, 2);
    assert_eq!(report.messages[0].hops[0].recipient.as_deref(), Some("a@example.com"));
    assert_eq!(report.messages[0].subject.as_deref(), Some("x"));
}

#[test]
fn a_last_line_without_a_colon_is_whole_and_shown() {
    for text in ["Subject: x\nbroken off", "Subject: x\nbroken off\n"] {
        let report = report_on(text);
        assert_eq!(report.messages[0].repairs[0].line, 2, "{text:?}");
        assert_eq!(report.messages[0].origin.header_lines, [1, 2], "{text:?}");
    }
    assert!(report_on("Too").messages.is_empty());
}

#[test]
fn lines_behind_the_date_of_a_received_field_belong_to_no_field() {
    let report =
        report_on(format!("{MAIL}From: a@example.com\n").replace("Subject", "one\n\ttwo\nthree\nSubject"));
    let lines: Vec<usize> = report.messages[0].repairs.iter().map(|repair| repair.line).collect();
    assert_eq!(lines, [2, 3, 4]);
    assert_eq!(report.messages[0].hops[0].date_raw.as_deref(), Some("Mon, 2 Nov 2026 09:00:00 +0100"));
}

#[test]
fn lines_that_end_with_cr_alone_are_lines() {
    let report = report_on(MAIL.replace('\n', "\r"));
    assert_eq!(report.messages[0].hops.len(), 1);
    assert_eq!(report.messages[0].subject.as_deref(), Some("Hello"));
    assert_eq!(report.messages[0].origin.header_lines, [1, 2]);
}
