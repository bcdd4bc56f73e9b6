//! # What it finds
//!
//! An address such as `mspop3connector.office@example.com` in To or Cc of a mail that is no copy itself. The POP3 connector of Small Business
//! Server wrote it into a copy that it sent out; somebody has replied to that copy.
//!
//! # Why it matters
//!
//! The reply goes to the faulty server as well, which may send it out again to everybody.
//!
//! # How to fix
//!
//! Take the address out before replying. The server that it names should be looked at: its administrator may not know.
//!
//! # When it stays quiet
//!
//! Where the mail shows the other signs of a copy, it is reported as one.
//!
//! # References
//!
//! Microsoft Knowledge Base 835734 (withdrawn).

use super::{Group, Rule};
use crate::advice::in_words;
use crate::case::{Case, ConnectorSign, Message};
use crate::finding::{Confidence, Evidence, Finding, Remedy, Severity};

pub(super) const RULE: Rule = Rule {
    id: "pop3-connector-address",
    title: "Address of a faulty POP3 connector",
    group: Group::Pop3,
    check,
    spared: None,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().filter_map(|(place, message)| check_message(place, message)).collect()
}

fn check_message(place: usize, message: &Message<'_>) -> Option<Finding> {
    let connector = &message.connector;
    if connector.is_reinjected() {
        return None;
    }
    let (address, domain) = connector.addresses.last()?;
    let (_, span) = connector.signs.iter().find(|(sign, _)| *sign == ConnectorSign::Address)?;
    let sender = message.people.from.first().map_or("somebody", |person| person.address.as_str());
    let is_reply = ["In-Reply-To", "References"].iter().any(|name| message.header().first(name).is_some());
    let reading = if is_reply {
        format!("probably {sender} replied to a copy that the POP3 connector at {domain} had sent out")
    } else {
        format!(
            "{sender} may have replied to a copy that the POP3 connector at {domain} had sent out, or this is such a copy and the lines that would show it are missing"
        )
    };
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: Severity::Info,
        confidence: Confidence::Likely,
        what: format!(
            "This mail is written to {address}: {reading}."
        ),
        why: "Nothing shows that this mail itself was sent out again. The address only came along with the reply, but what is sent to it goes to a server that may multiply it.".into(),
        remedies: vec![Remedy {
            who: "Everybody who answers this mail".into(),
            steps: vec![
                format!("Take {} out of To and Cc, and do not reply to all while copies still come.", in_words(address)),
                format!("Tell postmaster@{} that the POP3 connector of the server there sends fetched mail out again, and that update KB 835734 is missing.", in_words(domain)),
            ],
            disturbs_mail_flow: false,
            references: vec!["Microsoft Knowledge Base 835734 (withdrawn)".into()],
        }],
        evidence: vec![Evidence {
            message: place,
            span: *span,
            label: format!("The address of the connector at {domain}."),
        }],
        culprit: None,
    })
}
