//! Where the copies of a message part: the way that they have in common once, and behind it the ways of each of them. Copies that went the
//! same way are one line, the thicker the more there are; two copies are drawn hop by hop, one below the other.

mod items;
mod pen;
mod signs;
mod tracks;
mod ways;

use super::super::copies::listing::by_arrival;
use super::super::{CopySet, Report};
use super::{Drawing, Space};

/// The drawing of a set.
#[derive(Clone, Debug, PartialEq)]
pub struct Fork {
    /// What is painted. The `hops` of its lines and pills are places in `marks`.
    pub drawing: Drawing,
    /// What lines and pills stand for.
    pub marks: Vec<Mark>,
    /// At how many places the copies end, and how many copies at each; with `further`, each copy counts once.
    pub ends: Vec<usize>,
    /// Copies on ways that are not drawn: there are too many.
    pub further: usize,
}

/// What a line and its pill stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// A message that came this way, by its place in [`Report::messages`].
    pub message: usize,
    /// Its hop; absent where no line tells of the way.
    pub hop: Option<usize>,
    /// Who made all copies that came this way, by its place in [`CopySet::makers`]; absent where several did, or nobody.
    pub maker: Option<usize>,
}

/// Draws a set; of two copies perhaps only `one`, 0 or 1. Times are in the zone so many minutes `east` of UTC. Absent where no copy has a
/// hop.
#[must_use]
pub fn draw(report: &Report, set: &CopySet, one: Option<usize>, space: Space, east: i32) -> Option<Fork> {
    let mut members: Vec<usize> = by_arrival(report, set).iter().map(|row| row.member).collect();
    members.sort_by_key(|member| set.members.get(*member).map_or(0, |member| member.generation));
    let is_pair = members.len() == 2;
    if let Some(one) = one.filter(|_| is_pair) {
        members = members.get(one..=one).unwrap_or_default().to_vec();
    }
    let first = one.unwrap_or(0);
    let ways = ways::of(report, set, &members, is_pair, first);
    if ways.nodes.is_empty() {
        return None;
    }
    let sides = if is_pair { members } else { Vec::new() };
    let items = items::of(report, set, &ways, &sides, first);
    pen::draw(report, set, &ways, &items, space, east)
}

/// The letter of a message of two.
const fn letter(side: usize) -> &'static str {
    if side == 0 { "A" } else { "B" }
}
