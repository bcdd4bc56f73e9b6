//! What real mail software wrote (tests/fixtures/lab), against the truth beside it.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use common::{project, report_on};
use hopscope::report::Report;
use hopscope::rules::RULES;
use hopscope::{Input, Options, analyze};
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

/// What is expected in no mail alone is told by all of them together.
#[test]
fn all_mails_of_a_scenario_together_tell_who_doubled_the_message_and_where() {
    let mut told = 0;
    for Scenario { name, truth, mails } in scenarios() {
        let expected: Vec<&str> = truth["expected"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| finding["in"].as_array().is_some_and(Vec::is_empty))
            .filter_map(|finding| finding["id"].as_str())
            .filter(|id| id.contains("duplicate"))
            .collect();
        let inputs: Vec<Input<'_>> =
            mails.iter().map(|(file, mail)| Input { name: Some(file), bytes: mail }).collect();
        let report = analyze(&inputs, &Options::default());
        for forbidden in truth["forbidden"].as_array().unwrap().iter().filter_map(Value::as_str) {
            let is_told = forbidden.contains("duplicate") && ids(&report).contains(forbidden);
            assert!(!is_told, "{name}: {forbidden}");
        }
        for id in expected {
            assert!(ids(&report).contains(id), "{name}: {id}, found {:?}", ids(&report));
            let copies = report.copies.as_ref().unwrap();
            let set = copies.sets.iter().find(|set| set.verdict == id).unwrap_or_else(|| panic!("{name}"));
            if let Some(fork) = truth["fork"].as_str() {
                let host = set.fork.as_ref().and_then(|fork| fork.host.as_deref());
                assert_eq!(host, Some(fork), "{name}: where it split");
            }
            let at_fault = truth["at_fault"].as_str();
            if let Some(at_fault) = at_fault {
                let first = set.makers.first().expect("a maker");
                let names = [first.host.as_deref(), first.site.as_deref()];
                assert!(names.contains(&Some(at_fault)), "{name}: {at_fault}, not {names:?}");
            }
            told += 1;
        }
    }
    assert!(told > 30, "{told} verdicts");
}
