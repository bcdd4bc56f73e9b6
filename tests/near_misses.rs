//! What looks like a finding and is none is told where that is common, and never beside the finding itself.

mod common;

use std::collections::BTreeSet;
use std::fs;

use common::{files, project, report_on};
use hopscope::report::NearMiss;

/// A rule, a fixture on which it stays quiet, and a part of the reason that is told.
const TOLD: [(&str, &str, &str); 26] = [
    ("backscatter", "own-mail", "did send it"),
    ("backscatter", "sent-through-the-provider", "Only one sign"),
    ("clock-skew", "forty-five-seconds", "up to a minute"),
    ("delivered-to-loop", "fetched-by-getmail", "fetched from a mailbox in between"),
    ("delivered-to-loop", "forwarding-path", "an ordinary forwarding path"),
    ("delivered-to-loop", "recorded-twice-by-one-machine", "recorded more than once"),
    ("dkim-fail", "second-signature-fits", "Another signature"),
    ("forged-trace", "clock-hours-fast", "its clock is wrong"),
    ("forged-trace", "office-server-months-ahead", "its clock is wrong"),
    ("host-revisited", "filter-service", "inside"),
    ("host-revisited", "list-round-trip", "mailing list"),
    ("list-loop", "list-on-a-list", "sent the message on"),
    ("multidrop-guessing", "record-used", "records the recipient"),
    ("multidrop-guessing", "single-drop", "one person"),
    ("pop3-connector-reinjection", "reply-to-a-copy", "takes the address over"),
    ("pop3-connector-reinjection", "web-form", "web forms"),
    ("recipient-reinjection", "forwarded-elsewhere", "forwards its mail"),
    ("recipient-reinjection", "list-that-fetches", "collects its posts"),
    ("recipient-reinjection", "resent", "by hand"),
    ("routing-loop", "content-filter", "never left that machine"),
    ("slow-hop", "fast-clock", "is off by"),
    ("slow-hop", "next-fetch", "until the next fetch"),
    ("slow-hop", "resent-the-next-day", "A person had the message"),
    ("spf-fail", "helo-passes", "passed for the other"),
    ("spf-fail", "said-before-the-receiver", "does not answer for"),
    ("spf-fail", "softfail-but-dmarc-passes", "proved in another way"),
];

fn near_misses(path: &str) -> Vec<NearMiss> {
    report_on(fs::read(project(path)).unwrap()).near_misses
}

#[test]
fn each_near_miss_says_why_on_the_fixture_made_for_it() {
    let is_told = |(id, fixture, because): &(&str, &str, &str)| {
        let told = near_misses(&format!("tests/fixtures/findings/{id}/quiet-{fixture}.eml"));
        told.iter().any(|miss| miss.id == *id && miss.because.contains(because))
    };
    let untold: Vec<_> = TOLD.into_iter().filter(|case| !is_told(case)).collect();
    assert!(untold.is_empty(), "{untold:#?}");
}

#[test]
fn nothing_is_called_a_near_miss_of_what_was_found() {
    let ids: BTreeSet<&str> = TOLD.iter().map(|(id, ..)| *id).collect();
    for id in ids {
        let fires = files(&format!("tests/fixtures/findings/{id}"), ".eml");
        let fires = fires.iter().filter(|path| path.to_string_lossy().contains("/fires-"));
        let mut count = 0;
        for path in fires {
            count += 1;
            let report = report_on(fs::read(path).unwrap());
            let told = report.near_misses.iter().filter(|miss| miss.id == id);
            assert_eq!(told.count(), 0, "{}", path.display());
        }
        assert!(count > 0, "{id}");
    }
}

#[test]
fn every_near_miss_is_two_sentences_and_shows_a_line() {
    for path in files("tests/fixtures/findings", ".eml") {
        let text = fs::read(&path).unwrap();
        for miss in report_on(&text).near_misses {
            for sentence in [&miss.looks_like, &miss.because] {
                assert!(sentence.ends_with('.') && sentence.len() > 20, "{}: {sentence}", path.display());
            }
            assert!(!miss.evidence.is_empty(), "{}: {}", path.display(), miss.id);
            for evidence in &miss.evidence {
                let [start, end] = evidence.span;
                assert!(start < end && end <= text.len() && !evidence.label.is_empty(), "{}", path.display());
            }
        }
    }
}

#[test]
fn an_ordinary_mail_is_not_suspected_of_much() {
    let told = near_misses("www/samples/ordinary.eml");
    assert_eq!(told.iter().map(|miss| miss.id.as_str()).collect::<Vec<_>>(), ["routing-loop"]);
}
