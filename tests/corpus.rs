//! Real mails and Received lines that other projects collected, where they are at hand in ../shared/corpus. They are run against,
//! never copied.

mod common;

use std::fs;
use std::path::PathBuf;

use common::{hop_of, project, report_on};
use serde_json::Value;

/// The files under a folder of the corpus; none where the corpus is not there, which is then said.
fn corpus(folder: &str) -> Vec<PathBuf> {
    let folder = project("../shared/corpus").join(folder);
    if !folder.is_dir() {
        println!("left out: {} is not here", folder.display());
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension() {
                _ if path.is_dir() => folders.push(path),
                Some(ending) if ending == "eml" => found.push(path),
                _ => {}
            }
        }
    }
    assert!(!found.is_empty(), "the corpus is there but empty");
    found
}

/// Received fields in a header, counted another way than the parser does: lines up to the first blank one that start so.
fn received_fields(mail: &[u8]) -> usize {
    let text = String::from_utf8_lossy(mail);
    let lines =
        text.trim_start_matches(|letter: char| letter == '\u{feff}' || letter.is_whitespace()).lines();
    let header = lines.take_while(|line| !line.trim().is_empty());
    let is_received = |line: &&str| {
        let name = line.split(':').next().unwrap_or_default();
        line.contains(':') && name.trim_end().eq_ignore_ascii_case("received")
    };
    header.filter(is_received).count()
}

#[test]
fn every_received_field_of_the_corpus_headers_is_a_hop() {
    for path in corpus("headers") {
        let mail = fs::read(&path).unwrap();
        let hops: usize = report_on(&mail).messages.iter().map(|message| message.hops.len()).sum();
        assert_eq!(hops, received_fields(&mail), "{}", path.display());
    }
}

#[test]
fn every_date_of_the_corpus_headers_is_read_or_said_not_to_be() {
    for path in corpus("headers") {
        for hop in report_on(fs::read(&path).unwrap()).messages.iter().flat_map(|message| &message.hops) {
            let is_told = hop.epoch.is_some() || !hop.notes.is_empty();
            assert!(is_told, "{}: hop {}: {}", path.display(), hop.index + 1, hop.raw);
        }
    }
}

/// A part as the answers write it: without case, brackets, quotes and final dots; addresses in their one form.
fn comparable(part: &Value) -> String {
    let text = part.as_str().map_or_else(|| part.to_string(), str::to_lowercase);
    let text = text.trim_matches(['<', '>', '[', ']', '.', '"', ';', ' ']);
    let text = text.strip_prefix("ipv6:").unwrap_or(text);
    text.parse::<std::net::IpAddr>().map_or_else(|_| text.to_owned(), |ip| ip.to_canonical().to_string())
}

#[test]
fn received_lines_of_the_corpus_are_read_as_their_answers_say() {
    for (table, least) in [("consensus_dev.jsonl", 99), ("wide_dev.jsonl", 98)] {
        let Ok(lines) = fs::read_to_string(project("../shared/corpus/parses").join(table)) else {
            return println!("left out: the answers are not here");
        };
        let (mut asked, mut wrong) = (0, Vec::new());
        for line in lines.lines() {
            let case: Value = serde_json::from_str(line).unwrap();
            if !case["dispute"].is_null() {
                continue;
            }
            let received = case["received"].as_str().unwrap();
            let mut hop = serde_json::to_value(hop_of(received)).unwrap();
            hop["with"] = hop["protocol"].take();
            for (part, expected) in case["expected"].as_object().unwrap() {
                if hop.get(part).is_none() || comparable(expected).is_empty() || part == "authenticated" {
                    continue;
                }
                asked += 1;
                if comparable(&hop[part]) != comparable(expected) {
                    wrong.push(format!("{part} of {received:.100} is {}, not {expected}", hop[part]));
                }
            }
        }
        assert!(wrong.len() * 100 <= asked * (100 - least), "{table}: {asked} asked\n{}", wrong.join("\n"));
    }
}

#[test]
fn every_mail_of_the_corpus_is_read_as_a_message() {
    for path in corpus("headers") {
        assert_eq!(report_on(fs::read(&path).unwrap()).messages.len(), 1, "{}", path.display());
    }
}

/// What the corpus headers show in truth, each looked at: the end of the path, and the finding.
const TRUE_ALARMS: [(&str, &str); 7] = [
    // SpamAssassin's own tests, in which one line of a real mail was replaced by another.
    ("spf", "trace-gap"),
    ("spam_dmarc_nodmarc.eml", "trace-gap"),
    // A line of 2018 in a mail of 2016, and lines of three providers put together.
    ("mail_test_1.eml", "forged-trace"),
    ("mail_test_1.eml", "trace-gap"),
    ("rcvd7.eml", "trace-gap"),
    // `from 139.88.66.159 by ; Mon, 20 Mar 2017` below a hop of 8 March, as programs for unwanted mail write it.
    ("mail_malformed_3.eml", "forged-trace"),
    // Five hours in the queue of one server; the dates before and after bear it out.
    ("nice_base64.txt.eml", "slow-hop"),
];

#[test]
fn healthy_mail_of_the_corpus_raises_no_alarm() {
    for path in corpus("headers") {
        let report = report_on(fs::read(&path).unwrap());
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let is_true = |id: &str| {
            TRUE_ALARMS.iter().any(|(end, known)| {
                *known == id && (name.ends_with(end) || name.contains(&format!("_{end}")))
            })
        };
        let alarms: Vec<&str> = report
            .findings
            .iter()
            .filter(|finding| finding.severity > hopscope::report::Severity::Info && !is_true(&finding.id))
            // Samples of phishing with two From fields.
            .filter(|finding| {
                finding.id != "repeated-singleton-header" || !finding.what.contains("From (twice)")
            })
            .map(|finding| finding.id.as_str())
            .collect();
        assert_eq!(alarms, [""; 0], "{}", path.display());
    }
}

#[test]
fn bounces_of_the_corpus_keep_the_received_fields_of_their_own_header() {
    for path in corpus("bounces") {
        let mail = fs::read(&path).unwrap();
        let report = report_on(&mail);
        let hops = report.messages.first().map_or(0, |message| message.hops.len());
        assert_eq!(hops, received_fields(&mail), "{}", path.display());
    }
}

/// Status codes that stand in the answers to a mail and in the mail itself; absent where one of them does not. Codes whose last number
/// starts with 9 were made up by the program that gave the answers.
fn statuses(answer: &Value, mail: &str) -> Option<Vec<String>> {
    let expected = answer["expected"].as_array()?;
    let mut statuses =
        expected.iter().map(|one| one["status"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>();
    statuses.sort();
    let is_made_up = |status: &str| {
        status.split('.').nth(2).is_some_and(|detail| detail.len() == 3 && detail.starts_with('9'))
    };
    let stands =
        |status: &String| !status.is_empty() && !is_made_up(status) && mail.contains(status.as_str());
    (!statuses.is_empty() && statuses.iter().all(stands)).then_some(statuses)
}

#[test]
fn corpus_bounces_are_recognised_with_their_status_codes_and_returned_headers() {
    let Ok(answers) = fs::read_to_string(project("../shared/corpus/sisimai_bounces.jsonl")) else {
        return println!("left out: the answers are not here");
    };
    let (mut mails, mut recognised, mut asked, mut right, mut with_trace, mut found) = (0, 0, 0, 0, 0, 0);
    for line in answers.lines() {
        let answer: Value = serde_json::from_str(line).unwrap();
        let mail =
            fs::read(project("../shared/corpus/bounces").join(answer["file"].as_str().unwrap())).unwrap();
        let report = report_on(&mail);
        let bounce = report.messages.first().and_then(|message| message.bounce.as_ref());
        mails += 1;
        recognised += usize::from(bounce.is_some());
        if let Some(expected) = statuses(&answer, &String::from_utf8_lossy(&mail)) {
            let recipients = bounce.map(|bounce| bounce.recipients.as_slice()).unwrap_or_default();
            let mut told: Vec<String> =
                recipients.iter().filter_map(|recipient| recipient.status.clone()).collect();
            told.sort();
            asked += 1;
            right += usize::from(told == expected);
        }
        if answer["received_in_returned_part"].as_u64() > Some(0) {
            let original = bounce.and_then(|bounce| report.messages.get(bounce.original?));
            with_trace += 1;
            found += usize::from(original.is_some_and(|message| !message.hops.is_empty()));
        }
    }
    assert!(recognised * 100 > mails * 97, "{recognised} of {mails} recognised");
    assert!(right * 100 > asked * 95, "{right} of {asked} with the right status");
    assert!(found * 100 > with_trace * 95, "{found} of {with_trace} with a returned header");
}

/// Bounces among the headers, by their subjects and senders.
fn is_bounce(mail: &str) -> bool {
    let lower = mail.to_lowercase();
    ["multipart/report", "mailer-daemon", "postmaster@", "undeliver", "mail delivery", "delivery status"]
        .iter()
        .any(|sign| lower.contains(sign))
}

#[test]
fn ordinary_mail_of_the_corpus_is_no_bounce() {
    for path in corpus("headers") {
        let mail = fs::read(&path).unwrap();
        let report = report_on(&mail);
        let bounce = report.messages.first().and_then(|message| message.bounce.as_ref());
        assert!(bounce.is_none() || is_bounce(&String::from_utf8_lossy(&mail)), "{}", path.display());
    }
}

#[test]
fn dates_of_the_corpus_are_read_to_the_second() {
    let Ok(answers) = fs::read_to_string(project("../shared/corpus/parses/mha_dates.jsonl")) else {
        return println!("left out: the dates are not here");
    };
    for line in answers.lines() {
        let answer: Value = serde_json::from_str(line).unwrap();
        let hop = common::hop_of(answer["received"].as_str().unwrap());
        let seconds = answer["epoch_ms"].as_i64().map(|milliseconds| milliseconds.div_euclid(1000));
        assert_eq!(hop.epoch, seconds, "{}", answer["received"]);
        let has_zone = hop.utc_offset_minutes.is_some();
        assert_eq!(Some(has_zone), answer["zone_given"].as_bool(), "{}", answer["received"]);
    }
    assert_eq!(answers.lines().count(), 14);
}
