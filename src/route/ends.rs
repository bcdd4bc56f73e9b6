//! The two ends of a hand-over, as its line tells them: who the client is, and who the server that wrote the line.
//!
//! What the server saw (the client's address, the reverse name it looked up) is kept apart from what the client claims (its greeting).
//! Words that name no machine are left out: `localhost` and 127.0.0.1 mean the machine that wrote the line, 0.0.0.0 means none.

use std::net::IpAddr;

use super::{Hop, Kind, Scope};
use crate::fields::host;

/// Who handed the message over.
#[derive(Clone, Copy, Debug)]
pub(super) enum Client<'a> {
    /// The line names nobody: Google's `by 10.1.2.3 with SMTP`.
    Nobody,
    /// A program on the server, without a connection: Postfix's `from userid`, qmail's `invoked by uid`.
    Program,
    /// The server itself, over a connection that stayed on the machine: content filters and their like. Some pass on what the client
    /// before them claimed.
    Itself(Machine<'a>),
    /// Another machine, or at least not the server by this connection.
    Machine(Machine<'a>),
}

/// A machine, as one line names it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Machine<'a> {
    /// The name under which the server knows it: of itself, or by reverse lookup.
    pub known: Option<&'a str>,
    /// The name that it gave itself. Where the line has nothing else, nobody checked it.
    pub claim: Option<&'a str>,
    /// Its address on a network.
    pub ip: Option<IpAddr>,
}

/// The client of a hop.
pub(super) fn client(hop: &Hop) -> Client<'_> {
    let received = &hop.received;
    let words = [&received.rdns, &received.helo, &received.from_token].map(Option::as_deref);
    // sendmail: `(from ann@localhost) by mx.example.com`.
    let is_user_here = received.from_token.as_deref().is_some_and(is_user_of_this_machine);
    let ip = received.ip.as_ref().map(|ip| ip.value);
    let by_ip = received.by_ip.as_ref().map(|ip| ip.value);
    let [known, helo, token] = words.map(|word| word.filter(|name| is_machine(name)));
    let machine =
        Machine { known, claim: helo.or(token), ip: ip.filter(|ip| Scope::of(*ip).is_on_a_network()) };
    if received.is_handed_in || (ip.is_none() && is_user_here) {
        return Client::Program;
    }
    let is_itself = match ip {
        Some(ip) => Scope::of(ip) == Scope::Loopback || by_ip == Some(ip) || is_exchange_itself(hop, ip),
        None => {
            let is_here = |word: &str| {
                host::is_this_machine(word)
                    || received.by.as_deref().is_some_and(|by| host::is_same(word, by))
            };
            received.is_by_socket || words.into_iter().flatten().any(is_here) || is_store(hop, machine.claim)
        }
    };
    let is_named = machine.known.is_some() || machine.claim.is_some() || machine.ip.is_some();
    match is_named {
        _ if is_itself => Client::Itself(machine),
        true => Client::Machine(machine),
        false => Client::Nobody,
    }
}

/// Exchange, which hands over to itself on any of its addresses: `from ex1.firm.local (10.0.0.5) by ex1.firm.local (10.0.1.5) with
/// Microsoft SMTP Server`.
fn is_exchange_itself(hop: &Hop, ip: IpAddr) -> bool {
    let received = &hop.received;
    let is_exchange =
        hop.kind == Kind::Mapi || received.with.as_deref().is_some_and(|with| with.starts_with("Microsoft"));
    let names = received.from_token.as_deref().zip(received.by.as_deref());
    is_exchange && !Scope::of(ip).is_unique() && names.is_some_and(|(from, by)| host::is_same(from, by))
}

/// Cyrus: `from murder by imap.example.com (Cyrus) with LMTPA`. Exim: `from uucp by mx.example.com with local-rmail`.
fn is_store(hop: &Hop, name: Option<&str>) -> bool {
    let is_local = hop.received.with.as_deref().is_some_and(|with| with.starts_with("local"));
    (hop.kind == Kind::Local || is_local) && name.is_some_and(host::is_internal)
}

/// The server of a hop; absent where the line names none.
pub(super) fn server(hop: &Hop) -> Option<Machine<'_>> {
    let received = &hop.received;
    let by = received.by.as_deref()?;
    let ip = received.by_ip.as_ref().map(|ip| ip.value);
    Some(Machine {
        known: Some(by).filter(|name| is_machine(name)),
        claim: None,
        ip: ip.filter(|ip| Scope::of(*ip).is_on_a_network()),
    })
}

/// Whether a line names no machine because it was written on the one of the line below: qmail's `(qmail 1234 invoked from network)`, a
/// list's `with ECARTIS`.
pub(super) fn stayed(hop: &Hop) -> bool {
    let is_inside = matches!(hop.kind, Kind::Local | Kind::Pickup | Kind::List | Kind::Filter);
    hop.received.by.is_none() && is_inside && !matches!(client(hop), Client::Machine(_))
}

impl<'a> Machine<'a> {
    /// Its names: the known one first.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        self.known.into_iter().chain(self.claim)
    }

    /// Whether the name that it gives itself is no contradiction to the one under which it is known. A name of another organisation is:
    /// anybody can greet as `mail.bank.example` from a leased line.
    pub fn is_claim_sound(&self) -> bool {
        let organisation = |name: Option<&str>| name.and_then(host::organisation);
        match (organisation(self.known), organisation(self.claim)) {
            (Some(known), Some(claimed)) => known == claimed,
            _ => true,
        }
    }

    /// Whether it has an address that is the same machine wherever it is named.
    pub fn has_unique_address(&self) -> bool {
        self.ip.is_some_and(|ip| Scope::of(ip).is_unique())
    }
}

/// Whether a word names a machine other than "this one".
fn is_machine(word: &str) -> bool {
    host::comparable(word).is_some() && !host::is_this_machine(word)
}

fn is_user_of_this_machine(word: &str) -> bool {
    word.rsplit_once('@').is_some_and(|(_, host)| host::is_this_machine(host))
}
