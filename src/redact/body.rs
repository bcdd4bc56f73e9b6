//! What stands between headers and below them. Of a report the words are read, so they stay where servers wrote them; of what people
//! wrote every line gets a pseudonym as a whole.

use super::policy::{self, Policy};
use super::rewrite::changes;
use super::table::{Kind, Table};
use super::walk::{Outer, Stretches, edits};
use super::{Edit, apply, line_ends};
use crate::header::{field_line, is_known};
use crate::input::{Container, open};
use crate::mime::{Transfer, decoded, named};
use crate::text::{Line, Reading, Source, Span, line_at};

/// How words are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// One by one.
    Words,
    /// A line at a time.
    Lines,
}

/// Encoded parts within encoded parts are opened to this depth.
const DEEPEST: usize = 4;

/// Goes through bodies, line by line.
pub struct Body<'b, 's> {
    table: &'b mut Table,
    source: &'b Source<'s>,
    depth: usize,
    /// How the part is encoded.
    pub transfer: Transfer,
    /// The field that the line above is part of.
    field: Option<Policy>,
    /// What was found.
    pub edits: Vec<Edit>,
}

impl<'b, 's> Body<'b, 's> {
    pub fn new(table: &'b mut Table, source: &'b Source<'s>, depth: usize) -> Self {
        Self { table, source, depth, transfer: Transfer::Plain, field: None, edits: Vec::new() }
    }

    /// A stretch without header fields.
    pub fn stretch(&mut self, span: Span, stretches: &mut Stretches) {
        let text = self.source.bytes();
        let mut at = span.start;
        while let Some(line) = line_at(text, at).filter(|_| at < span.end) {
            let line =
                Line { span: Span::new(at, line.span.end.min(span.end)), next: line.next.min(span.end) };
            // Behind a field on its line stands what wraps it.
            let is_start = at == 0 || matches!(text.get(at - 1), Some(b'\n' | b'\r'));
            let mode = if is_start { stretches.mode_at(at) } else { Mode::Words };
            let is_read = self.transfer == Transfer::Base64 || mode == Mode::Words;
            let block = if is_read { self.block(line, span.end) } else { line.next };
            at = match self.transfer {
                Transfer::Base64 if block > line.next || is_base64(line.content(text)) => {
                    self.base64(Span::new(line.span.start, block), mode);
                    block
                }
                Transfer::QuotedPrintable if block > line.next => {
                    self.quoted_printable(Span::new(line.span.start, block));
                    block
                }
                _ => {
                    self.line(line, mode);
                    line.next
                }
            };
        }
        self.field = None;
    }

    /// Where the encoded lines end that start with this one; the end of the line where it is none.
    fn block(&self, first: Line, end: usize) -> usize {
        let text = self.source.bytes();
        let fits = |line: &Line| {
            let content = line.content(text);
            match self.transfer {
                Transfer::Plain => false,
                Transfer::Base64 => is_base64(content),
                Transfer::QuotedPrintable => !content.starts_with(b"--"),
            }
        };
        if self.field.is_some() || !fits(&first) || first.content(text).trim_ascii().is_empty() {
            return first.next;
        }
        let next = |line: &Line| line_at(text, line.next).filter(|next| next.next <= end && fits(next));
        std::iter::successors(Some(first), next).last().map_or(first.next, |last| last.next)
    }

    fn line(&mut self, line: Line, mode: Mode) {
        let content = line.content(self.source.bytes());
        let marks = content
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'|'))
            .count();
        let inner = Span::new(line.span.start + marks, line.span.end);
        let text = self.source.slice(inner);
        if !text.iter().any(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80) {
            self.field = self.field.filter(|_| !text.is_empty());
            return;
        }
        if self.delimiter(inner, line.next) {
            self.transfer = Transfer::Plain;
            self.field = None;
            return;
        }
        // Behind a mark of quotation stands one blank that is part of it.
        let front = content.get(..marks).unwrap_or_default();
        let front = front.strip_prefix(b"> ").or_else(|| front.strip_prefix(b">")).unwrap_or(front);
        let goes_on = front.ends_with(b" ") || front.ends_with(b"\t");
        if let (true, Some(policy)) = (goes_on, self.field) {
            self.words(inner, policy);
            return;
        }
        self.field = None;
        let found = field_line(text).filter(|found| {
            let name = text.get(found.name.start..found.name.end).unwrap_or_default();
            is_known(name)
                || (mode == Mode::Words && policy::of_field(&String::from_utf8_lossy(name)) != Policy::Words)
        });
        let is_mark = [&b"From "[..], b"```", b"~~~", b"{", b"["].iter().any(|mark| text.starts_with(mark));
        if let Some(found) = found {
            let name =
                String::from_utf8_lossy(text.get(found.name.start..found.name.end).unwrap_or_default());
            let value = text.get(found.value..).unwrap_or_default();
            if name.eq_ignore_ascii_case("Content-Transfer-Encoding") {
                self.transfer = named(&String::from_utf8_lossy(value));
            }
            let policy = policy::of_field(&name);
            self.field = Some(policy);
            self.words(Span::new(inner.start + found.value, inner.end), policy);
        } else if mode == Mode::Words || is_mark {
            self.words(inner, Policy::Words);
        } else {
            self.between_tags(inner);
        }
    }

    /// A line that a person wrote. Of HTML the tags stay.
    fn between_tags(&mut self, span: Span) {
        let text = self.source.slice(span);
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let is_tag = rest.first() == Some(&b'<')
                && rest.get(1).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/');
            let length = if is_tag {
                rest.iter().position(|byte| *byte == b'>').map_or(rest.len(), |close| close + 1)
            } else {
                rest.iter().skip(1).position(|byte| *byte == b'<').map_or(rest.len(), |open| open + 1)
            };
            let part = Span::new(span.start + at, span.start + at + length);
            let content = rest.get(..length).unwrap_or_default();
            if is_tag {
                self.words(part, Policy::Words);
            } else if content.iter().any(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80) {
                let with = self.text(content);
                self.edits.push(Edit { span: part, with });
            }
            at += length;
        }
    }

    /// The pseudonym of a line: repeated to about the same length, since the start of a body is compared up to a length.
    fn text(&mut self, text: &[u8]) -> String {
        let text = text.trim_ascii_end();
        let word = self.table.exact(Kind::Text, text);
        let times = text.len() / (word.len() + 1);
        vec![word; times.max(1)].join(" ")
    }

    fn words(&mut self, span: Span, policy: Policy) {
        for change in changes(self.table, self.source.slice(span), policy) {
            if let Some(with) = change.with {
                self.edits.push(Edit { span: change.span.shifted(span.start), with });
            }
        }
    }

    /// `--boundary` or `--boundary--`, where the boundary was named in a header, or stands above the header of a part.
    fn delimiter(&mut self, span: Span, next: usize) -> bool {
        let text = self.source.slice(span).trim_ascii_end();
        let Some(name) = text.strip_prefix(b"--").filter(|name| !name.is_empty()) else { return false };
        let bare = name.strip_suffix(b"--").unwrap_or(name);
        let opens_part = || {
            let below = line_at(self.source.bytes(), next).map(|line| line.content(self.source.bytes()));
            let below = below.unwrap_or_default().trim_ascii_start();
            below.get(..8).is_some_and(|start| start.eq_ignore_ascii_case(b"content-"))
        };
        let found =
            [name, bare].into_iter().find_map(|name| Some((name.len(), self.table.known_boundary(name)?)));
        let (length, with) = match found {
            Some(found) => found,
            None if !name.contains(&b' ') && opens_part() => (name.len(), self.table.boundary(name)),
            None => return false,
        };
        let start = span.start + 2;
        self.edits.push(Edit { span: Span::new(start, start + length), with });
        true
    }

    /// Words of a report in quoted-printable: they may be broken at any letter.
    fn quoted_printable(&mut self, span: Span) {
        let reading = decoded(Reading::of(self.source, span), Transfer::QuotedPrintable);
        let mut at = span.start;
        for change in changes(self.table, reading.bytes(), Policy::Words) {
            let place = reading.place(change.span);
            if let Some(with) = change.with.filter(|_| place.start >= at) {
                let ends = line_ends(self.source.slice(place));
                self.edits.push(Edit { span: place, with: format!("{ends}{}", with.replace('=', "=3D")) });
                at = place.end;
            }
        }
    }

    /// Lines in base64. Where they hold a text, it is redacted and encoded again; each line stays near its place.
    fn base64(&mut self, span: Span, mode: Mode) {
        let whole = Reading::of(self.source, span);
        let mut ends = Vec::new();
        let mut content = Vec::new();
        let text = self.source.bytes();
        let mut at = span.start;
        while let Some(line) = line_at(text, at).filter(|_| at < span.end) {
            let line = Span::new(at, line.span.end.min(span.end));
            content.extend_from_slice(decoded(Reading::of(self.source, line), Transfer::Base64).bytes());
            ends.push((line, content.len()));
            at = line_at(text, at).map_or(span.end, |line| line.next);
        }
        let is_whole = decoded(whole, Transfer::Base64).bytes().len() == content.len();
        let is_text = is_whole && !content.contains(&0) && std::str::from_utf8(&content).is_ok();
        let opened = open(&content);
        if !is_text || self.depth >= DEEPEST || opened.container != Container::Text {
            for (line, _) in ends {
                let with = self.text(self.source.slice(line));
                self.edits.push(Edit { span: line, with });
            }
            return;
        }
        let inner = Source::new(None, &content);
        let inner_edits = edits(self.table, &inner, &opened, Outer { mode, depth: self.depth + 1 });
        self.encode(&content, &inner_edits, &ends);
    }

    fn encode(&mut self, content: &[u8], inner: &[Edit], ends: &[(Span, usize)]) {
        let mut left: Vec<u8> = Vec::new();
        let mut start = 0;
        let mut coming = inner;
        for (nth, (line, end)) in ends.iter().enumerate() {
            // An edit that starts on a line is written on it.
            let count = coming.iter().take_while(|edit| edit.span.start < *end).count();
            let (own, rest) = coming.split_at_checked(count).unwrap_or((coming, &[]));
            let end = own.last().map_or(*end, |edit| edit.span.end.max(*end)).max(start);
            let own: Vec<Edit> = own
                .iter()
                .map(|edit| Edit {
                    span: Span::new(
                        edit.span.start.saturating_sub(start),
                        edit.span.end.saturating_sub(start),
                    ),
                    with: edit.with.clone(),
                })
                .collect();
            left.extend(apply(content.get(start..end).unwrap_or_default(), &own));
            let is_last = nth + 1 == ends.len();
            let whole = if is_last { left.len() } else { left.len() / 3 * 3 };
            let chunk: Vec<u8> = left.drain(..whole).collect();
            // A line of which nothing is left stays one.
            let with = if chunk.is_empty() { " ".to_owned() } else { to_base64(&chunk) };
            self.edits.push(Edit { span: *line, with });
            coming = rest;
            start = end;
        }
    }
}

fn is_base64(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    !line.is_empty()
        && line.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
}

/// RFC 2045 section 6.8.
fn to_base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let number =
            chunk.iter().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let sign = SIGNS.get((number >> (18 - 6 * place) & 63) as usize).copied().unwrap_or(b'=');
            text.push(if place <= chunk.len() { char::from(sign) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::to_base64;

    #[test]
    fn base64_is_padded() {
        assert_eq!(
            ["", "a", "ab", "abc", "abcd"].map(|text| to_base64(text.as_bytes())),
            ["", "YQ==", "YWI=", "YWJj", "YWJjZA=="]
        );
    }
}
