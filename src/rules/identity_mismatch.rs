//! # What it finds
//!
//! The message speaks for one organisation and answers to another: the address in Reply-To, or the name in From where it looks like an
//! address, belongs to another organisation than the address in From, and nothing proves the From address. Where DMARC failed, the
//! envelope sender (Return-Path) counts as well.
//!
//! # Why it matters
//!
//! People who want an answer, or money, in somebody else's name work like this. Many honest services do it as well.
//!
//! # How to fix
//!
//! Ask the sender in another way. Services that send in somebody's name sign with that domain.
//!
//! # When it stays quiet
//!
//! Where DMARC passed, or SPF or a signature for the From domain; on mailing lists and forwarded mail; on bounces and other mail without an
//! envelope sender; where all addresses are of one organisation; on a Return-Path of another organisation alone, which every sending service has,
//! unless DMARC failed.
//!
//! # References
//!
//! RFC 5322, section 3.6.2. RFC 7489, section 3.1.

use super::{Group, Rule};
use crate::advice::authentication;
use crate::case::auth::is_of_one;
use crate::case::{Case, Message};
use crate::fields::address::parse_addresses;
use crate::fields::auth_results::Verdict;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::header::Field;

pub(super) const RULE: Rule = Rule {
    id: "identity-mismatch",
    title: "Sender and answers belong to different organisations",
    group: Group::Identity,
    check,
    spared: None,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().filter_map(|(place, message)| check_message(place, message)).collect()
}

fn check_message(place: usize, message: &Message<'_>) -> Option<Finding> {
    let header = message.header();
    let from = message.auth.from_domain.as_deref()?;
    let is_on_its_way = message.relay.is_some() || header.fields().any(|field| is_of_list(&field));
    let is_report = message.item.bounce.is_some() || is_without_sender(message);
    if message.auth.is_from_proved() || is_on_its_way || is_report {
        return None;
    }
    let is_failed = message.auth.dmarc().is_some_and(|dmarc| dmarc.outcome.verdict == Verdict::Fail);
    let field = header.first("From")?;
    let name = name_like_address(&field.decoded()).filter(|name| !is_of_one(name, from));
    let reply = header.first("Reply-To").and_then(|field| Some((field, foreign(&field, from)?)));
    let returns = header.first("Return-Path").and_then(|field| Some((field, foreign(&field, from)?)));
    let returns = returns.filter(|_| is_failed);
    let show =
        |field: &Field<'_>, label: &str| Evidence { message: place, span: field.span(), label: label.into() };
    let mut told = Vec::new();
    let mut evidence = Vec::new();
    if let Some(name) = &name {
        told.push(format!("the name in From shows an address of {name}"));
        evidence.push(show(&field, "The name looks like an address, but the message has another."));
    }
    if let Some((field, domain)) = &reply {
        told.push(format!("answers go to {domain}"));
        evidence.push(show(field, "Answers go to this address."));
    }
    if let Some((field, domain)) = &returns {
        told.push(format!("errors go to {domain}"));
        evidence.push(show(field, "The sender of the envelope."));
    }
    if told.is_empty() {
        return None;
    }
    evidence.push(show(&field, "The sender, as the reader sees it."));
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: if is_failed && (reply.is_some() || name.is_some()) {
            Severity::Low
        } else {
            Severity::Info
        },
        confidence: Confidence::Possible,
        what: format!("The message says that it comes from {from}, but {}.", told.join(", and ")),
        why: if is_failed {
            "The receiving side found nothing that proves the sender. The message may be an attempt to get an answer, or money, in somebody else's name.".into()
        } else {
            "Many honest services send in this way, and so do those who use somebody else's name. Nothing in the header proves the sender.".into()
        },
        remedies: vec![authentication::doubt_sender(from)],
        evidence,
        culprit: None,
    })
}

/// The first domain of a field that is of another organisation, unless one of its addresses is of the same.
fn foreign(field: &Field<'_>, from: &str) -> Option<String> {
    let addresses = parse_addresses(&field.unfolded());
    let domains = addresses.iter().filter_map(|address| Some(address.rsplit_once('@')?.1));
    let mut domains = domains.map(|domain| domain.trim_matches(['>', ' ']).to_lowercase());
    let first = domains.next().filter(|domain| !domain.is_empty())?;
    let is_one = is_of_one(&first, from) || domains.any(|domain| is_of_one(&domain, from));
    (!is_one).then_some(first)
}

/// The domain of an address in the name: `"ann@example.com" <x@example.net>`. Lists write `'Ann' via Talk` and keep the address out.
fn name_like_address(value: &str) -> Option<String> {
    let (name, _) = value.split_once('<')?;
    let mut words = name.split([' ', '"', '\'', '(', ')', ',', ';']);
    let domain = words.find_map(|word| {
        let (local, domain) = word.split_once('@')?;
        let is_domain = domain.contains('.') && domain.split('.').all(|label| !label.is_empty());
        (!local.is_empty() && is_domain).then_some(domain)
    })?;
    Some(domain.to_lowercase())
}

fn is_without_sender(message: &Message<'_>) -> bool {
    message.header().first("Return-Path").is_some_and(|field| field.unfolded().trim() == "<>")
}

/// Whether a list or a service for lists sent it: they have their own addresses for answers.
fn is_of_list(field: &Field<'_>) -> bool {
    ["List-Id", "List-Post", "List-Unsubscribe", "Mailing-List", "X-Mailing-List", "X-BeenThere"]
        .iter()
        .any(|name| field.is_named(name))
}
