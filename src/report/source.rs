//! The text that was handed in, cut into lines to show beside a report. Line numbers are those of the report.

use super::model::Origin;
use crate::text::Source;

/// One line of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, counted from 1.
    pub number: usize,
    /// Its text, without the line end. Bytes that are not UTF-8 show as U+FFFD.
    pub text: String,
}

/// The lines of a message's header. `bytes` is the text in which the message was found.
#[must_use]
pub fn header_lines(bytes: &[u8], origin: &Origin) -> Vec<Line> {
    let [start, end] = origin.header;
    let source = Source::new(None, bytes.get(start..end).unwrap_or_default());
    let first = origin.header_lines[0];
    let lines = (1..=source.line_count()).filter_map(|number| Some((number, source.line(number)?)));
    lines
        .map(|(number, span)| Line { number: first + number - 1, text: source.text(span).into_owned() })
        .collect()
}
