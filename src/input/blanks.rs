//! Blank lines in a header. One of them ends it; others slipped in on the way here.

use super::peel::is_known_field;
use super::trace_line::{is_one_of, is_trace_line};
use crate::header::{field_line, singleton};
use crate::text::{Line, line_at, lines};

/// What a blank line is.
pub enum Gap {
    /// The end of the header.
    End,
    /// One of those that stand between all lines; the header goes on at this place.
    Spacing(usize),
    /// One that slipped in; the header goes on at this place.
    Slip(usize),
}

/// Which names a header has so far, as far as that tells whether more of it can follow.
#[derive(Clone, Copy, Debug, Default)]
pub struct Names {
    /// Whether there is a field that the sender wrote.
    has_origin: bool,
    /// One bit for each name that a header has once at most.
    singletons: u16,
}

impl Names {
    /// Whether there is a field that the sender wrote.
    pub const fn has_origin(self) -> bool {
        self.has_origin
    }

    /// Whether there is what every mail has (RFC 5322 section 3.6): From, and Date or Message-ID. The body may begin with words such as
    /// `Status: down`.
    fn is_complete(self) -> bool {
        self.has(b"From") && (self.has(b"Date") || self.has(b"Message-ID"))
    }

    /// Whether there is a field of this name, where a header has one at most.
    pub fn has(self, name: &[u8]) -> bool {
        singleton(name).is_some_and(|place| self.singletons & (1 << place) != 0)
    }

    /// Notes a field. Whether there was one of this name already, where a header has one at most.
    pub fn note(&mut self, name: &[u8]) -> bool {
        self.has_origin |= is_of_sender(name);
        let bit = singleton(name).map_or(0, |place| 1 << place);
        let is_repeated = self.singletons & bit != 0;
        self.singletons |= bit;
        is_repeated
    }
}

/// What stands above a blank line.
#[derive(Clone, Copy, Debug)]
pub struct Above {
    /// Whether all lines are followed by a blank one.
    pub is_double_spaced: bool,
    /// Whether each field so far was followed by a blank line.
    pub is_spaced: bool,
    /// Whether the field above is a Received field whose date has not come yet.
    pub is_trace_open: bool,
    /// Which fields there are.
    pub names: Names,
}

/// What the blank line `line` is.
pub fn gap(text: &[u8], line: Line, above: Above) -> Gap {
    let Some(next) = lines(text, line.next).find(|line| !is_blank(text, *line)) else {
        return Gap::End;
    };
    let is_single = next.span.start == line.next;
    let content = next.content(text);
    if above.is_double_spaced {
        return if is_single { Gap::Spacing(next.span.start) } else { Gap::End };
    }
    let goes_on = if above.is_trace_open && is_trace_line(content) {
        true
    } else if line.span.is_empty() {
        (is_known_field(content) || above.is_spaced) && is_same_header(text, next, above)
    } else {
        // Blanks are left over from an empty line of a fold (RFC 7103 section 7.3).
        is_known_field(content)
    };
    if goes_on { Gap::Slip(next.span.start) } else { Gap::End }
}

/// How many lines are looked at to see whether a text is double-spaced.
const LOOKED_AT: usize = 8;

/// Whether each line from `start` on is followed by one blank line, among them at least two fields.
pub fn is_double_spaced(text: &[u8], start: usize) -> bool {
    let mut at = start;
    let mut fields = 0;
    for _ in 0..LOOKED_AT {
        let Some(line) = line_at(text, at).filter(|line| !is_blank(text, *line)) else {
            break;
        };
        let content = line.content(text);
        if field_line(content).is_some() {
            fields += 1;
        } else if !content.first().is_some_and(u8::is_ascii_whitespace) && !is_trace_line(content) {
            return false;
        }
        match line_at(text, line.next) {
            Some(blank) if is_blank(text, blank) => at = blank.next,
            Some(_) => return false,
            None => break,
        }
    }
    fields >= 2
}

fn is_blank(text: &[u8], line: Line) -> bool {
    line.content(text).trim_ascii().is_empty()
}

/// Whether the lines from `next` to the next blank line are fields only, none of them one that a header has once and that stood above
/// already, and none that was written on the way (RFC 5321 section 4.4: those stand on top) below what the sender wrote. Where blank
/// lines set off every field, the order tells nothing.
fn is_same_header(text: &[u8], next: Line, above: Above) -> bool {
    let mut names = above.names;
    let mut fields = 0;
    let mut has_late_trace = false;
    let mut is_telling_enough = above.is_spaced || !above.names.is_complete();
    let are_fields = lines(text, next.span.start).take_while(|line| !is_blank(text, *line)).all(|line| {
        let content = line.content(text);
        match field_line(content).and_then(|found| content.get(..found.name.end)) {
            Some(name) => {
                fields += 1;
                is_telling_enough |= is_one_of(&["mime-version", "content-type"], name);
                has_late_trace |= above.names.has_origin && is_trace(name);
                !names.note(name)
            }
            None => content.first().is_some_and(u8::is_ascii_whitespace),
        }
    });
    are_fields && fields > 0 && is_telling_enough && (!has_late_trace || (above.is_spaced && fields == 1))
}

/// Whether servers write fields of this name on the way.
pub fn is_trace(name: &[u8]) -> bool {
    is_one_of(
        &[
            "received",
            "return-path",
            "delivered-to",
            "x-received",
            "received-spf",
            "x-original-to",
            "authentication-results",
            "arc-seal",
            "arc-message-signature",
            "arc-authentication-results",
        ],
        name,
    )
}

/// Whether the sender writes fields of this name, and every mail has most of them.
pub fn is_of_sender(name: &[u8]) -> bool {
    is_one_of(&["from", "date", "message-id", "subject", "to"], name)
}
