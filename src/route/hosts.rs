//! Which names and addresses are one machine.
//!
//! Every hop has two ends, the client and the server that wrote the line. At first each end is a machine of its own; then, from the oldest
//! hop to the newest, ends are joined by four kinds of evidence, the surest first:
//!
//! 1. a connection that stayed on the machine: both ends of the hop are one;
//! 2. a name that a server writes of itself, or found by reverse lookup: the same name is the same machine;
//! 3. the order: who wrote a line is who hands over in the next one, if a name, the first part of a name or an address agrees;
//! 4. an address of the public internet.
//!
//! A greeting (HELO) is the client's own word. It gives the machine a name if its reverse name is not one of another organisation, and it
//! joins machines by the order only. Two names under which lines were written are two machines, unless the first kind of evidence joins
//! them: several machines can stand behind one address. Two machines that merely belong to one organisation stay two.

mod listing;

use std::collections::HashMap;
use std::net::IpAddr;

use super::ends::{Client, Machine, client, server, stayed};
use super::sets::Sets;
use super::{Hop, Kind};
use crate::fields::host::{comparable, first_label, is_access_line, is_internal, is_same, organisation};

/// One machine on the way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Host {
    /// The name to call it by; its address where no line names it, `localhost` where there is nothing else.
    pub name: String,
    /// All its names, as written, the one to call it by first. A greeting is among them if nothing contradicts it.
    pub names: Vec<String>,
    /// Its addresses on networks, in the order of the hops.
    pub addresses: Vec<IpAddr>,
    /// Why the names are held for one machine; empty where it has only one name.
    pub reasons: Vec<Reason>,
    /// The domain of the organisation that runs it, as far as its names tell: `example.org`. A machine that only has a name inside its
    /// network has that of its neighbours there. Absent where no name tells.
    pub organisation: Option<String>,
    /// Whether it has only names and addresses that mean nothing outside its network, or none at all.
    pub is_internal: bool,
}

impl Host {
    /// The domain whose postmaster looks after the machine. That is the organisation's, unless only a reverse name tells of it that a
    /// provider gave to the line: `p5b3c2d1e.dip0.example.net` is its customer's machine. Absent then, and at Microsoft and Google, where
    /// customers decide what their mail does.
    #[must_use]
    pub fn domain(&self) -> Option<String> {
        let mut named = self.names.iter().filter(|name| organisation(name).is_some()).peekable();
        let is_by_neighbours = named.peek().is_none();
        let own = named.find(|name| !is_access_line(name)).and_then(|name| organisation(name));
        let domain = own.or_else(|| self.organisation.clone().filter(|_| is_by_neighbours));
        domain.filter(|domain| !matches!(domain.as_str(), "microsoft.com" | "google.com"))
    }
}

/// Why two names are held for one machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The hop that shows it.
    pub hop: usize,
    /// One name.
    pub one: String,
    /// The other name or address.
    pub other: String,
    /// How the hop shows it.
    pub proof: Proof,
}

/// How a hop shows that two names are one machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Its line names both.
    Line,
    /// The line before was written under the one name, and this hop was handed over under the other.
    Order,
}

/// Finds the machines and says in each hop which of them took part. They stand in the order in which the message came to them.
pub(super) fn find(hops: &mut [Hop]) -> Vec<Host> {
    let mut search = Search::new(hops.len());
    let mut lines: Vec<Line<'_>> = Vec::with_capacity(hops.len());
    for (nth, hop) in hops.iter().enumerate() {
        let line = Line::read(nth, hop, lines.last());
        search.take(&line, lines.last());
        lines.push(line);
    }
    let (hosts, ends) = listing::list(&lines, search.sets, search.reasons);
    drop(lines);
    for (hop, [from_host, by_host]) in hops.iter_mut().zip(ends) {
        (hop.from_host, hop.by_host) = (from_host, by_host);
    }
    listing::neighbours(hosts, hops)
}

/// One hop as evidence. Its ends have the numbers `2 * nth` (the client) and `2 * nth + 1` (the server).
struct Line<'a> {
    nth: usize,
    kind: Kind,
    client: Client<'a>,
    /// What the client claims, where nothing contradicts.
    claim: Option<&'a str>,
    server: Option<Machine<'a>>,
    /// Whether it was written on the machine of the line before and names none itself.
    stayed: bool,
}

impl<'a> Line<'a> {
    fn read(nth: usize, hop: &'a Hop, before: Option<&Line<'a>>) -> Self {
        let (client, server) = (client(hop), server(hop));
        let stayed = stayed(hop) && before.is_some_and(Self::has_server);
        let claim = claim(&client, server.and_then(|server| server.known), before);
        Self { nth, kind: hop.kind, client, claim, server, stayed }
    }

    const fn client_end(&self) -> usize {
        2 * self.nth
    }

    const fn server_end(&self) -> usize {
        2 * self.nth + 1
    }

    /// Whether it tells which machine wrote it.
    const fn has_server(&self) -> bool {
        self.server.is_some() || self.stayed
    }

    fn server_name(&self) -> Option<&'a str> {
        self.server?.known
    }

    /// The client, where the connection was not one that stayed on the server.
    const fn other_machine(&self) -> Option<&Machine<'a>> {
        if let Client::Machine(machine) = &self.client { Some(machine) } else { None }
    }

    /// The names that the client has by this line, each with whether the server knows it so.
    fn client_names(&self) -> impl Iterator<Item = (&'a str, bool)> {
        let known = match &self.client {
            Client::Machine(machine) | Client::Itself(machine) => machine.known,
            Client::Nobody | Client::Program => None,
        };
        known.map(|name| (name, true)).into_iter().chain(self.claim.map(|name| (name, false)))
    }
}

/// What the client claims to be called, where nothing contradicts it: a reverse name of another organisation, or that it is the server's
/// own name, with which senders of unwanted mail like to greet. Filters pass on the greeting of the client that they had the message
/// from: on the server's machine any name of strangers, elsewhere the one that the line before names.
fn claim<'a>(client: &Client<'a>, server: Option<&str>, before: Option<&Line<'_>>) -> Option<&'a str> {
    match client {
        Client::Machine(machine) if machine.is_claim_sound() => {
            let of_client_before = |claim: &str| {
                let before = before.and_then(Line::other_machine).filter(|before| before.ip != machine.ip);
                machine.known.is_none()
                    && before.is_some_and(|before| before.names().any(|name| is_same(name, claim)))
            };
            let is_its_own = |claim: &&str| {
                !server.is_some_and(|server| is_same(claim, server)) && !of_client_before(claim)
            };
            machine.claim.filter(is_its_own)
        }
        Client::Itself(machine) => machine.claim.filter(|claim| match server {
            Some(server) if !is_internal(server) => {
                may_be_one(server, claim)
                    || organisation(claim).is_some_and(|own| organisation(server) == Some(own))
            }
            _ => true,
        }),
        _ => None,
    }
}

/// What is found out so far.
struct Search<'a> {
    /// Which ends of hops are one machine.
    sets: Sets,
    /// For each set: the name under which the machine writes lines.
    own_names: Vec<Option<&'a str>>,
    /// The first end that bore a name. Names that mean nothing elsewhere have the number of their network.
    names: HashMap<(usize, String), usize>,
    /// The first end that had an address, and how it was called there.
    addresses: HashMap<IpAddr, (usize, Option<&'a str>)>,
    /// The number of the network that the message is in.
    network: usize,
    /// Why names are one machine, each with an end of the machine.
    reasons: Vec<(usize, Reason)>,
}

impl<'a> Search<'a> {
    fn new(hops: usize) -> Self {
        Self {
            sets: Sets::new(2 * hops),
            own_names: vec![None; 2 * hops],
            names: HashMap::new(),
            addresses: HashMap::new(),
            network: 1,
            reasons: Vec::new(),
        }
    }

    fn take(&mut self, line: &Line<'a>, before: Option<&Line<'a>>) {
        let comes_from_outside =
            line.other_machine().is_some_and(|client| client.ip.is_none() || client.has_unique_address());
        self.network += usize::from(comes_from_outside);
        if let Some(place) = self.own_names.get_mut(line.server_end()) {
            *place = line.server_name();
        }
        let before = before.filter(|before| before.has_server());
        self.by_machine(line, before);
        self.by_name(line);
        if let Some(before) = before {
            self.by_order(before, line);
        }
        self.by_address(line);
    }

    /// First evidence: what stayed on the machine.
    fn by_machine(&mut self, line: &Line<'a>, before: Option<&Line<'a>>) {
        if matches!(line.client, Client::Itself(_) | Client::Program) || line.stayed {
            self.join(line.client_end(), line.server_end());
        }
        if let Some(before) = before.filter(|_| line.stayed) {
            self.join(before.server_end(), line.server_end());
        }
        let server = line.server_name().filter(|_| line.other_machine().is_none());
        let names: Vec<&str> = line.client_names().map(|(name, _)| name).chain(server).collect();
        for pair in names.windows(2) {
            if let [one, other] = pair {
                self.explain(line.client_end(), line.nth, one, other, Proof::Line);
            }
        }
    }

    /// Second evidence: names that servers know, their own and reverse names.
    fn by_name(&mut self, line: &Line<'a>) {
        let known = line.client_names().filter(|(_, is_known)| *is_known);
        let of_client = known.map(|(name, _)| (line.client_end(), name));
        let of_server = line.server_name().map(|name| (line.server_end(), name));
        for (end, name) in of_client.chain(of_server) {
            let Some(key) = comparable(name) else { continue };
            // `server.firm.local` is hardly the name of two machines on one route; `mail` and `mail.local` may be.
            let means_nothing_elsewhere = is_internal(name) && key.split('.').nth(2).is_none();
            let network = if means_nothing_elsewhere { self.network } else { 0 };
            let owner = *self.names.entry((network, key)).or_insert(end);
            self.join(end, owner);
        }
    }

    /// Third evidence: who wrote the line before has handed over in this one.
    fn by_order(&mut self, before: &Line<'a>, line: &Line<'a>) {
        match &line.client {
            Client::Machine(client) => self.by_order_of_machines(before, line, client.ip),
            // A mailbox may be fetched through a tunnel that ends on the machine.
            Client::Itself(_) if line.has_server() && line.kind != Kind::Fetch => {
                self.by_order_within(before, line);
            }
            _ => {}
        }
    }

    fn by_order_of_machines(&mut self, before: &Line<'a>, line: &Line<'a>, ip: Option<IpAddr>) {
        let (writer, client) = (before.server_end(), line.client_end());
        let names: Vec<&str> = line.client_names().map(|(name, _)| name).collect();
        let own_name = self.own_name(writer);
        let agreeing =
            own_name.and_then(|own| names.iter().find(|name| may_be_one(own, name)).map(|name| (own, name)));
        if let Some((own, name)) = agreeing {
            if self.join_if_possible(writer, client) {
                self.explain(writer, line.nth, own, name, Proof::Order);
            }
            return;
        }
        // Between neighbours even an address of a private network tells.
        let is_strange = own_name.is_some_and(|own| names.iter().any(|name| are_strangers(own, name)));
        let ip = ip.filter(|ip| before.server.is_some_and(|server| server.ip == Some(*ip)));
        if let Some(ip) = ip
            && !is_strange
            && self.join_if_possible(writer, client)
        {
            self.explain_address(ip, [(writer, before.server_name()), (client, names.first().copied())]);
        }
    }

    /// The connection stayed on the machine, so the line before was written there, too, unless the two lines name two machines.
    fn by_order_within(&mut self, before: &Line<'a>, line: &Line<'a>) {
        let names = self.own_name(before.server_end()).zip(self.own_name(line.server_end()));
        let is_one = names.is_none_or(|(before, own)| {
            let is_greeting = line.claim.is_some_and(|claim| is_same(claim, before));
            is_same(before, own) || is_internal(before) || is_internal(own) || is_greeting
        });
        if is_one
            && self.join(before.server_end(), line.server_end())
            && let Some((before, own)) = names
        {
            self.explain(line.server_end(), line.nth, before, own, Proof::Order);
        }
    }

    /// Fourth evidence: addresses of the public internet.
    fn by_address(&mut self, line: &Line<'a>) {
        let client =
            line.other_machine().map(|client| (line.client_end(), client.known.or(line.claim), client));
        let server = line.server.as_ref().map(|server| (line.server_end(), server.known, server));
        for (end, name, machine) in client.into_iter().chain(server) {
            let Some(ip) = machine.ip.filter(|_| machine.has_unique_address()) else { continue };
            let (owner, owner_name) = *self.addresses.entry(ip).or_insert((end, name));
            // Behind one address stand the people of an office and its mail server: who hands over to the server is not the server.
            if !self.are_two_ends(end, owner) && self.join_if_possible(end, owner) {
                self.explain_address(ip, [(owner, owner_name), (end, name)]);
            }
        }
    }

    /// Whether one of two ends of hops is the other end's partner in its hop, and not the same machine as that.
    fn are_two_ends(&mut self, one: usize, other: usize) -> bool {
        let mut is_partner = |end: usize, of: usize| {
            let partner = of ^ 1;
            !self.sets.is_joined(of, partner) && self.sets.is_joined(end, partner)
        };
        is_partner(one, other) || is_partner(other, one)
    }

    fn own_name(&mut self, end: usize) -> Option<&'a str> {
        let root = self.sets.find(end);
        self.own_names.get(root).copied().flatten()
    }

    /// Makes one machine of two, unless each has written lines under a name of its own. Says whether they were two.
    fn join_if_possible(&mut self, one: usize, other: usize) -> bool {
        let names = self.own_name(one).zip(self.own_name(other));
        names.is_none_or(|(one, other)| may_be_one(one, other)) && self.join(one, other)
    }

    /// Makes one machine of two. Says whether they were two.
    fn join(&mut self, one: usize, other: usize) -> bool {
        let (root, part) = self.sets.join(one, other);
        let of_part = self.own_names.get(part).copied().flatten();
        if let Some(name) = self.own_names.get_mut(root) {
            *name = name.or(of_part);
        }
        root != part
    }

    fn explain(&mut self, end: usize, hop: usize, one: &str, other: &str, proof: Proof) {
        if !is_same(one, other) {
            let (one, other) = (one.to_owned(), other.to_owned());
            self.reasons.push((end, Reason { hop, one, other, proof }));
        }
    }

    fn explain_address(&mut self, ip: IpAddr, ends: [(usize, Option<&str>); 2]) {
        for (end, name) in ends {
            if let Some(name) = name {
                self.explain(end, end / 2, name, &ip.to_string(), Proof::Line);
            }
        }
    }
}

/// Whether two names can be two forms of one: the same, or the same first part where one has only a meaning inside, or within one
/// organisation. Exchange Online writes `by AM0PR01MB1.eurprd01.prod.exchangelabs.com`, then `from AM0PR01MB1.eurprd01.prod.outlook.com`.
fn may_be_one(one: &str, other: &str) -> bool {
    is_same(one, other) || (is_same(first_label(one), first_label(other)) && !are_strangers(one, other))
}

/// Whether two names belong to different organisations.
fn are_strangers(one: &str, other: &str) -> bool {
    organisation(one).zip(organisation(other)).is_some_and(|(one, other)| one != other)
}
