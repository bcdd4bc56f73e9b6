//! All facts that a rule may read: the sources, the messages in them, their routes, and which of them are copies.
//!
//! A case is complete when it is made, and nothing changes it afterwards.

use crate::copies::{self, CopySet};
use crate::fields::address::parse_addresses;
use crate::header::Header;
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
    /// The addresses of the Delivered-To fields, topmost (the last delivery) first, each with the place of its field.
    pub delivered_to: Vec<(String, Span)>,
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
    let hops = route::read(source, &item.header, now);
    let delivered_to = item
        .header
        .named(source, "Delivered-To")
        .flat_map(|field| {
            parse_addresses(&field.unfolded(source)).into_iter().map(|address| (address, field.span))
        })
        .collect();
    Message { source: place, item, hops, delivered_to }
}

fn text_of(source: &Source<'_>, header: &Header, name: &str) -> Option<String> {
    let text = header.first(source, name)?.decoded(source).trim().to_owned();
    (!text.is_empty()).then_some(text)
}
