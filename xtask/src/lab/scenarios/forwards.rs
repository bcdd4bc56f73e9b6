//! Forwarding by other means than a `.forward` file: Sieve, procmail, maildrop, SRS, a person who sends on by hand.

use super::places::{BOB, RECEIVER, SENDER, desk, mail_to, name, receiver, sender};
use crate::lab::scenario::{On, Scenario};
use crate::lab::servers::dovecot;
use crate::lab::site::{File, Mailbox, Site, Software};
use Software::{Exim, OpenSmtpd, Postfix};

const OLD: &str = "old.example.net";

pub fn scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    for (old, new) in [(Postfix, Exim), (Exim, Postfix), (OpenSmtpd, Postfix)] {
        all.push(forward("sieve", by_sieve(old_server(old), BOB), receiver(new)));
    }
    all.push(forward("procmail", by_procmail(old_server(Postfix)), receiver(Exim)));
    all.push(forward("procmail", by_procmail(old_server(Exim)), receiver(Postfix)));
    all.push(forward("maildrop", by_maildrop(old_server(Postfix)), receiver(Exim)));
    all.push(forward("srs", by_srs(old_server(Postfix)), receiver(Exim)));
    all.push(sent_on_by_hand(Postfix, Exim));
    all.push(sent_on_by_hand(Exim, Postfix));
    for (old, new) in [(Postfix, Postfix), (Exim, Exim)] {
        all.push(sieve_loop(old, new));
    }
    all
}

fn old_server(software: Software) -> Site {
    Site::new(OLD, "203.0.113.40", software, "the server of Bob's old address").domain("example.net")
}

fn by_sieve(site: Site, to: &str) -> Site {
    dovecot::sieve(site.mailbox(Mailbox::DovecotLmtp), "bob", &format!("redirect \"{to}\";\n"))
}

fn by_procmail(site: Site) -> Site {
    site.mailbox(Mailbox::Procmail)
        .file(File::new("/home/bob/.procmailrc", format!(":0\n! {BOB}\n")))
        .start("chown bob:bob /home/bob/.procmailrc")
}

fn by_maildrop(site: Site) -> Site {
    site.mailbox(Mailbox::Maildrop)
        .file(File::new("/home/bob/.mailfilter", format!("to \"!{BOB}\"\n")).mode(0o600))
        .start("chown bob:bob /home/bob/.mailfilter")
}

/// The forwarding server puts itself into the reverse-path.
fn by_srs(site: Site) -> Site {
    site.with("postsrsd")
        .forward("bob", BOB)
        .config("sender_canonical_maps = tcp:127.0.0.1:10001")
        .config("sender_canonical_classes = envelope_sender")
        .start(
            "echo secret > /etc/lab/srs\n\
             postsrsd -D -f10001 -r10002 -d example.net -s /etc/lab/srs -u nobody -c /var/empty -X example.net \
             </dev/null >/dev/null 2>&1 || postsrsd -D -f10001 -r10002 -d example.net -s /etc/lab/srs",
        )
}

fn forward(means: &str, old: Site, new: Site) -> Scenario {
    Scenario::new(
        name(&format!("forward-{means}"), &[old.software, new.software]),
        "Bob's old mailbox at example.net forwards to the one at example.org.",
    )
    .site(desk())
    .site(sender(Postfix))
    .site(old)
    .site(new)
    .send(mail_to("bob@example.net"))
    .wait_in(&format!("bob@{RECEIVER}"), 1, 60)
    .healthy()
}

/// Resent-* fields: the mail comes to its reader on a second way, and that is meant.
fn sent_on_by_hand(one: Software, other: Software) -> Scenario {
    Scenario::new(
        name("resent", &[one, other]),
        "Bob reads the mail and sends it on unchanged to Alice's colleague Dave, with Resent fields.",
    )
    .site(desk())
    .site(sender(one))
    .site(receiver(other))
    .send(mail_to(BOB))
    .wait(1, 60)
    .run(
        RECEIVER,
        "formail -f -i 'Resent-From: bob@example.org' -i 'Resent-To: dave@example.com' \
         -i \"Resent-Date: $(date -R)\" -i 'Resent-Message-ID: <resent.1@mx.example.org>' \
         < $(find /home/bob/Maildir/new -type f) > /tmp/resent; chmod 644 /tmp/resent\n\
         su bob -c '/usr/sbin/sendmail -i -f bob@example.org dave@example.com < /tmp/resent'",
    )
    .wait_in(&format!("dave@{SENDER}"), 1, 60)
    .healthy()
}

fn sieve_loop(old: Software, new: Software) -> Scenario {
    let scenario = Scenario::new(
        name("loop-sieve", &[old, new]),
        "Bob's two mailboxes redirect to each other by Sieve.",
    )
    .site(desk())
    .site(sender(Postfix))
    .site(by_sieve(old_server(old), BOB).archive())
    .site(by_sieve(receiver(new), "bob@example.net").archive())
    .send(mail_to("bob@example.net"))
    .at_fault(RECEIVER)
    .forbid(&["recipient-reinjection", "list-loop", "auto-reply-loop", "backscatter"])
    .cycle(&[OLD, RECEIVER]);
    if old == Postfix {
        // Its local delivery agent stands before LMTP and knows the Delivered-To line that Dovecot wrote.
        return scenario.wait_in(&format!("alice@{SENDER}"), 1, 60).expect(
            "bounce-reports-loop",
            "high",
            On::Bounces,
        );
    }
    // Dovecot keeps the message that it has redirected before.
    let kept = format!("bob@{OLD}");
    scenario.wait_in(&kept, 1, 60).expect("delivered-to-loop", "high", On::Mailbox(kept.clone()))
}
