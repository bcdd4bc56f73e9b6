//! Two copies side by side: their hops lined up from the origin, and the fields in which they differ.

use super::super::{CopySet, Message, Report};

/// Two copies, compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Their hops, the oldest first.
    pub lines: Vec<Line>,
    /// Fields with different values.
    pub differing: Vec<Field>,
    /// Fields with the same value.
    pub equal: Vec<Field>,
}

/// Hops that stand on one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The hop of each copy, by its index; absent where a copy has none there.
    pub hops: [Option<usize>; 2],
    /// Whether both are one hop, which the mail took before it was copied. Otherwise they only stand beside one another.
    pub is_common: bool,
}

/// A field of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name, or what it is.
    pub name: &'static str,
    /// Its values; absent where the message does not have it.
    pub values: [Option<String>; 2],
}

impl Comparison {
    /// The line behind which they part; absent where they never do.
    #[must_use]
    pub fn parts_at(&self) -> Option<usize> {
        let behind = self.lines.iter().rposition(|line| line.is_common).map_or(0, |last| last + 1);
        (behind < self.lines.len()).then_some(behind)
    }

    /// How many hops they have in common.
    #[must_use]
    pub fn common(&self) -> usize {
        self.lines.iter().filter(|line| line.is_common).count()
    }
}

/// Compares two members of a set, by their places in [`CopySet::members`].
#[must_use]
pub fn compare(report: &Report, set: &CopySet, members: [usize; 2]) -> Comparison {
    let message = |member: usize| report.messages.get(set.members.get(member)?.message);
    let [Some(one), Some(other)] = members.map(message) else { return Comparison::default() };
    let (mut differing, mut equal) = (Vec::new(), Vec::new());
    for (name, value) in FIELDS {
        let values = [value(one), value(other)];
        match &values {
            [None, None] => {}
            [one, other] if one == other => equal.push(Field { name, values }),
            _ => differing.push(Field { name, values }),
        }
    }
    Comparison { lines: lines(set, members, [one.hops.len(), other.hops.len()]), differing, equal }
}

type Value = fn(&Message) -> Option<String>;

/// The fields that tell copies apart.
const FIELDS: [(&str, Value); 7] = [
    ("Message-ID", |message| message.message_id.clone()),
    ("Date", |message| message.date.clone()),
    ("Subject", |message| message.subject.clone()),
    ("From", |message| message.from.clone()),
    ("Return-Path", |message| message.envelope.return_path.clone()),
    ("Delivered-To", |message| {
        let all = &message.envelope.delivered_to;
        (!all.is_empty()).then(|| all.join(", "))
    }),
    ("Recipient in the newest line", |message| message.hops.last()?.recipient.clone()),
];

/// The hops on lines: those of the branches that lead to both, then the others.
fn lines(set: &CopySet, members: [usize; 2], hops: [usize; 2]) -> Vec<Line> {
    let ways = members.map(|member| way(set, member));
    let [one, other] = &ways;
    let shared: usize = one
        .iter()
        .zip(other)
        .take_while(|(one, other)| one == other)
        .map(|(branch, _)| length(set, *branch))
        .sum();
    let total = |way: &[usize]| way.iter().map(|branch| length(set, *branch)).sum::<usize>();
    // Where somebody cut off the oldest lines of a copy, its first one stands beside the same one of the other.
    let missing = [total(one).saturating_sub(hops[0]), total(other).saturating_sub(hops[1])];
    let hop = |side: usize, depth: usize| {
        let (missing, count) = (missing.get(side)?, hops.get(side)?);
        depth.checked_sub(*missing).filter(|hop| hop < count)
    };
    let depth = [total(one).max(hops[0]), total(other).max(hops[1])];
    let line = |depth: usize| {
        let hops = [hop(0, depth), hop(1, depth)];
        Line { hops, is_common: depth < shared && hops.iter().all(Option::is_some) }
    };
    (0..depth[0].max(depth[1])).map(line).collect()
}

/// The branches from the first to the one in which a copy ends.
fn way(set: &CopySet, member: usize) -> Vec<usize> {
    let mut way: Vec<usize> = Vec::new();
    let mut at = set.members.get(member).map(|member| member.branch);
    while let Some(branch) = at.filter(|_| way.len() <= set.tree.len()) {
        way.push(branch);
        at = set.tree.get(branch).and_then(|branch| branch.parent);
    }
    way.reverse();
    way
}

fn length(set: &CopySet, branch: usize) -> usize {
    set.tree.get(branch).map_or(0, |branch| branch.hops[1].saturating_sub(branch.hops[0]))
}
