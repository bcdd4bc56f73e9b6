//! A text as tokens: mail addresses, web addresses, encoded words, network addresses, and words with dots and hyphens in them. What lies
//! between tokens are blanks and marks, which stay.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// `ann@example.com`, without brackets; the place of the `@` counts from the start of the token.
    Address(usize),
    /// `@example.com`, without the `@`; `example.com` behind a name in quotation marks.
    Domain,
    /// `https://example.com/path`; the length of the scheme with `://`.
    Url(usize),
    /// `=?utf-8?Q?…?=` (RFC 2047).
    Encoded,
    /// An address of a network.
    Ip(IpAddr),
    /// `01C58BCA:F50BE7E0`, a time as Windows counts it.
    FileTime,
    /// Anything else: letters, digits, and the dots, hyphens and underscores between them.
    Word,
}

/// A token and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub token: Token,
    /// Its first byte.
    pub start: usize,
    /// Behind its last byte.
    pub end: usize,
}

/// Longer runs of letters are no address (RFC 5321 section 4.5.3.1 allows 64 and 255).
const LONGEST: usize = 512;

/// The tokens of a text, in its order. `is_key` tells whether a word before `=` names what stands behind it, in lower case.
pub fn tokens(text: &[u8], is_key: impl Fn(&[u8]) -> bool) -> Vec<Piece> {
    let mut lexer = Lexer { text, at: 0, found: Vec::new() };
    while lexer.at < text.len() {
        lexer.step(&is_key);
    }
    lexer.found
}

struct Lexer<'t> {
    text: &'t [u8],
    at: usize,
    found: Vec<Piece>,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn take(&mut self, token: Token, length: usize) {
        self.found.push(Piece { token, start: self.at, end: self.at + length });
        self.at += length;
    }

    fn step(&mut self, is_key: &impl Fn(&[u8]) -> bool) {
        let rest = self.rest();
        if let Some(length) = encoded_word(rest) {
            self.take(Token::Encoded, length);
        } else if let Some((token, length)) = number_with_colons(rest) {
            self.take(token, length);
        } else if let Some((scheme, length)) = url(rest) {
            self.take(Token::Url(scheme), length);
        } else if rest.first() == Some(&b'@') {
            self.at += 1;
            let length = domain_length(self.rest());
            if length > 0 {
                self.take(Token::Domain, length);
            }
        } else {
            self.run(is_key);
        }
    }

    /// A run of the letters that a mailbox name may have, up to an `@` or the end of the run.
    fn run(&mut self, is_key: &impl Fn(&[u8]) -> bool) {
        let rest = self.rest();
        let length = rest.iter().position(|byte| !is_local(*byte)).unwrap_or(rest.len());
        if length == 0 {
            self.at += 1;
            return;
        }
        let end = self.at + length;
        let domain = match rest.get(length..) {
            Some([b'@', domain @ ..]) if length <= LONGEST => domain_length(domain),
            _ => 0,
        };
        if domain > 0 {
            let local = rest.get(..length).unwrap_or_default();
            self.at += leading(local, is_key, &mut |start, end| {
                self.found.push(Piece { token: Token::Word, start: self.at + start, end: self.at + end });
            });
            let at = end - self.at;
            if at == 0 {
                return;
            }
            self.take(Token::Address(at), at + 1 + domain);
            return;
        }
        self.words(end);
    }

    /// The words of a run that is no address. What starts like an encoded word or a web address in it is left to the next step.
    fn words(&mut self, end: usize) {
        while self.at < end {
            let rest = self.text.get(self.at..end).unwrap_or_default();
            if rest.starts_with(b"=?") && encoded_word(self.rest()).is_some() {
                return;
            }
            let length = rest.iter().position(|byte| !is_word(*byte)).unwrap_or(rest.len());
            if length == 0 {
                self.at += 1;
                continue;
            }
            let is_other = || url(self.rest()).is_some() || number_with_colons(self.rest()).is_some();
            // Behind a mark, and not within a word, something else may start here.
            let is_start = self.found.last().is_none_or(|last| last.end < self.at);
            if self.at + length == end && is_start && is_other() {
                return;
            }
            self.word(length);
        }
    }

    /// A word, without the marks at its ends.
    fn word(&mut self, length: usize) {
        let word = self.rest().get(..length).unwrap_or_default();
        let (start, end) = inner(word);
        if start < end {
            let inner = word.get(start..end).unwrap_or_default();
            let is_address = is_address_at(self.text, self.at + start, self.at + end);
            let four = std::str::from_utf8(inner)
                .ok()
                .filter(|_| is_address)
                .and_then(|text| text.parse::<Ipv4Addr>().ok());
            let token = four.map_or(Token::Word, |four| Token::Ip(IpAddr::V4(four)));
            self.found.push(Piece { token, start: self.at + start, end: self.at + end });
        }
        self.at += length;
    }
}

/// From the first letter or figure of a word to the last. In other encodings than UTF-8, all beyond ASCII are letters.
fn inner(word: &[u8]) -> (usize, usize) {
    let Ok(text) = std::str::from_utf8(word) else {
        let is_mark = |byte: &u8| matches!(byte, b'.' | b'-' | b'_');
        let start = word.iter().position(|byte| !is_mark(byte)).unwrap_or(word.len());
        return (start, word.iter().rposition(|byte| !is_mark(byte)).map_or(start, |last| last + 1));
    };
    let front = text.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let start = text.len() - front.len();
    (start, start + front.trim_end_matches(|letter: char| !letter.is_alphanumeric()).len())
}

/// Whether four numbers with dots at this place may be an address: `8.17.1.9/8.17.1.9` is the version of sendmail.
pub fn is_address_at(text: &[u8], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).and_then(|at| text.get(at));
    before != Some(&b'/') && text.get(end) != Some(&b'/')
}

/// How much stands before a mailbox name in its run: quotation marks and the like, and words such as `smtp.mailfrom=`, which are told.
fn leading(local: &[u8], is_key: &impl Fn(&[u8]) -> bool, tell: &mut impl FnMut(usize, usize)) -> usize {
    let mut at = 0;
    loop {
        let rest = local.get(at..).unwrap_or_default();
        let marks =
            rest.iter().take_while(|byte| matches!(byte, b'\'' | b'*' | b'`' | b'=' | b'/' | b'|')).count();
        at += marks;
        let rest = local.get(at..).unwrap_or_default();
        let Some(equals) = rest.iter().position(|byte| *byte == b'=') else { return at };
        let key = rest.get(..equals).unwrap_or_default();
        let is_plain = !key.is_empty() && key.iter().all(|byte| is_word(*byte));
        let is_named = is_plain && is_key(&key.to_ascii_lowercase());
        if !is_named {
            return at;
        }
        tell(at, at + equals);
        at += equals + 1;
    }
}

/// The letters of a mailbox name without quotation marks (RFC 5321 section 4.1.2), and those beyond ASCII (RFC 6531).
const fn is_local(byte: u8) -> bool {
    is_word(byte)
        || matches!(
            byte,
            b'!' | b'#'
                | b'$'
                | b'%'
                | b'&'
                | b'\''
                | b'*'
                | b'+'
                | b'/'
                | b'='
                | b'?'
                | b'^'
                | b'`'
                | b'{'
                | b'|'
                | b'}'
                | b'~'
        )
}

pub const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') || byte >= 0x80
}

/// `example.com` or `[192.0.2.1]`
fn domain_length(text: &[u8]) -> usize {
    let length =
        text.iter().take(LONGEST).position(|byte| !is_word(*byte)).unwrap_or(text.len().min(LONGEST));
    let name = text.get(..length).unwrap_or_default();
    name.iter().rposition(|byte| !matches!(byte, b'.' | b'-' | b'_')).map_or(0, |last| last + 1)
}

/// `=?utf-8?Q?J=C3=B6rg?=`
fn encoded_word(text: &[u8]) -> Option<usize> {
    let inner = text.strip_prefix(b"=?")?;
    let inner = inner.get(..inner.len().min(LONGEST)).unwrap_or_default();
    let mut marks = inner.iter().enumerate().filter(|(_, byte)| **byte == b'?').map(|(at, _)| at);
    let (charset, encoding) = (marks.next()?, marks.next()?);
    let is_head = charset > 0 && encoding == charset + 2;
    let end = marks.next().filter(|end| inner.get(end + 1) == Some(&b'='))?;
    let is_whole = inner.get(..end)?.iter().all(|byte| !matches!(byte, b'\r' | b'\n'));
    (is_head && is_whole).then_some(end + 4)
}

/// An IPv6 address, or a FILETIME in two halves. Times of the day have colons as well, but are neither.
fn number_with_colons(text: &[u8]) -> Option<(Token, usize)> {
    let is_part = |byte: &u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.');
    let head = text.get(..text.len().min(46)).unwrap_or_default();
    let length = head.iter().position(|byte| !is_part(byte)).unwrap_or(head.len());
    let run = std::str::from_utf8(head.get(..length)?).ok()?;
    let run = run.trim_end_matches('.');
    if !run.contains(':') || text.get(run.len()).is_some_and(|byte| is_word(*byte)) {
        return None;
    }
    if let Some((high, low)) = run.split_once(':').filter(|(high, low)| high.len() == 8 && low.len() == 8)
        && !low.contains(':')
        && !high.contains('.')
    {
        return Some((Token::FileTime, run.len()));
    }
    let run = if run.ends_with("::") { run } else { run.trim_end_matches(':') };
    let ip: Ipv6Addr = run.parse().ok()?;
    Some((Token::Ip(IpAddr::V6(ip)), run.len()))
}

/// A web address: the length of its scheme, and of all of it.
fn url(text: &[u8]) -> Option<(usize, usize)> {
    const SCHEMES: [&[u8]; 6] = [b"https://", b"http://", b"ftp://", b"ldap://", b"ldaps://", b"file://"];
    let scheme = SCHEMES
        .iter()
        .find(|scheme| text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)))?;
    let is_end = |byte: &u8| {
        byte.is_ascii_whitespace() || matches!(byte, b'<' | b'>' | b'"' | b'\'' | b')' | b']' | b'\\')
    };
    let length = text.iter().position(is_end).unwrap_or(text.len());
    Some((scheme.len(), length))
}

#[cfg(test)]
mod tests {
    use super::{Token, tokens};

    fn read(text: &str) -> Vec<(&str, Token)> {
        let found = tokens(text.as_bytes(), |key| matches!(key, b"smtp.mailfrom" | b"header.i" | b"helo"));
        found.into_iter().map(|piece| (&text[piece.start..piece.end], piece.token)).collect()
    }

    #[test]
    fn addresses_hosts_and_words_are_told_apart() {
        let words: Vec<_> = read("from mx.example.com (HELO x) <ann@example.com>; (joe)")
            .into_iter()
            .map(|(text, _)| text)
            .collect();
        assert_eq!(words, ["from", "mx.example.com", "HELO", "x", "ann@example.com", "joe"]);
        assert_eq!(
            read("smtp.mailfrom=bounce+joe=example.com@example.org")[1],
            ("bounce+joe=example.com@example.org", Token::Address(22))
        );
        assert_eq!(read("header.i=@example.com")[1], ("example.com", Token::Domain));
    }

    #[test]
    fn times_are_no_addresses() {
        assert!(read("Mon, 2 Nov 2026 09:00:00 +0100").iter().all(|(_, token)| *token == Token::Word));
        assert!(matches!(read("[IPv6:2001:db8::1]")[1], ("2001:db8::1", Token::Ip(_))));
        assert!(matches!(read("FILETIME=[F50BE7E0:01C58BCA]")[1], (_, Token::FileTime)));
    }

    #[test]
    fn encoded_words_and_web_addresses_are_one_token() {
        assert_eq!(read("=?utf-8?Q?J=C3=B6rg?= x")[0], ("=?utf-8?Q?J=C3=B6rg?=", Token::Encoded));
        assert_eq!(read("<https://example.com/a?b>")[0], ("https://example.com/a?b", Token::Url(8)));
    }
}
