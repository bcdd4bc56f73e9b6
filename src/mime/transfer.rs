//! Transfer encodings (RFC 2045 section 6), undone so that every byte still leads to its place in the source.

use crate::text::{Reading, Rewriting, Span, lines};

/// How the content of a part is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transfer {
    /// As it is: `7bit`, `8bit`, `binary`, and whatever is not known.
    Plain,
    /// `quoted-printable` (section 6.7).
    QuotedPrintable,
    /// `base64` (section 6.8).
    Base64,
}

/// Undoes an encoding.
pub fn decoded<'a>(content: Reading<'a>, transfer: Transfer) -> Reading<'a> {
    match transfer {
        Transfer::Plain => content,
        Transfer::QuotedPrintable => quoted_printable(&content),
        Transfer::Base64 => base64(&content),
    }
}

/// The encoding of this name.
pub fn named(name: &str) -> Transfer {
    let name = name.trim();
    if name.eq_ignore_ascii_case("quoted-printable") {
        Transfer::QuotedPrintable
    } else if name.eq_ignore_ascii_case("base64") {
        Transfer::Base64
    } else {
        Transfer::Plain
    }
}

/// An `=` that no two digits follow stays, as section 6.7 advises for damaged text.
fn quoted_printable<'a>(content: &Reading<'a>) -> Reading<'a> {
    let mut new = Rewriting::of(content);
    let bytes = content.bytes();
    let mut kept = 0;
    for line in lines(bytes, 0) {
        let end = line.span.start + content.slice(line.span).trim_ascii_end().len();
        let mut at = line.span.start;
        while let Some(found) = bytes.get(at..end).and_then(|rest| rest.iter().position(|byte| *byte == b'='))
        {
            at += found;
            if at + 1 == end {
                new.keep(Span::new(kept, at));
                kept = line.next;
                at = end;
            } else if let Some(byte) = escaped(bytes, at) {
                new.keep(Span::new(kept, at));
                new.put(&[byte], Span::new(at, at + 3));
                at += 3;
                kept = at;
            } else {
                at += 1;
            }
        }
    }
    new.keep(Span::new(kept, bytes.len()));
    new.finish()
}

/// The byte that `=3D` stands for; absent where no two digits follow the `=` at this place.
#[must_use]
pub fn escaped(bytes: &[u8], at: usize) -> Option<u8> {
    let digit = |offset: usize| char::from(*bytes.get(at + offset)?).to_digit(16);
    u8::try_from(digit(1)? * 16 + digit(2)?).ok()
}

/// A line with other signs than those of the encoding stays as it is: a footer that a list put below, or text that only claims to
/// be encoded.
fn base64<'a>(content: &Reading<'a>) -> Reading<'a> {
    let mut new = Rewriting::of(content);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for line in lines(content.bytes(), 0) {
        let text = content.slice(line.span).trim_ascii();
        if !text.iter().all(|byte| *byte == b'=' || sextet(*byte).is_some()) {
            new.keep(Span::new(line.span.start, line.next));
            (bits, count) = (0, 0);
            continue;
        }
        let mut bytes = Vec::with_capacity(text.len());
        for byte in text {
            let Some(value) = sextet(*byte) else {
                (bits, count) = (0, 0);
                continue;
            };
            bits = (bits << 6 | value) & 0xFFFF;
            count += 6;
            if count >= 8 {
                count -= 8;
                bytes.extend(u8::try_from(bits >> count & 0xFF));
            }
        }
        new.put(&bytes, line.span);
    }
    new.finish()
}

/// The six bits of a sign (RFC 2045 table 1).
fn sextet(byte: u8) -> Option<u32> {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}
