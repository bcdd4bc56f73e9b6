//! Line ends in letters: `Subject: x\r\nFrom: y`, as programs write a text into a log or a JSON string.

use std::borrow::Cow;

use super::{Peeling, is_known_field};
use crate::input::RepairKind;
use crate::input::edits::Edit;
use crate::text::{Span, lines};

/// What stands for what (RFC 8259 section 7).
const ESCAPES: [(&[u8], &[u8]); 6] =
    [(b"\\r\\n", b"\n"), (b"\\n", b"\n"), (b"\\r", b"\n"), (b"\\t", b"\t"), (b"\\\"", b"\""), (b"\\/", b"/")];

/// Finds lines in which at least two known fields stand behind such line ends.
pub(super) fn find(text: &[u8], zone: Option<Span>) -> Option<Peeling> {
    let start = zone.map_or(0, |zone| zone.start);
    let mut found = Peeling::default();
    for line in lines(text, start).take_while(|line| zone.is_none_or(|zone| line.span.start <= zone.end)) {
        let content = line.content(text);
        let escapes: Vec<(usize, usize, &'static [u8])> = escapes(content).collect();
        let is_end = |escape: &&(usize, usize, &'static [u8])| escape.2 == b"\n";
        let fields = escapes
            .iter()
            .filter(is_end)
            .filter(|(_, end, _)| content.get(*end..).is_some_and(is_known_field));
        if fields.take(2).count() == 2 {
            found.tell_once(RepairKind::OneLine, line.span);
            found.edits.extend(escapes.into_iter().map(|(from, to, with)| Edit {
                span: Span::new(line.span.start + from, line.span.start + to),
                with: Cow::Borrowed(with),
            }));
        }
    }
    (!found.edits.is_empty()).then_some(found)
}

/// Where each escape starts and ends, and what it stands for.
fn escapes(line: &[u8]) -> impl Iterator<Item = (usize, usize, &'static [u8])> + '_ {
    let mut reached = 0;
    let marks = line.iter().enumerate().filter(|(_, byte)| **byte == b'\\').map(|(place, _)| place);
    marks.filter_map(move |place| {
        let rest = line.get(place..).filter(|_| place >= reached)?;
        let (escape, with) = ESCAPES.iter().find(|(escape, _)| rest.starts_with(escape))?;
        reached = place + escape.len();
        Some((place, reached, *with))
    })
}
