//! The catalogue is complete: each rule has its file, its manual page and its fixtures.

mod common;

use std::collections::BTreeSet;
use std::fs;

use common::{files, project};
use hopscope::rules::RULES;

const HEADINGS: [&str; 5] =
    ["What it finds", "Why it matters", "How to fix", "When it stays quiet", "References"];

#[test]
fn ids_are_kebab_case_unique_and_in_order() {
    let ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert!(ids.is_sorted(), "{ids:?}");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
    for id in ids {
        assert!(
            id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
            "{id}"
        );
    }
}

#[test]
fn every_rule_has_its_file_and_every_file_is_listed() {
    let listed: BTreeSet<String> = RULES.iter().map(|rule| rule.id.replace('-', "_")).collect();
    let stem = |path: &std::path::PathBuf| path.file_stem().unwrap().to_string_lossy().into_owned();
    let on_disk: BTreeSet<String> =
        files("src/rules", ".rs").iter().map(stem).filter(|stem| stem != "mod").collect();
    assert_eq!(listed, on_disk);
}

#[test]
fn every_manual_page_has_all_headings_in_order() {
    for rule in RULES {
        let path = project("src/rules").join(rule.id.replace('-', "_")).with_extension("rs");
        let text = fs::read_to_string(path).unwrap();
        let headings: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("//! # ")).collect();
        assert_eq!(headings, HEADINGS, "{}", rule.id);
    }
}

#[test]
fn every_rule_has_a_firing_and_a_quiet_fixture() {
    for rule in RULES {
        let folder = format!("tests/fixtures/findings/{}", rule.id);
        let names: Vec<String> = files(&folder, ".eml")
            .iter()
            .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
            .collect();
        assert!(names.iter().any(|name| name.starts_with("fires-")), "{}", rule.id);
        assert!(names.iter().any(|name| name.starts_with("quiet-")), "{}", rule.id);
    }
}
