//! Letters that cannot be seen, or look like others: web pages and word processors put them into what is copied from them.

use super::{Peeling, in_zone};
use crate::header::{field_line, is_free_text};
use crate::input::RepairKind;
use crate::input::edits::Edit;
use crate::text::{Line, Span, lines};

/// What stands for a letter: its bytes in UTF-8, what is read in its place, and what is told of it.
type Letter = (&'static [u8], &'static [u8], RepairKind);

/// Blanks that are no blanks, letters without width, and the quotation marks of word processors.
const LETTERS: [Letter; 28] = [
    (b"\0", b"", RepairKind::NulBytes),
    ("\u{a0}".as_bytes(), b" ", RepairKind::HiddenCharacters),
    ("\u{ad}".as_bytes(), b"", RepairKind::HiddenCharacters),
    ("\u{2000}".as_bytes(), b" ", RepairKind::HiddenCharacters),
    ("\u{2001}".as_bytes(), b" ", RepairKind::HiddenCharacters),
    ("\u{2002}".as_bytes(), b" ", RepairKind::HiddenCharacters),
    ("\u{2003}".as_bytes(), b" ", RepairKind::HiddenCharacters),
    ("\u{2007}".as_bytes(), b" ", RepairKind::HiddenCharacters),
    ("\u{2009}".as_bytes(), b" ", RepairKind::HiddenCharacters),
    ("\u{200b}".as_bytes(), b"", RepairKind::HiddenCharacters),
    ("\u{200c}".as_bytes(), b"", RepairKind::HiddenCharacters),
    ("\u{200d}".as_bytes(), b"", RepairKind::HiddenCharacters),
    ("\u{200e}".as_bytes(), b"", RepairKind::HiddenCharacters),
    ("\u{200f}".as_bytes(), b"", RepairKind::HiddenCharacters),
    ("\u{2028}".as_bytes(), b"\n", RepairKind::HiddenCharacters),
    ("\u{2029}".as_bytes(), b"\n", RepairKind::HiddenCharacters),
    ("\u{202a}".as_bytes(), b"", RepairKind::HiddenCharacters),
    ("\u{202c}".as_bytes(), b"", RepairKind::HiddenCharacters),
    ("\u{202f}".as_bytes(), b" ", RepairKind::HiddenCharacters),
    ("\u{2060}".as_bytes(), b"", RepairKind::HiddenCharacters),
    ("\u{3000}".as_bytes(), b" ", RepairKind::HiddenCharacters),
    ("\u{feff}".as_bytes(), b"", RepairKind::HiddenCharacters),
    ("\u{2018}".as_bytes(), b"'", RepairKind::SmartQuotes),
    ("\u{2019}".as_bytes(), b"'", RepairKind::SmartQuotes),
    ("\u{201c}".as_bytes(), b"\"", RepairKind::SmartQuotes),
    ("\u{201d}".as_bytes(), b"\"", RepairKind::SmartQuotes),
    ("\u{201e}".as_bytes(), b"\"", RepairKind::SmartQuotes),
    // The blank that does not break, in Windows-1252 and ISO 8859-1.
    (b"\xa0", b" ", RepairKind::HiddenCharacters),
];

/// Finds such letters, but for those that a person may have meant: behind the colon of a field that people write. One entry is told
/// for a line.
pub(super) fn find(text: &[u8], zone: Option<Span>) -> Option<Peeling> {
    let (start, header) = in_zone(text, zone);
    if !header.iter().any(|byte| *byte == 0 || *byte >= 0x80) {
        return None;
    }
    let mut found = Peeling::default();
    let mut is_meant = false;
    for line in lines(header, 0) {
        let content = line.content(header);
        let letters = letters_in(content);
        is_meant = meant_from(content, &letters, is_meant, &mut found, line, start);
    }
    (!found.edits.is_empty()).then_some(found)
}

/// Files the letters of a line. Whether those of the next line are meant, if it goes on with this field.
fn meant_from(
    content: &[u8],
    letters: &[(Span, Letter)],
    was_meant: bool,
    found: &mut Peeling,
    line: Line,
    start: usize,
) -> bool {
    let colon = free_text_from(content, letters);
    let is_new_field = !matches!(colon, Value::GoesOn);
    let meant_from = match colon {
        Value::FreeText(place) => place,
        Value::GoesOn if was_meant => first_visible(content, letters),
        Value::GoesOn | Value::Other => content.len(),
    };
    let mut told: Vec<RepairKind> = Vec::new();
    for (span, (_, with, kind)) in letters {
        if span.start >= meant_from && *kind != RepairKind::NulBytes {
            continue;
        }
        found.edits.push(Edit::replace(span.shifted(line.span.start + start), with));
        if !told.contains(kind) {
            told.push(*kind);
            found.repairs.push((*kind, line.span.shifted(start)));
        }
    }
    if is_new_field { matches!(colon, Value::FreeText(_)) } else { was_meant }
}

/// What a line is to the letters in it.
enum Value {
    /// A field that people write; its value starts here.
    FreeText(usize),
    /// Another field.
    Other,
    /// No start of a field.
    GoesOn,
}

fn free_text_from(content: &[u8], letters: &[(Span, Letter)]) -> Value {
    // A letter without width may stand in the name itself, so the name is read without them.
    let Some(colon) = content.iter().position(|byte| *byte == b':') else {
        return Value::GoesOn;
    };
    let mut head = Vec::new();
    let mut reached = 0;
    for (span, (_, with, _)) in letters.iter().filter(|(span, _)| span.end <= colon) {
        head.extend_from_slice(content.get(reached..span.start).unwrap_or_default());
        head.extend_from_slice(with);
        reached = span.end;
    }
    head.extend_from_slice(content.get(reached..=colon).unwrap_or_default());
    let visible = head.trim_ascii_start();
    let visible = visible.get(super::prefix::length(visible)..).unwrap_or_default();
    match field_line(visible) {
        Some(found) if visible.get(..found.name.end).is_some_and(is_free_text) => Value::FreeText(colon + 1),
        Some(_) => Value::Other,
        None => Value::GoesOn,
    }
}

/// Where the text of a line starts, behind blanks of all kinds.
fn first_visible(content: &[u8], letters: &[(Span, Letter)]) -> usize {
    let mut at = 0;
    loop {
        if content.get(at).is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'>')) {
            at += 1;
        } else if let Some((span, _)) = letters
            .get(letters.partition_point(|(span, _)| span.start < at))
            .filter(|(span, _)| span.start == at)
        {
            at = span.end;
        } else {
            return at;
        }
    }
}

/// The letters of a line that are in the table.
fn letters_in(content: &[u8]) -> Vec<(Span, Letter)> {
    let mut letters = Vec::new();
    let mut at = 0;
    while let Some(rest) = content.get(at..).filter(|rest| !rest.is_empty()) {
        let plain = rest.iter().take_while(|byte| **byte != 0 && **byte < 0x80).count();
        at += plain;
        let rest = rest.get(plain..).unwrap_or_default();
        let length = letter_length(rest);
        let letter = rest.get(..length).unwrap_or_default();
        if let Some(known) = LETTERS.iter().find(|(bytes, _, _)| *bytes == letter) {
            letters.push((Span::new(at, at + length), *known));
        }
        at += length.max(1);
    }
    letters
}

/// The length of the UTF-8 letter at the start; 1 for a byte that starts none.
fn letter_length(text: &[u8]) -> usize {
    let length = match text.first() {
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        _ => 1,
    };
    let is_whole = text.get(1..length).is_some_and(|rest| rest.iter().all(|byte| byte & 0xc0 == 0x80));
    if is_whole { length } else { 1 }
}
