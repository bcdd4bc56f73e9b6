//! Where the message was, one place after the other, and how it came there.

use super::super::{Handover, Hop, Host, Message};
use super::view::{Opening, View, offset};

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
    /// The hops inside the machine, first and last; absent where there are none, or where they always are stops of their own.
    pub inside: Option<[usize; 2]>,
    /// When it came there, in seconds since 1970 UTC.
    pub epoch: Option<i64>,
    /// Whether its clock is wrong.
    pub is_off: bool,
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
    /// A further line of the machine before it.
    Inside,
    /// Where the message was refused.
    Refused,
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

/// Of longer routes only so many stations at each end are looked at, and of one machine so many of its lines: nobody sees the rest.
const LOOKED_AT: usize = 1_000;

/// The stops of a message, the oldest first.
pub fn of(message: &Message, view: &View) -> Vec<Stop> {
    let (head, rest) = message.stations.split_at(LOOKED_AT.min(message.stations.len()));
    let tail = rest.get(rest.len().saturating_sub(LOOKED_AT)..).unwrap_or_default();
    let mut stops: Vec<Stop> = Vec::new();
    for station in head.iter().chain(tail) {
        let Some(hop) = message.hops.get(station.first) else { continue };
        add_start(&mut stops, message, hop);
        // A header may begin within a machine: `from mail pickup service by …`, `by … (Postfix, from userid 1000)`.
        let begins = stops.is_empty();
        let link = if begins { Link::Start } else { Link::Hop(hop.index) };
        let first_inside = if begins { station.first } else { station.first + 1 };
        let inside = (station.last >= first_inside).then_some([first_inside, station.last]);
        let lines = inside.map_or(0..0, |[first, last]| first..last + 1);
        let always = lines.clone().take(LOOKED_AT).any(|hop| view.stays(message, hop));
        let stop = at(message, hop, view, Sort::Machine, link);
        stops.push(Stop { inside: inside.filter(|_| !always), ..stop });
        if always || view.is_open(Opening::Machine(first_inside)) {
            let ends = |hop: &usize| *hop < lines.start + LOOKED_AT || *hop + LOOKED_AT >= lines.end;
            let hops = lines.clone().filter(ends).filter_map(|hop| message.hops.get(hop));
            stops.extend(hops.map(|hop| at(message, hop, view, Sort::Inside, Link::Hop(hop.index))));
        }
    }
    end(&mut stops, view);
    stops
}

/// The stop to which a hop led.
fn at(message: &Message, hop: &Hop, view: &View, sort: Sort, link: Link) -> Stop {
    let host = hop.by_host.and_then(|host| message.hosts.get(host));
    let skew = hop.skew_seconds.filter(|skew| *skew != 0);
    let off = skew.map(|skew| format!("clock {}", offset(skew)));
    let is_inside = sort == Sort::Inside;
    let program = hop.software.clone().or_else(|| hop.with.clone().filter(|_| is_inside));
    let details: Vec<String> = [off, program].into_iter().flatten().collect();
    Stop {
        host: hop.by_host,
        organisation: organisation(host),
        name: if is_inside { "same machine".to_owned() } else { name(host, hop) },
        detail: details.join(" · "),
        sort,
        link,
        inside: None,
        epoch: hop.epoch.map(|epoch| epoch - skew.filter(|_| view.is_corrected).unwrap_or(0)),
        is_off: skew.is_some(),
    }
}

/// The name of the machine that took a message. What fetches mail often knows itself as localhost only, which says nothing.
fn name(host: Option<&Host>, hop: &Hop) -> String {
    let name = host.map(|host| host.name.clone()).or_else(|| hop.by.clone());
    match name {
        Some(name) if hop.kind == "fetch" && name.eq_ignore_ascii_case("localhost") => {
            "a program that fetches".to_owned()
        }
        Some(name) => name,
        None => "a server without a name".to_owned(),
    }
}

/// Says of the first stop and the last what they are.
fn end(stops: &mut Vec<Stop>, view: &View) {
    if let Some(first) = stops.first_mut() {
        first.sort = Sort::Origin;
    }
    let Some(last) = stops.last_mut() else { return };
    let Some(refusal) = &view.refusal else {
        if matches!(last.sort, Sort::Machine | Sort::Inside) {
            last.sort = Sort::Last;
        }
        return;
    };
    let refused = Stop {
        name: refusal
            .server
            .as_ref()
            .map_or_else(|| "refused".to_owned(), |server| format!("refused by {server}")),
        detail: refusal.words.clone(),
        sort: Sort::Refused,
        link: Link::Inferred,
        inside: None,
        epoch: None,
        is_off: false,
        ..last.clone()
    };
    stops.push(refused);
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
            is_off: false,
        });
    }
    if hop.kind == "fetch"
        && let Some(last) = stops.last_mut().filter(|stop| stop.sort != Sort::Origin)
    {
        last.sort = Sort::Waiting;
    }
}
