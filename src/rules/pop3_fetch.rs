//! # What it finds
//!
//! A hop that was no delivery: a program collected the message from a mailbox by POP3 or a similar protocol and fed it into a mail
//! server. Sample: `Received: from pop.example.net [192.0.2.7] by sbs.example.com with POP3 (fetchmail-6.4.37) for <ann@example.com>
//! (single-drop); Mon, 2 Nov 2026 09:15:00 +0100`. Some programs leave a field of their own: X-Gmail-Fetch-Info,
//! X-hMailServer-ExternalAccount, X-fetched-from, X-getmail-….
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

use super::{Group, Rule};
use crate::case::{Case, Fetch, Message};
use crate::fields::fetcher::Mode;
use crate::finding::{Confidence, Evidence, Finding, Remedy, Severity};

pub(super) const RULE: Rule =
    Rule { id: "pop3-fetch", title: "Fetched from a mailbox", group: Group::Pop3, check, spared: None };

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().flat_map(|(place, message)| fetches(place, message)).collect()
}

fn fetches(place: usize, message: &Message<'_>) -> impl Iterator<Item = Finding> {
    message.fetches.iter().map(move |fetch| finding(place, fetch))
}

fn finding(place: usize, fetch: &Fetch) -> Finding {
    let server = fetch.server.as_deref();
    Finding {
        id: RULE.id,
        title: RULE.title,
        severity: Severity::Info,
        confidence: if fetch.is_sure { Confidence::Certain } else { Confidence::Likely },
        what: what(fetch),
        why: format!("{}Fetched mail waits for the next fetch, and the server that fetches must learn from elsewhere for whom it is. Nothing has to be mended for this alone.", whose(fetch.mode)),
        remedies: vec![Remedy {
            who: format!("Whoever runs {}, if the wait is a nuisance", server.unwrap_or("the server that fetches")),
            steps: vec![
                "If the mail of a whole domain is fetched: have it delivered by SMTP, with an MX record that names your own server. It then comes within seconds, and unknown recipients and unwanted mail can be refused at the door.".into(),
                "If one person's mailbox elsewhere is fetched: let that mailbox forward instead, or fetch more often. Small Business Server 2003 fetches every 15 minutes at best, 2008 every 5.".into(),
            ],
            disturbs_mail_flow: true,
            references: vec!["RFC 5321, section 5.1".into()],
        }],
        evidence: evidence(place, fetch),
        culprit: None,
    }
}

fn what(fetch: &Fetch) -> String {
    let tool = fetch.tool.filter(|_| fetch.server.is_some());
    let tool = tool.map_or_else(String::new, |tool| format!(" with {}", tool.name()));
    let account = fetch
        .account
        .as_ref()
        .map_or_else(|| " a mailbox".to_owned(), |name| format!(" the mailbox “{name}”"));
    let host = fetch.host.as_ref().map_or_else(String::new, |host| format!(" at {host}"));
    let wait = fetch.waited_seconds.filter(|seconds| *seconds >= 60);
    let lay = wait
        .map_or_else(String::new, |seconds| format!(" It had been waiting there for {}.", roughly(seconds)));
    let probably = if fetch.is_sure { "" } else { "probably " };
    let server = fetch.server.as_deref().or_else(|| Some(fetch.tool?.name())).unwrap_or("A server");
    format!("{server} {probably}collected this message from{account}{host}{tool}.{lay}")
}

/// Whose mailbox it is, where the line tells.
const fn whose(mode: Mode) -> &'static str {
    match mode {
        Mode::SingleDrop => "The mailbox is one person's (single-drop). ",
        Mode::MultiDrop => "Several people share the mailbox (multi-drop). ",
        Mode::Several => {
            "The message was handed on to several people, so the mailbox is probably shared (multi-drop). "
        }
        Mode::ByDefault => {
            "The mailbox is shared (multi-drop), and the message went to whoever gets what nobody else does. "
        }
        Mode::Unknown => "",
    }
}

fn evidence(place: usize, fetch: &Fetch) -> Vec<Evidence> {
    let of_hop = "The fetch, as the server recorded it.";
    let of_field = "A field that the program which collects mail adds.";
    let label = if fetch.hop.is_some() { of_hop } else { of_field };
    let marks = fetch.marks.iter().map(|span| (*span, of_field));
    [(fetch.span, label)]
        .into_iter()
        .chain(marks)
        .map(|(span, label)| Evidence { message: place, span, label: label.into() })
        .collect()
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
