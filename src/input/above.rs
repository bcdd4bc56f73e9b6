//! What stands above a header, and is passed over and told.

use super::marks::{is_fence, is_outlook_line};
use super::peel::prefix_length;
use super::{Repair, RepairKind, mailbox};
use crate::text::{Reading, Span, lines};

/// Where the text starts, behind what editors put above it.
pub fn lead_in(text: &Reading<'_>, repairs: &mut Vec<Repair>) -> usize {
    const MARK: &[u8] = b"\xef\xbb\xbf";
    let bytes = text.bytes();
    let mark = if bytes.starts_with(MARK) { MARK.len() } else { 0 };
    let blank = lines(bytes, mark)
        .take_while(|line| text.slice(line.span).trim_ascii().is_empty())
        .last()
        .map_or(mark, |line| line.next);
    let mut tell = |kind, span: Span| {
        if !span.is_empty() {
            repairs.push(Repair { kind, span: text.place(span) });
        }
    };
    tell(RepairKind::ByteOrderMark, Span::new(0, mark));
    tell(RepairKind::LeadingBlankLines, Span::new(mark, blank));
    blank
}

/// Tells what stands above the first header and was passed over. Whether there are words among it.
pub fn tell_above(text: &Reading<'_>, above: Span, repairs: &mut Vec<Repair>) -> bool {
    let mut words: Option<Span> = None;
    for line in lines(text.bytes(), above.start).take_while(|line| line.span.start < above.end) {
        let content = text.slice(line.span);
        if content.trim_ascii().is_empty() {
            continue;
        }
        let is_separator = !has_letters(content);
        match mark_kind(content.get(prefix_length(content)..).unwrap_or_default()) {
            Some(kind) => repairs.push(Repair { kind, span: text.place(line.span) }),
            None if is_separator => {}
            None => {
                words = Some(Span::new(words.map_or(line.span.start, |words| words.start), line.span.end));
            }
        }
    }
    repairs.extend(words.map(|words| Repair { kind: RepairKind::TextBefore, span: text.place(words) }));
    words.is_some()
}

/// What a line above a header is that is no words.
fn mark_kind(line: &[u8]) -> Option<RepairKind> {
    if is_fence(line) {
        Some(RepairKind::CodeFence)
    } else if is_outlook_line(line) {
        Some(RepairKind::OutlookLine)
    } else if mailbox::is_like_separator(line) {
        Some(RepairKind::MboxSeparator)
    } else {
        None
    }
}

/// Whether there is anything to read.
pub fn has_letters(text: &[u8]) -> bool {
    text.iter().any(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80)
}
