//! # What it finds
//!
//! Whether a mailbox that several people share can be sorted. It looks where a message was collected from such a mailbox, and goes through
//! three conditions: one stored copy for each recipient; the envelope recipient recorded in a field; and that field used.
//!
//! # Why it matters
//!
//! POP3 keeps no envelope. Only with all three does everybody get their mail, once, and nobody else's.
//!
//! # How to fix
//!
//! The finding shows the line of configuration for the program that was seen and the field that was found.
//!
//! # When it stays quiet
//!
//! Where no message was collected from a shared mailbox, as far as the header tells.
//!
//! # References
//!
//! Matthias Andree, "Requisites for working multidrop mailboxes" (2004). RFC 5321, section 7.2.

use super::{Group, Rule};
use crate::advice::multidrop::{Mailbox, set_up};
use crate::case::{Case, Fetch, MailboxRecord, Message};
use crate::fields::fetcher::{Mode, Tool};
use crate::finding::{Confidence, Evidence, Finding, Severity};

pub(super) const RULE: Rule = Rule {
    id: "multidrop-readiness",
    title: "Can this shared mailbox be sorted?",
    group: Group::Pop3,
    check,
    spared: None,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    let each = |(place, message): (usize, &Message<'_>)| {
        // The newest is the one whose administrator reads this.
        let fetch = message.fetches.iter().rev().find(|fetch| fetch.is_multidrop())?;
        Some(finding(place, message, fetch))
    };
    case.messages.iter().enumerate().filter_map(each).collect()
}

fn finding(place: usize, message: &Message<'_>, fetch: &Fetch) -> Finding {
    let record = message.mailbox_record(fetch);
    let is_used = fetch.mode != Mode::ByDefault && fetch.warning.is_none();
    let is_ready = is_used && record.as_ref().is_some_and(|record| record.count == 1);
    let host = fetch.host.as_deref().unwrap_or("the provider");
    let what = match &record {
        Some(record) if is_ready => format!(
            "As far as this one mail shows, the shared mailbox at {host} can be sorted: it records for whom the mail is, in {}.",
            field(record)
        ),
        Some(record) if record.count > 1 => format!(
            "The shared mailbox at {host} holds one copy for several recipients, so that it is hard to sort."
        ),
        Some(record) => format!(
            "The shared mailbox at {host} records for whom each mail is, in {}, but the program that collects did not use it.",
            field(record)
        ),
        None => format!(
            "The shared mailbox at {host} does not record for whom this mail is, so that such mail cannot be sorted."
        ),
    };
    let domain = record.as_ref().and_then(|record| Some(record.address.rsplit_once('@')?.1));
    let mailbox = Mailbox {
        program: fetch.tool.map(Tool::name),
        host: fetch.host.as_deref(),
        account: fetch.account.as_deref(),
        domain,
        field: record.as_ref().map(|record| record.field),
        skip: record.as_ref().map_or(0, |record| record.skip),
        prefix: record.as_ref().and_then(|record| record.prefix.as_deref()),
    };
    let server = fetch.server.as_deref().unwrap_or("the server that fetches");
    let who = if is_ready {
        format!("Whoever runs {server}, to check the settings")
    } else {
        format!("Whoever runs {server}")
    };
    Finding {
        id: RULE.id,
        title: RULE.title,
        severity: if is_ready { Severity::Ok } else { Severity::Low },
        confidence: Confidence::Likely,
        what,
        why: checklist(fetch, record.as_ref(), is_used),
        remedies: vec![set_up(who, mailbox)],
        evidence: evidence(place, fetch, record.as_ref()),
        culprit: None,
    }
}

/// The field, with the prefix where there is one.
fn field(record: &MailboxRecord) -> String {
    let name = if record.field == "Received" { "the “for” of Received" } else { record.field };
    record
        .prefix
        .as_ref()
        .map_or_else(|| name.to_owned(), |prefix| format!("{name}, behind the prefix “{prefix}”"))
}

fn checklist(fetch: &Fetch, record: Option<&MailboxRecord>, is_used: bool) -> String {
    let copies = match record.map(|record| record.count) {
        Some(1) => "yes, as far as this copy shows: it names one".to_owned(),
        Some(count) => format!("no, this copy is for {count}"),
        None => "not known, ask the provider".to_owned(),
    };
    let recorded = record.map_or_else(
        || "no, no such field was found".to_owned(),
        |record| format!("yes, {} in {}", record.address, field(record)),
    );
    let used = match (record, is_used) {
        (None, _) => "it cannot be, so To and Cc were guessed from".to_owned(),
        (_, true) => "nothing speaks against it".to_owned(),
        (_, false) => format!("no, {} found nobody to deliver to", fetch.program()),
    };
    format!(
        "A shared mailbox works if three things are so. (1) One stored copy for each recipient: {copies}. (2) The envelope recipient recorded in a field: {recorded}. (3) That field used, and never To or Cc: {used}."
    )
}

fn evidence(place: usize, fetch: &Fetch, record: Option<&MailboxRecord>) -> Vec<Evidence> {
    let fetched = (fetch.span, "The fetch from the shared mailbox.".to_owned());
    let recorded = record.map(|record| (record.span, format!("The envelope recipient, {}.", record.address)));
    recorded
        .into_iter()
        .chain([fetched])
        .map(|(span, label)| Evidence { message: place, span, label })
        .collect()
}
