//! Message files of Apple Mail (.emlx): a line with the length of the mail, the mail, and a property list of Apple's about it.

use crate::text::Span;

/// Where the mail stands; absent where the bytes are no such file.
pub(super) fn message(bytes: &[u8]) -> Option<Span> {
    let start = first_line_end(bytes)?;
    let end = start.checked_add(number(bytes.get(..start)?)?)?;
    let list = bytes.get(end..)?.trim_ascii_start();
    list.starts_with(b"<?xml").then_some(Span::new(start, end))
}

/// Behind the first line, where that is short enough to be a number. Apple Mail pads it with blanks to ten letters.
fn first_line_end(bytes: &[u8]) -> Option<usize> {
    bytes.iter().take(24).position(|byte| *byte == b'\n').map(|end| end + 1)
}

fn number(line: &[u8]) -> Option<usize> {
    let digits = line.trim_ascii();
    let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    if is_number { std::str::from_utf8(digits).ok()?.parse().ok() } else { None }
}
