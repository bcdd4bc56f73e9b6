//! The clauses of a Received line: `from`, `by`, `via`, `with`, `id`, `for`, and the date.
//!
//! Sample: `from a.example.org (a.example.org [192.0.2.1]) by mx.example.com (Postfix) with ESMTPS id 4F3D2 for <ann@example.com>;
//! Mon, 2 Nov 2026 09:00:00 +0100`. Keywords inside comments are not clauses (RFC 5321 section 4.4 has them outside only).

use super::lexer::{Token, tokens};

/// What follows one keyword, up to the next.
#[derive(Clone, Debug, Default)]
pub struct Clause<'a> {
    /// Whether the keyword was there.
    is_open: bool,
    words: Vec<&'a str>,
    comments: Vec<&'a str>,
}

impl<'a> Clause<'a> {
    /// The first word.
    pub fn word(&self) -> Option<String> {
        self.words.first().map(|word| (*word).to_owned())
    }

    /// All words, with single blanks between.
    pub fn words(&self) -> Option<String> {
        (!self.words.is_empty()).then(|| self.words.join(" "))
    }

    /// The insides of the comments.
    pub fn comments(&self) -> impl Iterator<Item = &'a str> {
        self.comments.iter().copied()
    }
}

/// A line taken apart.
#[derive(Clone, Debug, Default)]
pub struct Line<'a> {
    /// What stands before the first keyword.
    pub before: Clause<'a>,
    /// Behind `from`.
    pub from: Clause<'a>,
    /// Behind `by`.
    pub by: Clause<'a>,
    /// Behind `via`.
    pub via: Clause<'a>,
    /// Behind `with`.
    pub with: Clause<'a>,
    /// Behind `id`.
    pub id: Clause<'a>,
    /// Behind `for`.
    pub recipient: Clause<'a>,
    /// Behind `tls`, where Exim and chasquid name the cipher (an additional clause of RFC 5321).
    pub tls: Clause<'a>,
    /// What stands behind the last `;` outside comments; absent where there is none.
    pub date: Option<&'a str>,
}

impl<'a> Line<'a> {
    /// The insides of all comments of the line.
    pub fn comments(&self) -> impl Iterator<Item = &'a str> {
        [&self.before, &self.from, &self.by, &self.via, &self.with, &self.id, &self.recipient, &self.tls]
            .into_iter()
            .flat_map(Clause::comments)
    }

    fn clause(&mut self, keyword: Keyword) -> &mut Clause<'a> {
        match keyword {
            Keyword::None => &mut self.before,
            Keyword::From => &mut self.from,
            Keyword::By => &mut self.by,
            Keyword::Via => &mut self.via,
            Keyword::With => &mut self.with,
            Keyword::Id => &mut self.id,
            Keyword::For => &mut self.recipient,
            Keyword::Tls => &mut self.tls,
        }
    }
}

#[derive(Clone, Copy)]
enum Keyword {
    None,
    From,
    By,
    Via,
    With,
    Id,
    For,
    Tls,
}

impl Keyword {
    fn of(word: &str) -> Option<Self> {
        const KEYWORDS: [(&str, Keyword); 7] = [
            ("from", Keyword::From),
            ("by", Keyword::By),
            ("via", Keyword::Via),
            ("with", Keyword::With),
            ("id", Keyword::Id),
            ("for", Keyword::For),
            ("tls", Keyword::Tls),
        ];
        KEYWORDS.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, keyword)| *keyword)
    }
}

/// Takes a line apart. A keyword that comes a second time is an ordinary word of the clause it stands in.
pub fn split(value: &str) -> Line<'_> {
    let mut line = Line::default();
    let mut current = Keyword::None;
    for token in tokens(value) {
        match token {
            // The date is the last thing of the line, so words behind a `;` are its words until another `;` comes.
            Token::Semicolon(behind) => line.date = value.get(behind..),
            Token::Comment(text) if line.date.is_none() => line.clause(current).comments.push(text),
            Token::Word(word) if line.date.is_none() => match Keyword::of(word) {
                Some(keyword) if !line.clause(keyword).is_open => {
                    current = keyword;
                    line.clause(keyword).is_open = true;
                }
                _ => line.clause(current).words.push(word),
            },
            Token::Word(_) | Token::Comment(_) => {}
        }
    }
    line
}
