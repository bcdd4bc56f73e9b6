//! Texts in UTF-16: what Notepad calls Unicode, and what PowerShell writes.

use std::borrow::Cow;

use super::{Container, Extent, LONGEST, Opened, whole_lines};

/// Which byte of a letter comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ByteOrder {
    /// The low one, as on Windows.
    LittleEndian,
    /// The high one.
    BigEndian,
}

/// How many bytes show whether a text without a mark is UTF-16: the names of the first fields.
const SAMPLE: usize = 64;

/// Opens a text in UTF-16; absent where the bytes are none.
pub(super) fn open(bytes: &[u8]) -> Option<Opened<'static>> {
    let (order, letters) = marked(bytes).or_else(|| Some((unmarked(bytes)?, bytes)))?;
    // Cut between bytes first, and between lines when they can be seen: a line end has two bytes here.
    let mut text = decode(letters.get(..LONGEST).unwrap_or(letters), order).into_bytes();
    let extent = if letters.len() > LONGEST { Extent::FirstBytes } else { Extent::Whole };
    if extent == Extent::FirstBytes {
        text.truncate(whole_lines(&text).len());
    }
    Some(Opened { extent, ..Opened::new(Cow::Owned(text), Container::Utf16, bytes.len()) })
}

/// Text from UTF-16. Half a letter shows as U+FFFD.
pub(super) fn decode(bytes: &[u8], order: ByteOrder) -> String {
    let units = bytes.chunks(2).map(|pair| match (pair, order) {
        ([low, high], ByteOrder::LittleEndian) | ([high, low], ByteOrder::BigEndian) => {
            u16::from_le_bytes([*low, *high])
        }
        // Half a unit, at the end of a text that was cut off.
        _ => 0xFFFD,
    });
    char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// The order that the mark U+FEFF at the start shows, and the text behind it.
fn marked(bytes: &[u8]) -> Option<(ByteOrder, &[u8])> {
    match bytes {
        [0xFF, 0xFE, letters @ ..] => Some((ByteOrder::LittleEndian, letters)),
        [0xFE, 0xFF, letters @ ..] => Some((ByteOrder::BigEndian, letters)),
        _ => None,
    }
}

/// The order of a text without a mark. Its first letters are Latin ones, so that every second byte is zero.
fn unmarked(bytes: &[u8]) -> Option<ByteOrder> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    if sample.len() < 8 {
        return None;
    }
    let is_zero = |byte: &u8| *byte == 0;
    let first = sample.iter().step_by(2);
    let second = sample.iter().skip(1).step_by(2);
    if second.clone().all(is_zero) && !first.clone().any(is_zero) {
        return Some(ByteOrder::LittleEndian);
    }
    (first.clone().all(is_zero) && !second.clone().any(is_zero)).then_some(ByteOrder::BigEndian)
}
