//! The edits of a header field. The field is read as the analysis reads it, without its wrapping; each token leads back to the source.

use super::policy::{self, Policy};
use super::rewrite::changes;
use super::table::Table;
use super::{Edit, line_ends};
use crate::header::Field;
use crate::text::{Source, Span};

/// A field whose place in the source is known.
pub struct Claim {
    /// Its place.
    pub span: Span,
    /// Its edits.
    pub edits: Vec<Edit>,
}

/// The edits of a field; absent where it stands in base64, in which nothing can be replaced in its place.
pub fn claim(table: &mut Table, source: &Source<'_>, field: &Field<'_>) -> Option<Claim> {
    let span = field.span();
    let name = field.name();
    let bytes = source.slice(span);
    let is_sign = |byte: &u8| {
        byte.is_ascii_alphanumeric() || byte.is_ascii_whitespace() || matches!(byte, b'+' | b'/' | b'=')
    };
    if bytes.iter().all(is_sign) {
        return None;
    }
    let name_end = bytes.iter().position(|byte| matches!(byte, b':' | b'\t')).unwrap_or_default();
    let mut writer = FieldWriter { table, source, at: span.start, edits: Vec::new() };
    writer.raw(span.start + name_end, Policy::FieldName, 0);
    let value = field.value();
    for change in changes(writer.table, value.text.as_bytes(), policy::of_field(&name)) {
        let place = value.place(change.span);
        let old = value.text.get(change.span.start..change.span.end).unwrap_or_default();
        writer.token(place, old, change.with);
    }
    writer.raw(span.end, Policy::Words, SHORTEST);
    Some(Claim { span, edits: writer.edits })
}

/// Of what the reading left out, such as tags, shorter words stay: they are the escapes of an encoding.
const SHORTEST: usize = 4;

struct FieldWriter<'w, 's> {
    table: &'w mut Table,
    source: &'w Source<'s>,
    /// Up to here the source was looked at.
    at: usize,
    edits: Vec<Edit>,
}

impl FieldWriter<'_, '_> {
    /// A token of the reading. One that the wrapping broke is written as a whole.
    fn token(&mut self, place: Span, old: &str, with: Option<String>) {
        if place.start < self.at {
            return;
        }
        self.raw(place.start, Policy::Words, SHORTEST);
        let bytes = self.source.slice(place);
        let is_broken = bytes.iter().any(|byte| matches!(byte, b'\n' | b'\r'));
        let with = with.or_else(|| is_broken.then(|| old.to_owned()));
        if let Some(mut with) = with {
            // Of a header in quoted-printable, `=3D?utf-8?Q?…?=3D`; in `=?utf-8?Q?a=3Db?=` it is the word that is.
            let is_escaped = bytes.windows(3).any(|window| window.eq_ignore_ascii_case(b"=3d"));
            if is_escaped && !bytes.starts_with(b"=?") {
                with = with.replace('=', "=3D");
            }
            let with = if is_broken { self.around_breaks(place, &with) } else { with };
            self.edits.push(Edit { span: place, with });
        }
        self.at = place.end;
    }

    /// What the reading left out, up to here.
    fn raw(&mut self, end: usize, policy: Policy, shortest: usize) {
        if end > self.at {
            let text = self.source.slice(Span::new(self.at, end));
            if text.iter().any(u8::is_ascii_alphanumeric) {
                for change in changes(self.table, text, policy) {
                    if let Some(with) = change.with.filter(|_| change.span.len() >= shortest) {
                        self.edits.push(Edit { span: change.span.shifted(self.at), with });
                    }
                }
            }
            self.at = end;
        }
    }

    /// The new token with the line breaks of the old one: below them, or above where nothing else stands on the first line. Then the last
    /// line is one that goes on: an empty one would end the header, or be none at the end of the text.
    fn around_breaks(&self, place: Span, with: &str) -> String {
        let bytes = self.source.slice(place);
        let before = self.source.bytes().get(..place.start).unwrap_or_default();
        let line = before.rsplit(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
        let last = bytes.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |last| last + 1);
        let marks = bytes.get(last..).unwrap_or_default();
        let marks = marks.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>' | b'|'));
        let marks: String = marks.map(|byte| char::from(*byte)).collect();
        let breaks = line_ends(bytes);
        if line.iter().any(u8::is_ascii_alphanumeric) {
            format!("{breaks}{marks}{with}")
        } else {
            format!("{with}{breaks}{}", if marks.is_empty() { " " } else { &marks })
        }
    }
}
