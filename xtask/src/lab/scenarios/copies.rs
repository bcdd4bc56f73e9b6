//! The same mail twice: why a person gets it again, and where the copies part.

use super::places::{ALICE, BOB, DESK, RECEIVER, SENDER, desk, mail_to, name, receiver, sender};
use crate::lab::scenario::{ALARMS, Mail, On, Scenario};
use crate::lab::servers::fetchers::{Box, fdm, fetchmail, getmail, mpop, title};
use crate::lab::servers::{dovecot, lists};
use crate::lab::site::{Site, Software};
use Software::{Courier, Exim, OpenSmtpd, Postfix, Sendmail};

const POP: &str = "pop.example.net";
const HOME: &str = "home.example.org";
const OLD: &str = "old.example.net";

pub fn scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    for (program, provider, home) in [
        ("fetchmail", Postfix, Exim),
        ("getmail", Exim, Postfix),
        ("mpop", Courier, Postfix),
        ("fdm", OpenSmtpd, Sendmail),
        ("fetchmail", Sendmail, Postfix),
    ] {
        all.push(fetched_again(program, provider, home));
    }
    for from in [Postfix, Exim, Sendmail] {
        all.push(delivered_again(from));
    }
    for to in [Postfix, Exim, Courier, OpenSmtpd] {
        all.push(two_addresses(to));
        all.push(sent_twice(to));
    }
    for list in [Postfix, Exim] {
        all.push(list_and_direct(list));
    }
    for old in [Postfix, Exim, Sendmail] {
        all.push(forwarded_and_direct(old));
    }
    all
}

/// The list of what was fetched already is lost, and everything comes again.
fn fetched_again(program: &str, provider: Software, home: Software) -> Scenario {
    let mailbox = Box { server: POP, user: "bob" };
    let to_bob = "type = MDA_external\npath = /usr/sbin/sendmail\nallow_root_commands = true\n\
                  arguments = (\"-i\", \"-f\", \"%(sender)\", \"bob@home.example.org\")";
    let sendmail = "/usr/sbin/sendmail -i bob@home.example.org";
    let script = match program {
        "fetchmail" => fetchmail(mailbox, "", "is bob here keep smtphost localhost"),
        "getmail" => {
            getmail(mailbox, "type = SimplePOP3Retriever", to_bob, "delete = false\nread_all = false")
        }
        "mpop" => mpop(mailbox, &format!("mda \"{sendmail}\""), "keep on"),
        _ => fdm(mailbox, &format!("pipe \"{sendmail}\""), "keep"),
    };
    let forget = "rm -rf /root/.fetchids /root/.mpop_uidls /root/.getmail/oldmail-*";
    let isp =
        Site::new(POP, "203.0.113.60", provider, "the provider with Bob's mailbox").domain("example.net");
    let isp = if provider == Courier { isp.with("Courier POP3") } else { dovecot::pop3(isp) };
    Scenario::new(
        format!("refetched-{program}-{}-{}", provider.id(), home.id()),
        "Bob's mail stays on the provider's server; the fetcher forgot what it had fetched and brought it again.",
    )
    .site(desk())
    .site(sender(Postfix))
    .site(isp)
    .site(
        Site::new(HOME, "198.51.100.70", home, "Bob's own server, which collects")
            .domain("home.example.org")
            .with(title(program)),
    )
    .leave_out(&format!("bob@{POP}"))
    .send(mail_to("bob@example.net"))
    .wait_in(&format!("bob@{POP}"), 1, 60)
    .run(HOME, script.clone())
    .pause(3)
    .run(HOME, format!("{forget}\n{script}"))
    .wait_in(&format!("bob@{HOME}"), 2, 60)
    .forbid(ALARMS)
    .forbid(&["not-duplicates"])
    .at_fault(HOME)
    .fork(HOME)
    .expect("pop3-fetch", "info", On::All)
    .expect("duplicate-refetched", "info", On::Together)
}

/// RFC 1047: the recipient's server is slow after the final dot, and the sender tries again.
fn delivered_again(from: Software) -> Scenario {
    let impatient = match from {
        Postfix => sender(from).config("smtp_data_done_timeout = 2s"),
        Exim => sender(from).config("smtp final_timeout = 2s").config("smtp hosts_try_chunking ="),
        _ => sender(from).config("define(`confTO_DATAFINAL', `2s')dnl"),
    };
    Scenario::new(
        name("redelivered", &[from, Postfix]),
        "The recipient's server took the mail but was slow to say so; the sender's server gave up waiting and sent it again.",
    )
    .site(desk())
    .site(impatient)
    .site(receiver(Postfix).config("smtpd_end_of_data_restrictions = sleep 5"))
    .send(mail_to(BOB))
    .wait_in(&format!("bob@{RECEIVER}"), 2, 90)
    .run(RECEIVER, "postconf smtpd_end_of_data_restrictions=; postfix reload")
    .wait_in(&format!("bob@{RECEIVER}"), 3, 60)
    .forbid(ALARMS)
    .forbid(&["not-duplicates"])
    .at_fault(RECEIVER)
    .fork(SENDER)
    .expect("duplicate-redelivered", "info", On::Together)
}

fn two_addresses(to: Software) -> Scenario {
    let from = if to == Postfix { Exim } else { Postfix };
    Scenario::new(
        name("two-addresses", &[from, to]),
        "The mail was written to Bob and to an alias that leads to Bob: he has it twice.",
    )
    .site(desk())
    .site(sender(from))
    .site(receiver(to).alias("sales", "bob@example.org"))
    .send(mail_to(BOB).field("Cc", "sales@example.org"))
    .send(mail_to(BOB).recipients(&["sales@example.org"]).again())
    .wait_in(&format!("bob@{RECEIVER}"), 2, 60)
    .forbid(ALARMS)
    .expect("duplicate-two-addresses", "info", On::Together)
}

fn sent_twice(to: Software) -> Scenario {
    Scenario::new(
        name("sent-twice", &[Exim, to]),
        "The sender's program lost the answer and handed the same mail in a second time.",
    )
    .site(desk())
    .site(sender(Exim))
    .site(receiver(to))
    .send(mail_to(BOB))
    .pause(3)
    .send(mail_to(BOB).again())
    .wait_in(&format!("bob@{RECEIVER}"), 2, 60)
    .forbid(ALARMS)
    .at_fault(DESK)
    .fork(DESK)
    .expect("duplicate-sent-twice", "info", On::Together)
}

fn list_and_direct(list: Software) -> Scenario {
    let site = Site::new("lists.example.net", "203.0.113.50", list, "the host of the list")
        .domain("lists.example.net");
    Scenario::new(
        name("list-and-direct", &[list, Exim]),
        "The mail was written to Bob and to a list that he reads: one copy came straight, one through the list.",
    )
    .site(desk())
    .site(sender(Postfix))
    .site(lists::mlmmj(site, "talk", &[BOB]))
    .site(receiver(Exim))
    .send(
        Mail::new(DESK, SENDER, ALICE, "bob@example.org, talk@lists.example.net", "Agenda"),
    )
    .wait_in(&format!("bob@{RECEIVER}"), 2, 60)
    .forbid(ALARMS)
    .fork(SENDER)
    .expect("duplicate-list-and-direct", "info", On::Together)
}

fn forwarded_and_direct(old: Software) -> Scenario {
    Scenario::new(
        name("forwarded-and-direct", &[old, Postfix]),
        "The mail was written to both of Bob's addresses, and the old one forwards to the new one.",
    )
    .site(desk())
    .site(sender(Exim))
    .site(
        Site::new(OLD, "203.0.113.40", old, "the server of Bob's old address")
            .domain("example.net")
            .forward("bob", BOB),
    )
    .site(receiver(Postfix))
    .send(Mail::new(DESK, SENDER, ALICE, "bob@example.org, bob@example.net", "Minutes of Monday"))
    .wait_in(&format!("bob@{RECEIVER}"), 2, 60)
    .forbid(ALARMS)
    .fork(SENDER)
    .expect("duplicate-forwarded", "info", On::Together)
}
