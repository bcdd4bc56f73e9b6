//! What several test files need: the fixtures, and a message in other line ends.
#![allow(dead_code, reason = "every test file uses a part of this")]

pub mod damage;
pub mod drawing;
pub mod markup;
pub mod outlook;
#[cfg(all(feature = "page", not(target_arch = "wasm32")))]
pub mod page;
pub mod route;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use hopscope::report::{Hop, Report};
use hopscope::{Input, Options, analyze};

/// A file or folder of the project.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files of a folder and its folders with this ending, in the order of their paths. Fails where there is none: a test over no
/// cases would pass for ever.
pub fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    collect(&project(folder), ending, &mut found);
    found.sort();
    assert!(!found.is_empty(), "no {ending} files in {folder}");
    found
}

fn collect(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, ending, found);
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
}

/// The shortest of three runs: what else the machine does can only add to it.
pub fn shortest(run: impl Fn()) -> Duration {
    let time = || {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..3).map(|_| time()).min().unwrap_or_default()
}

/// The cases of a JSON table under tests/fixtures.
pub fn cases(table: &str) -> Vec<serde_json::Value> {
    let text = fs::read_to_string(project("tests/fixtures").join(table)).unwrap();
    let cases: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    assert!(!cases.is_empty(), "{table} has no cases");
    cases
}

/// Compares a text with the one kept under tests/snapshots; with HOPSCOPE_UPDATE it is written anew.
pub fn assert_snapshot(name: &str, text: &str) {
    let path = project("tests/snapshots").join(name);
    if std::env::var_os("HOPSCOPE_UPDATE").is_some() {
        fs::write(&path, text).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, kept, "{name} reads otherwise; if that is right, run with HOPSCOPE_UPDATE=1");
}

/// A text with LF only, and the same with CR LF.
pub fn line_ends(text: &str) -> [(&'static str, String); 2] {
    let lf = text.replace("\r\n", "\n");
    [("CR LF", lf.replace('\n', "\r\n")), ("LF", lf)]
}

/// The report on one pasted text.
pub fn report_on(text: impl AsRef<[u8]>) -> Report {
    analyze(&[Input { name: None, bytes: text.as_ref() }], &Options::default())
}

/// The only hop of a header with this Received value.
pub fn hop_of(received: &str) -> Hop {
    let report = report_on(format!("Received: {received}\nSubject: test\n"));
    assert_eq!(report.messages[0].hops.len(), 1, "one Received field, one hop");
    report.messages[0].hops[0].clone()
}
