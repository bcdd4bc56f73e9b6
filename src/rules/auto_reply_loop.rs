//! # What it finds
//!
//! Two machines that answer each other: the message says of itself that it is an automatic answer, or has piled up marks of answers
//! (`Re: Re: Re: Re:`) and comes from no mail program; and the numbers of the messages before it (References) come from two sites in turn.
//!
//! # Why it matters
//!
//! It does not end by itself: each answer draws another, thousands in a night, until a mailbox is full or a server blocks the sender.
//!
//! # How to fix
//!
//! Both have to keep the rules of RFC 3834: no answer to automatic mail, to lists or to an empty Return-Path, and one answer to each sender in
//! several days.
//!
//! # When it stays quiet
//!
//! On one automatic answer, also to a long conversation between people: then one mark of a machine stands before the `Re:` of people. On
//! conversations in which `AW: RE: AW: RE:` has piled up between people's mail programs. On bounces.
//!
//! # References
//!
//! RFC 3834, sections 2 and 3.1.1.

use super::{Group, Rule};
use crate::case::{Case, Message};
use crate::fields::address::parse_addresses;
use crate::finding::{Confidence, Evidence, Finding, Remedy, Severity};
use crate::header::Field;

pub(super) const RULE: Rule = Rule {
    id: "auto-reply-loop",
    title: "Automatic answers to each other",
    group: Group::Loops,
    check,
    spared: None,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().filter_map(|(place, message)| finding(place, message)).collect()
}

/// So many marks of an answer pile up in the subject when machines answer: mail programs of people write one.
const PILED: usize = 4;

/// With the message itself, so many messages in turn from two sites are more than one question and one answer each.
const TURNS: usize = 4;

fn finding(place: usize, message: &Message<'_>) -> Option<Finding> {
    let header = message.header();
    let subject = header.first("Subject");
    let marks = subject.as_ref().map_or_else(Marks::default, |subject| answer_marks(&subject.decoded()));
    let piled = marks.all;
    let automatic = header.fields().find(is_automatic);
    // An absent person's mailbox writes one mark before those of a conversation.
    let is_declared = automatic.is_some() && (marks.automatic >= 2 || (marks.automatic == 0 && piled >= 2));
    if !is_declared && (piled < PILED || marks.automatic == 1 || is_by_person(message)) {
        return None;
    }
    let references = header.first("References").or_else(|| header.first("In-Reply-To"))?;
    let own = header.first("Message-ID").map(|field| field.unfolded().into_owned()).unwrap_or_default();
    let chain = format!("{} {own}", references.unfolded());
    let turns = turns(&chain);
    if turns < TURNS {
        return None;
    }
    let [from, to] = ["From", "To"].map(|name| first_address(header.first(name).as_ref()));
    let (from, to) = (from?, to?);
    let sure = is_declared && piled >= PILED;
    let mut evidence = vec![(
        references.span(),
        format!(
            "The messages before it: they come from two sites in turn, the last {turns} without a break."
        ),
    )];
    evidence.extend(
        subject
            .filter(|_| piled > 1)
            .map(|subject| (subject.span(), format!("{piled} marks of an answer have piled up."))),
    );
    evidence.extend(
        automatic.map(|field| (field.span(), "It says of itself that it is an automatic answer.".to_owned())),
    );
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: Severity::Medium,
        confidence: if sure { Confidence::Likely } else { Confidence::Possible },
        what: format!(
            "{from} and {to} {} answering each other automatically; this is answer number {turns} or later.",
            if sure { "are probably" } else { "may be" }
        ),
        why: "It does not end by itself: each answer draws another one, until a mailbox is full or a server blocks one of them.".into(),
        remedies: vec![remedy(&from, &to)],
        evidence: evidence.into_iter().map(|(span, label)| Evidence { message: place, span, label }).collect(),
        culprit: None,
    })
}

fn remedy(from: &str, to: &str) -> Remedy {
    Remedy {
        who: format!("Whoever administers the mailboxes {from} and {to}; one of them is enough to end it"),
        steps: vec![
            "Switch the automatic answer of one mailbox off now (vacation, Sieve, out of office, ticket system).".into(),
            "Have it answer nothing that has Auto-Submitted other than “no”, `Precedence: bulk`, `list` or `junk`, a List- field, or an empty Return-Path, and nothing where its own address is not in To or Cc.".into(),
            "Let it answer each sender once in several days (Sieve: `vacation :days 7`; vacation(1): `-t 7d`).".into(),
            "Let its answers carry `Auto-Submitted: auto-replied` and an empty Return-Path; for partners with Exchange also `X-Auto-Response-Suppress: All`.".into(),
        ],
        disturbs_mail_flow: false,
        references: vec!["RFC 3834, sections 2 and 3.1.1".into(), "RFC 5230, section 4.2 (Sieve vacation, :days)".into()],
    }
}

/// Whether a field says that no person wrote the message. Exchange's X-Auto-Response-Suppress only asks others not to answer.
fn is_automatic(field: &Field<'_>) -> bool {
    let value = || field.unfolded().trim().to_ascii_lowercase();
    if field.is_named("Auto-Submitted") {
        return value().starts_with("auto-");
    }
    if field.is_named("Precedence") {
        return value() == "auto_reply";
    }
    ["X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Autoresponse"].iter().any(|name| field.is_named(name))
}

/// Whether a person's program wrote the message. Gmail and Outlook on the web do not name themselves, but the first is known by its
/// Message-ID, and Outlook and Exchange number conversations.
fn is_by_person(message: &Message<'_>) -> bool {
    const MARKS: [&str; 6] =
        ["User-Agent", "X-Mailer", "Thread-Index", "Thread-Topic", "X-MS-Has-Attach", "X-Originating-IP"];
    let header = message.header();
    let is_marked = MARKS.iter().any(|name| header.first(name).is_some());
    is_marked || message.value("Message-ID").is_some_and(|id| id.trim_end().ends_with("@mail.gmail.com>"))
}

/// The marks of an answer with which a subject starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Marks {
    /// All of them.
    all: usize,
    /// Those that only machines write: `Automatic reply:`.
    automatic: usize,
}

/// What people's programs write.
const ANSWERS: [&str; 9] = ["re", "r", "aw", "antw", "antwort", "sv", "vs", "rv", "odp"];

/// What machines write, in lower case.
const AUTOMATIC: [&str; 19] = [
    "auto",
    "autoreply",
    "auto reply",
    "auto-reply",
    "auto response",
    "autosvar",
    "automatic reply",
    "automatische antwort",
    "automatisch antwoord",
    "abwesend",
    "abwesenheit",
    "abwesenheitsnotiz",
    "out of office",
    "out of office autoreply",
    "réponse automatique",
    "respuesta automática",
    "resposta automática",
    "risposta automatica",
    "vacation",
];

/// More in one mark, as `Re[7]:` has it, counts no more.
const MOST_IN_ONE: usize = 20;

fn answer_marks(subject: &str) -> Marks {
    let mut rest = behind_brackets(subject);
    let mut marks = Marks::default();
    while let Some((mark, behind)) = rest.split_once(':') {
        let (word, count) = counted(mark.trim());
        let word = word.to_lowercase();
        if AUTOMATIC.contains(&word.as_str()) {
            marks.automatic += count;
        } else if !ANSWERS.contains(&word.as_str()) {
            break;
        }
        marks.all += count;
        rest = behind_brackets(behind);
    }
    marks
}

/// What stands behind the number of a ticket or the tag of a list: `[Ticket#2026112210000017] Re: …`, `(Case 4711) Re: …`.
fn behind_brackets(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some(inner) = rest.strip_prefix(['[', '(']) {
        let Some((_, behind)) = inner.split_once([']', ')']) else { break };
        rest = behind.trim_start();
    }
    rest
}

/// `Re[7]`, `Re (7)`, `Re^7`: the word, and how often it counts.
fn counted(mark: &str) -> (&str, usize) {
    let Some((word, number)) = mark.split_once(['[', '(', '^']) else { return (mark, 1) };
    let number = number.trim_end_matches([']', ')']).parse().unwrap_or(1);
    (word.trim(), number.clamp(1, MOST_IN_ONE))
}

/// How many of the newest numbers come from two sites in turn.
fn turns(chain: &str) -> usize {
    let sites: Vec<String> = chain
        .split_ascii_whitespace()
        .filter_map(|id| id.trim_matches(['<', '>']).rsplit_once('@'))
        .map(|(_, site)| site.to_ascii_lowercase())
        .collect();
    let mut newest = sites.iter().rev();
    let (Some(one), Some(other)) = (newest.next(), newest.next()) else { return 0 };
    if one == other {
        return 0;
    }
    let in_turn =
        newest.zip([one, other].into_iter().cycle()).take_while(|(site, expected)| site == expected);
    2 + in_turn.count()
}

fn first_address(field: Option<&Field<'_>>) -> Option<String> {
    parse_addresses(&field?.unfolded()).into_iter().next()
}
