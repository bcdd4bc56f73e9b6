//! What can be taken along from the page: the texts to postmasters in both languages, and the names of saved files.
#![cfg(all(feature = "page", not(target_arch = "wasm32")))]

mod common;

use std::fs;

use common::{files, page, project, report_on};
use hopscope::ui::export::{Export, file_name};
use hopscope::ui::letters::on_finding;
use hopscope::{Input, Options, analyze};

fn fixture(path: &str) -> String {
    fs::read_to_string(project("tests/fixtures/findings").join(path)).unwrap()
}

#[tokio::test]
async fn the_text_to_the_postmaster_has_a_button_for_each_language() {
    let mail = fixture("routing-loop/fires-two-smart-hosts.eml");
    let html = page::render(report_on(&mail), &mail, 0, None).await;
    assert!(html.contains("Text to the postmaster") && html.contains("Dear postmaster of"));
    assert!(html.contains(r#"lang="en" aria-pressed="true" data-testid="letter-english""#), "{html}");
    assert!(html.contains(r#"lang="de" aria-pressed="false" data-testid="letter-german""#), "{html}");
    assert!(!html.contains("Guten Tag"));
}

#[tokio::test]
async fn of_several_postmasters_each_is_written_to() {
    let folder = "tests/fixtures/copies/reinjected-two-connectors-feed-each-other";
    let mails: Vec<Vec<u8>> = files(folder, ".eml").iter().map(|path| fs::read(path).unwrap()).collect();
    let inputs: Vec<Input<'_>> = mails.iter().map(|bytes| Input { name: None, bytes }).collect();
    let report = analyze(&inputs, &Options::default());
    let finding = &report.findings[report.verdict.finding.unwrap()];
    let letters = on_finding(&report, finding);
    assert!(letters.len() > 1, "{letters:?}");
    let title = format!("Texts to {} postmasters", letters.len());
    let html = page::render(report.clone(), "", 0, None).await;
    assert!(html.contains(&title));
    for letter in letters {
        assert!(html.contains(&letter.english.to));
    }
}

#[tokio::test]
async fn the_table_of_hops_can_be_copied() {
    let mail = fixture("routing-loop/fires-two-smart-hosts.eml");
    assert!(page::render(report_on(&mail), &mail, 0, None).await.contains(r#"data-testid="copy-csv""#));
}

#[test]
fn the_name_of_a_file_tells_the_day_and_nothing_of_the_mail() {
    let report = report_on("Received: from a by b; Tue, 3 Nov 2026 00:30:00 +0100\nSubject: ../secret\n");
    assert_eq!(file_name(&report, 0, "csv"), "hopscope-2026-11-02.csv");
    let report = report_on("Received: from a by b\nSubject: x\n");
    for kind in Export::ALL {
        assert_eq!(file_name(&report, 0, kind.ending()), format!("hopscope-report.{}", kind.ending()));
    }
}
