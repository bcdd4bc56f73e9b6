//! The steps of remedies: what is typed stands in backticks, each writer shows that in its own way, and nothing from a mail gets in.

mod common;

use std::fs;

use common::{files, project, report_on};
use hopscope::report::steps::{Piece, pieces};
use hopscope::report::{Report, markdown, text, ticket};

fn fixtures() -> Vec<(String, String)> {
    let read = |path: std::path::PathBuf| (path.display().to_string(), fs::read_to_string(&path).unwrap());
    files("tests/fixtures/findings", ".eml").into_iter().map(read).collect()
}

fn steps(report: &Report) -> impl Iterator<Item = &String> {
    report.findings.iter().flat_map(|finding| &finding.remedies).flat_map(|remedy| &remedy.steps)
}

fn commands(report: &Report) -> Vec<&str> {
    let code = |piece| if let Piece::Code(code) = piece { Some(code) } else { None };
    steps(report).flat_map(|step| pieces(step)).filter_map(code).collect()
}

/// Whether every backtick has its partner, and what they set off is a command and no stray blank.
fn assert_is_well_set(step: &str, name: &str) {
    assert_eq!(step.matches('`').count() % 2, 0, "{name}: {step}");
    assert!(!step.contains("``"), "{name}: {step}");
    for piece in pieces(step) {
        if let Piece::Code(code) = piece {
            assert_eq!(code.trim(), code, "{name}: {step}");
        }
    }
}

#[test]
fn every_backtick_of_a_step_is_closed() {
    let mut with_commands = 0;
    for (name, mail) in fixtures() {
        let report = report_on(&mail);
        steps(&report).for_each(|step| assert_is_well_set(step, &name));
        with_commands += usize::from(!commands(&report).is_empty());
    }
    assert!(with_commands > 100, "{with_commands}");
}

#[test]
fn plain_writers_show_steps_without_backticks() {
    let mut letters = 0;
    for (name, mail) in fixtures() {
        let report = report_on(mail.replace('`', "'"));
        for finding in report.findings.iter().filter_map(|finding| finding.letter.as_ref()) {
            letters += 1;
            assert!(!finding.text.contains('`'), "{name}: {}", finding.text);
        }
        for shown in [text::write(&report), ticket::write(&report)] {
            assert!(!shown.contains('`'), "{name}: {shown}");
        }
    }
    assert!(letters > 20, "{letters}");
}

#[test]
fn markdown_shows_each_command_as_code() {
    for (name, mail) in fixtures() {
        let report = report_on(&mail);
        let shown = markdown::write(&report);
        for code in commands(&report) {
            assert!(shown.contains(&format!("`{code}`")), "{name}: {code}");
        }
    }
}

/// Where a mail has values of which steps are made: addresses, domains, host names, numbers, tags, accounts.
const MARKS: [&str; 10] = ["@", "example.", "mx", " id ", " d=", "s=", "by ", "from ", "(", "<"];

/// The mail with what could break out of a command at one of the marks. All at once would leave nothing for the rules to find.
fn hostile(mail: &str, mark: &str, put: &str) -> String {
    let is_before = mark.ends_with(|end: char| end.is_ascii_alphanumeric() || matches!(end, '@' | '.'));
    mail.replace(mark, &if is_before { format!("{put}{mark}") } else { format!("{mark}{put}") })
}

#[test]
fn what_a_mail_says_neither_opens_nor_enters_a_command() {
    for (name, mail) in fixtures().into_iter().filter(|(name, _)| name.contains("/fires-")) {
        for put in ["`qz`", "$(qz)", "`"] {
            for mark in MARKS {
                let report = report_on(hostile(&mail, mark, put));
                for step in steps(&report) {
                    assert_is_well_set(step, &name);
                }
                for code in commands(&report) {
                    assert!(!code.contains("qz"), "{name}: {code}");
                }
            }
        }
    }
}

#[test]
fn a_command_is_offered_whole() {
    let mail = fs::read_to_string(project("tests/fixtures/findings/routing-loop/fires-two-smart-hosts.eml"))
        .unwrap();
    let report = report_on(&mail);
    let commands = commands(&report);
    for command in ["postmap -q example.org TABLE", "postfix reload"] {
        assert!(commands.contains(&command), "{commands:?}");
    }
}
