//! What the lines of a Received field look like (RFC 5321 section 4.4).

/// The words that start a clause.
pub const CLAUSES: [&str; 6] = ["from", "by", "with", "id", "for", "via"];

/// Whether a line starts with a word that starts a clause: `by mx1.example.com with ESMTP`.
pub fn is_clause(line: &[u8]) -> bool {
    let word = line.split(u8::is_ascii_whitespace).next().unwrap_or_default();
    is_one_of(&CLAUSES, word)
}

/// Whether a Received field may go on with this line: a clause, a comment, or its end with the date,
/// `<ann@example.com>; Mon, 2 Nov 2026 09:00:00 +0100`.
pub fn is_trace_line(line: &[u8]) -> bool {
    let line = line.trim_ascii_start();
    let date = || line.iter().rposition(|byte| *byte == b';').and_then(|place| line.get(place..));
    is_clause(line) || line.starts_with(b"(") || date().is_some_and(|date| date.contains(&b':'))
}

/// `This line was broken off from somewhere`: several words, and nothing of what trace fields are made of.
pub fn is_sentence(line: &[u8]) -> bool {
    let is_plain = line
        .iter()
        .all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b' ' | b'\t' | b',' | b'\'' | b'!'));
    is_plain && line.split(u8::is_ascii_whitespace).count() > 2 && !is_clause(line)
}

/// Whether a line ends with a word that starts a clause, so that its value comes below.
pub fn ends_in_clause(line: &[u8]) -> bool {
    let word = line.rsplit(u8::is_ascii_whitespace).next().unwrap_or_default();
    is_one_of(&CLAUSES, word)
}

/// Whether a word is one of these, in whatever case.
pub fn is_one_of(words: &[&str], word: &[u8]) -> bool {
    words.iter().any(|known| word.eq_ignore_ascii_case(known.as_bytes()))
}
