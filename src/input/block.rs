//! One header: its lines put together to fields, and what had to be set right for that.
//!
//! RFC 7103 section 7 tells how broken headers are read with care: a line that lost its indent belongs to the field above, a line of blanks
//! inside a field counts for nothing.

use super::blanks::{self, Above, Gap, Names};
use super::edits::{self, Edit, Moves};
use super::joins::{self, Join};
use super::marks::{ends_header, is_list_of_names, is_passed_over, is_signature, passed_over};
use super::trace_date::TraceDate;
use super::trace_line::{ends_in_clause, is_sentence};
use super::{Repair, RepairKind};
use crate::header::{
    FieldLine, Header, Places, Separator, field_line, is_known, is_telling, strict_field_line,
};
use crate::text::{Line, Reading, Span, lines};

/// A header that was read.
#[derive(Clone, Debug)]
pub struct Block<'a> {
    /// Its fields.
    pub header: Header<'a>,
    /// The lines of the header, in the text that was read.
    pub span: Span,
    /// Behind the header and the blank line that closes it, in the text that was read.
    pub end: usize,
    /// What had to be set right.
    pub repairs: Vec<Repair>,
}

impl Block<'_> {
    /// Whether it is the header of a mail. Prose with colons is none.
    pub fn is_mail(&self) -> bool {
        self.header.fields().any(|field| is_telling(field.name().as_bytes()))
    }

    /// Whether it is more than the few lines that mail programs put above a mail that they quote.
    pub fn is_whole_header(&self) -> bool {
        let has = |name: &str| self.header.first(name).is_some();
        has("Received") || (has("Message-ID") && (has("From") || has("Date")))
    }
}

/// The header that starts at `start`, the start of a line.
pub fn read<'a>(text: &Reading<'a>, start: usize) -> Block<'a> {
    let mut lines_read = Lines::new(text, start);
    lines_read.read();
    lines_read.finish()
}

/// The field that is being read.
#[derive(Clone, Copy, Debug)]
struct Open {
    kind: Kind,
    date: TraceDate,
    /// Whether anything but blanks stands behind its colon.
    has_value: bool,
    /// The line that was read last, without blanks at its ends.
    last: Span,
}

/// What can be said of the end of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Ends with a date.
    Received,
    /// Is a date.
    Date,
    /// Is one word in `<>`.
    MessageId,
    /// Whatever stands below may belong to it.
    Other,
}

/// Where a second header may have begun without a blank line: at a field that servers write, below fields of the sender.
#[derive(Clone, Copy, Debug)]
struct Second {
    start: usize,
    reached: usize,
    fields: usize,
    joins: usize,
    /// How many fields came again since then that a header has once.
    repeated: usize,
}

struct Lines<'r, 'a> {
    text: &'r Reading<'a>,
    start: usize,
    /// Behind the last line that belongs to the header.
    reached: usize,
    end: usize,
    fields: Vec<Places>,
    names: Names,
    /// How many blank lines slipped in.
    slips: usize,
    open: Option<Open>,
    second: Option<Second>,
    joins: Vec<Join>,
    has_lost_folds: bool,
    repairs: Vec<(RepairKind, Span)>,
    longest: usize,
}

impl<'r, 'a> Lines<'r, 'a> {
    fn new(text: &'r Reading<'a>, start: usize) -> Self {
        Self {
            text,
            start,
            reached: start,
            end: start,
            fields: Vec::new(),
            names: Names::default(),
            slips: 0,
            open: None,
            second: None,
            joins: Vec::new(),
            has_lost_folds: false,
            repairs: Vec::new(),
            longest: 0,
        }
    }

    fn read(&mut self) {
        let bytes = self.text.bytes();
        let is_double_spaced = blanks::is_double_spaced(bytes, self.start);
        let mut above_length = 0;
        let mut skip_to = self.start;
        for line in lines(bytes, self.start) {
            if line.span.start < skip_to {
                continue;
            }
            let content = self.text.slice(line.span);
            if content.trim_ascii().is_empty() {
                match self.gap(line, is_double_spaced) {
                    Some(next) => skip_to = next,
                    None => {
                        self.end = line.next;
                        self.end_before_second(self.repeats_behind(line));
                        break;
                    }
                }
                continue;
            }
            if ends_header(content) {
                self.end = line.span.start;
                break;
            }
            self.take(line, above_length);
            above_length = line.span.len();
            self.longest = self.longest.max(above_length);
            self.end = line.next;
            if self.end_before_second(false) {
                break;
            }
        }
        if is_double_spaced {
            self.repairs.push((RepairKind::DoubleSpacing, Span::new(self.start, self.reached)));
        }
    }

    /// A blank line: where the header goes on behind it; absent where it ends here.
    fn gap(&mut self, line: Line, is_double_spaced: bool) -> Option<usize> {
        let above = Above {
            is_double_spaced,
            is_spaced: self.slips + 1 == self.fields.len(),
            is_trace_open: self.open.is_some_and(Open::is_in_trace),
            names: self.names,
        };
        match blanks::gap(self.text.bytes(), line, above) {
            Gap::End => None,
            Gap::Spacing(next) => Some(next),
            Gap::Slip(next) => {
                self.slips += 1;
                let blank =
                    lines(self.text.bytes(), line.span.start).take_while(|line| line.span.start < next);
                self.repairs.extend(blank.map(|line| (RepairKind::BlankLine, line.span)));
                Some(next)
            }
        }
    }

    /// Whether the field behind a blank line is one that this header has already and that a header has once.
    fn repeats_behind(&self, blank: Line) -> bool {
        let bytes = self.text.bytes();
        let mut below = lines(bytes, blank.next).map(|line| self.text.slice(line.span));
        let next = below.find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
        let name = field_line(next).and_then(|found| next.get(..found.name.end));
        name.is_some_and(|name| self.names.has(name) && blanks::is_of_sender(name))
    }

    /// Ends the header before a second one, if there is one: two fields came again, or one did and a blank line follows.
    fn end_before_second(&mut self, is_next_repeated: bool) -> bool {
        let Some(second) = self.second else {
            return false;
        };
        if second.repeated + usize::from(is_next_repeated) < 2 && !(is_next_repeated && self.slips > 0) {
            return false;
        }
        self.fields.truncate(second.fields);
        self.joins.truncate(second.joins);
        self.repairs.retain(|(_, span)| span.start < second.reached);
        self.reached = second.reached;
        self.end = second.start;
        true
    }

    fn take(&mut self, line: Line, above_length: usize) {
        let content = self.text.slice(line.span);
        let is_indented = content.first().is_some_and(u8::is_ascii_whitespace);
        let trimmed = trimmed(content, line.span);
        let above = std::mem::replace(&mut self.reached, trimmed.end);
        let found = field_line(content).or_else(|| self.odd_field_line(content));
        if let Some(found) = found.filter(|found| !self.goes_on_with(content, *found)) {
            self.start_field(trimmed, found, above);
        } else if is_passed_over(content) {
            self.repairs.push((passed_over(content), trimmed));
        } else {
            self.go_on(trimmed, above_length, is_indented);
        }
    }

    /// Whether a line that looks like a field goes on with the one above: with the list of a signature, or within a Received field with
    /// the end of some word, such as `teway: authorized use only`.
    fn goes_on_with(&self, line: &[u8], found: FieldLine) -> bool {
        let (Some(open), Some(field)) = (&self.open, self.fields.last()) else {
            return false;
        };
        let name = line.get(..found.name.end).unwrap_or_default();
        let is_odd = !is_known(name) && !name.contains(&b'-');
        let is_in_trace =
            self.has_lost_folds && open.is_in_trace() && !open.date.is_begun() && open.has_value;
        (is_in_trace && is_odd)
            || (is_signature(self.text.slice(field.name)) && is_list_of_names(line, found))
    }

    /// A line with a name that none in use is like, `UID:4711` or `X-Foo(bar): baz`: a field by the letter of RFC 5322 section 2.2. That
    /// is taken for granted where no line of the header has lost its indent.
    fn odd_field_line(&self, line: &[u8]) -> Option<FieldLine> {
        let is_closed = self.open.is_some_and(|open| open.kind != Kind::Received)
            && !self.fields.last().is_some_and(|field| is_signature(self.text.slice(field.name)));
        if self.has_lost_folds || !is_closed {
            return None;
        }
        strict_field_line(line)
    }

    fn start_field(&mut self, line: Span, found: FieldLine, above: usize) {
        let value = Span::new((line.start + found.value).min(line.end), line.end);
        let name = found.name.shifted(line.start);
        self.note(name, line, above);
        match found.separator {
            Separator::Colon => {}
            Separator::BlankAndColon => self.repairs.push((RepairKind::BlankBeforeColon, line)),
            Separator::Tab => self.repairs.push((RepairKind::TableRow, line)),
        }
        let kind = Kind::of(self.text.slice(name));
        let content = self.text.slice(value);
        let has_value = !content.trim_ascii().is_empty();
        let mut open = Open { kind, date: TraceDate::of(kind == Kind::Date), has_value, last: line };
        open.date.read(content);
        self.fields.push(Places { field: line, name, value });
        self.open = Some(open);
    }

    /// Notes the name of a field that starts, and whether a second header may start with it.
    fn note(&mut self, name: Span, line: Span, above: usize) {
        let name = self.text.slice(name);
        if self.second.is_none() && self.names.has_origin() && blanks::is_trace(name) {
            self.second = Some(Second {
                start: line.start,
                reached: above,
                fields: self.fields.len(),
                joins: self.joins.len(),
                repeated: 0,
            });
        }
        let is_repeated = self.names.note(name) && blanks::is_of_sender(name);
        if let Some(second) = &mut self.second {
            second.repeated += usize::from(is_repeated);
        }
    }

    /// A line that starts no field: the next line of the field above, or of none.
    fn go_on(&mut self, trimmed: Span, above_length: usize, is_indented: bool) {
        let content = self.text.slice(trimmed);
        let (Some(open), Some(field)) = (&mut self.open, self.fields.last_mut()) else {
            self.repairs.push((RepairKind::StrayLine, trimmed));
            return;
        };
        let is_foreign = match open.kind {
            Kind::Received if open.date.is_complete() => !content.starts_with(b"("),
            Kind::Received => is_sentence(content) && !ends_in_clause(self.text.slice(open.last)),
            Kind::Date => open.date.is_complete() && !content.starts_with(b"("),
            Kind::MessageId => self.text.slice(open.last).ends_with(b">"),
            Kind::Other => false,
        };
        if !is_indented && is_foreign {
            self.repairs.push((RepairKind::StrayLine, trimmed));
            // A Received field that is not at its end may go on below.
            self.open = self.open.filter(|open| open.is_in_trace());
            return;
        }
        if std::mem::replace(&mut open.has_value, true) {
            self.has_lost_folds |= !is_indented;
            self.joins.push(Join {
                above: open.last,
                below: trimmed,
                above_length,
                is_indented,
                is_received: open.kind == Kind::Received,
                has_blank: self
                    .text
                    .slice(Span::new(open.last.end, open.last.end + 1))
                    .first()
                    .is_some_and(|byte| matches!(byte, b' ' | b'\t')),
            });
        } else if !is_indented {
            self.repairs.push((RepairKind::ValueOnNextLine, trimmed));
        }
        open.date.read(content);
        open.last = trimmed;
        field.field.end = trimmed.end;
        field.value.end = trimmed.end;
    }

    fn finish(mut self) -> Block<'a> {
        let (edits, told) = joins::mend(self.text.bytes(), &self.joins, self.longest);
        self.repairs.extend(told);
        let text = self.text;
        let span = Span::new(self.start, self.reached);
        let is_double_spaced = self.repairs.iter().any(|(kind, _)| *kind == RepairKind::DoubleSpacing);
        self.repairs.extend(line_end_repair(text, span).filter(|_| !is_double_spaced));
        self.repairs.extend(charset_repair(text, span));
        self.repairs.sort_by_key(|(_, span)| span.start);
        let repairs = self.repairs.into_iter().map(|(kind, span)| Repair { kind, span: text.place(span) });
        // Only the lines of the header: a text may hold thousands.
        let own = |places: Span| Span::new(places.start - span.start, places.end - span.start);
        let lines = text.part(span);
        let edits: Vec<Edit> = edits.into_iter().map(|edit| Edit { span: own(edit.span), ..edit }).collect();
        let moves = Moves::of(&edits);
        let fields = self.fields.iter().map(|places| Places {
            field: moves.span(own(places.field)),
            name: moves.span(own(places.name)),
            value: moves.span(own(places.value)),
        });
        let reading = if edits.is_empty() { lines } else { edits::apply(&lines, &edits) };
        let header = Header::new(reading, fields.collect());
        Block { header, span, end: self.end, repairs: repairs.collect() }
    }
}

impl Open {
    /// Whether it is a Received field whose date has not come yet.
    const fn is_in_trace(self) -> bool {
        matches!(self.kind, Kind::Received) && !self.date.is_complete()
    }
}

impl Kind {
    fn of(name: &[u8]) -> Self {
        if name.eq_ignore_ascii_case(b"Received") {
            Self::Received
        } else if name.eq_ignore_ascii_case(b"Date") {
            Self::Date
        } else if name.eq_ignore_ascii_case(b"Message-ID") {
            Self::MessageId
        } else {
            Self::Other
        }
    }
}

/// The line without blanks at its ends.
fn trimmed(content: &[u8], line: Span) -> Span {
    let start = line.start + (content.len() - content.trim_ascii_start().len());
    Span::new(start, start + content.trim_ascii().len())
}

/// Lines that end in several ways, where they start to differ.
fn line_end_repair(text: &Reading<'_>, span: Span) -> Option<(RepairKind, Span)> {
    let header = text.slice(span);
    let mut ends = lines(header, 0).filter(|line| line.next < header.len());
    let first = ends.next()?;
    let end_of = |line: &Line| header.get(line.span.end..line.next);
    let other = ends.find(|line| end_of(line) != end_of(&first))?;
    Some((RepairKind::MixedLineEnds, other.span.shifted(span.start)))
}

/// The first line with bytes that are no UTF-8.
fn charset_repair(text: &Reading<'_>, span: Span) -> Option<(RepairKind, Span)> {
    let error = std::str::from_utf8(text.slice(span)).err()?;
    let at = span.start + error.valid_up_to();
    Some((RepairKind::UnknownCharset, Span::new(at, at + 1)))
}
