//! The trust boundary: which lines the receiving side wrote itself, and from where on down they are only what others claim.
//!
//! The receiving side is the organisation of the newest hop. It wrote a line below if each line above it was written there, too, and
//! took the message from inside: one line in its name further down proves nothing, because a sender can forge it. Where a line could be
//! read either way the boundary is drawn there: too high is safe.
//!
//! Hosts that the reader has named ([`Own`]) are of that side as well. That moves the boundary down as far as they wrote one line after
//! the other from the top, each seen by the one above: never across a stranger, who could have forged all that lies below.
//!
//! A machine that fetches its mail is a side of its own: the lines of the provider it fetches from are below the boundary, though there is
//! no reason to doubt them. The same holds for a filter service in front of the receiver's servers.

use std::net::IpAddr;

use super::ends::{Client, client};
use super::{Hop, Host, Kind, Own, Scope};
use crate::fields::host::{is_internal, lies_in, organisation};

/// Where the lines of the receiving side end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boundary {
    /// The oldest hop that the receiving side wrote. What it says of its client was seen by the receiving side itself; the hops before it
    /// (with smaller numbers) were written by somebody else and can be forged.
    pub hop: usize,
    /// The organisation on the receiving side: its domain, or the name of its server where that only has a meaning inside.
    pub organisation: String,
    /// The entry of the reader's by which the server of that hop is on their side; absent where it is of the organisation anyway.
    pub entry: Option<String>,
}

/// Finds the boundary; absent where no hop lies below it, or the newest hop names no server.
#[must_use]
pub fn find(hops: &[Hop], hosts: &[Host], own: &Own) -> Option<Boundary> {
    let door = hops.split_last().map(|(newest, older)| door(newest, older))?;
    let server = hosts.get(door.by_host?)?;
    let side = Side { organisation: server.organisation.as_deref(), own };
    let mut pairs = hops.iter().zip(hops.iter().skip(1)).enumerate().rev();
    let is_within = |older: &Hop, newer: &Hop| {
        is_delivery(older, newer) || (side.took_from_inside(newer) && side.wrote(older, newer, hosts))
    };
    let (below, (_, oldest)) = pairs.find(|(_, (older, newer))| !is_within(older, newer))?;
    let organisation = side.organisation.unwrap_or(&server.name).to_owned();
    let is_of_organisation = side.is_of_organisation(oldest, hosts);
    let entry = hops.get(below + 2).filter(|_| !is_of_organisation).and_then(|next| side.entry(oldest, next));
    Some(Boundary { hop: below + 1, organisation, entry: entry.map(str::to_owned) })
}

/// The newest hop that is no delivery from the mail server to its store: stores often have names of their own.
fn door<'a>(newest: &'a Hop, older: &'a [Hop]) -> &'a Hop {
    let mut door = newest;
    for hop in older.iter().rev() {
        if !is_delivery(hop, door) {
            break;
        }
        door = hop;
    }
    door
}

/// Whether the server of one hop delivered the message to a store in the next. LMTP is not for use between strangers (RFC 2033 section 5).
fn is_delivery(hop: &Hop, next: &Hop) -> bool {
    next.kind == Kind::Local && hop.by_host.is_some() && next.from_host == hop.by_host
}

/// Who is on the receiving side: the organisation of the newest hop, and whom the reader has named.
struct Side<'a> {
    organisation: Option<&'a str>,
    own: &'a Own,
}

impl<'a> Side<'a> {
    /// Whether the line of a hop was written on this side, if the hop after it came from there.
    fn wrote(&self, hop: &Hop, next: &Hop, hosts: &[Host]) -> bool {
        self.is_of_organisation(hop, hosts) || self.entry(hop, next).is_some()
    }

    fn is_of_organisation(&self, hop: &Hop, hosts: &[Host]) -> bool {
        let Some(server) = hop.by_host.and_then(|place| hosts.get(place)) else {
            return false;
        };
        server.is_internal
            || (self.organisation.is_some() && server.organisation.as_deref() == self.organisation)
    }

    /// The entry of the reader's that holds the server of a hop: its name, or the address from which the next server saw it come.
    fn entry(&self, hop: &Hop, next: &Hop) -> Option<&'a str> {
        let by_address = || {
            let address = next.received.ip.as_ref().filter(|_| next.from_host == hop.by_host)?;
            self.own.entry_of_address(address.value)
        };
        hop.received.by.as_deref().and_then(|by| self.own.entry_of(by)).or_else(by_address)
    }

    /// Whether a server of this side took the message from this side. What the client claims counts only where the server saw nothing.
    fn took_from_inside(&self, hop: &Hop) -> bool {
        let is_ours = |name: &str| self.own.is_named(name) || self.is_name_of_organisation(name);
        match client(hop) {
            Client::Machine(machine)
                if machine.ip.is_some_and(|ip| self.own.entry_of_address(ip).is_some()) =>
            {
                true
            }
            // A program that fetches knows the name of the server that it fetches from.
            Client::Machine(machine) if hop.kind == Kind::Fetch => {
                machine.names().next().is_some() && machine.names().all(|name| self.own.is_named(name))
            }
            _ if hop.kind == Kind::Fetch => false,
            Client::Nobody | Client::Program => true,
            // A filter on the machine passes on the greetings of strangers.
            Client::Itself(machine) => machine.names().all(is_ours),
            Client::Machine(machine) => match (machine.known, machine.ip) {
                (Some(known), Some(ip)) if Scope::of(ip).is_unique() => is_ours(known) && !spells(known, ip),
                (None, Some(ip)) if Scope::of(ip).is_unique() => {
                    machine.claim.is_some_and(is_ours) && (is_near(hop, ip) || is_behind_the_door(hop))
                }
                _ => machine.names().all(is_ours),
            },
        }
    }

    fn is_name_of_organisation(&self, name: &str) -> bool {
        match organisation(name) {
            Some(organisation) => self.organisation == Some(&organisation),
            None => is_internal(name),
        }
    }
}

/// Whether a reverse name spells its address, as providers call the lines of their customers: `host-2-17.dsl.example.net` for
/// 192.0.2.17. The customer is not the provider.
fn spells(name: &str, ip: IpAddr) -> bool {
    let IpAddr::V4(ip) = ip else { return false };
    let [_, _, third, fourth] = ip.octets();
    let numbers: Vec<Option<u8>> =
        name.split(|letter: char| !letter.is_ascii_digit()).map(|number| number.parse().ok()).collect();
    let at = |octet: u8| numbers.iter().position(|number| *number == Some(octet));
    let last = numbers.iter().rposition(|number| *number == Some(fourth));
    at(third).is_some_and(|third| last.is_some_and(|fourth| third != fourth))
}

/// Whether the client's address lies in the network of the server's own. Exchange does not look reverse names up, but it writes both
/// addresses; where other servers write no reverse name, there is none. 32 bits of IPv6 and 16 of IPv4 are what large networks have.
fn is_near(hop: &Hop, ip: IpAddr) -> bool {
    if !hop.received.with.as_deref().is_some_and(|with| with.starts_with("Microsoft")) {
        return false;
    }
    match (hop.received.by_ip.as_ref().map(|by_ip| by_ip.value), ip) {
        (Some(IpAddr::V6(by_ip)), IpAddr::V6(ip)) => by_ip.segments().get(..2) == ip.segments().get(..2),
        (Some(IpAddr::V4(by_ip)), IpAddr::V4(ip)) => by_ip.octets().get(..2) == ip.octets().get(..2),
        _ => false,
    }
}

/// Whether strangers cannot reach the server of a hop. Exchange moves messages between its stores by HTTPS and MAPI. Exchange Online
/// takes mail from strangers under names of mail.protection.outlook.com only; its machines behind them write no reverse names, and
/// their addresses are from several networks.
fn is_behind_the_door(hop: &Hop) -> bool {
    let by = hop.received.by.as_deref().unwrap_or_default();
    let is_microsoft = organisation(by).as_deref() == Some("microsoft.com");
    let is_door = lies_in(by, "mail.protection.outlook.com");
    matches!(hop.kind, Kind::Http | Kind::Mapi) || (is_microsoft && !is_door)
}
