//! Which clocks are right on a route that comes back to machines it has left.
//!
//! A machine that is passed twice has one clock, and hand-overs in both directions bound how far it is ahead of another from both
//! sides. How far one clock can be ahead of another at most is a distance in a graph of such bounds. Two machines disagree where a
//! distance between them is negative: then not both can be right. To disagree in this sense is an order (what lies behind a negative
//! distance from a negative distance has a negative distance), so the largest set of machines in which nobody disagrees is the widest
//! set without order, and the theorem of Dilworth finds its size by a matching.

use super::visits::Visit;
use super::{ROUNDING, Verdict, set};

/// With more machines than this nothing is said of the clocks, for the cost grows with the third power. Messages that go round do so
/// between a few machines, and servers stop them after 25 to 50 hops (sendmail's `MaxHopCount`, Postfix's `hopcount_limit`).
const MOST: usize = 32;

/// No bound. Sums of two of them are still numbers.
const FAR: i64 = i64::MAX / 4;

/// The machines of a set: one bit for each.
type Set = u32;

/// Sets the verdict on each machine that is visited, and gives the number of those that agree at most. Costs n log n for n visits, as
/// there are few machines.
pub fn judge(visits: &[Visit], verdicts: &mut [Verdict]) -> usize {
    let mut numbers: Vec<usize> = visits.iter().map(|visit| visit.machine).collect();
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.len() > MOST {
        return 0;
    }
    let small = |visit: &Visit| Visit {
        machine: numbers.partition_point(|number| *number < visit.machine),
        ..*visit
    };
    let visits: Vec<Visit> = visits.iter().map(small).collect();
    let order = Order::of(&visits, numbers.len());
    let widest = order.width(order.members);
    for (number, machine) in
        numbers.iter().enumerate().filter(|(number, _)| order.members & bit(*number) != 0)
    {
        let verdict = if order.width(order.members & !bit(number)) < widest {
            Verdict::Right
        } else if order.width(order.unordered_with(number)) + 1 < widest {
            Verdict::Off
        } else {
            Verdict::Open
        };
        set(verdicts, *machine, verdict);
    }
    widest
}

/// Who disagrees with whom.
struct Order {
    /// The machines whose dates some offset of their clocks explains.
    members: Set,
    /// For each machine those that must be behind it or whose clock must have lost time, so that not both can be right.
    below: Vec<Set>,
}

impl Order {
    fn of(visits: &[Visit], machines: usize) -> Self {
        let all = (0..machines).fold(0, |set, machine| set | bit(machine));
        let bounds = Bounds::of(visits, machines);
        let closed = bounds.closed(all);
        let contradictory = closed.contradictory();
        if contradictory == 0 {
            return Self { members: all, below: closed.negative(all) };
        }
        // The bounds go round in a circle and end below zero: no offsets explain the dates, a clock was set meanwhile.
        let members = all & !contradictory;
        Self { members, below: bounds.closed(members).negative(members) }
    }

    /// The members that do not disagree with this one.
    fn unordered_with(&self, machine: usize) -> Set {
        let above = self.below.iter().enumerate().filter(|(_, below)| **below & bit(machine) != 0);
        let above = above.fold(0, |set, (number, _)| set | bit(number));
        let below = self.below.get(machine).copied().unwrap_or_default();
        self.members & !above & !below & !bit(machine)
    }

    /// The size of the largest part of a set in which nobody disagrees: its size less that of the largest matching (Dilworth).
    fn width(&self, among: Set) -> usize {
        let mut matching = Matching { below: &self.below, among, partner: [None; MOST] };
        let matched = members(among).filter(|machine| matching.place(*machine, &mut 0)).count();
        members(among).count() - matched
    }
}

/// A matching of machines with machines below them; each may stand once on either side.
struct Matching<'o> {
    below: &'o [Set],
    among: Set,
    partner: [Option<usize>; MOST],
}

impl Matching<'_> {
    /// Finds a partner for a machine, if need be by finding another for those who are in the way. Every partner is tried once, so it goes
    /// no deeper than there are machines.
    fn place(&mut self, machine: usize, tried: &mut Set) -> bool {
        let below = self.below.get(machine).copied().unwrap_or_default() & self.among;
        while let Some(candidate) = members(below & !*tried).next() {
            *tried |= bit(candidate);
            let holder = self.partner.get(candidate).copied().flatten();
            if holder.is_none_or(|holder| self.place(holder, tried)) {
                if let Some(slot) = self.partner.get_mut(candidate) {
                    *slot = Some(machine);
                }
                return true;
            }
        }
        false
    }
}

/// For each pair of machines, row by row, how far the clock of the second can be ahead of that of the first, in seconds.
#[derive(Clone)]
struct Bounds {
    machines: usize,
    seconds: Vec<i64>,
}

impl Bounds {
    /// What the hand-overs say: from a date of one machine to a later date of another no time less than none passes.
    fn of(visits: &[Visit], machines: usize) -> Self {
        let mut bounds = Self { machines, seconds: vec![FAR; machines * machines] };
        let mut latest: Vec<Option<i64>> = vec![None; machines];
        for visit in visits {
            for (earlier, last) in latest.iter().enumerate().filter(|(earlier, _)| *earlier != visit.machine)
            {
                if let Some(last) = last {
                    bounds.lower(earlier, visit.machine, visit.at - last + ROUNDING);
                }
            }
            if let Some(slot) = latest.get_mut(visit.machine) {
                *slot = (*slot).max(Some(visit.at));
            }
        }
        bounds
    }

    fn row(&self, first: usize) -> &[i64] {
        self.seconds.get(first * self.machines..(first + 1) * self.machines).unwrap_or_default()
    }

    fn row_mut(&mut self, first: usize) -> &mut [i64] {
        self.seconds.get_mut(first * self.machines..(first + 1) * self.machines).unwrap_or_default()
    }

    fn get(&self, first: usize, second: usize) -> i64 {
        self.seconds.get(first * self.machines + second).copied().unwrap_or(FAR)
    }

    fn lower(&mut self, first: usize, second: usize, seconds: i64) {
        if let Some(known) = self.seconds.get_mut(first * self.machines + second) {
            *known = (*known).min(seconds);
        }
    }

    /// The same with the bounds that follow by way of third machines of the set (Floyd and Warshall).
    fn closed(&self, among: Set) -> Self {
        let mut bounds = self.clone();
        for middle in members(among) {
            let onwards: Vec<i64> = bounds.row(middle).to_vec();
            for first in members(among) {
                let there = bounds.get(first, middle);
                if there < FAR {
                    for (known, onwards) in bounds.row_mut(first).iter_mut().zip(&onwards) {
                        // Round a circle below zero bounds would fall for ever.
                        *known = (*known).min(there + onwards).max(-FAR);
                    }
                }
            }
        }
        bounds
    }

    /// The machines that would have to be ahead of themselves.
    fn contradictory(&self) -> Set {
        (0..self.machines)
            .filter(|machine| self.get(*machine, *machine) < 0)
            .fold(0, |set, machine| set | bit(machine))
    }

    /// For each machine of a set those of it that cannot be as late as it.
    fn negative(&self, among: Set) -> Vec<Set> {
        let row = |first: usize| {
            let below = members(among).filter(|second| *second != first && self.get(first, *second) < 0);
            below.fold(0, |set, second| set | bit(second))
        };
        (0..self.machines).map(row).collect()
    }
}

/// The set of one machine.
const fn bit(machine: usize) -> Set {
    1 << machine
}

/// The machines of a set.
fn members(mut set: Set) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let first = usize::try_from(set.trailing_zeros()).ok().filter(|first| *first < MOST)?;
        set &= !bit(first);
        Some(first)
    })
}
