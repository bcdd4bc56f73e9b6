//! Healthy mail on its last steps: forwards, aliases, filters, lists, delivery agents.

use super::places::{ALICE, BOB, DESK, SENDER, desk, mail_to, name, receiver, sender};
use crate::lab::scenario::{Mail, Scenario};
use crate::lab::servers::{lists, reinjection};
use crate::lab::site::{Mailbox, Site, Software};
use Software::{Chasquid, Courier, Exim, Mailman, OpenSmtpd, Postfix, Sendmail};

const OLD: &str = "old.example.net";
const LISTS: &str = "lists.example.net";

pub fn scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    for (old, new) in [
        (Postfix, Exim),
        (Exim, Postfix),
        (Sendmail, Postfix),
        (OpenSmtpd, Postfix),
        (Courier, Exim),
        (Chasquid, Postfix),
    ] {
        all.push(forward(old, new));
        all.push(alias(old, new));
    }
    for (server, agent) in [
        (Postfix, Mailbox::Procmail),
        (Postfix, Mailbox::Maildrop),
        (Postfix, Mailbox::DovecotLmtp),
        (Exim, Mailbox::Procmail),
        (Exim, Mailbox::DovecotLmtp),
        (Sendmail, Mailbox::Maildrop),
        (OpenSmtpd, Mailbox::Procmail),
        (OpenSmtpd, Mailbox::DovecotLmtp),
    ] {
        all.push(delivered_by(server, agent));
    }
    all.push(filtered("amavis", reinjection::amavis(receiver(Postfix))));
    all.push(filtered("second-instance", reinjection::second_instance(receiver(Postfix))));
    all.push(filtered("pipe", reinjection::pipe(receiver(Postfix))));
    for server in [Postfix, Exim, Mailman] {
        all.push(list(server));
    }
    all
}

fn forward(old: Software, new: Software) -> Scenario {
    Scenario::new(
        name("forward", &[old, new]),
        "Bob's old mailbox at example.net forwards to the one at example.org.",
    )
    .site(desk())
    .site(sender(Postfix))
    .site(
        Site::new(OLD, "203.0.113.40", old, "the server of Bob's old address")
            .domain("example.net")
            .forward("bob", BOB),
    )
    .site(receiver(new))
    .send(mail_to("bob@example.net"))
    .wait(1, 60)
    .healthy()
    .forbid(&["stacked-delivered-to"])
}

fn alias(old: Software, new: Software) -> Scenario {
    Scenario::new(
        name("alias", &[old, new]),
        "The address office@example.net stands for Carol there and for Bob and Dave at example.org.",
    )
    .site(desk())
    .site(sender(Exim))
    .site(
        Site::new(OLD, "203.0.113.40", old, "the server with the alias")
            .domain("example.net")
            .alias("office", "carol@example.net, bob@example.org, dave@example.org"),
    )
    .site(receiver(new))
    .send(mail_to("office@example.net"))
    .wait(3, 60)
    .healthy()
    .fork(OLD)
}

fn delivered_by(server: Software, agent: Mailbox) -> Scenario {
    let family = match agent {
        Mailbox::Own => "own",
        Mailbox::Procmail => "procmail",
        Mailbox::Maildrop => "maildrop",
        Mailbox::DovecotLmtp => "lmtp-dovecot",
    };
    Scenario::new(name(family, &[server]), "The server hands the mail to another program, which stores it.")
        .site(desk())
        .site(sender(if server == Postfix { Exim } else { Postfix }))
        .site(receiver(server).mailbox(agent))
        .send(mail_to(BOB))
        .wait(1, 60)
        .healthy()
}

fn filtered(family: &str, site: Site) -> Scenario {
    Scenario::new(
        format!("filter-{family}-postfix"),
        "A content filter on the recipient's server takes the mail and gives it back: no loop.",
    )
    .site(desk())
    .site(sender(Exim))
    .site(site)
    .send(mail_to(BOB))
    .wait(1, 90)
    .healthy()
    .forbid(&["host-revisited"])
}

fn list(server: Software) -> Scenario {
    let site = Site::new(LISTS, "203.0.113.50", server, "the host of the list").domain("lists.example.net");
    let members = [ALICE, BOB];
    let site = match server {
        Mailman => lists::mailman(site, "talk@lists.example.net", &members),
        _ => lists::mlmmj(site, "talk", &members),
    };
    Scenario::new(
        format!(
            "list-{}",
            if server == Mailman { "mailman".into() } else { format!("mlmmj-{}", server.id()) }
        ),
        "A post to a list comes to its members, to the one who wrote it as well.",
    )
    .site(desk())
    .site(sender(Postfix))
    .site(site)
    .site(receiver(Exim))
    .send(Mail::new(DESK, SENDER, ALICE, "talk@lists.example.net", "Agenda"))
    .wait(2, 90)
    .healthy()
    .forbid(&["host-revisited"])
    .fork(LISTS)
}
