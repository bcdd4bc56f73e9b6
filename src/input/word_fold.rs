//! Lines of a Received field that were broken inside a word, as programs do that cut at a column. RFC 5322 section 2.2.3 breaks between
//! words only, so the blank of the fold would stay in the middle of a host name or a time.

use super::trace_line::{CLAUSES, is_one_of};

/// Words of trace fields that may be broken themselves (RFC 5321 section 4.4, RFC 5322 section 3.3, and what servers write in comments).
const WORDS: [&str; 56] = [
    "from",
    "with",
    "via",
    "for",
    "by",
    "smtp",
    "esmtp",
    "esmtps",
    "esmtpa",
    "esmtpsa",
    "lmtp",
    "http",
    "https",
    "mapi",
    "microsoft",
    "server",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
    "postfix",
    "sendmail",
    "exim",
    "qmail",
    "amavisd-new",
    "envelope-from",
    "using",
    "cipher",
    "bits",
    "version",
    "tlsv1",
    "authenticated",
    "sender",
    "client",
    "certificate",
    "requested",
    "verified",
    "frontend",
    "transport",
    "userid",
    "localhost",
];

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Whether a line of a Received field was broken inside a word: `before` is the line above the break, `after` the one below, both
/// without blanks at the break.
pub fn is_inside_word(before: &[u8], after: &[u8]) -> bool {
    let (before, after) = (Words::at_end(before), Words::at_start(after));
    hangs(before.near, after.near)
        || makes_a_zone(before.near, after.near)
        || is_open_literal(before.near)
        || makes_a_word(before, after)
        || makes_a_time(before.near, after.near)
        || makes_a_year(before, after)
        || makes_a_cipher(before.near, after.near)
        || makes_a_recipient(before, after)
        || makes_a_clause_value(before, after)
        || makes_a_reverse_name(before, after)
}

/// The two words next to a break; empty where there are none.
#[derive(Clone, Copy)]
struct Words<'a> {
    near: &'a [u8],
    far: &'a [u8],
}

/// No word is longer than this; a longer one is not looked at to its end.
const LONGEST_WORD: usize = 300;

impl<'a> Words<'a> {
    fn at_end(line: &'a [u8]) -> Self {
        let start = line.len().saturating_sub(2 * LONGEST_WORD);
        let mut words = line.get(start..).unwrap_or_default().rsplit(u8::is_ascii_whitespace);
        Self {
            near: words.next().unwrap_or_default(),
            far: words.find(|word| !word.is_empty()).unwrap_or_default(),
        }
    }

    fn at_start(line: &'a [u8]) -> Self {
        let head = line.get(..line.len().min(2 * LONGEST_WORD)).unwrap_or_default();
        let mut words = head.split(u8::is_ascii_whitespace);
        Self {
            near: words.next().unwrap_or_default(),
            far: words.find(|word| !word.is_empty()).unwrap_or_default(),
        }
    }
}

/// `mx1.example.` / `com`, `mx1` / `.example.com`, `ann@` / `example.com`, `-` / `0800`.
fn hangs(before: &[u8], after: &[u8]) -> bool {
    let is_joint = |byte: u8| matches!(byte, b'.' | b'@' | b'-');
    if is_one_of(&CLAUSES, after) {
        return false;
    }
    match (before, after) {
        ([.., left, joint], [right, ..]) if is_joint(*joint) => {
            left.is_ascii_alphanumeric() && right.is_ascii_alphanumeric()
        }
        ([b'+' | b'-'], [right, ..]) => right.is_ascii_digit(),
        ([.., left], [b'.' | b'@', right, ..]) => {
            left.is_ascii_alphanumeric() && right.is_ascii_alphanumeric()
        }
        _ => false,
    }
}

/// `([192.0` / `2.1])`, `for <ann@exam` / `ple.com>`: neither holds blanks.
fn is_open_literal(before: &[u8]) -> bool {
    let opens = |open: u8, close: u8| {
        let opened = before.iter().rposition(|byte| *byte == open);
        opened.is_some_and(|place| {
            before.get(place + 1..).is_some_and(|rest| !rest.is_empty() && !rest.contains(&close))
        })
    };
    opens(b'[', b']') || opens(b'<', b'>')
}

/// `wi` / `th ESMTP`, `Mo` / `n, 2 Nov 2026`, `(Post` / `fix)`.
fn makes_a_word(before: Words<'_>, after: Words<'_>) -> bool {
    let (left, right) = (bare(before.near), bare(after.near));
    let has_value_before = is_one_of(&["from", "by", "id", "for"], before.far);
    !left.is_empty()
        && !right.is_empty()
        && left.len() + right.len() <= LONGEST_KNOWN
        && !has_value_before
        && !is_one_of(&WORDS, left)
        && !is_one_of(&WORDS, right)
        && is_one_of(&WORDS, &[left, right].concat())
}

/// The longest of the words that are known.
const LONGEST_KNOWN: usize = 13;

/// A word without the marks of comments and dates around it.
fn bare(word: &[u8]) -> &[u8] {
    let word = word.strip_prefix(b"(").unwrap_or(word);
    let end = word.iter().rposition(|byte| !matches!(byte, b')' | b',' | b';')).map_or(0, |last| last + 1);
    word.get(..end).unwrap_or_default()
}

/// `+01` / `00`, `(CE` / `T)`.
fn makes_a_zone(before: &[u8], after: &[u8]) -> bool {
    let digits = |word: &[u8]| !word.is_empty() && word.iter().all(u8::is_ascii_digit);
    let capitals = |word: &[u8]| !word.is_empty() && word.iter().all(u8::is_ascii_uppercase);
    match (before, after) {
        ([b'+' | b'-', left @ ..], right) if digits(left) => left.len() + right.len() == 4 && digits(right),
        ([b'(', left @ ..], [right @ .., b')']) => {
            capitals(left) && capitals(right) && left.len() + right.len() <= 5
        }
        _ => false,
    }
}

/// `09:0` / `0:00`, `09:00:` / `00`.
fn makes_a_time(before: &[u8], after: &[u8]) -> bool {
    let is_part =
        |word: &[u8]| !word.is_empty() && word.iter().all(|byte| byte.is_ascii_digit() || *byte == b':');
    if !is_part(before) || !is_part(after) || before.len() + after.len() > 8 {
        return false;
    }
    let whole = [before, after].concat();
    matches!(whole.as_slice(), [a, b, b':', c, d, b':', e, f] if [a, b, c, d, e, f].iter().all(|byte| byte.is_ascii_digit()))
}

/// `2 Nov 20` / `26 09:00:00`.
fn makes_a_year(before: Words<'_>, after: Words<'_>) -> bool {
    let digits = |word: &[u8]| word.iter().all(u8::is_ascii_digit);
    is_one_of(&MONTHS, before.far)
        && matches!(before.near, b"1" | b"2" | b"19" | b"20" | b"199" | b"200" | b"201" | b"202" | b"203")
        && before.near.len() + after.near.len() == 4
        && digits(after.near)
        && after.far.contains(&b':')
}

/// `by mx1.exam` / `ple.com with ESMTP`: the value of a clause is one word, and behind it comes another clause, a comment or the date.
fn makes_a_clause_value(before: Words<'_>, after: Words<'_>) -> bool {
    let is_plain = |word: &[u8]| {
        !word.is_empty()
            && word.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
    };
    let has_value_of_one_word = is_one_of(&["from", "by", "id"], before.far) && before.near != b"mail";
    let value_end = after.near.strip_suffix(b";").unwrap_or(after.near);
    let ends_there = value_end.len() < after.near.len()
        || after.far.first().is_some_and(|byte| matches!(byte, b'(' | b';' | b'['))
        || (after.far.is_empty() && !starts_a_clause(value_end))
        || is_one_of(&CLAUSES, after.far);
    has_value_of_one_word
        && is_plain(before.near)
        && is_plain(value_end)
        && ends_there
        && !is_one_of(&CLAUSES, before.near)
        && !is_one_of(&CLAUSES, value_end)
}

/// `TLS_AES_256_G` / `CM_SHA384`, `ECDHE-RSA-` / `AES256`: names of ciphers are capitals and digits.
fn makes_a_cipher(before: &[u8], after: &[u8]) -> bool {
    let is_cipher =
        |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-');
    let starts = [&b"TLS_"[..], b"ECDHE-", b"DHE-", b"AES"].iter().any(|start| before.starts_with(start));
    let after = bare(after);
    starts && !after.is_empty() && before.iter().chain(after).all(is_cipher)
}

/// `for ann@exam` / `ple.com;`, without the brackets that RFC 5321 section 4.4 asks for.
fn makes_a_recipient(before: Words<'_>, after: Words<'_>) -> bool {
    let is_for = before.far.eq_ignore_ascii_case(b"for") && before.near.contains(&b'@');
    is_for && after.near.ends_with(b";") && after.near.len() > 1
}

/// Whether a word, `f` or `wi`, may itself be the first part of a broken clause.
fn starts_a_clause(word: &[u8]) -> bool {
    CLAUSES.iter().any(|clause| {
        clause.as_bytes().get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
    })
}

/// `(mail.exam` / `ple.org [192.0.2.1])`: the reverse name stands before the address.
fn makes_a_reverse_name(before: Words<'_>, after: Words<'_>) -> bool {
    let is_name = |word: &[u8]| {
        !word.is_empty()
            && word.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
    };
    let is_word = |word: &[u8]| is_one_of(&WORDS, word) || word.iter().all(u8::is_ascii_uppercase);
    before.near.strip_prefix(b"(").is_some_and(|name| is_name(name) && !is_word(name))
        && is_name(after.near)
        && after.far.first() == Some(&b'[')
}
