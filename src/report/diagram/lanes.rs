//! The organisations side by side, in the order in which the message came to them, the receiving side last.

use std::collections::HashSet;

use super::super::Message;
use super::stops::Stop;

/// The lanes, and in which of them each stop stands.
pub struct Lanes {
    /// The name of each lane.
    pub names: Vec<String>,
    /// The lane of the receiving side, the last one; absent where the header does not tell.
    pub own: Option<usize>,
    /// The lane that several organisations share; absent where each has its own.
    pub others: Option<usize>,
    /// The lane of each stop.
    pub of_stop: Vec<usize>,
}

/// Without a name that tells the organisation.
const UNNAMED: &str = "not named";

/// Those that have no lane of their own.
const OTHERS: &str = "others";

/// Divides the stops among at most so many lanes.
pub fn divide(message: &Message, stops: &[Stop], most: usize) -> Lanes {
    let own = message.boundary.as_ref().map(|boundary| boundary.organisation.as_str());
    let mut named = names_of(stops);
    if let Some(own) = own {
        let sides = named_by_reader(message);
        named.iter_mut().filter(|name| sides.contains(name.as_str())).for_each(|name| own.clone_into(name));
    }
    let mut names: Vec<String> = Vec::new();
    for name in &named {
        if Some(name.as_str()) != own && !names.contains(name) && names.len() < most {
            names.push(name.clone());
        }
    }
    let others = named.iter().filter(|name| Some(name.as_str()) != own && !names.contains(name)).count();
    let has_own = own.is_some_and(|own| named.iter().any(|name| name == own));
    let room = most - usize::from(has_own);
    let is_shared = names.len() > room || others > 0;
    if is_shared {
        names.truncate(room.saturating_sub(1));
        names.push(OTHERS.to_owned());
    }
    let shared = names.len().saturating_sub(1);
    names.extend(own.filter(|_| has_own).map(str::to_owned));
    let lane = |name: &String| names.iter().position(|known| known == name).unwrap_or(shared);
    let of_stop = named.iter().map(lane).collect();
    Lanes { own: has_own.then(|| names.len() - 1), others: is_shared.then_some(shared), names, of_stop }
}

/// The organisations on the receiving side by what the reader has named: they share its lane.
fn named_by_reader(message: &Message) -> HashSet<&str> {
    let boundary = message.boundary.as_ref().filter(|boundary| boundary.entry.is_some());
    let hops = boundary.and_then(|boundary| message.hops.get(boundary.hop..)).unwrap_or_default();
    let hosts = hops.iter().filter_map(|hop| message.hosts.get(hop.by_host?));
    hosts.filter_map(|host| host.organisation.as_deref()).collect()
}

/// The organisation of each stop. One that no name tells stands with the stop before it, or at the start with the one behind it.
fn names_of(stops: &[Stop]) -> Vec<String> {
    let mut current = stops.iter().find_map(|stop| stop.organisation.clone());
    let names = stops.iter().map(|stop| {
        current = stop.organisation.clone().or_else(|| current.take());
        current.clone().unwrap_or_else(|| UNNAMED.to_owned())
    });
    names.collect()
}
