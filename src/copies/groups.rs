//! Which messages belong together: those with an equal key, and those with an equal key to one of these.
//!
//! Keys of a first sort make a set of copies. What only has the sender and the subject in common is a weekly newsletter or a thread more
//! often than a copy: it makes a set of messages that look alike, in which nothing is told but that they are different. A copy that a
//! connector made has nothing else left where the first mail has neither Thread-Index nor body; it joins by sender and subject.

use std::collections::HashMap;

use super::identity::{Key, keys};
use super::{Candidate, Sure};
use crate::route::sets::Sets;
use crate::text::Span;

/// By what messages belong together; the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Link {
    /// The same Message-ID.
    MessageId,
    /// The same signature (DKIM): of each mail another.
    Signature,
    /// The same sender, subject and Thread-Index.
    ThreadIndex,
    /// The same sender, subject and Date.
    Date,
    /// The same sender, subject and body.
    Body,
    /// The same sender and subject, in answer to the same message.
    References,
    /// The same sender and subject.
    Subject,
}

impl Link {
    /// Its name in reports, in kebab case.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::MessageId => "message-id",
            Self::Signature => "signature",
            Self::ThreadIndex => "thread-index",
            Self::Date => "date",
            Self::Body => "body",
            Self::References => "references",
            Self::Subject => "subject",
        }
    }

    /// The same for people: `the same Message-ID`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::MessageId => "the same Message-ID",
            Self::Signature => "the same DKIM signature, which is another for each mail",
            Self::ThreadIndex => {
                "the same sender, subject and Thread-Index, which Outlook writes once for a mail"
            }
            Self::Date => "the same sender, subject and Date",
            Self::Body => "the same sender, subject and text",
            Self::References => "the same sender and subject, in answer to the same message",
            Self::Subject => "the same sender and subject",
        }
    }

    /// How sure it is that messages with this in common are one.
    #[must_use]
    pub const fn sure(self) -> Sure {
        match self {
            Self::MessageId | Self::Signature => Sure::Certain,
            Self::ThreadIndex | Self::Date => Sure::Likely,
            Self::Body | Self::References | Self::Subject => Sure::Possible,
        }
    }
}

/// Why messages were put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What they have in common.
    pub link: Link,
    /// How many of the messages have it in common with another.
    pub messages: usize,
    /// Where it stands, in the first of them: message and place.
    pub evidence: Vec<(usize, Span)>,
}

/// Messages that belong together.
#[derive(Clone, Debug)]
pub struct Group {
    /// Their places, in order; at least two.
    pub messages: Vec<usize>,
    /// Why, the surest reason first.
    pub reasons: Vec<Reason>,
    /// Whether they have no more than sender and subject in common.
    pub is_likeness: bool,
}

/// A key that several messages have.
struct Shared {
    link: Link,
    messages: Vec<(usize, Option<Span>)>,
}

/// Puts the messages into groups.
#[must_use]
pub fn group(candidates: &[Candidate<'_>]) -> Vec<Group> {
    let shared = shared(candidates);
    let mut copies = Sets::new(candidates.len());
    for key in shared.iter().filter(|key| key.link != Link::Subject) {
        join(&mut copies, key.messages.iter().map(|(place, _)| *place));
    }
    let is_made = |place: &usize| candidates.get(*place).is_some_and(|one| !one.reinjections.is_empty());
    for key in shared.iter().filter(|key| key.link == Link::Subject) {
        let places = || key.messages.iter().map(|(place, _)| *place);
        // The mail that connectors copied is one that none of them made.
        let made = places().filter(is_made);
        let first = made.clone().next().and_then(|_| places().find(|place| !is_made(place)));
        join(&mut copies, first.into_iter().chain(made));
    }
    let mut groups = collect(&mut copies, candidates.len(), &shared, false);
    let mut taken = vec![false; candidates.len()];
    for place in groups.iter().flat_map(|group| &group.messages) {
        if let Some(taken) = taken.get_mut(*place) {
            *taken = true;
        }
    }
    let mut alike = Sets::new(candidates.len());
    let is_free = |place: &usize| !taken.get(*place).copied().unwrap_or_default();
    for key in &shared {
        join(&mut alike, key.messages.iter().map(|(place, _)| *place).filter(is_free));
    }
    let mut likenesses = collect(&mut alike, candidates.len(), &shared, true);
    // An answer that stands in a mail with the mail that it answers was not handed in as one of two.
    let stands_alone = |place: &&usize| candidates.get(**place).is_some_and(|one| !one.is_within);
    likenesses.retain(|group| group.messages.iter().filter(stands_alone).count() > 1);
    groups.extend(likenesses);
    groups
}

fn join(sets: &mut Sets, mut places: impl Iterator<Item = usize>) {
    if let Some(first) = places.next() {
        for place in places {
            sets.join(first, place);
        }
    }
}

/// The keys that at least two messages have.
fn shared(candidates: &[Candidate<'_>]) -> Vec<Shared> {
    let mut places: HashMap<(Link, String), usize> = HashMap::new();
    let mut all: Vec<Shared> = Vec::new();
    for (place, candidate) in candidates.iter().enumerate() {
        for Key { link, text, span } in keys(candidate) {
            let at = *places.entry((link, text)).or_insert(all.len());
            if at == all.len() {
                all.push(Shared { link, messages: Vec::new() });
            }
            if let Some(key) = all.get_mut(at)
                && key.messages.last().is_none_or(|(last, _)| *last != place)
            {
                key.messages.push((place, span));
            }
        }
    }
    all.retain(|key| key.messages.len() > 1);
    all
}

/// The sets of at least two messages, with their reasons.
fn collect(sets: &mut Sets, count: usize, shared: &[Shared], is_likeness: bool) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut group_of: HashMap<usize, usize> = HashMap::new();
    for place in 0..count {
        let root = sets.find(place);
        let at = *group_of.entry(root).or_insert(groups.len());
        if at == groups.len() {
            groups.push(Group { messages: Vec::new(), reasons: Vec::new(), is_likeness });
        }
        if let Some(group) = groups.get_mut(at) {
            group.messages.push(place);
        }
    }
    for key in shared {
        let Some((first, _)) = key.messages.first() else { continue };
        let root = sets.find(*first);
        let group = group_of.get(&root).and_then(|at| groups.get_mut(*at));
        // A key may join in one set what another set leaves apart.
        let members = key.messages.iter().filter(|(place, _)| sets.find(*place) == root);
        if let Some(group) = group {
            add_reason(group, key.link, members.copied().collect());
        }
    }
    groups.retain(|group| group.messages.len() > 1);
    for group in &mut groups {
        group.reasons.sort_by_key(|reason| reason.link);
    }
    groups
}

/// More places than this prove nothing more.
const MOST_EVIDENCE: usize = 4;

fn add_reason(group: &mut Group, link: Link, members: Vec<(usize, Option<Span>)>) {
    if members.len() < 2 {
        return;
    }
    let places = members.iter().filter_map(|(place, span)| Some((*place, (*span)?)));
    match group.reasons.iter_mut().find(|reason| reason.link == link) {
        Some(reason) => reason.messages = group.messages.len().min(reason.messages + members.len()),
        None => group.reasons.push(Reason {
            link,
            messages: members.len(),
            evidence: places.take(MOST_EVIDENCE).collect(),
        }),
    }
}
