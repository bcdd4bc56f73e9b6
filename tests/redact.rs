//! Analysing a redacted text gives the same findings, for every fixture.

mod common;
#[path = "common/findings.rs"]
mod findings;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use common::{files, project};
use findings::facts;
use hopscope::redact::Redacted;
use hopscope::{Input, Options, analyze, redact};

/// A case: its name and its texts.
type Case = (String, Vec<Vec<u8>>);

/// Every fixture that is a mail: those of a folder in which several stand are one case.
fn cases() -> Vec<Case> {
    let single = [("tests/fixtures/findings", ".eml"), ("tests/fixtures/input", ".txt"), ("tests/fixtures/bounces", ".eml"), ("www/samples", ".eml")];
    let mut cases: Vec<Case> = single
        .into_iter()
        .flat_map(|(folder, ending)| files(folder, ending))
        .map(|path| (path.strip_prefix(project("")).unwrap().display().to_string(), vec![fs::read(&path).unwrap()]))
        .collect();
    let mut folders: BTreeMap<PathBuf, Vec<Vec<u8>>> = BTreeMap::new();
    for path in ["tests/fixtures/copies", "tests/fixtures/lab"].into_iter().flat_map(|folder| files(folder, ".eml")) {
        folders.entry(path.parent().unwrap().to_path_buf()).or_default().push(fs::read(&path).unwrap());
    }
    cases.extend(folders.into_iter().map(|(folder, texts)| (folder.strip_prefix(project("")).unwrap().display().to_string(), texts)));
    cases
}

fn inputs(texts: &[Vec<u8>]) -> Vec<Input<'_>> {
    texts.iter().map(|bytes| Input { name: None, bytes }).collect()
}

fn bytes(redacted: Vec<Redacted>) -> Vec<Vec<u8>> {
    redacted.into_iter().map(|text| text.bytes).collect()
}

/// The first fact in which the two reports differ.
fn difference(texts: &[Vec<u8>]) -> Option<String> {
    let redacted = bytes(redact(&inputs(texts)));
    let options = Options::default();
    let one = facts(&analyze(&inputs(texts), &options));
    let other = facts(&analyze(&inputs(&redacted), &options));
    let at = (0..one.len().max(other.len())).find(|at| one.get(*at) != other.get(*at))?;
    Some(format!("{:?}\n   now {:?}", one.get(at).map_or("", String::as_str), other.get(at).map_or("", String::as_str)))
}

#[test]
fn every_fixture_gives_the_same_findings_when_redacted() {
    let cases = cases();
    let failed: Vec<String> =
        cases.iter().filter_map(|(name, texts)| Some(format!("{name}\n       {}", difference(texts)?))).collect();
    println!("{} of {} hold", cases.len() - failed.len(), cases.len());
    assert!(failed.is_empty(), "{} of {} differ:\n{}", failed.len(), cases.len(), failed.join("\n"));
}
