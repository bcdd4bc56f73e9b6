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
async fn of_very_many_copies_only_the_rows_in_view_are_drawn() {
    let few = render(&mailbox(40)).await;
    let many = render(&mailbox(2_000)).await;
    assert_eq!(few.matches(r#"data-testid="copy-row""#).count(), 30);
    assert_eq!(many.matches(r#"data-testid="copy-row""#).count(), 30);
    assert!(many.contains(r#"aria-rowcount="2001""#));
    assert!(many.contains("All 2000 messages stand in the list of copies."));
    // The bars of the arrivals grow to what a line has room for, and nothing else grows.
    let panels = |html: &str| {
        let start = html.find(r#"data-testid="arrivals""#).unwrap();
        html[start..html.find(r#"id="hops-title""#).unwrap()].matches("</").count()
    };
    assert!(panels(&many) < panels(&few) + 200, "{} and {}", panels(&few), panels(&many));
}

#[tokio::test]
async fn the_list_tells_of_each_copy_by_arrival() {
    let html = render(&mailbox(3)).await;
    let rows: Vec<&str> = html.split(r#"data-testid="copy-row""#).skip(1).collect();
    assert_eq!(rows.len(), 3);
    assert!(rows[0].contains("nearest to the original") && rows[0].contains("08:00:05"), "{}", rows[0]);
    assert!(rows[1].contains("handed over again") && rows[1].contains("1 min"), "{}", rows[1]);
    assert!(rows[0].contains(r#"aria-label="Compare message 1""#));
}

#[tokio::test]
async fn two_copies_are_drawn_in_one_picture_and_compared() {
    let html = render(&mailbox(2)).await;
    for words in ["A · First copy", "B · Second copy, 1 minute later", "They part here", "<p>at <bdi>"] {
        assert!(html.contains(words), "{words} is not in {html}");
    }
    let copies = html.split("hops-title").next().unwrap();
    let pressed = copies.matches(r#"aria-pressed="true""#).count();
    assert_eq!(pressed, 1, "Both is pressed, and nothing else");
    assert!(html.contains("1 hop in common from the origin"), "{html}");
}

#[tokio::test]
async fn what_is_found_in_every_copy_is_one_card() {
    let html = render(&mailbox(5)).await;
    assert_eq!(html.matches(r#"data-testid="in-copies""#).count(), html.matches("In 5 copies").count());
    assert!(html.contains("In 5 copies"), "{html}");
}

#[tokio::test]
async fn one_message_has_no_list_of_copies() {
    let html = render(&mailbox(1)).await;
    assert!(!html.contains(r#"data-testid="copies""#));
}
