//! What the comparison of copies has to know of each message, and where a recipient's site sent it out again.

use super::Message;
use crate::copies::{Candidate, Fetched, Means, Record, Reinjection};
use crate::fields::address::comparable;
use crate::fields::fetcher::{Mode, Tool};
use crate::fields::host::{is_internal, lies_in, organisation};
use crate::header::Header;
use crate::input::Form;
use crate::route::{Hop, Kind, Scope};
use crate::text::{Source, Span};

/// The messages as candidates, in their order.
pub(super) fn candidates<'m>(messages: &'m [Message<'_>], sources: &'m [Source<'_>]) -> Vec<Candidate<'m>> {
    let is_bounce = |place: usize| messages.get(place).is_some_and(|parent| parent.item.bounce.is_some());
    let each = |message: &'m Message<'_>| {
        let is_returned =
            message.item.form == Form::BounceOriginal || message.item.parent.is_some_and(is_bounce);
        Candidate { is_returned, ..candidate(message, sources.get(message.source)) }
    };
    messages.iter().map(each).collect()
}

fn candidate<'m>(message: &'m Message<'_>, source: Option<&'m Source<'_>>) -> Candidate<'m> {
    let header = message.header();
    let people = &message.people;
    let body = header.span().map(|span| Span::new(span.end, message.item.span.end));
    let records = message.recorded.iter().flat_map(|one| {
        let record = |address| Record { name: one.name, address, span: one.span, hop: one.hop };
        one.addresses.first().map(|address| record(address.as_str()))
    });
    let reinjections = reinjections(message);
    Candidate {
        header,
        route: &message.route,
        body: source.zip(body).map(|(source, body)| source.slice(body)).unwrap_or_default(),
        is_returned: false,
        is_within: message.item.parent.is_some(),
        from: people.from.first().map(|person| person.key.as_str()),
        to: people.to.first().map(|person| person.key.as_str()),
        recorded: records.collect(),
        fetches: fetches(message),
        reset: reset(message).filter(|_| reinjections.is_empty()),
        reinjections,
        connector_passes: connector_passes(header),
        list: list(header),
        forwarded: forwarded(message),
        resent: people.resent,
        is_automatic: message.item.bounce.is_some() || is_automatic(header),
    }
}

fn fetches<'m>(message: &'m Message<'_>) -> Vec<Fetched<'m>> {
    let all = &message.recorded;
    let each = |fetch: &'m super::Fetch| {
        let first = fetch.recorded(all).next();
        let from =
            first.and_then(|first| all.iter().position(|one| one.span == first.span)).unwrap_or(all.len());
        Fetched {
            hop: fetch.hop,
            span: fetch.span,
            server: fetch.server.as_deref(),
            uidl: fetch.uidl.as_deref(),
            sorts: sorts(fetch),
            records: (from, from + fetch.recorded(all).take(MOST_RECORDS).count()),
        }
    };
    // The newest count: what was fetched before that is the history of the mailbox.
    let skipped = message.fetches.len().saturating_sub(MOST_FETCHES);
    message.fetches.iter().skip(skipped).map(each).collect()
}

/// mpop, fdm and getmail without its multidrop retriever deliver all that a mailbox holds to one person.
fn sorts(fetch: &super::Fetch) -> Option<bool> {
    let is_simple = matches!(fetch.tool, Some(Tool::Mpop | Tool::Fdm | Tool::Getmail));
    match fetch.mode {
        _ if fetch.is_multidrop() => Some(true),
        Mode::SingleDrop => Some(false),
        _ => is_simple.then_some(false),
    }
}

/// A message is fetched once or twice; more often only where it goes round.
const MOST_FETCHES: usize = 4;

const MOST_RECORDS: usize = 20;

/// Where recipients' sites sent it out again, the oldest first.
fn reinjections(message: &Message<'_>) -> Vec<Reinjection> {
    if message.connector.is_reinjected() {
        return connector(message).into_iter().collect();
    }
    let header = message.header();
    let list = list(header).map(|(name, _)| name);
    let is_unnamed_list = list.is_none() && !message.people.list_marks.is_empty();
    if message.people.resent.is_some() || is_unnamed_list {
        return Vec::new();
    }
    // A list may collect its posts from a mailbox and send them to its members.
    let list_site = list.and_then(|name| organisation(name.rsplit('@').next().unwrap_or(&name)));
    if header.fields().any(|field| is_forwarding(&field.name())) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut fetch: Option<Pass<'_>> = None;
    for (at, hop) in message.route.hops.iter().enumerate() {
        if is_collected(hop) {
            // Sent out to its own mailbox at the provider, and collected there once more.
            found.extend(fetch.as_ref().and_then(|pass| pass.round(hop, &message.route.hops)));
            fetch = Pass::new(at, hop)
                .filter(|pass| pass.organisation.is_none() || pass.organisation != list_site);
        } else if let Some(pass) = &mut fetch {
            pass.was_handed_in |= hop.kind == Kind::Pickup;
            if pass.is_left_by(hop) && is_for_a_recipient(message, at, pass) {
                found.push(pass.reinjection(at, hop));
                fetch = None;
            } else if pass.was_handed_in && pass.is_elsewhere(hop) {
                pass.went_out = pass.went_out.or(Some(at));
            }
        }
    }
    found
}

fn is_collected(hop: &Hop) -> bool {
    let protocol = hop.received.with.as_deref().unwrap_or_default().to_ascii_uppercase();
    hop.kind == Kind::Fetch && !protocol.starts_with("ETRN") && !protocol.starts_with("ODMR")
}

/// What happens to a message after it was collected.
struct Pass<'m> {
    line: usize,
    server: &'m str,
    site: String,
    organisation: Option<String>,
    was_handed_in: bool,
    /// The hop in which another machine took it after that.
    went_out: Option<usize>,
}

impl<'m> Pass<'m> {
    fn new(line: usize, hop: &'m Hop) -> Option<Self> {
        let server = hop.received.by.as_deref()?;
        let domain = server.split_once('.').map(|(_, domain)| domain).filter(|domain| domain.contains('.'));
        let organisation = organisation(server);
        let site = domain.map(str::to_lowercase).or_else(|| organisation.clone())?;
        Some(Self { line, server, site, organisation, was_handed_in: false, went_out: None })
    }

    /// Whether the message goes to a server of another site in this hop. A branch that collects its mail by itself is a site of its own.
    fn is_left_by(&self, hop: &Hop) -> bool {
        let Some(by) = hop.received.by.as_deref() else { return false };
        let is_far = hop.received.ip.as_ref().is_none_or(|ip| Scope::of(ip.value).is_unique());
        let Some(taker) = organisation(by) else { return false };
        let is_other = self.organisation.as_deref().is_some_and(|own| own != taker);
        let is_outside = !by.eq_ignore_ascii_case(&self.site) && !lies_in(by, &self.site);
        hop.kind == Kind::Smtp && is_far && (is_other || (is_outside && self.was_handed_in))
    }

    /// Whether another machine took the message in this hop.
    fn is_elsewhere(&self, hop: &Hop) -> bool {
        let by = hop.received.by.as_deref();
        hop.kind == Kind::Smtp && by.is_some_and(|by| !by.eq_ignore_ascii_case(self.server))
    }

    /// The sending out after which the same server collected the message again in this hop.
    fn round(&self, again: &Hop, hops: &[Hop]) -> Option<Reinjection> {
        let is_same = again.received.by.as_deref().is_some_and(|by| by.eq_ignore_ascii_case(self.server));
        let at = self.went_out.filter(|_| is_same)?;
        Some(self.reinjection(at, hops.get(at)?))
    }

    fn reinjection(&self, at: usize, hop: &Hop) -> Reinjection {
        Reinjection {
            hop: at,
            line: self.line,
            means: Means::Fetch,
            host: self.server.to_owned(),
            site: self.site.clone(),
            epoch: hop.received.date.map(|date| date.epoch),
        }
    }
}

/// Whether the message is for somebody in To or Cc after it left. A mailbox that forwards what it collects sends it elsewhere.
fn is_for_a_recipient(message: &Message<'_>, at: usize, pass: &Pass<'_>) -> bool {
    let in_line = message.route.hops.get(at).and_then(|hop| hop.received.recipient());
    let recorded = || message.recorded.iter().take(MOST_RECORDS).find(|one| one.hop == Some(at));
    let recipient = in_line.map(|part| comparable(part));
    let recipient = recipient.or_else(|| Some(comparable(recorded()?.addresses.first()?)));
    match recipient {
        Some(recipient) => message.people.names(&recipient),
        None => pass.was_handed_in,
    }
}

/// A copy of the POP3 connector of Small Business Server. Its pickup folder names the site; the machine is named by the next line.
fn connector(message: &Message<'_>) -> Option<Reinjection> {
    let marks = &message.connector;
    let hops = &message.route.hops;
    let next = hops.get(1).and_then(|hop| hop.received.from_token.as_deref());
    let machine =
        next.filter(|name| name.contains('.') && !name.starts_with(|letter: char| letter.is_ascii_digit()));
    let site = marks.domain()?.to_owned();
    Some(Reinjection {
        hop: 0,
        line: 0,
        means: Means::Connector,
        host: machine.or(marks.pickup.as_deref()).unwrap_or(&site).to_owned(),
        site,
        epoch: hops.first().and_then(|hop| Some(hop.received.date?.epoch)),
    })
}

/// A trace that starts at the site of a recipient who is not the sender.
fn reset(message: &Message<'_>) -> Option<Reinjection> {
    let first = message.route.hops.first()?;
    let host = first.by_host.and_then(|host| message.route.hosts.get(host))?;
    let sender = message.people.sender_site()?;
    let site = host.organisation.clone().filter(|site| site != sender)?;
    let is_handed_in = first.kind == Kind::Pickup;
    // Where the first line is that of the receiving side, the sender's own server handed the message over.
    let is_from_there = is_handed_in
        || first.received.ip.as_ref().is_some_and(|ip| !Scope::of(ip.value).is_unique())
        || first.received.from_token.as_deref().is_some_and(is_internal);
    let is_more = message.route.hops.len() > 1;
    (is_from_there && is_more && message.people.names_site(&site)).then(|| Reinjection {
        hop: 0,
        line: 0,
        means: Means::Reset,
        host: host.name.clone(),
        site,
        epoch: first.received.date.map(|date| date.epoch),
    })
}

/// How often a connector wrote its address into To and Cc: once for each pass.
fn connector_passes(header: &Header<'_>) -> usize {
    let fields = header.fields().filter(|field| field.is_named("To") || field.is_named("Cc"));
    fields.map(|field| field.unfolded().matches("<mspop3connector.").count()).sum()
}

/// The list that passed the message on: List-Id before the fields that older programs write.
fn list(header: &Header<'_>) -> Option<(String, Span)> {
    const NAMES: [&str; 6] =
        ["List-Id", "List-Post", "X-BeenThere", "X-Mailing-List", "Mailing-List", "X-List"];
    NAMES.iter().find_map(|name| {
        let field = header.first(name)?;
        let value = field.unfolded();
        let value = value.rsplit_once('<').map_or(&*value, |(_, rest)| rest);
        let name = value.trim().trim_start_matches("mailto:").trim_end_matches('>').to_lowercase();
        (!name.is_empty()).then(|| (name, field.span()))
    })
}

fn forwarded(message: &Message<'_>) -> Option<Span> {
    let mark = message.header().fields().find(|field| is_forwarding(&field.name())).map(|field| field.span());
    mark.or_else(|| rewritten(message.header()))
}

/// Fields of mailboxes that forward: Gmail's X-Forwarded-To, Exchange's X-MS-Exchange-Inbox-Rules-Loop.
fn is_forwarding(name: &str) -> bool {
    ["X-Forwarded-To", "X-Forwarded-For", "X-MS-Exchange-Inbox-Rules-Loop", "X-MS-Exchange-ForwardingLoop"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

/// A Return-Path of the Sender Rewriting Scheme: `SRS0=…@example.net`.
fn rewritten(header: &Header<'_>) -> Option<Span> {
    let field = header.first("Return-Path")?;
    let path = field.unfolded().trim().trim_start_matches('<').to_ascii_lowercase();
    (path.starts_with("srs0") || path.starts_with("srs1") || path.contains("+caf_=")).then(|| field.span())
}

/// Mails of programs: RFC 3834's Auto-Submitted, `Precedence: bulk`, Microsoft's X-Auto-Response-Suppress.
fn is_automatic(header: &Header<'_>) -> bool {
    let says = |name: &str, is: fn(&str) -> bool| {
        header.first(name).is_some_and(|field| is(field.unfolded().trim().to_ascii_lowercase().as_str()))
    };
    says("Auto-Submitted", |value| value != "no")
        || says("Precedence", |value| matches!(value, "bulk" | "junk" | "list"))
        || says("X-Auto-Response-Suppress", |_| true)
        || header.first("List-Unsubscribe").is_some()
}
