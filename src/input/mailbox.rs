//! Mailbox files: many messages one after the other, each behind a line `From sender date` (RFC 4155).

use super::peel::is_known_field;
use crate::text::{Line, Span, lines};

/// The messages of a mailbox, without their separators, and the first separator. It may stand below words, but below no field. Absent
/// where the text is no mailbox.
pub fn messages(text: &[u8]) -> Option<(Line, Vec<Span>)> {
    let mut is_after_blank = true;
    let mut above = lines(text, 0).take_while(|line| !is_known_field(line.content(text)));
    let first = above.find(|line| {
        let was_after_blank = std::mem::replace(&mut is_after_blank, line.span.is_empty());
        was_after_blank && is_separator(line.content(text))
    })?;
    let mut messages = Vec::new();
    let mut start = first.next;
    for line in lines(text, first.next) {
        if is_after_blank && is_separator(line.content(text)) {
            messages.push(Span::new(start, line.span.start));
            start = line.next;
        }
        is_after_blank = line.span.is_empty();
    }
    messages.push(Span::new(start, text.len()));
    Some((first, messages))
}

/// `From ann@example.com Mon Nov  2 09:00:00 2026`. A sentence that starts with “From” has no weekday and time in it.
fn is_separator(line: &[u8]) -> bool {
    const DAYS: [&[u8]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
    let has_day = || {
        line.split(u8::is_ascii_whitespace)
            .any(|word| DAYS.contains(&word.strip_suffix(b",").unwrap_or(word)))
    };
    line.starts_with(b"From ") && is_like_separator(line) && has_day()
}

/// Whether a line is a separator or the rest of one: `>From …`, or one with another date, `From () 2026-11-02 09:00:00 +0000`.
pub fn is_like_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b">").unwrap_or(line).strip_prefix(b"From ") else {
        return false;
    };
    let is_time = |word: &[u8]| {
        word.first().is_some_and(u8::is_ascii_digit) && word.iter().filter(|byte| **byte == b':').count() == 2
    };
    let is_year = |word: &[u8]| word.len() == 4 && word.iter().all(u8::is_ascii_digit);
    // A header that was put on one line starts so, too.
    let has_fields = || rest.windows(2).any(|pair| pair == b": ");
    let has_date = || rest.split(u8::is_ascii_whitespace).any(|word| is_time(word) || is_year(word));
    // Some write the sender alone, or `-` in its place.
    let sender = rest.trim_ascii();
    let is_sender = sender == b"-" || (sender.contains(&b'@') && !sender.contains(&b' '));
    rest.len() <= LONGEST && (is_sender || has_date()) && !has_fields()
}

/// Separators hold an address and a date; a longer line is none.
const LONGEST: usize = 300;
