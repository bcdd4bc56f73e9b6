//! The steps of a remedy, in which commands, lines of configuration and files stand in backticks.

/// A part of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'s> {
    /// Words.
    Words(&'s str),
    /// What stands in backticks, to be typed as it is.
    Code(&'s str),
}

/// The parts of a step, in order, none of them empty. A backtick that is never closed sets nothing off.
pub fn pieces(step: &str) -> impl Iterator<Item = Piece<'_>> {
    let marks = step.matches('`').count();
    let piece = move |(place, text)| {
        let is_closed = place < marks;
        if place % 2 == 1 && is_closed { Piece::Code(text) } else { Piece::Words(text) }
    };
    let is_there = |piece: &Piece<'_>| !matches!(piece, Piece::Words("") | Piece::Code(""));
    step.split('`').enumerate().map(piece).filter(is_there)
}

/// The step without its backticks, for plain text.
#[must_use]
pub fn plain(step: &str) -> String {
    step.replace('`', "")
}

#[cfg(test)]
mod tests {
    use super::Piece::{Code, Words};
    use super::{pieces, plain};

    #[test]
    fn words_and_commands_are_told_apart() {
        let step = "Type `postfix reload`, or `qmailctl`.";
        let expected = [Words("Type "), Code("postfix reload"), Words(", or "), Code("qmailctl"), Words(".")];
        assert_eq!(pieces(step).collect::<Vec<_>>(), expected);
        assert_eq!(plain(step), "Type postfix reload, or qmailctl.");
    }

    #[test]
    fn a_backtick_that_is_not_closed_sets_nothing_off() {
        assert_eq!(
            pieces("a `b` c `d").collect::<Vec<_>>(),
            [Words("a "), Code("b"), Words(" c "), Words("d")]
        );
        assert_eq!(pieces("``").count(), 0);
    }
}
