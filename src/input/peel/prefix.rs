//! Marks that stand before each line: `> ` of a reply, an indent, the `- ` of a list, line numbers.

use std::borrow::Cow;

use super::{Peeling, is_known_field};
use crate::input::RepairKind;
use crate::input::edits::Edit;
use crate::input::trace_line::is_trace_line;
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
    /// Whether a bullet follows, or a number.
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

/// The length of `- `, `* `, `+ `, `• `, `12. `, `12) `, or `12` and a tab.
fn bullet_at(line: &[u8], at: usize) -> usize {
    let rest = line.get(at..).unwrap_or_default();
    let digits = rest.iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
    match rest.get(digits..) {
        Some([b'-' | b'*' | b'+', b' ' | b'\t', ..]) if digits == 0 => 2,
        Some([0xe2, 0x80, 0xa2, b' ' | b'\t', ..]) if digits == 0 => 4,
        Some([b'\t', ..]) if digits > 0 => digits + 1,
        Some([b'.' | b')' | b':', b' ' | b'\t', ..]) if digits > 0 => digits + 2,
        _ => 0,
    }
}

/// Finds marks before the fields, and takes the same off every line from there on that has them.
pub(super) fn find(text: &[u8], zone: Option<Span>) -> Option<Peeling> {
    let zone = zone?;
    let first = lines(text, 0).find(|line| line.next > zone.start)?;
    let (start, prefix) = marked_line(text, zone, first)?;
    let mut edits = Vec::new();
    let mut last_marked = None;
    let mut last = start;
    let mut all = lines(text, start.span.start).peekable();
    while let Some(line) = all.next() {
        let content = line.content(text);
        let length = length_on(content, prefix);
        let goes_on = all.peek().is_some_and(|next| length_on(next.content(text), prefix) > 0);
        if prefix.quotes > 0 && last_marked.is_some() && length == 0 && !goes_on && is_answer(content) {
            // An answer starts right below the quoted header: a blank line keeps the two apart.
            let start = line.span.start;
            edits.push(Edit { span: Span::new(start, start), with: Cow::Borrowed(b"\n") });
        }
        if length > 0 {
            edits.push(Edit::delete(Span::new(line.span.start, line.span.start + length)));
            last = line;
        }
        last_marked = (length > 0).then_some(line);
    }
    Some(Peeling { edits, repairs: told(prefix, Span::new(start.span.start, last.span.end)) })
}

/// The first line with marks, and its marks. Who selects a text from its first letter on leaves the marks before it behind; then
/// all lines of the zone but the first have them, and fields stand behind them.
fn marked_line(text: &[u8], zone: Span, first: Line) -> Option<(Line, Prefix)> {
    let prefix = prefix_of(first.content(text));
    if prefix.length > 0 {
        return Some((first, prefix));
    }
    let below = || lines(text, first.next).take_while(|line| line.span.start < zone.end);
    let fields = || below().filter(|line| is_known_field(core(text, *line)));
    let second = fields().next()?;
    let prefix = prefix_of(second.content(text));
    let is_marked = |line: Line| length_on(line.content(text), prefix) == prefix.length;
    let are_all_marked = below().all(|line| line.content(text).trim_ascii().is_empty() || is_marked(line));
    let are_fields = fields().take(2).filter(|line| prefix_of(line.content(text)) == prefix).count() == 2;
    (prefix.length > 0 && !prefix.has_bullet && are_all_marked && are_fields).then_some((second, prefix))
}

/// Whether a line below quoted ones is the answer to them. A mail program that breaks long quoted lines leaves the rest without a mark.
fn is_answer(line: &[u8]) -> bool {
    !line.trim_ascii().is_empty() && !is_known_field(line) && !is_trace_line(line)
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

/// How much of a prefix stands before a line. Fewer marks are taken off as well, and more where a field stands behind them; a line of a
/// list may go on without a bullet.
fn length_on(line: &[u8], prefix: Prefix) -> usize {
    let own = prefix_of(line);
    if own.quotes > prefix.quotes
        && prefix.quotes > 0
        && is_known_field(line.get(own.length..).unwrap_or_default())
    {
        return own.length;
    }
    if prefix.quotes > 0 && own.quotes == 0 {
        return 0;
    }
    let mut at = 0;
    for _ in 0..prefix.quotes.min(own.quotes) {
        at = quote_at(line, at).map_or(at, |mark| mark + 1);
    }
    at += usize::from(prefix.has_blank && line.get(at) == Some(&b' '));
    if prefix.has_bullet && own.has_bullet {
        return own.length;
    }
    at + blanks_at(line, at).min(prefix.indent)
}

fn core(text: &[u8], line: Line) -> &[u8] {
    let content = line.content(text);
    content.get(length(content)..).unwrap_or_default()
}
