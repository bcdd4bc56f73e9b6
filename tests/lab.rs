//! What real mail software wrote (tests/fixtures/lab), against the truth beside it.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use common::{project, report_on};
use hopscope::report::Report;
use hopscope::rules::RULES;
use serde_json::Value;

/// A scenario: its folder, its truth, and each message with its file name.
struct Scenario {
    name: String,
    truth: Value,
    mails: Vec<(String, Vec<u8>)>,
}

fn scenarios() -> Vec<Scenario> {
    let mut folders = vec![project("tests/fixtures/lab")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        let mut entries: Vec<PathBuf> =
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        folders.extend(entries.iter().filter(|path| path.is_dir()).cloned());
        let Ok(truth) = fs::read_to_string(folder.join("truth.json")) else { continue };
        let name_of = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
        let mails = entries.iter().filter(|path| path.extension().is_some_and(|ending| ending == "eml"));
        found.push(Scenario {
            name: name_of(&folder),
            truth: serde_json::from_str(&truth).unwrap(),
            mails: mails.map(|path| (name_of(path), fs::read(path).unwrap())).collect(),
        });
    }
    assert!(found.len() > 150, "{} scenarios", found.len());
    found
}

fn ids(report: &Report) -> BTreeSet<&str> {
    report.findings.iter().map(|finding| finding.id.as_str()).collect()
}

#[test]
fn every_line_that_real_software_wrote_names_its_writer_and_has_a_date() {
    let mut hops = 0;
    for scenario in scenarios() {
        for (file, mail) in &scenario.mails {
            for hop in report_on(mail).messages.iter().flat_map(|message| &message.hops) {
                // nullmailer and qmail name themselves, not their machine.
                let has_writer = hop.by.is_some() || hop.software.is_some();
                assert!(has_writer, "{}/{file}: {}", scenario.name, hop.raw);
                assert!(hop.epoch.is_some(), "{}/{file}: {}", scenario.name, hop.raw);
                hops += 1;
            }
        }
    }
    assert!(hops > 2000, "{hops} hops");
}

#[test]
fn nothing_is_found_that_the_truth_forbids() {
    for scenario in scenarios() {
        for (file, mail) in &scenario.mails {
            let report = report_on(mail);
            for forbidden in scenario.truth["forbidden"].as_array().unwrap() {
                let id = forbidden.as_str().unwrap();
                assert!(!ids(&report).contains(id), "{}/{file}: {id}", scenario.name);
            }
        }
    }
}

#[test]
fn all_is_found_that_the_truth_expects_of_the_rules_there_are() {
    let mut expected = 0;
    let mut missed = Vec::new();
    for scenario in scenarios() {
        for finding in scenario.truth["expected"].as_array().unwrap() {
            let id = finding["id"].as_str().unwrap();
            if RULES.iter().all(|rule| rule.id != id) {
                continue;
            }
            for file in finding["in"].as_array().unwrap() {
                let name = file.as_str().unwrap();
                let (_, mail) = scenario.mails.iter().find(|(file, _)| file == name).unwrap();
                if !ids(&report_on(mail)).contains(id) {
                    missed.push(format!("{}/{name}: {id}", scenario.name));
                }
                expected += 1;
            }
        }
    }
    assert!(expected > 30, "{expected} expected findings");
    assert!(missed.is_empty(), "of {expected}, not found:\n{}", missed.join("\n"));
}
