//! The machines in the order in which the message came to them, as far as the lines can be believed.
//!
//! Below the trust boundary anybody could have written anything, but a forger cannot make the line above his own fit: the server there
//! names the machine it really had the message from. So lines count down to the first place where two neighbours do not fit each other.
//! Where the same two do not fit time and again, no forger was at work: a machine between them writes no lines, and that is part of a loop.

use std::collections::{HashMap, HashSet};

use super::Way;
use crate::fields::host::organisation;
use crate::route::ends::{Client, client};
use crate::route::{Handover, Hop, Host, Kind};

/// One stay of the message at one machine.
#[derive(Clone, Copy, Debug)]
pub(super) struct Visit {
    /// The machine.
    pub host: usize,
    /// The hop by which the message came to it; where it wrote no line, the one that names it as the client.
    pub hop: usize,
    /// For whom it had the message, as a number; absent where the line names nobody or several.
    pub recipient: Option<usize>,
    /// The number of the stretch of visits at one site, from 0 on. Services that filter are no site of their own.
    pub stretch: usize,
}

/// The visits, oldest first.
#[derive(Debug, Default)]
pub(super) struct Visits {
    pub list: Vec<Visit>,
    /// The sites in order, each with its name and the hop by which the message came to it; neighbours are different.
    pub sites: Vec<(String, usize)>,
    /// The oldest hop that counts.
    pub start: usize,
}

impl Visits {
    pub fn of(way: &Way<'_>) -> Self {
        let start = start(way);
        let mut visits = Self { start, ..Self::default() };
        let mut recipients = HashMap::new();
        let mut numbers = HashSet::new();
        for station in way.stations.iter().filter(|station| station.last >= start) {
            let first = station.first.max(start);
            let Some(hop) = way.hops.get(first) else { continue };
            if queue_number(hop).is_some_and(|number| !numbers.insert((station.host, number))) {
                continue;
            }
            let before = visits.list.last().map(|visit| visit.host);
            let is_silent = matches!(hop.handover, Handover::First | Handover::Breaks | Handover::Unknown)
                || first == start
                || before == station.host;
            let silent = hop
                .from_host
                .filter(|from| is_silent && Some(*from) != before && Some(*from) != station.host);
            if let Some(host) = silent {
                visits.push(way.hosts, host, first, None);
            }
            let stays = way.hops.get(first..=station.last).unwrap_or_default();
            let number = recipient(stays).map(|address| {
                let next = recipients.len();
                *recipients.entry(address).or_insert(next)
            });
            if let Some(host) = station.host {
                visits.push(way.hosts, host, first, number);
            }
        }
        visits
    }

    fn push(&mut self, hosts: &[Host], host: usize, hop: usize, recipient: Option<usize>) {
        let site = hosts.get(host).and_then(|host| host.organisation.as_deref());
        let before = self.list.last().map(|visit| (visit.host, visit.stretch));
        if before.is_some_and(|(before, _)| before == host) {
            return;
        }
        let is_elsewhere = site.filter(|site| self.sites.last().is_none_or(|(last, _)| last != site));
        if let Some(site) = is_elsewhere {
            self.sites.push((site.to_owned(), hop));
        }
        let last = before.map_or(0, |(_, stretch)| stretch);
        let is_new = is_elsewhere.is_some_and(|site| !is_service(site));
        self.list.push(Visit { host, hop, recipient, stretch: last + usize::from(is_new) });
    }
}

/// The server's own number for the message: a server that takes a message again gives it another one. A second line with the same number
/// is a copy of the first. What Exchange writes there is its version.
pub(super) fn queue_number(hop: &Hop) -> Option<&str> {
    let is_exchange = hop.kind == Kind::Mapi
        || hop.received.with.as_deref().is_some_and(|with| with.starts_with("Microsoft"));
    hop.received.id.as_deref().filter(|_| !is_exchange)
}

/// The recipient that the lines of one stay name, where it is one only.
fn recipient(hops: &[Hop]) -> Option<String> {
    let named = hops.iter().find_map(|hop| match hop.received.recipients.as_slice() {
        [] => None,
        [one] => Some(Some(one)),
        _ => Some(None),
    });
    named.flatten().map(|address| address.to_lowercase())
}

/// Services that take a message to filter it, sign it or put an advertisement below it, and give it back: known by their own pages on
/// how to set up the connectors to them.
const SERVICES: [&str; 17] = [
    "antispamcloud.com",
    "avanan.net",
    "barracudanetworks.com",
    "codetwo.com",
    "exclaimer.net",
    "hornetsecurity.com",
    "iphmx.com",
    "mailchannels.net",
    "mailcontrol.com",
    "messagelabs.com",
    "mimecast.com",
    "mxlogic.net",
    "mxthunder.com",
    "pphosted.com",
    "retarus.com",
    "spamexperts.com",
    "trendmicro.com",
];

/// Whether an organisation filters or signs the mail of others and gives it back.
pub(super) fn is_service(site: &str) -> bool {
    SERVICES.binary_search(&site).is_ok()
}

/// The oldest hop that counts.
fn start(way: &Way<'_>) -> usize {
    let Some(boundary) = way.boundary else { return 0 };
    let pairs = way.hops.iter().zip(way.hops.iter().skip(1));
    let joints: Vec<Option<Joint>> =
        pairs.map(|(before, hop)| is_doubtful(before, hop, way.hosts).then(|| joint(before, hop))).collect();
    let mut times: HashMap<Joint, usize> = HashMap::new();
    for joint in joints.iter().flatten() {
        *times.entry(*joint).or_default() += 1;
    }
    let is_cut = |joint: &Option<Joint>| joint.is_some_and(|joint| times.get(&joint) == Some(&1));
    let below = joints.iter().take(boundary.hop).rposition(is_cut);
    below.map_or(0, |older| older + 1)
}

/// Who wrote a line, and whom the next line names as the client.
type Joint = (Option<usize>, Option<usize>);

const fn joint(before: &Hop, hop: &Hop) -> Joint {
    (before.by_host, hop.from_host)
}

/// Whether the server of a hop had the message from a machine that is not the one of the line before: by name, or it only greets like
/// that one while its reverse name is another organisation's.
fn is_doubtful(before: &Hop, hop: &Hop, hosts: &[Host]) -> bool {
    if hop.handover == Handover::Breaks {
        return true;
    }
    let writer =
        before.by_host.and_then(|place| hosts.get(place)).and_then(|host| host.organisation.as_ref());
    let known = match client(hop) {
        Client::Machine(machine) if hop.handover == Handover::Plausible => {
            machine.known.and_then(organisation)
        }
        _ => None,
    };
    writer.zip(known.as_ref()).is_some_and(|(writer, known)| writer != known)
}

#[cfg(test)]
mod tests {
    #[test]
    fn services_are_sorted() {
        assert!(super::SERVICES.is_sorted());
    }
}
