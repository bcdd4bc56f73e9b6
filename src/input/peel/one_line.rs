//! A header on one line: chats and forms make one line of everything that is pasted into them.

use std::borrow::Cow;

use super::{Peeling, in_zone};
use crate::header::is_known;
use crate::input::RepairKind;
use crate::input::edits::Edit;
use crate::text::{Span, lines};

/// Finds lines in which several fields stand one behind the other, and breaks them before each.
pub(super) fn find(text: &[u8], zone: Option<Span>) -> Option<Peeling> {
    let (start, header) = in_zone(text, zone);
    let mut found = Peeling::default();
    for line in lines(header, 0) {
        let content = header.get(line.span.start..line.span.end).unwrap_or_default();
        let places = fields_in(content);
        if is_more_than_words(content, &places) {
            let span = line.span.shifted(start);
            found.repairs.push((RepairKind::OneLine, span));
            found.edits.extend(places.into_iter().map(|place| Edit {
                span: Span::new(span.start + place - 1, span.start + place),
                with: Cow::Borrowed(b"\n"),
            }));
        }
    }
    (!found.edits.is_empty()).then_some(found)
}

/// Whether names in a line are those of fields. A subject may speak of one, such as `Re: From: the office`; a trace field within another
/// leaves no doubt.
fn is_more_than_words(line: &[u8], places: &[usize]) -> bool {
    const TRACE: [&[u8]; 3] = [b"Received: from ", b"Received: by ", b"Received: ("];
    let is_trace = |place: &usize| {
        line.get(*place..).is_some_and(|rest| TRACE.iter().any(|start| rest.starts_with(start)))
    };
    places.len() >= 3 || places.iter().any(is_trace)
}

/// Where ` Name: ` stands in a line: a name in use, or one with a hyphen. A name right behind another, as in `h=From: To: Subject` of a
/// signature, is a word of a list.
fn fields_in(line: &[u8]) -> Vec<usize> {
    let mut places = Vec::new();
    let mut word_start = 0;
    for (place, pair) in line.windows(2).enumerate() {
        let (byte, next) = match pair {
            [byte, next] => (*byte, *next),
            _ => break,
        };
        if matches!(byte, b' ' | b'\t') {
            if !matches!(next, b' ' | b'\t') {
                word_start = place + 1;
            }
            continue;
        }
        let name = line.get(word_start..place).unwrap_or_default();
        if byte == b':' && matches!(next, b' ' | b'\t') && word_start > 0 && is_name(name) {
            let before = line.get(..word_start).unwrap_or_default().trim_ascii_end().last();
            if before.is_some_and(|byte| *byte != b':') {
                places.push(word_start);
            }
        }
    }
    places
}

fn is_name(word: &[u8]) -> bool {
    let is_plain = word.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let starts_well = word.first().is_some_and(u8::is_ascii_uppercase);
    is_plain && starts_well && (is_known(word) || (word.len() > 3 && word.contains(&b'-')))
}
