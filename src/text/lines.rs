//! The lines of a text that is being read.

use super::Span;

/// One line of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it stands, without its line end.
    pub span: Span,
    /// Behind its line end: where the next line starts, or the end of the text.
    pub next: usize,
}

impl Line {
    /// What stands on the line, in the text that it is a line of.
    #[must_use]
    pub fn content(self, text: &[u8]) -> &[u8] {
        text.get(self.span.start..self.span.end).unwrap_or_default()
    }
}

/// The lines of a text from `start` on. As in a [`Source`](super::Source), a line ends with LF, CR LF or CR; nothing behind the last
/// line end is no line.
pub fn lines(text: &[u8], start: usize) -> impl Iterator<Item = Line> {
    std::iter::successors(line_at(text, start), |line| line_at(text, line.next))
}

/// The line that starts at an offset; absent at the end of the text and behind it.
#[must_use]
pub fn line_at(text: &[u8], start: usize) -> Option<Line> {
    let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
    let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
    let line_end = match rest.get(length..) {
        Some([b'\r', b'\n', ..]) => 2,
        Some([_, ..]) => 1,
        _ => 0,
    };
    let end = start + length;
    Some(Line { span: Span::new(start, end), next: end + line_end })
}
