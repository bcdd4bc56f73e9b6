//! What changes when the reader names their own domains and the hosts that they trust, and what does not.

mod common;

use std::fmt::Write;
use std::fs;

use common::{project, report_on};
use hopscope::report::diagram::{Part, Space, draw};
use hopscope::report::{Confidence, Finding, Message, Report};
use hopscope::{Input, Options, analyze};

/// The report of a reader who has named these domains and hosts.
fn report_of(text: impl AsRef<[u8]>, domains: &[&str], hosts: &[&str]) -> Report {
    let mut options = Options::default();
    options.own_domains = domains.iter().map(|&domain| domain.to_owned()).collect();
    options.trusted_hosts = hosts.iter().map(|&host| host.to_owned()).collect();
    analyze(&[Input { name: None, bytes: text.as_ref() }], &options)
}

/// A header with these Received lines, the newest first, each with its date, and further fields below.
fn header(newest_first: &[&str], below: &str) -> String {
    let mut text = String::new();
    for line in newest_first {
        writeln!(text, "Received: {line}; Mon, 2 Nov 2026 09:00:00 +0100").unwrap();
    }
    format!("{text}{below}From: ann@example.org\nSubject: test\n")
}

/// The oldest hop that the reader's side wrote, and the entry by which it counts; absent where that is all of them.
fn boundary(message: &Message) -> Option<(usize, Option<&str>)> {
    message.boundary.as_ref().map(|boundary| (boundary.hop, boundary.entry.as_deref()))
}

fn boundary_of(lines: &[&str], domains: &[&str], hosts: &[&str]) -> Option<(usize, Option<String>)> {
    let report = report_of(header(lines, ""), domains, hosts);
    boundary(&report.messages[0]).map(|(hop, entry)| (hop, entry.map(str::to_owned)))
}

fn at(hop: usize, entry: &str) -> Option<(usize, Option<String>)> {
    Some((hop, Some(entry.to_owned())))
}

fn finding<'r>(report: &'r Report, id: &str) -> Option<&'r Finding> {
    report.findings.iter().find(|finding| finding.id == id)
}

fn fixture(path: &str) -> Vec<u8> {
    fs::read(project("tests/fixtures/findings").join(path)).unwrap()
}

// The boundary.

const TO_STORE: &str =
    "from mx.example.com (mx.example.com [192.0.2.9]) by store.example.net with ESMTPS id 3";
const TO_GATEWAY: &str =
    "from out.example.org (out.example.org [203.0.113.5]) by mx.example.com with ESMTPS id 2";
const AT_SENDER: &str = "from pc ([10.0.0.7]) by out.example.org with ESMTPA id 1";
const WAY: [&str; 3] = [TO_STORE, TO_GATEWAY, AT_SENDER];

#[test]
fn lines_of_an_own_domain_below_those_of_the_receiver_are_the_reader_s() {
    assert_eq!(boundary_of(&WAY, &[], &[]), Some((2, None)), "without settings the gateway is a stranger");
    for entry in ["example.com", "EXAMPLE.com.", "*.example.com"] {
        assert_eq!(boundary_of(&WAY, &[entry], &[]), at(1, entry));
    }
    assert_eq!(boundary_of(&WAY, &["example.org"], &[]), Some((2, None)), "another domain moves nothing");
    assert_eq!(boundary_of(&WAY, &["ample.com"], &[]), Some((2, None)), "half a label is no domain");
}

#[test]
fn a_trusted_host_counts_by_its_name_its_address_or_its_network() {
    for entry in ["mx.example.com", "192.0.2.9", "192.0.2.0/24"] {
        assert_eq!(boundary_of(&WAY, &[], &[entry]), at(1, entry));
    }
    for near in ["mx2.example.com", "192.0.2.8", "192.0.3.0/24"] {
        assert_eq!(boundary_of(&WAY, &[], &[near]), Some((2, None)), "{near}");
    }
    let over_six = TO_STORE.replace("192.0.2.9", "IPv6:2001:db8::9");
    assert_eq!(
        boundary_of(&[&over_six, TO_GATEWAY, AT_SENDER], &[], &["2001:db8::/32"]),
        at(1, "2001:db8::/32")
    );
}

#[test]
fn no_line_below_a_stranger_counts_whatever_name_it_bears() {
    let lines = [
        "from relay.example.org (relay.example.org [203.0.113.8]) by store.example.net with ESMTPS id 4",
        "from mx.example.com (mx.example.com [192.0.2.9]) by relay.example.org with ESMTPS id 3",
        TO_GATEWAY,
    ];
    assert_eq!(boundary_of(&lines, &["example.com"], &["192.0.2.0/24"]), Some((2, None)));
    assert_eq!(
        boundary_of(&lines, &["example.com"], &["relay.example.org"]),
        None,
        "with the stranger trusted, all lines are the reader's"
    );
}

#[test]
fn a_stranger_who_greets_with_an_own_name_is_none_of_them() {
    let forged = [
        "from mx.example.com (unknown [198.51.100.66]) by store.example.net with ESMTP id 3",
        "from bank.example.org by mx.example.com with ESMTPS id 2",
    ];
    assert_eq!(boundary_of(&forged, &["example.com"], &[]), Some((1, None)));
    let by_name = forged[0].replace("unknown", "dial-66.example.org");
    assert_eq!(boundary_of(&[&by_name, forged[1]], &["example.com"], &[]), Some((1, None)));
}

#[test]
fn a_mailbox_at_a_trusted_provider_is_on_the_reader_s_side() {
    let lines = [
        "from pop.example.net (192.0.2.40) by home.example.com with POP3 (fetchmail-6.4.37)",
        "from out.example.org (out.example.org [203.0.113.5]) by pop.example.net with ESMTPS id 2",
        AT_SENDER,
    ];
    assert_eq!(boundary_of(&lines, &["example.com"], &[]), Some((2, None)));
    assert_eq!(boundary_of(&lines, &["example.com"], &["pop.example.net"]), at(1, "pop.example.net"));
}

#[test]
fn the_lines_of_a_returned_mail_are_those_of_who_returned_it() {
    let report = report_of(fixture("backscatter/quiet-own-mail.eml"), &["example.com"], &[]);
    assert_eq!(boundary(&report.messages[1]), Some((1, None)), "mx.example.org wrote the newest line");
}

#[test]
fn the_sentence_at_the_boundary_names_the_entry() {
    let report = report_of(header(&WAY, ""), &["example.com"], &[]);
    let message = &report.messages[0];
    let sentence = hopscope::report::routes::boundary(message, &message.hops[1]).unwrap();
    assert_eq!(
        sentence,
        "From here on example.net and the servers that you named (example.com) wrote the lines. Hop 1 was written by others and can be forged."
    );
}

#[test]
fn the_drawing_has_the_reader_s_servers_in_one_lane() {
    let lanes = |domains| {
        let report = report_of(header(&WAY, ""), domains, &[]);
        let drawing = draw(&report.messages[0], Space::Wide).unwrap();
        let names = drawing.parts.into_iter().filter_map(|part| match part {
            Part::Name(name) if name.class == "lane-name" => Some(name.text),
            _ => None,
        });
        names.collect::<Vec<_>>()
    };
    assert_eq!(lanes(&[]), ["example.org", "example.com", "example.net"]);
    assert_eq!(lanes(&["example.com"]), ["example.org", "example.net"]);
}

// Bounces.

#[test]
fn a_bounce_for_a_forged_own_address_is_surer() {
    let mail = fixture("backscatter/fires-from-a-home-line.eml");
    let without = report_on(&mail);
    assert_eq!(finding(&without, "backscatter").unwrap().confidence, Confidence::Possible);
    let with = report_of(&mail, &["example.com"], &[]);
    let with = finding(&with, "backscatter").unwrap();
    assert_eq!(with.confidence, Confidence::Likely);
    assert!(with.why.contains("none that you have named as your own"), "{}", with.why);
    let other = report_of(&mail, &["example.org"], &[]);
    assert_eq!(finding(&other, "backscatter").unwrap().confidence, Confidence::Possible);
}

#[test]
fn one_plain_sign_is_enough_for_an_own_domain() {
    let mail = String::from_utf8(fixture("backscatter/fires-forged-sender.eml")).unwrap();
    let mail = mail
        .replace("Message-ID: <ab12cd34@bulk.example.net>\n", "")
        .replace("(unknown [", "(bulk.example.net [");
    assert_eq!(finding(&report_on(&mail), "backscatter"), None, "a greeting alone");
    assert!(finding(&report_of(&mail, &["example.com"], &[]), "backscatter").is_some());
}

#[test]
fn mail_that_left_through_a_host_of_the_reader_is_no_backscatter() {
    let mail = fixture("backscatter/fires-from-a-home-line.eml");
    for hosts in [["dialup-17.example.net"], ["203.0.113.117"], ["203.0.113.0/24"]] {
        assert_eq!(finding(&report_of(&mail, &["example.com"], &hosts), "backscatter"), None, "{hosts:?}");
    }
    assert!(finding(&report_of(&mail, &["example.com"], &["203.0.113.118"]), "backscatter").is_some());
}

#[test]
fn mail_through_a_provider_that_nobody_named_is_no_backscatter_without_a_plain_sign() {
    let mail = fixture("backscatter/quiet-sent-through-the-provider.eml");
    assert_eq!(finding(&report_of(mail, &["example.com"], &[]), "backscatter"), None);
}

#[test]
fn a_server_that_returns_mail_with_an_own_sender_is_surer_to_return_forged_mail() {
    let mail = fixture("backscatter-source/fires-accepted-then-returned.eml");
    let sure = |report: &Report| finding(report, "backscatter-source").map(|finding| finding.confidence);
    assert_eq!(sure(&report_of(&mail, &["example.com"], &[])), Some(Confidence::Likely));
}

// Results of checks.

const CHECK: &str = "Authentication-Results: mx.example.com; dmarc=fail header.from=example.org; spf=fail smtp.mailfrom=example.org\n";

#[test]
fn results_that_an_own_host_wrote_are_believed() {
    let text = header(&[TO_STORE], "")
        .replace("From:", &format!("{CHECK}Received: {TO_GATEWAY}; Mon, 2 Nov 2026 08:59:59 +0100\nFrom:"));
    assert_eq!(finding(&report_on(&text), "dmarc-fail"), None, "a stranger's word");
    for (domains, hosts) in [(&["example.com"][..], &[][..]), (&[], &["192.0.2.9"])] {
        assert!(finding(&report_of(&text, domains, hosts), "dmarc-fail").is_some(), "{domains:?} {hosts:?}");
    }
    assert_eq!(finding(&report_of(&text, &["example.org"], &[]), "dmarc-fail"), None);
}

#[test]
fn results_in_the_name_of_an_own_host_below_a_stranger_are_forged() {
    let lines = [
        "from out.example.org (out.example.org [203.0.113.5]) by store.example.net with ESMTPS id 3",
        AT_SENDER,
    ];
    let claim = "Authentication-Results: mx.example.com; spf=pass smtp.mailfrom=example.org\n";
    let text = header(&lines, claim);
    let told =
        |report: &Report| finding(report, "auth-results-untrusted").map(|finding| finding.what.clone());
    assert!(told(&report_on(&text)).unwrap().contains("nowhere on the route"));
    assert!(told(&report_of(&text, &["example.com"], &[])).unwrap().contains("probably forged"));
    assert!(told(&report_of(&text, &["example.org"], &[])).unwrap().contains("nowhere on the route"));
}

// Who acts.

#[test]
fn nobody_writes_a_letter_to_themselves() {
    let cases = [
        ("routing-loop/fires-exchange-2003.eml", "routing-loop", "example.com"),
        ("backscatter-source/fires-after-a-fetch.eml", "backscatter-source", "example.org"),
        ("recipient-reinjection/fires-server-named-inside.eml", "recipient-reinjection", "example.com"),
    ];
    for (path, id, domain) in cases {
        let read = |domain| {
            let report = report_of(fixture(path), &[domain], &[]);
            let finding = finding(&report, id).expect(path).clone();
            (finding.letter.map(|letter| letter.to), report.verdict.who_acts.expect(path))
        };
        let (letter, who) = read(domain);
        assert_eq!(letter, None, "{path}");
        assert!(who.contains("(your own)"), "{path}: {who}");
        let (letter, who) = read("elsewhere.example.net");
        assert_eq!(letter, Some(format!("postmaster@{domain}")), "{path}");
        assert!(!who.contains("your own"), "{path}: {who}");
    }
}

#[test]
fn a_reader_s_server_that_sends_copies_out_again_gets_no_letter() {
    let mail = fixture("duplicate-reinjected/fires-fetchmail-into-sendmail-t.eml");
    let letters = |domain| {
        let copies = report_of(&mail, &[domain], &[]).copies.expect("copies");
        copies.sets.iter().flat_map(|set| &set.makers).filter(|maker| maker.letter.is_some()).count()
    };
    assert_eq!((letters("example.net"), letters("example.org")), (0, 1));
}

// Odd entries.

#[test]
fn odd_entries_are_left_out_with_a_word_and_the_rest_counts() {
    let report =
        report_of(header(&WAY, ""), &["com", "ann@example.org", " ", "example.com"], &["192.0.2.0/40"]);
    assert_eq!(
        report.left_out,
        [
            "“com” is left out: it would hold everybody.",
            "“ann@example.org” is left out: it is no name of a domain, such as example.com.",
            "“192.0.2.0/40” is left out: it is neither the name of a host, nor an address, nor a network such as 192.0.2.0/24.",
        ]
    );
    assert_eq!(boundary(&report.messages[0]), Some((1, Some("example.com"))));
}

#[test]
fn without_entries_nothing_is_different() {
    for path in common::files("www/samples", ".eml") {
        let mail = fs::read(path).unwrap();
        assert_eq!(report_of(&mail, &[], &[]), report_on(&mail));
    }
}
