//! # What it finds
//!
//! A mail with many addresses in To and Cc, of several organisations or very many of one.
//!
//! # Why it matters
//!
//! Everybody in the list learns all the other addresses, and one "reply to all" goes to everybody. Where one of the recipients' servers
//! feeds fetched mail back to the addresses in To and Cc, each of them gets the mail again and again: the longer the list, the larger the
//! storm.
//!
//! # How to fix
//!
//! Write to many people in Bcc, with your own address in To, or through a mailing list.
//!
//! # When it stays quiet
//!
//! With fewer than ten addresses, and with fewer than twenty of one organisation, such as a department. Mail that a mailing list sent on.
//!
//! # References
//!
//! RFC 5322, section 3.6.3 (To, Cc, Bcc).

use std::collections::HashSet;

use super::{Group, Rule};
use crate::case::{Case, Message, Person};
use crate::finding::{Confidence, Evidence, Finding, Remedy, Severity};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    id: "open-recipient-list",
    title: "Many open recipients in To and Cc",
    group: Group::Form,
    check,
    spared: None,
};

/// So many addresses of several organisations are many.
const MANY: usize = 10;

/// So many of one organisation are.
const MANY_OF_ONE: usize = 20;

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().filter_map(|(place, message)| check_message(place, message)).collect()
}

fn check_message(place: usize, message: &Message<'_>) -> Option<Finding> {
    let people = &message.people;
    let domains: HashSet<&str> = people.to.iter().filter_map(domain).collect();
    let count = people.to.len();
    let is_many = count >= MANY_OF_ONE || (count >= MANY && domains.len() > 1);
    if !is_many || !people.list_marks.is_empty() {
        return None;
    }
    let sender = people.from.first().map_or("the sender", |person| person.address.as_str());
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: Severity::Info,
        confidence: Confidence::Certain,
        what: format!(
            "This mail from {sender} names {count} recipients of {} in To and Cc, for everybody to see.",
            if domains.len() == 1 { "one domain".to_owned() } else { format!("{} domains", domains.len()) }
        ),
        why: "Each recipient learns all other addresses, and a reply to all goes to everybody. If one recipient's server fetches its mail by POP3 and sends it to the addresses in To and Cc once more, everybody gets copies without end; the sender cannot see that coming and is not to blame for it.".into(),
        remedies: vec![Remedy {
            who: format!("The sender, {sender}, next time"),
            steps: vec![
                "Write to yourself, and put the others into Bcc.".into(),
                "For a group that writes to one another often, set up a mailing list.".into(),
            ],
            disturbs_mail_flow: false,
            references: vec!["RFC 5322, section 3.6.3".into()],
        }],
        evidence: fields(message)
            .into_iter()
            .map(|span| Evidence {
                message: place,
                span,
                label: "Recipients that everybody sees.".into(),
            })
            .collect(),
        culprit: None,
    })
}

fn domain(person: &Person) -> Option<&str> {
    person.key.rsplit_once('@').map(|(_, domain)| domain)
}

/// The fields that name them, each once.
fn fields(message: &Message<'_>) -> Vec<Span> {
    let mut spans: Vec<Span> = message.people.to.iter().map(|person| person.span).collect();
    spans.dedup();
    spans.truncate(MOST_FIELDS);
    spans
}

/// More fields show nothing more.
const MOST_FIELDS: usize = 5;
