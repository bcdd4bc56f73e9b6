//! Several copies of one message, as the page shows them, rendered without a browser.
#![cfg(all(feature = "page", not(target_arch = "wasm32")))]

mod common;

use common::{page, report_on};

/// A mailbox file of so many copies that the sending server handed over again and again.
fn mailbox(copies: usize) -> String {
    let copy = |nth: usize| {
        format!(
            "From alice@example.com Mon Nov  2 09:00:00 2026\nReceived: from mail.example.com (mail.example.com [192.0.2.10])\n\tby mx.example.org (Postfix) with ESMTP id A1B2C3{nth:04X}\n\tfor <bob@example.org>; Mon, 2 Nov 2026 {:02}:{:02}:05 +0100 (CET)\nReceived: from pc.example.com (pc.example.com [192.0.2.100])\n\tby mail.example.com (Postfix) with ESMTP id 4F21D2A0C7;\n\tMon, 2 Nov 2026 09:00:02 +0100 (CET)\nDate: Mon, 2 Nov 2026 09:00:00 +0100\nMessage-ID: <minutes.1@pc.example.com>\nFrom: alice@example.com\nTo: bob@example.org\nSubject: Minutes <b>of</b> Monday\n\n",
            9 + nth / 60 % 15,
            nth % 60,
        )
    };
    (0..copies).map(copy).collect()
}

async fn render(text: &str) -> String {
    page::render(report_on(text), text, 0, None).await
}

#[tokio::test]
async fn a_set_shows_its_sentence_its_makers_and_each_copy() {
    let html = render(&mailbox(3)).await;
    assert!(html.contains("mail.example.com handed the same message to mx.example.org 3 times"), "{html}");
    assert_eq!(html.matches(r#"data-testid="copy-set""#).count(), 1);
    assert_eq!(html.matches(r#"data-testid="copy-maker""#).count(), 1);
    assert_eq!(html.matches(r#"data-testid="copy""#).count(), 3);
    assert!(html.contains("Message 2: handed over again, 1 minute after message 1"), "{html}");
    assert!(html.contains("3 of 3 messages have the same Message-ID."));
}

#[tokio::test]
async fn of_very_many_copies_some_are_listed_and_the_others_counted() {
    let html = render(&mailbox(500)).await;
    assert_eq!(html.matches(r#"data-testid="copy""#).count(), 200);
    assert!(html.contains("And 300 more copies, not in this list."));
}

#[tokio::test]
async fn one_message_has_no_list_of_copies() {
    let html = render(&mailbox(1)).await;
    assert!(!html.contains(r#"data-testid="copies""#));
}
