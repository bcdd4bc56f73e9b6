//! The report and its writers. The words that people read are kept under tests/snapshots; `HOPSCOPE_UPDATE=1 cargo test --test
//! report` writes them anew.

mod common;

use std::fs;

use common::{assert_snapshot, project, report_on};
use hopscope::report::{SCHEMA, json, markdown, text};
use hopscope::{Input, Options, analyze};

const SAMPLES: [&str; 6] = ["ordinary", "slow", "forwarding-loop", "pop3-fetch", "damaged", "quoted-bounce"];

#[test]
fn the_text_report_on_each_sample_reads_as_reviewed() {
    for name in SAMPLES {
        let mail = fs::read(project("www/samples").join(name).with_extension("eml")).unwrap();
        assert_snapshot(&format!("{name}.txt"), &text::write(&report_on(&mail)));
    }
}

#[test]
fn the_markdown_report_reads_as_reviewed() {
    let mail = fs::read(project("www/samples/forwarding-loop.eml")).unwrap();
    assert_snapshot("forwarding-loop.md", &markdown::write(&report_on(&mail)));
}

#[test]
fn the_json_report_has_the_names_of_the_contract() {
    let report = report_on(
        "Received: from a.example.org by mx.example.com; Mon, 2 Nov 2026 09:00:00 +0100\nSubject: Hello\n",
    );
    let value: serde_json::Value = serde_json::from_str(&json::line(&report)).unwrap();
    assert_eq!(value["schema"], SCHEMA);
    for name in ["verdict", "messages", "copies", "findings"] {
        assert!(value.get(name).is_some(), "{name}");
    }
    let message = &value["messages"][0];
    for name in ["origin", "subject", "from", "date", "message_id", "repairs", "hops", "auth", "envelope"] {
        assert!(message.get(name).is_some(), "{name}");
    }
    for name in [
        "index",
        "raw",
        "span",
        "from_token",
        "helo",
        "rdns",
        "ip",
        "ident",
        "by",
        "by_ip",
        "with",
        "via",
        "id",
        "for",
        "envelope_from",
        "authenticated",
        "tls",
        "software",
        "kind",
        "epoch",
        "date_raw",
        "utc_offset_minutes",
        "delay_seconds",
        "skew_seconds",
        "notes",
    ] {
        assert!(message["hops"][0].get(name).is_some(), "{name}");
    }
}

#[test]
fn a_report_survives_the_way_through_json() {
    for name in SAMPLES {
        let report = report_on(fs::read(project("www/samples").join(name).with_extension("eml")).unwrap());
        assert_eq!(serde_json::from_str::<hopscope::report::Report>(&json::pretty(&report)).unwrap(), report);
    }
}

#[test]
fn hops_stand_in_the_order_of_the_header_even_where_the_clocks_disagree() {
    let report = report_on(
        "Received: by c.example.com; Mon, 2 Nov 2026 08:00:00 +0000\n\
         Received: by b.example.com; Mon, 2 Nov 2026 08:05:00 +0000\n\
         Received: by a.example.com; Mon, 2 Nov 2026 08:01:00 +0000\n",
    );
    let hops = &report.messages[0].hops;
    let by: Vec<&str> = hops.iter().filter_map(|hop| hop.by.as_deref()).collect();
    assert_eq!(by, ["a.example.com", "b.example.com", "c.example.com"]);
    let delays: Vec<Option<i64>> = hops.iter().map(|hop| hop.delay_seconds).collect();
    assert_eq!(delays, [None, Some(240), Some(-300)]);
}

#[test]
fn texts_without_a_header_are_spoken_of_beside_those_with_one() {
    let mail = b"Received: by mx.example.com; Mon, 2 Nov 2026 08:00:00 +0000\n";
    let prose = b"Hello Ben";
    let inputs = [mail.as_slice(), prose, mail].map(|bytes| Input { name: None, bytes });
    assert_eq!(
        analyze(&inputs, &Options::default()).verdict.headline,
        "2 messages were read. Their routes are below, one at a time. One of the texts holds no mail header."
    );
}

#[test]
fn no_server_kept_it_waiting_is_said_only_where_that_is_certain() {
    let headline = |newest: &str| {
        report_on(format!("Received: {newest}\nReceived: by a.example.com; Mon, 2 Nov 2026 08:00:00 +0000\n"))
            .verdict
            .headline
    };
    let swift = headline("by b.example.com; Mon, 2 Nov 2026 08:00:05 +0000");
    assert_eq!(swift, "The message took 2 hops in 5 seconds. No server kept it waiting.");
    let unnamed = headline("with SMTP id 7; Mon, 2 Nov 2026 11:00:00 +0000");
    assert!(unnamed.contains("was before a server that does not name itself took it"), "{unnamed}");
    let backwards = headline("by b.example.com; Mon, 2 Nov 2026 07:59:00 +0000");
    assert_eq!(backwards, "The message took 2 hops.");
}

#[test]
fn the_text_report_shows_no_control_characters_of_a_mail() {
    let report = report_on("Received: by mx.example.com\nSubject: =?UTF-8?Q?a=0AWho_acts=3A_b=1B]0;c?=\n");
    assert!(!text::write(&report).contains(['\u{1b}']) && !text::write(&report).contains("\nWho acts"));
}

#[test]
fn a_date_ahead_of_the_clock_is_noted_only_where_the_clock_is_known() {
    let mail = b"Received: by mx.example.com; Mon, 2 Nov 2026 08:00:00 +0000\n";
    let inputs = [Input { name: None, bytes: mail }];
    let mut options = Options::default();
    assert_eq!(analyze(&inputs, &options).messages[0].hops[0].notes, [""; 0]);
    options.now = Some(1_793_606_400 - 2 * 24 * 60 * 60);
    assert_eq!(
        analyze(&inputs, &options).messages[0].hops[0].notes,
        ["The date lies in the future: the clock of this server is wrong, or that of this computer."]
    );
}

#[test]
fn markdown_shows_what_a_mail_says_and_does_not_obey_it() {
    let report = report_on(
        "Received: from a.example.org by mx.example.com\nSubject: **hi** [x](http://example.com) | <b>\n",
    );
    let text = markdown::write(&report);
    assert!(text.contains(r"\*\*hi\*\* `[x](http://example.com)` \| \<b\>"), "{text}");
}

#[test]
fn the_text_report_says_how_a_message_came_with_another() {
    let mut report = report_on("Received: from a by b; Mon, 2 Nov 2026 09:00:00 +0100\nSubject: Hello\n");
    report.messages = vec![report.messages[0].clone(); 2];
    report.messages[1].origin.parent = Some(0);
    let ways =
        [("forwarded", "forwarded in"), ("attached", "attached to"), ("bounce-original", "returned by")];
    for (form, way) in ways {
        report.messages[1].origin.form = form.to_owned();
        let text = text::write(&report);
        assert!(text.contains(&format!("\nMessage 2, {way} message 1\n")), "{text}");
    }
}
