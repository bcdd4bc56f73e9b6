//! Whether a hop starts where the hop before ended.

use super::ends::{Client, client, server};
use super::{Hop, Host, Kind, Scope};
use crate::fields::host::{first_label, is_internal, is_same, organisation};

/// How a hop joins the hop before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handover {
    /// It is the oldest hop, so there is none before it.
    First,
    /// The machine it names as the client is the one that wrote the line before.
    Joins,
    /// Nothing contradicts: both are machines of one organisation, or one of them has only a name or address inside its network, or the
    /// client greets as the server of the line before though nothing else shows it.
    Plausible,
    /// It names another machine of another organisation as the client.
    Breaks,
    /// One of the two lines does not say, or a program on the server handed the message in, or fetched it from a mailbox.
    Unknown,
}

/// Says of each hop how it joins the one before.
pub(super) fn check(hops: &mut [Hop], hosts: &[Host]) {
    let pairs = hops.iter().zip(hops.iter().skip(1));
    let joints: Vec<Handover> = pairs.map(|(before, hop)| joint(before, hop, hosts)).collect();
    for (hop, handover) in hops.iter_mut().zip([Handover::First].into_iter().chain(joints)) {
        hop.handover = handover;
    }
}

fn joint(before: &Hop, hop: &Hop, hosts: &[Host]) -> Handover {
    let Some(writer) = before.by_host.and_then(|place| hosts.get(place)) else {
        return Handover::Unknown;
    };
    let client_end = client(hop);
    // Where the line names no client, the message may have stayed where it was.
    let place = if matches!(client_end, Client::Nobody) { hop.by_host } else { hop.from_host };
    if place == before.by_host {
        return Handover::Joins;
    }
    let Some(host) = place.and_then(|place| hosts.get(place)) else {
        return Handover::Unknown;
    };
    let is_of_one_side = writer.organisation.is_some() && writer.organisation == host.organisation;
    match client_end {
        _ if is_of_one_side => Handover::Plausible,
        Client::Machine(machine) | Client::Itself(machine) if is_claimed(machine.claim, before, writer) => {
            Handover::Plausible
        }
        // A mailbox is often on another machine than the one that takes the mail for it.
        Client::Machine(_) if hop.kind == Kind::Fetch => Handover::Unknown,
        // The server saw an address of its own network.
        Client::Machine(machine) if machine.ip.is_some_and(|ip| !Scope::of(ip).is_unique()) => {
            Handover::Plausible
        }
        Client::Machine(_) => between(writer, host, hop.by_host.and_then(|place| hosts.get(place))),
        _ => Handover::Unknown,
    }
}

/// Whether the client greets as the server of the line before, or as one of its organisation, or with the greeting that this server had
/// been given: so do filters that stand before a server and are not seen.
fn is_claimed(claim: Option<&str>, before: &Hop, writer: &Host) -> bool {
    let Some(claim) = claim else { return false };
    let greeting = if let Client::Machine(machine) = client(before) { machine.claim } else { None };
    // Not all names of the writer: it can have as many as the route has hops.
    let own_name = server(before).and_then(|server| server.known);
    let mut names = own_name.into_iter().chain([writer.name.as_str()]);
    names.any(|name| is_akin(claim, name)) || greeting.is_some_and(|greeting| is_same(greeting, claim))
}

/// Whether two names are one, or of one organisation, or the one is the other's first part with a meaning inside a network only.
fn is_akin(claim: &str, name: &str) -> bool {
    let is_of_one_side = organisation(claim).is_some_and(|claimed| Some(claimed) == organisation(name));
    is_same(claim, name)
        || is_of_one_side
        || (is_internal(name) && is_same(first_label(claim), first_label(name)))
}

/// Between two machines of which nothing shows that they are one.
fn between(writer: &Host, client: &Host, server: Option<&Host>) -> Handover {
    // A server that looks no names up took it from a machine that only told its name inside: perhaps one of the same house.
    let is_within = client.organisation.is_none()
        && writer.organisation.is_some()
        && server.is_some_and(|server| server.organisation == writer.organisation);
    if writer.is_internal || client.is_internal || is_within {
        Handover::Plausible
    } else if writer.names.is_empty() || client.names.is_empty() {
        Handover::Unknown
    } else {
        Handover::Breaks
    }
}
