//! What stands in place of each token of a text.

use mail_parser::{HeaderValue, parsers::MessageStream};

use super::lex::{self, Piece, Token};
use super::parameters::{media, signature};
use super::policy::Policy;
use super::table::{Kind, Table};
use super::words::{is_affix, is_answer};
use crate::header::is_known;
use crate::text::Span;

/// A token, and what is written in its place; absent where it stays.
#[derive(Clone, Debug)]
pub struct Change {
    /// Where the token stands in the text.
    pub span: Span,
    /// What is written there.
    pub with: Option<String>,
}

/// The tokens of a text and what becomes of each, in order.
pub fn changes(table: &mut Table, text: &[u8], policy: Policy) -> Vec<Change> {
    match policy {
        Policy::Signature => signature(table, text),
        Policy::Media => media(table, text),
        _ => of_tokens(table, text, policy),
    }
}

/// The changes of the words of a text, whatever its parameters are.
pub fn of_tokens(table: &mut Table, text: &[u8], policy: Policy) -> Vec<Change> {
    Writer { table, text, policy, before: Vec::new(), is_open: true, is_first: true, is_inner: false }
        .changes()
}

struct Writer<'t> {
    table: &'t mut Table,
    text: &'t [u8],
    policy: Policy,
    /// The word before, in lower case.
    before: Vec<u8>,
    /// Whether all words of a subject so far are those of servers.
    is_open: bool,
    is_first: bool,
    /// Whether the text stands within a token. What is in such a text is not opened again.
    is_inner: bool,
}

impl Writer<'_> {
    fn changes(&mut self) -> Vec<Change> {
        // In the fields of addresses, `name=` is part of one: `SRS0=…@example.com`.
        let has_keys = !matches!(self.policy, Policy::People(_) | Policy::Ids);
        let words = &self.table.words;
        let is_key =
            |key: &[u8]| has_keys && words.has_parts(key) && !is_affix(&String::from_utf8_lossy(key));
        let pieces = lex::tokens(self.text, is_key);
        pieces.into_iter().map(|piece| self.change(piece)).collect()
    }

    /// What stands within a token, with its own tokens replaced.
    fn inside(&mut self, text: &[u8], policy: Policy) -> Vec<u8> {
        let (is_open, is_first) = (self.is_open, self.is_first);
        let mut inner =
            Writer { table: self.table, text, policy, before: Vec::new(), is_open, is_first, is_inner: true };
        let mut written = Vec::with_capacity(text.len());
        let mut at = 0;
        for change in inner.changes() {
            if let Some(with) = change.with {
                written.extend_from_slice(text.get(at..change.span.start).unwrap_or_default());
                written.extend_from_slice(with.as_bytes());
                at = change.span.end;
            }
        }
        self.is_open = inner.is_open;
        written.extend_from_slice(text.get(at..).unwrap_or_default());
        written
    }

    fn change(&mut self, piece: Piece) -> Change {
        let span = Span::new(piece.start, piece.end);
        let bytes = self.text.get(piece.start..piece.end).unwrap_or_default();
        let word = String::from_utf8_lossy(bytes);
        let with = match piece.token {
            Token::Address(at) if self.policy == Policy::Ids => Some(self.id_address(&word, at)),
            Token::Address(at) => Some(self.table.address(&word, at)),
            Token::Domain => Some(self.table.host_or_ip(&word)),
            Token::Url(scheme) => Some(self.url(&word, scheme)),
            Token::Encoded => Some(self.encoded(bytes)),
            Token::FileTime => None,
            Token::Ip(_) if self.before == b"id" && self.policy == Policy::Trace => None,
            Token::Ip(ip) => Some(self.table.networks.address(ip).to_string()),
            Token::Word => self.word(bytes, &word, span),
        };
        self.before = bytes.to_ascii_lowercase();
        // `i=1; mx.example.com; spf=pass`: the number of the set stands before the name of the server.
        self.is_first &= matches!(bytes, b"i" | b"1" | b"2" | b"3" | b"4" | b"5" | b"6" | b"7" | b"8" | b"9");
        Change { span, with }
    }

    fn id_address(&mut self, word: &str, at: usize) -> String {
        let (left, right) = word.split_at_checked(at).unwrap_or((word, ""));
        let right = right.strip_prefix('@').unwrap_or(right);
        format!("{}@{}", self.table.message_id(left), self.table.host_or_ip(right))
    }

    /// What follows the host of a web address tells who was sent it; of a provider's it leads to its manual.
    fn url(&mut self, word: &str, scheme: usize) -> String {
        let (scheme, rest) = word.split_at_checked(scheme).unwrap_or(("", word));
        let end = rest.find(['/', '?', '#', ':']).unwrap_or(rest.len());
        let (host, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let new = self.table.host_or_ip(host);
        let path = match path {
            "" | "/" => path.to_owned(),
            _ if new == host && !self.is_inner => {
                String::from_utf8_lossy(&self.inside(path.as_bytes(), Policy::Words)).into_owned()
            }
            _ => format!("/{}", self.table.exact(Kind::Id, path.as_bytes())),
        };
        format!("{scheme}{new}{path}")
    }

    /// An encoded word that cannot be decoded is one name.
    fn encoded(&mut self, bytes: &[u8]) -> String {
        match self.policy {
            Policy::Subject | Policy::People(_) if !self.is_inner => {
                encode(&self.inside(decoded(bytes).as_bytes(), self.policy))
            }
            _ => self.table.word(Kind::Name, bytes),
        }
    }

    fn word(&mut self, bytes: &[u8], word: &str, span: Span) -> Option<String> {
        // Letters without width are no part of a word.
        let lower: String = word.to_lowercase().chars().filter(|letter| !is_unseen(*letter)).collect();
        if !lower.contains(char::is_alphanumeric) {
            return None;
        }
        if is_guid(bytes) {
            let is_nobody = bytes.iter().all(|byte| matches!(byte, b'0' | b'-'));
            return (!is_nobody).then(|| self.table.guid(bytes));
        }
        match self.policy {
            Policy::Flags => return None,
            Policy::Subject => return self.subject(bytes, &lower, span),
            Policy::FieldName => return self.field_name(word),
            Policy::Ids => return Some(self.table.code_or_id(bytes)),
            Policy::Media if matches!(self.before.as_slice(), b"name" | b"filename") => {
                return Some(self.table.word(Kind::Word, bytes));
            }
            Policy::Media if self.before == b"charset" => return None,
            _ => {}
        }
        if bytes.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.') {
            return self.number(bytes);
        }
        match self.policy {
            Policy::People(_) if lower.split('-').all(|part| self.table.words.is_sender(part.as_bytes())) => {
                None
            }
            Policy::People(kind) => {
                Some(if self.is_host(&lower) { self.table.host(word) } else { self.table.word(kind, bytes) })
            }
            Policy::Trace if self.names_host(span) && !NO_HOSTS.contains(&lower.as_str()) => {
                Some(self.table.host(word))
            }
            Policy::Trace if self.before == b"id" => Some(self.table.word(Kind::Id, bytes)),
            Policy::Results if self.is_first && self.text.get(span.end) != Some(&b'=') => {
                Some(self.table.host(word))
            }
            Policy::Program if bytes.iter().all(u8::is_ascii_alphabetic) => None,
            Policy::Filter
                if bytes
                    .iter()
                    .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_') =>
            {
                None
            }
            _ => self.plain(bytes, word, &lower),
        }
    }

    /// A word where nothing tells more of it.
    fn plain(&mut self, bytes: &[u8], word: &str, lower: &str) -> Option<String> {
        let words = &self.table.words;
        let is_known = words.has(lower.as_bytes())
            || ["header.", "smtp.", "policy."]
                .iter()
                .any(|front| lower.strip_prefix(front).is_some_and(|end| !end.contains('.')));
        if is_known {
            return None;
        }
        if self.is_host(lower) {
            return Some(self.table.host(word));
        }
        if words.has_parts(lower.as_bytes()) || is_day(bytes) || starts_with_known(self.table, bytes) {
            return None;
        }
        let is_login = PERSONS.contains(&self.before.as_slice());
        let has_digit = bytes.iter().any(u8::is_ascii_digit);
        let kind = match self.policy {
            _ if is_login => Kind::Person,
            _ if has_digit && bytes.len() > 8 => Kind::Id,
            Policy::Trace => Kind::Host,
            _ if has_digit => Kind::Id,
            _ => Kind::Word,
        };
        Some(if bytes.len() > 40 { self.table.code(bytes) } else { self.table.word(kind, bytes) })
    }

    /// Whether a word in a line of the route is the name of a machine by its place: behind `from`, `by` or a greeting, or in a comment
    /// before an address.
    fn names_host(&self, span: Span) -> bool {
        let is_lead = HOSTS.contains(&self.before.as_slice());
        let before = span.start.checked_sub(1).and_then(|at| self.text.get(at));
        let behind = self.text.get(span.end..).unwrap_or_default();
        is_lead || (before == Some(&b'(') && (behind.starts_with(b" [") || behind.starts_with(b" (")))
    }

    /// Whether a word with dots is the name of a host.
    fn is_host(&self, lower: &str) -> bool {
        let end = lower.rsplit('.').next().unwrap_or_default();
        lower.contains('.')
            && self.table.words.is_end(end.as_bytes())
            && lower.split('.').all(|label| !label.is_empty())
            && lower.bytes().any(|byte| byte.is_ascii_alphabetic())
    }

    fn number(&mut self, bytes: &[u8]) -> Option<String> {
        let is_short = bytes.split(|byte| *byte == b'.').all(|part| part.len() <= 4);
        let is_size = matches!(self.policy, Policy::Program | Policy::Filter)
            || matches!(self.before.as_slice(), b"size" | b"bytes" | b"length");
        let is_version =
            bytes.contains(&b'.') && bytes.split(|byte| *byte == b'.').all(|part| part.len() <= 5);
        if is_short || is_size || is_version {
            return None;
        }
        Some(self.table.number(bytes))
    }

    fn subject(&mut self, bytes: &[u8], lower: &str, span: Span) -> Option<String> {
        let behind = self.text.get(span.end..).unwrap_or_default();
        let is_marked = matches!(behind.first(), Some(b':' | b'[')) || behind.starts_with(b" :");
        if is_marked && is_answer(lower.as_bytes()) {
            return None;
        }
        let bare = bytes.iter().all(u8::is_ascii_digit) && bytes.len() <= 2;
        if bare && is_answer(&self.before) {
            return None;
        }
        let is_kept = lower.split('-').all(|part| part.is_empty() || self.table.words.is_subject(part));
        if self.is_open && is_kept {
            return None;
        }
        let is_tag = span.start.checked_sub(1).and_then(|at| self.text.get(at)) == Some(&b'[');
        self.is_open &= is_tag;
        if self.is_host(lower) {
            return Some(self.table.host(&String::from_utf8_lossy(bytes)));
        }
        Some(self.table.word(Kind::Word, bytes))
    }

    /// `X-Firm-MailScanner-From`: the parts of the name that are not known are replaced.
    fn field_name(&mut self, word: &str) -> Option<String> {
        let is_vendor =
            ["x-ms-", "x-microsoft-", "x-google-", "x-gm-", "arc-", "list-", "content-", "resent-"]
                .iter()
                .any(|start| word.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)));
        let seen: String = word.chars().filter(|letter| !is_unseen(*letter)).collect();
        if is_vendor
            || is_known(seen.as_bytes())
            || self.table.words.has_parts(seen.to_ascii_lowercase().as_bytes())
        {
            return None;
        }
        let mut has_changed = false;
        let parts: Vec<String> = word
            .split('-')
            .map(|part| {
                let lower = part.to_lowercase();
                if part.is_empty()
                    || self.table.words.has_parts(lower.as_bytes())
                    || lower.bytes().all(|byte| byte.is_ascii_digit())
                {
                    return part.to_owned();
                }
                has_changed = true;
                self.table.word(Kind::Word, part.as_bytes())
            })
            .collect();
        has_changed.then(|| parts.join("-"))
    }
}

impl Table {
    /// The pseudonym of the left part of a message id.
    pub fn message_id(&mut self, left: &str) -> String {
        self.windows_id(&left.to_lowercase()).unwrap_or_else(|| self.word(Kind::Id, left.as_bytes()))
    }

    fn code_or_id(&mut self, bytes: &[u8]) -> String {
        if bytes.len() > 20 { self.code(bytes) } else { self.word(Kind::Id, bytes) }
    }
}

/// What stands before the name of a machine in a line of the route.
const HOSTS: [&[u8]; 7] = [b"from", b"by", b"helo", b"ehlo", b"rdns", b"host", b"lhlo"];

/// What stands there without being one.
const NO_HOSTS: [&str; 17] = [
    "a",
    "default",
    "local",
    "mail",
    "network",
    "uid",
    "unknown",
    "userid",
    "user",
    "unverified",
    "with",
    "id",
    "via",
    "for",
    "pickup",
    "by",
    "from",
];

/// What stands before the name of a mailbox or a login.
const PERSONS: [&[u8]; 9] =
    [b"account", b"auth", b"for", b"ident", b"login", b"sender", b"user", b"userid", b"username"];

fn decoded(word: &[u8]) -> String {
    let line = [word, b"\n"].concat();
    match MessageStream::new(&line).parse_unstructured() {
        HeaderValue::Text(text) => text.into_owned(),
        _ => String::new(),
    }
}

/// The text as one encoded word (RFC 2047 section 4.2).
fn encode(text: &[u8]) -> String {
    let mut word = String::from("=?utf-8?Q?");
    for byte in text {
        match byte {
            b' ' => word.push('_'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'!' | b'*' | b'+' | b'/' => {
                word.push(char::from(*byte))
            }
            _ => word.push_str(&format!("={byte:02X}")),
        }
    }
    word + "?="
}

/// `2026-11-02`
fn is_day(bytes: &[u8]) -> bool {
    let mut parts = bytes.split(|byte| *byte == b'-').map(<[u8]>::len);
    bytes.iter().all(|byte| byte.is_ascii_digit() || *byte == b'-') && parts.by_ref().eq([4, 2, 2])
}

/// Whether a word with letters beyond ASCII starts as one that is known: `empf` of `Empfänger`, in whatever encoding.
fn starts_with_known(table: &Table, bytes: &[u8]) -> bool {
    let length = bytes.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(bytes.len());
    let start = bytes.get(..length).unwrap_or_default().to_ascii_lowercase();
    length >= 3 && bytes.get(length).is_some_and(|byte| *byte >= 0x80) && table.words.has(&start)
}

/// Letters without width, and those that turn the direction of the text.
const fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn is_guid(bytes: &[u8]) -> bool {
    bytes.len() == 36
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}
