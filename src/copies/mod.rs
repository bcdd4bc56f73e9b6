//! Several copies of one message: which messages belong together, where their histories part, and who made the copies.
//!
//! A message comes in as a [`Candidate`]. [`groups`] puts together what belongs together, by the keys of [`identity`]. [`tree`] lines the
//! routes of a set up from the origin, hop by hop ([`hop_key`] says which hops are one), so that each copy has its nearest relative and
//! the place where the two part. [`decide`] says what made two copies of the one message; all decisions stand there. [`sets`] sums up the
//! pairs of a set: its verdict, and who made how many copies, in which order.
//!
//! No two messages are compared but a copy and its nearest relative, so ten thousand copies cost a thousand times as much as ten.

mod decide;
mod groups;
mod hop_key;
mod identity;
mod pair;
mod recipients;
mod sets;
mod tree;

pub use groups::{Link, Reason};
pub use identity::subject_key;
pub use pair::{Fork, Means, Pair, Proof, Server, Shows, Sure, Verdict};
pub use sets::{Copy, CopySet, Maker};
pub use tree::Branch;

use crate::header::Header;
use crate::route::Route;
use crate::text::Span;

/// What the comparison has to know of a message.
#[derive(Clone, Debug)]
pub struct Candidate<'m> {
    /// Its header.
    pub header: &'m Header<'m>,
    /// Its route.
    pub route: &'m Route,
    /// Its body, where one was handed in.
    pub body: &'m [u8],
    /// Whether it came back with a bounce. It then tells how it was sent, not that it was delivered.
    pub is_returned: bool,
    /// Whether it came in or with another message.
    pub is_within: bool,
    /// The address of the sender, as a key.
    pub from: Option<&'m str>,
    /// The first address that it is written to, as a key.
    pub to: Option<&'m str>,
    /// The envelope recipients that fields record, topmost first.
    pub recorded: Vec<Record<'m>>,
    /// Where it was collected from a mailbox, the oldest first.
    pub fetches: Vec<Fetched<'m>>,
    /// Where a recipient's site sent it out again, the oldest first.
    pub reinjections: Vec<Reinjection>,
    /// Where its trace starts at the site of a recipient: a sign that the lines before were thrown away, if another copy has them.
    pub reset: Option<Reinjection>,
    /// How often connectors wrote their address into To and Cc.
    pub connector_passes: usize,
    /// The mailing list that passed it on: its name or address, and the field.
    pub list: Option<(String, Span)>,
    /// The mark of a mailbox that forwards.
    pub forwarded: Option<Span>,
    /// The Resent field of a person who sent it on by hand.
    pub resent: Option<Span>,
    /// Whether a program wrote it (RFC 3834, `Precedence: bulk`): such mails resemble one another.
    pub is_automatic: bool,
}

/// An envelope recipient that a field records.
#[derive(Clone, Copy, Debug)]
pub struct Record<'m> {
    /// The name of the field.
    pub name: &'static str,
    /// The address, as written.
    pub address: &'m str,
    /// The place of the field.
    pub span: Span,
    /// The hop whose server added it, by its place in the route.
    pub hop: Option<usize>,
}

/// Where a message was collected from a mailbox.
#[derive(Clone, Copy, Debug)]
pub struct Fetched<'m> {
    /// The hop, by its place in the route; absent where only a field tells.
    pub hop: Option<usize>,
    /// The place that shows it.
    pub span: Span,
    /// The server that collected it.
    pub server: Option<&'m str>,
    /// The mailbox's own number for the stored message.
    pub uidl: Option<&'m str>,
    /// Whether the program sorts the mail of several people, or takes all for one; absent where nothing tells.
    pub sorts: Option<bool>,
    /// The records of the envelope recipient that the side of the mailbox made: which of [`Candidate::recorded`].
    pub records: (usize, usize),
}

/// Where a recipient's site sent a message out again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reinjection {
    /// The first hop that only copies made there have, by its place in the route.
    pub hop: usize,
    /// The hop that shows who did it: the fetch, or the pickup.
    pub line: usize,
    /// How it was done.
    pub means: Means,
    /// The server.
    pub host: String,
    /// The domain of its site.
    pub site: String,
    /// When the message left it, in seconds since 1970 UTC.
    pub epoch: Option<i64>,
}

impl Candidate<'_> {
    /// How many times it was sent out again before it came here.
    #[must_use]
    pub fn generation(&self) -> usize {
        self.reinjections.len().max(if self.reinjections.is_empty() { 0 } else { self.connector_passes })
    }

    /// When the last server took it, in seconds since 1970 UTC.
    #[must_use]
    pub fn arrival(&self) -> Option<i64> {
        self.epoch_of(self.route.hops.len().checked_sub(1)?)
    }

    fn epoch_of(&self, hop: usize) -> Option<i64> {
        Some(self.route.hops.get(hop)?.received.date?.epoch)
    }

    /// The name of the machine that wrote the line of a hop.
    fn server_of(&self, hop: usize) -> Option<&str> {
        let hop = self.route.hops.get(hop)?;
        let host = hop.by_host.and_then(|host| self.route.hosts.get(host));
        hop.received.by.as_deref().or_else(|| host.map(|host| host.name.as_str()))
    }

    /// The name of the machine that handed it over in a hop.
    fn client_of(&self, hop: usize) -> Option<&str> {
        let hop = self.route.hops.get(hop)?;
        let host = hop.from_host.and_then(|host| self.route.hosts.get(host));
        let name = host.map(|host| host.name.as_str()).or(hop.received.from_token.as_deref());
        // `from MAILER-DAEMON by …`, `from root by …`: a program of the machine itself.
        name.filter(|name| name.contains(['.', ':']))
    }

    /// The organisation of the machine that wrote the line of a hop.
    fn site_of(&self, hop: usize) -> Option<&str> {
        let host = self.route.hops.get(hop)?.by_host?;
        self.route.hosts.get(host)?.organisation.as_deref()
    }
}

/// Finds the sets of copies among the messages. A message that resembles no other is in none.
#[must_use]
pub fn find(candidates: &[Candidate<'_>]) -> Vec<CopySet> {
    let grouped = groups::group(candidates);
    let mut found: Vec<CopySet> =
        grouped.into_iter().filter_map(|group| sets::read(candidates, group)).collect();
    found.sort_by(|one, other| one.messages.cmp(&other.messages));
    found
}
