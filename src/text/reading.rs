//! A text as it is read, with its wrapping taken off, and where each stretch of it stands in the source.
//!
//! A quoted header is read without its `> `, a quoted-printable one with `=3D` as `=`. The source stays as it is; a [`Reading`] knows
//! for each of its own bytes where that came from.

use std::borrow::Cow;
use std::rc::Rc;

use super::{Source, Span};

/// Bytes to read, and the way back from them to the source.
#[derive(Clone, Debug)]
pub struct Reading<'a> {
    bytes: Cow<'a, [u8]>,
    /// Where the first byte stands in what was read before any rewriting.
    base: usize,
    /// One for each rewriting, the last one first.
    maps: Vec<Rc<Map>>,
}

/// The pieces of which a rewritten text is made, in its order.
#[derive(Debug, Default)]
struct Map {
    pieces: Vec<Piece>,
    length: usize,
}

/// A stretch that was kept as it was, or put in place of another.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Where it starts in the rewritten text. It ends where the next one starts.
    at: usize,
    /// What it was before.
    from: Span,
}

impl<'a> Reading<'a> {
    /// A stretch of a source, read as it stands.
    #[must_use]
    pub fn of(source: &Source<'a>, span: Span) -> Self {
        Self { bytes: Cow::Borrowed(source.slice(span)), base: span.start, maps: Vec::new() }
    }

    /// The bytes to read.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// All of it.
    #[must_use]
    pub fn span(&self) -> Span {
        Span::new(0, self.bytes.len())
    }

    /// The bytes of a stretch; empty where it lies outside.
    #[must_use]
    pub fn slice(&self, span: Span) -> &[u8] {
        self.bytes.get(span.start..span.end).unwrap_or_default()
    }

    /// The bytes of a stretch, for as long as the source lives where nothing was rewritten.
    #[must_use]
    pub fn shared(&self, span: Span) -> Cow<'a, [u8]> {
        match &self.bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(bytes.get(span.start..span.end).unwrap_or_default()),
            Cow::Owned(_) => Cow::Owned(self.slice(span).to_vec()),
        }
    }

    /// A stretch of it as a reading of its own.
    #[must_use]
    pub fn part(&self, span: Span) -> Self {
        match &self.bytes {
            Cow::Borrowed(_) => {
                Self { bytes: self.shared(span), base: self.base + span.start, maps: self.maps.clone() }
            }
            Cow::Owned(_) => {
                let mut part = Rewriting::of(self);
                part.keep(span);
                part.finish()
            }
        }
    }

    /// Where a stretch stands in the source. What was put in place of something leads to all of what it replaces.
    #[must_use]
    pub fn place(&self, span: Span) -> Span {
        self.maps.iter().fold(span, |span, map| map.before(span)).shifted(self.base)
    }
}

impl Map {
    fn before(&self, span: Span) -> Span {
        let start = self.piece(span.start).map_or(0, |(piece, length)| {
            let inside = span.start - piece.at;
            if length == piece.from.len() { piece.from.start + inside.min(length) } else { piece.from.start }
        });
        if span.is_empty() {
            return Span::new(start, start);
        }
        let end = self.piece(span.end - 1).map_or(start, |(piece, length)| {
            let inside = span.end - piece.at;
            if length == piece.from.len() { piece.from.start + inside.min(length) } else { piece.from.end }
        });
        Span::new(start, end)
    }

    /// The piece in which an offset lies, and its length.
    fn piece(&self, offset: usize) -> Option<(Piece, usize)> {
        let next = self.pieces.partition_point(|piece| piece.at <= offset);
        let piece = *self.pieces.get(next.checked_sub(1)?)?;
        let end = self.pieces.get(next).map_or(self.length, |piece| piece.at);
        Some((piece, end - piece.at))
    }
}

/// Makes one reading out of another, from its start to its end.
#[derive(Debug)]
pub struct Rewriting<'r, 'a> {
    old: &'r Reading<'a>,
    bytes: Vec<u8>,
    map: Map,
}

impl<'r, 'a> Rewriting<'r, 'a> {
    /// Starts with nothing.
    #[must_use]
    pub fn of(old: &'r Reading<'a>) -> Self {
        Self { old, bytes: Vec::new(), map: Map::default() }
    }

    /// Takes a stretch as it is.
    pub fn keep(&mut self, span: Span) {
        let kept = self.old.slice(span);
        let goes_on = self.map.pieces.last().is_some_and(|last| {
            last.from.end == span.start
                && self.bytes.len() - last.at == last.from.len()
                && !last.from.is_empty()
        });
        match self.map.pieces.last_mut() {
            Some(last) if goes_on => last.from.end = span.start + kept.len(),
            _ if kept.is_empty() => {}
            _ => self
                .map
                .pieces
                .push(Piece { at: self.bytes.len(), from: Span::new(span.start, span.start + kept.len()) }),
        }
        self.bytes.extend_from_slice(kept);
    }

    /// Puts other bytes in the place of a stretch; an empty stretch is a place where nothing stood.
    pub fn put(&mut self, bytes: &[u8], from: Span) {
        if !bytes.is_empty() {
            self.map.pieces.push(Piece { at: self.bytes.len(), from });
            self.bytes.extend_from_slice(bytes);
        }
    }

    /// What was taken so far.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The new reading.
    #[must_use]
    pub fn finish(self) -> Reading<'a> {
        let map = Map { length: self.bytes.len(), ..self.map };
        let maps = std::iter::once(Rc::new(map)).chain(self.old.maps.iter().cloned()).collect();
        Reading { bytes: Cow::Owned(self.bytes), base: self.old.base, maps }
    }
}
