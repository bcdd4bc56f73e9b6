//! What goes out to others: the texts for postmasters and the summary for a ticket, over all that the fixtures show; and that what
//! explains what is known by the catalogue.

mod common;

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use common::{files, report_on};
use hopscope::report::{Letter, Report, Severity, markdown, text, ticket};
use hopscope::rules::RULES;
use hopscope::rules::causes::CAUSES;
use hopscope::{Input, Options, analyze};

/// Everything that a person could hand in, one at a time.
fn reports() -> Vec<(String, Report)> {
    let folders = ["tests/fixtures/findings", "tests/fixtures/lab", "tests/fixtures/bounces", "www/samples"];
    let paths = folders.iter().flat_map(|folder| files(folder, ".eml"));
    paths.map(|path| (path.display().to_string(), report_on(fs::read(&path).unwrap()))).collect()
}

#[test]
fn a_letter_names_a_postmaster_shows_the_lines_and_says_what_would_help() {
    let mut count = 0;
    for (name, report) in reports() {
        for finding in report.findings.iter().filter(|finding| finding.letter.is_some()) {
            let letter = finding.letter.as_ref().unwrap();
            let culprit = finding.culprit.as_ref().unwrap_or_else(|| panic!("{name}: a letter to nobody"));
            let domain =
                letter.to.strip_prefix("postmaster@").unwrap_or_else(|| panic!("{name}: {}", letter.to));
            let names = [culprit.domain.as_deref(), culprit.host.as_deref()];
            assert!(names.contains(&Some(domain)), "{name}: {domain}, but {culprit:?}");
            assert!(finding.severity >= Severity::Medium, "{name}: nobody is written to for less");
            let text = &letter.text;
            assert!(text.starts_with(&format!("Dear postmaster of {domain},\n\n")), "{name}: {text}");
            assert!(text.contains(&finding.what), "{name}: {text}");
            assert!(text.contains("\n1. "), "{name}: no step that would help\n{text}");
            assert!(text.trim_end().ends_with("Kind regards"), "{name}: {text}");
            assert!(text.lines().count() < 80, "{name}: nobody reads {} lines", text.lines().count());
            count += 1;
        }
    }
    assert!(count > 10, "{count} letters");
}

/// Words of English that no German sentence has.
const ENGLISH: [&str; 12] = [
    " the ", " and ", " of ", " is ", " it ", " to ", " you ", " that ", " from ", " which ", "The ", "Dear ",
];

/// What is ours in a letter: all but the quoted lines, which are indented.
fn own_words(text: &str) -> String {
    text.lines().filter(|line| !line.starts_with("  ")).map(|line| format!("{line} ")).collect()
}

fn assert_is_german(name: &str, english: &Letter, german: &Letter) {
    assert_eq!(german.to, english.to, "{name}");
    let text = &german.text;
    assert!(text.starts_with("Guten Tag,\n\n"), "{name}: {text}");
    assert!(text.trim_end().ends_with("Mit freundlichen Grüßen"), "{name}: {text}");
    assert!(text.contains("\n1. ") && text.contains("\n2. "), "{name}: no steps\n{text}");
    assert!(text.lines().count() < 80, "{name}: nobody reads {} lines", text.lines().count());
    assert!(!text.contains('`'), "{name}: {text}");
    let own = format!("{} {}", german.subject, own_words(text));
    for word in ENGLISH {
        assert!(!own.contains(word), "{name}: “{word}” in {own}");
    }
    // The lines of the header stand in both as they are.
    for line in english.text.lines().filter(|line| line.starts_with("  ") && !line.starts_with("  (")) {
        assert!(text.contains(line), "{name}: {line} is missing in {text}");
    }
}

#[test]
fn every_letter_is_there_in_german_and_in_german_alone() {
    let mut ids = HashSet::new();
    for (name, report) in reports() {
        for finding in &report.findings {
            assert_eq!(finding.letter.is_some(), finding.letter_german.is_some(), "{name}: {}", finding.id);
            if let Some((english, german)) = finding.letter.as_ref().zip(finding.letter_german.as_ref()) {
                assert_is_german(&name, english, german);
                for ours in [&finding.title, &finding.what, &finding.why] {
                    assert!(!german.text.contains(ours), "{name}: {ours}");
                }
                let has_own_words = !german.subject.starts_with("Störung bei der Zustellung");
                assert!(has_own_words, "{name}: {} has no German words of its own", finding.id);
                ids.insert(finding.id.clone());
            }
        }
    }
    assert!(ids.len() >= 6, "{ids:?}");
}

#[test]
fn the_makers_of_copies_get_german_letters_too() {
    let mut count = 0;
    let mut folders: Vec<_> = files("tests/fixtures/copies", ".eml")
        .into_iter()
        .filter_map(|path| path.parent().map(Path::to_owned))
        .collect();
    folders.dedup();
    for folder in folders {
        let name = folder.display().to_string();
        let mails: Vec<Vec<u8>> = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "eml"))
            .map(|path| fs::read(path).unwrap())
            .collect();
        let inputs: Vec<Input<'_>> = mails.iter().map(|bytes| Input { name: None, bytes }).collect();
        let report = analyze(&inputs, &Options::default());
        for maker in report.copies.iter().flat_map(|copies| &copies.sets).flat_map(|set| &set.makers) {
            assert_eq!(maker.letter.is_some(), maker.letter_german.is_some(), "{name}");
            if let Some((english, german)) = maker.letter.as_ref().zip(maker.letter_german.as_ref()) {
                assert_is_german(&name, english, german);
                count += 1;
            }
        }
        for finding in report.findings.iter().filter(|finding| finding.letter.is_some()) {
            assert_is_german(
                &name,
                finding.letter.as_ref().unwrap(),
                finding.letter_german.as_ref().unwrap(),
            );
        }
    }
    assert!(count > 0, "{count} letters to makers");
}

#[test]
fn the_text_and_markdown_reports_show_each_letter_below_the_findings() {
    let mut count = 0;
    for (name, report) in reports() {
        let letters: Vec<_> = report.findings.iter().filter_map(|finding| finding.letter.as_ref()).collect();
        let (text, markdown) = (text::write(&report), markdown::write(&report));
        assert_eq!(text.matches("\nText for postmaster@").count(), letters.len(), "{name}");
        assert_eq!(markdown.matches("\n## Text for `postmaster@").count(), letters.len(), "{name}");
        for letter in letters {
            let at = text.find(&format!("\nText for {}\n", letter.to)).unwrap_or_else(|| panic!("{name}"));
            assert!(text[..at].contains(&report.findings[0].title), "{name}");
            assert!(text[at..].contains("  Dear postmaster of "), "{name}");
            count += 1;
        }
    }
    assert!(count > 10, "{count} letters");
}

#[test]
fn a_ticket_has_under_fifteen_lines_and_none_that_is_long() {
    for (name, report) in reports() {
        let ticket = ticket::write(&report);
        assert!(ticket.lines().count() < 15, "{name}:\n{ticket}");
        for line in ticket.lines() {
            assert!(line.chars().count() <= 200, "{name}: {line}");
            assert!(!line.trim().is_empty(), "{name}:\n{ticket}");
        }
        let on_top: String = ticket.lines().take(2).collect::<Vec<_>>().join(" ");
        let start: String = report.verdict.headline.chars().take(100).collect();
        assert!(on_top.starts_with(&start), "{name}: {on_top}");
    }
}

/// Findings on copies that are announced but not written yet.
const ANNOUNCED: [&str; 10] = [
    "duplicate-forwarded",
    "duplicate-list-and-direct",
    "duplicate-multidrop",
    "duplicate-redelivered",
    "duplicate-refetched",
    "duplicate-reinjected",
    "duplicate-sent-twice",
    "duplicate-stored-twice",
    "duplicate-two-addresses",
    "not-duplicates",
];

#[test]
fn every_cause_and_all_that_it_explains_is_a_finding() {
    let known: HashSet<&str> = RULES.iter().map(|rule| rule.id).chain(ANNOUNCED).collect();
    let mut count = 0;
    for (cause, explained) in CAUSES {
        for id in std::iter::once(cause).chain(*explained) {
            assert!(known.contains(id), "{id} is no finding");
            count += 1;
        }
        assert!(!explained.contains(cause), "{cause} explains itself");
    }
    assert!(count > 20, "{count} ids");
}

#[test]
fn no_finding_is_explained_by_itself_by_way_of_others() {
    for (name, report) in reports() {
        for (place, finding) in report.findings.iter().enumerate() {
            let mut next = finding.explained_by;
            for _ in 0..report.findings.len() {
                assert_ne!(next, Some(place), "{name}: {}", finding.id);
                next = next.and_then(|place| report.findings[place].explained_by);
            }
            assert_eq!(next, None, "{name}: {} leads round", finding.id);
        }
    }
}
