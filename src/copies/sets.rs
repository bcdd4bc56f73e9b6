//! A set of copies as a whole: its verdict, who made how many copies, and when.

use std::collections::HashMap;

use super::Candidate;
use super::decide::decide;
use super::groups::{Group, Reason};
use super::identity::message_id;
use super::pair::{Fork, Means, Pair, Side, Sure, Verdict};
use super::tree::{Branch, Kin, Tree};
use crate::text::Span;

/// Messages that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopySet {
    /// Their places in the list of messages, in its order; at least two.
    pub messages: Vec<usize>,
    /// The Message-ID of most of them, without brackets; absent where none has one.
    pub message_id: Option<String>,
    /// Why they were put together, the surest reason first.
    pub reasons: Vec<Reason>,
    /// Whether they have no more than sender and subject in common.
    pub is_likeness: bool,
    /// What is known of each of them, in the order of [`CopySet::messages`].
    pub copies: Vec<Copy>,
    /// The routes lined up from the origin.
    pub branches: Vec<Branch>,
    /// What happened, on the whole.
    pub verdict: Verdict,
    /// How sure that is.
    pub sure: Sure,
    /// The copy whose pair shows it best, by its place in [`CopySet::copies`].
    pub shown_by: usize,
    /// Who made the copies, in the order in which they began.
    pub makers: Vec<Maker>,
    /// When the first and the last of them arrived, in seconds since 1970 UTC.
    pub times: Option<(i64, i64)>,
}

/// One message of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// Its place in the list of messages.
    pub message: usize,
    /// The branch in which its route ends.
    pub branch: usize,
    /// How many times it was sent out again before it came here.
    pub generation: usize,
    /// The message with which it has most in common; absent for the one nearest to the original.
    pub relative: Option<usize>,
    /// The verdict on the two.
    pub pair: Option<Pair>,
    /// Who made it, by its place in [`CopySet::makers`].
    pub maker: Option<usize>,
}

/// A server that made copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Maker {
    /// Its name; absent where only the site is known.
    pub host: Option<String>,
    /// The domain of its site; absent where its name means nothing on the internet.
    pub site: Option<String>,
    /// How it sent them out again; absent where it made them in another way.
    pub means: Option<Means>,
    /// How many copies it made last: a copy of a copy counts for the last server.
    pub copies: usize,
    /// When the first and the last of them left it, or arrived, in seconds since 1970 UTC.
    pub times: Option<(i64, i64)>,
    /// The lines that name it: message and place.
    pub lines: Vec<(usize, Span)>,
}

impl CopySet {
    /// How many of the messages have this verdict with their relative; of those that were sent out again, also one without relative.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        let is_made = |copy: &&Copy| match &copy.pair {
            Some(pair) => pair.verdict == verdict,
            None => verdict == Verdict::Reinjected && copy.generation > 0,
        };
        self.copies.iter().filter(is_made).count()
    }

    /// The copies that a server made by sending them out again, without the first of each server.
    pub fn further_copies(&self) -> impl Iterator<Item = usize> {
        let mut known = vec![false; self.makers.len()];
        let made = self.copies.iter().filter(|_| self.verdict == Verdict::Reinjected);
        made.filter_map(move |copy| {
            let known = known.get_mut(copy.maker?)?;
            std::mem::replace(known, true).then_some(copy.message)
        })
    }

    /// How many were made by sending out again what had been sent out again before.
    #[must_use]
    pub fn copies_of_copies(&self) -> usize {
        self.copies.iter().filter(|copy| copy.generation > 1).count()
    }

    /// The pair that shows best that copies were made in this way, if it is worth a finding of its own: where it is the verdict on the set,
    /// or besides that a way to make real copies.
    #[must_use]
    pub fn worth_telling(&self, verdict: Verdict) -> Option<&Pair> {
        if verdict == self.verdict {
            return self.shown().map(|(_, pair)| pair);
        }
        let is_by_the_way =
            matches!(verdict, Verdict::TwoAddresses | Verdict::StoredTwice | Verdict::NotDuplicates);
        let pairs = self.copies.iter().filter_map(|copy| copy.pair.as_ref());
        pairs.filter(|pair| pair.verdict == verdict && !is_by_the_way).max_by_key(|pair| pair.sure)
    }

    /// The pair that shows the verdict best, with the copy's place among the messages.
    #[must_use]
    pub fn shown(&self) -> Option<(&Copy, &Pair)> {
        let copy = self.copies.get(self.shown_by)?;
        Some((copy, copy.pair.as_ref()?))
    }

    /// Where the message split.
    #[must_use]
    pub fn fork(&self) -> Option<&Fork> {
        self.shown()?.1.fork.as_ref()
    }
}

/// Reads a group as a set.
pub fn read(candidates: &[Candidate<'_>], group: Group) -> Option<CopySet> {
    let ranks = ranks(candidates, &group.messages);
    let tree = Tree::new(candidates, &group.messages, &ranks);
    let (branches, leaves) = tree.branches();
    let copies = group.messages.iter().zip(tree.kin()).zip(leaves);
    let mut copies: Vec<Copy> = copies
        .map(|((message, kin), branch)| copy(candidates, &group.messages, *message, kin, branch))
        .collect();
    let makers = makers(candidates, &mut copies);
    let (verdict, shown_by) = verdict(&copies, &ranks)?;
    let sure =
        copies.get(shown_by).and_then(|copy| copy.pair.as_ref()).map_or(Sure::Possible, |pair| pair.sure);
    let makers = order(makers, &mut copies, verdict);
    let times = group.messages.iter().filter_map(|message| candidates.get(*message)?.arrival());
    Some(CopySet {
        message_id: usual_id(candidates, &group.messages),
        reasons: group.reasons,
        is_likeness: group.is_likeness,
        times: times.fold(None, |times, time| widened(times, Some(time))),
        messages: group.messages,
        copies,
        branches,
        verdict,
        sure,
        shown_by,
        makers,
    })
}

/// For each message how near it is to the original: what nobody sent out again comes first, then what arrived first.
fn ranks(candidates: &[Candidate<'_>], messages: &[usize]) -> Vec<usize> {
    let nearness = |nth: usize| {
        let candidate = messages.get(nth).and_then(|message| candidates.get(*message));
        let arrival = candidate.and_then(Candidate::arrival).unwrap_or(i64::MAX);
        (candidate.map_or(usize::MAX, Candidate::generation), arrival, nth)
    };
    let mut order: Vec<usize> = (0..messages.len()).collect();
    order.sort_by_cached_key(|nth| nearness(*nth));
    let mut ranks = vec![0; messages.len()];
    for (rank, nth) in order.into_iter().enumerate() {
        if let Some(place) = ranks.get_mut(nth) {
            *place = rank;
        }
    }
    ranks
}

fn copy(
    candidates: &[Candidate<'_>],
    messages: &[usize],
    message: usize,
    kin: Option<Kin>,
    branch: usize,
) -> Copy {
    let side =
        |message: usize, common: usize| candidates.get(message).map(|one| Side { message, one, common });
    let relative = kin.and_then(|kin| messages.get(kin.relative)).copied();
    let pair = kin.zip(relative).and_then(|(kin, relative)| {
        Some(decide(side(relative, kin.relative_hops)?, side(message, kin.own_hops)?))
    });
    let generation = candidates.get(message).map_or(0, Candidate::generation);
    Copy { message, branch, generation, relative, pair, maker: None }
}

/// The verdict on the whole set, and the copy that shows it best. That somebody sends mail out again outweighs all else; then what made
/// a second delivery. Of equals the most frequent counts.
fn verdict(copies: &[Copy], ranks: &[usize]) -> Option<(Verdict, usize)> {
    let of = |verdict: Verdict| {
        copies.iter().enumerate().filter_map(move |(nth, copy)| {
            copy.pair.as_ref().filter(|pair| pair.verdict == verdict).map(|pair| (nth, pair))
        })
    };
    let weight = |verdict: &Verdict| {
        let count = of(*verdict).count();
        let worth = match verdict {
            Verdict::Reinjected => 3,
            Verdict::StoredTwice | Verdict::TwoAddresses => 1,
            Verdict::NotDuplicates => 0,
            _ => 2,
        };
        (worth, count)
    };
    let found = Verdict::ALL.into_iter().filter(|verdict| of(*verdict).next().is_some());
    // Of equals the last is taken, so the gravest has to come last.
    let worst = found.rev().max_by_key(weight)?;
    let rank = |nth: usize| ranks.get(nth).copied();
    let (shown_by, _) = of(worst).min_by_key(|(nth, pair)| (std::cmp::Reverse(pair.sure), rank(*nth)))?;
    Some((worst, shown_by))
}

/// A maker, and the verdict with which it made copies.
type Made = (Verdict, Maker);

/// Who made the copies; says in each which of them it was.
fn makers(candidates: &[Candidate<'_>], copies: &mut [Copy]) -> Vec<Made> {
    let mut makers: Vec<Made> = Vec::new();
    let mut known: HashMap<(Verdict, String), usize> = HashMap::new();
    for copy in copies {
        let Some((verdict, one)) = maker(candidates, copy) else { continue };
        // The connector's server has a name inside and one outside; its site is one.
        let name = if one.means == Some(Means::Connector) { &one.site } else { &one.host };
        let Some(name) = name.as_ref().or(one.site.as_ref()) else { continue };
        let at = *known.entry((verdict, name.to_lowercase())).or_insert(makers.len());
        copy.maker = Some(at);
        match makers.get_mut(at) {
            Some((_, maker)) => {
                maker.copies += 1;
                maker.times = one.times.map_or(maker.times, |(time, _)| widened(maker.times, Some(time)));
                if maker.lines.len() < MOST_LINES {
                    maker.lines.extend(one.lines);
                }
            }
            None => makers.push((verdict, one)),
        }
    }
    makers
}

/// So many lines are shown of each maker.
const MOST_LINES: usize = 3;

/// Who made a copy.
fn maker(candidates: &[Candidate<'_>], copy: &Copy) -> Option<Made> {
    let candidate = candidates.get(copy.message)?;
    let line = |hop: Option<usize>| {
        let hop = candidate.route.hops.get(hop?)?;
        Some((copy.message, hop.span))
    };
    let pair = copy.pair.as_ref();
    if let Some(last) = candidate.reinjections.last() {
        let maker = Maker {
            host: Some(last.host.clone()),
            site: Some(last.site.clone()),
            means: Some(last.means),
            copies: 1,
            times: last.epoch.map(|epoch| (epoch, epoch)),
            lines: line(Some(last.line)).into_iter().collect(),
        };
        return Some((Verdict::Reinjected, maker));
    }
    let pair = pair?;
    let server = pair.maker.as_ref();
    let fork = pair.fork.as_ref()?;
    let arrival = candidate.arrival();
    let maker = Maker {
        host: server.map_or_else(|| fork.host.clone(), |server| server.host.clone()),
        site: server.and_then(|server| server.site.clone()),
        means: (pair.verdict == Verdict::Reinjected).then_some(Means::Reset),
        copies: 1,
        times: arrival.map(|arrival| (arrival, arrival)),
        lines: line(fork.hop).into_iter().collect(),
    };
    Some((pair.verdict, maker))
}

/// The makers with the verdict of the set, in the order in which they began.
fn order(makers: Vec<Made>, copies: &mut [Copy], verdict: Verdict) -> Vec<Maker> {
    let mut kept: Vec<(usize, Maker)> = makers
        .into_iter()
        .enumerate()
        .filter(|(_, (of, _))| *of == verdict)
        .map(|(nth, (_, maker))| (nth, maker))
        .collect();
    kept.sort_by_key(|(nth, maker)| (maker.times.map_or(i64::MAX, |(first, _)| first), *nth));
    let places: HashMap<usize, usize> = kept.iter().enumerate().map(|(new, (old, _))| (*old, new)).collect();
    for copy in copies {
        copy.maker = copy.maker.and_then(|old| places.get(&old).copied());
    }
    kept.into_iter().map(|(_, maker)| maker).collect()
}

fn widened(times: Option<(i64, i64)>, time: Option<i64>) -> Option<(i64, i64)> {
    let Some(time) = time else { return times };
    Some(times.map_or((time, time), |(first, last)| (first.min(time), last.max(time))))
}

/// The Message-ID that most messages have.
fn usual_id(candidates: &[Candidate<'_>], messages: &[usize]) -> Option<String> {
    let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
    for (nth, message) in messages.iter().enumerate() {
        if let Some((id, _)) = candidates.get(*message).and_then(message_id) {
            counts.entry(id).or_insert((0, nth)).0 += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(_, (count, first))| (*count, std::cmp::Reverse(*first)));
    most.map(|(id, _)| id)
}
