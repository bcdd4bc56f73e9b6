//! Bounces, waits, clocks and lines that do not fit: what is said of them, and which of several findings is the verdict.

mod common;

use std::fs;

use common::{project, report_on};
use hopscope::report::{Finding, Report, Severity, ticket};
use hopscope::{Input, Options, analyze};

fn report(fixture: &str) -> Report {
    report_on(fs::read(project("tests/fixtures/findings").join(fixture)).unwrap())
}

fn finding<'r>(report: &'r Report, id: &str) -> &'r Finding {
    report.findings.iter().find(|finding| finding.id == id).unwrap_or_else(|| panic!("no {id}"))
}

fn what(fixture: &str) -> String {
    let id = fixture.split('/').next().unwrap();
    finding(&report(fixture), id).what.clone()
}

#[test]
fn a_bounce_says_who_refused_for_whom_and_why() {
    assert_eq!(
        what("bounce/fires-unknown-user-postfix.eml"),
        "mx.example.com refused the message to bem@example.com, as mail.example.org reports: there is no such mailbox (550 5.1.1)."
    );
}

#[test]
fn one_code_means_two_things_by_who_gave_it() {
    let microsoft = report("bounce/fires-exchange-unknown-mailbox.eml");
    let microsoft = finding(&microsoft, "bounce");
    assert!(microsoft.what.ends_with("there is no such mailbox (550 5.1.10)."), "{}", microsoft.what);
    assert!(microsoft.why.contains("From other servers the same code would mean"), "{}", microsoft.why);
    assert_eq!(microsoft.remedies[0].who, "The sender");
    assert!(what("bounce/fires-null-mx.eml").contains("takes no mail at all (null MX)"));
    assert!(what("bounce/fires-5-4-1-not-microsoft.eml").contains("the next server did not answer"));
}

#[test]
fn the_words_of_a_server_count_more_than_a_code_for_logging_in() {
    let mail = fs::read_to_string(project("tests/fixtures/findings/bounce/fires-mailbox-full.eml")).unwrap();
    let said = "554 5.7.9 Message not accepted for policy reasons";
    let mail = mail.replace("552 5.2.2 <ben@example.com>: Mailbox quota exceeded", said);
    let report = report_on(mail.replace("Status: 5.2.2", "Status: 5.7.9"));
    let found = finding(&report, "bounce");
    assert!(found.what.contains("a rule on the recipient's side forbids it (554 5.7.9)"), "{}", found.what);
    assert!(found.why.contains("The words of the server say otherwise"), "{}", found.why);
}

#[test]
fn a_version_number_is_no_impossible_address() {
    let mail =
        fs::read_to_string(project("tests/fixtures/findings/forged-trace/fires-impossible-address.eml"))
            .unwrap();
    let mail = mail
        .replace("[198.51.300.20]", "[198.51.100.20]")
        .replace("8.14.4/8.14.4", "Connector Version 4.0.994.63");
    assert!(report_on(mail).findings.iter().all(|finding| finding.id != "forged-trace"));
}

#[test]
fn of_a_late_message_the_advice_is_to_wait() {
    let report = report("bounce/fires-delayed.eml");
    let steps = &finding(&report, "bounce").remedies[0].steps;
    assert!(steps[1].contains("Do not send the message again"), "{steps:?}");
}

#[test]
fn the_verdict_on_a_bounce_explains_its_code() {
    let headline = report("bounce/fires-mailbox-full.eml").verdict.headline;
    assert_eq!(
        headline,
        "mx.example.com refused the message to ben@example.com, as mail1.example.org reports: the mailbox is full (552 5.2.2). The route of the returned message is below."
    );
}

#[test]
fn a_slow_clock_is_no_slow_hop() {
    let report = report("slow-hop/quiet-slow-clock.eml");
    assert_eq!(
        finding(&report, "clock-skew").what,
        "The clock of mail.example.org is probably slow by about 7 minutes. Put right, the next hop took 2 seconds."
    );
    assert!(!report.verdict.headline.contains("wait"), "{}", report.verdict.headline);
}

#[test]
fn a_clock_is_certainly_off_where_two_organisations_agree() {
    let found = report("clock-skew/fires-middle-server-fast.eml");
    let found = finding(&found, "clock-skew");
    assert_eq!(found.confidence.label(), "Certain");
    assert!(
        found.what.starts_with("The clock of mx.example.com is fast by 12 minutes or more."),
        "{}",
        found.what
    );
    let whole = report("clock-skew/fires-whole-hour.eml");
    assert!(finding(&whole, "clock-skew").why.contains("a wrong time zone is more likely"));
}

#[test]
fn of_two_clocks_that_contradict_neither_is_blamed() {
    let report = report("clock-skew/fires-one-of-two.eml");
    let found = finding(&report, "clock-skew");
    assert_eq!((found.confidence.label(), &found.culprit), ("Possible", &None));
}

#[test]
fn a_wait_is_told_with_the_place_where_the_message_lay() {
    assert_eq!(
        what("slow-hop/fires-queue.eml"),
        "The message probably lay in the queue of mail.example.org for 3 hours 30 minutes, before mx.example.com took it."
    );
    assert!(what("slow-hop/fires-waiting-for-pop3.eml").contains("in a mailbox at pop.example.net"));
    assert!(
        what("slow-hop/fires-greylist-note.eml")
            .starts_with("mx.example.com let mail.example.org wait (greylisting)")
    );
    assert!(what("slow-hop/fires-like-greylisting.eml").contains("(greylisting) would cause that"));
    assert!(what("slow-hop/fires-own-filter.eml").contains("between two programs of that server"));
}

#[test]
fn the_command_for_the_log_holds_nothing_that_a_shell_would_obey() {
    let mail = fs::read_to_string(project("tests/fixtures/findings/slow-hop/fires-queue.eml")).unwrap();
    let report = report_on(mail.replace("4DkX2g6Lq6z3d", "4DkX`reboot`"));
    let steps = &finding(&report, "slow-hop").remedies[0].steps;
    assert!(steps[0].starts_with("`grep <its number> "), "{steps:?}");
}

#[test]
fn what_was_made_up_explains_the_gap() {
    let report = report("forged-trace/fires-own-name-below.eml");
    let gap = finding(&report, "trace-gap");
    assert_eq!(report.findings[gap.explained_by.unwrap()].id, "forged-trace");
    assert_eq!(report.verdict.finding, gap.explained_by);
    assert!(report.verdict.headline.starts_with("A line of this header is probably made up"));
}

#[test]
fn a_client_that_greets_with_the_servers_name_is_named_by_its_address() {
    assert_eq!(
        what("forged-trace/fires-own-greeting.eml"),
        "dsl-17.example.net (203.0.113.17) did not say who it is: it greeted mx.example.com with that server's own name."
    );
}

#[test]
fn of_several_messages_the_verdict_tells_which_one_matters() {
    let read = |name: &str| fs::read(project("tests/fixtures/findings").join(name)).unwrap();
    let texts = [
        "slow-hop/quiet-four-minutes.eml",
        "delivered-to-loop/fires-mutual-forward.eml",
        "trace-gap/fires-line-missing.eml",
    ]
    .map(read);
    let inputs: Vec<Input> = texts.iter().map(|bytes| Input { name: None, bytes }).collect();
    let verdict = analyze(&inputs, &Options::default()).verdict;
    assert_eq!((verdict.severity, verdict.message), (Severity::High, Some(1)));
    assert!(verdict.headline.starts_with("Message 2 of 3: "), "{}", verdict.headline);
}

#[test]
fn a_hop_without_encryption_is_named_on_the_right_hop() {
    let report = report("unencrypted-hop/fires-esmtp.eml");
    let found = finding(&report, "unencrypted-hop");
    assert_eq!(found.what, "The message went from mail.example.org to mx.example.com without encryption.");
    assert_eq!(found.evidence.len(), 1);
    assert_eq!(found.evidence[0].span, report.messages[0].hops[1].span);
}

#[test]
fn a_ticket_has_under_fifteen_lines_and_names_who_acts() {
    for fixture in [
        "delivered-to-loop/fires-mutual-forward.eml",
        "forged-trace/fires-own-greeting.eml",
        "bounce/fires-delayed.eml",
    ] {
        let report = report(fixture);
        let ticket = ticket::write(&report);
        assert!(ticket.lines().count() < 15, "{ticket}");
        assert!(ticket.starts_with(&report.verdict.headline), "{ticket}");
        if let Some(who) = &report.verdict.who_acts {
            assert!(ticket.contains(&format!("\nWho acts: {who}\n")), "{ticket}");
        }
    }
}
