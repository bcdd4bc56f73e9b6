//! What the dates of the hops say of the time: how long each took, and whose clock is off.
//!
//! A hand-over takes no negative time, and the order of the header is the truth. Where the dates fall along the route, a clock is off,
//! and the others say whose: the largest set of machines whose dates agree is right, as far as there is only one such set. [`visits`]
//! gathers the dates, [`chain`] finds the set where every machine is passed once, [`cycle`] where some are passed again, [`ties`] tells
//! between two such sets where more than their size does, and [`estimate`] says how far the others are off.
//!
//! No date is ever moved, and no hop is sorted by its date. That an offset is a whole number of hours, which is a wrong zone more often
//! than a wrong clock, is for others to tell.

mod chain;
mod cycle;
mod estimate;
mod ties;
mod visits;

use super::{Hop, Station};
use visits::Visit;

/// What the dates say of the time of one hop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// Seconds since the hop before, by the two dates as they stand; negative where the clocks disagree. Absent where one has no date.
    pub delay_seconds: Option<i64>,
    /// Where the hop before has no date: the last hop that has one, and the seconds since then.
    pub delay_since: Option<(usize, i64)>,
    /// How far the clock of the machine that wrote the line is ahead, in seconds; negative where it is behind. It is the smallest offset
    /// that explains the dates: the clock is off by that much at least. 0 where it agrees with the others. Absent where the route does
    /// not determine it, and where the date names no zone.
    pub skew_seconds: Option<i64>,
    /// Seconds since the hop before with both clocks put right. Absent where that changes nothing or is not known.
    pub corrected_delay_seconds: Option<i64>,
}

/// Dates may fall by this many seconds though both clocks are right: they are whole seconds, of which some programs give the one before and
/// some the one behind, and clocks that are kept by NTP still differ by a part of one. An offset is therefore 3 seconds or more.
const ROUNDING: i64 = 2;

/// Whether a clock is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// It is in every largest set of clocks that agree.
    Right,
    /// It is in none.
    Off,
    /// It is in some, or it contradicts itself: the route does not tell.
    Open,
}

/// Reads the clocks.
pub(super) fn read(hops: &mut [Hop], stations: &[Station]) {
    set_delays(hops);
    set_skews(hops, stations);
    set_corrected_delays(hops);
}

fn epoch(hop: &Hop) -> Option<i64> {
    hop.received.date.map(|date| date.epoch)
}

fn set_delays(hops: &mut [Hop]) {
    let mut last: Option<(usize, i64)> = None;
    for (at, hop) in hops.iter_mut().enumerate() {
        let Some(epoch) = epoch(hop) else { continue };
        match last {
            Some((before, date)) if before + 1 == at => hop.clock.delay_seconds = Some(epoch - date),
            Some((before, date)) => hop.clock.delay_since = Some((before, epoch - date)),
            None => {}
        }
        last = Some((at, epoch));
    }
}

fn set_skews(hops: &mut [Hop], stations: &[Station]) {
    let route = visits::Route::of(hops, stations);
    let skews = estimate::skews(&route.visits, &judge(&route));
    for (hop, machine) in hops.iter_mut().zip(&route.machine_of_hop) {
        hop.clock.skew_seconds = machine.and_then(|machine| skews.get(machine).copied().flatten());
    }
}

/// The verdict on each machine.
fn judge(route: &visits::Route) -> Vec<Verdict> {
    let (verdicts, agreeing) = compare(&route.visits, route.machines);
    let between = ties::between(&route.visits, &verdicts);
    if between.is_empty() {
        return verdicts;
    }
    let mut is_off = vec![false; route.machines];
    for machine in &between {
        if let Some(slot) = is_off.get_mut(*machine) {
            *slot = true;
        }
    }
    let is_kept = |visit: &&Visit| is_off.get(visit.machine) == Some(&false);
    let rest: Vec<Visit> = route.visits.iter().filter(is_kept).copied().collect();
    let (mut without, still_agreeing) = compare(&rest, route.machines);
    if still_agreeing < agreeing {
        return verdicts;
    }
    for machine in between {
        set(&mut without, machine, Verdict::Off);
    }
    without
}

/// The verdict on each machine by the number of those that agree, and how many agree at most.
fn compare(visits: &[Visit], machines: usize) -> (Vec<Verdict>, usize) {
    let mut verdicts = vec![Verdict::Open; machines];
    let agreeing = if visits::are_of_one(visits) {
        // There is nothing to compare with.
        1
    } else if visits::are_rising(visits) {
        for visit in visits {
            set(&mut verdicts, visit.machine, Verdict::Right);
        }
        verdicts.iter().filter(|verdict| **verdict == Verdict::Right).count()
    } else if visits::has_return(visits, machines) {
        cycle::judge(visits, &mut verdicts)
    } else {
        chain::judge(visits, &mut verdicts)
    };
    (verdicts, agreeing)
}

fn set(verdicts: &mut [Verdict], machine: usize, verdict: Verdict) {
    if let Some(slot) = verdicts.get_mut(machine) {
        *slot = verdict;
    }
}

fn set_corrected_delays(hops: &mut [Hop]) {
    let mut before: Option<i64> = None;
    for hop in hops {
        let skew = hop.clock.skew_seconds;
        let change = before.zip(skew).map(|(before, skew)| before - skew).filter(|change| *change != 0);
        // Two clocks next to each other may be off by more than the least that the right ones around them ask for. Put right by that
        // least the one can still come before the other; then the delay is not known.
        hop.clock.corrected_delay_seconds = hop
            .clock
            .delay_seconds
            .zip(change)
            .map(|(delay, change)| delay + change)
            .filter(|delay| *delay >= -ROUNDING);
        before = skew;
    }
}
