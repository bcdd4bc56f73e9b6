//! Through a source from its start to its end: the fields of its headers, and what stands between and below them.

use super::Edit;
use super::body::{Body, Mode};
use super::header::{Claim, claim};
use super::table::Table;
use crate::bounce;
use crate::input::{Container, Item, Opened, read};
use crate::mime::Transfer;
use crate::text::{Source, Span};

/// In what a text stands.
#[derive(Clone, Copy, Debug)]
pub struct Outer {
    /// How words outside of all messages are taken.
    pub mode: Mode,
    /// Within how many encoded parts it stands.
    pub depth: usize,
}

impl Outer {
    /// A text by itself.
    pub const TOP: Self = Self { mode: Mode::Words, depth: 0 };
}

/// The edits of a source, in its order.
pub fn edits(table: &mut Table, source: &Source<'_>, opened: &Opened<'_>, outer: Outer) -> Vec<Edit> {
    if matches!(opened.container, Container::Foreign(_)) {
        return Vec::new();
    }
    let items = read(source, opened);
    let mut stretches = Stretches::of(&items, outer);
    let mut claims: Vec<(Claim, Option<Transfer>)> = Vec::new();
    for item in &items {
        for (nth, field) in item.header.fields().enumerate() {
            let starts = (nth == 0).then_some(Transfer::Plain);
            let named =
                field.is_named("Content-Transfer-Encoding").then(|| crate::mime::named(&field.unfolded()));
            claims.extend(claim(table, source, &field).map(|claim| (claim, named.or(starts))));
        }
    }
    claims.sort_by_key(|(claim, _)| claim.span.start);
    let mut body = Body::new(table, source, outer.depth);
    let mut at = 0;
    for (claim, transfer) in claims {
        if claim.span.start < at {
            continue;
        }
        body.stretch(Span::new(at, claim.span.start), &mut stretches);
        body.edits.extend(claim.edits);
        if let Some(transfer) = transfer {
            body.transfer = transfer;
        }
        at = claim.span.end;
    }
    body.stretch(Span::new(at, source.bytes().len()), &mut stretches);
    body.edits
}

/// Which stretches of a source are the bodies of what, asked from the start to the end.
pub struct Stretches {
    /// The bodies by their starts, the last one first.
    coming: Vec<(Span, Mode)>,
    /// Those that are open, the innermost last.
    open: Vec<(usize, Mode)>,
    outer: Mode,
}

impl Stretches {
    fn of(items: &[Item<'_>], outer: Outer) -> Self {
        let body = |item: &Item<'_>| {
            let start = item.header.span().map_or(item.span.start, |header| header.end);
            let is_report = item.bounce.as_ref().is_some_and(|bounce| bounce.kind != bounce::Kind::AutoReply);
            (Span::new(start, item.span.end), if is_report { Mode::Words } else { Mode::Lines })
        };
        let mut coming: Vec<(Span, Mode)> = items.iter().map(body).collect();
        coming.sort_by_key(|(span, _)| span.start);
        coming.reverse();
        Self { coming, open: Vec::new(), outer: outer.mode }
    }

    /// How the words of the line that starts here are taken.
    pub fn mode_at(&mut self, at: usize) -> Mode {
        while let Some((span, mode)) = self.coming.pop_if(|(span, _)| span.start <= at) {
            self.open.push((span.end, mode));
        }
        while self.open.pop_if(|(end, _)| *end <= at).is_some() {}
        self.open.last().map_or(self.outer, |(_, mode)| *mode)
    }
}
