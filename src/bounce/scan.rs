//! The lines of a report's text, and the words in them.

use crate::text::{Reading, Span, lines};

/// The longest reports have a few hundred lines above the returned message; what lies further down is not read.
const MOST_LINES: usize = 5000;

/// Longer lines are cut: no answer of a server is as long.
const LONGEST_LINE: usize = 4000;

/// One line of a text.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its place in the content of the part.
    pub span: Span,
    /// Its words, without blanks at either end. Bytes that are not UTF-8 show as U+FFFD.
    pub text: String,
    /// The same, with its ASCII letters in lower case.
    pub lower: String,
    /// Whether blanks stand before it.
    pub is_indented: bool,
}

impl Line {
    /// Whether nothing stands in it.
    pub const fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// What it says without ornament around it: `***`, `-----`, `|---`, `=====`. A mark of quotation stays.
    pub fn plain(&self) -> &str {
        self.lower.trim_matches(|letter: char| {
            matches!(letter, '*' | '-' | '=' | '|' | '#' | '~' | '+' | ' ' | '\t' | '_')
        })
    }

    /// Whether it separates what stands above from what stands below: ornament at its head.
    pub fn is_ruler(&self) -> bool {
        ["----", "====", "****", "____", "|---", "~~~~"].iter().any(|ruler| self.text.starts_with(ruler))
    }

    /// What stands behind some words, which are given in lower case.
    pub fn behind(&self, words: &str) -> Option<&str> {
        self.text.get(self.lower.find(words)? + words.len()..)
    }
}

/// The lines of a content.
pub fn read(content: &Reading<'_>) -> Vec<Line> {
    let line = |span: Span| {
        let bytes = content.slice(Span::new(span.start, span.end.min(span.start + LONGEST_LINE)));
        let is_indented = bytes.first().is_some_and(u8::is_ascii_whitespace);
        let text = String::from_utf8_lossy(bytes).trim().to_owned();
        Line { span, lower: text.to_ascii_lowercase(), text, is_indented }
    };
    lines(content.bytes(), 0).take(MOST_LINES).map(|found| line(found.span)).collect()
}

/// Takes the address at the head of a text: `<ann@example.com>`, `"ann@example.com":`, `ann@example.com...`. Returns it without
/// the marks around it, and what follows.
pub fn leading_address(text: &str) -> Option<(&str, &str)> {
    if let Some(inside) = text.strip_prefix('<') {
        let (address, rest) = inside.split_once('>')?;
        return is_address(address).then_some((address.trim(), rest));
    }
    let (text, quote) = text.strip_prefix(['"', '\'']).map_or((text, false), |rest| (rest, true));
    let is_end = |letter: char| {
        letter.is_whitespace()
            || matches!(
                letter,
                '<' | '>' | '(' | ')' | '[' | ']' | '"' | '\'' | ',' | ';' | ':' | '|' | '{' | '}'
            )
    };
    let end = text.find(is_end).unwrap_or(text.len());
    let word = text.get(..end)?;
    let address = word.trim_end_matches('.');
    let rest = text.get(address.len()..)?;
    let rest = if quote { rest.strip_prefix(['"', '\'']).unwrap_or(rest) } else { rest };
    is_address(address).then_some((address, rest))
}

/// The first address in a text.
pub fn first_address(text: &str) -> Option<&str> {
    let at = text.find('@')?;
    let before = text.get(..at)?;
    let is_mark = |letter: char| {
        letter.is_whitespace() || matches!(letter, '<' | '(' | '[' | '"' | '\'' | ',' | ';' | ':' | '{' | '>')
    };
    let start = before.rfind(is_mark).map_or(0, |place| {
        place + before.get(place..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
    });
    leading_address(text.get(start..)?).map(|(address, _)| address)
}

/// Whether a word looks like an address: something, `@`, a name.
pub fn is_address(word: &str) -> bool {
    let Some((local, domain)) = word.trim().rsplit_once('@') else {
        return false;
    };
    let is_name = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'.' | b'-' | b'_' | b'[' | b']' | b':')
            || !byte.is_ascii()
    };
    let is_clean = !local.is_empty()
        && word.len() <= 320
        && !local.contains(['<', '>'])
        && (!local.contains(' ') || local.starts_with('"'));
    is_clean && !domain.is_empty() && domain.bytes().all(is_name)
}

/// Whether a word looks like the name or the address of a host.
pub fn is_host(word: &str) -> bool {
    let is_mark = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':');
    let has_parts = word.contains('.') && !word.starts_with('.') && !word.contains("..");
    (has_parts || word.matches(':').count() > 1) && word.len() <= 255 && word.bytes().all(is_mark)
}

/// The host at the head of a text, without brackets and marks around it.
pub fn leading_host(text: &str) -> Option<String> {
    let marks = |letter: char| {
        matches!(letter, '<' | '>' | '[' | ']' | '(' | ')' | '"' | '\'' | ',' | ';' | ' ' | '\t')
    };
    let word = text.trim_start_matches(marks).split(marks).next()?;
    let word = word.trim_end_matches(['.', ':']);
    is_host(word).then(|| word.to_owned())
}

/// Lines put together to one, with single blanks, and cut where it grows too long for any answer.
pub fn joined<'t>(words: impl Iterator<Item = &'t str>) -> String {
    let mut all = String::new();
    for word in words.flat_map(str::split_whitespace) {
        if all.len() > LONGEST_LINE {
            break;
        }
        if !all.is_empty() {
            all.push(' ');
        }
        all.push_str(word);
    }
    all
}
