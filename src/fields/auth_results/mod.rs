//! Authentication-Results (RFC 8601): which checks a server made of the sender's identity, and how they came out.
//!
//! A field names its writer, then one result after the other: `mx.example.com; spf=pass smtp.mailfrom=example.org; dkim=fail reason="…"
//! header.d=example.org`. Received-SPF (RFC 7208 section 9.1) says one of these results in another form; it is read as the same.

mod entries;
mod told;

use std::borrow::Cow;

use super::received::Part;
use super::received::lexer::{Piece, Token, tokens};
use crate::text::Span;
use entries::{Entry, entries};

/// One field. Every part is absent where the field does not say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Results {
    /// The number of the ARC set, of an ARC-Authentication-Results field (RFC 8617 section 4.1.1).
    pub instance: Option<u32>,
    /// The name of the server that wrote the field. Microsoft writes none.
    pub authserv_id: Option<Part>,
    /// The version of the format, which is 1.
    pub version: Option<Part>,
    /// Whether the field says that nothing was checked: `mx.example.com; none`.
    pub is_none: bool,
    /// The results, in the order of the field.
    pub results: Vec<Outcome>,
}

/// How one check came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The check, in lower case, without its version: `spf`, `dkim`, `dmarc`, `arc`, `compauth`.
    pub method: Part,
    /// How it came out.
    pub verdict: Verdict,
    /// The same as written, and its place.
    pub word: Part,
    /// Why, in the words of the server: `reason="…"`; Microsoft writes a number there.
    pub reason: Option<Part>,
    /// What it says in comments, without their brackets.
    pub comments: Vec<Part>,
    /// What was checked.
    pub properties: Vec<Property>,
    /// From the name of the check to the end of its last part.
    pub span: Span,
}

/// What was checked, or what belongs to it: `header.d=example.org`, `action=none`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// Its name with its type, in lower case: `smtp.mailfrom`.
    pub name: String,
    /// Its value without quotes; empty for the null reverse-path of bounces and where nothing stands there.
    pub value: Part,
}

/// How a check came out (RFC 8601 section 2.7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// There was nothing to check.
    None,
    /// All is as the domain says.
    Pass,
    /// It is not: the domain says so itself. `hardfail` is an old word for it.
    Fail,
    /// It is not, probably (SPF `~all`).
    SoftFail,
    /// The domain does not say.
    Neutral,
    /// There was a signature, but none that the server accepts.
    Policy,
    /// It could not be found out this time.
    TempError,
    /// What the domain published cannot be read.
    PermError,
    /// Another word.
    Other(String),
}

impl Verdict {
    /// The verdict of a word, whatever its case.
    #[must_use]
    pub fn of(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "none" => Self::None,
            "pass" => Self::Pass,
            "fail" | "hardfail" => Self::Fail,
            "softfail" => Self::SoftFail,
            "neutral" => Self::Neutral,
            "policy" => Self::Policy,
            "temperror" => Self::TempError,
            "permerror" => Self::PermError,
            other => Self::Other(other.to_owned()),
        }
    }

    /// The word of the RFC for it, in lower case.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::None => "none",
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::SoftFail => "softfail",
            Self::Neutral => "neutral",
            Self::Policy => "policy",
            Self::TempError => "temperror",
            Self::PermError => "permerror",
            Self::Other(word) => word,
        }
    }
}

/// More results no server writes into one field.
const MOST: usize = 100;

impl Results {
    /// The same, with every place led through `place`.
    #[must_use]
    pub fn placed(mut self, place: impl Fn(Span) -> Span) -> Self {
        for part in [&mut self.authserv_id, &mut self.version].into_iter().flatten() {
            part.span = place(part.span);
        }
        self.results = self.results.into_iter().map(|outcome| outcome.placed(&place)).collect();
        self
    }
}

impl Outcome {
    /// The same, with every place led through `place`.
    #[must_use]
    pub fn placed(mut self, place: impl Fn(Span) -> Span) -> Self {
        let parts = [&mut self.method, &mut self.word].into_iter().chain(&mut self.reason);
        for part in parts.chain(&mut self.comments) {
            part.span = place(part.span);
        }
        for property in &mut self.properties {
            property.value.span = place(property.value.span);
        }
        self.span = place(self.span);
        self
    }

    fn new(method: Piece<'_>, value: Piece<'_>) -> Self {
        let name = method.text.split('/').next().unwrap_or_default();
        let word = part(value);
        Self {
            method: Part { value: name.to_ascii_lowercase(), span: method.span() },
            verdict: Verdict::of(&word),
            word,
            reason: None,
            comments: Vec::new(),
            properties: Vec::new(),
            span: Span::new(method.at, value.span().end),
        }
    }

    fn take(&mut self, name: Piece<'_>, value: Piece<'_>) {
        if name.is("reason") {
            self.reason = Some(part(value));
        } else {
            self.properties.push(Property { name: name.text.to_ascii_lowercase(), value: part(value) });
        }
        self.reach(value);
    }

    fn reach(&mut self, piece: Piece<'_>) {
        let end = piece.span().end.max(self.span.end);
        self.span = Span::new(self.span.start.min(piece.at), end);
    }
}

/// Reads the value of an Authentication-Results or ARC-Authentication-Results field. Total: what does not fit is left out.
#[must_use]
pub fn parse_auth_results(value: &str) -> Results {
    let mut entries = entries(value).peekable();
    let mut found = Results::default();
    if let Some(Entry::Pair(name, number)) = entries.peek()
        && name.is("i")
    {
        found.instance = number.text.parse().ok();
        entries.next();
        entries.next_if(|entry| matches!(entry, Entry::End));
    }
    while let Some(entry) = entries.next_if(|entry| !matches!(entry, Entry::Pair(..))) {
        match entry {
            Entry::End => break,
            Entry::Word(word) if found.authserv_id.is_none() => found.authserv_id = Some(part(word)),
            Entry::Word(word) if found.version.is_none() => found.version = Some(part(word)),
            _ => {}
        }
    }
    let mut current: Option<Outcome> = None;
    // Yahoo and early drafts put what was checked before the check: `from=example.org; dkim=neutral (no sig)`.
    let mut before: Vec<(Piece<'_>, Piece<'_>)> = Vec::new();
    for entry in entries {
        match (entry, &mut current) {
            (Entry::End, _) => found.results.extend(current.take()),
            (Entry::Word(word), None) if word.is("none") => found.is_none = true,
            (Entry::Word(_), _) | (Entry::Comment(_), None) => {}
            (Entry::Comment(comment), Some(outcome)) => {
                outcome.comments.extend(comment.part());
                outcome.reach(comment);
            }
            (Entry::Pair(name, value), Some(outcome)) if !is_method(name) => outcome.take(name, value),
            (Entry::Pair(name, value), None) if is_property(name) => before.push((name, value)),
            (Entry::Pair(name, value), _) => {
                found.results.extend(current.take());
                if found.results.len() >= MOST {
                    break;
                }
                let mut outcome = Outcome::new(name, value);
                for (name, value) in before.drain(..) {
                    outcome.take(name, value);
                }
                current = Some(outcome);
            }
        }
    }
    found.results.extend(current);
    found
}

/// Reads the value of a Received-SPF field (RFC 7208 section 9.1) as a result of the check `spf`: `pass (mx.example.com: domain of …)
/// client-ip=192.0.2.7; envelope-from=…; helo=…;`. Absent where it starts with no word.
#[must_use]
pub fn parse_received_spf(value: &str) -> Option<Outcome> {
    let first = tokens(value).find_map(|token| match token {
        Token::Word(word) => Some(word),
        _ => None,
    })?;
    let mut outcome = Outcome::new(Piece { text: "spf", at: first.at }, first);
    for entry in entries(value).take(MOST) {
        match entry {
            Entry::Comment(comment) => {
                outcome.comments.extend(comment.part());
                outcome.reach(comment);
            }
            Entry::Pair(name, value) => outcome.take(name, value),
            Entry::Word(_) | Entry::End => {}
        }
    }
    for property in &mut outcome.properties {
        match property.name.as_str() {
            "envelope-from" | "x-envelope-from" => property.name = "smtp.mailfrom".into(),
            "helo" | "x-helo" => property.name = "smtp.helo".into(),
            _ => {}
        }
    }
    Some(outcome)
}

/// The authserv-id, the name of the server that wrote the field: the first word before the first `;`.
///
/// Microsoft writes results without one (`spf=pass (sender IP is 192.0.2.7) …`); then it is absent.
#[must_use]
pub fn parse_authserv_id(value: &str) -> Option<&str> {
    let head = value.split(';').next()?;
    let word = head.split_ascii_whitespace().next()?;
    (!word.contains('=')).then_some(word)
}

/// A value without its quotes and angle brackets.
fn part(piece: Piece<'_>) -> Part {
    let bare = piece.trim(&['"', '<', '>']);
    let text = match bare.text.contains('\\') {
        true => Cow::Owned(bare.text.replace("\\\"", "\"")),
        false => Cow::Borrowed(bare.text),
    };
    Part { value: text.into_owned(), span: piece.span() }
}

/// Names of checks, from the registry "Email Authentication Methods" and from Microsoft. Some servers leave out the `;` before them.
fn is_method(name: Piece<'_>) -> bool {
    const METHODS: [&str; 14] = [
        "arc",
        "auth",
        "bimi",
        "compauth",
        "dkim",
        "dkim-adsp",
        "dkim-atps",
        "dmarc",
        "domainkeys",
        "iprev",
        "rrvs",
        "sender-id",
        "spf",
        "vbr",
    ];
    let name = name.text.split('/').next().unwrap_or_default();
    METHODS.iter().any(|method| method.eq_ignore_ascii_case(name))
}

/// Whether it says what was checked, not what came out.
fn is_property(name: Piece<'_>) -> bool {
    name.text.contains('.') || ["from", "action", "reason"].iter().any(|word| name.is(word))
}
