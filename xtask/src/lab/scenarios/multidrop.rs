//! Mailboxes that hold the mail of a whole domain, and the programs that collect and share it out.

use super::places::{ALICE, DESK, SENDER, desk, sender};
use crate::lab::scenario::{ALARMS, Mail, On, Scenario};
use crate::lab::servers::dovecot;
use crate::lab::servers::fetchers::{Box, fdm, fetchmail, getmail, mpop, title};
use crate::lab::site::{Mailbox, Site, Software};
use Software::{Courier, Exim, Postfix, Sendmail};

const POP: &str = "pop.example.net";
const OFFICE: &str = "office.example.org";
const BOX: Box = Box { server: POP, user: "catchall" };

/// Whether the provider writes down whom a message was for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Recorded {
    Yes,
    No,
}
use Recorded::{No, Yes};

pub fn scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    let local = "localdomains example.org no dns:";
    let everybody = "to * here smtphost localhost";
    let with = |envelope: &str| fetchmail(BOX, &format!("{envelope} {local}"), everybody);
    // Courier hands the mail of a domain to `catchall-bob`, in the manner of qmail.
    let courier = fetchmail(
        BOX,
        "envelope \"Delivered-To\" qvirtual \"catchall-\" localdomains example.org no dns:",
        everybody,
    );
    for (variant, provider, recorded, office, script) in [
        ("fetchmail-right", Postfix, Yes, Postfix, with("envelope \"X-Original-To\"")),
        ("fetchmail-right", Exim, Yes, Sendmail, with("envelope \"Envelope-to\"")),
        ("fetchmail-right", Courier, Yes, Exim, courier),
        ("fetchmail-none", Postfix, No, Exim, with("no envelope")),
        ("fetchmail-none", Exim, No, Postfix, with("no envelope")),
        ("fetchmail-none", Courier, Yes, Sendmail, with("no envelope")),
        ("fetchmail-wrong", Postfix, Yes, Exim, with("envelope \"X-Envelope-To\"")),
        ("fetchmail-wrong", Exim, Yes, Postfix, with("envelope \"X-Real-To\"")),
        // fetchmail's own default reads the `for` of the provider's Received line.
        ("fetchmail-received", Postfix, No, Postfix, with("")),
    ] {
        all.push(shared_out(&format!("multidrop-{variant}"), provider, recorded, office, script));
    }
    all.push(prefixed());
    all.push(own_delivered_to());
    let retriever = |header: &str| format!("type = MultidropPOP3Retriever\nenvelope_recipient = {header}:1");
    for (provider, header, office) in
        [(Postfix, "x-original-to", Postfix), (Exim, "envelope-to", Exim), (Exim, "envelope-to", Sendmail)]
    {
        // Postfix would take getmail's Delivered-To line for its own.
        let options = if office == Postfix { "delete = true\ndelivered_to = false" } else { "delete = true" };
        let script = getmail(BOX, &retriever(header), TO_RECIPIENT, options);
        all.push(shared_out("multidrop-getmail-right", provider, Yes, office, script));
    }
    for (program, office, script) in [
        ("mpop", Postfix, mpop(BOX, "mda \"/usr/sbin/sendmail -i bob@example.org\"", "keep off")),
        ("fdm", Exim, fdm(BOX, "pipe \"/usr/sbin/sendmail -i bob@example.org\"", "")),
        ("fetchmail", Sendmail, fetchmail(BOX, "", "is bob here smtphost localhost")),
        ("getmail", Postfix, getmail(BOX, "type = SimplePOP3Retriever", TO_BOB, "delete = true")),
    ] {
        all.push(to_one_person(program, office, script));
    }
    for (program, provider, office) in [
        ("fetchmail", Exim, Postfix),
        ("getmail", Exim, Exim),
        ("mpop", Courier, Sendmail),
        ("fdm", Postfix, Postfix),
        ("fetchmail", Postfix, Sendmail),
    ] {
        all.push(fed_back(program, provider, office));
    }
    for (one, other) in [(Postfix, Postfix), (Sendmail, Exim), (Exim, Postfix)] {
        all.push(storm(one, other));
    }
    all
}

const TO_RECIPIENT: &str = "type = MDA_external\npath = /usr/sbin/sendmail\nallow_root_commands = true\n\
                            arguments = (\"-i\", \"-f\", \"%(sender)\", \"%(recipient)\")";
const TO_BOB: &str = "type = MDA_external\npath = /usr/sbin/sendmail\nallow_root_commands = true\n\
                      arguments = (\"-i\", \"bob@example.org\")";
/// The mistake: the program that takes the mail reads To and Cc.
const TO_HEADER: &str = "type = MDA_external\npath = /usr/sbin/sendmail\nallow_root_commands = true\n\
                         arguments = (\"-i\", \"-t\")";

/// The provider keeps the mail of a domain in one mailbox and serves it by POP3.
fn provider(host: &str, address: &str, software: Software, recorded: Recorded, domain: &str) -> Site {
    let site = Site::new(host, address, software, "the provider, with one mailbox for the whole domain")
        .domain(domain)
        .catch_all("catchall");
    match (software, recorded) {
        (Courier, _) => site.with("Courier POP3"),
        (Postfix, No) => {
            dovecot::pop3(site.config("enable_original_recipient = no").config("prepend_delivered_header ="))
        }
        (_, No) => dovecot::pop3(site.config("# no envelope recipient")),
        (_, Yes) => dovecot::pop3(site),
    }
}

fn office(software: Software) -> Site {
    Site::new(OFFICE, "198.51.100.60", software, "the office server, which collects the mail")
        .domain("example.org")
}

fn scene(name: String, about: &str, isp: Site, office: Site) -> Scenario {
    Scenario::new(name, about)
        .site(desk())
        .site(sender(Postfix))
        .site(isp)
        .site(office)
        .mx("example.org", &[POP])
        .leave_out(&format!("catchall@{POP}"))
}

/// One mail to two people, one as Bcc, one through a list: each stored once for each recipient.
fn with_mail(scenario: Scenario, stored: usize) -> Scenario {
    let two = "bob@example.org, carol@example.org";
    scenario
        .send(Mail::new(DESK, SENDER, ALICE, two, "Minutes of Monday").id("minutes.1"))
        .send(
            Mail::new(DESK, SENDER, ALICE, ALICE, "Between us")
                .recipients(&["dave@example.org"])
                .id("private.2"),
        )
        .send(
            Mail::new(DESK, SENDER, ALICE, "talk@lists.example.com", "[talk] Agenda")
                .recipients(&["bob@example.org"])
                .field("List-Id", "<talk.lists.example.com>")
                .field("List-Post", "<mailto:talk@lists.example.com>")
                .field("Precedence", "list")
                .id("agenda.3"),
        )
        .wait_in(&format!("catchall@{POP}"), stored, 60)
}

fn shared_out(
    family: &str,
    isp: Software,
    recorded: Recorded,
    at_office: Software,
    script: String,
) -> Scenario {
    let right = family.ends_with("-right");
    let program = if family.contains("getmail") { "getmail" } else { "fetchmail" };
    let about = match (family, recorded) {
        (_, _) if right => {
            "The provider records the envelope recipient and the fetcher reads it: everybody gets what is theirs."
        }
        ("multidrop-fetchmail-received", _) => {
            "The provider records no recipient; fetchmail takes it from the provider's Received line."
        }
        ("multidrop-fetchmail-wrong", _) => {
            "The fetcher looks for the envelope recipient in a field that the provider does not write, and guesses from To."
        }
        _ => {
            "The fetcher guesses the recipients from To and Cc: the Bcc and the list mail end with the postmaster."
        }
    };
    let isp_site = provider(POP, "203.0.113.60", isp, recorded, "example.org");
    // Without the record, Postfix stores one copy for two recipients.
    let stored = if isp == Postfix && recorded == No { 3 } else { 4 };
    let scenario = scene(
        format!("{family}-{}-{}", isp.id(), at_office.id()),
        about,
        isp_site,
        office(at_office).with(title(program)),
    );
    let scenario = with_mail(scenario, stored)
        .run(OFFICE, script)
        .wait_in(&format!("bob@{OFFICE}"), 1, 60)
        .expect("pop3-fetch", "info", On::All)
        .forbid(ALARMS);
    if right {
        return scenario.forbid(&["multidrop-guessing"]);
    }
    if family == "multidrop-fetchmail-received" {
        return scenario;
    }
    let scenario = scenario.at_fault(OFFICE).expect(
        "multidrop-guessing",
        "medium",
        On::Mailbox(format!("erin@{OFFICE}")),
    );
    if family == "multidrop-fetchmail-wrong" {
        // Each of the two stored copies went to both: two times two.
        return scenario.expect("duplicate-multidrop", "info", On::Together);
    }
    scenario
}

/// getmail writes the line that the local Postfix looks for to find loops.
fn own_delivered_to() -> Scenario {
    let script = getmail(
        BOX,
        "type = MultidropPOP3Retriever\nenvelope_recipient = x-original-to:1",
        TO_RECIPIENT,
        "delete = true",
    );
    let scenario = scene(
        "getmail-delivered-to-postfix-postfix".into(),
        "getmail adds Delivered-To with the local address, and the local Postfix takes that for a loop and bounces everything.",
        provider(POP, "203.0.113.60", Postfix, Yes, "example.org"),
        office(Postfix).with("getmail6"),
    );
    with_mail(scenario, 4)
        .run(OFFICE, script)
        .wait_in(&format!("alice@{SENDER}"), 4, 60)
        .at_fault(OFFICE)
        .expect("bounce-reports-loop", "high", On::Bounces)
        .forbid(&["routing-loop", "recipient-reinjection", "list-loop", "auto-reply-loop"])
}

/// The provider marks the recipient as qmail does for virtual domains: with the customer's name in front.
fn prefixed() -> Scenario {
    let isp = provider(POP, "203.0.113.60", Postfix, Yes, "example.org").mailbox(Mailbox::Procmail).file(
        crate::lab::site::File::new(
            "/etc/procmailrc",
            "DEFAULT=$HOME/Maildir/\n:0fhw\n| formail -I \"Delivered-To: office-$ORIGINAL_RECIPIENT\" -I X-Original-To\n",
        ),
    );
    let script = fetchmail(
        BOX,
        "envelope \"Delivered-To\" qvirtual \"office-\" localdomains example.org no dns:",
        "to * here smtphost localhost",
    );
    let scenario = scene(
        "multidrop-fetchmail-qvirtual-postfix-postfix".into(),
        "The provider puts a prefix before the envelope recipient, and fetchmail knows it.",
        isp,
        office(Postfix).with("fetchmail"),
    );
    with_mail(scenario, 4)
        .run(OFFICE, script)
        .wait(4, 60)
        .expect("pop3-fetch", "info", On::All)
        .forbid(ALARMS)
        .forbid(&["multidrop-guessing"])
}

/// Everything in the mailbox goes to Bob, whoever it was for.
fn to_one_person(program: &str, at_office: Software, script: String) -> Scenario {
    let isp = provider(POP, "203.0.113.60", Exim, Yes, "example.org");
    let scenario = scene(
        format!("singledrop-{program}-exim-{}", at_office.id()),
        "The fetcher gives the mail of the whole domain to one person.",
        isp,
        office(at_office).with(title(program)),
    );
    with_mail(scenario, 4)
        .run(OFFICE, script)
        .wait(4, 60)
        .keep(5)
        .expect("pop3-fetch", "info", On::All)
        .forbid(ALARMS)
}

/// The script that runs a fetcher with `sendmail -i -t` behind it.
fn header_reader(program: &str, mailbox: Box) -> String {
    let sendmail = "/usr/sbin/sendmail -i -t";
    match program {
        "fetchmail" => fetchmail(mailbox, "", &format!("is root here mda \"{sendmail}\"")),
        "getmail" => getmail(mailbox, "type = SimplePOP3Retriever", TO_HEADER, "delete = true"),
        "mpop" => mpop(mailbox, &format!("mda \"{sendmail}\""), "keep off"),
        _ => fdm(mailbox, &format!("pipe \"{sendmail}\""), ""),
    }
}

fn fed_back(program: &str, isp: Software, at_office: Software) -> Scenario {
    let isp_site = provider(POP, "203.0.113.60", isp, Yes, "example.org");
    scene(
        format!("fed-back-{program}-{}-{}", isp.id(), at_office.id()),
        "The fetcher hands each stored copy to `sendmail -t`, which sends to everybody in To and Cc once more.",
        isp_site,
        office(at_office).with(title(program)),
    )
    .send(
        Mail::new(DESK, SENDER, ALICE, "bob@example.org, carol@example.org", "Minutes of Monday")
            .recipients(&["bob@example.org", "carol@example.org", "erin@example.com"])
            .field("Cc", "erin@example.com"),
    )
    .wait_in(&format!("catchall@{POP}"), 2, 60)
    .run(OFFICE, header_reader(program, BOX))
    .wait(7, 60)
    .at_fault(OFFICE)
    .fork(OFFICE)
    .expect("pop3-fetch", "info", On::LastIn(format!("erin@{SENDER}")))
    .expect("recipient-reinjection", "high", On::LastIn(format!("erin@{SENDER}")))
    .expect("duplicate-reinjected", "high", On::Together)
    .forbid(&["routing-loop", "delivered-to-loop", "list-loop", "auto-reply-loop", "pop3-connector-reinjection"])
}

/// Two sites with the same mistake: each sends what the other has sent, until somebody pulls the plug.
fn storm(one: Software, other: Software) -> Scenario {
    let shop_box = Box { server: "pop.example.com", user: "catchall" };
    let shop = "shop.example.com";
    let mut scenario = Scenario::new(
        format!("storm-fetchmail-{}-{}", one.id(), other.id()),
        "Two sites collect with fetchmail and `sendmail -t` and feed each other; a third person gets every copy.",
    )
    .site(desk())
    .site(sender(Postfix))
    .site(provider(POP, "203.0.113.60", Exim, Yes, "example.org"))
    .site(provider("pop.example.com", "192.0.2.60", Exim, Yes, shop))
    .site(office(one).with("fetchmail"))
    .site(
        Site::new("server.shop.example.com", "192.0.2.61", other, "the shop's server, which collects as well")
            .domain(shop)
            .with("fetchmail"),
    )
    .mx("example.org", &[POP])
    .mx(shop, &["pop.example.com"])
    .leave_out(&format!("catchall@{POP}"))
    .leave_out("catchall@pop.example.com")
    .send(
        Mail::new(DESK, SENDER, ALICE, "bob@example.org, carol@shop.example.com", "Invitation")
            .recipients(&["bob@example.org", "carol@shop.example.com", "erin@example.com"])
            .field("Cc", "erin@example.com"),
    )
    .wait(3, 60)
    .keep(5);
    for _ in 0..3 {
        scenario = scenario
            .run(OFFICE, header_reader("fetchmail", BOX))
            .pause(2)
            .run("server.shop.example.com", header_reader("fetchmail", shop_box))
            .pause(2);
    }
    scenario
        .wait_in(&format!("erin@{SENDER}"), 8, 60)
        .at_fault(OFFICE)
        .expect("recipient-reinjection", "high", On::LastIn(format!("erin@{SENDER}")))
        .expect("pop3-fetch", "info", On::LastIn(format!("erin@{SENDER}")))
        .expect("duplicate-reinjected", "high", On::Together)
        .forbid(&["list-loop", "auto-reply-loop", "pop3-connector-reinjection"])
        .cycle(&[POP, OFFICE, "pop.example.com", "server.shop.example.com"])
}
