//! Where a line was joined to the one above it: whether a blank belongs between the two.

use super::RepairKind;
use super::edits::Edit;
use super::trace_line::is_clause;
use super::word_fold::is_inside_word;
use crate::text::Span;

/// A line that goes on with the field of the one above it.
#[derive(Clone, Copy, Debug)]
pub struct Join {
    /// The line above, without blanks at its ends.
    pub above: Span,
    /// The line, without blanks at its ends.
    pub below: Span,
    /// The length of the line above, with all its blanks.
    pub above_length: usize,
    /// Whether the line is indented, as RFC 5322 section 2.2.3 asks for.
    pub is_indented: bool,
    /// Whether the field is a Received field.
    pub is_received: bool,
    /// Whether a blank is left over at the end of the line above, so that the break stands between words.
    pub has_blank: bool,
}

/// What has to be put in or taken out at the joins of a header whose longest line has the length `longest`, and what is told.
pub fn mend(text: &[u8], joins: &[Join], longest: usize) -> (Vec<Edit>, Vec<(RepairKind, Span)>) {
    let is_cut_at_column = is_cut_at_column(joins, longest);
    let mut edits = Vec::new();
    let mut told = Vec::new();
    for join in joins {
        let slice = |span: Span| text.get(span.start..span.end).unwrap_or_default();
        let (above, below) = (slice(join.above), slice(join.below));
        let is_cut = is_cut_at_column && join.is_cut_at(longest) && is_within_words(above, below);
        if !join.has_blank && (is_cut || (join.is_received && is_inside_word(above, below))) {
            told.push((RepairKind::WordFold, join.below));
            edits.push(Edit::delete(Span::new(join.above.end, join.below.start)));
        } else if !join.is_indented {
            told.push((RepairKind::LostFold, join.below));
            edits.push(Edit::replace(Span::new(join.below.start, join.below.start), b" "));
        }
    }
    (edits, told)
}

/// Whether a program cut the lines at a column, as terminals and some chats do: the lines that go on without an indent mostly follow
/// lines of just the greatest length.
fn is_cut_at_column(joins: &[Join], longest: usize) -> bool {
    let lost = joins.iter().filter(|join| !join.is_indented).count();
    let cut = joins.iter().filter(|join| join.is_cut_at(longest)).count();
    longest >= SHORTEST_CUT && cut >= 2 && cut * 2 >= lost
}

/// Programs that cut lines leave at least this many letters on one.
const SHORTEST_CUT: usize = 50;

impl Join {
    const fn is_cut_at(&self, column: usize) -> bool {
        !self.is_indented && self.above_length == column
    }
}

/// Whether a break at a column may have left no blank behind. Before a clause or a comment and behind a comma there is one.
fn is_within_words(above: &[u8], below: &[u8]) -> bool {
    !above.ends_with(b",") && !above.ends_with(b";") && !below.starts_with(b"(") && !is_clause(below)
}
