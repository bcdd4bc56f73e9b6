//! Structured fields: every case of the tables, in LF and CR LF.

mod common;

use common::{cases, hop_of, line_ends};

#[test]
fn received_lines_are_read_as_the_table_says() {
    for case in cases("fields/received.json") {
        let about = case["about"].as_str().unwrap();
        for (ends, text) in line_ends(case["received"].as_str().unwrap()) {
            let hop = serde_json::to_value(hop_of(&text)).unwrap();
            for (part, expected) in case["expected"].as_object().unwrap() {
                assert_eq!(hop.get(part), Some(expected), "{about} ({ends}): {part}");
            }
        }
    }
}

#[test]
fn dates_are_read_as_the_table_says_or_not_at_all() {
    for case in cases("fields/dates.json") {
        let (about, date) = (case["about"].as_str().unwrap(), case["date"].as_str().unwrap());
        let hop = hop_of(&format!("from a.example.org by mx.example.com; {date}"));
        let expected = case.get("epoch").expect("a case says its time, or null");
        assert_eq!(hop.epoch, expected.as_i64(), "{about}: {date}");
        if let Some(minutes) = case["utc_offset_minutes"].as_i64() {
            assert_eq!(hop.utc_offset_minutes.map(i64::from), Some(minutes), "{about}: {date}");
        }
    }
}

#[test]
fn a_date_that_cannot_be_read_is_shown_as_written() {
    let hop = hop_of("from a.example.org by mx.example.com; Mon, 31 Nov 2026 09:00:00 +0100");
    assert_eq!(hop.date_raw.as_deref(), Some("Mon, 31 Nov 2026 09:00:00 +0100"));
    assert_eq!(hop.notes.len(), 1);
}
