//! The parts of a Received line: their names, their values, and the pieces of the line that they cover.

use std::ops::Range;

use crate::report::{Hop, Scope, Span, duration, routes};

/// One part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'h> {
    /// What it is called.
    pub label: &'static str,
    /// What it says; several values where the line names several recipients.
    pub values: Vec<&'h str>,
    /// What there is to say besides.
    pub beside: Option<String>,
    /// Where it stands in the text; absent where that is not known.
    pub span: Option<Span>,
}

/// More recipients than this are counted, not shown.
const SHOWN: usize = 20;

/// The parts that a line says, in the usual order: 16 at most.
pub fn parts<'h>(hop: &'h Hop) -> Vec<Part<'h>> {
    let at = &hop.parts;
    let mut parts = Vec::new();
    let mut add = |label, value: &'h Option<String>, span, beside: Option<&str>| {
        if let Some(value) = value {
            // Only the envelope sender can be empty: the null reverse-path.
            let value = if value.is_empty() { "<>" } else { value };
            parts.push(Part { label, values: vec![value], beside: beside.map(str::to_owned), span });
        }
    };
    let reach = |scope: Option<Scope>| scope.and_then(routes::scope);
    if at.from_token.is_some() && at.from_token == at.helo {
        add("From, and greeting (HELO)", &hop.from_token, at.from_token, None);
    } else {
        add("From", &hop.from_token, at.from_token, None);
        add("Greeting (HELO)", &hop.helo, at.helo, None);
    }
    add("Reverse name (DNS)", &hop.rdns, at.rdns, None);
    add("Address", &hop.ip, at.ip, reach(hop.ip_scope));
    add("User there (ident)", &hop.ident, at.ident, None);
    add("By", &hop.by, at.by, None);
    add("Address of that server", &hop.by_ip, at.by_ip, reach(hop.by_ip_scope));
    add("Software", &hop.software, None, None);
    let protocol = hop.protocol.as_deref();
    let written = hop.with.as_deref().unwrap_or_default();
    add("Protocol (with)", &hop.with, at.with, protocol.filter(|name| !name.eq_ignore_ascii_case(written)));
    add("Login", &hop.authenticated, at.authenticated, None);
    add("Link (via)", &hop.via, at.via, None);
    add("Number there (id)", &hop.id, at.id, None);
    add("Envelope sender", &hop.envelope_from, at.envelope_from, None);
    if let Some(tls) = &hop.tls {
        let values = [&tls.version, &tls.cipher].into_iter().flatten().map(String::as_str).collect();
        let beside = tls.bits.map(|bits| format!("{bits} bits"));
        parts.push(Part { label: "Encryption (TLS)", values, beside, span: None });
    }
    if !hop.recipients.is_empty() {
        let label = if hop.recipients.len() > 1 { "Recipients (for)" } else { "Recipient (for)" };
        let further = hop.recipients.len().saturating_sub(SHOWN);
        let values = hop.recipients.iter().take(SHOWN).map(String::as_str).collect();
        let beside = (further > 0).then(|| format!("and {further} more"));
        parts.push(Part { label, values, beside, span: at.recipient });
    }
    if let Some(date) = &hop.date_raw {
        let beside = hop.epoch.map(|epoch| format!("{} UTC", duration::utc(epoch)));
        parts.push(Part { label: "Date", values: vec![date], beside, span: at.date_raw });
    }
    parts
}

/// A stretch of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'h> {
    /// What stands there.
    pub text: &'h str,
    /// The parts that cover it: of the part at place `n`, the bit `1 << n`.
    pub parts: u32,
}

/// The first `length` bytes of the line in pieces. Parts can share letters; one whose place does not fit covers nothing.
pub fn pieces<'h>(hop: &'h Hop, parts: &[Part<'_>], length: usize) -> Vec<Piece<'h>> {
    let line = hop.raw.get(..length.min(faithful(hop))).unwrap_or_default();
    let ranges: Vec<Range<usize>> =
        parts.iter().map(|part| range_in(line, hop.span[0], part).unwrap_or_default()).collect();
    let mut pieces = Vec::new();
    let mut start = 0;
    while start < length {
        let (mut end, mut covering) = (length, 0);
        for (nth, range) in ranges.iter().enumerate() {
            for cut in [range.start, range.end] {
                if cut > start {
                    end = end.min(cut);
                }
            }
            if range.contains(&start) {
                covering |= 1 << nth;
            }
        }
        pieces.push(Piece { text: hop.raw.get(start..end).unwrap_or_default(), parts: covering });
        start = end;
    }
    pieces
}

fn range_in(line: &str, start: usize, part: &Part<'_>) -> Option<Range<usize>> {
    let [first, end] = part.span?;
    let range = first.checked_sub(start)?..end.checked_sub(start)?;
    line.get(range.clone()).map(|_| range)
}

/// So many bytes of [`Hop::raw`] stand where they stand in the text. Bytes that are not UTF-8 show as U+FFFD, which has another length, and
/// so the places behind them are not known.
fn faithful(hop: &Hop) -> usize {
    if hop.span[1].checked_sub(hop.span[0]) == Some(hop.raw.len()) {
        return hop.raw.len();
    }
    hop.raw.find('\u{fffd}').unwrap_or_default()
}
