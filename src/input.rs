//! What was handed in: which messages the text holds, in which form, and what had to be set right to read them.
//!
//! A repair never rewrites the text; it says where reading started or what was passed over.

use crate::header::Header;
use crate::text::{Source, Span};

/// The wrapping in which a message came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Header fields, and nothing behind them.
    Headers,
    /// A header with its body.
    Message,
}

/// What had to be set right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepairKind {
    /// The text starts with the mark U+FEFF, which editors put there.
    ByteOrderMark,
    /// Empty lines stand above the header.
    LeadingBlankLines,
    /// The text starts with the line `From sender date` that separates messages in an mbox file (RFC 4155).
    MboxSeparator,
    /// A line among the fields is not part of any: it has no colon.
    StrayLine,
}

/// One repair and the place it concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repair {
    /// What it was.
    pub kind: RepairKind,
    /// Where.
    pub span: Span,
}

/// One message found in a source.
#[derive(Clone, Debug)]
pub struct Item {
    /// The wrapping it came in.
    pub form: Form,
    /// From its first field to the end of its body.
    pub span: Span,
    /// Its header.
    pub header: Header,
    /// What stands behind the header, absent where nothing does.
    pub body: Option<Span>,
    /// How many lines of the body start like a Received field: those of an attached or returned message, or a header that a blank
    /// line cut in two.
    pub received_in_body: usize,
    /// What had to be set right, in the order of the text.
    pub repairs: Vec<Repair>,
}

/// Fields of which at least one must be there for a text to count as a mail header. Prose with a colon has none of them.
const TELLING_FIELDS: [&str; 14] = [
    "Received",
    "Return-Path",
    "Delivered-To",
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Reply-To",
    "MIME-Version",
    "Content-Type",
    "DKIM-Signature",
    "Authentication-Results",
    "X-Received",
];

/// Finds the messages of a source. None is found where the text is no mail header.
#[must_use]
pub fn read(source: &Source<'_>) -> Vec<Item> {
    let mut repairs = Vec::new();
    let start = start_of_header(source, &mut repairs);
    let header = Header::parse(source, start);
    if !TELLING_FIELDS.iter().any(|name| header.first(source, name).is_some()) {
        return Vec::new();
    }
    repairs.extend(header.stray.iter().map(|span| Repair { kind: RepairKind::StrayLine, span: *span }));
    let rest = Span::new(header.end, source.bytes().len());
    let body = (!source.slice(rest).trim_ascii().is_empty()).then_some(rest);
    let form = if body.is_some() { Form::Message } else { Form::Headers };
    let received_in_body = body.map_or(0, |body| received_lines(source.slice(body)));
    vec![Item { form, span: Span::new(start, rest.end), header, body, received_in_body, repairs }]
}

/// How many lines of a text start like a Received field.
fn received_lines(text: &[u8]) -> usize {
    const NAME: &[u8] = b"received:";
    text.split(|byte| matches!(byte, b'\n' | b'\r'))
        .filter(|line| line.get(..NAME.len()).is_some_and(|start| start.eq_ignore_ascii_case(NAME)))
        .count()
}

/// Where the first field starts, behind what editors and mailboxes put above it.
fn start_of_header(source: &Source<'_>, repairs: &mut Vec<Repair>) -> usize {
    type Length = fn(&[u8]) -> usize;
    const PROBES: [(RepairKind, Length); 3] = [
        (RepairKind::ByteOrderMark, byte_order_mark),
        (RepairKind::LeadingBlankLines, blank_lines),
        (RepairKind::MboxSeparator, mbox_separator),
    ];
    let mut start = 0;
    for (kind, length_of) in PROBES {
        let length = length_of(source.bytes().get(start..).unwrap_or_default());
        if length > 0 {
            repairs.push(Repair { kind, span: Span::new(start, start + length) });
        }
        start += length;
    }
    start
}

/// The length of the UTF-8 form of U+FEFF at the start.
fn byte_order_mark(text: &[u8]) -> usize {
    const MARK: &[u8] = b"\xef\xbb\xbf";
    if text.starts_with(MARK) { MARK.len() } else { 0 }
}

/// The length of the empty lines at the start; blanks that indent a first field do not count.
fn blank_lines(text: &[u8]) -> usize {
    let blank = text.len() - text.trim_ascii_start().len();
    let lines = text.get(..blank).unwrap_or_default();
    lines.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |last| last + 1)
}

/// The length of an mbox separator at the start, `From a@example.com Mon Nov  2 09:00:00 2026`, with its line end.
fn mbox_separator(text: &[u8]) -> usize {
    if text.starts_with(b"From ") {
        text.iter().position(|byte| *byte == b'\n').map_or(text.len(), |end| end + 1)
    } else {
        0
    }
}
