//! The hop chain of one message: every Received field is a hop, in the order of the header, the oldest first.
//!
//! The order of the header is the truth. Hops are never sorted by their clocks, which may be wrong.

mod kind;

pub use kind::{Encryption, Kind};

use std::borrow::Cow;

use crate::fields::received::{Received, parse_received};
use crate::text::Span;

/// One hand-over of the message, as one Received field tells it.
#[derive(Clone, Debug)]
pub struct Hop {
    /// The place of the field that tells it.
    pub span: Span,
    /// What the field says.
    pub received: Received,
    /// The sort of hand-over.
    pub kind: Kind,
    /// Whether the connection was encrypted.
    pub encryption: Encryption,
    /// Seconds since the hop before, negative where the clocks disagree. Absent where one of the two has no date.
    pub delay_seconds: Option<i64>,
    /// What is odd about the line.
    pub notes: Vec<Note>,
}

/// What is odd about one Received line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// Nothing of the line could be read: it names no server.
    Unreadable,
    /// The line has no date.
    NoDate,
    /// The line has a date that cannot be read or cannot be.
    OddDate,
    /// The date is more than a day ahead of the time of this analysis.
    InTheFuture,
}

/// A date this many seconds ahead of now is wrong, whatever the time zones.
const DAY: i64 = 24 * 60 * 60;

/// Reads the hops, oldest first, from the Received fields as they stand in the header, newest on top: the place of each, and its
/// unfolded value. `now` is the time of the analysis in seconds since 1970 UTC, where it is known.
#[must_use]
pub fn read(fields: &[(Span, Cow<'_, str>)], now: Option<i64>) -> Vec<Hop> {
    let mut before: Option<i64> = None;
    let hop = |(span, value): &(Span, Cow<'_, str>)| {
        let received = parse_received(value);
        let epoch = received.date.map(|date| date.epoch);
        let delay_seconds = epoch.zip(before).map(|(this, last)| this - last);
        before = epoch;
        Hop {
            span: *span,
            kind: Kind::of(&received),
            encryption: Encryption::of(&received),
            notes: notes(&received, now),
            delay_seconds,
            received,
        }
    };
    fields.iter().rev().map(hop).collect()
}

fn notes(received: &Received, now: Option<i64>) -> Vec<Note> {
    let names_nobody = received.from_token.is_none() && received.by.is_none() && received.with.is_none();
    let mut notes = Vec::new();
    if names_nobody && received.software.is_none() {
        notes.push(Note::Unreadable);
    }
    match (received.date, &received.date_raw) {
        (None, None) => notes.push(Note::NoDate),
        (None, Some(_)) => notes.push(Note::OddDate),
        (Some(date), _) if now.is_some_and(|now| date.epoch > now + DAY) => notes.push(Note::InTheFuture),
        (Some(_), _) => {}
    }
    notes
}
