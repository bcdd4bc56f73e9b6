//! Bold names: `**Received:** from …`, as wikis and chats mark them (CommonMark section 6.2).

use super::{Peeling, is_known_field, prefix};
use crate::input::RepairKind;
use crate::input::edits::Edit;
use crate::text::{Span, lines};

/// Finds at least two fields whose names are marked so, and takes the marks off.
pub(super) fn find(text: &[u8], zone: Option<Span>) -> Option<Peeling> {
    let mut edits = Vec::new();
    let mut reached: Option<Span> = None;
    for line in lines(text, 0).take_while(|line| line.span.start < super::LONGEST_ZONE) {
        let content = line.content(text);
        if let Some(marks) = marks(content) {
            edits.extend(marks.map(|mark| Edit::delete(mark.shifted(line.span.start))));
            reached = Some(Span::new(reached.map_or(line.span.start, |span| span.start), line.span.end));
        }
    }
    // Below a plain header, as in a quoted mail, bold names are part of the body.
    let is_header = |span: &Span| zone.is_none_or(|zone| span.start <= zone.start);
    let span = reached.filter(|span| edits.len() >= 4 && is_header(span))?;
    Some(Peeling { edits, repairs: vec![(RepairKind::Emphasis, span)] })
}

/// The marks before and behind a name, colon inside or outside.
fn marks(line: &[u8]) -> Option<[Span; 2]> {
    let start = line.iter().take_while(|byte| !matches!(byte, b'*' | b'_')).count();
    let is_first = prefix::length(line.get(..start)?) == start;
    let mark = [&b"**"[..], b"__", b"*", b"_"]
        .into_iter()
        .find(|mark| is_first && line.get(start..).is_some_and(|rest| rest.starts_with(mark)))?;
    let open = Span::new(start, start + mark.len());
    let rest = line.get(open.end..)?;
    let colon = rest.iter().position(|byte| *byte == b':')?;
    let name = rest.get(..colon)?;
    let behind = rest.get(colon + 1..)?;
    let close = if behind.starts_with(mark) { colon + 1 } else { name.strip_suffix(mark)?.len() };
    let plain = [name.strip_suffix(mark).unwrap_or(name), b": "].concat();
    let close = Span::new(open.end + close, open.end + close + mark.len());
    is_known_or_extension(&plain).then_some([open, close])
}

fn is_known_or_extension(field: &[u8]) -> bool {
    is_known_field(field) || field.starts_with(b"X-")
}
