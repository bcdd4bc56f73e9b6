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

const HEADER: &str = "Return-Path: <ann@example.org>
Received: from mail.example.org (mail.example.org [192.0.2.20])
\tby mx1.example.com (Postfix) with ESMTPS id 4F3D2
\tfor <ben@example.com>; Mon, 2 Nov 2026 09:00:05 +0100 (CET)
From: Ann <ann@example.org>
To: Ben <ben@example.com>
Subject: Hello
Date: Mon, 2 Nov 2026 09:00:00 +0100
Message-ID: <1@example.org>
";

/// Odd but sound mails: what they are, what is put in place of what in [`HEADER`], and what stands below it.
const SOUND: [(&str, [&str; 2], &str); 15] = [
    (
        "a body that forges a result",
        ["", ""],
        "\nAuthentication-Results: mx1.example.com; dkim=pass\nReply-To: eve@example.net\n\nWhy?\n",
    ),
    ("a body that begins with a known name", ["", ""], "\nPriority: high\nThe boiler is off.\n"),
    (
        "a patch",
        ["", ""],
        "\nReply-To: nobody\n\nFrom 1234abcd Mon Sep 17 00:00:00 2001\nFrom: Dev <dev@example.org>\nDate: Mon, 2 Nov 2026 09:00:00 +0100\nSubject: [PATCH] x\n\n---\n",
    ),
    (
        "a quoted mail with bold names",
        ["", ""],
        "\nFine.\n\n*From:* Ann <ann@example.org>\n*Sent:* Monday\n*To:* Ben\n*Subject:* offer\n",
    ),
    ("a subject that speaks of a field", ["Hello", "Why is Received: from localhost in my header?"], ""),
    (
        "a subject that speaks of elements",
        ["Hello", "Where are my <p> and <br> tags?"],
        "\nHello <b>Ben</b>\n",
    ),
    ("a subject with a price", ["Hello", "price=20 Euro"], "\nA price=20 it is.\n"),
    (
        "a boundary of digits",
        ["Subject: Hello", "Subject: Hello\nContent-Type: multipart/mixed; boundary=20cf307d"],
        "\n--20cf307d\n\nText\n--20cf307d--\n",
    ),
    ("a host name with a dot at its end", ["by mx1.example.com (Postfix)", "by mx1.example.com."], ""),
    ("an id with a hyphen at its end", ["4F3D2", "4F3D2-"], ""),
    (
        "names that none in use is like",
        ["Subject: Hello", "Subject: Hello\nacceptlanguage: en-US\nUID:4711\nX-Foo(bar): baz"],
        "",
    ),
    (
        "a trace field below the sender's, and MIME fields twice",
        [
            "Message-ID:",
            "Received: from a by b; Mon, 2 Nov 2026 08:59:00 +0100\nMIME-Version: 1.0\nContent-Type: text/plain\nMIME-Version: 1.0\nContent-Type: text/plain\nMessage-ID:",
        ],
        "",
    ),
    (
        "a subject without a blank below a signature",
        ["Subject: Hello", "DKIM-Signature: v=1; h=from:to; b=abc\nSubject:Hello"],
        "",
    ),
    (
        "a second signature without a blank",
        [
            "Subject: Hello",
            "DKIM-Signature: v=1; h=from:to; b=abc\nDomainKey-Signature:a=rsa-sha1; q=dns\nSubject: Hello",
        ],
        "",
    ),
    ("a list of words with colons", ["Subject: Hello", "X-Report: a: b: c\nSubject: Hello"], ""),
];

#[test]
fn odd_but_sound_mails_need_no_repair() {
    for (about, [sound, odd], body) in SOUND {
        for (ends, text) in line_ends(&format!("{}{body}", HEADER.replacen(sound, odd, 1))) {
            let report = report_on(&text);
            assert_eq!(report.messages.len(), 1, "{about} ({ends})");
            let message = &report.messages[0];
            let repair = message.repairs.iter().find(|repair| repair.kind != "body");
            assert_eq!(repair, None, "{about} ({ends})");
            assert_eq!(message.message_id.as_deref(), Some("<1@example.org>"), "{about} ({ends})");
            let expected = if sound == "Hello" { odd } else { "Hello" };
            assert_eq!(message.subject.as_deref(), Some(expected), "{about} ({ends})");
            let newest =
                message.hops.iter().find(|hop| hop.from_token.as_deref() == Some("mail.example.org"));
            assert_eq!(
                newest.and_then(|hop| hop.recipient.as_deref()),
                Some("ben@example.com"),
                "{about} ({ends})"
            );
        }
    }
}
