//! Reads the mailboxes after a run: which messages are kept, what they are called and what they are.

use super::host::Host;
use super::images::USERS;
use super::scenario::Scenario;
use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;
use std::fs;

/// The environment variable that carries the machine's name to the process that collects.
pub const MACHINE: &str = "HOPSCOPE_LAB_MACHINE";

/// What a collected message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Delivered,
    Bounce,
    /// Kept by a host of the loop while the message went round.
    LoopCopy,
}

#[derive(Debug)]
pub struct Message {
    pub file: String,
    pub text: Vec<u8>,
    pub kind: Kind,
    /// The mailbox as `user@host`.
    pub mailbox: String,
    /// In words, for the truth.
    pub about: String,
}

/// Everything that is kept of a finished run, in the order of hosts and of time.
pub fn collect(scenario: &Scenario, hosts: &[Host]) -> Result<Vec<Message>> {
    let mut messages = Vec::new();
    for host in hosts {
        for user in USERS {
            let mailbox = format!("{user}@{}", host.site.host);
            if scenario.leave_out.contains(&mailbox) || (*user == "archive" && !host.site.archive) {
                continue;
            }
            collect_mailbox(scenario, host, user, &mut messages)
                .with_context(|| format!("the mailbox {mailbox} cannot be read"))?;
        }
    }
    if messages.is_empty() {
        bail!("no message came");
    }
    let mut names = BTreeSet::new();
    for message in &messages {
        check(message)?;
        if !names.insert(&message.file) {
            bail!("two messages would be called {}; give the hosts other first labels", message.file);
        }
    }
    Ok(messages)
}

fn collect_mailbox(scenario: &Scenario, host: &Host, user: &str, messages: &mut Vec<Message>) -> Result<()> {
    let mut found = Vec::new();
    for path in host.mailbox(user) {
        let text = fs::read(path)?;
        let bounce = is_bounce(&text);
        let kind = match (user, bounce) {
            // The bounce of the loop passes here as well; it is collected where it arrives.
            ("archive", true) => continue,
            ("archive", false) => Kind::LoopCopy,
            (_, true) => Kind::Bounce,
            (_, false) => Kind::Delivered,
        };
        found.push((kind, text));
    }
    let total = found.len();
    let keep = if user == "archive" { scenario.keep.min(3) } else { scenario.keep };
    for (place, (kind, text)) in found.into_iter().enumerate() {
        if place + 1 >= keep && place + 1 != total {
            continue;
        }
        let (label, software, number) = (host.site.label(), host.site.software.title(), place + 1);
        let about = match kind {
            Kind::Delivered => format!("what came to {user} at {} ({software})", host.site.host),
            Kind::Bounce => format!("the bounce that came to {user} at {}", host.site.host),
            Kind::LoopCopy => {
                format!("copy number {number} of what passed {} ({software})", host.site.host)
            }
        };
        let file = match kind {
            Kind::Delivered => format!("{user}-{label}-{number}.eml"),
            Kind::Bounce => format!("{user}-{label}-{number}-bounce.eml"),
            Kind::LoopCopy => format!("pass-{label}-{number}.eml"),
        };
        let mailbox = format!("{user}@{}", host.site.host);
        messages.push(Message { file, text, kind, mailbox, about });
    }
    Ok(())
}

fn header_of(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text).replace("\r\n", "\n");
    text.split("\n\n").next().unwrap_or_default().to_owned()
}

/// Told by what the programs of the lab write; none of them is like another.
fn is_bounce(text: &[u8]) -> bool {
    let header = header_of(text).to_lowercase();
    let daemons = ["mailer-daemon@", "fetchmail-daemon@", "courier mail server at"];
    let mut from = header.lines().filter(|line| line.starts_with("from:"));
    from.any(|line| daemons.iter().any(|daemon| line.contains(daemon)))
        || header.contains("report-type=delivery-status")
}

/// The text with every folded line joined to the one above it.
pub fn unfolded(text: &[u8]) -> String {
    String::from_utf8_lossy(text).replace("\r\n", "\n").replace("\n\t", " ").replace("\n ", " ")
}

/// Nothing of the machine that runs the lab may stand in a message, and no name but those of the sandbox.
fn check(message: &Message) -> Result<()> {
    let text = String::from_utf8_lossy(&message.text);
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let machine = std::env::var(MACHINE).unwrap_or_default();
    // A name of one or two letters would be found in every base64.
    let own = [kernel.trim(), machine.trim()].into_iter().filter(|word| word.len() > 2);
    let own: Vec<&str> = own.collect();
    let between = |letter: char| !(letter.is_ascii_alphanumeric() || "-_.".contains(letter));
    if let Some(word) = text.split(between).find(|word| own.contains(word)) {
        bail!("{} holds `{word}`, which is of this machine", message.file);
    }
    for part in text.split('@').skip(1) {
        let domain: String = part
            .chars()
            .take_while(|letter| letter.is_ascii_alphanumeric() || "-.".contains(*letter))
            .collect();
        let domain = domain.trim_matches('.').to_lowercase();
        let known = ["example.com", "example.net", "example.org"].iter().any(|name| domain.ends_with(name));
        if domain.contains('.') && !known {
            bail!("{} holds the domain {domain}, which is not of the sandbox", message.file);
        }
    }
    Ok(())
}
