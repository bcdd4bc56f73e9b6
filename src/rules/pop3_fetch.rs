//! # What it finds
//!
//! A hop that was no delivery: a program collected the message from a mailbox by POP3 or a similar protocol and fed it into a mail
//! server. Sample: `Received: from pop.example.net [192.0.2.7] by sbs.example.com with POP3 (fetchmail-6.4.37) for <ann@example.com>
//! (single-drop); Mon, 2 Nov 2026 09:15:00 +0100`.
//!
//! # Why it matters
//!
//! The message lay in that mailbox until the next fetch, which looks like a delay on the way. And a server that fetches its mail no
//! longer knows to whom it was sent, unless the mailbox recorded it.
//!
//! # How to fix
//!
//! Nothing is broken by this alone. Delivery by SMTP to the own server would save the wait and keep the recipient.
//!
//! # When it stays quiet
//!
//! On hops by SMTP, LMTP or inside one machine, and on ETRN and ODMR, which deliver by SMTP and keep the recipient.
//!
//! # References
//!
//! RFC 5321, section 7.2: header and envelope addresses need not agree. fetchmail(1), "The use and abuse of multidrop mailboxes".

use super::Rule;
use crate::case::{Case, Message};
use crate::finding::{Confidence, Evidence, Finding, Remedy, Severity};
use crate::route::{Hop, Kind};

pub(super) const RULE: Rule = Rule { id: "pop3-fetch", title: "Fetched from a mailbox", check };

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().flat_map(|(place, message)| fetches(place, message)).collect()
}

fn fetches(place: usize, message: &Message<'_>) -> impl Iterator<Item = Finding> {
    message.route.hops.iter().filter(|hop| is_from_a_mailbox(hop)).map(move |hop| finding(place, hop))
}

/// ETRN and ODMR (RFC 1985, RFC 2645) make a server deliver what waits in its queue, by SMTP and with the recipient.
fn is_from_a_mailbox(hop: &Hop) -> bool {
    let protocol = hop.received.with.as_deref().unwrap_or_default().to_ascii_uppercase();
    hop.kind == Kind::Fetch && !protocol.starts_with("ETRN") && !protocol.starts_with("ODMR")
}

fn finding(place: usize, hop: &Hop) -> Finding {
    let server = hop.received.by.as_deref().filter(|name| is_host_name(name));
    let host = hop.received.from_token.as_deref().filter(|name| is_host_name(name));
    let mailbox = host.map_or_else(String::new, |host| format!(" at {host}"));
    let wait = hop.clock.delay_seconds.filter(|seconds| *seconds >= 60);
    let lay = wait
        .map_or_else(String::new, |seconds| format!(" It had been waiting there for {}.", roughly(seconds)));
    Finding {
        id: RULE.id,
        title: RULE.title,
        severity: Severity::Info,
        confidence: Confidence::Certain,
        what: format!("{} collected this message from a mailbox{mailbox}.{lay}", server.unwrap_or("A server")),
        why: "Fetched mail waits for the next fetch, and the server that fetches must learn from elsewhere for whom it is. Nothing has to be mended for this alone.".into(),
        remedies: vec![Remedy {
            who: format!("Whoever runs {}, if the wait is a nuisance", server.unwrap_or("the server that fetches")),
            steps: vec!["If the mail of a whole domain is fetched: have it delivered by SMTP, with an MX record that names your own server.".into()],
            disturbs_mail_flow: true,
            references: vec!["RFC 5321, section 5.1".into()],
        }],
        evidence: vec![Evidence {
            message: place,
            span: hop.span,
            label: "The fetch, as the server recorded it.".into(),
        }],
        culprit: None,
    }
}

/// Whether a word can be the name of a server. MDaemon writes `Pending...` in its place, Gmail an address.
fn is_host_name(word: &str) -> bool {
    !word.ends_with("..") && word.starts_with(|letter: char| letter.is_ascii_alphabetic())
}

/// A duration in its largest unit.
fn roughly(seconds: i64) -> String {
    let (count, unit) = match seconds / 60 {
        minutes @ 0..120 => (minutes, "minute"),
        minutes @ 120..2880 => (minutes / 60, "hour"),
        minutes => (minutes / 1440, "day"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural}")
}
