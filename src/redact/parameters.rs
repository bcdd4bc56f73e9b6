//! Values made of parameters: signatures, and media types with their boundaries.

use super::policy::Policy;
use super::rewrite::{Change, of_tokens};
use super::table::{Kind, Table};
use crate::text::Span;

/// The changes of a part of a text, as places in the whole.
fn shifted(changes: Vec<Change>, offset: usize) -> impl Iterator<Item = Change> {
    changes.into_iter().map(move |change| Change { span: change.span.shifted(offset), ..change })
}

/// `v=1; a=rsa-sha256; d=example.com; s=mail; b=…` (RFC 6376 section 3.5)
pub fn signature(table: &mut Table, text: &[u8]) -> Vec<Change> {
    let mut found = Vec::new();
    let mut at = 0;
    for part in text.split(|byte| *byte == b';') {
        let equals = part.iter().position(|byte| *byte == b'=').unwrap_or(part.len());
        let name = part.get(..equals).unwrap_or_default().trim_ascii().to_ascii_lowercase();
        let value = part.get(equals..).unwrap_or_default();
        let start = at + equals;
        match name.as_slice() {
            b"b" | b"bh" | b"z" => found.extend(
                chunks(value, start).map(|(span, chunk)| Change { span, with: Some(table.code(chunk)) }),
            ),
            b"h" => found.extend(shifted(of_tokens(table, value, Policy::FieldName), start)),
            b"s" => found.extend(shifted(of_tokens(table, value, Policy::People(Kind::Host)), start)),
            b"t" | b"x" | b"l" | b"a" | b"c" | b"q" | b"v" | b"cv" | b"i" if !value.contains(&b'@') => {
                found.push(Change { span: Span::new(at, at + part.len()), with: None });
            }
            _ => found.extend(shifted(of_tokens(table, value, Policy::Words), start)),
        }
        at += part.len() + 1;
    }
    found
}

/// What stands between blanks, behind an `=`.
fn chunks(value: &[u8], start: usize) -> impl Iterator<Item = (Span, &[u8])> {
    let mut at = usize::from(value.starts_with(b"="));
    std::iter::from_fn(move || {
        let rest = value.get(at..)?;
        at += rest.iter().position(|byte| !byte.is_ascii_whitespace())?;
        let rest = value.get(at..)?;
        let length = rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
        let span = Span::new(start + at, start + at + length);
        at += length;
        Some((span, rest.get(..length)?))
    })
}

/// `multipart/report; boundary="…"`: the boundary is one token, whatever it is made of.
pub fn media(table: &mut Table, text: &[u8]) -> Vec<Change> {
    let Some(span) = boundary(text) else {
        return of_tokens(table, text, Policy::Media);
    };
    let mut found = of_tokens(table, text.get(..span.start).unwrap_or_default(), Policy::Media);
    let with = table.boundary(text.get(span.start..span.end).unwrap_or_default());
    found.push(Change { span, with: Some(with) });
    found
        .extend(shifted(of_tokens(table, text.get(span.end..).unwrap_or_default(), Policy::Media), span.end));
    found
}

/// Where the value of the parameter `boundary` stands, without quotation marks.
pub fn boundary(text: &[u8]) -> Option<Span> {
    const NAME: &[u8] = b"boundary";
    let at = text.windows(NAME.len()).position(|window| window.eq_ignore_ascii_case(NAME))? + NAME.len();
    let skip = |at: usize, fits: fn(&u8) -> bool| {
        text.get(at..).unwrap_or_default().iter().take_while(|byte| fits(byte)).count() + at
    };
    let at = skip(at, u8::is_ascii_whitespace);
    if text.get(at) != Some(&b'=') {
        return None;
    }
    let at = skip(at + 1, u8::is_ascii_whitespace);
    let end = if text.get(at) == Some(&b'"') {
        return Some(Span::new(at + 1, skip(at + 1, |byte| *byte != b'"'))).filter(|span| !span.is_empty());
    } else {
        skip(at, |byte| *byte != b';' && !byte.is_ascii_whitespace())
    };
    Some(Span::new(at, end)).filter(|span| !span.is_empty())
}

impl Table {
    /// The pseudonym of a boundary. It ends with a mark, so that none is the start of another.
    pub fn boundary(&mut self, original: &[u8]) -> String {
        // By this fetchmail's own bounces are told.
        let front = if original.starts_with(FETCHMAIL) { "foo-mani-padme-hum-" } else { "" };
        format!("{front}{}.", self.exact(Kind::Boundary, original))
    }

    /// The pseudonym of a boundary that was met before.
    pub fn known_boundary(&mut self, original: &[u8]) -> Option<String> {
        self.known_exact(Kind::Boundary, original)?;
        Some(self.boundary(original))
    }
}

const FETCHMAIL: &[u8] = b"foo-mani-padme-hum";
