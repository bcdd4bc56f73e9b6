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

use super::Rule;
use crate::advice::joined;
use crate::case::{Case, Message};
use crate::finding::{Confidence, Evidence, Finding};

pub(super) const RULE: Rule = Rule { id: "host-revisited", title: "Came back to a server once", check };

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
