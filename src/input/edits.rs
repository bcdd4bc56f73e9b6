//! Changes to a text on the way to reading it: stretches that are taken out, put in or replaced.

use std::borrow::Cow;

use crate::text::{Reading, Rewriting, Span};

/// A stretch, and what is read in its place.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The stretch; an empty one is a place where something is put in.
    pub span: Span,
    /// What is read there.
    pub with: Cow<'static, [u8]>,
}

impl Edit {
    /// Takes a stretch out.
    pub const fn delete(span: Span) -> Self {
        Self { span, with: Cow::Borrowed(b"") }
    }

    /// Puts something in the place of a stretch.
    pub const fn replace(span: Span, with: &'static [u8]) -> Self {
        Self { span, with: Cow::Borrowed(with) }
    }
}

/// The text with the edits made. They stand in the order of the text and do not overlap.
pub fn apply<'a>(text: &Reading<'a>, edits: &[Edit]) -> Reading<'a> {
    let mut rewriting = Rewriting::of(text);
    let mut reached = 0;
    for edit in edits {
        rewriting.keep(Span::new(reached, edit.span.start));
        rewriting.put(&edit.with, edit.span);
        reached = edit.span.end;
    }
    rewriting.keep(Span::new(reached, text.bytes().len()));
    rewriting.finish()
}

/// Where places of a text went when the edits were made.
#[derive(Debug)]
pub struct Moves {
    /// For each edit: where it ends in the old text, and in the new.
    ends: Vec<(usize, usize)>,
}

impl Moves {
    /// The moves that these edits make.
    pub fn of(edits: &[Edit]) -> Self {
        let mut new_end = 0;
        let mut old_end = 0;
        let moved = edits.iter().map(|edit| {
            new_end += edit.span.start - old_end + edit.with.len();
            old_end = edit.span.end;
            (old_end, new_end)
        });
        Self { ends: moved.collect() }
    }

    /// A stretch in the new text. Its ends must not lie within an edit or at one.
    pub fn span(&self, span: Span) -> Span {
        Span::new(self.place(span.start), self.place(span.end))
    }

    fn place(&self, old: usize) -> usize {
        let before = self.ends.partition_point(|(end, _)| *end <= old);
        match before.checked_sub(1).and_then(|last| self.ends.get(last)) {
            Some((old_end, new_end)) => new_end + (old - old_end),
            None => old,
        }
    }
}
