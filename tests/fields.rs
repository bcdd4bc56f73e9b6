//! Structured fields: every case of the tables, in LF and CR LF.

mod common;

use common::{cases, hop_of, line_ends};

#[test]
fn received_lines_are_read_as_the_table_says() {
    let mut wrong = Vec::new();
    for case in cases("fields/received.json") {
        let about = case["about"].as_str().unwrap();
        for (ends, text) in line_ends(case["received"].as_str().unwrap()) {
            let hop = serde_json::to_value(hop_of(&text)).unwrap();
            for (part, expected) in case["expected"].as_object().unwrap() {
                let found = hop.get(part).unwrap_or(&serde_json::Value::Null);
                if found != expected {
                    wrong.push(format!("{about} ({ends}): {part} is {found}, not {expected}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn dates_are_read_as_the_table_says_or_not_at_all() {
    let mut wrong = Vec::new();
    for case in cases("fields/dates.json") {
        let (about, date) = (case["about"].as_str().unwrap(), case["date"].as_str().unwrap());
        let hop = hop_of(&format!("from a.example.org by mx.example.com; {date}"));
        let epoch = case.get("epoch").expect("a case says its time, or null").as_i64();
        if hop.epoch != epoch {
            wrong.push(format!("{about}: {date} is {:?}, not {epoch:?}", hop.epoch));
        }
        let offset = case.get("utc_offset_minutes").map(serde_json::Value::as_i64);
        if offset.is_some_and(|offset| hop.utc_offset_minutes.map(i64::from) != offset) {
            wrong.push(format!("{about}: {date} has the zone {:?}", hop.utc_offset_minutes));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_date_that_cannot_be_read_is_shown_as_written() {
    let hop = hop_of("from a.example.org by mx.example.com; Mon, 31 Nov 2026 09:00:00 +0100");
    assert_eq!(hop.date_raw.as_deref(), Some("Mon, 31 Nov 2026 09:00:00 +0100"));
    assert_eq!(hop.notes.len(), 1);
}
