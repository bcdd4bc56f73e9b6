//! HTML around a header: `&lt;ann@example.com&gt;`, `<br>`, as ticket systems and pages of archives hold it.

use std::borrow::Cow;

use super::{Peeling, in_zone, is_known_field};
use crate::input::RepairKind;
use crate::input::edits::{Edit, apply};
use crate::text::{Reading, Span};

/// Elements that end a line.
const BREAKS: [&str; 15] = [
    "br",
    "p",
    "/p",
    "/div",
    "div",
    "/tr",
    "/li",
    "/pre",
    "pre",
    "/table",
    "/h1",
    "/h2",
    "/h3",
    "hr",
    "/blockquote",
];

/// Elements that lay out text and end no line.
const OTHERS: [&str; 33] = [
    "html",
    "/html",
    "head",
    "/head",
    "body",
    "/body",
    "span",
    "/span",
    "b",
    "/b",
    "i",
    "/i",
    "u",
    "/u",
    "strong",
    "/strong",
    "em",
    "/em",
    "font",
    "/font",
    "a",
    "/a",
    "code",
    "/code",
    "table",
    "tbody",
    "/tbody",
    "tr",
    "ul",
    "/ul",
    "li",
    "blockquote",
    "tt",
];

/// Named references that occur in headers, and what they stand for.
const NAMED: [(&[u8], &[u8]); 8] = [
    (b"&lt;", b"<"),
    (b"&gt;", b">"),
    (b"&amp;", b"&"),
    (b"&quot;", b"\""),
    (b"&apos;", b"'"),
    (b"&nbsp;", b" "),
    (b"&#9;", b"\t"),
    (b"&Tab;", b"\t"),
];

/// Finds HTML by an address in `&lt;` and `&gt;`, by lines quoted with `&gt;`, or by elements that end lines.
pub(super) fn find(text: &[u8], zone: Option<Span>) -> Option<Peeling> {
    let (start, header) = in_zone(text, zone);
    let is_escaped = has_escaped_brackets(header) || quoted_lines(header).take(2).count() == 2;
    if !is_escaped && line_breaks(header).take(2).count() < 2 {
        return None;
    }
    let edits = edits(text);
    // The first element may stand before the first field.
    let start = edits.first().map_or(start, |edit| edit.span.start.min(start));
    Some(Peeling { edits, repairs: vec![(RepairKind::Html, Span::new(start, text.len()))] })
}

/// An HTML text as plain text.
pub fn to_text<'a>(html: &Reading<'a>) -> Reading<'a> {
    apply(html, &edits(html.bytes()))
}

/// `&gt; Received: from mx.example.com`
fn quoted_lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b'\n').filter(|line| line.starts_with(b"&gt;"))
}

/// `&lt;ann@example.com&gt;`
fn has_escaped_brackets(text: &[u8]) -> bool {
    let starts =
        |rest: &[u8], name: &[u8]| rest.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(name));
    let marks = text.iter().enumerate().filter(|(_, byte)| **byte == b'&').map(|(place, _)| place);
    let mut opened = None;
    for place in marks {
        let rest = text.get(place..).unwrap_or_default();
        if starts(rest, b"&lt;") {
            opened = Some(place);
        } else if starts(rest, b"&gt;")
            && let Some(open) = opened.take()
            && text.get(open..place).is_some_and(|address| address.contains(&b'@'))
        {
            return true;
        }
    }
    false
}

/// The elements at which a line ends: a line end or a field comes behind them. A subject may speak of `<br>`.
fn line_breaks(text: &[u8]) -> impl Iterator<Item = Span> + '_ {
    tags(text).filter(|(_, is_break)| *is_break).map(|(span, _)| span).filter(|span| {
        let behind = text.get(span.end..).unwrap_or_default();
        behind.first().is_none_or(|byte| matches!(byte, b'\n' | b'\r')) || is_known_field(behind)
    })
}

fn edits(text: &[u8]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = tags(text)
        .map(|(span, is_break)| {
            // A line that ends anyway needs no other end.
            let is_at_line_end = text
                .get(span.end..)
                .unwrap_or_default()
                .first()
                .is_none_or(|byte| matches!(byte, b'\n' | b'\r'));
            if is_break && !is_at_line_end { Edit::replace(span, b"\n") } else { Edit::delete(span) }
        })
        .chain(references(text))
        .collect();
    edits.sort_by_key(|edit| edit.span.start);
    // A reference in an attribute goes with its element.
    let mut reached = 0;
    edits.retain(|edit| {
        let is_free = edit.span.start >= reached;
        reached = reached.max(edit.span.end);
        is_free
    });
    edits
}

/// The elements of a text that lay it out, and whether each ends a line. `<ann@example.com>` is none.
fn tags(text: &[u8]) -> impl Iterator<Item = (Span, bool)> + '_ {
    let opens = text.iter().enumerate().filter(|(_, byte)| **byte == b'<').map(|(place, _)| place);
    opens.filter_map(|open| {
        let rest = text.get(open + 1..)?;
        let rest = rest.get(..rest.len().min(LONGEST_TAG))?;
        let slash = usize::from(rest.first() == Some(&b'/'));
        let word = slash + rest.get(slash..)?.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let name = std::str::from_utf8(rest.get(..word)?).ok()?.to_ascii_lowercase();
        matches!(rest.get(word), Some(b'>' | b' ' | b'/' | b'\n' | b'\r' | b'\t')).then_some(())?;
        let close = rest.iter().position(|byte| matches!(byte, b'>' | b'<'))?;
        (rest.get(close) == Some(&b'>')).then_some(())?;
        let is_break = BREAKS.contains(&name.as_str());
        let is_cell = name == "td" || name == "/td" || name == "th" || name == "/th";
        (is_break || is_cell || OTHERS.contains(&name.as_str()))
            .then_some((Span::new(open, open + close + 2), is_break))
    })
}

/// Elements with longer attributes are left as they are.
const LONGEST_TAG: usize = 500;

fn references(text: &[u8]) -> impl Iterator<Item = Edit> + '_ {
    let marks = text.iter().enumerate().filter(|(_, byte)| **byte == b'&').map(|(place, _)| place);
    marks.filter_map(|place| {
        let rest = text.get(place..)?;
        let known = NAMED
            .iter()
            .find(|(name, _)| rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)));
        if let Some((name, with)) = known {
            return Some(Edit::replace(Span::new(place, place + name.len()), with));
        }
        let (length, letter) = numbered(rest)?;
        let with = Cow::Owned(letter.to_string().into_bytes());
        Some(Edit { span: Span::new(place, place + length), with })
    })
}

/// `&#60;`, `&#x3c;`: the length, and the letter.
fn numbered(text: &[u8]) -> Option<(usize, char)> {
    let head = text.get(..text.len().min(10))?;
    let end = head.iter().position(|byte| *byte == b';')?;
    let digits = std::str::from_utf8(head.get(2..end)?).ok().filter(|_| head.get(1) == Some(&b'#'))?;
    let number = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    let letter = if number == 0xa0 { ' ' } else { char::from_u32(number)? };
    Some((end + 1, letter))
}
