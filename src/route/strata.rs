//! Strata: which hop added each of the other trace fields.
//!
//! Every server puts its lines on top, so a field that stands above the Received line of one hop and below that of the next was added
//! after the one and before the other: by the server that wrote the lower of the two. There is one exception. Filters that a server
//! asks while it takes a message (milters) put their lines below the Received line of that server, and so do some servers themselves.
//! A field that names the server of the hop right above it as its writer therefore belongs to that hop. Fields that stand closely between
//! the two belong to it as well where the lower one is of a sort that goes on top (Authentication-Results and the ARC set): what stands
//! above it came with it or after it.
//!
//! A field names a server when its word is
//!
//! 1. the name after `by` in the Received line, its address, or another name or address of the same machine;
//! 2. a domain that this name, or the one to call the machine by, lies in: an authserv-id need not be a host name (RFC 8601 section
//!    2.5), and `example.com` or `mx.example.com` stands for `mx1.mx.example.com` in practice.
//!
//! The first is the stronger claim, and with equal claims the place decides. Exchange alone writes its lines below all others, where
//! the place tells nothing; there the newest hop of the server that is named counts, wherever it is. All this is what a field claims of
//! itself: who forges a field can forge that too.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::net::IpAddr;

use super::{Hop, Host, Line};
use crate::fields::host::lies_in;
use crate::fields::trace::Sort;
use crate::text::Span;

/// One trace field other than Received, and who added it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stratum {
    /// Its place.
    pub span: Span,
    /// Its name, as written.
    pub name: String,
    /// Its sort.
    pub sort: Sort,
    /// The server that it names as its writer.
    pub writer: Option<String>,
    /// The hop whose server added it, by its place in [`super::Route::hops`]. Absent where it stands below all Received lines and names
    /// no server of a hop: the sender's side wrote it, or one that does not put its lines on top, as Exchange and list managers do.
    pub hop: Option<usize>,
    /// Whether the field itself names the server of that hop. Otherwise only its place tells.
    pub is_named: bool,
}

/// A trace field with what its place tells.
pub(super) struct Placed {
    /// The field, with the hop whose Received line is the next below it.
    stratum: Stratum,
    /// Whether only trace fields stand between it and the Received line above it.
    is_close: bool,
}

/// The trace fields with their places. `lines` are the fields, topmost first.
pub(super) fn lines(lines: &[(Span, Line)]) -> Vec<Placed> {
    let mut below = lines.iter().filter(|(_, line)| matches!(line, Line::Received(_))).count();
    let mut placed = Vec::new();
    let mut end_above: Option<usize> = None;
    for (span, line) in lines {
        let is_close = end_above.is_some_and(|end| span.start.saturating_sub(end) <= LINE_END);
        end_above = (is_close || matches!(line, Line::Received(_))).then_some(span.end);
        match line {
            Line::Received(_) => below -= 1,
            Line::Trace(name, trace) => placed.push(Placed {
                stratum: Stratum {
                    span: *span,
                    name: name.clone(),
                    sort: trace.sort,
                    writer: trace.writer.clone(),
                    hop: below.checked_sub(1),
                    is_named: false,
                },
                is_close,
            }),
        }
    }
    placed
}

/// The most that stands between two fields that follow each other: CR LF and a mark of quotation. The shortest field with its line end
/// is longer.
const LINE_END: usize = 4;

/// Says which hop added each, now that the machines are known.
pub(super) fn assign(placed: Vec<Placed>, hops: &[Hop], hosts: &[Host]) -> Vec<Stratum> {
    let names = Names::of(hops, hosts);
    // From the lowest up: the hop above which a field was found that came with it on top.
    let mut is_of_above: Option<usize> = None;
    let mut strata: Vec<Stratum> = Vec::with_capacity(placed.len());
    for Placed { mut stratum, is_close } in placed.into_iter().rev() {
        let above = stratum.hop.map_or(0, |below| below + 1);
        let writer = stratum.writer.as_deref().map(comparable);
        let claim = |hop: usize| writer.as_deref().map_or(Claim::None, |writer| names.claim(writer, hop));
        let from_below = stratum.hop.map_or(Claim::None, claim);
        let from_above = claim(above);
        if from_above > from_below && is_close && matches!(stratum.sort, Sort::Authentication | Sort::Arc) {
            is_of_above = Some(above);
        }
        let came_with = is_close && is_of_above == Some(above) && from_above == from_below;
        if came_with || from_above > from_below {
            stratum.hop = Some(above);
        }
        stratum.is_named = from_above.max(from_below) > Claim::None;
        if let (Sort::Exchange, false, Some(writer)) = (stratum.sort, stratum.is_named, writer)
            && let Some(hop) = names.newest_hop(&writer)
        {
            stratum.hop = Some(hop);
            stratum.is_named = true;
        }
        strata.push(stratum);
    }
    strata.reverse();
    strata
}

/// How surely a word names the server of a hop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Claim {
    /// It names another, or none that is known.
    None,
    /// It is a domain that the server's name lies in.
    Domain,
    /// It is a name of the server.
    Name,
}

/// The names of the servers that wrote the hops, as keys.
struct Names<'h> {
    hops: &'h [Hop],
    hosts: &'h [Host],
    /// The names and addresses of the machines, each with the machine.
    of_hosts: HashSet<(usize, String)>,
    /// The newest hop of each server, by its name as [`at_exchange`] gives it.
    newest: HashMap<String, usize>,
}

impl<'h> Names<'h> {
    fn of(hops: &'h [Hop], hosts: &'h [Host]) -> Self {
        let mut of_hosts = HashSet::new();
        let mut newest = HashMap::new();
        let mut newest_of_host = vec![None; hosts.len()];
        for (at, hop) in hops.iter().enumerate() {
            if let Some(slot) = hop.by_host.and_then(|host| newest_of_host.get_mut(host)) {
                *slot = Some(at);
            }
        }
        for (host, hop) in newest_of_host.iter().enumerate() {
            let Some(Host { names, addresses, .. }) = hosts.get(host) else { continue };
            let addresses = addresses.iter().map(ToString::to_string);
            for name in names.iter().map(|name| comparable(name)).chain(addresses) {
                newest.extend(hop.map(|hop| (at_exchange(&name).into_owned(), hop)));
                of_hosts.insert((host, name));
            }
        }
        for (at, hop) in hops.iter().enumerate() {
            let by = hop.received.by.as_deref().map(comparable);
            newest.extend(by.map(|by| (at_exchange(&by).into_owned(), at)));
        }
        Self { hops, hosts, of_hosts, newest }
    }

    /// How surely a word, as a key, names the server that wrote a hop.
    fn claim(&self, writer: &str, hop: usize) -> Claim {
        let Some(hop) = self.hops.get(hop) else { return Claim::None };
        let by = hop.received.by.as_deref().unwrap_or_default();
        let host = hop.by_host.and_then(|host| self.hosts.get(host));
        let is_address = || hop.received.by_ip.as_ref().is_some_and(|ip| writer.parse() == Ok(ip.value));
        let is_of_host =
            || hop.by_host.is_some_and(|host| self.of_hosts.contains(&(host, writer.to_owned())));
        if by.eq_ignore_ascii_case(writer) || is_address() || is_of_host() {
            Claim::Name
        } else if lies_in(by, writer) || host.is_some_and(|host| lies_in(&host.name, writer)) {
            Claim::Domain
        } else {
            Claim::None
        }
    }

    /// The newest hop that this server wrote.
    fn newest_hop(&self, writer: &str) -> Option<usize> {
        self.newest.get(at_exchange(writer).as_ref()).copied()
    }
}

/// A name or address as a key: in lower case, addresses in their shortest form.
fn comparable(name: &str) -> String {
    name.parse::<IpAddr>().map_or_else(|_| name.to_ascii_lowercase(), |address| address.to_string())
}

/// Exchange Online calls one machine `host.mail.protection.outlook.com` in Received and `host.eop-nam02.prod.protection.outlook.com`
/// elsewhere; the first label is unique in its network.
fn at_exchange(name: &str) -> Cow<'_, str> {
    match name.strip_suffix(".outlook.com").and_then(|inner| inner.split('.').next()) {
        Some(label) => Cow::Owned(format!("{label}.outlook.com")),
        None => Cow::Borrowed(name),
    }
}
