//! Where the message was, one place after the other, and how it came there.

use super::super::{Handover, Hop, Host, Message};

/// A place where the message was.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// The machine, by its place in [`Message::hosts`]; absent where the lines name none.
    pub host: Option<usize>,
    /// Its organisation; absent where no name tells.
    pub organisation: Option<String>,
    /// Its name.
    pub name: String,
    /// Its program, or its address.
    pub detail: String,
    /// What it is.
    pub sort: Sort,
    /// How the message came there.
    pub link: Link,
    /// The hops inside the machine, first and last; absent where there are none.
    pub inside: Option<[usize; 2]>,
    /// When it came there, in seconds since 1970 UTC.
    pub epoch: Option<i64>,
}

/// What a stop is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Where the header begins.
    Origin,
    /// A machine.
    Machine,
    /// A mailbox from which the message was fetched later.
    Waiting,
    /// Where the header ends.
    Last,
    /// Named by the line after it only.
    Inferred,
    /// Many that are not drawn one by one.
    Folded,
}

/// How the message came to a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// It starts there.
    Start,
    /// By a hop.
    Hop(usize),
    /// No line says how.
    Inferred,
}

/// Of longer routes only so many stations at each end are looked at: nobody sees the rest.
const LOOKED_AT: usize = 1_000;

/// The stops of a message, the oldest first.
pub fn of(message: &Message) -> Vec<Stop> {
    let (head, rest) = message.stations.split_at(LOOKED_AT.min(message.stations.len()));
    let tail = rest.get(rest.len().saturating_sub(LOOKED_AT)..).unwrap_or_default();
    let mut stops: Vec<Stop> = Vec::new();
    for station in head.iter().chain(tail) {
        let Some(hop) = message.hops.get(station.first) else { continue };
        add_start(&mut stops, message, hop);
        let host = station.host.and_then(|host| message.hosts.get(host));
        // A header may begin within a machine: `from mail pickup service by …`, `by … (Postfix, from userid 1000)`.
        let begins = stops.is_empty();
        let link = if begins { Link::Start } else { Link::Hop(hop.index) };
        let first_inside = if begins { station.first } else { station.first + 1 };
        let name = host.map(|host| host.name.clone()).or_else(|| hop.by.clone());
        stops.push(Stop {
            host: station.host,
            organisation: organisation(host),
            name: name.unwrap_or_else(|| "a server without a name".to_owned()),
            detail: hop.software.clone().unwrap_or_default(),
            sort: Sort::Machine,
            link,
            inside: (station.last >= first_inside).then_some([first_inside, station.last]),
            epoch: hop.epoch.map(|epoch| epoch - hop.skew_seconds.unwrap_or(0)),
        });
    }
    if let Some(first) = stops.first_mut() {
        first.sort = Sort::Origin;
    }
    if let Some(last) = stops.last_mut().filter(|stop| stop.sort == Sort::Machine) {
        last.sort = Sort::Last;
    }
    stops
}

/// More stops than this are not drawn one by one.
const MANY: usize = 40;

/// So many in a row within one organisation are folded then.
const RUN: usize = 6;

/// So many are drawn at each end, whatever they are.
const ENDS: usize = 40;

/// Long routes with runs inside one organisation folded, and where that is not enough, all between the ends.
pub fn folded(stops: Vec<Stop>) -> Vec<Stop> {
    if stops.len() <= MANY {
        return stops;
    }
    let mut short: Vec<Stop> = Vec::new();
    for run in stops.chunk_by(|one, other| one.organisation == other.organisation) {
        match run {
            [first, middle @ .., last] if middle.len() + 2 >= RUN => {
                short.extend([first.clone(), fold(middle), last.clone()]);
            }
            _ => short.extend(run.iter().cloned()),
        }
    }
    match short.as_slice() {
        [front @ .., _] if front.len() > 2 * ENDS => {
            let (head, rest) = short.split_at(ENDS);
            let (middle, tail) = rest.split_at(rest.len() - ENDS);
            [head, &[fold(middle)], tail].concat()
        }
        _ => short,
    }
}

/// One stop for many.
fn fold(stops: &[Stop]) -> Stop {
    let hops = stops.iter().filter_map(|stop| match stop.link {
        Link::Hop(hop) => Some(hop),
        Link::Start | Link::Inferred => None,
    });
    let (first, last) = (hops.clone().min(), hops.max());
    let names = first.zip(last).map(|(first, last)| format!("{} … {}", first + 1, last + 1));
    let front = stops.first();
    Stop {
        host: None,
        organisation: front.and_then(|stop| stop.organisation.clone()),
        name: names.unwrap_or_else(|| "more".to_owned()),
        detail: "hops in the table only".to_owned(),
        sort: Sort::Folded,
        link: front.map_or(Link::Inferred, |stop| stop.link),
        inside: None,
        epoch: None,
    }
}

fn organisation(host: Option<&Host>) -> Option<String> {
    host?.organisation.clone()
}

/// Adds where a hop starts, unless that is where the message is already.
fn add_start(stops: &mut Vec<Stop>, message: &Message, hop: &Hop) {
    let host = hop.from_host.and_then(|host| message.hosts.get(host));
    let is_there = match stops.last() {
        Some(stop) => {
            (stop.host.is_some() && stop.host == hop.from_host)
                || !matches!(hop.handover, Handover::Breaks)
                || host.is_none()
        }
        None => hop.kind == "pickup" || (hop.from_host.is_some() && hop.from_host == hop.by_host),
    };
    if !is_there && let Some(name) = host.map(|host| host.name.clone()).or_else(|| hop.from_token.clone()) {
        let is_first = stops.is_empty();
        stops.push(Stop {
            host: hop.from_host,
            organisation: organisation(host),
            detail: hop.ip.clone().filter(|ip| *ip != name).unwrap_or_default(),
            name,
            sort: Sort::Inferred,
            link: if is_first { Link::Start } else { Link::Inferred },
            inside: None,
            epoch: None,
        });
    }
    if hop.kind == "fetch"
        && let Some(last) = stops.last_mut().filter(|stop| stop.sort != Sort::Origin)
    {
        last.sort = Sort::Waiting;
    }
}
