//! Whether a line starts a field.

use super::names::is_known;
use crate::text::Span;

/// What stands between the name of a field and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// `Name: value`
    Colon,
    /// `Name : value`, which RFC 5322 section 4.5 calls obsolete.
    BlankAndColon,
    /// `Name<TAB>value`: a row of a table.
    Tab,
}

/// The parts of a line that starts a field, as places in that line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldLine {
    /// The name.
    pub name: Span,
    /// What stands behind it.
    pub separator: Separator,
    /// Where the value starts.
    pub value: usize,
}

/// Longer names do not occur; the longest in use have about 60 letters.
const LONGEST_NAME: usize = 100;

/// Reads a line as the start of a field; absent where it is none. The line must not start with blanks.
///
/// RFC 5322 section 2.2 lets a name be any printable text without a colon. Taken by the letter, a line that lost its indent would often be
/// a field: `16:20:05 -0400`, `https://…`, `h=From:To`. A name therefore starts with a letter, has no marks that names in use
/// do not have, and a name of one unknown word needs a blank behind its colon.
#[must_use]
pub fn field_line(line: &[u8]) -> Option<FieldLine> {
    let head = line.get(..line.len().min(LONGEST_NAME + 2)).unwrap_or_default();
    let length = head.iter().position(|byte| !is_name_byte(*byte))?;
    let name = line.get(..length)?;
    if !name.first().is_some_and(u8::is_ascii_alphabetic) || length > LONGEST_NAME {
        return None;
    }
    let behind = line.get(length..)?;
    let blanks = behind.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let is_colon = behind.get(blanks) == Some(&b':');
    let known = is_known(name);
    if is_colon {
        let value = length + blanks + 1;
        let next = line.get(value);
        let is_set_off = next.is_none_or(|byte| matches!(byte, b' ' | b'\t'));
        let is_field = next != Some(&b':') && (known || name.contains(&b'-') || (blanks == 0 && is_set_off));
        let separator = if blanks == 0 { Separator::Colon } else { Separator::BlankAndColon };
        return is_field.then(|| FieldLine { name: Span::new(0, length), separator, value });
    }
    (may_stand_in_table(name) && behind.first() == Some(&b'\t')).then(|| FieldLine {
        name: Span::new(0, length),
        separator: Separator::Tab,
        value: length + 1,
    })
}

/// Reads a line as the start of a field by the letter of RFC 5322 section 2.2: a name of printable marks, and a colon. Addresses of the
/// web, `https://…`, are none.
#[must_use]
pub fn strict_field_line(line: &[u8]) -> Option<FieldLine> {
    let head = line.get(..line.len().min(LONGEST_NAME)).unwrap_or_default();
    let length = head.iter().position(|byte| *byte == b':' || !byte.is_ascii_graphic())?;
    let is_name = line.first().is_some_and(u8::is_ascii_alphabetic) && line.get(length) == Some(&b':');
    let is_field = is_name && !matches!(line.get(length + 1), Some(b'/' | b':'));
    is_field.then(|| FieldLine { name: Span::new(0, length), separator: Separator::Colon, value: length + 1 })
}

/// Without a colon the name itself must tell: one in use, or `X-…` and the like.
fn may_stand_in_table(name: &[u8]) -> bool {
    is_known(name) || (name.first().is_some_and(u8::is_ascii_uppercase) && name.contains(&b'-'))
}

const fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'-' | b'_'
                | b'.'
                | b'+'
                | b'!'
                | b'#'
                | b'$'
                | b'&'
                | b'\''
                | b'*'
                | b'/'
                | b'^'
                | b'|'
                | b'~'
                | b'%'
        )
}
