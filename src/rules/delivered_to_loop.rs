//! # What it finds
//!
//! The same address in two Delivered-To lines of one message. Mail servers write such a line each time they deliver to an
//! address, so the message came back to an address that had it already.
//!
//! # Why it matters
//!
//! Two mailboxes that forward to each other send every message round until a server gives up and returns it as undeliverable.
//!
//! # How to fix
//!
//! Take out one of the two forwards: `.forward`, `.qmail`, a Sieve `redirect`, an alias, or the forwarding setting of a mailbox.
//!
//! # When it stays quiet
//!
//! Different addresses are an ordinary forwarding path, however many there are. One address in one line is an ordinary delivery.
//!
//! # References
//!
//! RFC 9228 (Delivered-To), section 4. qmail-local(8) and Postfix local(8) refuse such mail: "mail forwarding loop for".

use super::Rule;
use crate::case::{Case, Message};
use crate::fields::address::comparable;
use crate::finding::{Confidence, Evidence, Finding, Remedy, Severity};
use crate::text::Span;

pub(super) const RULE: Rule =
    Rule { id: "delivered-to-loop", title: "Delivered to the same address twice", check };

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().filter_map(|(place, message)| check_message(place, message)).collect()
}

fn check_message(place: usize, message: &Message) -> Option<Finding> {
    let (address, spans) = repeated(message)?;
    let evidence = spans.iter().enumerate().map(|(nth, span)| Evidence {
        message: place,
        span: *span,
        label: if nth == 0 {
            "The last delivery to this address.".into()
        } else {
            "An earlier delivery to the same address.".into()
        },
    });
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: Severity::High,
        confidence: Confidence::Certain,
        what: format!("The message was delivered to {address} {}: it is going round in a forwarding loop.", times(spans.len())),
        why: "Each round makes the header longer, until a server refuses the message and returns it. Every mail to this address takes the same way.".into(),
        remedies: vec![Remedy {
            who: format!("Whoever administers the mailbox {address}"),
            steps: vec![
                format!("See where {address} forwards to: .forward, .qmail, Sieve rules, aliases, the mailbox's own forwarding."),
                "See where that address forwards to, and so on, until you are back.".into(),
                "Take out one of these forwards.".into(),
            ],
            disturbs_mail_flow: false,
            references: vec!["RFC 9228, section 4".into()],
        }],
        evidence: evidence.collect(),
        culprit: None,
    })
}

/// The first address that stands in two Delivered-To lines or more, and those lines, topmost first.
fn repeated(message: &Message) -> Option<(&str, Vec<Span>)> {
    let mut seen: std::collections::HashMap<String, Vec<usize>> = std::collections::HashMap::new();
    for (nth, (address, _)) in message.delivered_to.iter().enumerate() {
        seen.entry(comparable(address)).or_default().push(nth);
    }
    let places = seen.into_values().filter(|places| places.len() > 1).min()?;
    let address = &message.delivered_to.get(*places.first()?)?.0;
    let spans =
        places.iter().filter_map(|nth| message.delivered_to.get(*nth)).map(|(_, span)| *span).collect();
    Some((address, spans))
}

fn times(count: usize) -> String {
    if count == 2 { "twice".into() } else { format!("{count} times") }
}
