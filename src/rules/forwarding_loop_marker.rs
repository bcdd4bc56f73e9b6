//! # What it finds
//!
//! A line by which a system will recognise the message if it comes again: Exchange's marks of inbox rules, mail flow rules, moderation and
//! forwarding, hMailServer's loop count, and the like.
//!
//! # Why it matters
//!
//! The mark is harmless. But it says that a rule forwarded or redirected the message, and that the same system will not do it once more:
//! from then on the message is dropped in silence, or refused. That explains forwards that “sometimes do not work”.
//!
//! # How to fix
//!
//! Nothing, unless a second forward is wanted: then forward to the last address at once.
//!
//! # When it stays quiet
//!
//! On `X-Loop` and its kin, which lists and fetchers write on all their mail.
//!
//! # References
//!
//! Microsoft's pages on mail flow rules and on external forwarding; <https://learn.microsoft.com/exchange/mail-flow-best-practices/>.

use super::{Group, Rule};
use crate::case::{Case, Message};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::header::Field;

pub(super) const RULE: Rule = Rule {
    id: "forwarding-loop-marker",
    title: "Marked against going round",
    group: Group::Loops,
    check,
    spared: None,
};

/// The names of the marks, what each tells, and what it will stop.
const MARKS: [(&str, &str, &str); 6] = [
    (
        "X-MS-Exchange-Inbox-Rules-Loop",
        "An inbox rule of VALUE forwarded, redirected or answered this message",
        "If it comes to an inbox rule again, Exchange Online does not forward it a second time (Exchange on own servers: a fourth time) and says so to nobody.",
    ),
    (
        "X-MS-Exchange-Transport-Rules-Loop",
        "A mail flow rule of Exchange redirected this message or added a recipient (count VALUE)",
        "If a mail flow rule would redirect it again, Exchange refuses it: 5.7.128, “Transport rules loop count exceeded”.",
    ),
    (
        "X-MS-Exchange-Moderation-Loop",
        "The message went to a moderator by way of VALUE",
        "If it has to be approved again, Exchange drops it in silence.",
    ),
    (
        "X-MS-Exchange-ForwardingLoop",
        "The mailbox VALUE forwarded this message",
        "If it comes to that mailbox again, Exchange Online does not forward it once more.",
    ),
    (
        "X-hMailServer-LoopCount",
        "A rule of hMailServer made or forwarded this message (count VALUE)",
        "From a count of 5 on (“Rule loop limit”) hMailServer makes no more messages from it.",
    ),
    (
        "X-MC-Loop-Signature",
        "MailChannels marked this message to know it again (VALUE)",
        "If it comes to MailChannels again too often, it is held or refused there.",
    ),
];

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().flat_map(|(place, message)| findings(place, message)).collect()
}

/// More lines of one name than this tell nothing more.
const SHOWN: usize = 10;

fn findings(place: usize, message: &Message<'_>) -> Vec<Finding> {
    let mut found: [Vec<Field<'_>>; MARKS.len()] = Default::default();
    for field in message.header().fields() {
        for ((name, ..), fields) in MARKS.iter().zip(&mut found) {
            if field.is_named(name) {
                fields.push(field);
            }
        }
    }
    MARKS.iter().zip(&found).filter_map(|(mark, fields)| finding(place, mark, fields)).collect()
}

fn finding(place: usize, (name, told, stops): &(&str, &str, &str), fields: &[Field<'_>]) -> Option<Finding> {
    let mut values: Vec<String> = fields.iter().take(SHOWN).map(value).collect();
    values.dedup();
    let told = told.replace("VALUE", &crate::advice::joined(&values));
    let evidence = fields.iter().take(SHOWN).map(|field| Evidence {
        message: place,
        span: field.span(),
        label: format!("The mark {name}."),
    });
    (!fields.is_empty()).then(|| Finding {
        id: RULE.id,
        title: RULE.title,
        severity: Severity::Info,
        confidence: Confidence::Likely,
        what: format!("{told}."),
        why: format!("{stops} Nothing has to be mended for the mark alone; if a second forward is wanted, forward to the last address at once."),
        remedies: Vec::new(),
        evidence: evidence.collect(),
        culprit: None,
    })
}

/// The mailbox or the count, without the tenant's number.
fn value(field: &Field<'_>) -> String {
    let value = field.unfolded();
    let value = value.split(';').next().unwrap_or_default().trim();
    if value.is_empty() || value == "ForwardingHandled" {
        "(not named)".to_owned()
    } else {
        value.chars().take(100).collect()
    }
}
