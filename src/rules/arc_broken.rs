//! # What it finds
//!
//! The chain of seals with which servers vouch for what they found (ARC) is not whole: a seal says so itself (`cv=fail`), the
//! receiving side found it so (`arc=fail`), or a set lacks one of its three fields, is missing, or stands there twice.
//!
//! # Why it matters
//!
//! A list or forwarder that changes mail proves with its seal that the mail was sound before. With a broken chain that proof is lost.
//!
//! # How to fix
//!
//! Whoever changes a message after it was sealed adds a set of its own; whoever passes it on keeps the fields of the sets as they are.
//!
//! # When it stays quiet
//!
//! On whole chains, whatever the checks in them said, and where there is none. Where several fields of a header are missing at its end, it may
//! have been pasted in part: then a missing oldest set is not told.
//!
//! # References
//!
//! RFC 8617, sections 4.2.1, 5.1 and 5.2.

use super::{Group, Rule};
use crate::case::auth::ArcPart;
use crate::case::{Case, Message};
use crate::fields::auth_results::Verdict;
use crate::finding::{Confidence, Evidence, Finding, Remedy, Severity};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    id: "arc-broken",
    title: "The chain of seals (ARC) is broken",
    group: Group::Identity,
    check,
    spared: None,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().filter_map(|(place, message)| check_message(place, message)).collect()
}

/// What is wrong with a chain.
struct Fault {
    what: String,
    confidence: Confidence,
    shown: Vec<(Span, String)>,
}

fn check_message(place: usize, message: &Message<'_>) -> Option<Finding> {
    let sets = sets(message);
    let fault = said(&sets).or_else(|| structure(&sets)).or_else(|| found(message))?;
    let is_harmful = message.auth.dmarc().is_some_and(|dmarc| dmarc.outcome.verdict == Verdict::Fail);
    let evidence = fault.shown.into_iter().map(|(span, label)| Evidence { message: place, span, label });
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: if is_harmful && message.relay.is_none() { Severity::Low } else { Severity::Info },
        confidence: fault.confidence,
        what: fault.what,
        why: if message.auth.is_from_proved() {
            "The From domain was proved without it, so this does no harm by itself.".into()
        } else {
            "The seals cannot vouch for the message any more. Where SPF and DKIM fail as well, it may be put aside.".into()
        },
        remedies: vec![Remedy {
            who: "Whoever runs the servers between the seals".into(),
            steps: vec![
                "Find the server that changes messages behind the last good seal: a footer, a mark in the subject, rewritten links, fields that are taken out.".into(),
                "Leave the fields ARC-Seal, ARC-Message-Signature and ARC-Authentication-Results as they are.".into(),
                "Or let that server add a set of its own (OpenARC, Rspamd's module arc, or Mailman 3's ARC support).".into(),
            ],
            disturbs_mail_flow: false,
            references: vec!["RFC 8617, sections 5.1 and 5.2".into()],
        }],
        evidence: evidence.collect(),
        culprit: None,
    })
}

/// One set, by its number.
#[derive(Default)]
struct Set<'m> {
    /// How many of each: results, signatures, seals.
    counts: [usize; 3],
    place: Option<Span>,
    chain: Option<&'m Verdict>,
    chain_span: Option<Span>,
    domain: Option<&'m str>,
}

/// The highest number that a set may have (RFC 8617 section 4.2.1).
const HIGHEST: u32 = 50;

/// The sets in the order of their numbers, from 1; numbers that cannot be are left out.
fn sets<'m>(message: &'m Message<'_>) -> Vec<Set<'m>> {
    let numbers = message.auth.seals.iter().filter_map(|sealed| sealed.instance);
    let Some(highest) = numbers.filter(|number| *number <= HIGHEST).max() else { return Vec::new() };
    let mut sets: Vec<Set<'_>> = (0..highest).map(|_| Set::default()).collect();
    for sealed in &message.auth.seals {
        let at =
            sealed.instance.and_then(|number| number.checked_sub(1)).and_then(|at| usize::try_from(at).ok());
        let Some(set) = at.and_then(|at| sets.get_mut(at)) else { continue };
        let [results, signatures, seals] = &mut set.counts;
        match &sealed.part {
            ArcPart::Results => *results += 1,
            ArcPart::Signature => *signatures += 1,
            ArcPart::Seal(seal) => {
                *seals += 1;
                (set.chain, set.chain_span) = (seal.chain.as_ref(), seal.chain_span);
                set.domain = seal.domain.as_deref();
            }
        }
        set.place = set.place.or(Some(sealed.span));
    }
    sets
}

/// A seal that says that the chain was broken when it came.
fn said(sets: &[Set<'_>]) -> Option<Fault> {
    let (at, set) = sets.iter().enumerate().find(|(_, set)| set.chain == Some(&Verdict::Fail))?;
    let sealer = set.domain.unwrap_or("The sealer");
    let before = at.checked_sub(1).and_then(|before| sets.get(before)?.domain);
    let between = before.map_or_else(String::new, |before| {
        format!(" Between the seal of {before} and {sealer} the message was changed, or a seal was damaged.")
    });
    Some(Fault {
        what: format!("{sealer} found the chain of seals broken (cv=fail in set {}).{between}", at + 1),
        confidence: Confidence::Likely,
        shown: vec![(
            set.chain_span.filter(|span| !span.is_empty()).or(set.place)?,
            "The seal that says so.".into(),
        )],
    })
}

/// A set that cannot be.
fn structure(sets: &[Set<'_>]) -> Option<Fault> {
    const NAMES: [&str; 3] = ["ARC-Authentication-Results", "ARC-Message-Signature", "ARC-Seal"];
    let show = |set: &Set<'_>, what: String| {
        let place = set.place?;
        Some(Fault {
            what,
            confidence: Confidence::Certain,
            shown: vec![(place, "A field of this set.".into())],
        })
    };
    for (at, set) in sets.iter().enumerate() {
        let number = at + 1;
        let by = set.domain.map_or_else(String::new, |domain| format!(" of {domain}"));
        let present = set.counts.iter().filter(|count| **count > 0).count();
        let more = set.counts.iter().position(|count| *count > 1);
        let fewer = set.counts.iter().position(|count| *count == 0);
        if let Some(name) = more.and_then(|at| NAMES.get(at)) {
            return show(set, format!("The chain of seals is broken: set {number}{by} has {name} twice."));
        }
        if present == 0 {
            // The oldest sets stand lowest: a header that was cut off lacks them first.
            let next = sets.iter().skip(number).find(|set| set.place.is_some())?;
            let is_within = sets.iter().take(at).any(|set| set.place.is_some());
            return is_within
                .then(|| show(next, format!("The chain of seals is broken: set {number} is missing.")))
                .flatten();
        }
        if let Some(name) = fewer.and_then(|at| NAMES.get(at)).filter(|_| number > 1 || sets.len() > 1) {
            return show(set, format!("The chain of seals is broken: set {number}{by} has no {name}."));
        }
        let is_odd = match set.chain {
            Some(Verdict::None) => number > 1,
            Some(Verdict::Pass) => number == 1,
            _ => false,
        };
        if is_odd {
            let word = if number == 1 {
                "cv=pass, though nothing came before it"
            } else {
                "cv=none, though sets came before it"
            };
            return show(set, format!("The chain of seals is broken: set {number}{by} says {word}."));
        }
    }
    None
}

/// What the receiving side found.
fn found(message: &Message<'_>) -> Option<Fault> {
    let believed = message.auth.believed("arc");
    let result = believed.iter().find(|result| result.outcome.verdict == Verdict::Fail)?;
    let server = result.statement.server(&message.route);
    Some(Fault {
        what: format!(
            "{server} found that the chain of seals (ARC) does not fit: the message was changed after the last seal, or a seal was damaged."
        ),
        confidence: Confidence::Likely,
        shown: vec![(result.outcome.span, format!("The check of ARC, as {server} wrote it."))],
    })
}
