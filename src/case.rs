//! All facts that a rule may read: the sources, the messages in them, their routes, and which of them are copies.
//!
//! A case is complete when it is made, and nothing changes it afterwards.

pub mod auth;
mod connector;
mod copying;
mod envelope;
mod fetch;
pub mod filters;
mod mailbox;
pub mod relay;
mod returned;
pub mod transit;

pub use connector::{Connector, Sign as ConnectorSign};
pub use envelope::{People, Person, Recorded, site_of};
pub use fetch::Fetch;
pub use mailbox::MailboxRecord;
pub use returned::Returned;

use std::collections::HashSet;

use crate::copies::{self, CopySet};
use crate::fields::address::{comparable, parse_addresses};
use crate::fields::auth_results::{Verdict, parse_authserv_id};
use crate::fields::received::parse_received;
use crate::fields::trace::parse_trace;
use crate::header::{Field, Header};
use crate::input::{self, Form, Item, Opened};
use crate::route::{self, Line, Own, Route};
use crate::text::{Source, Span};
use auth::Auth;
use filters::Filter;
use relay::Relay;
use transit::Transit;

/// The facts.
#[derive(Debug)]
pub struct Case<'a> {
    /// The texts that were handed in.
    pub sources: Vec<Source<'a>>,
    /// What each of them was before it was opened, and how much of it was read.
    pub opened: Vec<&'a Opened<'a>>,
    /// The messages found in them, in the order of the texts.
    pub messages: Vec<Message<'a>>,
    /// Which of the messages are copies of one another.
    pub copies: Vec<CopySet>,
    /// Of the copies that one server made by sending them out again, all but the first: what is found in the first holds for them.
    further_copies: HashSet<usize>,
    /// The messages that came back with a report that they could not be delivered, or not yet.
    pub returned: Vec<Returned>,
    /// What the reader has named as theirs.
    pub own: Own,
}

/// One message.
#[derive(Debug)]
pub struct Message<'a> {
    /// The place of its text in [`Case::sources`].
    pub source: usize,
    /// Its header, form and repairs.
    pub item: Item<'a>,
    /// Its route.
    pub route: Route,
    /// What the Delivered-To fields record, topmost (the last delivery) first.
    pub deliveries: Vec<Delivery>,
    /// The Authentication-Results fields, topmost first.
    pub auth_results: Vec<AuthResults>,
    /// What servers found out about the sender's identity, and which of it may be believed.
    pub auth: Auth,
    /// Who stood between the sender and the receiving side; absent where nobody did, or nothing proves it.
    pub relay: Option<Relay>,
    /// What filters wrote, topmost first.
    pub filters: Vec<Filter>,
    /// How long the hops took, and whose clocks are off.
    pub transit: Transit,
    /// Who wrote it, and to whom.
    pub people: People,
    /// The envelope recipients that fields record, topmost first.
    pub recorded: Vec<Recorded>,
    /// Where it was collected from a mailbox, the oldest fetch first.
    pub fetches: Vec<Fetch>,
    /// The marks of the POP3 connector of Small Business Server.
    pub connector: Connector,
}

/// One delivery, as a Delivered-To field records it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The address, as written.
    pub address: String,
    /// The address as a key: equal keys are one mailbox.
    pub key: String,
    /// The place of the field.
    pub span: Span,
}

/// One Authentication-Results field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthResults {
    /// The server that wrote it; absent where it does not say.
    pub authserv_id: Option<String>,
    /// Its value, unfolded.
    pub text: String,
    /// The place of the field.
    pub span: Span,
}

impl<'a> Message<'a> {
    /// Its header.
    #[must_use]
    pub const fn header(&self) -> &Header<'a> {
        &self.item.header
    }
}

impl<'a> Case<'a> {
    /// Gathers the facts. `inputs` are the names of the inputs, absent for pasted text, and what they hold. `now` is the time of the
    /// analysis in seconds since 1970 UTC, where it is known; `own` is what the reader has named as theirs.
    #[must_use]
    pub fn new(inputs: &'a [(Option<&'a str>, Opened<'a>)], now: Option<i64>, own: Own) -> Self {
        let sources: Vec<Source<'a>> =
            inputs.iter().map(|(name, opened)| Source::new(*name, &opened.text)).collect();
        let mut messages: Vec<Message<'a>> = Vec::new();
        for (place, (source, (_, opened))) in sources.iter().zip(inputs).enumerate() {
            let before = messages.len();
            for mut item in input::read(source, opened) {
                item.parent = item.parent.map(|parent| parent + before);
                messages.push(message(place, item, now, &own));
            }
        }
        let copies = copies::find(&copying::candidates(&messages, &sources));
        let opened = inputs.iter().map(|(_, opened)| opened).collect();
        let returned = returned::read(&messages, &own);
        let further_copies = copies.iter().flat_map(CopySet::further_copies).collect();
        Self { further_copies, copies, sources, opened, messages, returned, own }
    }

    /// Whether a message is one of several copies that one server made by sending them out again, and not the first of them handed in.
    #[must_use]
    pub fn is_further_copy(&self, place: usize) -> bool {
        self.further_copies.contains(&place)
    }

    /// The text that holds a message; an empty one where there is no such text, which does not happen to messages of this case.
    #[must_use]
    pub fn source_of(&self, message: &Message<'_>) -> Option<&Source<'a>> {
        self.sources.get(message.source)
    }
}

impl Message<'_> {
    /// The value of the topmost field of a name, decoded; absent where there is no such field or nothing in it.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<String> {
        text_of(self.header(), name)
    }

    /// Whether DMARC failed behind a list, a forwarder or a filter service: then the failures of SPF and DKIM have the same cause, and the
    /// same cure.
    #[must_use]
    pub fn is_dmarc_explained(&self) -> bool {
        let is_failed = || self.auth.dmarc().is_some_and(|result| result.outcome.verdict == Verdict::Fail);
        self.relay.is_some() && is_failed()
    }
}

fn message<'a>(place: usize, item: Item<'a>, now: Option<i64>, own: &Own) -> Message<'a> {
    // The header of a message that came back was last written by those who returned it, not on the side of the reader.
    let nobody = Own::default();
    let own = if item.form == Form::BounceOriginal { &nobody } else { own };
    let route = route::read(trace_lines(&item.header), now, own);
    let auth = Auth::read(&item.header, &route, own);
    let people = envelope::people(&item.header);
    Message {
        source: place,
        relay: relay::find(&item.header, &route, &auth),
        filters: filters::read(&item.header, &route),
        auth,
        transit: transit::read(&route, transit::sent(&item.header)),
        connector: connector::read(&item.header, &route, &people),
        people,
        recorded: envelope::recorded(&item.header, &route),
        fetches: fetch::read(&item.header, &route),
        route,
        deliveries: deliveries(&item.header),
        auth_results: auth_results(&item.header),
        item,
    }
}

/// The fields that tell of the way, topmost first.
fn trace_lines(header: &Header<'_>) -> Vec<(Span, Line)> {
    let line = |field: Field<'_>| {
        if field.is_named("Received") {
            let value = field.value();
            let received = parse_received(&value.text).placed(|span| value.place(span));
            return Some((field.span(), Line::Received(Box::new(received))));
        }
        let name = field.name();
        let trace = parse_trace(&name, || field.unfolded())?;
        Some((field.span(), Line::Trace(name.into_owned(), trace)))
    };
    header.fields().filter_map(line).collect()
}

fn deliveries(header: &Header<'_>) -> Vec<Delivery> {
    let each = |field: Field<'_>| {
        let span = field.span();
        parse_addresses(&field.unfolded()).into_iter().map(move |address| Delivery {
            key: comparable(&address),
            address,
            span,
        })
    };
    header.named("Delivered-To").flat_map(each).collect()
}

fn auth_results(header: &Header<'_>) -> Vec<AuthResults> {
    let each = |field: Field<'_>| {
        let text = field.unfolded().into_owned();
        AuthResults { authserv_id: parse_authserv_id(&text).map(str::to_owned), text, span: field.span() }
    };
    header.named("Authentication-Results").map(each).collect()
}

fn text_of(header: &Header<'_>, name: &str) -> Option<String> {
    let text = header.first(name)?.decoded().trim().to_owned();
    (!text.is_empty()).then_some(text)
}
