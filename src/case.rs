//! All facts that a rule may read: the sources, the messages in them, their routes, and which of them are copies.
//!
//! A case is complete when it is made, and nothing changes it afterwards.

use crate::copies::{self, CopySet};
use crate::fields::address::{comparable, parse_addresses};
use crate::fields::auth_results::parse_authserv_id;
use crate::header::{Field, Header};
use crate::input::{self, Item};
use crate::route::{self, Hop};
use crate::text::{Source, Span};

/// The facts.
#[derive(Debug)]
pub struct Case<'a> {
    /// The texts that were handed in.
    pub sources: Vec<Source<'a>>,
    /// The messages found in them, in the order of the texts.
    pub messages: Vec<Message>,
    /// Which of the messages are copies of one another.
    pub copies: Vec<CopySet>,
}

/// One message.
#[derive(Debug)]
pub struct Message {
    /// The place of its text in [`Case::sources`].
    pub source: usize,
    /// Its header, form and repairs.
    pub item: Item,
    /// Its route, the oldest hop first.
    pub hops: Vec<Hop>,
    /// What the Delivered-To fields record, topmost (the last delivery) first.
    pub deliveries: Vec<Delivery>,
    /// The Authentication-Results fields, topmost first.
    pub auth_results: Vec<AuthResults>,
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

impl Message {
    /// Its header.
    #[must_use]
    pub const fn header(&self) -> &Header {
        &self.item.header
    }
}

impl<'a> Case<'a> {
    /// Gathers the facts. `now` is the time of the analysis in seconds since 1970 UTC, where it is known.
    #[must_use]
    pub fn new(sources: Vec<Source<'a>>, now: Option<i64>) -> Self {
        let mut messages = Vec::new();
        for (place, source) in sources.iter().enumerate() {
            messages.extend(input::read(source).into_iter().map(|item| message(source, place, item, now)));
        }
        let ids: Vec<_> = messages
            .iter()
            .map(|message| {
                sources.get(message.source).and_then(|source| text_of(source, message.header(), "Message-ID"))
            })
            .collect();
        Self { copies: copies::group(&ids), sources, messages }
    }

    /// The text that holds a message; an empty one where there is no such text, which does not happen to messages of this case.
    #[must_use]
    pub fn source_of(&self, message: &Message) -> Option<&Source<'a>> {
        self.sources.get(message.source)
    }

    /// The value of the topmost field of a name, decoded; absent where there is no such field or nothing in it.
    #[must_use]
    pub fn value(&self, message: &Message, name: &str) -> Option<String> {
        text_of(self.source_of(message)?, message.header(), name)
    }
}

fn message(source: &Source<'_>, place: usize, item: Item, now: Option<i64>) -> Message {
    let received: Vec<_> =
        item.header.named(source, "Received").map(|field| (field.span, field.unfolded(source))).collect();
    Message {
        source: place,
        hops: route::read(&received, now),
        deliveries: deliveries(source, &item.header),
        auth_results: auth_results(source, &item.header),
        item,
    }
}

fn deliveries(source: &Source<'_>, header: &Header) -> Vec<Delivery> {
    let fields = header.named(source, "Delivered-To");
    let each = |field: &Field| {
        let span = field.span;
        parse_addresses(&field.unfolded(source)).into_iter().map(move |address| Delivery {
            key: comparable(&address),
            address,
            span,
        })
    };
    fields.flat_map(each).collect()
}

fn auth_results(source: &Source<'_>, header: &Header) -> Vec<AuthResults> {
    let fields = header.named(source, "Authentication-Results");
    let each = |field: &Field| {
        let text = field.unfolded(source).into_owned();
        AuthResults { authserv_id: parse_authserv_id(&text).map(str::to_owned), text, span: field.span }
    };
    fields.map(each).collect()
}

fn text_of(source: &Source<'_>, header: &Header, name: &str) -> Option<String> {
    let text = header.first(source, name)?.decoded(source).trim().to_owned();
    (!text.is_empty()).then_some(text)
}
