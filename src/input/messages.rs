//! From a text to its messages: headers one after the other, bodies behind them, and the messages that stand in the bodies.

use super::above::{has_letters, lead_in, tell_above};
use super::blanks::is_trace;
use super::block::{self, Block};
use super::marks::{is_fence, is_outlook_line};
use super::{Form, Item, Repair, RepairKind, mailbox, peel};
use crate::bounce::{self, Bounce};
use crate::header::{Header, field_line, is_known};
use crate::mime::{self, Part};
use crate::text::{Line, Reading, Span, lines};

/// Messages within messages are read to this depth: a bounce of a bounce of a mail with an attached mail.
const DEEPEST: usize = 4;

/// What is known of a message before it is read.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The wrapping, where that is settled.
    pub form: Option<Form>,
    /// The message in which it stands.
    pub parent: Option<usize>,
    depth: usize,
}

impl Place {
    /// A message that came by itself.
    pub const fn top(form: Option<Form>) -> Self {
        Self { form, parent: None, depth: 0 }
    }

    /// A message attached to the one at this place, in a container.
    pub const fn within_file(parent: usize) -> Self {
        Self { form: Some(Form::Attached), parent: Some(parent), depth: 1 }
    }

    const fn within(self, parent: usize, form: Form) -> Self {
        Self { form: Some(form), parent: Some(parent), depth: self.depth + 1 }
    }
}

/// Finds messages and gathers them, each behind the one in which it stands.
#[derive(Debug, Default)]
pub struct Finder<'a> {
    /// What was found.
    pub items: Vec<Item<'a>>,
}

impl<'a> Finder<'a> {
    /// Reads a text that was pasted, or that a file held.
    pub fn read_text(&mut self, text: &Reading<'a>) {
        let mut repairs = Vec::new();
        let start = lead_in(text, &mut repairs);
        let text = text.part(Span::new(start, text.bytes().len()));
        let Some((separator, messages)) = mailbox::messages(text.bytes()) else {
            self.read_message(&text, Place::top(None), repairs);
            return;
        };
        tell_above(&text, Span::new(0, separator.span.start), &mut repairs);
        let is_single = messages.len() == 1;
        if is_single {
            repairs.push(Repair { kind: RepairKind::MboxSeparator, span: text.place(separator.span) });
        }
        let form = (!is_single).then_some(Form::Mailbox);
        for message in messages {
            self.read_message(&text.part(message), Place::top(form), std::mem::take(&mut repairs));
        }
    }

    /// Reads a stretch in which a message stands. By itself it may be several, one after the other.
    pub fn read_message(&mut self, wrapped: &Reading<'a>, place: Place, told: Vec<Repair>) {
        let mut repairs = told.clone();
        let text = peel::all(wrapped.clone(), &mut repairs);
        let Some((summary, mut block)) = first_header(&text) else {
            if !self.read_report_without_header(wrapped, place, told) {
                self.read_report_without_header(&text, place, repairs);
            }
            return;
        };
        repairs.extend(summary.map(|span| Repair { kind: RepairKind::TextSummary, span: text.place(span) }));
        let above = Span::new(summary.map_or(0, |summary| summary.end), block.span.start);
        let has_words = tell_above(&text, above, &mut repairs);
        // The words may be a report that returns the header, unless that is the header of a report itself.
        let may_be_report = has_words && place.parent.is_none() && !is_report(&text, &block);
        if may_be_report && self.read_report_without_header(wrapped, place, told) {
            return;
        }
        loop {
            repairs.append(&mut block.repairs);
            let end = behind_fence(&text, block.end);
            let next = if place.depth == 0 { next_message(&text, &block) } else { None };
            let Some((body_end, next)) = next else {
                self.add(&text, block, text.bytes().len(), place, repairs);
                return;
            };
            self.add(&text, block, body_end, place, std::mem::take(&mut repairs));
            tell_above(&text, Span::new(body_end.max(end), next.span.start), &mut repairs);
            block = next;
        }
    }

    /// The text of a bounce that was pasted without its own header; whether it is one.
    fn read_report_without_header(&mut self, text: &Reading<'a>, place: Place, repairs: Vec<Repair>) -> bool {
        let header = Header::new(text.part(Span::new(0, 0)), Vec::new());
        let parts = [Part { media_type: "text/plain".to_owned(), content: text.clone() }];
        let Some(bounce) = bounce::read(&header, &parts) else {
            return false;
        };
        let span = text.place(text.span());
        let nth = self.push(Item::new(Form::BounceReport, place.parent, span, header, Some(bounce), repairs));
        self.add_inner(nth, &parts, place);
        true
    }

    /// Adds a message and those in its body, which ends at `end`.
    fn add(
        &mut self,
        text: &Reading<'a>,
        block: Block<'a>,
        end: usize,
        place: Place,
        mut repairs: Vec<Repair>,
    ) {
        let body = Span::new(behind_fence(text, block.end), end);
        let has_body = !text.slice(body).trim_ascii().is_empty();
        let parts = if has_body { parts(&block.header, text.part(body)) } else { Vec::new() };
        let bounce = bounce::read(&block.header, &parts);
        let form = form(place.form, bounce.as_ref(), has_body);
        let span = text.place(Span::new(block.span.start, end));
        let received = received_lines(text.slice(body));
        let nth = self.push(Item::new(form, place.parent, span, block.header, bounce, Vec::new()));
        self.add_inner(nth, &parts, place);
        let read: usize =
            self.items.iter().skip(nth + 1).map(|item| item.header.named("Received").count()).sum();
        if has_body && self.items.len() == nth + 1 && form != Form::BounceReport {
            repairs.push(Repair { kind: RepairKind::Body, span: text.place(trimmed(text, body)) });
        }
        repairs.sort_by_key(|repair| repair.span.start);
        let wrapping: Vec<Repair> =
            repairs.iter().filter(|repair| repair.kind.is_wrapping()).copied().collect();
        for inner in self.items.iter_mut().skip(nth + 1) {
            inner.share(&wrapping);
        }
        if let Some(item) = self.items.get_mut(nth) {
            item.received_in_body = received.saturating_sub(read);
            item.repairs = repairs;
        }
    }

    /// Adds the messages that stand in the body of another: the one that a report returns, or those that are attached or forwarded.
    fn add_inner(&mut self, nth: usize, parts: &[Part<'a>], place: Place) {
        if place.depth >= DEEPEST {
            return;
        }
        let bounce = self.items.get(nth).and_then(|item| item.bounce.as_ref());
        if let Some(returned) = bounce.and_then(|bounce| bounce.returned) {
            if let Some(part) = parts.get(returned.part) {
                let content = part.content.part(Span::new(returned.offset, part.content.bytes().len()));
                self.read_message(&content, place.within(nth, Form::BounceOriginal), Vec::new());
            }
            return;
        }
        let inner = if bounce.is_some() { Form::BounceOriginal } else { Form::Forwarded };
        let has_plain = parts.iter().any(|part| part.media_type == "text/plain");
        for part in parts {
            if holds_message(&part.media_type) {
                self.read_message(&part.content, place.within(nth, Form::Attached), Vec::new());
            } else if part.media_type == "text/plain" || (part.media_type == "text/html" && !has_plain) {
                let text = if part.media_type == "text/html" {
                    peel::html_to_text(&part.content)
                } else {
                    part.content.clone()
                };
                for message in quoted_messages(&text) {
                    self.read_message(&text.part(message), place.within(nth, inner), Vec::new());
                }
            }
        }
    }

    fn push(&mut self, item: Item<'a>) -> usize {
        self.items.push(item);
        self.items.len() - 1
    }
}

/// The parts of a body. What a header says of a body need not hold for the words and headers that were pasted below it.
fn parts<'a>(header: &Header<'_>, body: Reading<'a>) -> Vec<Part<'a>> {
    let parts = mime::parts(header, &body);
    let is_read = match parts.as_slice() {
        [] => false,
        [part] => received_lines(part.content.bytes()) >= received_lines(body.bytes()),
        _ => true,
    };
    if is_read || received_lines(body.bytes()) == 0 {
        return parts;
    }
    vec![Part { media_type: "text/plain".to_owned(), content: body }]
}

/// Whether a header and what stands behind it are a report.
fn is_report(text: &Reading<'_>, block: &Block<'_>) -> bool {
    let body = text.part(Span::new(block.end, text.bytes().len()));
    bounce::read(&block.header, &mime::parts(&block.header, &body)).is_some()
}

fn form(settled: Option<Form>, bounce: Option<&Bounce>, has_body: bool) -> Form {
    let is_report = bounce.is_some_and(|bounce| bounce.kind != bounce::Kind::AutoReply);
    match settled {
        Some(Form::Mailbox | Form::Outlook) | None if is_report => Form::BounceReport,
        Some(form) => form,
        None if has_body => Form::Message,
        None => Form::Headers,
    }
}

/// Media types whose content is a message or its header (RFC 2046 section 5.2, RFC 6522 section 3, RFC 6532 section 3.7).
fn holds_message(media_type: &str) -> bool {
    matches!(
        media_type,
        "message/rfc822"
            | "message/news"
            | "message/global"
            | "message/global-headers"
            | "text/rfc822-headers"
    )
}

/// The topmost header of a text, and before it the few lines that a page shows above the real header, such as Gmail's table.
fn first_header<'a>(text: &Reading<'a>) -> Option<(Option<Span>, Block<'a>)> {
    let first = find_header(text, 0)?;
    if first.is_whole_header() {
        return Some((None, first));
    }
    let second = find_header(text, first.end).filter(Block::is_whole_header);
    match second.filter(|second| is_summary(text, Span::new(first.end, second.span.start))) {
        Some(second) => Some((Some(trimmed(text, Span::new(0, second.span.start))), second)),
        None => Some((None, first)),
    }
}

/// Whether the lines between two headers are no more than what stands on buttons: `Download Original`, `Copy to clipboard`.
fn is_summary(text: &Reading<'_>, between: Span) -> bool {
    let mut words = lines(text.slice(between), 0).map(|line| line.span.len()).filter(|length| *length > 0);
    words.by_ref().take(6).all(|length| length <= 60) && words.next().is_none()
}

/// The next header from `start` on. The first line counts as its start if it is any field; further down the name must be one in use.
fn find_header<'a>(text: &Reading<'a>, start: usize) -> Option<Block<'a>> {
    let bytes = text.bytes();
    let mut reached = start;
    for line in lines(bytes, start) {
        if line.span.start < reached {
            continue;
        }
        let content = text.slice(line.span);
        let is_start = field_line(content).is_some_and(|found| {
            let name = content.get(..found.name.end).unwrap_or_default();
            line.span.start == start || is_known(name) || name.contains(&b'-')
        });
        if is_start {
            let block = block::read(text, line.span.start);
            if block.is_mail() {
                return Some(block);
            }
            reached = block.end;
        }
    }
    None
}

/// The next message of several that were pasted one after the other, and where the one before it ends: right behind its header, or behind
/// the parts of its body.
fn next_message<'a>(text: &Reading<'a>, block: &Block<'a>) -> Option<(usize, Block<'a>)> {
    // The parts are looked at only where they are read through, once.
    if let Some(next) = next_header(text, block.end) {
        return Some((block.end, next));
    }
    let body = Span::new(block.end, text.bytes().len());
    let end = block.end + mime::end_of_parts(&block.header, text.slice(body))?;
    Some((end, next_header(text, end)?))
}

/// The header behind `end`: right there, or behind lines that set it apart.
fn next_header<'a>(text: &Reading<'a>, end: usize) -> Option<Block<'a>> {
    let rest = lines(text.bytes(), end).filter(|line| !text.slice(line.span).trim_ascii().is_empty());
    for line in rest.take(4) {
        let content = text.slice(line.span);
        if field_line(content).is_some() {
            let block = block::read(text, line.span.start);
            let is_next = block.is_whole_header() && block.header.fields().len() > 1;
            return is_next.then_some(block);
        }
        if !sets_apart(content) {
            return None;
        }
    }
    None
}

/// Behind the fence that closes a code block at `end`, if one stands there.
fn behind_fence(text: &Reading<'_>, end: usize) -> usize {
    let mut below = lines(text.bytes(), end);
    let next = below.find(|line| !text.slice(line.span).trim_ascii().is_empty());
    next.filter(|line| is_fence(text.slice(line.span))).map_or(end, |line| line.next)
}

/// `-----`, `Second mail:`, the end of a code block.
fn sets_apart(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    // The boundary of a multipart may have no letters: `--=-=-=`.
    let is_boundary = line.starts_with(b"--") && line.iter().any(|byte| *byte != b'-');
    is_fence(line)
        || (!has_letters(line) && !is_boundary)
        || (line.len() <= 60 && line.ends_with(b":"))
        || is_outlook_line(line)
}

/// The messages whose headers stand in a text of words, whatever marks stand before their lines: each from a field that servers write
/// to the next such header.
fn quoted_messages(text: &Reading<'_>) -> Vec<Span> {
    let mut messages: Vec<Span> = Vec::new();
    let mut reached = 0;
    while let Some(header) = quoted_header(text, reached) {
        reached = header.end.max(header.start + 1);
        if is_trace_header(&text.part(header)) {
            if let Some(last) = messages.last_mut() {
                last.end = header.start;
            }
            messages.push(Span::new(header.start, text.bytes().len()));
        }
    }
    messages
}

/// Where the next lines stand that may be a header, behind whatever marks.
fn quoted_header(text: &Reading<'_>, from: usize) -> Option<Span> {
    let starts_trace = |line: &Line| {
        let content = text.slice(line.span);
        let core = content.get(peel::prefix_length(content)..).unwrap_or_default();
        field_line(core).is_some_and(|found| core.get(..found.name.end).is_some_and(is_trace))
    };
    let start = lines(text.bytes(), from).find(starts_trace)?.span.start;
    let zone = peel::zone(text.slice(Span::new(start, text.bytes().len())))?;
    Some(Span::new(start, start + zone.end))
}

/// Whether the lines are a header with a route. The sentence “Received: five boxes” is none.
fn is_trace_header(lines: &Reading<'_>) -> bool {
    let Some(block) = find_header(&peel::all(lines.clone(), &mut Vec::new()), 0) else {
        return false;
    };
    let has_hop = block.header.named("Received").any(|field| field.unfolded().contains(['(', '[', ';']));
    has_hop && block.header.fields().len() > 1
}

/// How many lines of a text start like a Received field.
fn received_lines(text: &[u8]) -> usize {
    const NAME: &[u8] = b"received:";
    let is_received = |line: &Line| {
        let content = line.content(text);
        content.get(..NAME.len()).is_some_and(|start| start.eq_ignore_ascii_case(NAME))
    };
    lines(text, 0).filter(is_received).count()
}

/// The stretch without blanks and line ends at its ends.
fn trimmed(text: &Reading<'_>, span: Span) -> Span {
    let bytes = text.slice(span);
    let start = span.start + (bytes.len() - bytes.trim_ascii_start().len());
    Span::new(start, start + bytes.trim_ascii().len())
}
