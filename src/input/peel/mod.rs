//! Wrappings: what was done to the whole text of a header on its way into the box, and is undone before it is read.
//!
//! Each wrapping has a file. It looks at the zone where the fields are and takes itself off only where its signs are plain, so a mail
//! that came as it is stays as it is.

mod emphasis;
mod escaped;
mod hidden;
mod html;
mod one_line;
mod prefix;
mod quoted_printable;

use super::edits::{Edit, apply};
use super::{Repair, RepairKind};
use crate::header::{field_line, is_known};
use crate::text::{Reading, Span, lines};

pub use html::to_text as html_to_text;
pub use prefix::length as prefix_length;

/// A wrapping that was found: how it is undone, and what is told of it, as places in the text with the wrapping still on.
#[derive(Debug, Default)]
pub struct Peeling {
    /// What is taken out and put in.
    edits: Vec<Edit>,
    /// What is told.
    repairs: Vec<(RepairKind, Span)>,
}

impl Peeling {
    /// Tells of a wrapping, with one entry for all lines that have it.
    fn tell_once(&mut self, kind: RepairKind, span: Span) {
        match self.repairs.first_mut() {
            Some((_, told)) => told.end = span.end,
            None => self.repairs.push((kind, span)),
        }
    }
}

/// Looks at a text for one wrapping. The span is the zone in which its fields stand; absent where no field was found yet.
type Peel = fn(&[u8], Option<Span>) -> Option<Peeling>;

/// In the order in which they are undone: what hides letters first, since it hides the others' signs.
const PEELS: [Peel; 7] = [
    hidden::find,
    quoted_printable::find,
    html::find,
    escaped::find,
    emphasis::find,
    prefix::find,
    one_line::find,
];

/// Takes the wrappings off a text.
pub fn all<'a>(mut text: Reading<'a>, repairs: &mut Vec<Repair>) -> Reading<'a> {
    for peel in PEELS {
        let zone = zone(text.bytes());
        if let Some(found) = peel(text.bytes(), zone) {
            repairs.extend(
                found.repairs.iter().map(|(kind, span)| Repair { kind: *kind, span: text.place(*span) }),
            );
            text = apply(&text, &found.edits);
        }
    }
    text
}

/// A header is not longer than this; what lies further down is not looked at for wrappings.
const LONGEST_ZONE: usize = 512 * 1024;

/// Where the fields are: from the first line that is one, whatever marks stand before it, to the blank line that no field follows.
pub fn zone(text: &[u8]) -> Option<Span> {
    let mut zone: Option<Span> = None;
    let mut is_after_blank = false;
    for line in lines(text, 0) {
        let content = line.content(text);
        let core = content.get(prefix::length(content)..).unwrap_or_default();
        match &mut zone {
            None if is_known_field(core) => zone = Some(line.span),
            None => {}
            Some(_) if core.trim_ascii().is_empty() => is_after_blank = true,
            Some(zone) => {
                if (is_after_blank && !is_known_field(core)) || zone.len() > LONGEST_ZONE {
                    break;
                }
                is_after_blank = false;
                zone.end = line.span.end;
            }
        }
    }
    zone
}

/// Whether a line starts a field with a name in use.
pub fn is_known_field(line: &[u8]) -> bool {
    field_line(line).is_some_and(|found| line.get(..found.name.end).is_some_and(is_known))
}

/// The bytes of a zone; without one, of the first part of the text.
fn in_zone(text: &[u8], zone: Option<Span>) -> (usize, &[u8]) {
    let zone = zone.unwrap_or(Span::new(0, text.len().min(LONGEST_ZONE)));
    (zone.start, text.get(zone.start..zone.end).unwrap_or_default())
}
