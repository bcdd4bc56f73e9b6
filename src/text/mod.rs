//! The text as it was handed in: its bytes, the places in it (spans) and its lines.
//!
//! Everything that Hopscope claims points at a [`Span`] of a [`Source`]. A source is never changed.

pub mod duration;
mod lines;
mod reading;

use std::borrow::Cow;

pub use lines::{Line, line_at, lines};
pub use reading::{Reading, Rewriting};

/// A stretch of a source: byte offsets from its start, `end` not included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset behind the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` to `end`; one that would end before it starts is empty.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        let end = if end < start { start } else { end };
        Self { start, end }
    }

    /// Whether nothing lies in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// How many bytes lie in it.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// The same stretch, `offset` bytes further on.
    #[must_use]
    pub const fn shifted(self, offset: usize) -> Self {
        Self::new(self.start + offset, self.end + offset)
    }
}

/// One text that was handed in, with an index of its lines. Borrowed, so that 100 MB are not copied.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    name: Option<&'a str>,
    bytes: &'a [u8],
    line_starts: Vec<usize>,
}

impl<'a> Source<'a> {
    /// Indexes the lines of `bytes`. A line ends with LF, CR LF or CR. `name` is the file's name, absent for pasted text.
    #[must_use]
    pub fn new(name: Option<&'a str>, bytes: &'a [u8]) -> Self {
        let is_end = |(offset, byte): &(usize, &u8)| {
            **byte == b'\n' || (**byte == b'\r' && bytes.get(offset + 1) != Some(&b'\n'))
        };
        let ends = bytes.iter().enumerate().filter(is_end);
        let mut line_starts: Vec<usize> =
            std::iter::once(0).chain(ends.map(|(offset, _)| offset + 1)).collect();
        if line_starts.len() > 1 && line_starts.last() == Some(&bytes.len()) {
            line_starts.pop();
        }
        Self { name, bytes, line_starts }
    }

    /// The file's name; absent for pasted text.
    #[must_use]
    pub const fn name(&self) -> Option<&'a str> {
        self.name
    }

    /// All bytes, as they were handed in.
    #[must_use]
    pub const fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The bytes of a span; empty where the span lies outside.
    #[must_use]
    pub fn slice(&self, span: Span) -> &'a [u8] {
        self.bytes.get(span.start..span.end).unwrap_or_default()
    }

    /// The text of a span. Bytes that are not UTF-8 show as U+FFFD.
    #[must_use]
    pub fn text(&self, span: Span) -> Cow<'a, str> {
        String::from_utf8_lossy(self.slice(span))
    }

    /// How many lines there are; at least one, also for an empty text.
    #[must_use]
    pub const fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// The number of the line in which `offset` lies; the first line is 1.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset).max(1)
    }

    /// First and last line of a span; an empty span has one line.
    #[must_use]
    pub fn lines_of(&self, span: Span) -> (usize, usize) {
        let last = span.end.saturating_sub(1).max(span.start);
        (self.line_of(span.start), self.line_of(last))
    }

    /// Where line `number` (from 1) lies, without its line end; absent where there is no such line.
    #[must_use]
    pub fn line(&self, number: usize) -> Option<Span> {
        let start = *self.line_starts.get(number.checked_sub(1)?)?;
        let next = self.line_starts.get(number).copied().unwrap_or(self.bytes.len());
        Some(trim_line_end(self.bytes, Span::new(start, next)))
    }
}

/// The span without the line end that closes it, if one does.
pub(crate) fn trim_line_end(bytes: &[u8], span: Span) -> Span {
    let body = bytes.get(span.start..span.end).unwrap_or_default();
    let body = body.strip_suffix(b"\n").unwrap_or(body);
    let body = body.strip_suffix(b"\r").unwrap_or(body);
    Span::new(span.start, span.start + body.len())
}
