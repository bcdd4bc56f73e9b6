//! Status codes in what servers say: enhanced ones (RFC 3463) and reply codes (RFC 5321 section 4.2).

/// The codes of one answer, such as `550 5.1.1 <ann@example.com>: User unknown`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codes {
    /// The enhanced code that tells most.
    pub status: Option<String>,
    /// The reply code that stands with it.
    pub reply_code: Option<u16>,
    /// Where the answer itself starts: at the reply code, or the enhanced code that opens it. Absent where no code does so.
    pub start: Option<usize>,
}

/// A code and its place.
#[derive(Clone, Copy, Debug)]
struct Found {
    start: usize,
    end: usize,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Enhanced,
    Reply(u16),
}

/// How much an enhanced code tells: `5.0.0` nothing, `5.1.0` only the subject, `4.4.7` only that time is over.
pub fn weight(status: &str) -> u8 {
    let mut numbers = status.split('.').skip(1);
    match (numbers.next(), numbers.next()) {
        (Some("0"), Some("0")) => 0,
        (_, Some("0")) | (Some("4"), Some("7")) => 1,
        _ => 2,
    }
}

/// The codes of failure in a text.
pub fn of(text: &str) -> Codes {
    let found = all(text);
    let enhanced = || found.iter().filter(|code| code.kind == Kind::Enhanced);
    let status_of = |code: &Found| text.get(code.start..code.end).unwrap_or_default();
    let best = enhanced().map(|code| weight(status_of(code))).max();
    let chosen = enhanced().find(|code| Some(weight(status_of(code))) == best);
    let before = chosen.and_then(|chosen| reply_before(text, &found, chosen));
    let reply = before.or_else(|| found.iter().find(|code| matches!(code.kind, Kind::Reply(_))));
    Codes {
        status: chosen.map(|code| status_of(code).to_owned()),
        reply_code: reply.and_then(|code| match code.kind {
            Kind::Reply(number) => Some(number),
            Kind::Enhanced => None,
        }),
        start: found
            .iter()
            .find(|code| matches!(code.kind, Kind::Reply(_)) || opens_answer(text, code))
            .map(|code| code.start),
    }
}

/// The first enhanced code in a text, of any class.
pub fn enhanced(text: &str) -> Option<&str> {
    (0..text.len()).find_map(|at| text.get(at..enhanced_end(text.as_bytes(), at, b"245")?))
}

/// An answer of several lines put on one, without the codes that every line of it starts with: `550-5.1.1 The account does not
/// 550-5.1.1 exist. 550 5.1.1 See example.com` (RFC 5321 section 4.2.1). Those at its start stay.
pub fn without_repeats(said: &str, reply_code: Option<u16>, status: Option<&str>) -> String {
    let Some((code, status)) = reply_code.map(|code| code.to_string()).zip(status) else {
        return said.to_owned();
    };
    let whole = format!("{code}-{status}");
    let mut kept: Vec<&str> = Vec::new();
    let mut is_at_start = true;
    let mut words = said.split(' ').peekable();
    while let Some(word) = words.next() {
        let is_pair = word == code && words.peek() == Some(&status);
        // An answer within the answer is told with a colon before it.
        let is_quoted = kept.last().is_some_and(|last| last.ends_with(':')) && is_pair;
        if word != whole && (!is_pair || is_quoted) {
            is_at_start &= kept.is_empty() && word.is_empty();
            kept.push(word);
            continue;
        }
        if is_pair {
            words.next();
        }
        if is_at_start {
            kept.extend([code.as_str(), status]);
            is_at_start = false;
        }
    }
    kept.join(" ")
}

/// The reply code just before an enhanced one, as in `550-5.7.26` and `552 5.2.2`.
fn reply_before<'f>(text: &str, found: &'f [Found], chosen: &Found) -> Option<&'f Found> {
    let last = found.iter().rfind(|code| code.end <= chosen.start && matches!(code.kind, Kind::Reply(_)))?;
    let between = text.get(last.end..chosen.start)?;
    between
        .bytes()
        .all(|byte| matches!(byte, b' ' | b'-' | b':' | b'#' | b'\'' | b'"' | b'(' | b'<'))
        .then_some(last)
}

/// Whether an enhanced code stands at the head of an answer and not in brackets behind it, as qmail's `(#5.1.1)` does.
fn opens_answer(text: &str, code: &Found) -> bool {
    let before = text.get(..code.start).unwrap_or_default().trim_end_matches([' ', '-']);
    !before.ends_with(['#', '(', '[']) && (before.is_empty() || before.ends_with([':', '\'', '"', ';']))
}

fn all(text: &str) -> Vec<Found> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let code = enhanced_end(bytes, at, b"45")
            .map(|end| Found { start: at, end, kind: Kind::Enhanced })
            .or_else(|| reply_at(text, at));
        at = code.as_ref().map_or(at + 1, |code| code.end);
        found.extend(code);
    }
    found
}

/// Where the enhanced code that starts at `at` ends. An address of four numbers is none, nor is a version with a letter before
/// it.
fn enhanced_end(bytes: &[u8], at: usize, classes: &[u8]) -> Option<usize> {
    let byte = |place: usize| bytes.get(place).copied();
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'/';
    let before = at.checked_sub(1).and_then(byte);
    if !classes.contains(&byte(at)?) || byte(at + 1) != Some(b'.') || before.is_some_and(is_word) {
        return None;
    }
    let digits = |from: usize| {
        bytes.get(from..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let subject = digits(at + 2);
    let dot = at + 2 + subject;
    let detail = digits(dot + 1);
    let end = dot + 1 + detail;
    let goes_on = byte(end) == Some(b'.') && byte(end + 1).is_some_and(|byte| byte.is_ascii_digit());
    let is_code =
        (1..=3).contains(&subject) && byte(dot) == Some(b'.') && (1..=3).contains(&detail) && !goes_on;
    (is_code && !byte(end).is_some_and(|byte| byte.is_ascii_alphabetic())).then_some(end)
}

/// Words behind which a number of three digits is a reply code: `ERROR_CODE :550`, `returned 550`, `SMTP code 554`.
const LEADS: [&str; 17] = [
    "code",
    "codes",
    "error",
    "returned",
    "said",
    "replied",
    "response",
    "responsecode",
    "reply",
    "smtp",
    "status",
    "with",
    "answer",
    "was",
    "text",
    "out",
    "dsn",
];

/// The reply code that starts at `at`: 400 to 599 where the words around it do not make it a count of something.
fn reply_at(text: &str, at: usize) -> Option<Found> {
    let bytes = text.as_bytes();
    let number = text.get(at..at + 3).filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()))?;
    let code: u16 = number.parse().ok()?;
    let is_number_mark =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'@' | b'_' | b'/' | b'=');
    let before = at.checked_sub(1).and_then(|place| bytes.get(place));
    let after = bytes.get(at + 3);
    let is_failure = (400..560).contains(&code);
    if !is_failure
        || before.is_some_and(is_number_mark)
        || after.is_some_and(|byte| is_number_mark(byte) && *byte != b'.')
    {
        return None;
    }
    let found = Found { start: at, end: at + 3, kind: Kind::Reply(code) };
    (has_lead(text.get(..at)?) || has_answer(text.get(at + 3..)?)).then_some(found)
}

fn has_lead(before: &str) -> bool {
    let trimmed = before.trim_ascii_end();
    if trimmed.is_empty() || trimmed.ends_with([';', '(', '\'', '"', '[', '<', '#', '>', '{']) {
        return true;
    }
    let named = trimmed.trim_end_matches([':', '=']).trim_ascii_end();
    let word = named.rsplit([' ', '\t', '_', ',', ';', '(', '[']).next().unwrap_or_default();
    (trimmed.ends_with(':') && !word.eq_ignore_ascii_case("port"))
        || LEADS.iter().any(|lead| word.eq_ignore_ascii_case(lead))
}

/// An enhanced code follows, or a hyphen as in the lines of one answer: `550-5.7.1`, `550-'Unknown user'`.
fn has_answer(after: &str) -> bool {
    let next = after.trim_ascii_start().trim_start_matches(['-', ':', '#', '(', '\'', ' ']);
    enhanced_end(next.as_bytes(), 0, b"45").is_some()
        || after
            .strip_prefix('-')
            .is_some_and(|rest| rest.starts_with(|letter: char| !letter.is_ascii_digit() && letter != ' '))
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn answers_of_servers() {
        let cases = [
            ("550 5.1.1 <ann@example.com>: User unknown", Some("5.1.1"), Some(550)),
            ("550-5.7.26 Unauthenticated mail 550 5.7.26 see example.com", Some("5.7.26"), Some(550)),
            ("Sorry, no mailbox here by that name. (#5.1.1)", Some("5.1.1"), None),
            ("host mx.example.com [192.0.2.1]: 550 unknown user", None, Some(550)),
            ("554 4.4.7 Message expired <421 4.4.2 Connection timed out>", Some("4.4.2"), Some(421)),
            ("5.3.0 - Other problem 550-'Unknown user'", Some("5.3.0"), Some(550)),
            ("ERROR_CODE :550, ERROR_CODE :5.1.1 User Unknown", Some("5.1.1"), Some(550)),
            ("connect to 4.4.4.4: connection refused", None, None),
            ("gave up after 450 minutes and 512 attempts", None, None),
            ("said: 452 4.2.2 full, server 5.1.2600", Some("4.2.2"), Some(452)),
        ];
        for (text, status, reply_code) in cases {
            let codes = of(text);
            assert_eq!((codes.status.as_deref(), codes.reply_code), (status, reply_code), "{text}");
        }
    }
}
