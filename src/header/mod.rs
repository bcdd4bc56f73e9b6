//! The header of one message: its fields in the order they stand, each with its place in the source.
//!
//! Which fields exist matters here only as far as it tells a field from a line that lost its indent; what they mean does not.

mod line;
mod names;

use std::borrow::Cow;

use mail_parser::{HeaderValue, parsers::MessageStream};

pub use line::{FieldLine, Separator, field_line, strict_field_line};
pub use names::{is_free_text, is_known, is_telling, singleton};

use crate::text::{Reading, Span};

/// The header of one message.
#[derive(Clone, Debug)]
pub struct Header<'a> {
    reading: Reading<'a>,
    fields: Vec<Places>,
}

/// Where the parts of a field stand in the reading.
#[derive(Clone, Copy, Debug)]
pub struct Places {
    /// From the first letter of the name to the end of the last line, without the line end.
    pub field: Span,
    /// The name, without the colon and without blanks before it.
    pub name: Span,
    /// What stands behind the colon, folds included.
    pub value: Span,
}

/// One header field.
#[derive(Clone, Copy, Debug)]
pub struct Field<'h> {
    reading: &'h Reading<'h>,
    places: Places,
}

impl<'a> Header<'a> {
    /// A header from its parts.
    #[must_use]
    pub const fn new(reading: Reading<'a>, fields: Vec<Places>) -> Self {
        Self { reading, fields }
    }

    /// The fields, topmost first.
    pub fn fields(&self) -> impl DoubleEndedIterator<Item = Field<'_>> + ExactSizeIterator {
        self.fields.iter().map(|places| Field { reading: &self.reading, places: *places })
    }

    /// The fields of this name, topmost first.
    pub fn named<'h>(&'h self, name: &'h str) -> impl Iterator<Item = Field<'h>> {
        self.fields().filter(move |field| field.is_named(name))
    }

    /// The topmost field of this name.
    #[must_use]
    pub fn first(&self, name: &str) -> Option<Field<'_>> {
        self.fields().find(|field| field.is_named(name))
    }

    /// From the first field to the end of the last, in the source; absent where there is no field.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        let (first, last) = (self.fields().next()?, self.fields().next_back()?);
        Some(Span::new(first.span().start, last.span().end))
    }
}

/// The value of a field as text to parse, and the way from its parts to the source.
#[derive(Clone, Debug)]
pub struct Value<'h> {
    /// The text. Line ends are blanks; bytes that are not UTF-8 are U+FFFD.
    pub text: Cow<'h, str>,
    /// For each U+FFFD the offset behind it, and up to there the length of all of them and how many bytes they stand for.
    replaced: Vec<(usize, usize, usize)>,
    reading: &'h Reading<'h>,
    start: usize,
}

impl Value<'_> {
    /// Where a stretch of the text stands in the source.
    #[must_use]
    pub fn place(&self, span: Span) -> Span {
        self.reading.place(Span::new(self.offset(span.start), self.offset(span.end)))
    }

    /// An offset in the text as one in the reading.
    fn offset(&self, at: usize) -> usize {
        let before = self.replaced.partition_point(|(end, ..)| *end <= at);
        let last = before.checked_sub(1).and_then(|last| self.replaced.get(last));
        last.map_or(self.start + at, |(_, width, bytes)| self.start + at + bytes - width)
    }
}

impl<'h> Field<'h> {
    /// Its place in the source, from the first letter of the name to the end of the last line, without the line end.
    #[must_use]
    pub fn span(&self) -> Span {
        self.reading.place(self.places.field)
    }

    /// The field as it is read, from the first letter of its name to its end.
    #[must_use]
    pub fn text(&self) -> &'h [u8] {
        self.reading.slice(self.places.field)
    }

    /// The name, as written, without the colon and without blanks before it.
    #[must_use]
    pub fn name(&self) -> Cow<'h, str> {
        String::from_utf8_lossy(self.reading.slice(self.places.name))
    }

    /// Whether the field has this name; names know no case (RFC 5322 section 1.2.2).
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        self.reading.slice(self.places.name).eq_ignore_ascii_case(name.as_bytes())
    }

    /// The value on one line, without blanks at either end: line ends are taken out, the blanks that made the fold stay (RFC 5322
    /// section 2.2.3). Bytes that are not UTF-8 show as U+FFFD.
    #[must_use]
    pub fn unfolded(&self) -> Cow<'h, str> {
        let value = self.reading.slice(self.places.value).trim_ascii();
        let text = String::from_utf8_lossy(value);
        if text.contains(['\r', '\n']) { Cow::Owned(text.replace(['\r', '\n'], "")) } else { text }
    }

    /// The value with its folds as blanks, so that every part of it can be found again in the source.
    #[must_use]
    pub fn value(&self) -> Value<'h> {
        let bytes = self.reading.slice(self.places.value);
        let mut replaced = Vec::new();
        let mut text = String::from_utf8_lossy(bytes);
        if let Cow::Owned(_) = &text {
            let (mut length, mut widths, mut invalid) = (0, 0, 0);
            for chunk in bytes.utf8_chunks() {
                length += chunk.valid().len();
                if !chunk.invalid().is_empty() {
                    let width = char::REPLACEMENT_CHARACTER.len_utf8();
                    length += width;
                    widths += width;
                    invalid += chunk.invalid().len();
                    replaced.push((length, widths, invalid));
                }
            }
        }
        if text.contains(['\r', '\n']) {
            text = Cow::Owned(text.replace(['\r', '\n'], " "));
        }
        Value { text, replaced, reading: self.reading, start: self.places.value.start }
    }

    /// The value as a person reads it: unfolded, and [`decoded`].
    #[must_use]
    pub fn decoded(&self) -> Cow<'h, str> {
        decoded(self.unfolded())
    }
}

/// An unfolded value with its encoded words (RFC 2047) decoded. A charset that is not known is read as UTF-8.
#[must_use]
pub fn decoded(unfolded: Cow<'_, str>) -> Cow<'_, str> {
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
