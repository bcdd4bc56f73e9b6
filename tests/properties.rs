//! What holds for any input whatever: nothing fails, nothing is lost, and every place lies in the text.

mod common;

use common::damage::DAMAGES;
use common::report_on;
use hopscope::report::diagram::{Space, draw};
use hopscope::report::{Message, Report, csv, html, json, markdown, svg, text};
use hopscope::{Input, redact};
use proptest::prelude::*;

/// Pieces of headers, which random bytes would hardly ever make.
const PIECES: [&str; 62] = [
    "Received: ",
    "from ",
    "by ",
    "with ",
    "id ",
    "for ",
    "; ",
    "\r\n",
    "\n",
    "\n\t",
    "(",
    ")",
    "<",
    ">",
    "[",
    "]",
    "\"",
    "\\",
    "=?UTF-8?Q?",
    "?=",
    "192.0.2.1",
    "IPv6:2001:db8::1",
    "Mon, 2 Nov 2026 09:00:00 +0100",
    "Delivered-To: a@example.com\n",
    "> ",
    ">",
    "- ",
    "    ",
    "\n\n",
    "\r",
    "\0",
    "=\n",
    "=3D",
    "&lt;",
    "&#60;",
    "<br>",
    "<p class=\"x\">",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "\u{201c}",
    "From a@example.com Mon Nov  2 09:00:00 2026\n",
    "Microsoft Mail Internet Headers Version 2.0\n",
    "```\n",
    "Subject: x\n",
    "Subject: ",
    "To: ",
    "=?utf-8?X?a ?=",
    "https://outlook.com/",
    "From: Mail Delivery System <MAILER-DAEMON@example.com>\n",
    "Return-Path: <>\n",
    "Message-ID: <a@example.com>\n",
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n",
    "Content-Type: multipart/mixed; boundary=\"b\"\n",
    "Content-Type: message/delivery-status\n\n",
    "Content-Type: message/rfc822\n\n",
    "Content-Transfer-Encoding: base64\n",
    "\n--b\n",
    "\n--b--\n",
    "Final-Recipient: rfc822; b@example.net\nAction: failed\nStatus: 5.1.1\n",
    "Hi. This is the qmail-send program at mx.example.com.\n",
    "Original message headers:\n",
];

fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => (0..PIECES.len()).prop_map(|nth| PIECES[nth].as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..8),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn assert_holds(bytes: &[u8]) {
    let report = report_on(bytes);
    assert_spans_lie_in_the_text(&report, bytes);
    assert_writers_take_it(&report);
}

fn assert_spans_lie_in_the_text(report: &Report, bytes: &[u8]) {
    let lines = report.inputs[0].lines;
    let text = report.inputs[0].text.as_ref().map_or(bytes, |text| text.as_bytes());
    let assert_place = |[start, end]: [usize; 2], [first, last]: [usize; 2]| {
        assert!(start <= end && end <= text.len(), "{start}..{end} of {}", text.len());
        assert!(1 <= first && first <= last && last <= lines, "lines {first} to {last} of {lines}");
    };
    for message in &report.messages {
        assert_place(message.origin.header, message.origin.header_lines);
        for repair in &message.repairs {
            assert!(1 <= repair.line && repair.line <= repair.last_line && repair.last_line <= lines);
        }
        for recipient in message.bounce.iter().flat_map(|bounce| &bounce.recipients) {
            assert_place(recipient.span, [1, 1]);
        }
        for hop in &message.hops {
            assert_place(hop.span, hop.lines);
            assert_eq!(hop.raw, String::from_utf8_lossy(&text[hop.span[0]..hop.span[1]]));
            let parts = serde_json::to_value(&hop.parts).unwrap();
            for part in parts.as_object().unwrap().values().filter(|part| !part.is_null()) {
                let [start, end]: [usize; 2] = serde_json::from_value(part.clone()).unwrap();
                assert!(
                    hop.span[0] <= start && start <= end && end <= hop.span[1],
                    "{parts} in {:?}",
                    hop.span
                );
            }
        }
        assert_route_is_whole(message);
        for stratum in &message.strata {
            assert_place(stratum.span, stratum.lines);
            assert!(stratum.hop.is_none_or(|hop| hop < message.hops.len()));
        }
    }
    for evidence in report.findings.iter().flat_map(|finding| &finding.evidence) {
        assert_place(evidence.span, evidence.lines);
    }
}

/// Every hop is in one station, in order; machines that are named are there.
fn assert_route_is_whole(message: &Message) {
    let in_stations: Vec<usize> =
        message.stations.iter().flat_map(|station| station.first..=station.last).collect();
    assert_eq!(in_stations, (0..message.hops.len()).collect::<Vec<_>>());
    let hosts = message.hops.iter().flat_map(|hop| [hop.from_host, hop.by_host]);
    let hosts = hosts.chain(message.stations.iter().map(|station| station.host));
    assert!(hosts.flatten().all(|host| host < message.hosts.len()));
    assert!(message.boundary.as_ref().is_none_or(|boundary| boundary.hop < message.hops.len()));
}

fn assert_writers_take_it(report: &Report) {
    assert!(!text::write(report).is_empty());
    assert!(!markdown::write(report).is_empty());
    assert!(serde_json::from_str::<Report>(&json::line(report)).is_ok());
    assert!(!csv::write(report).is_empty());
    let shown: Vec<_> = html::shown(report).into_iter().map(|place| (place, Vec::new())).collect();
    assert!(!html::write(report, &shown).is_empty());
    for drawing in report.messages.iter().filter_map(|message| draw(message, Space::Wide)) {
        assert!(!svg::write(&drawing, &report.verdict.headline).is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_fail(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        assert_holds(&bytes);
    }

    #[test]
    fn pieces_of_headers_in_any_order_never_fail(bytes in pieces()) {
        assert_holds(&bytes);
    }

    #[test]
    fn a_header_cut_off_anywhere_never_fails(end in 0..SAMPLE.len()) {
        assert_holds(&SAMPLE.as_bytes()[..end]);
    }

    #[test]
    fn damaged_pieces_never_fail(bytes in pieces(), nth in 0..DAMAGES.len()) {
        let text = String::from_utf8_lossy(&bytes);
        assert_holds(&DAMAGES[nth].1(&text));
    }

    #[test]
    fn every_received_field_is_a_hop(values in prop::collection::vec("[ -~]{0,60}", 1..20)) {
        let header: String = values.iter().map(|value| format!("Received: {value}\n")).collect();
        let report = report_on(header);
        prop_assert_eq!(report.messages[0].hops.len(), values.len());
    }
}

const SAMPLE: &str = include_str!("../www/samples/ordinary.eml");

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn redaction_keeps_the_lines_and_is_the_same_every_time(bytes in pieces()) {
        let redacted = |bytes: &[u8]| redact(&[Input { name: None, bytes }]).remove(0).bytes;
        let once = redacted(&bytes);
        prop_assert_eq!(&redacted(&bytes), &once);
        let lines = |bytes: &[u8]| report_on(bytes).inputs[0].lines;
        // A file of another kind, such as a picture, has no text.
        if report_on(&bytes).inputs[0].note.is_none() {
            prop_assert_eq!(lines(&once), lines(&bytes));
            prop_assert_eq!(lines(&redacted(&once)), lines(&bytes));
        }
    }
}
