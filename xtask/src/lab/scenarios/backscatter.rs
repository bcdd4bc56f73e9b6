//! Bounces that come to somebody who never wrote: forged mail that was taken first and refused afterwards.

use super::places::{ALICE, RECEIVER, SENDER, name, receiver, sender};
use crate::lab::scenario::{Mail, On, Scenario};
use crate::lab::servers::dovecot;
use crate::lab::servers::fetchers::{Box, fetchmail, getmail, title};
use crate::lab::site::{Site, Software};
use Software::{Courier, Exim, OpenSmtpd, Postfix, Sendmail};

const POP: &str = "pop.example.net";
const OFFICE: &str = "office.example.org";
const SPAMMER: &str = "dialup-17.example.net";

pub fn scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    for (program, provider, office) in [
        ("fetchmail", Postfix, Postfix),
        ("fetchmail", Exim, Exim),
        ("fetchmail", Courier, Sendmail),
        ("getmail", Postfix, Exim),
        ("getmail", Exim, Postfix),
    ] {
        all.push(fetched_and_bounced(program, provider, office));
    }
    for gateway in [Postfix, Exim, Sendmail, OpenSmtpd, Courier] {
        all.push(taken_and_bounced(gateway));
    }
    all
}

/// Says that it is Alice, and is not.
fn spammer() -> Site {
    Site::new(SPAMMER, "203.0.113.117", Software::Desk, "sends spam in Alice's name")
}

fn spam(server: &str, recipient: &str) -> Mail {
    Mail::new(SPAMMER, server, ALICE, recipient, "You have won").id("won.77")
}

fn victim(scenario: Scenario, source: &str) -> Scenario {
    scenario
        .wait_in(&format!("alice@{SENDER}"), 1, 90)
        .at_fault(source)
        .expect("backscatter", "medium", On::Mailbox(format!("alice@{SENDER}")))
        .forbid(&["routing-loop", "delivered-to-loop", "bounce-reports-loop", "list-loop", "auto-reply-loop"])
}

/// A catch-all mailbox takes everything; the site that collects it finds out that there is no such person.
fn fetched_and_bounced(program: &str, provider: Software, office: Software) -> Scenario {
    let isp = Site::new(POP, "203.0.113.60", provider, "the provider, with one mailbox for the whole domain")
        .domain("example.org")
        .catch_all("catchall");
    let isp = if provider == Courier { isp.with("Courier POP3") } else { dovecot::pop3(isp) };
    let header = match provider {
        Postfix => "X-Original-To",
        Exim => "Envelope-to",
        _ => "Delivered-To qvirtual catchall-",
    };
    let mailbox = Box { server: POP, user: "catchall" };
    let script = match program {
        "fetchmail" => fetchmail(
            mailbox,
            &format!("envelope {header} localdomains example.org no dns:"),
            "to * here smtphost localhost",
        ),
        _ => getmail(
            mailbox,
            &format!("type = MultidropPOP3Retriever\nenvelope_recipient = {}:1", header.to_lowercase()),
            "type = MDA_external\npath = /usr/sbin/sendmail\nallow_root_commands = true\n\
             arguments = (\"-i\", \"-f\", \"%(sender)\", \"%(recipient)\")",
            // Postfix would take getmail's Delivered-To line for its own and speak of a loop.
            "delete = true\ndelivered_to = false",
        ),
    };
    let scenario = Scenario::new(
        format!("backscatter-{program}-{}-{}", provider.id(), office.id()),
        "Spam in Alice's name to a made-up address lies in a catch-all mailbox; the site that fetches it bounces it to her.",
    )
    .site(spammer())
    .site(sender(Postfix))
    .site(isp)
    .site(
        Site::new(OFFICE, "198.51.100.60", office, "the office server, which collects the mail")
            .domain("example.org")
            .with(title(program)),
    )
    .mx("example.org", &[POP])
    .leave_out(&format!("catchall@{POP}"))
    .send(spam(POP, "nosuch@example.org"))
    .wait_in(&format!("catchall@{POP}"), 1, 60)
    .run(OFFICE, script);
    victim(scenario, OFFICE).expect("backscatter-source", "high", On::Mailbox(format!("alice@{SENDER}")))
}

/// A gateway that does not know the people behind it takes everything.
fn taken_and_bounced(gateway: Software) -> Scenario {
    let scenario = Scenario::new(
        name("backscatter-gateway", &[gateway, if gateway == Exim { Postfix } else { Exim }]),
        "A gateway takes spam in Alice's name for somebody who does not exist, the server behind it refuses, and the \
         gateway bounces to her.",
    )
    .site(spammer())
    .site(sender(Postfix))
    .site(
        Site::new("gw.example.org", "198.51.100.20", gateway, "the gateway, which takes everything")
            .route("example.org", RECEIVER),
    )
    .site(receiver(if gateway == Exim { Postfix } else { Exim }))
    .mx("example.org", &["gw.example.org"])
    .send(spam("gw.example.org", "nosuch@example.org"));
    victim(scenario, "gw.example.org")
}
