//! Reports on other messages: bounces, delays, complaints, automatic answers; and mail that only looks like one.

mod common;

use std::fs;

use common::{files, line_ends, project, report_on};
use hopscope::report::bounces::{headline, line, said};
use hopscope::report::{Bounce, BounceRecipient, Report};

/// The reports on a fixture, with LF and with CR LF.
fn reports(fixture: &str) -> Vec<Report> {
    let text = fs::read_to_string(project("tests/fixtures/bounces").join(fixture)).unwrap();
    line_ends(&text).into_iter().map(|(_, text)| report_on(text)).collect()
}

/// The bounce that a fixture is, with LF and with CR LF.
fn bounces(fixture: &str) -> Vec<Bounce> {
    let bounce = |report: Report| report.messages.into_iter().next()?.bounce;
    reports(fixture)
        .into_iter()
        .map(|report| bounce(report).unwrap_or_else(|| panic!("{fixture} is none")))
        .collect()
}

fn bounce_of(text: &str) -> Option<Bounce> {
    let mut bounces =
        line_ends(text).map(|(_, text)| report_on(text).messages.into_iter().next()?.bounce).into_iter();
    let (first, second) = (bounces.next().unwrap(), bounces.next().unwrap());
    assert_eq!(first.as_ref().map(told), second.as_ref().map(told), "line ends make a difference");
    first
}

/// What is told of a recipient: address, status, reply code, refusing server.
type Told<'b> = (Option<&'b str>, Option<&'b str>, Option<u16>, Option<&'b str>);

/// What is told of each recipient.
fn told(bounce: &Bounce) -> Vec<Told<'_>> {
    let recipients = bounce.recipients.iter();
    recipients
        .map(|BounceRecipient { address, status, reply_code, remote, .. }| {
            (address.as_deref(), status.as_deref(), *reply_code, remote.as_deref())
        })
        .collect()
}

/// The subject of the message that a report returns.
fn returned_subject(report: &Report) -> Option<&str> {
    let original = report.messages.first()?.bounce.as_ref()?.original?;
    report.messages.get(original)?.subject.as_deref()
}

/// A fixture with what it tells: kind, reporter, one recipient, subject of the returned message.
type Case = (
    &'static str,
    &'static str,
    Option<&'static str>,
    (Option<&'static str>, Option<&'static str>, Option<u16>, Option<&'static str>),
    Option<&'static str>,
);

const BOB: Option<&str> = Some("bob@example.net");
const BOB_ORG: Option<&str> = Some("bob@example.org");
const MX: Option<&str> = Some("mx.example.com");
const MAIL: Option<&str> = Some("mail.example.net");
const MINUTES: Option<&str> = Some("Minutes of the meeting");

const CASES: [Case; 11] = [
    ("rfc3464.eml", "failed", MX, (BOB, Some("5.1.1"), Some(550), MAIL), MINUTES),
    ("delay.eml", "delayed", MX, (BOB, Some("4.4.1"), None, None), Some("Still on its way")),
    (
        "exchange-online.eml",
        "failed",
        Some("AM0PR01MB0001.mail.example.org"),
        (BOB, Some("5.4.14"), Some(554), None),
        Some("Order 4711"),
    ),
    ("exchange-2003.eml", "failed", None, (BOB_ORG, None, None, None), Some("Price list")),
    ("qmail.eml", "failed", MX, (BOB, Some("5.1.1"), Some(550), Some("192.0.2.25")), MINUTES),
    ("exim.eml", "failed", None, (BOB, Some("5.2.2"), Some(552), MAIL), Some("Holiday pictures")),
    ("sendmail-5.eml", "failed", None, (BOB, None, Some(550), MAIL), MINUTES),
    ("domino.eml", "failed", None, (BOB_ORG, None, None, None), None),
    ("gmail.eml", "failed", None, (BOB, Some("5.1.1"), Some(550), MAIL), MINUTES),
    ("arf.eml", "feedback", None, (Some("bob@example.com"), None, None, None), Some("Cheap offers")),
    ("vacation.eml", "auto-reply", None, (None, None, None, None), None),
];

#[test]
fn reports_of_every_kind_are_read() {
    for (fixture, kind, reporter, recipient, subject) in CASES {
        for report in reports(fixture) {
            let bounce = report.messages[0].bounce.as_ref().unwrap_or_else(|| panic!("{fixture} is none"));
            assert_eq!(bounce.kind, kind, "{fixture}");
            assert_eq!(bounce.reporter.as_deref(), reporter, "{fixture}");
            assert_eq!(told(bounce).first().copied().unwrap_or_default(), recipient, "{fixture}");
            assert_eq!(returned_subject(&report), subject, "{fixture}");
        }
    }
}

#[test]
fn every_fixture_is_a_case_or_stays_quiet() {
    for path in files("tests/fixtures/bounces", ".eml") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with("quiet-") {
            for report in reports(&name) {
                assert_eq!(report.messages[0].bounce, None, "{name}");
            }
        } else {
            assert!(CASES.iter().any(|(fixture, ..)| *fixture == name), "{name} is no case");
        }
    }
}

#[test]
fn every_recipient_is_told_with_its_own_answer() {
    for bounce in bounces("rfc3464.eml") {
        assert_eq!(told(&bounce)[1], (Some("eve@example.org"), Some("4.4.1"), None, None));
        assert_eq!(bounce.recipients.len(), 2);
    }
    for bounce in bounces("qmail.eml") {
        assert_eq!(told(&bounce)[1], (Some("eve@example.com"), Some("5.4.6"), None, None));
        assert_eq!(bounce.recipients.len(), 2);
    }
    for bounce in bounces("sendmail-5.eml") {
        assert_eq!(told(&bounce)[1].0, Some("eve@example.org"));
        assert_eq!(bounce.recipients[1].reply_code, Some(550), "the answer that 554 sums up");
    }
}

#[test]
fn diagnostics_are_one_line_without_what_leads_to_them() {
    let first = |fixture: &str| bounces(fixture)[0].recipients[0].diagnostic.clone().unwrap();
    assert_eq!(first("rfc3464.eml"), "550 5.1.1 <bob@example.net>: Recipient address rejected: User unknown");
    assert_eq!(first("exim.eml"), "552 5.2.2 <bob@example.net>: mailbox is over its quota");
    assert_eq!(first("gmail.eml"), "550 5.1.1 <bob@example.net>... User Unknown");
    assert_eq!(first("domino.eml"), "User bob (bob@example.org) not listed in Domino Directory");
    let hops = "554 5.4.14 Hop count exceeded - possible mail loop ATTR34 [AM0PR01MB0001.mail.example.org]";
    assert_eq!(first("exchange-online.eml"), hops);
}

#[test]
fn the_place_of_a_recipient_leads_to_its_lines_in_the_source() {
    for (fixture, words) in [
        ("rfc3464.eml", "rfc822; bob@example.net"),
        ("exim.eml", "552 5.2.2 <bob@example.net>"),
        ("exchange-online.eml", "Remote Server returned '554 5.4.14"),
    ] {
        let text = fs::read_to_string(project("tests/fixtures/bounces").join(fixture)).unwrap();
        for (_, text) in line_ends(&text) {
            let bounce = report_on(&text).messages[0].bounce.clone().unwrap();
            let [start, end] = bounce.recipients[0].span;
            assert!(text[start..end].contains(words), "{fixture}: {}", &text[start..end]);
        }
    }
}

#[test]
fn a_report_pasted_without_its_header_is_one() {
    let texts = [
        "This is the mail system at host mx.example.com.\n\nI'm sorry to have to inform you that your message could not\nbe \
         delivered.\n\n<bob@example.net>: host mail.example.net[192.0.2.25] said: 550 5.1.1 no such user\n",
        "Delivery has failed to these recipients or groups:\n\nbob@example.net\nNo such mailbox.\n\nDiagnostic information for \
         administrators:\n\nGenerating server: mx.example.com\n\nbob@example.net\nRemote Server returned '550 5.1.1 \
         RESOLVER.ADR.RecipNotFound; not found'\n\nOriginal message headers:\n\nReceived: from desk.example.com (192.0.2.10) \
         by mx.example.com; Mon, 2 Nov 2026 09:00:00 +0100\nFrom: ann@example.com\nSubject: Hello\n",
        "Your message to bob@example.net couldn't be delivered.\n\nbob wasn't found at example.net.\n\nError Details\nReported \
         error:\t550 5.1.1 Recipient not found\nDSN generated by:\tmx.example.com\n\nOriginal Message Headers\nReceived: from \
         desk.example.com (192.0.2.10) by mx.example.com; Mon, 2 Nov 2026 09:00:00 +0100\nFrom: ann@example.com\n",
    ];
    for text in texts {
        let bounce = bounce_of(text).unwrap_or_else(|| panic!("no bounce: {text}"));
        assert_eq!(bounce.reporter.as_deref(), MX, "{text}");
        let (address, status, reply_code, _) = told(&bounce)[0];
        assert_eq!((address, status, reply_code), (BOB, Some("5.1.1"), Some(550)), "{text}");
    }
}

#[test]
fn prose_that_speaks_of_a_failure_is_no_report() {
    let texts = [
        "Hello Bob,\nmy last mail could not be delivered to bob@example.net, the server said 550 5.1.1 user unknown.\n",
        "A message that you sent could not be delivered, my phone says. Is ann@example.com still right?\n",
        "Delivery has failed to these recipients or groups: that is all I can read here.\n",
        "Address not found\n\nbob@example.net\n",
        "Subject: mail delivery failed again\nFrom: ann@example.com\nTo: bob@example.net\n\nI wrote to eve@example.org, but\nthe \
         following addresses had permanent problems:\n\neve@example.org\n",
    ];
    for text in texts {
        assert_eq!(bounce_of(text), None, "{text}");
    }
}

#[test]
fn a_subject_alone_is_no_automatic_answer() {
    let text = "From: ann@example.com\nTo: bob@example.net\nX-Sign: none\nSubject: Vacation photos from Rome\n\nHere they are.\n";
    let party = text.replace("Vacation photos from Rome", "Out of office party on Friday");
    for quiet in
        [text, &party, &text.replace("X-Sign: none", "List-Id: <trips.example.com>\nPrecedence: bulk")]
    {
        assert_eq!(bounce_of(quiet), None, "{quiet}");
    }
    let signs = [
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: All",
        "X-Autoreply: yes",
        "Precedence: bulk",
    ];
    for sign in signs.into_iter().chain(["Precedence: auto_reply", "Return-Path: <>"]) {
        let answer = party.replace("X-Sign: none", sign);
        assert_eq!(bounce_of(&answer).unwrap().kind, "auto-reply", "{sign}");
    }
}

#[test]
fn automatic_mail_and_mail_of_a_postmaster_need_not_be_reports() {
    let mails = [
        (
            "From: monitor@example.com\nAuto-Submitted: auto-generated",
            "Alarm",
            "Unknown host: db1.example.com\n",
        ),
        (
            "From: monitor@example.com\nAuto-Submitted: auto-generated",
            "Alarm",
            "Unknown host: db1.example.com\n\nops@example.com\n",
        ),
        (
            "From: forum@example.com\nAuto-Submitted: auto-generated",
            "News",
            "A message sent by Joe Miller waits for you.\n",
        ),
        (
            "From: shop@example.com\nReturn-Path: <>",
            "Delivery notification: your parcel arrives today",
            "Be at home.\n",
        ),
        (
            "From: shop@example.com\nReturn-Path: <>",
            "Your order",
            "Delivery notification: your parcel arrives today\n",
        ),
        (
            "From: Ben <postmaster@example.com>",
            "Log",
            "Hello Ann,\n\nUnknown user: ben@example.net\n\nis in the log. That is only a warning.\n\nKind regards.\n",
        ),
        ("From: events@example.com", "Event", "{\"eventType\":\"Delivery\",\"parcel\":\"4711\"}\n"),
        ("From: events@example.com", "Event", "{\"eventType\":\"Delivery\",\"mail\":{\"id\":\"4711\"}}\n"),
        (
            "From: events@example.com",
            "Event",
            "{\"eventType\":\"Bounce\",\"recipients\":[\"ann@example.com\"]}\n",
        ),
    ];
    for (sender, subject, body) in mails {
        let text = format!("{sender}\nTo: ann@example.org\nSubject: {subject}\n\n{body}");
        assert_eq!(bounce_of(&text), None, "{text}");
    }
}

#[test]
fn a_recipient_or_an_answer_bears_an_opening_out() {
    let header = "From: monitor@example.com\nAuto-Submitted: auto-generated\nSubject: Alarm\n\n";
    let text = format!("{header}Unknown user: bob@example.net\n\n550 5.1.1 no such user\n");
    assert_eq!(bounce_of(&text).unwrap().kind, "failed");
    let text = format!("{header}A message that you sent could not be delivered to\n\nbob@example.net\n");
    assert_eq!(bounce_of(&text).unwrap().kind, "failed");
    let event = "From: ses@example.com\nSubject: Event\n\n{\"eventType\":\"Delivery\",\"mail\":{\"messageId\":\"1\"},\
        \"delivery\":{\"recipients\":[\"bob@example.net\"]}}\n";
    assert_eq!(bounce_of(event).unwrap().kind, "delivered");
}

#[test]
fn a_disposition_tells_whether_the_message_was_shown() {
    let kinds = [("displayed", "delivered"), ("dispatched", "delivered"), ("processed/error", "delivered")];
    for (disposition, kind) in kinds
        .into_iter()
        .chain(["deleted", "denied", "failed", "deleted, again"].map(|word| (word, "auto-reply")))
    {
        let text = format!(
            "From: bob@example.net\nTo: ann@example.com\nSubject: Not read: Hello\nMIME-Version: 1.0\nContent-Type: multipart/report; \
             report-type=disposition-notification; boundary=b1\n\n--b1\nContent-Type: text/plain\n\nYour message.\n\n--b1\n\
             Content-Type: message/disposition-notification\n\nReporting-UA: desk.example.net\nFinal-Recipient: rfc822; \
             bob@example.net\nDisposition: automatic-action/MDN-sent-automatically; {disposition}\n\n--b1--\n"
        );
        let report = report_on(&text);
        assert_eq!(bounce_of(&text).unwrap().kind, kind, "{disposition}");
        let claims = headline(&report.messages).is_some_and(|line| line.contains("was delivered"));
        assert_eq!(claims, kind == "delivered", "{disposition}");
    }
}

/// A report with the fields of RFC 3464, one block for each recipient.
fn declared(recipients: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.example.com\nSubject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\nContent-Type: \
         multipart/report; report-type=delivery-status; boundary=b1\n\n--b1\nContent-Type: message/delivery-status\n\n\
         Reporting-MTA: dns; mx.example.com\n\n{recipients}\n--b1--\n"
    )
}

#[test]
fn codes_that_an_answer_repeats_on_each_line_are_said_once() {
    let text = declared(
        "Final-Recipient: rfc822; bob@example.net\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550-5.1.1 The email \
         account that you tried to reach does not exist. Please try\n 550-5.1.1 double-checking the address for typing errors \
         or\n 550-5.1.1 unnecessary spaces. For more information, go to\n 550 5.1.1 https://support.example.com/mail - gsmtp\n",
    );
    let report = report_on(&text);
    let recipient = &report.messages[0].bounce.as_ref().unwrap().recipients[0];
    let said = said(recipient).unwrap();
    assert!(said.starts_with("The email account that you tried"), "{said}");
    assert!(said.ends_with("Please try double-checking the address for typing errors or unnecessary spaces. For more information, go to \
        https://support.example.com/mail - gsmtp"), "{said}");
    assert_eq!(line(recipient), format!("bob@example.net: 550 5.1.1 {said}"));
    let headline = headline(&report.messages).unwrap();
    let words = "to bob@example.net: 550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking the \
        address for typing errors or unnecessary… The message itself";
    assert!(headline.contains(words), "{headline}");
}

#[test]
fn the_headline_counts_recipients_that_are_not_named() {
    let blocks = |first: &str, second: &str| {
        let text = declared(&format!(
            "Action: failed\nStatus: 5.1.1\n{first}\nAction: failed\nStatus: 5.2.2\n{second}"
        ));
        headline(&report_on(text).messages).unwrap()
    };
    let bob = "Final-Recipient: rfc822; bob@example.net\n";
    assert!(blocks("", "").contains("to 2 recipients: 5.1.1."), "{}", blocks("", ""));
    assert!(
        blocks("", bob).contains("to bob@example.net and another recipient: 5.2.2."),
        "{}",
        blocks("", bob)
    );
}

#[test]
fn parts_are_found_where_the_boundary_is_not_named() {
    let text = fs::read_to_string(project("tests/fixtures/bounces/delay.eml")).unwrap();
    let bare = text.replace("; boundary=b1", "");
    assert_eq!(bounce_of(&bare).unwrap().recipients[0].status.as_deref(), Some("4.4.1"));
    let open = text.replace("--b1--", "");
    assert_eq!(returned_subject(&report_on(open)), Some("Still on its way"));
    let tight = text.replace("Content-Type: text/rfc822-headers\n\n", "Content-Type: text/rfc822-headers\n");
    assert_eq!(returned_subject(&report_on(tight)), Some("Still on its way"));
}

#[test]
fn encoded_parts_are_read_and_lead_back_to_the_source() {
    // "<bob@example.net>: host mail.example.net[192.0.2.25] said: 550 5.1.1 no such user"
    let text = "From: MAILER-DAEMON@mx.example.com\nSubject: Undelivered Mail Returned to Sender\nContent-Transfer-Encoding: base64\n\n\
        VGhpcyBpcyB0aGUgbWFpbCBzeXN0ZW0gYXQgaG9zdCBteC5leGFtcGxlLmNvbS4KCjxib2JAZXhh\n\
        bXBsZS5uZXQ+OiBob3N0IG1haWwuZXhhbXBsZS5uZXRbMTkyLjAuMi4yNV0gc2FpZDogNTUwIDUu\n\
        MS4xIG5vIHN1Y2ggdXNlcgo=\n";
    let bounce = bounce_of(text).unwrap();
    assert_eq!(told(&bounce), [(BOB, Some("5.1.1"), Some(550), MAIL)]);
    let [start, end] = report_on(text).messages[0].bounce.as_ref().unwrap().recipients[0].span;
    assert!(text[start..end].ends_with("MS4xIG5vIHN1Y2ggdXNlcgo="), "{}", &text[start..end]);
}

#[test]
fn hostile_bodies_cost_no_more_than_their_length() {
    let header = "From: MAILER-DAEMON@mx.example.com\nSubject: failure notice\nContent-Type: multipart/report; boundary=x\n\n";
    let nested: String = (0..10_000)
        .map(|level| format!("--x\nContent-Type: multipart/mixed; boundary=x{level}\n\n"))
        .collect();
    for body in [
        "--x\n".repeat(250_000),
        "--x\n\na\n".repeat(100_000),
        nested,
        "<bob@example.net>: 550\n".repeat(40_000),
    ] {
        let started = std::time::Instant::now();
        report_on(format!("{header}{body}"));
        assert!(started.elapsed().as_secs() < 20, "{}", &body[..40]);
    }
}
