//! The route of one message: every Received field is a hop, in the order of the header, the oldest first.
//!
//! The order of the header is the truth. Hops are never sorted by their clocks, which may be wrong; [`clocks`] says which of them is,
//! where the route tells. [`hosts`] finds out which names are one machine, [`stations`] which hops stayed on one, [`handover`] whether
//! neighbours join, [`boundary`] from where on down the lines were written by somebody else ([`own`] holds whom the reader has named as theirs), [`strata`] which hop added each of the
//! other trace fields, and [`circle`] whether the message came back to where it had been. [`limits`] knows how many hops servers allow.

pub mod boundary;
pub mod circle;
pub mod clocks;
mod ends;
pub mod handover;
pub mod hosts;
mod kind;
pub mod limits;
pub mod own;
pub mod scope;
pub mod sets;
pub mod stations;
pub mod strata;

pub use boundary::Boundary;
pub use circle::Circle;
pub use clocks::Clock;
pub use handover::Handover;
pub use hosts::Host;
pub use kind::{Encryption, Kind};
pub use limits::Limit;
pub use own::Own;
pub use scope::Scope;
pub use stations::Station;
pub use strata::Stratum;

pub use crate::fields::received::{Part, Received, Tls};
pub use crate::fields::trace::Sort;

use crate::fields::trace::Trace;
use crate::text::Span;

/// A field of the header that tells of the way.
#[derive(Clone, Debug)]
pub enum Line {
    /// A Received field.
    Received(Box<Received>),
    /// Another trace field: its name, as written, and what it says.
    Trace(String, Trace),
}

/// The way of one message.
#[derive(Clone, Debug, Default)]
pub struct Route {
    /// The hand-overs, the oldest first: one for each Received field.
    pub hops: Vec<Hop>,
    /// The machines, in the order in which the message came to them.
    pub hosts: Vec<Host>,
    /// The stretches of hops on one machine, the oldest first. Every hop is in exactly one.
    pub stations: Vec<Station>,
    /// From where on down the lines were written by somebody else; absent where all were written by one side, or nothing tells.
    pub boundary: Option<Boundary>,
    /// The other trace fields, topmost first, each with the hop that added it.
    pub strata: Vec<Stratum>,
    /// Where the message came back to, and whether it goes round; absent where it came to no machine twice without a good reason.
    pub circle: Option<Circle>,
}

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
    /// The machine that handed it over, by its place in [`Route::hosts`]; absent where the line names none.
    pub from_host: Option<usize>,
    /// The machine that took it and wrote the line, by its place in [`Route::hosts`]; absent where the line names none.
    pub by_host: Option<usize>,
    /// Whether this hop starts where the hop before ended.
    pub handover: Handover,
    /// What the dates say of the time.
    pub clock: Clock,
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
    /// The date names no time zone, or none that anybody knows.
    NoZone,
    /// The date is more than a day ahead of the time of this analysis.
    InTheFuture,
}

/// A date this many seconds ahead of now is wrong, whatever the time zones.
const DAY: i64 = 24 * 60 * 60;

/// Reads the route from the trace fields as they stand in the header, newest on top, each with its place. `now` is the time of the
/// analysis in seconds since 1970 UTC, where it is known.
#[must_use]
pub fn read(lines: Vec<(Span, Line)>, now: Option<i64>, own: &Own) -> Route {
    let strata = strata::lines(&lines);
    let received = lines.into_iter().rev().filter_map(|(span, line)| match line {
        Line::Received(received) => Some((span, *received)),
        Line::Trace(..) => None,
    });
    let mut hops: Vec<Hop> = received.map(|(span, received)| hop(span, received, now)).collect();
    let hosts = hosts::find(&mut hops);
    handover::check(&mut hops, &hosts);
    let stations = stations::group(&hops);
    clocks::read(&mut hops, &stations);
    let boundary = boundary::find(&hops, &hosts, own);
    let strata = strata::assign(strata, &hops, &hosts);
    let way = circle::Way { hops: &hops, hosts: &hosts, stations: &stations, boundary: boundary.as_ref() };
    let circle = circle::find(&way, &strata);
    Route { hops, hosts, stations, boundary, strata, circle }
}

fn hop(span: Span, received: Received, now: Option<i64>) -> Hop {
    Hop {
        span,
        kind: Kind::of(&received),
        encryption: Encryption::of(&received),
        from_host: None,
        by_host: None,
        handover: Handover::Unknown,
        clock: Clock::default(),
        notes: notes(&received, now),
        received,
    }
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
        (Some(date), _) if date.utc_offset_minutes.is_none() => notes.push(Note::NoZone),
        (Some(_), _) => {}
    }
    notes
}
