//! The dates of the route by machine: each passage through one as a moment.

use std::collections::HashMap;

use super::ROUNDING;
use crate::route::{Hop, Station};

/// One passage of the message through a machine.
#[derive(Clone, Copy, Debug)]
pub struct Visit {
    /// The machine, by a number of its own.
    pub machine: usize,
    /// When its clock took the message, less the time that the message had lain on machines until then, by their own clocks. How long it
    /// lay on one is told by one clock, wherever that stands; with that time taken out, only the hand-overs between machines are left.
    pub at: i64,
}

/// The passages, the oldest first, as far as their dates can be compared.
///
/// Left out are dates without a zone, which may be off by half a day with the best of clocks; lines that name no machine, which most
/// often are of the same machine as one next to them and would count as another clock that agrees; and machines whose own dates fall:
/// such a clock was set meanwhile, or several machines go by one name. None of them says anything of the others.
#[derive(Debug)]
pub struct Route {
    /// The passages.
    pub visits: Vec<Visit>,
    /// How many machines there are; their numbers are smaller.
    pub machines: usize,
    /// The machine that wrote the date of each hop; absent where none is known, or the date has no zone.
    pub machine_of_hop: Vec<Option<usize>>,
}

impl Route {
    /// Gathers the passages.
    pub fn of(hops: &[Hop], stations: &[Station]) -> Self {
        let mut numbers: HashMap<usize, usize> = HashMap::new();
        let mut clocks: Vec<OwnDates> = Vec::new();
        let mut dates: Vec<Option<(usize, i64)>> = vec![None; hops.len()];
        for station in stations {
            let Some(host) = station.host else { continue };
            let new = clocks.len();
            let machine = *numbers.entry(host).or_insert(new);
            if machine == new {
                clocks.push(OwnDates::default());
            }
            let length = (station.last + 1).saturating_sub(station.first);
            // Skipped before they are zipped, or each skip would go over all hops before.
            let slots = dates.iter_mut().skip(station.first);
            for (hop, slot) in hops.iter().skip(station.first).zip(slots).take(length) {
                *slot = zoned_date(hop).map(|date| (machine, date));
                if let (Some(own), Some((_, date))) = (clocks.get_mut(machine), *slot) {
                    own.add(date);
                }
            }
        }
        let mut visits: Vec<Visit> = Vec::new();
        let (mut latest, mut lain) = (0, 0);
        for (machine, date) in dates.iter().copied().flatten() {
            if clocks.get(machine).is_none_or(|own| own.fall) {
                continue;
            }
            if visits.last().is_some_and(|visit| visit.machine == machine) {
                lain += (date - latest).max(0);
                latest = latest.max(date);
            } else {
                visits.push(Visit { machine, at: date - lain });
                latest = date;
            }
        }
        let machine_of_hop = dates.iter().map(|date| date.map(|(machine, _)| machine)).collect();
        Self { visits, machines: clocks.len(), machine_of_hop }
    }
}

fn zoned_date(hop: &Hop) -> Option<i64> {
    hop.received.date.filter(|date| date.utc_offset_minutes.is_some()).map(|date| date.epoch)
}

/// The dates of one clock, in the order of the route.
#[derive(Clone, Copy, Debug, Default)]
struct OwnDates {
    latest: Option<i64>,
    /// Whether they fall, by more than rounding does.
    fall: bool,
}

impl OwnDates {
    fn add(&mut self, date: i64) {
        self.fall |= self.latest.is_some_and(|latest| date < latest - ROUNDING);
        self.latest = self.latest.max(Some(date));
    }
}

/// Whether no date is earlier than one before it.
pub fn are_rising(visits: &[Visit]) -> bool {
    let mut latest = i64::MIN;
    visits.iter().all(|visit| {
        let rises = latest <= visit.at.saturating_add(ROUNDING);
        latest = latest.max(visit.at);
        rises
    })
}

/// Whether all are of one machine.
pub fn are_of_one(visits: &[Visit]) -> bool {
    visits.iter().all(|visit| visits.first().is_some_and(|first| first.machine == visit.machine))
}

/// Whether the message came back to a machine that it had left.
pub fn has_return(visits: &[Visit], machines: usize) -> bool {
    let mut is_passed = vec![false; machines];
    visits.iter().any(|visit| {
        is_passed.get_mut(visit.machine).is_some_and(|is_passed| std::mem::replace(is_passed, true))
    })
}
