//! What is said of bounces: who refused, for whom and why, where the code, the words and the place of both differ from server to server.

mod common;

use std::fs;

use common::{project, report_on};
use hopscope::report::{Confidence, Finding};

fn bounce(fixture: &str) -> Finding {
    let path = project("tests/fixtures/findings/bounce").join(fixture).with_extension("eml");
    let findings = report_on(fs::read(path).unwrap()).findings;
    findings.into_iter().find(|finding| finding.id == "bounce").unwrap_or_else(|| panic!("{fixture}"))
}

#[test]
fn the_sentence_names_who_refused_for_whom_and_why() {
    let cases = [
        (
            "fires-greylisted",
            "out.example.org has not yet been able to deliver the message to ben@example.com and goes on trying: the server asks to try again in a while (greylisting) (450 4.2.0).",
        ),
        (
            "fires-block-list",
            "mx.example.com refused the message to ben@example.com, as out.example.org reports: the sender is blocked as a source of unwanted mail (554 5.7.1).",
        ),
        (
            "fires-broad-code-with-unknown-words",
            "mx.example.com refused the message to ben@example.com, as out.example.org reports: the server does not allow this message (550 5.7.1); it says “550 5.7.1 Rule 17 of the house”.",
        ),
        (
            "fires-filter-on-the-same-machine",
            "A program on the machine of out.example.org refused the message to ben@example.com: its content was not accepted (554 5.7.0).",
        ),
        (
            "fires-unknown-host",
            "out.example.org could not deliver the message to ben@wrong.example.com: the domain does not exist or takes no mail (5.4.4).",
        ),
        (
            "fires-not-an-unknown-mailbox",
            "mx.example.com refused the message to ben@example.com, as out.example.org reports: the mailbox is not available; most often there is none of this name (550 5.0.0).",
        ),
        (
            "fires-suppression-list",
            "out.example.org could not deliver the message to ben@example.com: the sending service does not write to this address any more, because mail to it came back before (550 5.1.1).",
        ),
        (
            "fires-exim-message-of-another",
            "The mail system of out.example.org could not deliver the message to ben@example.com: the time for trying was over.",
        ),
        (
            "fires-closed-group",
            "The mail system of example.net could not deliver the message to sales@example.net: the group is not there, or the sender may not write to it.",
        ),
        (
            "fires-quoted-exchange-online",
            "The mail system of out.example.org could not deliver the message to ben@example.com: there is no such mailbox in this domain, or the server does not relay for it (5.4.1).",
        ),
    ];
    for (fixture, sentence) in cases {
        assert_eq!(bounce(fixture).what, sentence, "{fixture}");
    }
}

#[test]
fn each_sort_of_trouble_has_steps_of_its_own() {
    let cases = [
        ("fires-greylisted", "Wait"),
        ("fires-block-list", "taken off the list"),
        ("fires-no-encryption", "openssl s_client"),
        ("fires-suppression-list", "Suppression list"),
        ("fires-closed-group", "owner of the group"),
        ("fires-unknown-host", "typing error"),
    ];
    for (fixture, words) in cases {
        let finding = bounce(fixture);
        let steps: Vec<&String> = finding.remedies.iter().flat_map(|remedy| &remedy.steps).collect();
        assert!(steps.iter().any(|step| step.contains(words)), "{fixture}: {steps:?}");
    }
}

#[test]
fn a_reason_by_words_alone_is_less_sure_than_one_by_code() {
    assert_eq!(bounce("fires-closed-group").confidence, Confidence::Likely);
    assert_eq!(bounce("fires-mailbox-full").confidence, Confidence::Certain);
}

#[test]
fn a_broad_code_is_said_to_leave_much_open() {
    let why = bounce("fires-block-list").why;
    assert!(why.contains("leaves much open"), "{why}");
}

#[test]
fn a_code_that_says_exactly_what_it_is_counts_for_more_than_words() {
    let path = project("tests/fixtures/findings/bounce/fires-mailbox-full.eml");
    let mail = fs::read_to_string(path).unwrap();
    let status = "Status: 5.2.2\n";
    assert!(mail.contains(status));
    let said =
        mail.replace(status, "Status: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 Blocked for policy reasons\n");
    let findings = report_on(said).findings;
    let what = &findings.iter().find(|finding| finding.id == "bounce").unwrap().what;
    assert!(what.contains("the mailbox is full"), "{what}");
}
