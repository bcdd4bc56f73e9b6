//! Real mails and Received lines that other projects collected, where they are at hand in ../shared/corpus. They are run against,
//! never copied.

mod common;

use std::fs;
use std::path::PathBuf;

use common::{project, report_on};

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
fn every_mail_of_the_corpus_is_read_as_a_message() {
    for path in corpus("headers") {
        assert_eq!(report_on(fs::read(&path).unwrap()).messages.len(), 1, "{}", path.display());
    }
}

#[test]
fn healthy_mail_of_the_corpus_raises_no_alarm() {
    for path in corpus("headers") {
        let report = report_on(fs::read(&path).unwrap());
        let alarms: Vec<&str> = report
            .findings
            .iter()
            .filter(|finding| finding.severity > hopscope::report::Severity::Info)
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
