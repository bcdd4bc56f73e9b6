//! Mailbox files: many messages one after the other, each behind a line `From sender date` (RFC 4155).

use crate::text::{Line, Span, line_at, lines};

/// The messages of a mailbox, without their separators, and the first separator; absent where the text is no mailbox.
pub fn messages(text: &[u8]) -> Option<(Line, Vec<Span>)> {
    let first = line_at(text, 0).filter(|line| is_separator(text, *line))?;
    let mut messages = Vec::new();
    let mut start = first.next;
    let mut is_after_blank = false;
    for line in lines(text, first.next) {
        if is_after_blank && is_separator(text, line) {
            messages.push(Span::new(start, line.span.start));
            start = line.next;
        }
        is_after_blank = line.span.is_empty();
    }
    messages.push(Span::new(start, text.len()));
    Some((first, messages))
}

/// `From ann@example.com Mon Nov  2 09:00:00 2026`. A sentence that starts with “From” has no weekday and time in it.
fn is_separator(text: &[u8], line: Line) -> bool {
    const DAYS: [&[u8]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
    let line = text.get(line.span.start..line.span.end).unwrap_or_default();
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
        word.first().is_some_and(u8::is_ascii_digit) && word.iter().filter(|byte| **byte == b':').count() >= 1
    };
    // A header that was put on one line starts so, too.
    let has_fields = || rest.windows(2).any(|pair| pair == b": ");
    rest.len() <= LONGEST && rest.split(u8::is_ascii_whitespace).any(is_time) && !has_fields()
}

/// Separators hold an address and a date; a longer line is none.
const LONGEST: usize = 300;
