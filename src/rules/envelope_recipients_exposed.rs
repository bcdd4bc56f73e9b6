//! # What it finds
//!
//! A field that records the envelope recipient names several, and at least one of them is not in To or Cc. Sample:
//! `Envelope-To: ann@example.com, bob@example.com` in a mail that is written to ann@example.com alone.
//!
//! # Why it matters
//!
//! Who is in the envelope but not in To or Cc was written to in Bcc, or through an alias or a list. Everybody who gets this copy can read
//! these addresses, though the sender meant to hide them.
//!
//! # How to fix
//!
//! Let the server deliver one copy for each recipient, or leave the field out where a copy is for several.
//!
//! # When it stays quiet
//!
//! With one recipient, however often it is named, and where all of them stand in To or Cc anyway.
//!
//! # References
//!
//! RFC 5321, section 4.4 (FOR names one recipient) and 7.2 (blind copies). Exim specification, `envelope_to_add`.

use std::collections::HashSet;

use super::{Group, Rule};
use crate::case::{Case, Message};
use crate::fields::address::comparable;
use crate::finding::{Confidence, Evidence, Finding, Remedy, Severity};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    id: "envelope-recipients-exposed",
    title: "Hidden recipients are recorded in the header",
    group: Group::Form,
    check,
    spared: None,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().filter_map(|(place, message)| check_message(place, message)).collect()
}

/// A record of several recipients: the place, the name of the field, the server, the addresses that are hidden elsewhere, and how many
/// recipients there are in all.
struct Exposure<'m> {
    span: Span,
    field: &'m str,
    server: Option<&'m str>,
    hidden: Vec<&'m str>,
    all: usize,
}

fn check_message(place: usize, message: &Message<'_>) -> Option<Finding> {
    // Where only a part of the header was pasted, nothing is known of To and Cc.
    let header = message.header();
    header.first("To").or_else(|| header.first("Cc"))?;
    let found: Vec<Exposure<'_>> = exposures(message).take(SHOWN).collect();
    let first = found.first()?;
    let server = first.server.unwrap_or("A server");
    let list = first.hidden.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    let verb = if first.hidden.len() == 1 { "is" } else { "are" };
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: Severity::Low,
        confidence: Confidence::Likely,
        what: format!(
            "{server} recorded {} recipients of this mail in {}; {list} {verb} not in To or Cc and should probably not be seen by the others.",
            first.all, first.field
        ),
        why: "Who was written to in Bcc, or through an alias, can be read in the header by everybody who got this copy.".into(),
        remedies: vec![Remedy {
            who: format!("Whoever runs {}", first.server.unwrap_or("the server that wrote the line")),
            steps: vec![
                "Deliver one copy for each recipient, each with its own envelope recipient: in Postfix, `transport_destination_recipient_limit = 1` for the transport that delivers; in Exim, `batch_max = 1` at the transport (the default).".into(),
                "Where a copy has to serve several, do not write the field: in Exim, `envelope_to_add = false` at that transport.".into(),
                "A mailbox that others collect from needs the field; then one copy for each recipient is the only way.".into(),
            ],
            disturbs_mail_flow: true,
            references: vec!["RFC 5321, sections 4.4 and 7.2".into(), "Exim specification, envelope_to_add, batch_max".into()],
        }],
        evidence: found
            .iter()
            .map(|exposure| Evidence {
                message: place,
                span: exposure.span,
                label: format!("{} recipients in one {}.", exposure.all, exposure.field),
            })
            .collect(),
        culprit: None,
    })
}

/// More of them show nothing more.
const SHOWN: usize = 10;

fn exposures<'m>(message: &'m Message<'_>) -> impl Iterator<Item = Exposure<'m>> {
    let fields = message.recorded.iter().map(|recorded| {
        let server = recorded.hop.and_then(|hop| message.route.hops.get(hop));
        let server = server.and_then(|hop| hop.received.by.as_deref());
        (recorded.span, recorded.name, server, recorded.addresses.iter().map(String::as_str).collect())
    });
    let lines = message.route.hops.iter().rev().map(|hop| {
        let addresses: Vec<&str> = hop.received.recipients.iter().map(|part| part.value.as_str()).collect();
        (hop.span, "Received", hop.received.by.as_deref(), addresses)
    });
    fields.chain(lines).filter_map(|(span, field, server, addresses)| {
        let (hidden, all) = hidden(message, &addresses)?;
        Some(Exposure { span, field, server, hidden, all })
    })
}

/// The addresses that To and Cc do not name, where there are several in all, and how many there are.
fn hidden<'m>(message: &Message<'_>, addresses: &[&'m str]) -> Option<(Vec<&'m str>, usize)> {
    let mut seen = HashSet::new();
    let different: Vec<&str> = addresses
        .iter()
        .copied()
        .filter(|address| address.contains('@') && seen.insert(comparable(address)))
        .collect();
    let all = different.len();
    let hidden: Vec<&str> =
        different.into_iter().filter(|address| !message.people.names(&comparable(address))).collect();
    (all > 1 && !hidden.is_empty()).then_some((hidden, all))
}
