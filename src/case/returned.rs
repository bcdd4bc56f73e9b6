//! Returned messages: a report of failure or delay with the header of the message that it is about, and what that header shows of the
//! site to which the report was sent. A message that this site never sent was returned to a forged sender.

use super::Message;
use super::envelope::site_of;
use crate::bounce::Kind;
use crate::fields::address::parse_addresses;
use crate::fields::host::{is_same, organisation};
use crate::fields::message_id::parse_message_id;
use crate::input::Form;
use crate::route::{Hop, Scope};
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
    /// Whether the returned header shows a server, a signature or a Message-ID of that organisation.
    pub is_own: bool,
    /// A Message-ID of another organisation.
    pub foreign_id: Option<Span>,
    /// A line in which a stranger greets with the name of that organisation.
    pub forged_greeting: Option<Span>,
    /// A verdict that the server which handed it in may not send for that domain.
    pub spf_fail: Option<Span>,
    /// A client without a reverse name, as the lines of home computers have it.
    pub nameless_client: Option<Span>,
}

impl Returned {
    /// The places which show that the claimed sender did not send it; two of them are proof enough.
    #[must_use]
    pub fn signs(&self) -> Vec<(Span, &'static str)> {
        [
            (self.forged_greeting, "A stranger greets with the name of the sender's domain."),
            (self.spf_fail, "The server that handed it in may not send for the sender's domain (SPF)."),
            (self.foreign_id, "The Message-ID was made by another site."),
            (
                self.nameless_client,
                "It was handed in by a machine without a reverse name, as mail servers hardly are.",
            ),
        ]
        .into_iter()
        .filter_map(|(span, label)| Some((span?, label)))
        .collect()
    }

    /// Whether the returned message was forged in the name of the one who got the report.
    #[must_use]
    pub fn is_forged(&self) -> bool {
        self.own_site.is_some() && !self.is_own && self.signs().len() > 1
    }
}

/// The returned messages among these.
pub(super) fn read(messages: &[Message<'_>]) -> Vec<Returned> {
    let is_returned = |message: &Message<'_>| message.item.form == Form::BounceOriginal;
    let originals = messages.iter().enumerate().filter(|(_, message)| is_returned(message));
    originals.filter_map(|(place, original)| pair(messages, place, original)).collect()
}

fn pair(messages: &[Message<'_>], place: usize, original: &Message<'_>) -> Option<Returned> {
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
        claimed_sender,
        ..Returned::default()
    };
    look_at_origin(&mut returned, original, receiver(report));
    Some(returned)
}

/// The organisation of the server that took the report, which is the sender's own, or its provider.
fn receiver<'m>(report: &'m Message<'_>) -> Option<&'m str> {
    let newest = report.route.hops.last()?;
    report.route.hosts.get(newest.by_host?)?.organisation.as_deref()
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
    for hop in &original.route.hops {
        look_at_hop(returned, hop, &own, is_ours);
    }
    if let Some(field) = header.first("Message-ID") {
        let right = parse_message_id(&field.unfolded()).and_then(|id| id.right);
        match right.as_deref() {
            Some(right) if is_ours(right) => returned.is_own = true,
            Some(right) if organisation(right).is_some() => returned.foreign_id = Some(field.span()),
            _ => {}
        }
    }
    let signs = |value: &str| {
        value.split(';').filter_map(|tag| tag.trim().strip_prefix("d=")).any(|domain| is_ours(domain.trim()))
    };
    returned.is_own |= header.named("DKIM-Signature").any(|field| signs(&field.unfolded()));
    returned.spf_fail = spf_fail(original, &own);
}

fn look_at_hop(returned: &mut Returned, hop: &Hop, own: &str, is_ours: impl Fn(&str) -> bool) {
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
    let is_postfix = received.software.as_ref().is_some_and(|software| software.name == "Postfix");
    let is_from_outside = received.ip.as_ref().is_some_and(|ip| Scope::of(ip.value).is_unique());
    if is_postfix && is_from_outside && received.rdns.is_none() {
        returned.nameless_client.get_or_insert(hop.span);
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
