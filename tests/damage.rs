//! A header that was damaged on its way into the box gives the same hops as the clean one.

mod common;

use std::fs;

use common::damage::DAMAGES;
use common::{files, project, report_on};
use hopscope::report::{Hop, Parts};

/// What is known of a hop, without the places, which are others in another text.
fn facts(text: &[u8]) -> Vec<Hop> {
    let report = report_on(text);
    let hops = report.messages.into_iter().next().map(|message| message.hops).unwrap_or_default();
    hops.into_iter()
        .map(|hop| Hop { raw: String::new(), span: [0, 0], lines: [0, 0], parts: Parts::default(), ..hop })
        .collect()
}

/// The header of a mail, in LF, with a line end behind its last line.
fn header(mail: &[u8]) -> String {
    let mail = String::from_utf8_lossy(mail).replace("\r\n", "\n");
    let header = mail.split("\n\n").next().unwrap_or_default();
    format!("{}\n", header.trim_matches('\n'))
}

#[test]
fn a_damaged_header_gives_the_hops_of_the_clean_one() {
    let mails = [files("www/samples", ".eml"), files("tests/fixtures/findings", ".eml")].concat();
    let mut wrong = Vec::new();
    // One sample is damaged already.
    for path in mails.into_iter().filter(|path| !path.ends_with("damaged.eml")) {
        let clean = header(&fs::read(&path).unwrap());
        let expected = facts(clean.as_bytes());
        for (name, damage) in DAMAGES {
            let damaged = damage(&clean);
            let found = facts(&damaged);
            if found != expected {
                wrong.push(format!("{name}: {}\n{}", path.display(), String::from_utf8_lossy(&damaged)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} give other hops:\n{}", wrong.len(), wrong.join("\n"));
}

/// A break at any letter of a Received field, with an indent and without. Not each can be told from one between words: in `(Debian` /
/// `Mail)` either may be meant. Prints how many give other hops; run with `--nocapture` to see them.
#[test]
fn a_line_broken_inside_a_word_mostly_gives_the_hops_of_the_clean_header() {
    let clean = header(&fs::read(project("www/samples/ordinary.eml")).unwrap());
    let expected = facts(clean.as_bytes());
    let mut tried = 0;
    let mut missed = Vec::new();
    for (fold, begin) in [("\n\t", "an indent"), ("\n", "none")] {
        for place in received_words(&clean) {
            let broken = format!("{}{fold}{}", &clean[..place], &clean[place..]);
            tried += 1;
            if facts(broken.as_bytes()) != expected {
                let around = &clean[place.saturating_sub(12)..(place + 12).min(clean.len())];
                missed.push(format!("{begin}: {around:?}"));
            }
        }
    }
    println!("{} of {tried} breaks give other hops:\n{}", missed.len(), missed.join("\n"));
    assert!(tried > 500, "too few places: {tried}");
    assert!(missed.len() * 100 <= tried * 8, "{} of {tried} breaks give other hops", missed.len());
}

/// The places between two letters of a word in the values of Received fields.
fn received_words(header: &str) -> Vec<usize> {
    let mut places = Vec::new();
    let mut start = 0;
    let mut is_received = false;
    for line in header.split_inclusive('\n') {
        let value = if line.starts_with([' ', '\t']) { 0 } else { line.find(':').unwrap_or(0) + 1 };
        is_received = if value > 0 { line.starts_with("Received:") } else { is_received };
        let bytes = line.as_bytes();
        let is_inside =
            |place: &usize| bytes[place - 1].is_ascii_alphanumeric() && bytes[*place].is_ascii_alphanumeric();
        if is_received {
            places.extend((value + 1..line.len()).filter(is_inside).map(|place| start + place));
        }
        start += line.len();
    }
    places
}

/// Prints how many of the corpus's headers survive each damage; run with `--nocapture` to see it.
#[test]
fn damaged_headers_of_the_corpus_give_the_hops_of_the_clean_ones() {
    let folder = project("../shared/corpus/headers");
    if !folder.is_dir() {
        println!("left out: {} is not here", folder.display());
        return;
    }
    let clean: Vec<(String, String)> = files("../shared/corpus/headers", ".eml")
        .iter()
        .map(|path| (path.display().to_string(), header(&fs::read(path).unwrap())))
        .filter(|(_, header)| header.contains("Received:"))
        .collect();
    let mut missed = 0;
    for (name, damage) in DAMAGES {
        let differing: Vec<&str> = clean
            .iter()
            .filter(|(_, header)| facts(&damage(header)) != facts(header.as_bytes()))
            .map(|(path, _)| path.as_str())
            .collect();
        println!("{name}: {} of {} differ, such as {:?}", differing.len(), clean.len(), differing.first());
        missed += differing.len();
    }
    let all = clean.len() * DAMAGES.len();
    println!("{missed} of {all} differ");
    assert!(
        missed * 100 <= all * 2,
        "{missed} of {all} damaged headers are read otherwise than the clean ones"
    );
}
