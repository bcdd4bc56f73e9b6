//! The pseudonyms that were given out: what was replaced once is replaced in the same way wherever it stands again.

use std::collections::{HashMap, HashSet};

use super::net::Networks;
use super::words::Vocabulary;
use crate::fields::letters::{Oddity, oddities};

/// What a pseudonym stands for. Its name is the front of the pseudonym.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Someone's mailbox or login.
    Person,
    /// A word of somebody's name.
    Name,
    /// A label of a host's name.
    Host,
    /// The label under which an organisation is registered.
    Site,
    /// A number that a program gave.
    Id,
    /// A word.
    Word,
    /// A line of a body.
    Text,
    /// A signature, a hash or other long code.
    Code,
    /// What separates the parts of a body.
    Boundary,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Name => "name",
            Self::Host => "host",
            Self::Site => "site",
            Self::Id => "id",
            Self::Word => "word",
            Self::Text => "text",
            Self::Code => "code",
            Self::Boundary => "boundary",
        }
    }

    const ALL: [Self; 9] = [
        Self::Person,
        Self::Name,
        Self::Host,
        Self::Site,
        Self::Id,
        Self::Word,
        Self::Text,
        Self::Code,
        Self::Boundary,
    ];
}

/// All pseudonyms of one case.
#[derive(Debug)]
pub struct Table {
    /// The words that may stay.
    pub words: Vocabulary,
    /// Those of network addresses.
    pub networks: Networks,
    /// What was replaced by what, in lower case. One table for all kinds: the login `joe`, the host `joe` and `joe@` stay equal.
    given: HashMap<Vec<u8>, String>,
    /// How many of each kind were given out.
    counts: HashMap<&'static str, u32>,
    /// Words of the texts that look like pseudonyms: they are given to nothing else.
    taken: HashSet<Vec<u8>>,
}

impl Table {
    /// An empty table, for texts in which these look like pseudonyms.
    pub fn new(taken: HashSet<Vec<u8>>) -> Self {
        Self {
            words: Vocabulary::new(),
            networks: Networks::default(),
            given: HashMap::new(),
            counts: HashMap::new(),
            taken,
        }
    }

    /// What was given for this, if anything was.
    pub fn known(&self, original: &[u8]) -> Option<String> {
        Some(in_shape(self.given.get(&original.to_lowercase_bytes())?, original))
    }

    /// The pseudonym of a word, in upper case where that is. `kind` tells how to call it if it is new.
    pub fn word(&mut self, kind: Kind, original: &[u8]) -> String {
        if is_masked(original) {
            return String::from_utf8_lossy(original).into_owned();
        }
        let key = original.to_lowercase_bytes();
        if !self.given.contains_key(&key) {
            let new = self.next(kind);
            self.given.insert(key.clone(), new);
        }
        let given = self.given.get(&key).map(|given| in_shape(given, original)).unwrap_or_default();
        with_oddities(given, original)
    }

    /// The pseudonym of what knows upper and lower case, such as a boundary or a line.
    pub fn exact(&mut self, kind: Kind, original: &[u8]) -> String {
        let key = [kind.name().as_bytes(), b" ", original].concat();
        if let Some(given) = self.given.get(&key) {
            return given.clone();
        }
        let new = self.next(kind);
        self.given.insert(key, new.clone());
        new
    }

    /// What was given for what knows upper and lower case, if anything was.
    pub fn known_exact(&self, kind: Kind, original: &[u8]) -> Option<String> {
        self.given.get(&[kind.name().as_bytes(), b" ", original].concat()).cloned()
    }

    /// The pseudonym of a long code: repeated until it is at least as long, since what is too short counts as no signature.
    pub fn code(&mut self, original: &[u8]) -> String {
        let code = self.exact(Kind::Code, original);
        let times = if original.len() < SHORT { 1 } else { original.len().div_ceil(code.len()) };
        code.repeat(times)
    }

    /// The number that stands for one of five figures and more.
    pub fn number(&mut self, original: &[u8]) -> String {
        let key = [b"number ", original].concat();
        if let Some(given) = self.given.get(&key) {
            return given.clone();
        }
        let new = loop {
            let count = self.counts.entry("number").or_insert(70_000);
            *count += 1;
            let new = count.to_string();
            if !self.taken.contains(new.as_bytes()) {
                break new;
            }
        };
        self.given.insert(key, new.clone());
        new
    }

    /// The pseudonym of a GUID, which is one in form.
    pub fn guid(&mut self, original: &[u8]) -> String {
        let key = original.to_lowercase_bytes();
        if let Some(given) = self.given.get(&key) {
            return given.clone();
        }
        let count = self.counts.entry("guid").or_default();
        *count += 1;
        let new = format!("99999999-0000-4000-8000-{count:012}");
        self.given.insert(key, new.clone());
        new
    }

    fn next(&mut self, kind: Kind) -> String {
        loop {
            let count = self.counts.entry(kind.name()).or_default();
            // The numbers from 100 on are those of addresses.
            *count = if *count == 99 { 256 } else { *count + 1 };
            let new = format!("{}{count}", kind.name());
            if !self.taken.contains(new.as_bytes()) {
                return new;
            }
        }
    }

    /// Whether a word, in lower case, looks like a pseudonym.
    pub fn is_like_pseudonym(word: &[u8]) -> bool {
        let digits = word.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let front = word.get(..word.len() - digits).unwrap_or_default();
        digits > 0
            && (Kind::ALL.iter().any(|kind| kind.name().as_bytes() == front)
                || (front.is_empty() && word.starts_with(b"7")))
    }
}

/// Whether somebody blacked it out before: `xxxx`, `redacted`. What stood there need not be the same in two places.
fn is_masked(original: &[u8]) -> bool {
    let first = original.first().map(u8::to_ascii_lowercase);
    let is_one_letter =
        original.len() >= 3 && original.iter().all(|byte| Some(byte.to_ascii_lowercase()) == first);
    let lower = original.to_ascii_lowercase();
    is_one_letter || MASKS.contains(&lower.as_slice())
}

const MASKS: [&[u8]; 6] = [b"redacted", b"removed", b"hidden", b"anonymized", b"deleted", b"masked"];

/// Codes shorter than this stand for nothing that has to be long.
const SHORT: usize = 20;

trait LowercaseBytes {
    fn to_lowercase_bytes(&self) -> Vec<u8>;
}

impl LowercaseBytes for [u8] {
    /// In lower case, letters beyond ASCII too, where the bytes are UTF-8.
    fn to_lowercase_bytes(&self) -> Vec<u8> {
        match std::str::from_utf8(self) {
            Ok(text) if !text.is_ascii() => text.to_lowercase().into_bytes(),
            _ => self.to_ascii_lowercase(),
        }
    }
}

/// The pseudonym with what the original has to deceive the eye: marks that cannot be seen, and letters that look like Latin ones.
fn with_oddities(given: String, original: &[u8]) -> String {
    let Some(text) = std::str::from_utf8(original).ok().filter(|text| !text.is_ascii()) else { return given };
    let odd = oddities(text).into_iter().map(|oddity| match oddity {
        Oddity::Direction(mark) | Oddity::Width(mark) => mark,
        Oddity::Mixed(_, "Greek") => '\u{3bf}',
        Oddity::Mixed(..) => '\u{43e}',
    });
    let mut letters = given.chars();
    letters.next().into_iter().chain(odd).chain(letters).collect()
}

/// A pseudonym in capitals, or with one, as the original: most programs do not tell the two apart, some do.
fn in_shape(given: &str, original: &[u8]) -> String {
    let has_upper = original.iter().any(u8::is_ascii_uppercase);
    let has_lower = original.iter().any(u8::is_ascii_lowercase);
    match (has_upper, has_lower) {
        (true, false) if original.len() > 1 => given.to_ascii_uppercase(),
        (true, _) => {
            let mut letters = given.chars();
            let first = letters.next().map(|first| first.to_ascii_uppercase());
            first.into_iter().chain(letters).collect()
        }
        _ => given.to_owned(),
    }
}
