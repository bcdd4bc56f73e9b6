//! # What it finds
//!
//! What a filter wrote about the message: Microsoft 365, Outlook.com, SpamAssassin, Rspamd, Proofpoint, Mimecast, Barracuda. Sample:
//! `X-Spam-Status: Yes, score=7.4 required=5.0`. All fields of one filter are read together, and each key is told once.
//!
//! # Why it matters
//!
//! It tells why a message went into the Inbox, into Junk or nowhere, in the filter's own figures, put into words.
//!
//! # How to fix
//!
//! Nothing is broken. Where a filter errs, whoever runs it can say so to it, or allow the sender.
//!
//! # When it stays quiet
//!
//! Where no filter in the list wrote anything that is understood. A meaning that the maker has not written down is called a guess.
//!
//! # References
//!
//! learn.microsoft.com/defender-office-365/message-headers-eop-mdo. Mail::SpamAssassin::Conf(3). docs.rspamd.com/modules/milter_headers.

use super::{Group, Rule};
use crate::case::filters::Filter;
use crate::case::{Case, Message};
use crate::fields::filters::{GUESS, Judgement};
use crate::finding::{Confidence, Evidence, Finding, Severity};

pub(super) const RULE: Rule =
    Rule { id: "filter-verdict", title: "What a filter said", group: Group::Identity, check, spared: None };

/// Further fields and meanings stay in the report.
const SHOWN: usize = 12;

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().flat_map(|(place, message)| check_message(place, message)).collect()
}

fn check_message(place: usize, message: &Message<'_>) -> Vec<Finding> {
    // In the order in which they stand; a product once.
    let mut products: Vec<&str> = Vec::new();
    for filter in &message.filters {
        if !products.contains(&filter.filtered.product) {
            products.push(filter.filtered.product);
        }
    }
    let finding = |product: &str| {
        let fields: Vec<&Filter> =
            message.filters.iter().filter(|filter| filter.filtered.product == product).collect();
        finding(place, message, product, &fields)
    };
    products.into_iter().filter_map(finding).collect()
}

fn finding(place: usize, message: &Message<'_>, product: &str, fields: &[&Filter]) -> Option<Finding> {
    // The field that says most; the topmost, which was written last, where several say as much.
    let is_own = |filter: &&&Filter| !filter.name.to_ascii_lowercase().ends_with("-untrusted");
    let weight = |filter: &&&Filter| (filter.filtered.judgement.is_some(), filter.filtered.meanings.len());
    let decisive = *fields.iter().rev().filter(is_own).max_by_key(weight).or_else(|| fields.first())?;
    let is_guess = decisive.filtered.meanings.iter().all(|meaning| meaning.source == GUESS);
    let before = match (message.auth.door, decisive.hop) {
        (Some(door), Some(hop)) if hop < door => ", before the message came to the receiving side",
        _ => "",
    };
    let verdict = decisive.filtered.judgement.map_or_else(
        || format!("{product} wrote about this message{before}."),
        |judgement| {
            let probably = if is_guess { "probably " } else { "" };
            if judgement == Judgement::Skipped {
                return format!("{product} {probably}let this message pass without a check{before}.");
            }
            format!("{product} {probably}classed this message as {}{before}.", judgement.words())
        },
    );
    let mut ordered = vec![decisive];
    ordered.extend(fields.iter().copied().filter(|filter| filter.span != decisive.span).take(SHOWN));
    let told = told(ordered.iter().copied().filter(|filter| is_own(&filter)));
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: if decisive.filtered.judgement == Some(Judgement::Clean) {
            Severity::Ok
        } else {
            Severity::Info
        },
        confidence: if is_guess { Confidence::Possible } else { Confidence::Likely },
        what: verdict,
        why: format!("{} Nothing has to be mended for this alone.", told.join(" ")).trim_start().to_owned(),
        remedies: Vec::new(),
        evidence: ordered
            .into_iter()
            .map(|filter| Evidence { message: place, span: filter.span, label: label(filter) })
            .collect(),
        culprit: None,
    })
}

/// The meanings of all fields, a key once.
fn told<'f>(fields: impl Iterator<Item = &'f Filter>) -> Vec<String> {
    let mut keys: Vec<&str> = Vec::new();
    let mut told = Vec::new();
    for meaning in fields.flat_map(|filter| &filter.filtered.meanings) {
        if told.len() == SHOWN || is_mere_fact(&meaning.key) || keys.contains(&meaning.key.as_str()) {
            continue;
        }
        keys.push(&meaning.key);
        let guess = if meaning.source == GUESS { " (guess)" } else { "" };
        told.push(format!("{} {}: {}{guess}", meaning.key, meaning.value, meaning.text));
    }
    told
}

/// Keys that say nothing about what the filter thinks.
fn is_mere_fact(key: &str) -> bool {
    ["CIP", "CTRY", "H", "PTR", "LANG", "DIR"].contains(&key)
}

/// The field as written, cut to a line's length.
fn label(filter: &Filter) -> String {
    const LONGEST: usize = 120;
    let text = match filter.text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", filter.text.get(..at).unwrap_or_default()),
        None => filter.text.clone(),
    };
    format!("{} wrote: {}: {text}", filter.filtered.product, filter.name)
}
