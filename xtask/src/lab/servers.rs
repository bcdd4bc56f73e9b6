//! One file for each mail server: how a site, which is plain data, becomes its configuration.

mod chasquid;
mod courier;
mod cyrus;
pub mod dovecot;
mod exim;
pub mod fetchers;
pub mod lists;
mod mailman;
mod opensmtpd;
mod postfix;
pub mod reinjection;
mod senders;
mod sendmail;

use super::host::NETS;
use super::images::USERS;
use super::site::{File, Mailbox, Setup, Site, Software};

pub fn setup(site: &Site) -> Setup {
    let server = match site.software {
        Software::Desk => Setup::default(),
        Software::Postfix => postfix::setup(site),
        Software::Exim => exim::setup(site),
        Software::Sendmail => sendmail::setup(site),
        Software::OpenSmtpd => opensmtpd::setup(site),
        Software::Courier => courier::setup(site),
        Software::Chasquid => chasquid::setup(site),
        Software::Cyrus => cyrus::setup(site),
        Software::Mailman => mailman::setup(site),
        Software::Nullmailer => senders::nullmailer(site),
        Software::Dma => senders::dma(site),
    };
    let mut setup = common(site);
    if site.mailbox == Mailbox::DovecotLmtp {
        let dovecot = dovecot::setup(site);
        setup.files.extend(dovecot.files);
        setup.start.push_str(&dovecot.start);
    }
    setup.files.extend(server.files);
    setup.start.push_str(&server.start);
    setup
}

/// What all hosts have: a log, mailboxes, the aliases and forwards of the site, delivery agents that know Maildir.
fn common(site: &Site) -> Setup {
    let mut files = vec![
        File::new("/etc/lab/rsyslog.conf", "module(load=\"imuxsock\")\n*.* /var/log/all.log\n"),
        File::new("/etc/aliases", aliases(site)),
        File::new("/etc/procmailrc", "DEFAULT=$HOME/Maildir/\nLOGFILE=/tmp/procmail.log\n"),
        File::new("/etc/maildroprc", "DEFAULT=\"$HOME/Maildir\"\n"),
    ];
    let mut start = String::from("rsyslogd -f /etc/lab/rsyslog.conf\n");
    start.push_str(&format!(
        "for user in {}; do for folder in new cur tmp; do mkdir -p /home/$user/Maildir/$folder; done; \
         chown -R $user:$user /home/$user; chmod 755 /home/$user; done\n",
        USERS.join(" ")
    ));
    for (user, content) in &site.forwards {
        files.push(File::new(format!("/home/{user}/.forward"), format!("{content}\n")));
        start.push_str(&format!("chown {user}:{user} /home/{user}/.forward\n"));
    }
    Setup { files, start }
}

/// In the format that all of them read.
fn aliases(site: &Site) -> String {
    let mut text = String::from("postmaster: root\nroot: archive\nmailer-daemon: postmaster\n");
    for (local, targets) in &site.aliases {
        text.push_str(&format!("{local}: {targets}\n"));
    }
    text
}

/// Every host of the sandbox may relay through every other: that is how loops come about.
fn nets(separator: &str) -> String {
    let mut nets = vec!["127.0.0.0/8"];
    nets.extend(NETS);
    nets.join(separator)
}
