//! The words and comments of a Received line (RFC 5322 section 3.2), each with its place: one pass, nothing looked at twice.

use crate::text::Span;

use super::Part;

/// A stretch of the line, and where it starts there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Piece<'a> {
    /// What stands there.
    pub text: &'a str,
    /// Its first byte, counted from the start of the line.
    pub at: usize,
}

impl<'a> Piece<'a> {
    /// A stretch of the same line: from one offset in this piece to another, empty where that cannot be.
    pub fn part_of(self, start: usize, end: usize) -> Self {
        Self { text: self.text.get(start..end).unwrap_or_default(), at: self.at + start }
    }

    /// The stretch from an offset in this piece to its end.
    pub fn after(self, start: usize) -> Self {
        self.part_of(start, self.text.len())
    }

    /// Without these letters at either end.
    pub fn trim(self, letters: &[char]) -> Self {
        let from = self.text.len() - self.text.trim_start_matches(letters).len();
        self.part_of(from, from + self.text.trim_matches(letters).len())
    }

    /// What follows a prefix, whatever its case.
    pub fn strip_prefix(self, prefix: &str) -> Option<Self> {
        let start = self.text.get(..prefix.len())?;
        start.eq_ignore_ascii_case(prefix).then(|| self.after(prefix.len()))
    }

    /// The stretches between separators, without the empty ones.
    pub fn split(self, is_separator: impl Fn(char) -> bool + 'a) -> impl Iterator<Item = Self> {
        let mut rest = self;
        std::iter::from_fn(move || {
            let from = rest.text.find(|letter| !is_separator(letter))?;
            let end =
                rest.text.get(from..)?.find(&is_separator).map_or(rest.text.len(), |length| from + length);
            let word = rest.part_of(from, end);
            rest = rest.after(end);
            Some(word)
        })
    }

    /// The words between blanks.
    pub fn words(self) -> impl Iterator<Item = Self> {
        self.split(char::is_whitespace)
    }

    /// The text with single blanks, as a part of the line; absent where there is none.
    pub fn part(self) -> Option<Part> {
        let value = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let trimmed = self.trim(&[' ', '\t', '\r', '\n']);
        (!value.is_empty()).then(|| Part { value, span: trimmed.span() })
    }

    /// Its place in the line.
    pub fn span(self) -> Span {
        Span::new(self.at, self.at + self.text.len())
    }

    /// Whether it is this word, whatever its case.
    pub fn is(self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }
}

/// A word, a comment or the mark before the date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// A run of letters without blanks; text in quotes or in angle brackets is one word.
    Word(Piece<'a>),
    /// The inside of a comment, with the comments nested in it.
    Comment(Piece<'a>),
    /// A `;` outside comments; the offset of what stands behind it.
    Semicolon(usize),
}

/// The tokens of a line, in order. A `(` without its `)`, or the other way round, is a blank: what stands behind it is read all the
/// same.
pub fn tokens(line: &str) -> impl Iterator<Item = Token<'_>> {
    let line = Piece { text: line, at: 0 };
    let comments = comments(line.text);
    let mut comments = comments.into_iter().peekable();
    let last_quote = line.text.rfind('"').unwrap_or_default();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = line.after(at);
            let first = rest.text.chars().next()?;
            match first {
                ';' => {
                    at += 1;
                    return Some(Token::Semicolon(at));
                }
                '(' => {
                    while comments.next_if(|(open, _)| *open < at).is_some() {}
                    let Some((open, close)) = comments.next_if(|(open, _)| *open == at) else {
                        at += 1;
                        continue;
                    };
                    at = close + 1;
                    return Some(Token::Comment(line.part_of(open + 1, close)));
                }
                _ if first.is_whitespace() || matches!(first, ')' | '\0') => at += first.len_utf8(),
                _ => {
                    let length = word_length(rest.text, last_quote.saturating_sub(at));
                    at += length;
                    return Some(Token::Word(rest.part_of(0, length)));
                }
            }
        }
    })
}

/// The outermost comments that are closed: where each opens and closes, in order.
fn comments(line: &str) -> Vec<(usize, usize)> {
    let mut open = Vec::new();
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut letters = line.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => {
                letters.next();
            }
            '(' => open.push(at),
            ')' => {
                if let Some(start) = open.pop() {
                    while found.last().is_some_and(|(inner, _)| *inner > start) {
                        found.pop();
                    }
                    found.push((start, at));
                }
            }
            _ => {}
        }
    }
    found
}

/// The length of the word at the start of the text: up to a blank, a comment or a `;`, outside quotes and angle brackets. A quote
/// counts only where another follows it; `last_quote` says where the last one stands.
fn word_length(text: &str, last_quote: usize) -> usize {
    let (mut is_quoted, mut is_bracketed) = (false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => is_quoted = !is_quoted && at < last_quote,
            _ if is_quoted => {}
            // Blanks do not stand in an address; a `<` without its `>` shall not swallow the line.
            _ if letter.is_whitespace() => return at,
            '<' => is_bracketed = true,
            '>' => is_bracketed = false,
            '(' | ')' | ';' if !is_bracketed => return at,
            _ => {}
        }
    }
    text.len()
}
