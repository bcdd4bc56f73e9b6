//! Returned messages: a report of failure or delay with the header of the message that it is about, and what that header shows of the
//! site to which the report was sent. A message that this site never sent was returned to a forged sender.

use super::Message;
use super::envelope::site_of;
use crate::bounce::Kind;
use crate::fields::address::parse_addresses;
use crate::fields::host::{is_home_line, is_same, organisation};
use crate::fields::message_id::parse_message_id;
use crate::input::Form;
use crate::route::{self, Hop, Own, Scope};
use crate::text::Span;

/// A report and the message that it returns.
#[derive(Clone, Debug, Default)]
pub struct Returned {
    /// The report, by its place in the case.
    pub report: usize,
    /// The returned message, by its place in the case.
    pub original: usize,
    /// The server that wrote the report; absent where it does not say.
    pub reporter: Option<String>,
    /// The domain of the organisation of that server.
    pub reporter_site: Option<String>,
    /// Whether the header shows that the reporter had accepted the message: one of its lines names it.
    pub was_accepted: bool,
    /// The address to which the report was sent: the sender that the returned message claims.
    pub claimed_sender: Option<String>,
    /// The domain of the organisation of that address.
    pub own_site: Option<String>,
    /// Whether the reader has named the domain of that address as their own.
    pub claims_reader: bool,
    /// Whether the returned header shows a server, a signature or a Message-ID of that organisation, or a server that the reader has named.
    pub is_own: bool,
    /// A Message-ID of another organisation.
    pub foreign_id: Option<Span>,
    /// A line in which a stranger greets with the name of that organisation.
    pub forged_greeting: Option<Span>,
    /// A verdict that the server which handed it in may not send for that domain.
    pub spf_fail: Option<Span>,
    /// A machine on the line of a home, by its reverse name or for want of one, that handed the message to a server of others.
    pub home_client: Option<Span>,
    /// Where the report shows that fetchmail wrote it, about a message that it had collected.
    pub of_fetchmail: Option<Span>,
    /// The server with the mailbox from which fetchmail collected it then: who wrote the newest line that came back.
    pub mailbox_host: Option<String>,
}

impl Returned {
    /// The places which show that the claimed sender did not send it; two of them are proof enough.
    #[must_use]
    pub fn signs(&self) -> Vec<(Span, &'static str)> {
        [
            (self.forged_greeting, "A stranger greets with the name of the sender's domain."),
            (self.spf_fail, "The server that handed it in may not send for the sender's domain (SPF)."),
            (self.foreign_id, "The Message-ID was made by another site."),
            (self.home_client, "It was handed in from the line of a home, as mail servers hardly are."),
        ]
        .into_iter()
        .filter_map(|(span, label)| Some((span?, label)))
        .collect()
    }

    /// Whether more speaks for forgery than an id and a line of others.
    #[must_use]
    pub const fn is_plainly_forged(&self) -> bool {
        self.forged_greeting.is_some() || self.spf_fail.is_some()
    }

    /// Whether it is likely that the claimed sender did not send it, if anything speaks for that.
    #[must_use]
    pub const fn is_likely_forged(&self) -> bool {
        self.is_plainly_forged() || self.claims_reader
    }

    /// Whether the returned message was forged in the name of the one who got the report. Where the reader has
    /// named the domain as their own, one plain sign is enough.
    #[must_use]
    pub fn is_forged(&self) -> bool {
        let is_enough = self.signs().len() > 1 || (self.claims_reader && self.is_plainly_forged());
        self.own_site.is_some() && !self.is_own && is_enough
    }
}

/// The returned messages among these.
pub(super) fn read(messages: &[Message<'_>], own: &Own) -> Vec<Returned> {
    let is_returned = |message: &Message<'_>| message.item.form == Form::BounceOriginal;
    let originals = messages.iter().enumerate().filter(|(_, message)| is_returned(message));
    originals.filter_map(|(place, original)| pair(messages, place, original, own)).collect()
}

fn pair(messages: &[Message<'_>], place: usize, original: &Message<'_>, own: &Own) -> Option<Returned> {
    let parent = original.item.parent?;
    let report = messages.get(parent)?;
    let bounce = report.item.bounce.as_ref()?;
    if !matches!(bounce.kind, Kind::Failed | Kind::Delayed) {
        return None;
    }
    let reporter = bounce.reporter.clone().or_else(|| {
        let first = report.route.hops.first()?;
        first.received.by.as_deref().map(str::to_owned)
    });
    let reporter_site = reporter.as_deref().and_then(organisation);
    let senders = senders(original);
    let mut of_report = report.people.to.iter().map(|person| person.address.clone());
    let claimed_sender =
        of_report.find(|address| senders.iter().any(|sender| site_of(sender) == site_of(address)));
    let claimed_sender =
        claimed_sender.or_else(|| senders.first().cloned().filter(|_| report.people.to.is_empty()));
    let mut returned = Returned {
        report: parent,
        original: place,
        was_accepted: is_accepted(original, reporter.as_deref(), reporter_site.as_deref()),
        reporter,
        reporter_site,
        own_site: claimed_sender.as_deref().and_then(site_of),
        claims_reader: claimed_sender.as_deref().is_some_and(|address| own.is_own_address(address)),
        claimed_sender,
        of_fetchmail: fetchmail_mark(report),
        mailbox_host: original.route.hops.last().and_then(|hop| Some(hop.received.by.as_deref()?.to_owned())),
        ..Returned::default()
    };
    let mut hops = original.route.hops.iter();
    returned.is_own = hops.any(|hop| is_of_reader(hop, own));
    look_at_origin(&mut returned, original, receiver(report));
    Some(returned)
}

/// fetchmail writes bounces of its own, which return the header as the mailbox had it, without the line of the fetch. Their boundary is
/// always `foo-mani-padme-hum-…`.
fn fetchmail_mark(report: &Message<'_>) -> Option<Span> {
    let field = report.header().first("Content-Type")?;
    field.unfolded().contains("foo-mani-padme-hum").then(|| field.span())
}

/// The organisation of the server that took the report, which is the sender's own, or its provider.
fn receiver<'m>(report: &'m Message<'_>) -> Option<&'m str> {
    let newest = report.route.hops.last()?;
    report.route.hosts.get(newest.by_host?)?.organisation.as_deref()
}

/// Whether a server that the reader has named wrote the line of a hop, or was seen to hand the message over.
fn is_of_reader(hop: &Hop, own: &Own) -> bool {
    let received = &hop.received;
    let mut seen = [received.by.as_deref(), received.rdns.as_deref()].into_iter().flatten();
    let address = received.ip.as_ref().and_then(|ip| own.entry_of_address(ip.value));
    address.is_some() || seen.any(|name| own.is_named(name))
}

/// The addresses that a message claims to be from.
fn senders(message: &Message<'_>) -> Vec<String> {
    let path = message.header().first("Return-Path").map(|field| parse_addresses(&field.unfolded()));
    let from = message.people.from.iter().map(|person| person.address.clone());
    path.unwrap_or_default().into_iter().filter(|address| address.contains('@')).chain(from).collect()
}

fn is_accepted(original: &Message<'_>, reporter: Option<&str>, site: Option<&str>) -> bool {
    original.route.hops.iter().filter_map(|hop| hop.received.by.as_deref()).any(|by| {
        reporter.is_some_and(|reporter| is_same(reporter, by))
            || site.is_some_and(|site| organisation(by).as_deref() == Some(site))
    })
}

/// Gathers what the returned header shows of the site of the claimed sender, and of strangers.
fn look_at_origin(returned: &mut Returned, original: &Message<'_>, receiver: Option<&str>) {
    let Some(own) = returned.own_site.clone() else { return };
    let is_ours =
        |name: &str| organisation(name).is_some_and(|site| site == own || Some(site.as_str()) == receiver);
    let header = original.header();
    if original.route.hops.is_empty() {
        returned.is_own = true;
        return;
    }
    let newest = original.route.hops.len() - 1;
    for (at, hop) in original.route.hops.iter().enumerate() {
        // What was delivered to a mailbox here was not relayed for a customer.
        let next = original.route.hops.get(at + 1);
        let is_fetched = next.is_some_and(|next| next.kind == route::Kind::Fetch);
        let is_delivered = is_fetched || (at == newest && !original.recorded.is_empty());
        look_at_hop(returned, hop, is_delivered, &own, is_ours);
    }
    if let Some(field) = header.first("Message-ID") {
        let right = parse_message_id(&field.unfolded()).and_then(|id| id.right);
        match right.as_deref() {
            Some(right) if is_ours(right) => returned.is_own = true,
            // A server that takes a message without an id gives it one of its own.
            Some(right) if organisation(right).is_some() && organisation(right) != returned.reporter_site => {
                returned.foreign_id = Some(field.span());
            }
            _ => {}
        }
    }
    let signs = |value: &str| {
        value.split(';').filter_map(|tag| tag.trim().strip_prefix("d=")).any(|domain| is_ours(domain.trim()))
    };
    returned.is_own |= header.named("DKIM-Signature").any(|field| signs(&field.unfolded()));
    returned.spf_fail = spf_fail(original, &own);
}

fn look_at_hop(
    returned: &mut Returned,
    hop: &Hop,
    is_delivered: bool,
    own: &str,
    is_ours: impl Fn(&str) -> bool,
) {
    let received = &hop.received;
    let greeting = received.helo.as_deref().or(received.from_token.as_deref()).filter(|name| is_ours(name));
    let is_by_us = received.by.as_deref().is_some_and(&is_ours);
    let is_from_us = received.rdns.as_deref().is_some_and(&is_ours);
    let has_login = received
        .authenticated
        .as_deref()
        .is_some_and(|login| login.rsplit_once('@').is_some_and(|(_, domain)| is_ours(domain)));
    returned.is_own |= is_by_us || is_from_us || has_login;
    match (greeting, received.rdns.as_deref()) {
        // The name of a domain is hardly that of a server.
        (Some(greeting), None) if !is_same(greeting, own) => returned.is_own = true,
        (Some(_), rdns) if rdns.is_none_or(|rdns| organisation(rdns).is_some()) && !is_from_us => {
            returned.forged_greeting = Some(hop.span);
        }
        _ => {}
    }
    let is_from_outside = received.ip.as_ref().is_some_and(|ip| Scope::of(ip.value).is_unique());
    if is_from_outside && is_of_home(hop, is_delivered) {
        returned.home_client.get_or_insert(hop.span);
    }
}

/// Whether a machine on a home's line handed the message in, other than a customer of the server or one who logged in. Exim
/// and others do not look reverse names up, so the greeting has to do; Postfix does.
fn is_of_home(hop: &Hop, is_delivered: bool) -> bool {
    let received = &hop.received;
    let has_login = received.authenticated.is_some()
        || received.protocol.is_some_and(|protocol| matches!(protocol.name, "ESMTPA" | "ESMTPSA"));
    let site = |name: Option<&str>| name.and_then(organisation);
    let is_postfix = received.software.as_ref().is_some_and(|software| software.name == "Postfix");
    let name = received.rdns.as_deref().or(received.helo.as_deref()).filter(|name| is_home_line(name));
    match name {
        _ if has_login => false,
        None => is_postfix && received.rdns.is_none(),
        name => is_delivered || site(name) != site(received.by.as_deref()),
    }
}

/// `Received-SPF: fail …`, `spf=fail`, and the soft ones, for the claimed domain.
fn spf_fail(original: &Message<'_>, own: &str) -> Option<Span> {
    let fields = original
        .header()
        .fields()
        .filter(|field| field.is_named("Received-SPF") || field.is_named("Authentication-Results"));
    fields
        .filter(|field| {
            let value = field.unfolded().to_ascii_lowercase();
            let word = value.split_ascii_whitespace().next().unwrap_or_default();
            let is_fail = matches!(word, "fail" | "softfail")
                || value.contains("spf=fail")
                || value.contains("spf=softfail");
            is_fail && value.contains(own)
        })
        .map(|field| field.span())
        .next()
}
