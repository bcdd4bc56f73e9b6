//! Trace fields other than Received: what a server on the way added, and which server says so of itself.

mod names;
mod writer;

/// The sort of a trace field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A delivery or the envelope it had: Delivered-To, X-Original-To, Envelope-To, Return-Path.
    Delivery,
    /// Authentication-Results, Received-SPF.
    Authentication,
    /// An ARC set: ARC-Seal, ARC-Message-Signature, ARC-Authentication-Results (RFC 8617).
    Arc,
    /// A signature, or the note of the program that made it: DKIM-Signature, DomainKey-Signature, DKIM-Filter.
    Signature,
    /// The verdict of a filter.
    Filter,
    /// What Exchange notes on the way: `X-MS-Exchange-…`. It puts these lines below those that are there, not on top.
    Exchange,
    /// A mailing list: List-Id and its kin. Most list managers put these lines below those that are there.
    List,
    /// A block that says who sent the message on (RFC 5322 section 3.6.6).
    Resent,
    /// Another mark of the way.
    Other,
}

/// What a trace field says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// Its sort.
    pub sort: Sort,
    /// The server that the field names as its writer, as written; absent where it names none. It is a claim: anybody can write it.
    pub writer: Option<String>,
}

/// Reads a field; absent where it is none that servers add on the way. `value` gives the unfolded value, and is asked for it only where
/// fields of this name tell their writer.
#[must_use]
pub fn parse_trace<V: AsRef<str>>(name: &str, value: impl FnOnce() -> V) -> Option<Trace> {
    let name = name.to_ascii_lowercase();
    let sort = names::sort(&name)?;
    let writer = writer::form(&name).and_then(|form| writer::parse_writer(form, value().as_ref()));
    Some(Trace { sort, writer })
}
