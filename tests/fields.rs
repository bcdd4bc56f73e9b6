//! Structured fields: every case of the tables, in LF and CR LF.

mod common;

use common::{cases, hop_of, line_ends, report_on};

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

#[test]
fn every_part_of_a_line_is_found_where_its_place_says() {
    let mut seen = 0;
    for case in cases("fields/received.json") {
        let about = case["about"].as_str().unwrap();
        for (ends, value) in line_ends(case["received"].as_str().unwrap()) {
            let text = format!("Received: {value}\nSubject: test\n");
            let hop = serde_json::to_value(&report_on(&text).messages[0].hops[0]).unwrap();
            for (part, place) in hop["parts"].as_object().unwrap() {
                let Some(value) = hop[part].as_str() else {
                    assert!(place.is_null(), "{about} ({ends}): {part} has a place but no value");
                    continue;
                };
                let at = |end: usize| usize::try_from(place[end].as_u64().unwrap()).unwrap();
                let there = text.get(at(0)..at(1)).unwrap_or_else(|| panic!("{about} ({ends}): {part}"));
                let is_address = part == "ip" || part == "by_ip";
                // Comments and commas between the words of a part are no part of its value.
                let mut rest = there;
                let mut has = |word: &str| match rest.find(word) {
                    Some(place) => {
                        rest = &rest[place + word.len()..];
                        true
                    }
                    None => false,
                };
                let same = value.split_whitespace().all(&mut has);
                assert!(
                    same || is_address,
                    "{about} ({ends}): {part} is {value}, at its place stands {there}"
                );
                seen += 1;
            }
        }
    }
    assert!(seen > 2000, "{seen} parts");
}
