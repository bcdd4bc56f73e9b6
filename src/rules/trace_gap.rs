//! # What it finds
//!
//! Two lines that do not join: one ends at a server, the next starts at a server of another organisation. Between them a line is missing,
//! or one of the two is not genuine.
//!
//! # Why it matters
//!
//! What happened in between is not known. Servers have to add a line and may not take any away; so either one does not follow that, or
//! somebody put the older lines there to look like a way that the message never took.
//!
//! # How to fix
//!
//! Ask the administrator of the server that handed the message over where it had it from. Trust the lines above the gap only.
//!
//! # When it stays quiet
//!
//! Where names that only mean something inside a network meet, or addresses behind NAT; between machines of one organisation; where the
//! client greets with the name of the server before, whatever its reverse name says; after a fetch, and on lines that say too little;
//! where somebody sent the message on by hand, logged in or with Resent fields.
//! Services that send for others take mail at machines of theirs and hand it out by machines with the sender's name: so where the From
//! field is proved, or the client has, by its reverse name, the domain of the sender or of the envelope sender.
//!
//! # References
//!
//! RFC 5321, sections 3.7.2 and 4.4: trace lines are added, never changed or taken away.

use super::{Group, Rule};
use crate::case::{Case, Message};
use crate::fields::host::organisation;
use crate::finding::{Confidence, Evidence, Finding, Remedy, Severity};
use crate::route::{Handover, Hop, Host, Kind, Scope};

pub(super) const RULE: Rule = Rule {
    id: "trace-gap",
    title: "A line of the route is missing",
    group: Group::Transit,
    check,
    spared: None,
};

/// More gaps than this prove nothing more.
const SHOWN: usize = 10;

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().filter_map(|(place, message)| finding(place, message)).collect()
}

/// Two lines that do not join.
struct Gap<'m> {
    before: &'m Hop,
    hop: &'m Hop,
    writer: &'m Host,
    client: &'m Host,
}

fn finding(place: usize, message: &Message<'_>) -> Option<Finding> {
    if message.auth.is_from_proved() || message.people.resent.is_some() {
        return None;
    }
    let hops = &message.route.hops;
    let pairs = hops.iter().zip(hops.iter().skip(1)).rev();
    let gaps: Vec<Gap<'_>> =
        pairs.filter_map(|(before, hop)| gap(message, before, hop)).take(SHOWN).collect();
    let newest = gaps.first()?;
    let (writer, client) = (&newest.writer.name, &newest.client.name);
    let evidence = gaps.iter().flat_map(|gap| {
        let label = format!("This line starts at {}.", gap.client.name);
        let other = format!("The line before ended at {}.", gap.writer.name);
        [(gap.hop.span, label), (gap.before.span, other)]
    });
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: Severity::Low,
        confidence: Confidence::Likely,
        what: format!("A line is probably missing: the message had come to {writer}, but was handed on by {client}, of which nothing says how it got there."),
        why: "Either a server on the way adds no line, or the lines below were put there to mislead. Until that is known, only the lines above the gap count.".into(),
        remedies: vec![Remedy {
            who: format!("Whoever administers {client}"),
            steps: vec![
                "Look the message up in the log, by its Message-ID: from which server did it come?".into(),
                "If a filter, a gateway or a program there passes mail on without a Received line, have it write one.".into(),
                "If no such message is in the log, the older lines are forged: treat the message as coming from the server above the gap.".into(),
            ],
            disturbs_mail_flow: false,
            references: vec!["RFC 5321, sections 3.7.2 and 4.4".into()],
        }],
        evidence: evidence.map(|(span, label)| Evidence { message: place, span, label }).collect(),
        culprit: None,
    })
}

/// The gap between two neighbours; absent where they join, or nothing says that they should.
fn gap<'m>(message: &'m Message<'_>, before: &'m Hop, hop: &'m Hop) -> Option<Gap<'m>> {
    let is_private = hop.received.ip.as_ref().is_some_and(|ip| !Scope::of(ip.value).is_unique());
    let is_by_smtp = hop.kind == Kind::Smtp && before.kind != Kind::Fetch && !hop.received.is_logged_in();
    // Some programs write the line of one hand-over twice.
    let is_same_again = hop.from_host == before.from_host && hop.by_host == before.by_host;
    if hop.handover != Handover::Breaks || is_private || is_same_again || !is_by_smtp {
        return None;
    }
    let host = |place: Option<usize>| message.route.hosts.get(place?);
    let (writer, client) = (host(before.by_host)?, host(hop.from_host)?);
    let has_names = !writer.is_internal && !client.is_internal;
    let organisations = writer.organisation.as_deref().zip(client.organisation.as_deref());
    let is_strange = has_names && organisations.is_some_and(|(writer, client)| writer != client);
    (is_strange && !is_by_sender(message, hop)).then_some(Gap { before, hop, writer, client })
}

/// Whether the client is a machine of the sender: the next server looked its name up.
fn is_by_sender(message: &Message<'_>, hop: &Hop) -> bool {
    let Some(known) = hop.received.rdns.as_deref().and_then(organisation) else { return false };
    let returns = message.header().first("Return-Path");
    let returns =
        returns.and_then(|field| organisation(field.unfolded().rsplit_once('@')?.1.trim_matches(['>', ' '])));
    let from = message.auth.from_domain.as_deref().and_then(organisation);
    [from, returns].into_iter().flatten().any(|sender| sender == known)
}
