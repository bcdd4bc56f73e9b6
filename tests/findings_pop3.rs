//! POP3 connectors, shared mailboxes, catch-alls and bounces to forged senders: what the findings say, whom they name, and what they
//! advise.

mod common;

use common::{project, report_on};
use hopscope::report::{Confidence, Finding, Report, Severity};

fn report(id: &str, fixture: &str) -> Report {
    let path = project("tests/fixtures/findings").join(id).join(fixture).with_extension("eml");
    report_on(std::fs::read(path).unwrap())
}

fn finding(id: &str, fixture: &str) -> Finding {
    let found = report(id, fixture).findings.into_iter().find(|finding| finding.id == id);
    found.unwrap_or_else(|| panic!("{id} does not fire on {fixture}"))
}

/// All that a finding advises, in one text.
fn advice(finding: &Finding) -> String {
    finding.remedies.iter().flat_map(|remedy| &remedy.steps).cloned().collect::<Vec<_>>().join("\n")
}

fn assert_says(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "“{word}” is missing in:\n{text}");
    }
}

#[test]
fn a_copy_of_the_connector_names_server_and_domain_and_clears_the_sender() {
    let finding = finding("pop3-connector-reinjection", "fires-sbs-copy");
    assert_eq!(
        finding.what,
        "The mail server of office.example.com fetched this mail of martha@example.org by POP3 and sent it out again to everybody in To and Cc; martha@example.org did nothing wrong."
    );
    assert_eq!((finding.severity, finding.confidence), (Severity::High, Confidence::Certain));
    let culprit = finding.culprit.as_ref().unwrap();
    assert_eq!(culprit.host.as_deref(), Some("office.example.com"));
    assert_eq!(culprit.domain.as_deref(), Some("office.example.com"));
}

#[test]
fn each_sign_of_the_connector_shows_its_points() {
    let finding = finding("pop3-connector-reinjection", "fires-sbs-copy");
    let labels: Vec<&str> = finding.evidence.iter().map(|evidence| evidence.label.as_str()).collect();
    assert!(
        labels[0].starts_with("The address of the connector, mspop3connector.reception@office.example.com")
    );
    let points = [
        "(4 points)",
        "(4 points, 6 together",
        "(2 points)",
        "(2 points)",
        "(1 point)",
        "(1 point)",
        "(1 point)",
    ];
    assert_eq!(labels.len(), points.len(), "{labels:#?}");
    for (label, points) in labels.iter().zip(points) {
        assert!(label.contains(points), "{label}: {points}");
    }
    assert!(finding.why.ends_with("The signs weigh 13 points where 6 are enough."), "{}", finding.why);
}

#[test]
fn the_advice_on_the_connector_is_complete() {
    let finding = finding("pop3-connector-reinjection", "fires-sbs-copy");
    assert_says(
        &advice(&finding),
        &[
            "Microsoft Connector for POP3 Mailboxes",
            "PickUp",
            "KB 835734",
            "Delete (no NDR)",
            "MX record",
            "dynamic DNS",
            "second MX record",
            "at another port",
            "ETRN",
            "one mailbox at the provider for each user",
            "No catch-all",
            "Do not reply to all",
            "postmaster@office.example.com",
            "hours or days",
            "did nothing wrong",
            "Bcc",
        ],
    );
    let who: Vec<&str> = finding.remedies.iter().map(|remedy| remedy.who.as_str()).collect();
    assert_eq!(who[0], "Whoever runs the mail server of office.example.com (postmaster@office.example.com)");
    assert!(who.contains(&"The sender, martha@example.org"));
}

#[test]
fn a_reply_to_a_copy_is_a_note_and_no_verdict() {
    let report = report("pop3-connector-address", "fires-reply-to-a-copy");
    let ids: Vec<&str> = report.findings.iter().map(|finding| finding.id.as_str()).collect();
    assert!(ids.contains(&"pop3-connector-address"), "{ids:?}");
    assert_eq!(report.verdict.severity, Severity::Info);
}

#[test]
fn a_fetch_tells_program_account_and_whose_mailbox_it_is() {
    let finding = finding("pop3-fetch", "fires-gmail-fetch-info");
    assert_eq!(
        finding.what,
        "Gmail collected this message from the mailbox “emil.k” at pop.example.net. It had been waiting there for 13 minutes."
    );
    let shared = report("multidrop-guessing", "fires-no-record");
    let fetch = shared.findings.iter().find(|finding| finding.id == "pop3-fetch").unwrap();
    assert!(fetch.what.starts_with(
        "srv.example.com collected this message from the mailbox “firm” at pop.example.net with fetchmail."
    ));
    assert!(fetch.why.starts_with("Several people share the mailbox"), "{}", fetch.why);
}

#[test]
fn a_shared_mailbox_that_records_the_recipient_is_fine_and_gets_its_line() {
    let finding = finding("multidrop-readiness", "fires-recorded");
    assert_eq!(finding.severity, Severity::Ok);
    assert_says(
        &advice(&finding),
        &[
            "poll pop.example.net protocol POP3 localdomains example.com envelope \"X-Original-To\" user \"firm\" to * here",
        ],
    );
    assert_says(&finding.why, &["(1)", "(2)", "carl@example.com in X-Original-To", "(3)"]);
}

#[test]
fn the_prefix_of_qmail_comes_into_the_line() {
    let finding = finding("multidrop-readiness", "fires-qmail-prefix");
    assert_says(&advice(&finding), &["envelope \"Delivered-To\" qvirtual \"ispuser-\""]);
}

#[test]
fn a_shared_mailbox_without_a_record_cannot_be_sorted() {
    let finding = finding("multidrop-readiness", "fires-no-record");
    assert_eq!(finding.severity, Severity::Low);
    assert!(finding.what.ends_with("so that such mail cannot be sorted."), "{}", finding.what);
}

#[test]
fn the_record_that_was_not_used_is_shown_to_the_one_who_guessed() {
    let finding = finding("multidrop-guessing", "fires-by-default");
    assert_says(&advice(&finding), &["envelope \"X-Original-To\""]);
    assert!(
        finding
            .evidence
            .iter()
            .any(|one| one.label == "X-Original-To records carl@example.com as the recipient.")
    );
}

#[test]
fn each_program_gets_its_own_line() {
    let programs = [
        ("POP3 getmail6", "for carl@srv.example.com", ""),
        ("DomainPOP (MDaemon.v13.0.3.R)", "for <carl@example.com>", "leave only"),
    ];
    for (with, recipient, words) in programs {
        let text = format!(
            "Received: from pop.example.net by srv.example.com with {with} {recipient}; Thu, 12 Nov 2026 09:30:02 +0100\nReceived: from a.example.org by mx.example.net with ESMTP; Thu, 12 Nov 2026 09:16:31 +0100\nTo: carl@example.com\nSubject: x\n"
        );
        let findings = report_on(text).findings;
        let all: String = findings.iter().map(advice).collect();
        assert!(all.contains(words), "{with}: {all}");
    }
}

#[test]
fn who_fed_the_mail_back_is_named_and_the_sender_is_not_blamed() {
    let finding = finding("recipient-reinjection", "fires-sendmail-t");
    assert_eq!(
        finding.what,
        "srv.example.com probably collected this mail from pop.example.org and sent it out again to martha@example.net, to whom it was written in the first place."
    );
    assert_eq!(finding.culprit.as_ref().unwrap().domain.as_deref(), Some("example.com"));
    assert_says(&advice(&finding), &["sendmail -t", "ETRN", "The sender has nothing to mend"]);
    assert!(finding.why.contains("not to blame"));
}

#[test]
fn a_bounce_of_a_forged_mail_is_for_its_victim_and_its_source() {
    let report = report("backscatter", "fires-forged-sender");
    let victim = report.findings.iter().find(|finding| finding.id == "backscatter").unwrap();
    assert_eq!(
        victim.what,
        "mx.example.org returned a mail to ann@example.com that example.com probably never sent: the sender was forged."
    );
    assert_says(&advice(victim), &["SPF", "DKIM", "DMARC", "RCPT TO"]);
    let source = report.findings.iter().find(|finding| finding.id == "backscatter-source").unwrap();
    assert_eq!(source.culprit.as_ref().unwrap().host.as_deref(), Some("mx.example.org"));
}

#[test]
fn a_server_that_returns_what_it_fetched_is_told_every_way_out() {
    let finding = finding("backscatter-source", "fires-after-a-fetch");
    assert_eq!(
        finding.what,
        "sbs.example.org collected this mail from pop.example.net and returned it to ann@example.com afterwards: whoever is forged as a sender gets such bounces."
    );
    assert_says(
        &advice(&finding),
        &[
            "catch-all",
            "Set-RecipientFilterConfig",
            "TarpitInterval",
            "Authoritative",
            "Send copy of Non-Delivery Report",
            "relay_recipient_maps",
            "ETRN",
        ],
    );
}
