//! Several copies of one message, in words: what the text, the Markdown and the page say of a set.

pub mod compare;
pub mod listing;
pub mod rhythm;

use std::collections::HashMap;

use super::duration::{spoken, utc};
use super::{CopyMaker, CopyMember, CopySet, Report};

/// So many copies of a set are listed; there may be ten thousand.
pub const LISTED: usize = 200;

/// So many sets are shown: a mailbox that was collected twice has one for each message.
pub const SETS: usize = 20;

/// No more sets of messages that only look alike are worth a word.
const ALIKE: usize = 3;

/// The sets to show, and how many more there are. Messages that only look alike are shown where there are no copies, and few of them: a
/// mailbox is full of threads.
#[must_use]
pub fn shown(report: &Report) -> (Vec<&CopySet>, usize) {
    let all: Vec<&CopySet> = report.copies.iter().flat_map(|copies| &copies.sets).collect();
    let real: Vec<&CopySet> = all.iter().copied().filter(|set| is_real(set)).collect();
    let told = if real.is_empty() && all.len() <= ALIKE { all } else { real };
    let further = told.len().saturating_sub(SETS);
    (told.into_iter().take(SETS).collect(), further)
}

/// Whether the set holds copies, not only messages that look alike.
#[must_use]
pub fn is_real(set: &CopySet) -> bool {
    set.verdict != "not-duplicates"
}

/// The set of copies to which each message belongs, by their places; messages that only look alike are in none.
#[must_use]
pub fn sets_by_message(report: &Report) -> HashMap<usize, usize> {
    let sets = report.copies.iter().flat_map(|copies| copies.sets.iter().enumerate());
    let real = sets.filter(|(_, set)| is_real(set));
    real.flat_map(|(place, set)| set.messages.iter().map(move |message| (*message, place))).collect()
}

/// Why the messages were put together: `40 of 40 messages have the same Message-ID.`
#[must_use]
pub fn reasons(set: &CopySet) -> Vec<String> {
    let total = set.messages.len();
    let reason = |(nth, reason): (usize, &super::CopyReason)| {
        // The surest reason tells of all; the others count where they add messages.
        (nth == 0 || reason.messages < total || nth < 2)
            .then(|| format!("{} of {total} messages have {}.", reason.messages, reason.text))
    };
    set.reasons.iter().enumerate().filter_map(reason).collect()
}

/// From when to when the copies came.
#[must_use]
pub fn spread(set: &CopySet) -> Option<String> {
    let (first, last) = (set.first_epoch?, set.last_epoch?);
    let time = if last > first { format!(", over {}", spoken(last - first)) } else { String::new() };
    Some(format!("They arrived from {} to {} UTC{time}.", utc(first), utc(last)))
}

/// Who made how many copies, and when.
#[must_use]
pub fn maker(maker: &CopyMaker) -> String {
    let name = match (&maker.host, &maker.site) {
        (Some(host), Some(site)) if !host.eq_ignore_ascii_case(site) => format!("{host} ({site})"),
        (Some(name), _) | (None, Some(name)) => name.clone(),
        (None, None) => "a server that no line names".to_owned(),
    };
    let copies = if maker.copies == 1 { "one copy".to_owned() } else { format!("{} copies", maker.copies) };
    match (maker.first_epoch, maker.last_epoch) {
        (Some(first), Some(last)) if last > first => {
            format!("{name}: {copies}, from {} to {} UTC", utc(first), utc(last))
        }
        (Some(first), _) => format!("{name}: {copies}, at {} UTC", utc(first)),
        _ => format!("{name}: {copies}"),
    }
}

/// What a copy is to its nearest relative: `Message 3: sent out again by mail.example.org, 12 minutes after message 1`.
#[must_use]
pub fn member(set: &CopySet, member: &CopyMember) -> String {
    let place = member.message + 1;
    let Some((verdict, relative)) = member.verdict.as_deref().zip(member.relative) else {
        let made = if member.generation > 0 {
            "a copy that was sent out again; nothing nearer to the original is here"
        } else {
            "nearest to the original"
        };
        return format!("Message {place}: {made}");
    };
    let later = match member.later_seconds {
        Some(0) => format!(", in the same second as message {}", relative + 1),
        Some(seconds) if seconds > 0 => format!(", {} after message {}", spoken(seconds), relative + 1),
        Some(seconds) => format!(", {} before message {}", spoken(seconds), relative + 1),
        None => format!(", compared with message {}", relative + 1),
    };
    let maker = member.maker.and_then(|maker| set.makers.get(maker)).and_then(|maker| maker.host.as_deref());
    let by = maker
        .filter(|_| verdict == "duplicate-reinjected")
        .map_or_else(String::new, |host| format!(" by {host}"));
    format!("Message {place}: {}{by}{later}", words(verdict))
}

/// A verdict on a copy in a few words.
fn words(verdict: &str) -> &'static str {
    match verdict {
        "duplicate-reinjected" => "sent out again",
        "duplicate-multidrop" => "stored for another recipient, handed to the same person",
        "duplicate-refetched" => "collected from the mailbox again",
        "duplicate-redelivered" => "handed over again",
        "duplicate-sent-twice" => "sent again",
        "duplicate-list-and-direct" => "one straight, the other through a list",
        "duplicate-forwarded" => "one straight, the other passed on",
        "duplicate-stored-twice" => "the same delivery",
        "duplicate-two-addresses" => "for another address",
        _ => "no duplicate",
    }
}
