//! The text that was handed in, cut into lines to show beside a report. Line numbers are those of the report.

use std::ops::RangeInclusive;

use super::model::{Message, Report, Span};
use crate::text::Source;

/// So many lines above the header are shown where they had to be set right.
const ABOVE: usize = 40;

/// They, and the ends of the first and the last line, are looked for within so many bytes.
const MARGIN: usize = 64 * 1024;

/// One line of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, counted from 1.
    pub number: usize,
    /// Its text, without the line end. Bytes that are not UTF-8 show as U+FFFD.
    pub text: String,
}

/// The lines to show of a message: its header, and what had to be set right close above it.
#[must_use]
pub fn shown(message: &Message) -> RangeInclusive<usize> {
    let [first, last] = message.origin.header_lines;
    let lines = message.repairs.iter().map(|repair| repair.line);
    let above = lines.filter(|line| *line < first && first - line <= ABOVE).min();
    above.unwrap_or(first)..=last
}

/// The stretch of the text that [`lines`] needs. It may end behind the text.
#[must_use]
pub fn stretch(message: &Message) -> Span {
    let [start, end] = message.origin.header;
    [start.saturating_sub(MARGIN), end.saturating_add(MARGIN)]
}

/// The lines to show of the message at `place`. `text` is all of the text that holds it, as it was handed in.
#[must_use]
pub fn lines_of(report: &Report, place: usize, text: &[u8]) -> Vec<Line> {
    let Some(message) = report.messages.get(place) else {
        return Vec::new();
    };
    let opened = report.inputs.get(message.origin.input).and_then(|input| input.text.as_deref());
    let text = opened.map_or(text, str::as_bytes);
    let [start, end] = stretch(message);
    lines(text.get(start..end.min(text.len())).unwrap_or_default(), message)
}

/// The lines to show of a message. `bytes` is the [`stretch`] of the text in which the message was found.
#[must_use]
pub fn lines(bytes: &[u8], message: &Message) -> Vec<Line> {
    let shown = shown(message);
    let [start, _] = stretch(message);
    let source = Source::new(None, bytes);
    let header = source.line_of(message.origin.header[0] - start);
    // The first line of a stretch out of the middle of a text may be the end of one.
    let first_whole = if start > 0 && header > 1 { 2 } else { 1 };
    let lines = (first_whole..=source.line_count())
        .filter_map(|nth| Some((nth, (message.origin.header_lines[0] + nth).checked_sub(header)?)))
        .filter(|(_, number)| shown.contains(number));
    lines
        .filter_map(|(nth, number)| Some(Line { number, text: source.text(source.line(nth)?).into_owned() }))
        .collect()
}

/// A place where words were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// The place of the line in the list.
    pub row: usize,
    /// Where in its text the words start, in bytes.
    pub start: usize,
}

/// The first `most` places in the lines that hold the words. Of letters, only those of ASCII count as the same in both cases.
#[must_use]
pub fn find(lines: &[Line], words: &str, most: usize) -> Vec<Match> {
    let words = words.to_ascii_lowercase();
    if words.trim().is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (row, line) in lines.iter().enumerate() {
        let left = most - found.len();
        let text = line.text.to_ascii_lowercase();
        found.extend(text.match_indices(&words).take(left).map(|(start, _)| Match { row, start }));
        if found.len() == most {
            break;
        }
    }
    found
}
