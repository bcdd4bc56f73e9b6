//! Lists of tags (RFC 6376 section 3.2): `v=1; a=rsa-sha256; d=example.org`, as DKIM signatures and ARC sets are written.

use super::received::Part;
use crate::text::Span;

/// One tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its name, as written; names know their case.
    pub name: String,
    /// Its value without blanks, which may stand anywhere where lines are folded.
    pub value: Part,
}

/// More tags no signature has.
const MOST: usize = 50;

/// The tags of a value, in order.
#[must_use]
pub fn parse_tags(value: &str) -> Vec<Tag> {
    let mut at = 0;
    let mut tags = Vec::new();
    for piece in value.split(';').take(MOST) {
        let start = at;
        at += piece.len() + 1;
        let Some((name, text)) = piece.split_once('=') else { continue };
        let from = start + name.len() + 1 + (text.len() - text.trim_start().len());
        tags.push(Tag {
            name: name.trim().to_owned(),
            value: Part {
                value: text.split_whitespace().collect(),
                span: Span::new(from, from + text.trim().len()),
            },
        });
    }
    tags
}

/// The value of the first tag of a name.
#[must_use]
pub fn tag<'t>(tags: &'t [Tag], name: &str) -> Option<&'t Part> {
    tags.iter().find(|tag| tag.name == name).map(|tag| &tag.value)
}
