//! Findings on the sender's identity: what they say, how bad they call it, whom they name, and on whose word they rely.

mod common;

use std::fs;
use std::time::Instant;

use common::{project, report_on};
use hopscope::report::{Confidence, Finding, Severity};

fn fixture(path: &str) -> String {
    fs::read_to_string(project("tests/fixtures/findings").join(path).with_extension("eml")).unwrap()
}

fn finding(text: &str, id: &str) -> Option<Finding> {
    report_on(text).findings.into_iter().find(|finding| finding.id == id)
}

fn fired(path: &str) -> Finding {
    let id = path.split('/').next().unwrap();
    finding(&fixture(path), id).unwrap_or_else(|| panic!("{path} does not fire"))
}

#[test]
fn a_forged_sender_whose_domain_asks_for_rejection_is_worth_an_alarm() {
    let dmarc = fired("dmarc-fail/fires-forged-sender");
    assert_eq!(dmarc.severity, Severity::Medium);
    assert!(dmarc.what.contains("mx.example.com") && dmarc.what.contains("example.org"), "{}", dmarc.what);
    assert_eq!(dmarc.culprit, None, "nobody is blamed without evidence");
    assert_eq!(fired("spf-fail/fires-forged-sender").severity, Severity::Low);
}

#[test]
fn a_list_that_explains_the_failure_makes_it_a_note_and_is_named() {
    let dmarc = fired("dmarc-fail/fires-behind-list");
    assert_eq!(dmarc.severity, Severity::Info);
    assert!(dmarc.what.contains("the mailing list talk@lists.example.net"), "{}", dmarc.what);
    assert!(dmarc.remedies[0].steps[0].contains("DMARC Mitigations"));
    let dkim = fired("dkim-fail/fires-behind-list");
    assert_eq!(dkim.severity, Severity::Info);
}

#[test]
fn a_forwarder_that_had_a_good_signature_is_the_culprit() {
    let dmarc = fired("dmarc-fail/fires-behind-forwarder");
    assert_eq!(dmarc.severity, Severity::Info);
    assert_eq!(dmarc.culprit.unwrap().host.as_deref(), Some("old.example.net"));
    assert!(
        dmarc.evidence.iter().any(|evidence| evidence.label.starts_with("Before that, old.example.net says"))
    );
}

#[test]
fn a_service_that_signs_for_itself_is_told_apart_from_a_forger() {
    let dmarc = fired("dmarc-fail/fires-service-not-set-up");
    assert_eq!(dmarc.severity, Severity::Low);
    assert!(dmarc.what.ends_with("the signature passed, but for example.net."), "{}", dmarc.what);
    assert!(dmarc.remedies.iter().any(|remedy| remedy.steps[0].contains("Set-DkimSigningConfig")));
}

#[test]
fn what_fails_behind_a_forwarder_does_no_harm_where_dmarc_passes() {
    let spf = fired("spf-fail/fires-behind-forwarder");
    assert_eq!(spf.severity, Severity::Info);
    assert!(spf.why.contains("does no harm"), "{}", spf.why);
    assert!(spf.remedies.is_empty());
}

#[test]
fn results_that_stand_where_only_the_receiver_writes_are_certain() {
    let mail = fixture("dmarc-fail/fires-forged-sender");
    let (first, rest) = mail.split_once("Return-Path").unwrap();
    let results = "Authentication-Results: mx.example.com; dmarc=fail (p=reject) header.from=example.org\n";
    let above = format!("{first}{results}Return-Path{rest}");
    assert_eq!(finding(&above, "dmarc-fail").unwrap().confidence, Confidence::Certain);
    assert_eq!(finding(&mail, "dmarc-fail").unwrap().confidence, Confidence::Likely);
}

#[test]
fn a_pass_that_the_sender_brought_along_silences_nothing() {
    let mail = fixture("auth-results-untrusted/fires-forged-and-contradicted");
    assert_eq!(finding(&mail, "dmarc-fail").unwrap().severity, Severity::Medium);
    assert_eq!(finding(&mail, "auth-results-untrusted").unwrap().severity, Severity::Low);
}

/// A message that Exchange Online took from a filter service.
fn behind_a_filter(hops: &str) -> String {
    format!(
        "Received: from DB9PR01MB0002.eurprd01.prod.outlook.com (2603:10a6:10:2::2) by AM6PR01MB0001.eurprd01.prod.outlook.com with HTTPS; Mon, 2 Nov 2026 08:00:05 +0000\n\
         Received: from VE1EUR01FT001.eop-EUR01.prod.protection.outlook.com (2603:10a6:10:2:cafe::1) by DB9PR01MB0002.outlook.office365.com (2603:10a6:10:2::2) with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.20.1.1 via Frontend Transport; Mon, 2 Nov 2026 08:00:04 +0000\n\
         Authentication-Results: spf=fail (sender IP is 192.0.2.33) smtp.mailfrom=example.org; dkim=fail (body hash did not verify) header.d=example.org;dmarc=fail action=oreject header.from=example.org;compauth=fail reason=000\n\
         {hops}\
         From: Ann <ann@example.org>\nSubject: Agenda\nDate: Mon, 2 Nov 2026 08:00:00 +0000\n"
    )
}

#[test]
fn a_filter_service_in_front_of_microsoft_365_is_looked_past() {
    let mail = behind_a_filter(
        "Received: from eu-smtp-1.mimecast.com (192.0.2.33) by VE1EUR01FT001.mail.protection.outlook.com (10.152.2.1) with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.20.1.1 via Frontend Transport; Mon, 2 Nov 2026 08:00:03 +0000\n\
         Authentication-Results-Original: relay.mimecast.com; dkim=pass header.d=example.org; spf=pass smtp.mailfrom=ann@example.org; dmarc=pass (policy=reject) header.from=example.org\n\
         Received: from mail.example.org (mail.example.org [192.0.2.25]) by eu-smtp-1.mimecast.com with ESMTP id uk-mta-1; Mon, 2 Nov 2026 08:00:02 +0000\n",
    );
    let dmarc = finding(&mail, "dmarc-fail").unwrap();
    assert_eq!(dmarc.severity, Severity::Low);
    assert!(dmarc.what.contains("the filter service eu-smtp-1.mimecast.com"), "{}", dmarc.what);
    assert!(dmarc.remedies[0].steps[0].contains("Set-InboundConnector"));
    assert_eq!(finding(&mail, "auth-results-untrusted"), None, "the service is on the route");
}

#[test]
fn every_finding_on_identity_says_who_checked_and_shows_the_check() {
    for id in ["spf-fail", "dkim-fail", "dmarc-fail"] {
        for path in common::files(&format!("tests/fixtures/findings/{id}"), ".eml") {
            let text = fs::read_to_string(&path).unwrap();
            let Some(finding) = finding(&text, id) else { continue };
            // Microsoft's own judgement is only written by its own servers.
            let receivers = ["mx.example.com", "AMS0EPF00000001.mail.protection.outlook.com"];
            assert!(receivers.iter().any(|server| finding.what.starts_with(server)), "{}", finding.what);
            let [start, end] = finding.evidence[0].span;
            let method = id.trim_end_matches("-fail");
            assert!(
                text[start..end].to_lowercase().contains(method)
                    || text[start..end].to_lowercase().contains("fail"),
                "{}",
                &text[start..end]
            );
        }
    }
}

#[test]
fn a_hundred_thousand_results_and_seals_cost_no_more_than_their_length() {
    let line = "Received: from a.example.org by mx.example.com; Mon, 2 Nov 2026 09:00:00 +0100\n";
    let fields = [
        "Authentication-Results: mx.example.com; dmarc=pass; spf=fail; dkim=fail header.d=example.org\n",
        "ARC-Seal: i=50; cv=fail\n",
        "Authentication-Results: \u{e9}; dkim=fail\n",
        "DKIM-Signature: d=example.org; s=a\n",
        "X-Spam-Status: Yes, score=5\n",
        "From: ann@example.org\n",
        "Received-SPF: fail\n",
        line,
    ];
    for field in fields {
        let text = format!("{line}{}{line}", field.repeat(500_000 / field.len()));
        let start = Instant::now();
        report_on(&text);
        assert!(start.elapsed().as_secs() < 20, "{field}: {:?}", start.elapsed());
    }
    let long = format!(
        "{line}Authentication-Results: mx.example.com; {}\n",
        "dkim=fail (a) header.d=\u{e9}; ".repeat(30_000)
    );
    let start = Instant::now();
    report_on(&long);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn what_to_do_behind_a_forwarder_or_list_is_said_once_with_dmarc() {
    for name in ["dmarc-fail/fires-behind-forwarder", "dmarc-fail/fires-behind-list"] {
        let findings = report_on(fixture(name)).findings;
        let place = findings.iter().position(|finding| finding.id == "dmarc-fail").unwrap();
        assert!(!findings[place].remedies.is_empty(), "{name}");
        let others =
            findings.iter().filter(|finding| ["spf-fail", "dkim-fail"].contains(&finding.id.as_str()));
        let mut count = 0;
        for other in others {
            assert!(other.remedies.is_empty(), "{name}: {} repeats the steps", other.id);
            assert!(other.why.ends_with("stands with the check of DMARC."), "{name}: {}", other.why);
            assert_eq!(other.explained_by, Some(place), "{name}: {}", other.id);
            count += 1;
        }
        assert!(count > 0, "{name} shows nothing");
    }
}

#[test]
fn without_dmarc_the_failure_of_spf_keeps_its_own_steps() {
    let mail = fixture("dmarc-fail/fires-behind-forwarder");
    let without = mail.replace("dmarc=fail", "dmarc=none");
    assert_ne!(mail, without);
    let findings = report_on(without).findings;
    let told = findings.iter().filter(|finding| ["spf-fail", "dkim-fail"].contains(&finding.id.as_str()));
    let told: Vec<_> = told.collect();
    assert!(!told.is_empty() && told.iter().all(|finding| finding.explained_by.is_none()));
    assert!(told.iter().any(|finding| !finding.remedies.is_empty()));
}

#[test]
fn what_microsoft_accepts_all_the_same_is_a_note() {
    let mail = fixture("dmarc-fail/fires-accepted-all-the-same");
    let dmarc = finding(&mail, "dmarc-fail").unwrap();
    assert_eq!(dmarc.severity, Severity::Info);
    assert!(dmarc.why.ends_with("passed all the same (compauth=pass reason=130)."), "{}", dmarc.why);
    assert_eq!(finding(&mail, "dkim-fail").unwrap().severity, Severity::Info);
    let refused = mail.replace("compauth=pass reason=130", "compauth=fail reason=000");
    assert_ne!(mail, refused);
    assert_eq!(finding(&refused, "dmarc-fail").unwrap().severity, Severity::Medium);
}

#[test]
fn all_that_one_filter_wrote_is_told_once_by_each_key() {
    let mail = fixture("dmarc-fail/fires-accepted-all-the-same");
    let why = finding(&mail, "filter-verdict").unwrap().why;
    for told in ["SCL 1:", "reason 130:", "BCL 0:", "dest I:"] {
        assert_eq!(why.matches(told).count(), 1, "{told} in {why}");
    }
    let headline =
        report_on(mail.replace("SFV:NSPM", "SFV:SPM").replace("SCL:1;", "SCL:5;")).verdict.headline;
    assert!(headline.contains("Microsoft 365 classed this message as spam."), "{headline}");
}
