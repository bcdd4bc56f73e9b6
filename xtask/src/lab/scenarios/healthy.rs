//! Mail that arrives as it should on its way through servers: nothing here may raise an alarm.

use super::places::{ALICE, BOB, DESK, RECEIVER, SENDER, desk, mail_to, name, receiver, sender};
use crate::lab::scenario::{Mail, On, Scenario};
use crate::lab::servers::dovecot;
use crate::lab::site::{Site, Software};
use Software::{Chasquid, Courier, Cyrus, Dma, Exim, Nullmailer, OpenSmtpd, Postfix, Sendmail};

pub fn scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    for (from, to) in [
        (Postfix, Exim),
        (Exim, Sendmail),
        (Sendmail, OpenSmtpd),
        (OpenSmtpd, Courier),
        (Courier, Postfix),
        (Postfix, Chasquid),
        (Exim, Cyrus),
    ] {
        all.push(direct(from, to));
    }
    for route in [
        [Postfix, Exim, Sendmail, OpenSmtpd],
        [OpenSmtpd, Courier, Postfix, Exim],
        [Sendmail, Postfix, Courier, Chasquid],
        [Exim, OpenSmtpd, Exim, Postfix],
    ] {
        all.push(relays(route));
    }
    for (from, to) in
        [(Postfix, Exim), (Exim, Sendmail), (Sendmail, Postfix), (Courier, Chasquid), (Postfix, Courier)]
    {
        all.push(encrypted(from, to));
    }
    for (from, to) in [(Postfix, Exim), (Exim, Postfix), (Chasquid, Postfix)] {
        all.push(submission(from, to));
    }
    for (from, to) in [(Postfix, Exim), (Exim, Postfix), (Sendmail, Postfix)] {
        all.push(wrong_clock(from, to));
    }
    for from in [Postfix, Exim, Sendmail, OpenSmtpd, Courier, Nullmailer, Dma] {
        all.push(command_line(from));
    }
    for (from, to) in [(Postfix, Exim), (Exim, Postfix), (Postfix, OpenSmtpd)] {
        all.push(version_six(from, to));
    }
    for (backup, from) in [(Postfix, Postfix), (Exim, Sendmail), (Sendmail, Exim)] {
        all.push(backup_mx(backup, from));
    }
    for from in [Postfix, Exim, Sendmail] {
        all.push(greylisting(from));
    }
    for from in [Postfix, Exim, Sendmail, OpenSmtpd, Courier, Chasquid] {
        all.push(refused(from));
    }
    all
}

fn direct(from: Software, to: Software) -> Scenario {
    Scenario::new(
        name("direct", &[from, to]),
        "A mail goes from the sender's server straight to the recipient's.",
    )
    .site(desk())
    .site(sender(from))
    .site(receiver(to))
    .send(mail_to(BOB))
    .wait(1, 60)
    .healthy()
}

fn relays([first, second, third, last]: [Software; 4]) -> Scenario {
    Scenario::new(
        name("relays", &[first, second, third, last]),
        "A mail passes the sender's smart host and the recipient's gateway; the hosts keep local time of different \
         zones.",
    )
    .site(desk())
    .site(sender(first).smart_host("out.example.net").zone("Europe/Berlin"))
    .site(Site::new("out.example.net", "203.0.113.20", second, "the smart host").zone("America/New_York"))
    .site(
        Site::new("gw.example.org", "198.51.100.20", third, "the recipient's gateway")
            .route("example.org", RECEIVER)
            .zone("Asia/Kolkata"),
    )
    .site(receiver(last).zone("Australia/Adelaide"))
    .mx("example.org", &["gw.example.org"])
    .send(mail_to(BOB))
    .wait(1, 60)
    .healthy()
}

fn encrypted(from: Software, to: Software) -> Scenario {
    Scenario::new(name("tls", &[from, to]), "A mail is handed over by TLS from the desk to the mailbox.")
        .site(desk())
        .site(sender(from).tls())
        .site(receiver(to).tls())
        .send(mail_to(BOB).tls())
        .wait(1, 60)
        .healthy()
        .forbid(&["unencrypted-hop"])
}

fn submission(from: Software, to: Software) -> Scenario {
    let site = match from {
        Postfix => dovecot::pop3(sender(from))
            .config("smtpd_sasl_type = dovecot")
            .config("smtpd_sasl_path = /run/dovecot/auth-lab")
            .config("smtpd_sasl_auth_enable = yes")
            .config("smtpd_sasl_authenticated_header = yes")
            .start("postconf -M submission/inet='submission inet n - n - - smtpd'; postfix reload"),
        Exim => sender(from).config("daemon_smtp_ports = 25 : 587"),
        _ => sender(from),
    };
    Scenario::new(
        name("submission", &[from, to]),
        "The sender logs in on port 587 by TLS; the server sends the mail on.",
    )
    .site(desk())
    .site(site.tls())
    .site(receiver(to).tls())
    .send(mail_to(BOB).tls().login().port(587))
    .wait(1, 60)
    .healthy()
}

fn wrong_clock(from: Software, to: Software) -> Scenario {
    Scenario::new(
        name("clock", &[from, to]),
        "The clock of the sender's server is seven minutes slow; the mail came at once.",
    )
    .site(desk())
    .site(sender(from).clock(-420))
    .site(receiver(to))
    .send(mail_to(BOB))
    .wait(1, 60)
    .healthy()
    .at_fault(SENDER)
    .expect("clock-skew", "info", On::All)
    .forbid(&["slow-hop"])
}

/// The mail begins with the command `sendmail` on the server itself, as cron and web pages send.
fn command_line(from: Software) -> Scenario {
    let hands_on = matches!(from, Nullmailer | Dma);
    let host = if hands_on { "web.example.com" } else { SENDER };
    let mut scenario = Scenario::new(
        name("command", &[from, if from == Postfix { Exim } else { Postfix }]),
        "A program on the server sends with the command `sendmail`.",
    );
    if hands_on {
        scenario = scenario
            .site(Site::new(host, "192.0.2.30", from, "a web server").smart_host(SENDER))
            .site(sender(Exim));
    } else {
        scenario = scenario.site(sender(from));
    }
    scenario
        .site(receiver(if from == Postfix { Exim } else { Postfix }))
        .run(
            host,
            "printf 'From: alice@example.com\\nTo: bob@example.org\\nSubject: Disk is full\\n\\nSee the log.\\n' > /tmp/m; \
             chmod 644 /tmp/m; su alice -c '/usr/sbin/sendmail -i -f alice@example.com bob@example.org < /tmp/m'",
        )
        .wait(1, 60)
        .healthy()
}

fn version_six(from: Software, to: Software) -> Scenario {
    Scenario::new(name("ipv6", &[from, to]), "A mail goes from server to server over IPv6.")
        .site(desk())
        .site(sender(from).address6("2001:db8:1::10").config(match from {
            Postfix => "smtp_address_preference = ipv6",
            _ => "",
        }))
        .site(receiver(to).address6("2001:db8:2::10"))
        .send(mail_to(BOB))
        .wait(1, 60)
        .healthy()
}

fn backup_mx(backup: Software, from: Software) -> Scenario {
    Scenario::new(
        name("backup-mx", &[from, backup, Postfix]),
        "The recipient's server was away; the backup MX kept the mail and handed it over later.",
    )
    .site(desk())
    .site(sender(from))
    .site(
        Site::new("backup.example.net", "203.0.113.30", backup, "the backup MX")
            .route("example.org", RECEIVER),
    )
    .site(receiver(Postfix).start("postfix stop"))
    .mx("example.org", &[RECEIVER, "backup.example.net"])
    .send(mail_to(BOB))
    .pause(25)
    .run(RECEIVER, "postfix start")
    .wait(1, 120)
    .healthy()
}

fn greylisting(from: Software) -> Scenario {
    Scenario::new(
        name("greylisting", &[from, Postfix]),
        "The recipient's server lets strangers wait for some seconds before it takes their mail.",
    )
    .site(desk())
    .site(sender(from))
    .site(
        receiver(Postfix)
            .with("postgrey")
            .config("smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:10023")
            .start("mkdir -p /run/postgrey; postgrey --inet=127.0.0.1:10023 --delay=12 --daemonize </dev/null >/dev/null 2>&1"),
    )
    .send(mail_to(BOB))
    .wait(1, 120)
    .healthy()
}

/// The twin of backscatter: the recipient is refused in the dialogue, and only the true sender hears of it.
fn refused(from: Software) -> Scenario {
    let to = if from == Exim { Postfix } else { Exim };
    let mail = Mail::new(DESK, SENDER, ALICE, "nosuch@example.org", "To whom it may concern");
    // chasquid sends on only for its own users.
    let (site, mail) = match from {
        Chasquid => (sender(from).tls(), mail.tls().login().port(587)),
        _ => (sender(from), mail),
    };
    Scenario::new(
        name("refused", &[from, to]),
        "The recipient does not exist and is refused at RCPT; the sender's own server reports that to the sender.",
    )
    .site(desk())
    .site(site)
    .site(receiver(to))
    .send(mail)
    .wait(1, 60)
    .healthy()
    .expect("bounce", "info", On::Bounces)
}
