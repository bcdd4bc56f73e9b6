//! The route in words: what the dates, the names and the places of the lines say of each hop.

use super::duration::spoken;
use super::{Handover, Hop, Host, Message, Scope};

/// A sentence on a hop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Its sort.
    pub sort: RemarkSort,
    /// The sentence.
    pub text: String,
}

/// The sort of a [`Remark`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemarkSort {
    /// The message stayed on one machine.
    Station,
    /// Something that may be wrong: a line is missing, a clock is off, a date cannot be.
    Warning,
    /// Everything else.
    Fact,
}

/// What there is to say of a hop besides its own line, in whole sentences; empty for most hops.
#[must_use]
pub fn remarks(message: &Message, hop: &Hop) -> Vec<String> {
    let of_the_hop = remarks_on_hop(message, hop).into_iter().map(|remark| remark.text);
    boundary(message, hop).into_iter().chain(of_the_hop).collect()
}

/// The same by sort, without [`boundary`], which tells of all hops.
#[must_use]
pub fn remarks_on_hop(message: &Message, hop: &Hop) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut add = |sort, text: Option<String>| remarks.extend(text.map(|text| Remark { sort, text }));
    let is_off = hop.skew_seconds.is_some_and(|skew| skew != 0);
    add(RemarkSort::Station, station(message, hop));
    add(RemarkSort::Warning, handover(message, hop));
    add(if is_off { RemarkSort::Warning } else { RemarkSort::Fact }, clock(message, hop));
    add(RemarkSort::Warning, backwards(hop));
    add(RemarkSort::Fact, since(hop));
    add(RemarkSort::Fact, recipients(hop));
    for note in &hop.notes {
        add(RemarkSort::Warning, Some(note.clone()));
    }
    remarks
}

/// Which side wrote which lines. Stands at the oldest hop that the receiving side wrote, and is absent at all others.
#[must_use]
pub fn boundary(message: &Message, hop: &Hop) -> Option<String> {
    let boundary = message.boundary.as_ref().filter(|boundary| boundary.hop == hop.index)?;
    let older = match hop.index {
        0 => return None,
        1 => "Hop 1 was".to_owned(),
        2 => "Hops 1 and 2 were".to_owned(),
        count => format!("Hops 1 to {count} were"),
    };
    Some(match &boundary.entry {
        Some(entry) => format!(
            "From here on {} and the servers that you named ({entry}) wrote the lines. {older} written by others and can be forged.",
            boundary.organisation
        ),
        None => format!(
            "From here on {} wrote the lines itself. {older} written by others and can be forged.",
            boundary.organisation
        ),
    })
}

/// Stands at the second and every further hop of a stretch on one machine.
fn station(message: &Message, hop: &Hop) -> Option<String> {
    let place = message.stations.partition_point(|station| station.last < hop.index);
    let station = message.stations.get(place).filter(|station| station.first < hop.index)?;
    let host = name(message, station.host).unwrap_or("the same machine");
    Some(format!("Still on {host}."))
}

fn handover(message: &Message, hop: &Hop) -> Option<String> {
    if hop.handover != Handover::Breaks {
        return None;
    }
    let before = message.hops.get(hop.index.checked_sub(1)?)?;
    let (client, server) = (name(message, hop.from_host)?, name(message, before.by_host)?);
    Some(format!(
        "It came from {client}, but hop {} ended at {server}: a line is missing between them, or forged.",
        hop.index
    ))
}

fn clock(message: &Message, hop: &Hop) -> Option<String> {
    let skew = hop.skew_seconds.filter(|skew| *skew != 0);
    let corrected = hop.corrected_delay_seconds;
    let server = name(message, hop.by_host).unwrap_or("this server");
    match (skew, corrected) {
        (Some(skew), corrected) => {
            let way = if skew > 0 { "ahead of" } else { "behind" };
            let took = corrected.map_or_else(String::new, |seconds| {
                format!(" Put right, this hop took {}.", spoken(seconds))
            });
            Some(format!("The clock of {server} is {} {way} the others.{took}", spoken(skew)))
        }
        (None, Some(seconds)) => {
            Some(format!("With the clock of the hop before put right, it took {}.", spoken(seconds)))
        }
        (None, None) => None,
    }
}

/// Stands at a hop whose date lies before that of its predecessor where the route does not tell whose clock is off.
fn backwards(hop: &Hop) -> Option<String> {
    // Dates are whole seconds, and clocks that are right differ by a part of one.
    const ROUNDING: i64 = 2;
    let is_explained =
        hop.corrected_delay_seconds.is_some() || hop.skew_seconds.is_some_and(|skew| skew != 0);
    let delay = hop.delay_seconds.filter(|delay| *delay < -ROUNDING && !is_explained)?;
    Some(format!(
        "Its date lies {} before that of hop {}: one of the two clocks is off, and the route does not tell which.",
        spoken(delay),
        hop.index
    ))
}

/// Stands at a hop whose predecessor has no date.
fn since(hop: &Hop) -> Option<String> {
    let since = hop.delay_since?;
    let sign = if since.seconds < 0 { "minus " } else { "" };
    Some(format!(
        "{sign}{} since hop {}; what lies between has no date.",
        spoken(since.seconds),
        since.hop + 1
    ))
}

fn recipients(hop: &Hop) -> Option<String> {
    (hop.recipients.len() > 1).then(|| {
        format!("The line names {} recipients: {}.", hop.recipients.len(), hop.recipients.join(", "))
    })
}

/// The name of a machine.
fn name(message: &Message, host: Option<usize>) -> Option<&str> {
    message.hosts.get(host?).map(|host| host.name.as_str())
}

/// What an address is good for, where that is not the public internet.
#[must_use]
pub const fn scope(scope: Scope) -> Option<&'static str> {
    match scope {
        Scope::Public => None,
        Scope::Private => Some("private address"),
        Scope::CarrierNat => Some("address behind a provider’s NAT"),
        Scope::Loopback => Some("this machine"),
        Scope::LinkLocal => Some("address of one network segment"),
        Scope::Documentation => Some("address for examples"),
        Scope::Special => Some("no address of a machine"),
    }
}

/// Stands beside fields that do not name the server which added them.
pub const ADDED_BY_PLACE: &str = "Dotted: its place in the header tells this; the field itself does not.";

/// The machine's other names and why they are held for one; absent where it has one name only.
#[must_use]
pub fn also_known_as(host: &Host) -> Option<String> {
    let others = host.names.get(1..).filter(|names| !names.is_empty())?;
    let reasons: Vec<&str> = host.reasons.iter().map(|reason| reason.text.as_str()).collect();
    Some(format!("{} is also {}. {}", host.name, others.join(", "), reasons.join(" ")))
}

/// From the first hop to the last, with clocks that are off put right; absent where one of the two has no date.
#[must_use]
pub fn total_seconds(hops: &[Hop]) -> Option<i64> {
    let true_time = |hop: &Hop| Some(hop.epoch? - hop.skew_seconds.unwrap_or(0));
    Some(true_time(hops.last()?)? - true_time(hops.first()?)?)
}
