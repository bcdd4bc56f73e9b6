//! Marks that stand before each line: `> ` of a reply, an indent, the `- ` of a list.

use std::borrow::Cow;

use super::{Peeling, is_known_field};
use crate::input::RepairKind;
use crate::input::edits::Edit;
use crate::text::{Line, Span, lines};

/// What stands before a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Prefix {
    /// How many `>`.
    quotes: usize,
    /// Whether a blank stands behind the last of them.
    has_blank: bool,
    /// How many blanks come then.
    indent: usize,
    /// Whether a bullet follows.
    has_bullet: bool,
    /// The length of it all.
    length: usize,
}

/// How many bytes of a line are marks and blanks before its text.
pub fn length(line: &[u8]) -> usize {
    prefix_of(line).length
}

fn prefix_of(line: &[u8]) -> Prefix {
    let mut prefix = Prefix::default();
    let mut at = 0;
    while let Some(mark) = quote_at(line, at) {
        prefix.quotes += 1;
        at = mark + 1;
    }
    prefix.has_blank = prefix.quotes > 0 && line.get(at) == Some(&b' ');
    at += usize::from(prefix.has_blank);
    prefix.indent = blanks_at(line, at);
    at += prefix.indent;
    let bullet = bullet_at(line, at);
    prefix.has_bullet = bullet > 0;
    prefix.length = at + bullet;
    prefix
}

/// Where a `>` or `|` stands, behind blanks at most.
fn quote_at(line: &[u8], at: usize) -> Option<usize> {
    let mark = at + blanks_at(line, at);
    matches!(line.get(mark), Some(b'>' | b'|')).then_some(mark)
}

fn blanks_at(line: &[u8], at: usize) -> usize {
    line.get(at..).unwrap_or_default().iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

/// The length of `- `, `* `, `+ ` or `• `.
fn bullet_at(line: &[u8], at: usize) -> usize {
    match line.get(at..) {
        Some([b'-' | b'*' | b'+', b' ' | b'\t', ..]) => 2,
        Some([0xe2, 0x80, 0xa2, b' ' | b'\t', ..]) => 4,
        _ => 0,
    }
}

/// Finds marks before the first field, and takes the same off every line from there on that has them.
pub(super) fn find(text: &[u8], zone: Option<Span>) -> Option<Peeling> {
    let zone = zone?;
    let first = lines(text, 0).find(|line| line.next > zone.start)?;
    let prefix = prefix_of(content(text, first));
    if prefix.length == 0 {
        return None;
    }
    let mut edits = Vec::new();
    let mut marked: Option<Line> = None;
    let mut last = first.span;
    let mut all = lines(text, first.span.start).peekable();
    while let Some(line) = all.next() {
        let content = content(text, line);
        let length = length_on(content, prefix);
        // A reply starts right below the quoted header: a blank line keeps the two apart.
        let is_first_of_reply = prefix.quotes > 0
            && marked.is_some()
            && length == 0
            && !content.trim_ascii().is_empty()
            && !all.peek().is_some_and(|next| length_on(self::content(text, *next), prefix) > 0)
            && !is_known_field(content);
        if is_first_of_reply {
            let start = line.span.start;
            edits.push(Edit { span: Span::new(start, start), with: Cow::Borrowed(b"\n") });
        }
        if length > 0 {
            edits.push(Edit::delete(Span::new(line.span.start, line.span.start + length)));
            last = line.span;
        }
        marked = (length > 0).then_some(line);
    }
    Some(Peeling { edits, repairs: told(prefix, Span::new(first.span.start, last.end)) })
}

fn told(prefix: Prefix, span: Span) -> Vec<(RepairKind, Span)> {
    [
        (prefix.quotes > 0, RepairKind::Quoting),
        (prefix.has_bullet, RepairKind::Bullets),
        (prefix.indent > 0 && !prefix.has_bullet, RepairKind::Indentation),
    ]
    .into_iter()
    .filter_map(|(is_there, kind)| is_there.then_some((kind, span)))
    .collect()
}

/// How much of a prefix stands before a line. Fewer marks are taken off as well; a line of a list may go on without a bullet.
fn length_on(line: &[u8], prefix: Prefix) -> usize {
    let mut at = 0;
    let mut quotes = 0;
    while quotes < prefix.quotes {
        let Some(mark) = quote_at(line, at) else {
            break;
        };
        at = mark + 1;
        quotes += 1;
    }
    if prefix.quotes > 0 && quotes == 0 {
        return 0;
    }
    at += usize::from(prefix.has_blank && line.get(at) == Some(&b' '));
    at += blanks_at(line, at).min(prefix.indent);
    if prefix.has_bullet { at + bullet_at(line, at) } else { at }
}

fn content(text: &[u8], line: Line) -> &[u8] {
    text.get(line.span.start..line.span.end).unwrap_or_default()
}
