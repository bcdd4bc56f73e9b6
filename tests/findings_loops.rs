//! What the findings on loops say: who takes part, how often, how long a lap takes, where it turns, and who has to act.

mod common;

use std::fmt::Write;
use std::fs;
use std::time::Instant;

use common::{project, report_on};
use hopscope::report::{Confidence, Finding, Report, Severity};

fn report(fixture: &str) -> Report {
    report_on(fs::read(project("tests/fixtures/findings").join(fixture).with_extension("eml")).unwrap())
}

fn finding(fixture: &str) -> Finding {
    let id = fixture.split('/').next().unwrap();
    let found = report(fixture).findings.into_iter().find(|finding| finding.id == id);
    found.unwrap_or_else(|| panic!("{fixture} does not fire"))
}

fn steps(finding: &Finding) -> String {
    finding
        .remedies
        .iter()
        .flat_map(|remedy| &remedy.steps)
        .fold(String::new(), |all, step| all + step + "\n")
}

#[test]
fn a_loop_names_its_members_its_laps_and_the_time_of_one_lap() {
    let finding = finding("routing-loop/fires-two-smart-hosts");
    assert_eq!(
        finding.what,
        "The message is going round between mail.example.net and relay.example.org: it came back to mail.example.net 3 times, about every 4 seconds."
    );
    assert_eq!((finding.severity, finding.confidence), (Severity::High, Confidence::Certain));
}

#[test]
fn the_first_to_send_it_back_is_named_and_asked_first() {
    let finding = finding("routing-loop/fires-two-smart-hosts");
    assert_eq!(finding.culprit.as_ref().unwrap().host.as_deref(), Some("relay.example.org"));
    let who: Vec<&str> = finding.remedies.iter().map(|remedy| remedy.who.as_str()).collect();
    assert_eq!(who, ["Whoever runs relay.example.org (Exim)", "Whoever runs mail.example.net (Postfix)"]);
}

#[test]
fn the_steps_are_those_of_the_programs_where_it_turns() {
    let text = steps(&finding("routing-loop/fires-two-smart-hosts"));
    assert!(
        text.contains("exim -bt postmaster@example.org") && text.contains("postconf mydestination"),
        "{text}"
    );
    assert!(!text.contains("sendmail -bv") && !text.contains("Get-AcceptedDomain"), "{text}");
}

#[test]
fn the_limit_that_will_stop_it_is_the_lowest_on_the_way_round() {
    let finding = finding("routing-loop/fires-two-smart-hosts");
    assert!(finding.why.contains("Exim on relay.example.org stops a message at about 30"), "{}", finding.why);
    assert!(finding.why.contains("Each lap adds 2 lines"), "{}", finding.why);
}

#[test]
fn recipients_that_alternate_are_two_forwards() {
    let finding = finding("routing-loop/fires-two-aliases");
    assert!(finding.why.contains("Two forwards seem to point at each other"), "{}", finding.why);
    let [remedy] = finding.remedies.as_slice() else { panic!("one remedy for both") };
    assert!(remedy.who.contains("dora@example.com (on mx.example.com)"), "{}", remedy.who);
    assert!(remedy.who.contains("dora@example.org (on mx.example.org)"), "{}", remedy.who);
}

#[test]
fn in_a_ring_the_server_that_closes_it_is_asked() {
    let finding = finding("routing-loop/fires-ring-of-three");
    assert!(
        finding.what.starts_with("The message is going round from mail.example.net to relay.example.org to gw.example.com and back to mail.example.net"),
        "{}",
        finding.what
    );
    assert_eq!(finding.remedies[0].who, "Whoever runs gw.example.com (sendmail)");
    assert_eq!(finding.culprit.as_ref().unwrap().host.as_deref(), Some("gw.example.com"));
}

#[test]
fn every_pass_is_evidence_and_the_newest_decides() {
    let finding = finding("routing-loop/fires-two-smart-hosts");
    assert!(finding.evidence[0].primary && finding.evidence[0].label.contains("4th time"));
    assert_eq!(finding.evidence.len(), 4);
    assert!(finding.evidence.windows(2).all(|pair| pair[0].span < pair[1].span));
}

#[test]
fn organisations_with_many_machines_are_found_by_their_order() {
    let finding = finding("routing-loop/fires-farms-of-servers");
    assert!(finding.what.contains("between example.net and example.org"), "{}", finding.what);
}

#[test]
fn a_server_that_sends_to_itself_is_told_to_know_the_domain() {
    let finding = finding("routing-loop/fires-server-that-sends-to-itself");
    assert!(finding.what.contains("on mail.example.net, which hands it over to itself"), "{}", finding.what);
    assert!(steps(&finding).contains("smtpd.conf"));
}

#[test]
fn a_server_behind_its_router_is_told_to_know_the_routers_address() {
    let finding = finding("routing-loop/fires-through-the-own-router");
    assert!(finding.what.contains("on mail.example.org, which hands it over to itself"), "{}", finding.what);
    assert!(steps(&finding).contains("proxy_interfaces"));
    assert!(
        report("routing-loop/fires-through-the-own-router")
            .findings
            .iter()
            .all(|found| found.id != "forged-trace")
    );
}

#[test]
fn a_filter_that_feeds_itself_is_no_matter_of_the_mx() {
    let finding = finding("routing-loop/fires-filter-fed-to-itself");
    assert!(finding.what.contains("on mx.example.org, which hands it over to itself"), "{}", finding.what);
    let text = steps(&finding);
    assert!(text.contains("-o content_filter=") && !text.contains("dig +short MX"), "{text}");
}

#[test]
fn the_provider_of_a_line_is_not_blamed_for_the_server_on_it() {
    let finding = finding("routing-loop/fires-server-on-a-providers-line");
    assert!(finding.what.contains("between sbs.example.local and mail.example.com"), "{}", finding.what);
    let culprit = finding.culprit.as_ref().unwrap();
    assert_ne!(culprit.domain.as_deref(), Some("example.net"));
    assert!(finding.letter.is_none_or(|letter| letter.to != "postmaster@example.net"));
}

#[test]
fn exchange_online_and_the_server_that_gives_the_mail_back_are_both_asked() {
    let finding = finding("exchange-online-loop/fires-hybrid");
    assert_eq!(
        finding.what,
        "The message is probably going round between Exchange Online and ex1.corp.example.com: it came back from there twice."
    );
    assert_eq!(finding.severity, Severity::High);
    let who: Vec<&str> = finding.remedies.iter().map(|remedy| remedy.who.as_str()).collect();
    assert_eq!(
        who,
        ["The administrator of the Microsoft 365 tenant", "Whoever runs ex1.corp.example.com (Exchange)"]
    );
}

#[test]
fn one_return_is_a_note_and_says_what_would_make_it_a_loop() {
    let report = report("host-revisited/fires-detour");
    let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    assert_eq!(finding.severity, Severity::Info);
    assert!(finding.why.contains("It would be one if"), "{}", finding.why);
}

#[test]
fn a_bounce_and_its_returned_header_explain_each_other() {
    let report = report("bounce-reports-loop/fires-too-many-hops");
    let ids: Vec<&str> = report.findings.iter().map(|finding| finding.id.as_str()).collect();
    assert!(ids.contains(&"bounce-reports-loop") && ids.contains(&"routing-loop"), "{ids:?}");
    assert_eq!(
        report.verdict.headline,
        "The message went round between mail.example.net and relay.example.org: it came back to mail.example.net 3 times, about every 4 seconds; then it was returned as undeliverable."
    );
}

#[test]
fn a_bounce_of_a_server_that_is_its_own_next_hop_gets_the_advice_of_its_program() {
    let finding = finding("bounce-reports-loop/fires-loops-back-to-myself");
    assert_eq!(finding.remedies[0].who, "Whoever runs relay.example.org (Postfix)");
    let text = steps(&finding);
    assert!(text.contains("mydestination") && text.contains("proxy_interfaces"), "{text}");
}

#[test]
fn a_bounce_without_a_reason_is_only_probably_a_loop() {
    let finding = finding("bounce-reports-loop/fires-exim-without-a-reason");
    assert_eq!(finding.confidence, Confidence::Likely);
    assert!(finding.what.contains("because it was probably going round"), "{}", finding.what);
}

#[test]
fn fetched_mail_that_only_looks_like_a_loop_is_told_so() {
    let finding = finding("bounce-reports-loop/fires-fetched-with-the-providers-line");
    assert!(finding.what.contains("took the line that the mailbox provider wrote"), "{}", finding.what);
    assert!(steps(&finding).contains("dropdelivered"));
}

#[test]
fn three_passes_through_exchange_online_are_found_though_no_name_repeats() {
    let report = report("exchange-online-loop/fires-three-passes");
    let ids: Vec<&str> = report.findings.iter().map(|finding| finding.id.as_str()).collect();
    assert_eq!(ids, ["exchange-online-loop"]);
    let finding = &report.findings[0];
    assert!(finding.what.ends_with("the same tenant had it 3 times."), "{}", finding.what);
    assert_eq!((finding.severity, finding.confidence), (Severity::High, Confidence::Certain));
    assert!(steps(finding).contains("Set-AcceptedDomain"));
}

#[test]
fn without_the_tenants_count_exchange_online_is_only_probably_looping() {
    let route = finding("exchange-online-loop/fires-by-the-route-alone");
    assert_eq!((route.severity, route.confidence), (Severity::High, Confidence::Likely));
    assert!(route.what.contains("probably"), "{}", route.what);
    let once = finding("exchange-online-loop/fires-straight-back-once");
    assert_eq!((once.severity, once.confidence), (Severity::Medium, Confidence::Likely));
}

#[test]
fn a_list_that_numbered_its_post_twice_has_sent_it_twice() {
    let finding = finding("list-loop/fires-archive-positions");
    assert_eq!(finding.what, "The message went through the mailing list talk@lists.example.org twice.");
    assert_eq!((finding.severity, finding.confidence), (Severity::Medium, Confidence::Certain));
}

#[test]
fn undeclared_answers_are_only_possibly_automatic() {
    let declared = finding("auto-reply-loop/fires-declared");
    let undeclared = finding("auto-reply-loop/fires-undeclared");
    assert_eq!(undeclared.confidence, Confidence::Possible);
    assert!(declared.confidence > undeclared.confidence);
    assert!(
        undeclared.what.starts_with("bob@example.org and ann@example.net may be answering each other"),
        "{}",
        undeclared.what
    );
}

#[test]
fn the_nearest_limit_is_that_of_sendmail() {
    let finding = finding("hop-limit-near/fires-sendmail");
    assert!(
        finding.what.contains("has 22 Received lines")
            && finding.what.contains("(sendmail) stops mail at about 25"),
        "{}",
        finding.what
    );
    assert!(steps(&finding).contains("cures nothing"));
}

#[test]
fn a_message_that_has_reached_the_limit_is_not_called_close_to_it() {
    let title = |lines: &str| {
        let mail =
            fs::read_to_string(project("tests/fixtures/findings/hop-limit-near/fires-sendmail.eml")).unwrap();
        let found = report_on(lines.to_owned() + &mail).findings;
        found.into_iter().find(|finding| finding.id == "hop-limit-near").unwrap().title
    };
    assert_eq!(title(""), "Close to the hop limit");
    let newer = "Received: from a.example.net by b.example.net; Mon, 9 Nov 2026 10:30:00 +0100\n";
    assert_eq!(title(&newer.repeat(3)), "As many lines as the hop limit allows");
}

#[test]
fn a_marker_says_what_it_will_stop_and_asks_for_nothing() {
    let finding = finding("forwarding-loop-marker/fires-inbox-rule");
    assert!(
        finding.what.contains("bob@example.org") && finding.why.contains("does not forward it a second time")
    );
    assert!(finding.remedies.is_empty());
}

/// A header with so many hops through three servers, and all the marks that the rules look for.
fn hostile(hops: usize) -> String {
    let mut text = String::new();
    for hop in (0..hops).rev() {
        let [from, by] =
            [hop, hop + 1].map(|at| format!("mx{}.example.{}", at % 3, ["com", "net", "org"][at % 3]));
        writeln!(
            text,
            "Received: from {from} ({from} [192.0.2.{}]) by {by} (Postfix) with ESMTP id Q{hop} for <a{}@example.org>; Mon, 9 Nov 2026 08:30:00 +0100\nX-BeenThere: l{}@example.org\nX-EOPTenantAttributedMessage: t{hop}:0\nX-LD-Processed: t{hop},ExtAddr\nDelivered-To: a{}@example.org\nX-MS-Exchange-Inbox-Rules-Loop: a@example.org",
            hop % 3, hop % 7, hop % 5, hop % 11
        )
        .unwrap();
    }
    text + "Subject: Re: Re: Re: Re: Re: x\nFrom: a@example.org\nTo: b@example.net\nMessage-ID: <1@example.org>\n"
}

#[test]
fn ten_times_the_hops_take_about_ten_times_as_long() {
    let time = |hops| {
        let text = hostile(hops);
        let start = Instant::now();
        assert_eq!(report_on(&text).messages[0].hops.len(), hops);
        start.elapsed().as_secs_f64()
    };
    let [small, large] = [time(1_000), time(10_000)];
    assert!(large < small * 40.0 + 0.5, "1 000 hops {small:.2} s, 10 000 hops {large:.2} s");
}
