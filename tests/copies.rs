//! Several texts at once: which messages are copies of one another, where they part, and who made them. The sets stand in
//! tests/fixtures/copies, each with its truth beside it.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use common::files;
use hopscope::report::{CopySet, Report, Severity};
use hopscope::{Input, Options, analyze};
use serde_json::Value;

/// A set of mails and what is true of it.
struct Scenario {
    name: String,
    truth: Value,
    mails: Vec<(String, String)>,
}

fn scenarios() -> Vec<Scenario> {
    let name_of = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    let scenario = |truth: PathBuf| {
        let folder = truth.parent().unwrap().to_path_buf();
        let mut mails: Vec<PathBuf> =
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        mails.retain(|path| path.extension().is_some_and(|ending| ending == "eml"));
        mails.sort();
        Scenario {
            name: name_of(&folder),
            truth: serde_json::from_str(&fs::read_to_string(truth).unwrap()).unwrap(),
            mails: mails.iter().map(|path| (name_of(path), fs::read_to_string(path).unwrap())).collect(),
        }
    };
    let found: Vec<Scenario> =
        files("tests/fixtures/copies", "truth.json").into_iter().map(scenario).collect();
    assert!(found.len() >= 40, "{} sets", found.len());
    found
}

fn report_on_all<'t>(texts: impl Iterator<Item = &'t str>) -> Report {
    let inputs: Vec<Input<'_>> = texts.map(|text| Input { name: None, bytes: text.as_bytes() }).collect();
    analyze(&inputs, &Options::default())
}

/// The verdict on all that was handed in: of the largest set.
fn told(report: &Report) -> Option<&CopySet> {
    report.copies.as_ref()?.sets.iter().rev().max_by_key(|set| set.messages.len())
}

#[test]
fn every_set_has_its_verdict_its_fork_and_its_makers() {
    for Scenario { name, truth, mails } in scenarios() {
        let report = report_on_all(mails.iter().map(|(_, text)| text.as_str()));
        let set = told(&report);
        assert_eq!(set.map(|set| set.verdict.as_str()), truth["verdict"].as_str(), "{name}");
        let Some(set) = set else { continue };
        let host = set.fork.as_ref().and_then(|fork| fork.host.as_deref());
        if let Some(fork) = truth["fork"].as_str() {
            assert_eq!(host, Some(fork), "{name}: where it split");
        }
        let maker = set.makers.first().and_then(|maker| maker.host.as_deref());
        if let Some(expected) = truth["maker"].as_str() {
            assert_eq!(maker, Some(expected), "{name}: who made the copies");
        }
        if let Some(expected) = truth["makers"].as_array() {
            let makers: Vec<Value> =
                set.makers.iter().map(|maker| serde_json::json!([maker.host, maker.copies])).collect();
            assert_eq!(&makers, expected, "{name}: who made how many");
        }
    }
}

#[test]
fn every_copy_has_one_verdict_with_its_relative() {
    let mut pairs: BTreeMap<String, usize> = BTreeMap::new();
    for Scenario { name, truth, mails } in scenarios() {
        let report = report_on_all(mails.iter().map(|(_, text)| text.as_str()));
        let Some(set) = told(&report) else { continue };
        assert_eq!(set.members.len(), set.messages.len(), "{name}");
        assert_eq!(set.members.iter().filter(|member| member.verdict.is_none()).count(), 1, "{name}");
        for member in &set.members {
            let (file, _) = &mails[member.message];
            if let Some(expected) = truth["members"][file].as_str() {
                assert_eq!(member.verdict.as_deref(), Some(expected), "{name}/{file}");
            }
            *pairs.entry(member.verdict.clone().unwrap_or_default()).or_default() += 1;
            assert_eq!(member.verdict.is_some(), !member.evidence.is_empty(), "{name}/{file}: evidence");
            let is_from_both = || {
                let of = |message: usize| member.evidence.iter().any(|one| one.message == message);
                of(member.message) && member.relative.is_some_and(of)
            };
            assert!(member.verdict.is_none() || is_from_both(), "{name}/{file}: evidence from both sides");
        }
    }
    let rules = hopscope::rules::RULES.iter().filter(|rule| rule.id.contains("duplicate"));
    for rule in rules {
        assert!(pairs.get(rule.id).is_some_and(|count| *count >= 3), "{}: {pairs:?}", rule.id);
    }
}

/// The order in which files are opened is that of their names, or of a mouse.
#[test]
fn the_order_of_the_messages_does_not_matter() {
    for Scenario { name, truth, mails } in scenarios() {
        let report = report_on_all(mails.iter().rev().map(|(_, text)| text.as_str()));
        assert_eq!(told(&report).map(|set| set.verdict.as_str()), truth["verdict"].as_str(), "{name}");
    }
}

#[test]
fn a_set_is_told_in_a_finding_with_its_sentence() {
    for Scenario { name, truth, mails } in scenarios() {
        let report = report_on_all(mails.iter().map(|(_, text)| text.as_str()));
        let expected = truth["verdict"].as_str();
        let ids: Vec<&str> = report.findings.iter().map(|finding| finding.id.as_str()).collect();
        let duplicates: Vec<&&str> = ids.iter().filter(|id| id.contains("duplicate")).collect();
        let Some(id) = expected else {
            assert!(duplicates.is_empty(), "{name}: {duplicates:?}");
            continue;
        };
        assert_eq!(duplicates, [&id], "{name}");
        let set = told(&report).unwrap();
        let finding = &report.findings[set.finding.expect("a finding")];
        assert_eq!((finding.id.as_str(), &finding.what), (id, &set.sentence), "{name}");
        match id {
            "not-duplicates" => assert_eq!(finding.severity, Severity::Ok, "{name}"),
            _ => assert!(
                report.verdict.headline.contains(&set.sentence),
                "{name}: {}",
                report.verdict.headline
            ),
        }
    }
}

#[test]
fn no_message_alone_is_a_copy() {
    for Scenario { name, mails, .. } in scenarios() {
        for (file, text) in &mails {
            let report = report_on_all(std::iter::once(text.as_str()));
            let duplicates = report.findings.iter().filter(|finding| finding.id.contains("duplicate"));
            assert_eq!(duplicates.count(), 0, "{name}/{file}");
        }
    }
}

#[test]
fn all_messages_in_one_mailbox_file_are_told_the_same() {
    for Scenario { name, truth, mails } in scenarios() {
        // A bounce that stands in a mailbox file keeps what it returns.
        let mailbox: String = mails
            .iter()
            .map(|(_, text)| {
                format!("From alice@example.com Mon Nov  2 09:00:00 2026\n{}\n\n", text.trim_end())
            })
            .collect();
        let report = report_on_all(std::iter::once(mailbox.as_str()));
        assert_eq!(told(&report).map(|set| set.verdict.as_str()), truth["verdict"].as_str(), "{name}");
    }
}

#[test]
fn each_site_that_made_copies_gets_a_letter_of_its_own() {
    let scenario = scenarios()
        .into_iter()
        .find(|scenario| scenario.name == "reinjected-two-connectors-feed-each-other")
        .unwrap();
    let report = report_on_all(scenario.mails.iter().map(|(_, text)| text.as_str()));
    let makers = &told(&report).unwrap().makers;
    let to: Vec<&str> = makers.iter().filter_map(|maker| Some(maker.letter.as_ref()?.to.as_str())).collect();
    assert_eq!(to, ["postmaster@example.net", "postmaster@shop.example.com"]);
    let text = &makers[0].letter.as_ref().unwrap().text;
    for words in [
        "7 copies of one message",
        "3 of them came from sbs.intern.example.net",
        "server.buero.example.com did the same",
        "mail pickup service by example.net",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn the_tree_holds_every_hop_of_every_copy_once() {
    for Scenario { name, mails, .. } in scenarios() {
        let report = report_on_all(mails.iter().map(|(_, text)| text.as_str()));
        for set in report.copies.iter().flat_map(|copies| &copies.sets) {
            for member in &set.members {
                let up = std::iter::successors(Some(member.branch), |at| set.tree[*at].parent);
                let hops: usize = up.map(|at| set.tree[at].hops[1] - set.tree[at].hops[0]).sum();
                assert_eq!(hops, report.messages[member.message].hops.len(), "{name}");
                assert!(set.tree[member.branch].ends.contains(&member.message), "{name}");
            }
            assert_eq!(set.tree[0].copies, set.messages.len(), "{name}");
        }
    }
}

/// The mail as it came straight, and as an office sent it out again after it had collected it, so many times.
fn fed_back(nth: usize, passes: usize) -> String {
    let pass = |pass: usize| {
        let id = nth * 10 + pass;
        format!(
            "Received: by office.example.net (Postfix, from userid 0)\n\tid C{id:09X}; Mon, 2 Nov 2026 09:{:02}:03 +0100\nReceived: from pop.example.net [203.0.113.20]\n\tby office.example.net with POP3 (fetchmail-6.4.37)\n\tfor <root@localhost> (single-drop); Mon, 2 Nov 2026 09:{:02}:02 +0100\nReceived: from {} by pop.example.net (Postfix) with ESMTP id D{id:09X}\n\tfor <carol@example.net>; Mon, 2 Nov 2026 09:{:02}:01 +0100\n",
            nth + 1,
            nth + 1,
            if pass == 0 { "mail.example.com" } else { "office.example.net" },
            nth + 1,
        )
    };
    let passes: String = (0..passes).rev().map(pass).collect();
    let last = if passes.is_empty() { "mail.example.com" } else { "office.example.net" };
    format!(
        "Received: from {last}\n\tby mx.example.org (Postfix) with ESMTP id B{nth:09X}\n\tfor <bob@example.org>; Mon, 2 Nov 2026 09:{:02}:05 +0100\n{passes}Received: from pc.example.com by mail.example.com (Postfix) with ESMTP id A1B2C3D4E5; Mon, 2 Nov 2026 09:00:01 +0100\nMessage-ID: <1@pc.example.com>\nDate: Mon, 2 Nov 2026 09:00:00 +0100\nFrom: alice@example.com\nTo: bob@example.org, carol@example.net\nSubject: Minutes\n",
        nth + 1
    )
}

#[test]
fn i_got_this_forty_times() {
    let passes = |nth: usize| if nth == 0 { 0 } else { 1 + usize::from(nth > 30) };
    let texts: Vec<String> = (0..40).map(|nth| fed_back(nth, passes(nth))).collect();
    let report = report_on_all(texts.iter().map(String::as_str));
    assert_eq!(
        report.verdict.headline,
        "39 of 40 copies left office.example.net after it had fetched the mail from a mailbox; 9 of them are copies of copies."
    );
    let set = told(&report).unwrap();
    assert_eq!(set.makers.len(), 1);
    assert_eq!((set.makers[0].copies, set.members[39].generation), (39, 2));
    let findings: Vec<&str> = report.findings.iter().map(|finding| finding.id.as_str()).collect();
    assert_eq!(findings.iter().filter(|id| **id == "recipient-reinjection").count(), 1, "{findings:?}");
}

fn mail(message_id: &str) -> String {
    format!("Received: by mx.example.com; Mon, 2 Nov 2026 09:00:00 +0100\nMessage-ID: {message_id}\n")
}

#[test]
fn messages_with_the_same_message_id_are_copies() {
    let texts = [mail("<1@example.com>"), mail("<2@example.com>"), mail("<1@example.com>")];
    let copies = report_on_all(texts.iter().map(String::as_str)).copies.expect("several messages");
    assert_eq!(copies.sets.len(), 1);
    assert_eq!(copies.sets[0].messages, [0, 2]);
    assert_eq!(copies.sets[0].message_id, "<1@example.com>");
}

#[test]
fn messages_without_a_message_id_are_nobodys_copies() {
    let text = "Received: by mx.example.com; Mon, 2 Nov 2026 09:00:00 +0100\nMessage-ID:\n";
    assert!(report_on_all([text; 2].into_iter()).copies.expect("several messages").sets.is_empty());
}

#[test]
fn one_message_has_no_copies() {
    assert_eq!(report_on_all(std::iter::once(mail("<1@example.com>").as_str())).copies, None);
}
