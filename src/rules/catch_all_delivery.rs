//! # What it finds
//!
//! A message that ended up with somebody to whom nobody wrote, because the address in it is nobody's: fetchmail handed it to the
//! postmaster (`by default`), or it was delivered to a mailbox that is called postmaster or catchall.
//!
//! # Why it matters
//!
//! A mailbox that takes what is for nobody makes every invented address valid. Most of what comes there is unwanted, somebody has to read
//! it all, and confidential mail with a slip in the address is read by the wrong person.
//!
//! # How to fix
//!
//! No catch-all: refuse unknown recipients during the SMTP dialogue.
//!
//! # When it stays quiet
//!
//! On mail from mailing lists; on blind copies to a mailbox of one's own; on mail to role addresses such as abuse@ or root@, which the
//! postmaster reads by right; on bounces and other reports.
//!
//! # References
//!
//! RFC 2142 (role addresses). RFC 5321, section 6.2.

use super::{Group, Rule};
use crate::advice::catch_all;
use crate::case::{Case, Message, Person, site_of};
use crate::fields::address::comparable;
use crate::fields::fetcher::Mode;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    id: "catch-all-delivery",
    title: "Delivered to whoever gets what is nobody's",
    group: Group::Pop3,
    check,
    spared: None,
};

/// Mailboxes that take what is for nobody.
const CATCHERS: [&str; 11] = [
    "catch-all",
    "catch.all",
    "catch_all",
    "catchall",
    "postmaster",
    "nicht-zustellbar",
    "undeliverable",
    "undelivered",
    "unknown-users",
    "unknown",
    "unzustellbar",
];

/// Addresses that a postmaster reads by right: RFC 2142, and what programs on the server write to.
const ROLES: [&str; 14] = [
    "abuse",
    "administrator",
    "daemon",
    "dmarc",
    "hostmaster",
    "list",
    "mailer-daemon",
    "noc",
    "postmaster",
    "root",
    "security",
    "webmaster",
    "www",
    "www-data",
];

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().filter_map(|(place, message)| check_message(place, message)).collect()
}

fn check_message(place: usize, message: &Message<'_>) -> Option<Finding> {
    let people = &message.people;
    if !people.list_marks.is_empty() || message.item.bounce.is_some() || people.to.iter().any(is_role) {
        return None;
    }
    let (address, span) = catcher(message)?;
    let fetch = message.fetches.iter().rev().find(|fetch| fetch.mode == Mode::ByDefault);
    let server = fetch
        .and_then(|fetch| fetch.server.as_deref())
        .or_else(|| message.route.hops.last()?.received.by.as_deref())
        .unwrap_or("the server");
    let meant = people.to.first().map_or("nobody", |person| person.address.as_str());
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: Severity::Low,
        confidence: if fetch.is_some() { Confidence::Likely } else { Confidence::Possible },
        what: format!("{server} delivered this mail to {address}, to whom nobody wrote it: it is written to {meant}, which is probably no mailbox there."),
        why: "A mailbox that takes what is for nobody makes every invented address valid. It collects unwanted mail, and mail with a slip in the address is read by the wrong person while its sender believes that it arrived.".into(),
        remedies: vec![catch_all::refuse_unknown(format!("Whoever runs {server}"))],
        evidence: vec![Evidence { message: place, span, label: format!("It went to {address}.") }],
        culprit: None,
    })
}

fn is_role(person: &Person) -> bool {
    let local = person.key.split('@').next().unwrap_or_default();
    ROLES.contains(&local)
}

/// The address that took it, and where that stands: what fetchmail handed on by default, or the last delivery, if that is a catcher's and
/// the message is written to another address of its domain.
fn catcher<'m>(message: &'m Message<'_>) -> Option<(&'m str, Span)> {
    let by_default = message.fetches.iter().rev().find(|fetch| fetch.mode == Mode::ByDefault);
    if let Some(fetch) = by_default {
        let address = fetch.recipient.as_deref()?;
        return (!message.people.names(&comparable(address))).then_some((address, fetch.span));
    }
    let (address, span) = last_recipient(message)?;
    let key = comparable(address);
    let (local, _) = key.rsplit_once('@')?;
    let is_to_domain = site_of(&key).is_some_and(|site| message.people.names_site(&site));
    let is_catcher = CATCHERS.contains(&local);
    (is_catcher && is_to_domain && !message.people.names(&key)).then_some((address, span))
}

/// The address of the last delivery: by a field, or else by the newest Received line.
fn last_recipient<'m>(message: &'m Message<'_>) -> Option<(&'m str, Span)> {
    if let Some(delivery) = message.deliveries.first() {
        return Some((&delivery.address, delivery.span));
    }
    let hop = message.route.hops.last()?;
    let recipient = hop.received.recipient()?;
    Some((recipient, hop.span))
}
