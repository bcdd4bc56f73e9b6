//! Quoted-printable (RFC 2045 section 6.7), as the source of a mail shows a header that stands in its text: `version=3DTLS1_2`, and lines
//! cut with a `=` at their end.

use std::borrow::Cow;

use super::{Peeling, in_zone};
use crate::header::field_line;
use crate::input::RepairKind;
use crate::input::edits::Edit;
use crate::mime::escaped;
use crate::text::{Span, line_at};

/// Finds the encoding: every `=` of the fields is an escape or stands at a line's end, and at least one `=` itself is escaped or one
/// line is cut within a field. A header as it is has `=` of other kinds, as in `with cipher=…` or `d=example.com`.
pub(super) fn find(text: &[u8], zone: Option<Span>) -> Option<Peeling> {
    zone?;
    let (start, header) = in_zone(text, zone);
    let signs = escapes(header).try_fold((0, 0), |(escaped, cuts), escape| match escape {
        Escape::Byte(_, byte) => Some((escaped + usize::from(byte == b'='), cuts)),
        Escape::Cut(span) => {
            let next = header.get(span.end..).unwrap_or_default();
            let is_field = line_at(next, 0).is_none_or(|line| field_line(line.content(next)).is_some());
            let is_indented = next.first().is_none_or(u8::is_ascii_whitespace);
            let goes_on = !is_field && (!is_indented || is_full(header, span));
            Some((escaped, cuts + usize::from(goes_on)))
        }
        Escape::None => None,
    });
    let (escaped, cuts) = signs?;
    if escaped == 0 && cuts == 0 {
        return None;
    }
    // The rest of the text is encoded the same way, and decoded too: returned headers may stand there.
    let rest = text.get(start..).unwrap_or_default();
    let edits = escapes(rest).filter_map(|escape| match escape {
        Escape::Byte(span, byte) => Some(Edit { span: span.shifted(start), with: Cow::Owned(vec![byte]) }),
        Escape::Cut(span) => Some(Edit::delete(span.shifted(start))),
        Escape::None => None,
    });
    Some(Peeling {
        edits: edits.collect(),
        repairs: vec![(RepairKind::QuotedPrintable, Span::new(start, text.len()))],
    })
}

/// Whether a line is as long as encoders make them, at most 76 bytes with the `=`: `… Sat, 14 Nov 2026 03:11:54=` may be cut before a
/// blank, while a shorter line that ends so is a value folded behind its last letter.
fn is_full(text: &[u8], cut: Span) -> bool {
    let before = text.get(cut.start.saturating_sub(76)..cut.start).unwrap_or_default();
    let length = before.iter().rev().take_while(|byte| **byte != b'\n').count();
    (70..76).contains(&length)
}

enum Escape {
    /// `=3D`, and the byte that it stands for.
    Byte(Span, u8),
    /// `=` and a line end.
    Cut(Span),
    /// A `=` that is neither.
    None,
}

/// Every `=` of a text.
fn escapes(text: &[u8]) -> impl Iterator<Item = Escape> + '_ {
    let signs = text.iter().enumerate().filter(|(_, byte)| **byte == b'=').map(|(place, _)| place);
    signs.map(|place| {
        if let Some(byte) = escaped(text, place) {
            return Escape::Byte(Span::new(place, place + 3), byte);
        }
        match text.get(place + 1..).unwrap_or_default() {
            [b'\r', b'\n', ..] => Escape::Cut(Span::new(place, place + 3)),
            [b'\n' | b'\r', ..] => Escape::Cut(Span::new(place, place + 2)),
            [] => Escape::Cut(Span::new(place, place + 1)),
            _ => Escape::None,
        }
    })
}
