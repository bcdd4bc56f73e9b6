//! The header of one message: its fields in the order they stand, each with its place in the source.
//!
//! mail-parser splits (RFC 5322 section 2.2, leniently); what it does not hand out, the places of names and values, is worked out
//! here. Which fields exist, and what they mean, does not matter in this room.

use std::borrow::Cow;

use mail_parser::{Header as Parsed, HeaderName, HeaderValue, MessageParser, parsers::MessageStream};

use crate::text::{Source, Span, trim_line_end};

/// One header field, as spans of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// From the first letter of the name to the end of the last line, without the line end.
    pub span: Span,
    /// The name, without the colon and without blanks before it.
    pub name: Span,
    /// What stands behind the colon, folds included, without blanks at either end.
    pub value: Span,
}

impl Field {
    /// Whether the field has this name; names know no case (RFC 5322 section 1.2.2).
    #[must_use]
    pub fn is_named(&self, source: &Source<'_>, name: &str) -> bool {
        source.slice(self.name).eq_ignore_ascii_case(name.as_bytes())
    }

    /// The value on one line: line ends are taken out, the blanks that made the fold stay (RFC 5322 section 2.2.3).
    #[must_use]
    pub fn unfolded<'a>(&self, source: &Source<'a>) -> Cow<'a, str> {
        let text = source.text(self.value);
        if text.contains(['\r', '\n']) { Cow::Owned(text.replace(['\r', '\n'], "")) } else { text }
    }

    /// The value as a person reads it: unfolded, encoded words (RFC 2047) decoded. A charset that is not known is read as
    /// UTF-8.
    #[must_use]
    pub fn decoded<'a>(&self, source: &Source<'a>) -> Cow<'a, str> {
        let unfolded = self.unfolded(source);
        if !unfolded.contains("=?") {
            return unfolded;
        }
        // mail-parser takes a value for complete at its line end only.
        let line = format!("{unfolded}\n");
        match MessageStream::new(line.as_bytes()).parse_unstructured() {
            HeaderValue::Text(text) => Cow::Owned(text.into_owned()),
            _ => unfolded,
        }
    }
}

/// The header of one message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// The fields, topmost first.
    pub fields: Vec<Field>,
    /// Lines among the fields that belong to none of them, because they have no colon or blanks in their name; one span each.
    pub stray: Vec<Span>,
    /// Offset behind the blank line that closes the header; the end of the text where none does.
    pub end: usize,
}

impl Header {
    /// Reads the header that starts at `start` and ends at the first blank line or with the text.
    #[must_use]
    pub fn parse(source: &Source<'_>, start: usize) -> Self {
        let text = with_line_feeds(source.bytes().get(start..).unwrap_or_default());
        let mut stream = MessageStream::new(&text);
        let mut parsed = Vec::new();
        // Values are read later, by those who know the field; here they are only skipped. Without any entry mail-parser would read
        // them by its own rules, so one field is named; it might be any.
        let skip_values = MessageParser::new().ignore_header(HeaderName::Received).default_header_ignore();
        stream.parse_headers(&skip_values, &mut parsed);
        let fields: Vec<Field> = parsed.iter().filter_map(|header| locate(source, start, header)).collect();
        let end = start + stream.offset();
        let stray = stray_lines(source, Span::new(start, end), &fields);
        Self { fields, stray, end }
    }

    /// The fields of this name, topmost first.
    pub fn named<'h>(&'h self, source: &'h Source<'_>, name: &'h str) -> impl Iterator<Item = &'h Field> {
        self.fields.iter().filter(move |field| field.is_named(source, name))
    }

    /// The topmost field of this name.
    #[must_use]
    pub fn first<'h>(&'h self, source: &'h Source<'_>, name: &'h str) -> Option<&'h Field> {
        self.named(source, name).next()
    }
}

/// A text whose lines end with CR alone (classic Mac OS), with LF in their place, which is all that mail-parser knows. No byte moves.
fn with_line_feeds(text: &[u8]) -> Cow<'_, [u8]> {
    if text.contains(&b'\n') || !text.contains(&b'\r') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect())
}

/// The places of one field; mail-parser counts from the start of its own slice. Absent for what is no field: the last line of a text
/// without a colon, and a name with blanks in it (RFC 5322 section 2.2), which is a line that lost its indent or a sentence.
fn locate(source: &Source<'_>, base: usize, header: &Parsed<'_>) -> Option<Field> {
    let place = |from: u32, to: u32| Span::new(from as usize, to as usize).shifted(base);
    let span = trim_line_end(source.bytes(), place(header.offset_field, header.offset_end));
    let name = place(header.offset_field, header.offset_start.saturating_sub(1));
    let value = Span::new(header.offset_start as usize + base, span.end);
    let name = trimmed(source, name);
    let has_colon = source.slice(Span::new(value.start.saturating_sub(1), value.start)) == b":";
    let is_name = !source.slice(name).iter().any(u8::is_ascii_whitespace);
    (has_colon && is_name).then(|| Field { span, name, value: trimmed(source, value) })
}

/// The span without ASCII blanks and line ends at either end.
fn trimmed(source: &Source<'_>, span: Span) -> Span {
    let bytes = source.slice(span);
    let left = bytes.len() - bytes.trim_ascii_start().len();
    let kept = bytes.trim_ascii().len();
    Span::new(span.start + left, span.start + left + kept)
}

/// The lines between the fields that are not blank.
fn stray_lines(source: &Source<'_>, header: Span, fields: &[Field]) -> Vec<Span> {
    let mut stray = Vec::new();
    let mut reached = header.start;
    let ends = fields.iter().map(|field| field.span).chain([Span::new(header.end, header.end)]);
    for field in ends {
        let mut start = reached;
        for line in source
            .slice(Span::new(reached, field.start))
            .split_inclusive(|byte| matches!(byte, b'\n' | b'\r'))
        {
            let line = Span::new(start, start + line.len());
            start = line.end;
            let kept = trimmed(source, line);
            if !kept.is_empty() {
                stray.push(kept);
            }
        }
        reached = field.end;
    }
    stray
}
