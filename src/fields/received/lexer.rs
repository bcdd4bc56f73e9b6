//! The words and comments of a Received line (RFC 5322 section 3.2): one pass, nothing looked at twice.

/// A word, a comment or the mark before the date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// A run of letters without blanks; text in quotes or in angle brackets is one word.
    Word(&'a str),
    /// The inside of a comment, with the comments nested in it.
    Comment(&'a str),
    /// A `;` outside comments, with the offset of what stands behind it.
    Semicolon(usize),
}

/// The tokens of a line, in order. A comment or quotation that does not end runs to the end of the line.
pub fn tokens(line: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = line.char_indices().peekable();
    std::iter::from_fn(move || {
        while rest.next_if(|(_, letter)| letter.is_whitespace()).is_some() {}
        let (start, first) = rest.next()?;
        match first {
            ';' => Some(Token::Semicolon(start + 1)),
            '(' => {
                let end = end_of_comment(&mut rest).unwrap_or(line.len());
                Some(Token::Comment(line.get(start + 1..end)?))
            }
            _ => {
                let end = end_of_word(first, &mut rest).unwrap_or(line.len());
                Some(Token::Word(line.get(start..end)?))
            }
        }
    })
}

type Letters<'a> = std::iter::Peekable<std::str::CharIndices<'a>>;

/// Reads on to the `)` that closes the comment; its offset.
fn end_of_comment(rest: &mut Letters<'_>) -> Option<usize> {
    let mut depth = 1_usize;
    while let Some((at, letter)) = rest.next() {
        match letter {
            '\\' => {
                rest.next();
            }
            '(' => depth += 1,
            ')' if depth == 1 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Reads on to what ends the word: a blank, a comment or a `;`, outside quotes and angle brackets.
fn end_of_word(first: char, rest: &mut Letters<'_>) -> Option<usize> {
    let closing = |letter| match letter {
        '"' => Some('"'),
        '<' => Some('>'),
        _ => None,
    };
    let mut inside = closing(first);
    loop {
        let (at, letter) = rest.peek().copied()?;
        match inside {
            Some(end) if letter == end => inside = None,
            // Blanks do not stand in an address; a `<` without its `>` shall not swallow the line.
            Some('>') if letter.is_whitespace() => return Some(at),
            Some(_) => {}
            None if letter.is_whitespace() || matches!(letter, '(' | ';') => return Some(at),
            None => inside = closing(letter),
        }
        rest.next();
    }
}
