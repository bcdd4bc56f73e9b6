//! Routes for tests: from Received lines to the machines, stations and boundary of the report.

use hopscope::report::{Handover, Host, Message};

use super::report_on;

/// The message whose Received lines say this, the oldest first.
pub fn route(lines: &[&str]) -> Message {
    let field = |line: &&str| format!("Received: {line}; Mon, 2 Nov 2026 09:00:00 +0100\n");
    let header: String = lines.iter().rev().map(field).collect();
    let message = report_on(format!("{header}Subject: test\n")).messages.remove(0);
    assert_eq!(message.hops.len(), lines.len(), "every Received field is a hop");
    message
}

/// The only machine that has this name.
pub fn host<'m>(message: &'m Message, name: &str) -> &'m Host {
    let mut hosts = message.hosts.iter().filter(|host| host.names.iter().any(|own| own == name));
    let host = hosts.next().unwrap_or_else(|| panic!("no machine is called {name}: {:?}", message.hosts));
    assert_eq!(hosts.next(), None, "two machines are called {name}");
    host
}

pub fn are_one(message: &Message, one: &str, other: &str) -> bool {
    host(message, one) == host(message, other)
}

/// What the machines are called, in their order.
pub fn names(message: &Message) -> Vec<&str> {
    message.hosts.iter().map(|host| host.name.as_str()).collect()
}

/// From where to where each hop led.
pub fn ways(message: &Message) -> Vec<[&str; 2]> {
    let name = |place: Option<usize>| place.map_or("-", |place| message.hosts[place].name.as_str());
    message.hops.iter().map(|hop| [name(hop.from_host), name(hop.by_host)]).collect()
}

/// The machine of each station, and how many hops it has.
pub fn stations(message: &Message) -> Vec<(&str, usize)> {
    let mut next = 0;
    let mut stations = Vec::new();
    for station in &message.stations {
        assert_eq!(station.first, next, "every hop is in exactly one station");
        next = station.last + 1;
        let host = station.host.map_or("-", |place| message.hosts[place].name.as_str());
        stations.push((host, next - station.first));
    }
    assert_eq!(next, message.hops.len(), "every hop is in a station");
    stations
}

/// How the newest hop joins the one before.
pub fn handover(message: &Message) -> Handover {
    message.hops.last().unwrap().handover
}

pub fn boundary(message: &Message) -> Option<(usize, &str)> {
    message.boundary.as_ref().map(|boundary| (boundary.hop, boundary.organisation.as_str()))
}
