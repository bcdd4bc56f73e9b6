//! # What it finds
//!
//! A message that went through the same mailing list twice: the list's mark (X-BeenThere, X-Loop, X-Mailing-List, List-Post, List-Id,
//! X-List, Mailing-List) stands in the header twice with the list's own address or name, or with two numbers of the list's archive.
//!
//! # Why it matters
//!
//! Every member gets the message once more for each round, and the answers too.
//!
//! # How to fix
//!
//! The list has to drop what carries its own mark, and the member that sends its mail back has to be found: another list that is a member,
//! an address that forwards to the list, a server that fetches mail and delivers it by To and Cc.
//!
//! # When it stays quiet
//!
//! On a list that is a member of another list: their marks are different. On marks without an address, which filters and senders of unwanted
//! mail write. On the mark of one list under two names, which says nothing but that the list wrote it.
//!
//! # References
//!
//! RFC 2919, RFC 2369. Mailman: X-BeenThere (2.1), List-Post (3, rule “loop”). SmartList and procmail: X-Loop. Ecartis: X-archive-position.

use std::collections::HashMap;

use super::{Group, Rule, near_misses_in};
use crate::advice::in_words;
use crate::case::{Case, Message};
use crate::finding::{Confidence, Culprit, Evidence, Finding, NearMiss, Remedy, Severity};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    id: "list-loop",
    title: "Twice through the same list",
    group: Group::Loops,
    check,
    spared: Some(|case| near_misses_in(case, near_miss)),
};

/// Fields in which a list writes its own address, once in each message. They are looked at apart: two of them with one address are the
/// marks of one pass.
const MARKS: [&str; 7] =
    ["X-BeenThere", "X-Loop", "X-Mailing-List", "List-Post", "X-List", "Mailing-List", "List-Id"];

/// Numbers that a list gives to a message.
const NUMBERS: [&str; 4] = ["X-archive-position", "X-Sequence", "X-ML-Count", "X-Mail-Count"];

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().filter_map(|(place, message)| finding(place, message)).collect()
}

/// More marks than this prove nothing more.
const SHOWN: usize = 50;

fn finding(place: usize, message: &Message<'_>) -> Option<Finding> {
    let numbers = numbers(message);
    let (list, name, spans) = repeated(message, numbers.len() > 1)?;
    let went_round = message.route.circle.is_some() || numbers.len() > 1;
    // A List-Id need not lie below the domain of the server.
    let (domain, count) = (list.rsplit_once('@').map(|(_, domain)| domain.to_owned()), spans.len());
    let times = if count == 2 { "twice".to_owned() } else { format!("{count} times") };
    let probably = if went_round { "" } else { "probably " };
    let marks = spans.iter().take(SHOWN).enumerate().map(|(nth, span)| {
        (
            *span,
            if nth == 0 {
                format!("The mark {name} of the list.")
            } else {
                "The same mark again.".to_owned()
            },
        )
    });
    let numbered = numbers
        .iter()
        .take(SHOWN)
        .map(|span| (*span, "The list gave the message another number each time.".to_owned()));
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: Severity::Medium,
        confidence: if went_round { Confidence::Certain } else { Confidence::Likely },
        what: format!("The message {probably}went through the mailing list {list} {times}."),
        why: "Every member of the list gets it once more for each round, and the answers as well.".into(),
        remedies: vec![owner(&list), sender_back(&list)],
        evidence: marks
            .chain(numbered)
            .map(|(span, label)| Evidence { message: place, span, label })
            .collect(),
        culprit: domain.map(|domain| Culprit { host: None, domain: Some(domain) }).filter(|_| went_round),
    })
}

/// The first mark that stands twice with one list: the list, the name of the mark and its lines, topmost first. `is_numbered` says that a
/// list gave the message two numbers.
fn repeated(message: &Message<'_>, is_numbered: bool) -> Option<(String, &'static str, Vec<Span>)> {
    let mut lines: HashMap<(&'static str, String), Vec<Span>> = HashMap::new();
    for field in message.header().fields() {
        if let Some(name) = MARKS.into_iter().find(|name| field.is_named(name))
            && let Some(list) = identity(name, &field.unfolded(), is_numbered)
        {
            lines.entry((name, list)).or_default().push(field.span());
        }
    }
    let twice = lines.into_iter().filter(|(_, spans)| spans.len() > 1);
    let first = twice.min_by_key(|(_, spans)| spans.first().map(|span| span.start));
    first.map(|((name, list), spans)| (list, name, spans))
}

/// What a mark says of the list: its address; of List-Id, the name that means the same everywhere (RFC 2919); and where the archive has
/// two numbers for the message, the short name that Ecartis writes as well (`X-list: talk`).
fn identity(mark: &str, value: &str, is_numbered: bool) -> Option<String> {
    match mark {
        "List-Id" => {
            let id = value.rsplit_once('<')?.1.split_once('>')?.0.trim();
            (id.contains('.') && !id.contains([' ', '@'])).then(|| id.to_ascii_lowercase())
        }
        // ezmlm: `contact talk-help@lists.example.org; run by ezmlm`.
        "Mailing-List" => {
            let mut words = value.split([' ', ';', ',']).filter(|word| word.contains('@'));
            Some(address(words.next()?)?.replacen("-help@", "@", 1))
        }
        "X-List" if is_numbered => address(value).or_else(|| {
            let name = value.trim().to_ascii_lowercase();
            (!name.is_empty() && !name.contains(' ')).then_some(name)
        }),
        _ => address(value),
    }
}

/// The address in `<mailto:talk@lists.example.org>`, `talk@lists.example.org`; absent where there is none.
fn address(value: &str) -> Option<String> {
    let inner = value.split(['<', '>']).map(str::trim).find(|part| part.contains('@'))?;
    let inner = inner.strip_prefix("mailto:").unwrap_or(inner);
    let inner = inner.split(['?', ' ', ',', ';']).next()?;
    let (local, domain) = inner.rsplit_once('@')?;
    (!local.is_empty() && domain.contains('.')).then(|| inner.to_ascii_lowercase())
}

/// The lines with two different numbers of one kind.
fn numbers(message: &Message<'_>) -> Vec<Span> {
    let found = NUMBERS.iter().find_map(|name| {
        let fields: Vec<(String, Span)> = message
            .header()
            .named(name)
            .map(|field| (field.unfolded().trim().to_owned(), field.span()))
            .collect();
        let (first, rest) = fields.split_first()?;
        rest.iter()
            .any(|(value, _)| *value != first.0)
            .then(|| fields.iter().map(|(_, span)| *span).collect())
    });
    found.unwrap_or_default()
}

fn owner(list: &str) -> Remedy {
    Remedy {
        who: format!("The owner of the list {list}"),
        steps: vec![
            "Have the list drop what carries its own mark. Mailman does so by itself, unless something on the way takes X-BeenThere or List-Post out; SmartList and procmail need a recipe of three lines: `:0`, `* ^X-Loop: LIST-ADDRESS`, `/dev/null`. mlmmj: add `discard ^X-Loop: LIST-ADDRESS` to `control/access` and the mark, `X-Loop: LIST-ADDRESS`, to `control/customheaders`.".into(),
            "Until then hold the list: Mailman 2.1 › General Options › Emergency moderation; Mailman 3 › Settings › Message Acceptance › Emergency Moderation.".into(),
            "Look in the members for addresses that lead back: other lists, addresses that forward to the list.".into(),
        ],
        disturbs_mail_flow: true,
        references: vec!["RFC 2919".into(), "https://docs.mailman3.org/projects/mailman/en/latest/src/mailman/rules/docs/loop.html".into()],
    }
}

fn sender_back(list: &str) -> Remedy {
    Remedy {
        who: "The postmaster of the member that sends the list's mail back".into(),
        steps: vec![format!(
            "Take out the forward to {}. A server that fetches mail by POP3 must deliver by the envelope recipient that the provider recorded, never by To and Cc.",
            in_words(list)
        )],
        disturbs_mail_flow: false,
        references: vec!["RFC 5321, section 7.2".into()],
    }
}

/// The marks of two lists, of which one is a member of the other.
fn near_miss(place: usize, message: &Message<'_>) -> Option<NearMiss> {
    let is_numbered = numbers(message).len() > 1;
    if repeated(message, is_numbered).is_some() {
        return None;
    }
    let mut first_of: HashMap<&'static str, (String, Span)> = HashMap::new();
    for field in message.header().fields() {
        let Some(name) = MARKS.into_iter().find(|name| field.is_named(name)) else { continue };
        let Some(list) = identity(name, &field.unfolded(), is_numbered) else { continue };
        let Some((other, span)) = first_of.insert(name, (list.clone(), field.span())) else { continue };
        let mark =
            |span, list: &str| Evidence { message: place, span, label: format!("The mark of {list}.") };
        return Some(RULE.near_miss(
            format!("The mark {name} of a mailing list stands in the header twice."),
            format!(
                "They are the marks of two lists, {other} and {list}: one sent the message on to the other."
            ),
            vec![mark(span, &other), mark(field.span(), &list)],
        ));
    }
    None
}
