//! # What it finds
//!
//! A field twice that a header may have only once: From, Sender, Reply-To, To, Cc, Bcc, Subject, Date, Message-ID, In-Reply-To,
//! References, and of MIME the Content-Type, Content-Transfer-Encoding and MIME-Version.
//!
//! # Why it matters
//!
//! Programs differ in which of the two they read. One shows the first From while another checks the second; some servers refuse such mail.
//!
//! # How to fix
//!
//! The program that wrote the message, or the server that added the second field, writes it once.
//!
//! # When it stays quiet
//!
//! On fields that may stand there more often: Received, Delivered-To, Return-Path (each delivery may leave one), DKIM-Signature,
//! Resent-…, and all that begin with X-. Two From fields that differ are worth an alarm; the rest is a note.
//!
//! # References
//!
//! RFC 5322, section 3.6. RFC 2045, section 4. RFC 7103, section 7.7. RFC 7489, section 6.6.1.

use super::{Group, Rule};
use crate::case::{Case, Message};
use crate::finding::{Confidence, Evidence, Finding, Remedy, Severity};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    id: "repeated-singleton-header",
    title: "A field that may stand there once stands there twice",
    group: Group::Form,
    check,
    spared: None,
};

/// The names, those first that weigh most.
const NAMES: [&str; 14] = [
    "From",
    "Sender",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "To",
    "Cc",
    "Bcc",
    "In-Reply-To",
    "References",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
];

/// More fields of a name prove nothing more.
const SHOWN: usize = 10;

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().filter_map(|(place, message)| check_message(place, message)).collect()
}

/// The fields of one name that stand there more than once.
struct Repeated {
    name: &'static str,
    spans: Vec<Span>,
    are_equal: bool,
}

fn check_message(place: usize, message: &Message<'_>) -> Option<Finding> {
    let repeated: Vec<Repeated> = NAMES.into_iter().filter_map(|name| repeated(message, name)).collect();
    let worst = repeated.iter().min_by_key(|it| (it.are_equal, it.name != "From"))?;
    let names: Vec<String> =
        repeated.iter().map(|it| format!("{} ({})", it.name, times(it.spans.len()))).collect();
    let ordered = std::iter::once(worst).chain(repeated.iter().filter(|it| it.name != worst.name));
    let evidence = ordered.flat_map(|it| {
        it.spans.iter().take(SHOWN).enumerate().map(|(nth, span)| Evidence {
            message: place,
            span: *span,
            label: if nth == 0 { format!("The first {}.", it.name) } else { format!("Another {}.", it.name) },
        })
    });
    let differ = if worst.are_equal { "The values are the same." } else { "The values differ." };
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: if worst.are_equal || worst.name != "From" { Severity::Info } else { Severity::Low },
        confidence: Confidence::Certain,
        what: format!("The header has more than one {}. {differ}", names.join(", ")),
        why: "Programs differ in which of them they read and show, and some servers refuse such mail. Filters can be deceived by it.".into(),
        remedies: vec![Remedy {
            who: "Whoever runs the program that wrote the message".into(),
            steps: vec![
                "Compare the copy in the sender's Sent folder: if the field stands there once only, a server or filter on the way added the second.".into(),
                format!("Let that program write {} once. Scripts often hand the same field to the mail function twice, as an argument and among the further headers.", worst.name),
            ],
            disturbs_mail_flow: false,
            references: vec!["RFC 5322, section 3.6".into()],
        }],
        evidence: evidence.collect(),
        culprit: None,
    })
}

fn repeated(message: &Message<'_>, name: &'static str) -> Option<Repeated> {
    let mut fields = message.header().named(name);
    let first = fields.next()?;
    let value = first.unfolded();
    let mut spans = vec![first.span()];
    let mut are_equal = true;
    for field in fields {
        are_equal &= field.unfolded() == value;
        spans.push(field.span());
    }
    (spans.len() > 1).then_some(Repeated { name, spans, are_equal })
}

fn times(count: usize) -> String {
    if count == 2 { "twice".into() } else { format!("{count} times") }
}
