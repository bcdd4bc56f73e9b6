//! # What it finds
//!
//! A message that came back, once, to a server that had already passed it on to another organisation.
//!
//! # Why it matters
//!
//! Alone it is no fault: an address that forwards back, or a detour, does this. If the message took the same way again, it would go round.
//!
//! # How to fix
//!
//! Nothing, unless the detour is not meant. Then see what the server in between does with mail for this recipient.
//!
//! # When it stays quiet
//!
//! On content filters on the same machine, services that filter or sign and give the message back, hand-overs inside one organisation,
//! Exchange Online and Google with their many machines, lists, messages that somebody sent on (Resent-*), returns for another recipient, and
//! lines that may be forged. Where the message goes round, `routing-loop` says so.
//!
//! # References
//!
//! RFC 5321, section 6.3. Of 7 909 ordinary messages 0.44 % return once like this.

use std::collections::HashMap;

use super::{Group, Rule, near_misses_in};
use crate::advice::joined;
use crate::case::{Case, Message};
use crate::finding::{Confidence, Evidence, Finding, NearMiss};
use crate::route::circle::is_service;

pub(super) const RULE: Rule = Rule {
    id: "host-revisited",
    title: "Came back to a server once",
    group: Group::Loops,
    check,
    spared: Some(|case| near_misses_in(case, near_miss)),
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().filter_map(|(place, message)| finding(place, message)).collect()
}

fn finding(place: usize, message: &Message<'_>) -> Option<Finding> {
    let circle = message.route.circle.as_ref().filter(|circle| !circle.is_loop())?;
    let (first, others) = circle.members.split_first()?;
    let host = &first.name;
    let between = joined(&others.iter().map(|member| member.name.clone()).collect::<Vec<_>>());
    let label = |nth: usize| {
        if nth == 0 {
            format!("{host} has the message again.")
        } else {
            format!("{host} has the message for the first time.")
        }
    };
    let spans = circle.passes.iter().rev().filter_map(|hop| message.route.hops.get(*hop));
    let evidence =
        spans.enumerate().map(|(nth, hop)| Evidence { message: place, span: hop.span, label: label(nth) });
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: crate::finding::Severity::Info,
        confidence: Confidence::Certain,
        what: format!("The message passed {host} twice: it went on to {between} and came back."),
        why: format!(
            "By itself this is no loop, and nothing to mend. It would be one if the message went from {host} to {between} a second time."
        ),
        remedies: Vec::new(),
        evidence: evidence.collect(),
        culprit: None,
    })
}

/// More returns than this are not looked at.
const MOST_RETURNS: usize = 8;

/// A machine that the message came back to for a good reason.
fn near_miss(place: usize, message: &Message<'_>) -> Option<NearMiss> {
    let route = &message.route;
    if route.circle.is_some() {
        return None;
    }
    let mut last: HashMap<usize, usize> = HashMap::new();
    let stations = route.stations.iter().enumerate();
    let returns = stations.filter_map(|(at, station)| Some((last.insert(station.host?, at)?, at)));
    let returns: Vec<(usize, usize)> = returns.take(MOST_RETURNS).collect();
    let (earlier, later, because) = returns
        .into_iter()
        .find_map(|(earlier, later)| Some((earlier, later, reason(message, earlier, later)?)))?;
    let of = |station: usize, label: &str| {
        let hop = route.hops.get(route.stations.get(station)?.first)?;
        Some(Evidence { message: place, span: hop.span, label: label.into() })
    };
    let host = route.hosts.get(route.stations.get(later)?.host?)?;
    Some(RULE.near_miss(
        format!("The message came back to {}.", host.name),
        because,
        vec![of(later, "The machine has the message again.")?, of(earlier, "It had it here before.")?],
    ))
}

/// Why the message came back, where that is told: by the stations between two stays on one machine.
fn reason(message: &Message<'_>, earlier: usize, later: usize) -> Option<String> {
    let route = &message.route;
    let sites: Vec<Option<&str>> = route
        .stations
        .get(earlier..later)?
        .iter()
        .map(|station| route.hosts.get(station.host?)?.organisation.as_deref())
        .collect();
    let (own, between) = sites.split_first()?;
    if between.is_empty() {
        return None;
    }
    if let Some(own) = own.filter(|own| between.iter().all(|site| *site == Some(own))) {
        return Some(format!("It stayed inside {own} meanwhile, whose servers pass mail to each other."));
    }
    if let Some(service) = between.iter().flatten().find(|site| is_service(site)) {
        return Some(format!("{service} filters or signs mail for others and gives it back."));
    }
    if message.people.resent.is_some() {
        return Some("A person had it meanwhile and sent it on (Resent-From).".into());
    }
    let is_of_list = !message.people.list_marks.is_empty();
    is_of_list.then(|| "A mailing list sent it back to where it came from.".into())
}
