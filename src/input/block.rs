//! One header: its lines put together to fields.

use super::Repair;
use crate::header::{Header, Places, field_line};
use crate::text::{Reading, Span};

/// A header that was read.
#[derive(Clone, Debug)]
pub struct Block<'a> {
    /// Its fields.
    pub header: Header<'a>,
    /// Behind it and the blank line that closes it, in what was read.
    pub end: usize,
    /// What had to be set right.
    pub repairs: Vec<Repair>,
}

/// Reads the header that starts at `start`.
pub fn read<'a>(text: &Reading<'a>, start: usize) -> Block<'a> {
    let mut fields: Vec<Places> = Vec::new();
    let mut at = start;
    let bytes = text.bytes();
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        let length = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        let line = rest.get(..length).unwrap_or_default().trim_ascii_end();
        let next = (at + length + 1).min(bytes.len());
        if line.is_empty() {
            at = next;
            break;
        }
        let end = at + line.len();
        if let Some(found) = field_line(line) {
            fields.push(Places { field: Span::new(at, end), name: found.name.shifted(at), value: Span::new(at + found.value, end) });
        } else if let Some(last) = fields.last_mut() {
            last.field.end = end;
            last.value.end = end;
        }
        at = next;
    }
    Block { header: Header::new(text.clone(), fields), end: at, repairs: Vec::new() }
}
