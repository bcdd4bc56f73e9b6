//! What shows that the message goes round, the most telling first, and the measures of one lap.

use std::collections::{HashMap, HashSet};

use super::visits::{Visit, Visits, is_service, queue_number};
use super::{Circle, Member, Proof, Way};
use crate::fields::host::{is_same, is_this_machine};
use crate::route::{Hop, Kind, Scope};

/// No loop that anybody saw has more members. Longer ones are left out, so that a lap costs little to walk.
const LONGEST: usize = 16;

/// A machine hands over to itself this often in no ordinary set-up: a filter that listens on the network takes two hops for each pass.
const TO_ITSELF: usize = 5;

/// The same by an address inside. Several filters in a row take a hop each; Exchange itself stops at eight on one machine.
const TO_ITSELF_INSIDE: usize = 8;

/// A forger who greets with the server's own name does so once.
const THROUGH_ROUTER: usize = 3;

pub(super) fn find(way: &Way<'_>, visits: &Visits, explained: usize) -> Option<Circle> {
    let list = &visits.list;
    let tally = Tally::of(way, list);
    through_router(way, visits.start)
        .or_else(|| ways(way, list, &tally, explained))
        .or_else(|| passes(way, list, &tally, explained))
        .or_else(|| itself(way, visits.start))
        .or_else(|| order(way, visits, explained))
        .or_else(|| returned(way, list, &tally, explained))
}

/// How often a way or a machine was passed, by recipient. A pass for a recipient who is not named may be one for each.
#[derive(Default)]
struct Tally {
    ways: HashMap<(usize, usize, Option<usize>), usize>,
    passes: HashMap<(usize, Option<usize>), usize>,
}

impl Tally {
    fn of(way: &Way<'_>, visits: &[Visit]) -> Self {
        let mut tally = Self::default();
        let mut stretches: HashMap<usize, usize> = HashMap::new();
        let mut before: Option<&Visit> = None;
        for visit in visits.iter().filter(|visit| is_one_machine(way, visit.host)) {
            // The machine must have been left for another site.
            if stretches.insert(visit.host, visit.stretch) != Some(visit.stretch) {
                *tally.passes.entry((visit.host, visit.recipient)).or_default() += 1;
            }
        }
        for visit in visits {
            if let Some(before) = before
                && [before.host, visit.host].iter().all(|host| is_one_machine(way, *host))
            {
                *tally.ways.entry((before.host, visit.host, visit.recipient)).or_default() += 1;
            }
            before = Some(visit);
        }
        tally
    }

    /// How often this way was taken for one recipient, and how often of these the recipient is named.
    fn way(&self, from: usize, visit: &Visit) -> (usize, usize) {
        let count = |recipient| self.ways.get(&(from, visit.host, recipient)).copied().unwrap_or(0);
        sum(count(visit.recipient), visit.recipient, count(None))
    }

    fn passes(&self, visit: &Visit) -> (usize, usize) {
        let count = |recipient| self.passes.get(&(visit.host, recipient)).copied().unwrap_or(0);
        sum(count(visit.recipient), visit.recipient, count(None))
    }
}

fn sum(own: usize, recipient: Option<usize>, unnamed: usize) -> (usize, usize) {
    if recipient.is_some() { (own + unnamed, own) } else { (own, 0) }
}

/// Whether it is a machine that the message can come back to: not one of a crowd behind one name, and not "this machine".
fn is_one_machine(way: &Way<'_>, host: usize) -> bool {
    way.hosts.get(host).is_some_and(|host| {
        !host.organisation.as_deref().is_some_and(is_crowd) && !is_this_machine(&host.name)
    })
}

/// Whether a name says little of where the message is: one with a meaning inside a network only, or that of a service, which all its
/// customers pass. Mimecast calls every machine that takes mail relay.mimecast.com.
fn is_vague(way: &Way<'_>, host: usize) -> bool {
    way.hosts
        .get(host)
        .is_none_or(|host| host.is_internal || host.organisation.as_deref().is_some_and(is_service))
}

/// The same way, taken again.
fn ways(way: &Way<'_>, visits: &[Visit], tally: &Tally, explained: usize) -> Option<Circle> {
    let pairs = visits.iter().zip(visits.iter().skip(1));
    let mut best: Option<(usize, usize, usize)> = None;
    for (before, visit) in pairs {
        let (count, named) = tally.way(before.host, visit);
        let is_inside = is_vague(way, before.host) || is_vague(way, visit.host);
        let is_enough = count >= 2 + explained + usize::from(is_inside);
        if is_enough && best.is_none_or(|(most, ..)| count > most) {
            best = Some((count, named, before.host));
        }
    }
    let (count, named, host) = best?;
    circle(way, visits, host, Proof::Way, count > 2 || named >= 2)
}

/// One machine, passed three times.
fn passes(way: &Way<'_>, visits: &[Visit], tally: &Tally, explained: usize) -> Option<Circle> {
    let mut best: Option<(usize, usize, usize)> = None;
    for visit in visits.iter().filter(|visit| !is_vague(way, visit.host)) {
        let (count, named) = tally.passes(visit);
        if count >= 3 + explained && best.is_none_or(|(most, ..)| count > most) {
            best = Some((count, named, visit.host));
        }
    }
    let (_, named, host) = best?;
    circle(way, visits, host, Proof::Passes, named >= 3)
}

/// One return: to a machine that was left for another site, with nothing to explain it.
fn returned(way: &Way<'_>, visits: &[Visit], tally: &Tally, explained: usize) -> Option<Circle> {
    let is_back = |visit: &&Visit| !is_vague(way, visit.host) && tally.passes(visit).0 >= 2;
    let visit = visits.iter().find(is_back).filter(|_| explained == 0)?;
    circle(way, visits, visit.host, Proof::Return, false)
}

/// One machine, handing over to itself: by its own address on the internet, `from mail.example.com (mail.example.com [192.0.2.10]) by
/// mail.example.com`, or by one inside, which filters do as well, but not as often.
fn itself(way: &Way<'_>, start: usize) -> Option<Circle> {
    let is_to_itself = |hop: &Hop| hop.kind == Kind::Smtp && hop.from_host == hop.by_host;
    let is_far = |hop: &Hop| hop.received.ip.as_ref().is_some_and(|ip| Scope::of(ip.value).is_unique());
    way.stations.iter().filter(|station| station.first >= start).find_map(|station| {
        let hops = || way.hops.iter().enumerate().take(station.last + 1).skip(station.first);
        let mut numbers = HashSet::new();
        let again: Vec<usize> = hops()
            .filter(|(_, hop)| {
                is_to_itself(hop) && queue_number(hop).is_none_or(|number| numbers.insert(number))
            })
            .map(|(at, _)| at)
            .collect();
        let far = hops().filter(|(_, hop)| is_to_itself(hop) && is_far(hop)).count();
        let is_often = far >= TO_ITSELF || again.len() >= TO_ITSELF_INSIDE;
        is_often.then(|| on_one_machine(way, station.host?, station.first, again)).flatten()
    })
}

/// One machine, handing over to itself through a router that puts its own address in: the client greets with the server's own name, time
/// and again. `from mail.example.com (router.example.net [198.51.100.1]) by mail.example.com`.
fn through_router(way: &Way<'_>, start: usize) -> Option<Circle> {
    let mut host = None;
    let mut again: Vec<usize> = Vec::new();
    let mut numbers = HashSet::new();
    for (at, hop) in way.hops.iter().enumerate().skip(start) {
        if hop.by_host != host {
            if again.len() >= THROUGH_ROUTER {
                break;
            }
            host = hop.by_host;
            again.clear();
        }
        let received = &hop.received;
        let greeting = received.helo.as_deref().zip(received.by.as_deref());
        let is_own_name = greeting.is_some_and(|(greeting, by)| is_same(greeting, by) && by.contains('.'));
        let is_other_address =
            hop.kind == Kind::Smtp && hop.from_host.is_some() && hop.from_host != hop.by_host;
        if is_own_name && is_other_address && queue_number(hop).is_some_and(|number| numbers.insert(number)) {
            again.push(at);
        }
    }
    if again.len() < THROUGH_ROUTER {
        return None;
    }
    let first = again
        .first()?
        .checked_sub(1)
        .filter(|before| way.hops.get(*before).is_some_and(|hop| hop.by_host == host));
    on_one_machine(way, host?, first.unwrap_or(*again.first()?), again)
}

/// The circle of one machine, which had the message first by the hop `first`, and by those of `again` from itself.
fn on_one_machine(way: &Way<'_>, host: usize, first: usize, again: Vec<usize>) -> Option<Circle> {
    let first_return = *again.first()?;
    let passes: Vec<usize> = (first < first_return).then_some(first).into_iter().chain(again).collect();
    let member = member(way, host, *passes.last()?, true);
    Some(measured(way, Proof::Itself, true, vec![member], passes, first_return, Some(host)))
}

/// The same sites in the same order.
fn order(way: &Way<'_>, visits: &Visits, explained: usize) -> Option<Circle> {
    let sites = &visits.sites;
    (2..=4).find_map(|length| {
        let pairs = sites.iter().zip(sites.iter().skip(length));
        let mut run = 0;
        let mut best = (0, 0);
        for (at, ((before, earlier), (site, hop))) in pairs.enumerate() {
            let is_same = before == site && !are_for_two(way, *earlier, *hop);
            run = if is_same { run + 1 } else { 0 };
            if run > best.0 {
                best = (run, at + length);
            }
        }
        let (run, last) = best;
        if run < length * (2 + explained) {
            return None;
        }
        // The stretch starts a block before its first match.
        let first = (last + 1).checked_sub(run + length)?;
        let stretch = sites.get(first..=last)?;
        let passes: Vec<usize> = stretch.iter().step_by(length).map(|(_, hop)| *hop).collect();
        let newest = stretch.get(stretch.len() - length..)?;
        let names = stretch.iter().take(length);
        let members: Vec<Member> = names
            .map(|(name, hop)| Member {
                name: name.clone(),
                host: None,
                hop: newest.iter().find(|(site, _)| site == name).map_or(*hop, |(_, hop)| *hop),
                is_turning_point: length == 2,
            })
            .collect();
        let first_return = *passes.get(1)?;
        let returner = first_return.checked_sub(1).and_then(|hop| way.hops.get(hop)?.by_host);
        let is_certain = !members.iter().any(|member| is_crowd(&member.name));
        Some(measured(way, Proof::Order, is_certain, members, passes, first_return, returner))
    })
}

/// Whether two hops name two recipients: an organisation may serve both.
fn are_for_two(way: &Way<'_>, one: usize, other: usize) -> bool {
    let recipient = |at: usize| way.hops.get(at)?.received.recipient();
    recipient(one).zip(recipient(other)).is_some_and(|(one, other)| !one.eq_ignore_ascii_case(other))
}

/// Whether many customers stand behind the name of an organisation.
fn is_crowd(organisation: &str) -> bool {
    matches!(organisation, "microsoft.com" | "google.com")
}

/// The circle through a machine that is passed again.
fn circle(way: &Way<'_>, visits: &[Visit], host: usize, proof: Proof, is_certain: bool) -> Option<Circle> {
    let at: Vec<usize> =
        visits.iter().enumerate().filter(|(_, visit)| visit.host == host).map(|(at, _)| at).collect();
    let period = period(&at)?;
    // The lap whose members are listed: the newest of the usual length.
    let from = at.windows(2).rev().find_map(|pair| match pair {
        [from, to] if to - from == period => Some(*from),
        _ => None,
    })?;
    let lap = visits.get(from..from + period)?;
    let hosts: Vec<usize> = lap.iter().map(|visit| visit.host).collect();
    // Start with the machine that the message came to first.
    let (entry, first) = visits.iter().find_map(|visit| {
        hosts.iter().position(|host| *host == visit.host).map(|place| (place, visit.host))
    })?;
    let turned = |place: usize| (entry + place) % period;
    let members: Vec<Member> = (0..period)
        .filter_map(|place| {
            let visit = lap.get(turned(place))?;
            let before = hosts.get(turned(place + period - 1));
            let is_turning = before == hosts.get(turned(place + 1));
            Some(member(way, visit.host, visit.hop, is_turning))
        })
        .collect();
    let passes: Vec<usize> =
        visits.iter().filter(|visit| visit.host == first).map(|visit| visit.hop).collect();
    let mut seen = std::collections::HashSet::new();
    let back = visits.iter().position(|visit| hosts.contains(&visit.host) && !seen.insert(visit.host))?;
    let first_return = visits.get(back)?.hop;
    let returner = back.checked_sub(1).and_then(|before| Some(visits.get(before)?.host));
    Some(measured(way, proof, is_certain, members, passes, first_return, returner))
}

/// The distance between two passes that is seen most often, the shortest where several are.
fn period(passes: &[usize]) -> Option<usize> {
    let mut times: [usize; LONGEST + 1] = [0; LONGEST + 1];
    for pair in passes.windows(2) {
        if let [from, to] = pair
            && let Some(count) = times.get_mut(to - from)
        {
            *count += 1;
        }
    }
    let best = times.iter().enumerate().rev().max_by_key(|(_, count)| **count)?;
    (*best.1 > 0).then_some(best.0)
}

fn member(way: &Way<'_>, host: usize, hop: usize, is_turning_point: bool) -> Member {
    let name = way.hosts.get(host).map(|host| host.name.clone()).unwrap_or_default();
    Member { name, host: Some(host), hop, is_turning_point }
}

fn measured(
    way: &Way<'_>,
    proof: Proof,
    is_certain: bool,
    mut members: Vec<Member>,
    passes: Vec<usize>,
    first_return: usize,
    returner: Option<usize>,
) -> Circle {
    // In a ring the message turns nowhere: there it is the machine that closes it.
    if !members.iter().any(|member| member.is_turning_point)
        && let Some(closing) = members.last_mut()
    {
        closing.is_turning_point = true;
    }
    let laps = passes.len().saturating_sub(1).max(1);
    let ends = passes.first().copied().zip(passes.last().copied());
    let lines = ends.map_or(0, |(first, last)| last.saturating_sub(first));
    let start = |hop: usize| way.hops.get(hop).map_or(0, |hop| hop.span.start);
    // The older line stands further down.
    let bytes = ends.map_or(0, |(first, last)| start(first).saturating_sub(start(last)));
    let seconds =
        ends.and_then(|(first, last)| time(way.hops, first, last, proof)).filter(|seconds| *seconds >= 0);
    Circle {
        proof,
        is_certain,
        members,
        first_return,
        returner,
        seconds_per_lap: seconds
            .zip(i64::try_from(laps).ok())
            .map(|(seconds, laps)| (seconds + laps / 2) / laps),
        lines_per_lap: (lines + laps / 2) / laps,
        bytes_per_lap: bytes / laps,
        passes,
    }
}

/// The seconds between two hops. Where both lines are of one machine they are by one clock, and what it is off does not matter.
fn time(hops: &[Hop], first: usize, last: usize, proof: Proof) -> Option<i64> {
    let [oldest, newest] = [first, last].map(|at| hops.get(at));
    let is_one_clock = proof != Proof::Order && oldest?.by_host == newest?.by_host;
    if is_one_clock {
        return Some(newest?.received.date?.epoch - oldest?.received.date?.epoch);
    }
    let between = hops.get(first + 1..=last)?;
    between.iter().map(|hop| hop.clock.corrected_delay_seconds.or(hop.clock.delay_seconds)).sum()
}
