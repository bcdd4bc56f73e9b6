//! The entries of a field of results: words, comments, pairs of a name and a value, and the `;` between them.

use crate::fields::received::lexer::{Piece, Token, tokens};

/// One entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry<'a> {
    /// A word without a value.
    Word(Piece<'a>),
    /// A name and its value; the value is empty where none follows.
    Pair(Piece<'a>, Piece<'a>),
    /// The inside of a comment.
    Comment(Piece<'a>),
    /// A `;`.
    End,
}

/// The entries, in order. Blanks and comments may stand around the `=` (RFC 8601 section 2.2); a comment there comes before the pair.
pub fn entries(value: &str) -> impl Iterator<Item = Entry<'_>> {
    let mut state = State::default();
    let mut tokens = tokens(value);
    let mut ready = std::collections::VecDeque::new();
    std::iter::from_fn(move || {
        while ready.is_empty() {
            let Some(token) = tokens.next() else {
                ready.extend(state.flush());
                break;
            };
            ready.extend(state.take(token).into_iter().flatten());
        }
        ready.pop_front()
    })
}

/// What is not yet known to be complete.
#[derive(Default)]
struct State<'a> {
    /// A word that may be the name before a `=`.
    word: Option<Piece<'a>>,
    /// A name with its `=`, and where a value would start.
    open: Option<(Piece<'a>, Piece<'a>)>,
    /// Whether a `/` stood behind the word, so that the version of a check follows.
    is_before_version: bool,
}

impl<'a> State<'a> {
    /// Takes one token and gives the entries that are complete by it.
    fn take(&mut self, token: Token<'a>) -> [Option<Entry<'a>>; 2] {
        match token {
            Token::Comment(comment) => [Some(Entry::Comment(comment)), None],
            Token::Semicolon(_) => [self.flush(), Some(Entry::End)],
            Token::Word(word) => {
                // `dkim / 1 = fail`: the version says nothing that is used here.
                let is_slash = word.text == "/" && self.word.is_some();
                if is_slash || std::mem::take(&mut self.is_before_version) {
                    self.is_before_version = is_slash;
                    return [None, None];
                }
                let equals = if word.text.starts_with('"') { None } else { word.text.find('=') };
                match (equals, self.open, self.word) {
                    (None, Some((name, _)), _) => {
                        self.open = None;
                        [Some(Entry::Pair(name, word)), None]
                    }
                    (None, None, _) => {
                        let before = self.flush();
                        self.word = Some(word);
                        [before, None]
                    }
                    (Some(0), None, Some(name)) => {
                        self.word = None;
                        [self.pair(name, word.after(1)), None]
                    }
                    (Some(at), ..) => {
                        let before = self.flush();
                        [before, self.pair(word.part_of(0, at), word.after(at + 1))]
                    }
                }
            }
        }
    }

    fn pair(&mut self, name: Piece<'a>, value: Piece<'a>) -> Option<Entry<'a>> {
        if value.text.is_empty() {
            self.open = Some((name, value));
            return None;
        }
        Some(Entry::Pair(name, value))
    }

    fn flush(&mut self) -> Option<Entry<'a>> {
        let open = self.open.take().map(|(name, value)| Entry::Pair(name, value));
        open.or_else(|| self.word.take().map(Entry::Word))
    }
}
