//! Routing loops: the mail goes from host to host and back until one of them has counted enough.

use super::places::{BOB, SENDER, desk, mail_to, name, sender};
use crate::lab::scenario::{On, Scenario};
use crate::lab::site::{Site, Software};
use Software::{Courier, Exim, OpenSmtpd, Postfix, Sendmail};

const RELAY: &str = "relay.example.net";
const THIRD: &str = "gw.example.org";

pub fn scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    // Each with itself first: its real limit, and its own bounce.
    for (first, second) in [
        (Postfix, Postfix),
        (Exim, Exim),
        (Sendmail, Sendmail),
        (OpenSmtpd, OpenSmtpd),
        (Courier, Courier),
        (Postfix, Exim),
        (Exim, Sendmail),
        (Sendmail, Postfix),
        (OpenSmtpd, Postfix),
        (Courier, Exim),
        (Postfix, Courier),
    ] {
        all.push(unknown_domain(first, second));
    }
    for (first, second) in
        [(Postfix, Postfix), (Exim, Postfix), (Postfix, Sendmail), (OpenSmtpd, Exim), (Sendmail, Courier)]
    {
        all.push(smart_hosts(first, second));
    }
    for trio in [
        [Postfix, Exim, Sendmail],
        [Exim, Postfix, OpenSmtpd],
        [Sendmail, Courier, Postfix],
        [Postfix, Postfix, Postfix],
    ] {
        all.push(three_hosts(trio));
    }
    for software in [Postfix, Exim, Sendmail, OpenSmtpd, Courier] {
        all.push(mx_is_myself(software));
    }
    all
}

/// Lowered where the full number would only cost time and tell nothing more.
fn limited(site: Site, limit: u32) -> Site {
    match site.software {
        Postfix | Exim | Sendmail => site.hop_limit(limit),
        _ => site,
    }
}

fn looping(scenario: Scenario, at_fault: &str) -> Scenario {
    scenario
        .send(mail_to(BOB))
        // A hundred hops between two OpenSMTPD take more than a minute.
        .wait_in(&format!("alice@{SENDER}"), 1, 300)
        .at_fault(at_fault)
        .expect("routing-loop", "high", On::LateCopies)
        .expect("bounce-reports-loop", "high", On::BouncesWithReason)
        .forbid(&[
            "recipient-reinjection",
            "pop3-connector-reinjection",
            "list-loop",
            "auto-reply-loop",
            "backscatter",
        ])
}

/// The MX of the domain points at a host that does not know it and sends it back to where it came from.
fn unknown_domain(first: Software, second: Software) -> Scenario {
    let scenario = Scenario::new(
        name("loop-mx", &[first, second]),
        "The MX of example.org is a host that does not know the domain and hands its mail back to the sender's server.",
    )
    .site(desk())
    .site(sender(first).archive())
    .site(
        Site::new(RELAY, "203.0.113.10", second, "the MX of example.org that does not know it")
            .smart_host(SENDER)
            .archive(),
    )
    .mx("example.org", &[RELAY])
    .cycle(&[SENDER, RELAY]);
    looping(scenario, RELAY)
}

fn smart_hosts(first: Software, second: Software) -> Scenario {
    let scenario =
        Scenario::new(name("loop-smart-host", &[first, second]), "Two servers are each other's smart host.")
            .site(desk())
            .site(limited(sender(first), 15).smart_host(RELAY).archive())
            .site(
                limited(Site::new(RELAY, "203.0.113.10", second, "the relay, which relays back"), 15)
                    .smart_host(SENDER)
                    .archive(),
            )
            .cycle(&[SENDER, RELAY]);
    looping(scenario, RELAY)
}

fn three_hosts([first, second, third]: [Software; 3]) -> Scenario {
    let scenario = Scenario::new(
        name("loop-three", &[first, second, third]),
        "The recipient's gateway hands the mail of its own domain to the sender's server, which starts again.",
    )
    .site(desk())
    .site(limited(sender(first), 25).smart_host(RELAY).archive())
    .site(limited(Site::new(RELAY, "203.0.113.10", second, "the smart host"), 25).archive())
    .site(
        limited(Site::new(THIRD, "198.51.100.20", third, "the gateway with the wrong route"), 25)
            .route("example.org", SENDER)
            .archive(),
    )
    .mx("example.org", &[THIRD])
    .cycle(&[SENDER, RELAY, THIRD]);
    looping(scenario, THIRD)
}

/// The server sees from the MX that it would send to itself; OpenSMTPD does not, and goes round a hundred times.
fn mx_is_myself(software: Software) -> Scenario {
    Scenario::new(
        name("loop-myself", &[software]),
        "The sender's server is the MX of example.org but does not know the domain: it would have to send to itself.",
    )
    .site(desk())
    // Exim would otherwise freeze the message and wait for its postmaster.
    .site(if software == Exim { sender(software).config("dnslookup self = fail") } else { sender(software) })
    .mx("example.org", &[SENDER])
    .send(mail_to(BOB))
    .wait(1, 300)
    .at_fault(SENDER)
    .expect("bounce", "info", On::Bounces)
    .expect("bounce-reports-loop", "high", On::Bounces)
    .forbid(&["recipient-reinjection", "backscatter"])
    .cycle(&[SENDER])
}
