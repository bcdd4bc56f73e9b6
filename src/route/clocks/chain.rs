//! Which clocks are right on a route that passes every machine once: those in the longest sequence of dates that do not fall.

use std::collections::BTreeMap;

use super::visits::Visit;
use super::{ROUNDING, Verdict, set};

/// Sets the verdict on each machine that is visited, and gives the number of those that agree at most. Costs n log n.
pub fn judge(visits: &[Visit], verdicts: &mut [Verdict]) -> usize {
    let there = lengths(visits.iter().map(|visit| visit.at));
    // From the other end the same with the time turned round.
    let mut back = lengths(visits.iter().rev().map(|visit| -visit.at));
    back.reverse();
    // A sequence through a visit has the visits up to it and those from it on, and the visit counts in both.
    let through: Vec<usize> = there.iter().zip(&back).map(|(there, back)| there + back - 1).collect();
    let longest = through.iter().max().copied().unwrap_or(0);
    // The longest sequences have one visit for each length so far. Where it is the only one with this length, all go through it.
    let mut rivals = vec![0_usize; longest + 1];
    for (there, through) in there.iter().zip(&through) {
        if let (true, Some(rivals)) = (*through == longest, rivals.get_mut(*there)) {
            *rivals += 1;
        }
    }
    for ((visit, there), through) in visits.iter().zip(&there).zip(&through) {
        let verdict = match rivals.get(*there) {
            _ if *through < longest => Verdict::Off,
            Some(1) => Verdict::Right,
            _ => Verdict::Open,
        };
        set(verdicts, visit.machine, verdict);
    }
    longest
}

/// For each moment how many are in the longest sequence that ends with it, itself included, in which none lies before the one before.
fn lengths(moments: impl Iterator<Item = i64>) -> Vec<usize> {
    // The earliest end of a sequence of each length: later ends stand only for longer sequences.
    let mut ends: BTreeMap<i64, usize> = BTreeMap::new();
    let up_to = |ends: &BTreeMap<i64, usize>, time: i64| {
        ends.range(..=time).next_back().map_or(0, |(_, length)| *length)
    };
    let mut lengths = Vec::new();
    for moment in moments {
        let length = up_to(&ends, moment + ROUNDING) + 1;
        lengths.push(length);
        if up_to(&ends, moment) >= length {
            continue;
        }
        while let Some((&end, _)) = ends.range(moment..).next().filter(|(_, known)| **known <= length) {
            ends.remove(&end);
        }
        ends.insert(moment, length);
    }
    lengths
}
