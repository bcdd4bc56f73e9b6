//! A header on one line: chats, forms and cells of tables make one line of everything that is pasted into them.

use std::borrow::Cow;

use super::{Peeling, in_zone};
use crate::header::{field_line, is_free_text, is_known};
use crate::input::RepairKind;
use crate::input::edits::Edit;
use crate::text::{Span, lines};

/// Finds lines in which several fields stand one behind the other, and breaks them before each.
pub(super) fn find(text: &[u8], zone: Option<Span>) -> Option<Peeling> {
    let (start, header) = in_zone(text, zone);
    let mut found = Peeling::default();
    for line in lines(header, 0) {
        let content = line.content(header);
        let fields = fields_in(content);
        if is_more_than_words(content, &fields) {
            let span = line.span.shifted(start);
            found.tell_once(RepairKind::OneLine, span);
            found.edits.extend(fields.into_iter().map(|field| Edit {
                span: Span::new(span.start + field.end_above, span.start + field.start),
                with: Cow::Borrowed(b"\n"),
            }));
        }
    }
    (!found.edits.is_empty()).then_some(found)
}

/// A field within a line.
#[derive(Clone, Copy, Debug)]
struct Inner {
    /// Where what stands before it ends: at the blank, or at the name where there is none.
    end_above: usize,
    /// Where its name starts.
    start: usize,
}

/// Whether names in a line are those of fields. A subject may speak of one, such as `Re: From: the office`; a trace field within another
/// leaves no doubt, but in a subject.
fn is_more_than_words(line: &[u8], fields: &[Inner]) -> bool {
    let is_written =
        field_line(line).is_some_and(|found| line.get(..found.name.end).is_some_and(is_free_text));
    fields.len() >= 3 || (!is_written && fields.iter().any(|field| is_trace_start(line, field.start)))
}

/// `Received: from `, `Received: by `, `Received: (`
fn is_trace_start(line: &[u8], start: usize) -> bool {
    const STARTS: [&[u8]; 3] = [b"Received: from ", b"Received: by ", b"Received: ("];
    line.get(start..).is_some_and(|rest| STARTS.iter().any(|start| rest.starts_with(start)))
}

/// Where ` Name: ` stands in a line: a name in use, or one with a hyphen. Where the line ends were taken out and nothing was put in their
/// place, a name in use may stand right behind a value. A name right behind another, as in `h=From: To: Subject` of a signature, is a word
/// of a list.
fn fields_in(line: &[u8]) -> Vec<Inner> {
    let mut fields = Vec::new();
    let mut glued = Vec::new();
    let mut word = 0;
    for (place, byte) in line.iter().enumerate() {
        let is_blank = |at: usize| line.get(at).is_none_or(|byte| matches!(byte, b' ' | b'\t'));
        if is_blank(place) {
            word = place + 1;
        } else if *byte == b':' && is_blank(place + 1) && word < place {
            let name = line.get(word..place).unwrap_or_default();
            let above = line.get(..word).unwrap_or_default().trim_ascii_end().last();
            if is_name(name) {
                let is_field = above.is_some_and(|byte| *byte != b':');
                fields.extend(is_field.then_some(Inner { end_above: word.saturating_sub(1), start: word }));
            } else if let Some(length) = known_end(name) {
                glued.push(Inner { end_above: place - length, start: place - length });
            }
        }
    }
    // Words with a colon are many; a trace field that starts within a word is not to be mistaken.
    if glued.iter().any(|field| is_trace_start(line, field.start)) {
        fields.extend(glued);
        fields.sort_by_key(|field| field.start);
    }
    fields
}

fn is_name(word: &[u8]) -> bool {
    let is_plain = word.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let starts_well = word.first().is_some_and(u8::is_ascii_uppercase);
    is_plain && starts_well && (is_known(word) || (word.len() > 3 && word.contains(&b'-')))
}

/// The length of the longest name in use at the end of a word, as in `<ann@example.org>Subject`.
fn known_end(word: &[u8]) -> Option<usize> {
    let longest = word.len().saturating_sub(1).min(LONGEST_KNOWN);
    (2..=longest).rev().find(|length| {
        let start = word.len() - length;
        let name = word.get(start..).unwrap_or_default();
        let above = word.get(start.saturating_sub(1));
        name.first().is_some_and(u8::is_ascii_uppercase) && above != Some(&b'-') && is_known(name)
    })
}

/// Names in use are not longer.
const LONGEST_KNOWN: usize = 40;
