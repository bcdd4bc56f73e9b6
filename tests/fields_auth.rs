//! Results of SPF, DKIM, DMARC and ARC, signatures and the fields of filters: what is read, and that every part stands where its place
//! says.

mod common;

use common::{cases, line_ends, report_on};
use hopscope::report::{Message, Report};

fn message(fields: &str) -> Message {
    let text = format!(
        "{fields}\nReceived: from mail.example.org by mx.example.com; Mon, 2 Nov 2026 09:00:00 +0100\nSubject: test\n"
    );
    report_on(text).messages.remove(0)
}

#[test]
fn results_are_read_as_the_table_says() {
    let mut wrong = Vec::new();
    for case in cases("fields/auth_results.json") {
        let about = case["about"].as_str().unwrap();
        for (ends, value) in line_ends(case["value"].as_str().unwrap()) {
            let statement =
                message(&format!("{}: {value}", case["field"].as_str().unwrap())).auth.statements.remove(0);
            let found: Vec<serde_json::Value> = statement
                .results
                .iter()
                .map(|it| serde_json::json!([it.method, it.result, it.domain, it.ip]))
                .collect();
            let mut expect = |what: &str, found: serde_json::Value| {
                if case.get(what).is_some_and(|expected| *expected != found) {
                    wrong.push(format!("{about} ({ends}): {what} is {found}"));
                }
            };
            expect("results", found.into());
            expect("writer", serde_json::json!(statement.writer));
            expect("arc_instance", serde_json::json!(statement.arc_instance));
            let reasons: Vec<_> = statement.results.iter().map(|it| it.reason.clone()).collect();
            expect("reasons", serde_json::json!(reasons));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_result_stands_where_its_place_says() {
    let mut seen = 0;
    for case in cases("fields/auth_results.json") {
        for (ends, value) in line_ends(case["value"].as_str().unwrap()) {
            let text = format!("{}: {value}\nSubject: test\n", case["field"].as_str().unwrap());
            let report: Report = report_on(&text);
            for result in &report.messages[0].auth.statements[0].results {
                let there = &text[result.span[0]..result.span[1]];
                assert!(there.contains(&result.result), "{} ({ends}): {there}", case["about"]);
                seen += 1;
            }
        }
    }
    assert!(seen > 40, "{seen} results");
}

#[test]
fn letters_that_are_no_utf_8_do_not_move_the_places() {
    let text = b"Authentication-Results: mx.example.com (\xff\xfe\xfd); spf=pass; dkim=fail header.d=example.org\nSubject: x\n";
    let report = report_on(text);
    let [start, end] = report.messages[0].auth.statements[0].results[1].span;
    assert_eq!(&text[start..end], b"dkim=fail header.d=example.org");
}

#[test]
fn a_signature_says_who_signed_what() {
    let message = message(
        "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/simple; d=example.org;\n\ts=mail; t=1793606402; h=From:To:\n\t Subject; bh=Zm9v; b=YmFy\n\tYmF6",
    );
    let signature = &message.auth.signatures[0];
    assert_eq!(signature.domain.as_deref(), Some("example.org"));
    assert_eq!(signature.selector.as_deref(), Some("mail"));
    assert_eq!(signature.fields, ["from", "to", "subject"]);
}

#[test]
fn a_seal_says_whether_the_chain_was_whole() {
    let message = message("ARC-Seal: i=2; a=rsa-sha256; d=example.net; s=arc; cv=fail; b=Zm9v");
    let seal = &message.auth.seals[0];
    assert_eq!(
        (seal.instance, seal.domain.as_deref(), seal.chain.as_deref()),
        (Some(2), Some("example.net"), Some("fail"))
    );
}

/// Key, value and source of each meaning of a filter's field.
fn meanings(field: &str) -> Vec<(String, String, String)> {
    let filters = message(field).filters;
    let meanings = filters.into_iter().flat_map(|filter| filter.meanings);
    meanings.map(|meaning| (meaning.key, meaning.value, meaning.source)).collect()
}

#[test]
fn every_meaning_has_a_source_or_is_called_a_guess_and_the_raw_value_stays() {
    let value =
        "CIP:192.0.2.25;CTRY:DE;SCL:9;IPV:CAL;SFV:SKS;H:mail.example.org;CAT:HPHISH;SFS:(13230040);DIR:INB;";
    let message = message(&format!("X-Forefront-Antispam-Report: {value}"));
    let filter = &message.filters[0];
    assert_eq!(filter.raw, value);
    assert_eq!(filter.verdict.as_deref(), Some("phishing"));
    let keys: Vec<&str> = filter.meanings.iter().map(|meaning| meaning.key.as_str()).collect();
    assert_eq!(keys, ["CIP", "CTRY", "SCL", "IPV", "SFV", "H", "CAT", "DIR"]);
    assert!(filter.meanings.iter().all(|meaning| !meaning.source.is_empty() && meaning.source != "guess"));
    let delivery =
        meanings("X-Microsoft-Antispam-Mailbox-Delivery: ucf:0;jmr:0;auth:0;dest:J;OFR:SpamFilterAuthJ;");
    assert_eq!(delivery.len(), 4);
    assert!(delivery.iter().all(|(.., source)| source == "guess"));
}

#[test]
fn the_composite_authentication_of_microsoft_is_told_with_its_reason() {
    let field = "Authentication-Results: spf=fail (sender IP is 192.0.2.9) smtp.mailfrom=example.org; dkim=none (message not signed) header.d=none;dmarc=fail action=oreject header.from=example.org;compauth=fail reason=000";
    let found = meanings(field);
    let keys: Vec<_> = found.iter().map(|(key, value, _)| (key.as_str(), value.as_str())).collect();
    assert_eq!(keys, [("compauth", "fail"), ("reason", "000")]);
}

#[test]
fn the_base64_of_outlook_com_is_read() {
    let found = meanings("X-Message-Delivery: Vj0xLjE7dXM9MDtsPTA7YT0wO0Q9MTtHRD0xO1NDTD0tMQ==");
    assert!(found.contains(&("SCL".into(), "-1".into(), "guess".into())), "{found:?}");
}

#[test]
fn the_tests_of_spamassassin_are_listed_in_both_of_its_forms() {
    let found = meanings(
        "X-Spam-Status: Yes, score=7.4 required=5.0 tests=BAYES_99,HTML_MESSAGE,\n\tSPF_FAIL autolearn=no version=4.0.0",
    );
    assert!(
        found.iter().any(|(key, value, _)| key == "tests" && value == "BAYES_99, HTML_MESSAGE, SPF_FAIL"),
        "{found:?}"
    );
    let found = meanings(
        "X-Spam-Status: No, score=-1.9 tagged_above=-999 required=2\n\ttests=[BAYES_00=-1.9, HTML_MESSAGE=0.001]\n\tautolearn=ham",
    );
    assert!(
        found.iter().any(|(key, value, _)| key == "tests" && value == "BAYES_00=-1.9, HTML_MESSAGE=0.001"),
        "{found:?}"
    );
}
