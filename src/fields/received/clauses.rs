//! The clauses of a Received line: `from`, `by`, `via`, `with`, `id`, `for`, and the date.
//!
//! Sample: `from a.example.org (a.example.org [192.0.2.1]) by mx.example.com (Postfix) with ESMTP id 4F3D2 for <ann@example.com>;
//! Mon, 2 Nov 2026 09:00:00 +0100`. Keywords inside comments are not clauses (RFC 5321 section 4.4 has them outside only).

use super::Part;
use super::lexer::{Piece, Token, tokens};
use crate::fields::date::{could_start_date, parse_date};
use crate::text::Span;

/// What follows one keyword, up to the next.
#[derive(Clone, Debug, Default)]
pub struct Clause<'a> {
    /// Whether the keyword was there.
    is_open: bool,
    words: Vec<Piece<'a>>,
    comments: Vec<Piece<'a>>,
}

impl<'a> Clause<'a> {
    /// The first word.
    pub fn first(&self) -> Option<Piece<'a>> {
        self.words.first().copied()
    }

    /// The words, commas taken off.
    pub fn words(&self) -> &[Piece<'a>] {
        &self.words
    }

    /// All words as one part of the line, with single blanks between.
    pub fn text(&self) -> Option<Part> {
        let (first, last) = (self.words.first()?, self.words.last()?);
        let value = self.words.iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
        Some(Part { value, span: Span::new(first.at, last.span().end) })
    }

    /// The insides of the comments.
    pub fn comments(&self) -> impl DoubleEndedIterator<Item = Piece<'a>> {
        self.comments.iter().copied()
    }

    /// Forgets the words from an offset of the line on.
    fn cut(&mut self, at: usize) {
        self.words.retain(|word| word.at < at);
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
    /// Behind a keyword that comes a second time, or behind a `;`.
    pub rest: Clause<'a>,
    /// The date and what stands around it; absent where nothing stands where a date should.
    pub date: Option<Piece<'a>>,
}

impl<'a> Line<'a> {
    /// The insides of all comments of the line.
    pub fn comments(&self) -> impl Iterator<Item = Piece<'a>> {
        self.clauses().into_iter().flat_map(Clause::comments)
    }

    /// The words `name value` in any clause: the value. Haraka: `envelope-from <ann@example.org>`.
    pub fn value_of(&self, name: &str) -> Option<Piece<'a>> {
        let pairs = self
            .clauses()
            .into_iter()
            .flat_map(|clause| clause.words.iter().zip(clause.words.iter().skip(1)));
        pairs.into_iter().find(|(word, _)| word.is(name)).map(|(_, value)| *value)
    }

    /// Whether a word that looks like a keyword is one, by what follows it.
    fn is_keyword(&self, keyword: Keyword, current: Keyword, next: Option<&Token<'_>>) -> bool {
        let next = next.and_then(|token| if let Token::Word(word) = token { Some(*word) } else { None });
        match (current, keyword) {
            // A client may greet with any words: `from my laptop for work (unknown [192.0.2.1]) by …`.
            (Keyword::From, Keyword::For) => next.is_some_and(|word| word.text.contains(['@', '<'])),
            // Queue ids are any letters: `id from for <ann@example.com>`.
            (Keyword::Id, _) if self.id.words.is_empty() => next.and_then(Keyword::of).is_none(),
            _ => true,
        }
    }

    /// s/qmail tells of the encryption before `by`, behind a `with` of its own: `from unknown (192.0.2.9) de/crypted with TLSv1.3:
    /// TLS_AES_256_GCM_SHA384 [256/256] DN=unknown by mx.example.com with ESMTPS`.
    fn make_room(&mut self, keyword: Keyword) {
        let is_tls = self.with.first().is_some_and(|word| word.text.starts_with("TLS"));
        if keyword == Keyword::By && !self.by.is_open && is_tls {
            self.tls = std::mem::take(&mut self.with);
        }
    }

    const fn clauses(&self) -> [&Clause<'a>; 9] {
        let Self { before, from, by, via, with, id, recipient, tls, rest, date: _ } = self;
        [before, from, by, via, with, id, recipient, tls, rest]
    }

    const fn clause(&mut self, keyword: Keyword) -> &mut Clause<'a> {
        match keyword {
            Keyword::None => &mut self.before,
            Keyword::From => &mut self.from,
            Keyword::By => &mut self.by,
            Keyword::Via => &mut self.via,
            Keyword::With => &mut self.with,
            Keyword::Id => &mut self.id,
            Keyword::For => &mut self.recipient,
            Keyword::Tls => &mut self.tls,
            Keyword::Rest => &mut self.rest,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Keyword {
    None,
    From,
    By,
    Via,
    With,
    Id,
    For,
    Tls,
    /// No keyword of the standard: what no clause claims.
    Rest,
}

impl Keyword {
    fn of(word: Piece<'_>) -> Option<Self> {
        const KEYWORDS: [(&str, Keyword); 7] = [
            ("from", Keyword::From),
            ("by", Keyword::By),
            ("via", Keyword::Via),
            ("with", Keyword::With),
            ("id", Keyword::Id),
            ("for", Keyword::For),
            ("tls", Keyword::Tls),
        ];
        KEYWORDS.iter().find(|(name, _)| word.is(name)).map(|(_, keyword)| *keyword)
    }
}

/// Takes a line apart. A keyword that comes a second time ends the clause before it; its words are of no clause, as in qmail-scanner's
/// `by mx.example.com by uid 1009 with qmail-scanner-1.25`.
pub fn split(value: &str) -> Line<'_> {
    let whole = Piece { text: value, at: 0 };
    let mut line = Line::default();
    let mut current = Keyword::None;
    let mut stretches = Vec::new();
    let mut date_from = None;
    let mut tokens = tokens(value).peekable();
    while let Some(token) = tokens.next() {
        match token {
            Token::Semicolon(behind) => {
                stretches.extend(date_from.map(|from| whole.part_of(from, behind - 1)));
                (date_from, current) = (Some(behind), Keyword::Rest);
            }
            Token::Comment(text) => line.clause(current).comments.push(text),
            Token::Word(word) => {
                match Keyword::of(word).filter(|keyword| line.is_keyword(*keyword, current, tokens.peek())) {
                    Some(keyword) => {
                        // No word of a date is a keyword: `; Thu, 20 Mar 2003 10:06:43 +0100 for <ann@example.com>`.
                        stretches.extend(date_from.take().map(|from| whole.part_of(from, word.at)));
                        line.make_room(keyword);
                        let is_new = !line.clause(keyword).is_open;
                        current = if is_new { keyword } else { Keyword::Rest };
                        line.clause(current).is_open = true;
                    }
                    None => {
                        let word = word.trim(&[',']);
                        if !word.text.is_empty() {
                            line.clause(current).words.push(word);
                        }
                    }
                }
            }
        }
    }
    stretches.extend(date_from.map(|from| whole.after(from)));
    let is_date = |stretch: &&Piece<'_>| parse_date(stretch.text).is_some();
    let is_text = |stretch: &&Piece<'_>| !stretch.text.trim().is_empty();
    line.date = stretches
        .iter()
        .rfind(is_date)
        .copied()
        .or_else(|| date_without_semicolon(whole, &mut line, current))
        .or_else(|| stretches.iter().rfind(is_text).copied());
    line
}

/// A date stands in at most so many words, comments not counted.
const DATE_WORDS: usize = 12;

/// The date at the end of a clause, where the `;` is missing. fdm: `with pop3 (unencrypted) Mon, 2 Nov 2026 09:00:00 +0100`; SendGrid:
/// `id 1 2026-11-02 09:00:00.928 +0000 UTC m=+6810.8`; Netscape: `id FBC35474 Sat, 27 Jul 1996 11:22:01 -0700 for <ann@example.com>`.
fn date_without_semicolon<'a>(whole: Piece<'a>, line: &mut Line<'a>, last: Keyword) -> Option<Piece<'a>> {
    let date_in = |clause: &Clause<'a>, end: usize| {
        let words = clause.words.iter().skip(clause.words.len().saturating_sub(DATE_WORDS));
        let starts = words.filter(|word| could_start_date(word.text));
        starts.map(|word| whole.part_of(word.at, end)).find(|text| parse_date(text.text).is_some())
    };
    let end_of = |clause: &Clause<'a>| clause.words.last().map_or(0, |word| word.span().end);
    let places = [
        (last, whole.text.len()),
        (Keyword::Id, end_of(&line.id)),
        (Keyword::With, end_of(&line.with)),
        (Keyword::By, end_of(&line.by)),
    ];
    let (place, date) =
        places.into_iter().find_map(|(place, end)| Some((place, date_in(line.clause(place), end)?)))?;
    line.clause(place).cut(date.at);
    Some(date)
}
