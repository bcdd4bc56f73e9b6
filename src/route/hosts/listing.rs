//! The list of machines: their names, the one to call them by, and whose they are.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;

use super::{Host, Line, Reason};
use crate::fields::host::{comparable, is_internal, organisation};
use crate::route::ends::{Client, client};
use crate::route::sets::Sets;
use crate::route::{Hop, Kind, Scope};

/// The two ends of a hop, the client and the server, by their places in the list.
type Ends = [Option<usize>; 2];

/// Makes the list, in the order in which the message came to the machines, and says for each hop which of them are its ends.
pub(super) fn list(lines: &[Line<'_>], sets: Sets, reasons: Vec<(usize, Reason)>) -> (Vec<Host>, Vec<Ends>) {
    let places = vec![None; 2 * lines.len()];
    let mut listing =
        Listing { sets, places, found: Vec::new(), names: HashMap::new(), seen: HashSet::new() };
    let ends = lines.iter().map(|line| listing.take(line)).collect();
    for (end, reason) in reasons {
        listing.explain(end, reason);
    }
    (listing.found.into_iter().map(Found::host).collect(), ends)
}

struct Listing {
    sets: Sets,
    /// For each set the place of its machine.
    places: Vec<Option<usize>>,
    found: Vec<Found>,
    /// Which names are listed already, each with the place of its machine, and where in the list of that.
    names: HashMap<(usize, String), usize>,
    /// Which addresses and reasons are listed already, each with the place of its machine.
    seen: HashSet<(usize, String)>,
}

/// One machine on the list.
#[derive(Default)]
struct Found {
    names: Vec<(Rank, String)>,
    addresses: Vec<IpAddr>,
    reasons: Vec<Reason>,
}

/// How good a name is to call a machine by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// The machine writes it of itself.
    Own,
    /// A server looked it up.
    Known,
    /// The machine claims it.
    Claim,
    /// Without a dot, or not its own and without a meaning outside its network.
    Inside,
}

impl Listing {
    fn take(&mut self, line: &Line<'_>) -> Ends {
        let other = line.other_machine();
        let client = other.map(|_| self.place(line.client_end()));
        let server = line.has_server().then(|| self.place(line.server_end()));
        let from_host = if matches!(line.client, Client::Nobody) { None } else { client.or(server) };
        for (name, is_known) in line.client_names() {
            self.name(from_host, name, if is_known { Rank::Known } else { Rank::Claim });
        }
        if let Some(name) = line.server_name() {
            self.name(server, name, Rank::Own);
        }
        self.address(client, other.and_then(|machine| machine.ip));
        self.address(server, line.server.and_then(|machine| machine.ip));
        [from_host, server]
    }

    /// The place of the machine that an end is.
    fn place(&mut self, end: usize) -> usize {
        let root = self.sets.find(end);
        if let Some(place) = self.places.get(root).copied().flatten() {
            return place;
        }
        let new = self.found.len();
        self.found.push(Found::default());
        if let Some(place) = self.places.get_mut(root) {
            *place = Some(new);
        }
        new
    }

    fn name(&mut self, host: Option<usize>, name: &str, rank: Rank) {
        let is_short = !name.contains('.') || (rank != Rank::Own && is_internal(name));
        let rank = if is_short { Rank::Inside } else { rank };
        let Some((host, key)) = host.zip(comparable(name)) else { return };
        let Some(found) = self.found.get_mut(host) else { return };
        let place = *self.names.entry((host, key)).or_insert(found.names.len());
        match found.names.get_mut(place) {
            // What a machine greets with at first it may write of itself later.
            Some((known, _)) => *known = rank.min(*known),
            None => found.names.push((rank, name.to_owned())),
        }
    }

    fn address(&mut self, host: Option<usize>, ip: Option<IpAddr>) {
        if let Some((host, ip)) = host.zip(ip)
            && self.seen.insert((host, ip.to_string()))
            && let Some(found) = self.found.get_mut(host)
        {
            found.addresses.push(ip);
        }
    }

    fn explain(&mut self, end: usize, reason: Reason) {
        let root = self.sets.find(end);
        let mut pair = [reason.one.to_lowercase(), reason.other.to_lowercase()];
        pair.sort();
        if let Some(host) = self.places.get(root).copied().flatten()
            && self.seen.insert((host, pair.join(" ")))
            && let Some(found) = self.found.get_mut(host)
        {
            found.reasons.push(reason);
        }
    }
}

impl Found {
    fn host(mut self) -> Host {
        self.names.sort_by_key(|(rank, _)| *rank);
        let names: Vec<String> = self.names.into_iter().map(|(_, name)| name).collect();
        let address = self.addresses.first().map(ToString::to_string);
        Host {
            name: names.first().cloned().or(address).unwrap_or_else(|| "localhost".to_owned()),
            organisation: names.iter().find_map(|name| organisation(name)),
            is_internal: names.iter().all(|name| is_internal(name))
                && !self.addresses.iter().any(|ip| Scope::of(*ip).is_unique()),
            reasons: if names.len() > 1 { self.reasons } else { Vec::new() },
            names,
            addresses: self.addresses,
        }
    }
}

/// Gives servers that only have a name or an address inside their network the organisation of their neighbours there: first of those to
/// which they handed the message over, then of those from which they had it.
pub(super) fn neighbours(mut hosts: Vec<Host>, hops: &[Hop]) -> Vec<Host> {
    for (hop, next) in hops.iter().zip(hops.iter().skip(1)).rev() {
        let server = next.by_host.filter(|_| !comes_from_outside(next));
        let given = organisation_of(&hosts, next.from_host).or_else(|| organisation_of(&hosts, server));
        give(&mut hosts, hop, given);
    }
    for (before, hop) in hops.iter().zip(hops.iter().skip(1)) {
        if !comes_from_outside(hop) {
            let given =
                organisation_of(&hosts, hop.from_host).or_else(|| organisation_of(&hosts, before.by_host));
            give(&mut hosts, hop, given);
        }
    }
    hosts
}

fn organisation_of(hosts: &[Host], place: Option<usize>) -> Option<String> {
    hosts.get(place?)?.organisation.clone()
}

/// Whether a message came to the server of a hop from another network, or in a way that the line does not tell.
fn comes_from_outside(hop: &Hop) -> bool {
    match client(hop) {
        Client::Nobody | Client::Itself(_) => hop.kind == Kind::Fetch,
        Client::Program => true,
        Client::Machine(machine) => machine.ip.is_none_or(|ip| Scope::of(ip).is_unique()),
    }
}

fn give(hosts: &mut [Host], hop: &Hop, organisation: Option<String>) {
    if let Some(host) = hop.by_host.and_then(|place| hosts.get_mut(place))
        && host.organisation.is_none()
        && host.is_internal
    {
        host.organisation = organisation;
    }
}
