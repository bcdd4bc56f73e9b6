//! # What it finds
//!
//! A message that was collected from a mailbox of several people, where the program could only guess for whom it is: the mailbox does not
//! record the envelope recipient, or the program did not use the record. Signs: `(multi-drop)` or `(by default)` in fetchmail's line,
//! DomainPOP, `X-Fetchmail-Warning: no recipient addresses matched declared local names`.
//!
//! # Why it matters
//!
//! To and Cc do not tell for whom a message is. Mail by Bcc and from mailing lists goes to nobody or to the postmaster, mail to several
//! goes to each of them several times, and mail to others may be sent out again.
//!
//! # How to fix
//!
//! Have the provider record the envelope recipient, tell the program to read that field only, or leave POP3.
//!
//! # When it stays quiet
//!
//! With a mailbox of one person (`(single-drop)`), and where a field such as X-Original-To, or the `for` of a Received line below the
//! fetch, records the recipient and the message went there. Where the program does not say how it decided.
//!
//! # References
//!
//! RFC 5321, section 7.2. fetchmail(1), "The use and abuse of multidrop mailboxes". Matthias Andree, "Requisites for working multidrop
//! mailboxes" (2004).

use super::{Group, Rule, near_misses_in};
use crate::advice::multidrop::{Mailbox, set_up};
use crate::advice::pop3;
use crate::case::{Case, Fetch, MailboxRecord, Message};
use crate::fields::envelope_recipient::parse_virtual_prefix;
use crate::fields::fetcher::{Mode, Tool};
use crate::finding::{Confidence, Evidence, Finding, NearMiss, Severity};

pub(super) const RULE: Rule = Rule {
    id: "multidrop-guessing",
    title: "Recipient guessed after a fetch",
    group: Group::Pop3,
    check,
    spared: Some(|case| near_misses_in(case, near_misses)),
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    let each = |(place, message)| check_message(place, message);
    case.messages.iter().enumerate().flat_map(each).collect()
}

/// A message is fetched once or twice; more often only where somebody made it up.
const MOST_FETCHES: usize = 10;

/// How the recipient was guessed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Guess {
    /// Nobody was found, so it went to the postmaster.
    Nobody,
    /// There is no record, so To and Cc were all there was.
    NoRecord,
    /// There is a record, but the message went to somebody else.
    RecordUnused,
}

fn check_message<'m>(place: usize, message: &'m Message<'_>) -> impl Iterator<Item = Finding> + use<'m> {
    let guessed = message.fetches.iter().rev().take(MOST_FETCHES).filter_map(|fetch| {
        let record = message.mailbox_record(fetch);
        let guess = guess(message, fetch, record.as_ref())?;
        Some((fetch, record, guess))
    });
    guessed.map(move |(fetch, record, guess)| finding(place, message, fetch, record.as_ref(), guess))
}

fn guess(message: &Message<'_>, fetch: &Fetch, record: Option<&MailboxRecord>) -> Option<Guess> {
    if fetch.mode == Mode::SingleDrop {
        return None;
    }
    if fetch.mode == Mode::ByDefault || fetch.warning.is_some() {
        return Some(Guess::Nobody);
    }
    match (record, &fetch.recipient) {
        _ if !fetch.is_multidrop() => None,
        (None, _) => Some(Guess::NoRecord),
        (Some(record), Some(recipient)) => {
            // `ispuser-ann` is ann's, whether or not the message is written to her.
            let has_prefix = parse_virtual_prefix(&record.address, recipient).is_some();
            let went_elsewhere = !has_prefix && !is_same_user(&record.address, recipient);
            let is_of_header =
                message.people.to.iter().any(|person| is_same_user(&person.address, recipient));
            (went_elsewhere && is_of_header && record.count == 1).then_some(Guess::RecordUnused)
        }
        (Some(_), None) => None,
    }
}

/// Whether two addresses have the same local part; the domain of the server that collects is often another.
fn is_same_user(one: &str, other: &str) -> bool {
    let user = |address: &str| address.split('@').next().unwrap_or_default().to_lowercase();
    user(one) == user(other)
}

fn finding(
    place: usize,
    message: &Message<'_>,
    fetch: &Fetch,
    record: Option<&MailboxRecord>,
    guess: Guess,
) -> Finding {
    let server = fetch.server.as_deref().unwrap_or("A program");
    let host = fetch.host.as_deref().unwrap_or("the provider");
    let is_sure = fetch.mode != Mode::Several;
    let [was, took] =
        if is_sure { ["was probably", "probably took"] } else { ["may have been", "may have taken"] };
    let what = match guess {
        Guess::Nobody => format!(
            "{server} fetched this mail from {host} and could not tell for whom it is, so it went to whoever gets what nobody else does."
        ),
        Guess::NoRecord => format!(
            "{server} fetched this mail from a shared mailbox at {host}, which does not record for whom it is, so the recipient {was} guessed from To and Cc."
        ),
        Guess::RecordUnused => format!(
            "{server} fetched this mail from {host} and {took} the recipient from To or Cc, though the mailbox records another."
        ),
    };
    let domain = domain(message, record);
    let who = format!("Whoever runs {}", fetch.server.as_deref().unwrap_or("the server that fetches"));
    let mailbox = Mailbox {
        program: fetch.tool.map(Tool::name),
        host: fetch.host.as_deref(),
        account: fetch.account.as_deref(),
        domain: domain.as_deref(),
        field: record.map(|record| record.field),
        skip: record.map_or(0, |record| record.skip),
        prefix: record.and_then(|record| record.prefix.as_deref()),
    };
    Finding {
        id: RULE.id,
        title: RULE.title,
        severity: Severity::Medium,
        confidence: if is_sure { Confidence::Likely } else { Confidence::Possible },
        what,
        why: "POP3 keeps no envelope, and To and Cc do not tell for whom a mail is: mail by Bcc and from mailing lists gets lost or goes to the postmaster, and mail to several people comes to each of them several times.".into(),
        remedies: vec![set_up(who.clone(), mailbox), pop3::leave(format!("{who}, for good"), domain.as_deref())],
        evidence: evidence(place, fetch, record),
        culprit: None,
    }
}

fn evidence(place: usize, fetch: &Fetch, record: Option<&MailboxRecord>) -> Vec<Evidence> {
    let label = match fetch.mode {
        Mode::ByDefault => "“by default”: the program found nobody in the header.",
        Mode::Several => "The line names nobody after “for”: several people got the mail.",
        Mode::MultiDrop => "The mailbox is that of several people.",
        Mode::SingleDrop | Mode::Unknown => "The fetch.",
    };
    let warning = fetch.warning.map(|span| (span, "The program says that it found nobody.".to_owned()));
    let record = record.map(|record| {
        (record.span, format!("{} records {} as the recipient.", record.field, record.address))
    });
    [(fetch.span, label.to_owned())]
        .into_iter()
        .chain(warning)
        .chain(record)
        .map(|(span, label)| Evidence { message: place, span, label })
        .collect()
}

/// The domain whose mail is collected: that of the record, or of the only site that the message is written to.
fn domain(message: &Message<'_>, record: Option<&MailboxRecord>) -> Option<String> {
    let of_record = record.and_then(|record| record.address.rsplit_once('@'));
    if let Some((_, domain)) = of_record {
        return Some(domain.to_owned());
    }
    match message.people.to.as_slice() {
        [person] => person.site.clone(),
        _ => None,
    }
}

/// Fetches after which nobody had to guess.
fn near_misses(place: usize, message: &Message<'_>) -> Vec<NearMiss> {
    let fetches = message.fetches.iter().rev().take(MOST_FETCHES);
    let told = fetches.filter_map(|fetch| {
        let record = message.mailbox_record(fetch);
        if guess(message, fetch, record.as_ref()).is_some() {
            return None;
        }
        let because = match &record {
            _ if fetch.mode == Mode::SingleDrop => {
                "The program was told that it is the mailbox of one person (single-drop), to whom all of it goes.".to_owned()
            }
            Some(record) if fetch.is_multidrop() => {
                format!("{} records the recipient, {}, and the mail went there.", record.field, record.address)
            }
            _ => return None,
        };
        let server = fetch.server.as_deref().unwrap_or("A program");
        let looks_like = format!("{server} fetched this mail from a mailbox, which keeps no envelope, and had to know for whom it is.");
        Some(RULE.near_miss(looks_like, because, spared_evidence(place, fetch, record.as_ref())))
    });
    told.collect()
}

fn spared_evidence(place: usize, fetch: &Fetch, record: Option<&MailboxRecord>) -> Vec<Evidence> {
    let mut shown = evidence(place, fetch, record);
    if let Some(fetched) = shown.first_mut() {
        fetched.label = "The fetch.".into();
    }
    shown
}
