//! Loops that people make: mailboxes that forward to each other, lists in lists, answering machines.

use super::places::{ALICE, BOB, DESK, RECEIVER, SENDER, desk, mail_to, name, receiver, sender};
use crate::lab::scenario::{Mail, On, Scenario};
use crate::lab::servers::lists;
use crate::lab::site::{File, Site, Software};
use Software::{Chasquid, Courier, Exim, Mailman, OpenSmtpd, Postfix, Sendmail};

const OLD: &str = "old.example.net";

pub fn scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    for (old, new) in [
        (Postfix, Postfix),
        (Exim, Exim),
        (Sendmail, Sendmail),
        (OpenSmtpd, OpenSmtpd),
        (Courier, Courier),
        (Postfix, Exim),
        (Exim, Sendmail),
        (Sendmail, Courier),
        (OpenSmtpd, Exim),
        (Chasquid, Exim),
    ] {
        all.push(mutual_forward(old, new));
    }
    all.push(virtual_aliases(Postfix, Postfix));
    all.push(virtual_aliases(Postfix, Exim));
    for (one, other) in [(Postfix, Postfix), (Exim, Exim), (Mailman, Exim), (Mailman, Mailman)] {
        all.push(lists_in_lists(one, other));
    }
    for (one, other) in [(Postfix, Exim), (Exim, Exim), (Sendmail, Postfix)] {
        all.push(robots(one, other));
    }
    all.push(vacations(Postfix, Exim));
    all.push(vacations(Sendmail, Postfix));
    all
}

/// These write a Delivered-To line when they forward, and stop when they meet it again.
fn knows_its_delivered_to(software: Software) -> bool {
    matches!(software, Postfix | Courier)
}

fn old_server(software: Software) -> Site {
    Site::new(OLD, "203.0.113.40", software, "the server of Bob's address at example.net")
        .domain("example.net")
}

fn mutual_forward(old: Software, new: Software) -> Scenario {
    let scenario = Scenario::new(
        name("loop-forward", &[old, new]),
        "Bob's two mailboxes, at two providers, forward to each other.",
    )
    .site(desk())
    .site(sender(Postfix))
    .site(old_server(old).forward("bob", BOB).archive())
    .site(receiver(new).forward("bob", "bob@example.net").archive())
    .send(mail_to("bob@example.net"));
    let scenario = scenario
        .at_fault(RECEIVER)
        .forbid(&["recipient-reinjection", "list-loop", "auto-reply-loop", "backscatter"])
        .cycle(&[OLD, RECEIVER]);
    // chasquid puts itself into the reverse-path, so the bounce goes round as well and never comes home.
    if old == Chasquid {
        return scenario.pause(20).expect("routing-loop", "high", On::LateCopies);
    }
    let scenario = scenario.wait_in(&format!("alice@{SENDER}"), 1, 200).expect(
        "bounce-reports-loop",
        "high",
        On::BouncesWithReason,
    );
    if knows_its_delivered_to(old) || knows_its_delivered_to(new) {
        return scenario;
    }
    scenario.expect("routing-loop", "high", On::LateCopies)
}

/// Rewriting in the queue leaves no Delivered-To line: only the count of hops ends it.
fn virtual_aliases(old: Software, new: Software) -> Scenario {
    let rewrite = |from: &str, to: &str| format!("virtual_alias_maps = inline:{{ {from}={to} }}");
    let other = match new {
        Postfix => receiver(new).config(&rewrite(BOB, "bob@example.net")),
        _ => receiver(new).alias("bob", "bob@example.net"),
    };
    Scenario::new(name("loop-alias", &[old, new]), "An alias at each of two servers leads to the other one.")
        .site(desk())
        .site(sender(Exim))
        .site(old_server(old).config(&rewrite("bob@example.net", BOB)).archive())
        .site(other.archive())
        .send(mail_to("bob@example.net"))
        .wait_in(&format!("alice@{SENDER}"), 1, 200)
        .at_fault(RECEIVER)
        .expect("routing-loop", "high", On::LateCopies)
        .expect("bounce-reports-loop", "high", On::BouncesWithReason)
        .forbid(&["recipient-reinjection", "list-loop", "auto-reply-loop", "backscatter"])
        .cycle(&[OLD, RECEIVER])
}

fn lists_in_lists(one: Software, other: Software) -> Scenario {
    let make = |site: Site, name: &str, members: &[&str]| {
        let address = format!("{name}@{}", site.own_domain());
        if site.software == Mailman {
            lists::mailman(site, &address, members)
        } else {
            lists::mlmmj(site, name, members)
        }
    };
    let first = Site::new("lists.example.net", "203.0.113.50", one, "the host of the list talk");
    let second = Site::new("lists.example.org", "198.51.100.50", other, "the host of the list news");
    let first =
        make(first.domain("lists.example.net"), "talk", &["alice@example.com", "news@lists.example.org"]);
    let second =
        make(second.domain("lists.example.org"), "news", &["bob@example.org", "talk@lists.example.net"]);
    let scenario = Scenario::new(name("loop-list", &[one, other]), "Two lists are members of each other.")
        .site(desk())
        .site(sender(Postfix))
        .site(first)
        .site(second)
        .site(receiver(Exim))
        .send(Mail::new(DESK, SENDER, ALICE, "talk@lists.example.net", "Agenda"))
        .wait(2, 90)
        .at_fault("lists.example.org")
        .forbid(&["recipient-reinjection", "auto-reply-loop", "backscatter"])
        .cycle(&["lists.example.net", "lists.example.org"]);
    // Postfix knows its own Delivered-To line, and Mailman its own List-Post line: the post comes back once only.
    if one == Exim && other == Exim {
        return scenario.expect("list-loop", "medium", On::LastIn(format!("bob@{RECEIVER}")));
    }
    scenario
}

/// An answering machine that answers everything; it stops after some answers, for the sake of the lab.
const ROBOT: &str = "\
#!/bin/sh
cat > /tmp/robot.in.$$
count=$(cat /tmp/robot.count 2>/dev/null || echo 0)
[ $count -ge 4 ] && exit 0
echo $((count + 1)) > /tmp/robot.count
{ formail -rt -I \"From: $1\" -I \"Message-ID: <answer.$count.$1>\" -I \"Date: $(date -R)\" < /tmp/robot.in.$$
  echo 'Thank you for your mail. I am away and shall read it soon.'
} | /usr/sbin/sendmail -i -f $1 -t
";

fn robots(one: Software, other: Software) -> Scenario {
    let robot = || File::new("/etc/lab/robot", ROBOT).mode(0o755);
    Scenario::new(
        name("loop-auto-reply", &[one, other]),
        "Two answering machines that answer everything answer each other; each stops after four answers.",
    )
    .site(desk())
    .site(sender(one).file(robot()).forward("alice", "\\alice, \"|/etc/lab/robot alice@example.com\""))
    .site(receiver(other).file(robot()).forward("bob", "\\bob, \"|/etc/lab/robot bob@example.org\""))
    .send(mail_to(BOB))
    .wait(8, 60)
    .keep(5)
    .at_fault(RECEIVER)
    .expect("auto-reply-loop", "medium", On::LastIn(format!("alice@{SENDER}")))
    .forbid(&["routing-loop", "delivered-to-loop", "recipient-reinjection", "list-loop"])
}

/// The near miss. Debian's vacation writes neither Auto-Submitted nor a null reverse-path: what ends it is that each
/// answers a person once a week.
fn vacations(one: Software, other: Software) -> Scenario {
    let message = |user: &str| {
        File::new(
            format!("/home/{user}/.vacation.msg"),
            "Subject: I am away\n\nThank you for your mail. I am away until Monday.\n",
        )
    };
    let forward = |user: &str| format!("\\{user}, \"|/usr/bin/vacation {user}\"");
    Scenario::new(
        name("vacation", &[one, other]),
        "Two vacation programs answer each other; each answers one person once a week, so it ends at once.",
    )
    .site(desk())
    .site(sender(one).with("vacation").file(message("alice")).forward("alice", &forward("alice")))
    .site(receiver(other).with("vacation").file(message("bob")).forward("bob", &forward("bob")))
    .send(mail_to(BOB))
    .wait(2, 60)
    .forbid(&["routing-loop", "delivered-to-loop", "list-loop", "recipient-reinjection", "backscatter"])
}
