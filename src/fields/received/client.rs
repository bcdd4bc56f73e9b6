//! What a line says of the client: its address, its names and its login.
//!
//! The greeting (HELO) and the reverse name are told apart by meaning, not by position:
//!
//! | Program | What it writes |
//! |---|---|
//! | Postfix, sendmail, Exchange | `from greeting (reverse.example.org [192.0.2.1])` |
//! | qmail and its kin | `from reverse.example.org (HELO greeting) (ident@192.0.2.1)` |
//! | Exim | `from reverse.example.org ([192.0.2.1]:40123 helo=greeting ident=ann)` |
//! | CommuniGate | `from [192.0.2.1] (account ann HELO greeting)` |
//! | smap | `from reverse.example.org(192.0.2.1, HELO greeting)` |
//! | Obtuse smtpd | `from reverse.example.org(192.0.2.1), claiming to be "greeting"` |

use std::net::IpAddr;

use super::address::{address_of, address_word};
use super::clauses::Line;
use super::lexer::Piece;
use super::{Part, Received, envelope};

/// Adds what the line says of the client.
pub fn fill_in(received: &mut Received, line: &Line<'_>) {
    // `(from localhost [192.0.2.1]) by …` and sendmail's `(from ann@localhost) by …` have the clause within a comment.
    let inner = line.before.comments().find_map(|comment| comment.strip_prefix("from "));
    let inner: Vec<Piece<'_>> = inner.map(|rest| rest.words().collect()).unwrap_or_default();
    let words = if line.from.words().is_empty() { &inner } else { line.from.words() };
    let (token, behind) = words.split_first().map_or((None, words), |(first, behind)| (Some(*first), behind));
    let mut client = Client::default();
    let is_phrase = !client.read_words(behind) && !behind.is_empty();
    for comment in line.from.comments().filter(|comment| is_on_client(*comment)) {
        client.read_comment(comment);
    }
    received.from_token = token.and_then(name);
    received.ident = client.ident.take();
    received.authenticated = client.login.take().or_else(|| envelope::login(line));
    received.envelope_from = envelope::sender(line);
    if is_phrase && client.ip.is_some() {
        // A client may greet with any words: `from my laptop (unknown [192.0.2.1]) by mx.example.com (Postfix)`.
        client.greeting = client.greeting.or_else(|| line.from.text());
    }
    // Where no comment names an address, the one behind `from` is the client's: `from [192.0.2.1] by web.example.com via HTTP`.
    let literal = token.and_then(address_of).filter(|_| client.ip.is_none());
    // chasquid: `from [192.0.2.1] (greeting) by mx.example.com (chasquid)`.
    if line.by.comments().any(|comment| comment.is("chasquid")) {
        client.greeting = client.lone_name.take();
    }
    let (helo, rdns) = client.names(received.from_token.clone(), literal.is_some());
    received.helo = helo;
    received.rdns = rdns.filter(|name| is_looked_up(name));
    received.ip = client.ip.or(literal);
}

/// What was found so far.
#[derive(Default)]
struct Client {
    ip: Option<Part<IpAddr>>,
    greeting: Option<Part>,
    /// Whether there was a greeting, be it an empty one.
    is_greeted: bool,
    /// The name beside the address.
    reverse_name: Option<Part>,
    /// The name that is a comment by itself: `from MX1 (mx1.example.org) by …`.
    lone_name: Option<Part>,
    ident: Option<Part>,
    login: Option<Part>,
}

/// Words that stand beside a client's names and are none.
const NO_NAMES: [&str; 25] = [
    "unknown",
    "softdnserr",
    "unverified",
    "verified",
    "not",
    "may",
    "be",
    "forged",
    "rdns",
    "failed",
    "really",
    "actually",
    "misconfigured",
    "sender",
    "proxying",
    "for",
    "port",
    "local",
    "unix",
    "socket",
    "host",
    "with",
    "login",
    "named",
    "claiming",
];

impl Client {
    /// The greeting and the reverse name. `token` is the word behind `from`; `is_address` says whether it stands for the client alone.
    fn names(&self, token: Option<Part>, is_address: bool) -> (Option<Part>, Option<Part>) {
        let reverse_name = self.reverse_name.clone().or_else(|| self.lone_name.clone());
        match self.greeting.clone() {
            // The word behind `from` is the reverse name of an address, unless it is part of a greeting of several words.
            Some(greeting) => {
                let token = token.filter(|token| self.ip.is_some() && !covers(&greeting, token));
                (Some(greeting), reverse_name.or(token))
            }
            None if self.is_greeted => (None, reverse_name.or(token)),
            None if is_address => (None, None),
            None if self.ip.is_some() || reverse_name.is_some() => (token, reverse_name),
            None => (None, None),
        }
    }

    /// The words behind the first one; whether they say something of the client. IMail: `from mail.example.org [192.0.2.1] by …`; Merak:
    /// `as user ann@example.com`; Obtuse smtpd: `claiming to be "greeting"`.
    fn read_words(&mut self, words: &[Piece<'_>]) -> bool {
        let mut before = Piece::default();
        for (nth, word) in words.iter().enumerate() {
            if self.ip.is_none() && word.text.contains(['[', '(']) {
                self.ip = address_of(*word);
            } else if before.is("be") && nth >= 2 {
                self.greeting = self.greeting.take().or_else(|| name(*word));
            } else if before.is("user") {
                self.login = self.login.take().or_else(|| word.part());
            }
            before = *word;
        }
        self.ip.is_some() || self.greeting.is_some() || self.login.is_some()
    }

    /// A comment behind `from` that is on the client.
    fn read_comment(&mut self, comment: Piece<'_>) {
        let (before, greeting, behind) = around_greeting(comment);
        let words: Vec<Piece<'_>> = before.split(is_gap).chain(behind.split(is_gap)).collect();
        // Without brackets, what stands in the middle may be a version: `(SoftMail 10.2.3.4 client)`.
        let may_be_bare = |nth: usize| {
            let follows_name = nth
                .checked_sub(1)
                .and_then(|before| words.get(before))
                .is_some_and(|word| word.text.contains('.'));
            nth == 0 || nth + 1 == words.len() || follows_name
        };
        let is_address = |(nth, word): (usize, &Piece<'_>)| may_be_bare(nth) && address_of(*word).is_some();
        let speaks_of_address = before.text.contains('[') || words.iter().enumerate().any(is_address);
        if self.is_greeted && speaks_of_address {
            // A client may close the comment with its greeting and forge an address: `(HELO a) (192.0.2.250) (203.0.113.5)`. What the
            // server itself saw comes last.
            (self.ip, self.ident, self.reverse_name) = (None, None, None);
        }
        if let Some(greeting) = greeting {
            self.is_greeted = true;
            self.greeting = self.greeting.take().or_else(|| greeting.part());
        }
        let mut last = Piece::default();
        for (nth, word) in words.iter().copied().enumerate() {
            if let Some(greeting) = word.strip_prefix("helo=") {
                self.greeting = self.greeting.take().or_else(|| without_square_brackets(greeting).part());
            } else if let Some(ident) = word.strip_prefix("ident=") {
                self.ident = self.ident.take().or_else(|| without_square_brackets(ident).part());
            } else if last.is("account") {
                self.login = self.login.take().or_else(|| word.part());
            } else if !word.text.contains('=') && !word.is("account") {
                self.read_client_word(word, speaks_of_address, may_be_bare(nth));
            }
            last = word;
        }
        // Yahoo: `(ann@192.0.2.1 with login)`.
        if words.iter().any(|word| word.is("login") || word.is("plain"))
            && words.iter().any(|word| word.is("with"))
        {
            let user = words.first().and_then(|word| word.part_of(0, word.text.find('@')?).part());
            self.login = self.login.take().or(user);
        }
        self.lone_name = self.lone_name.take().or_else(|| lone_name(&words));
    }

    /// `[192.0.2.1]`, `reverse.example.org`, `ann@192.0.2.1`, `IDENT:ann@reverse.example.org`, `ann@[192.0.2.1]`, `verified[192.0.2.1]`.
    fn read_client_word(&mut self, word: Piece<'_>, speaks_of_address: bool, may_be_bare: bool) {
        let word = word.strip_prefix("IDENT:").unwrap_or(word);
        let at = word.text.rfind('@');
        let (user, host) =
            at.map_or((Piece::default(), word), |at| (word.part_of(0, at), word.after(at + 1)));
        let bracket = host.text.find('[').unwrap_or(host.text.len());
        let name = host.part_of(0, bracket).trim(&['<', '>', '.', ':']);
        if !user.text.is_empty() && !user.text.contains('"') && self.ident.is_none() {
            let is_literal = host.text.starts_with('[');
            self.ident = if is_literal { user } else { word }.trim(&['<', '>']).part();
        }
        if self.ip.is_some() {
            return;
        }
        if may_be_bare || host.text.contains('[') {
            self.ip = address_of(host);
        }
        let is_name = is_host_name(name.text) && address_word(name.text).is_none();
        if speaks_of_address && self.reverse_name.is_none() && is_name {
            self.reverse_name = name.part();
        }
    }
}

/// Whether a part stands within another.
const fn covers(whole: &Part, part: &Part) -> bool {
    whole.span.start <= part.span.start && part.span.end <= whole.span.end
}

/// Whether a comment can be on the client, and not on the login, the encryption or the envelope, where names and addresses stand too. A web
/// mailer's own client may stand for others: `from 192.0.2.1 (proxying for 10.0.0.4)`.
fn is_on_client(comment: Piece<'_>) -> bool {
    const OTHERS: [&str; 12] = [
        // Courier: `(forwarded by ann@example.net)`.
        "forwarded",
        "using",
        "Client",
        "No",
        "authenticated",
        "AUTH:",
        "smtp-auth",
        "SquirrelMail",
        "Horde",
        "proxying",
        "envelope-from",
        "envelope-sender",
    ];
    let first = comment.split(is_gap).next();
    first.is_some_and(|first| {
        !OTHERS.iter().any(|word| first.is(word)) && first.strip_prefix("version=").is_none()
    })
}

fn is_gap(letter: char) -> bool {
    letter.is_whitespace() || letter == ','
}

/// Whether a word announces the greeting. Programs write the command as the client gave it.
fn is_verb(word: Piece<'_>) -> bool {
    ["HELO", "EHLO", "LHLO"].iter().any(|verb| word.is(verb))
}

/// What stands before the greeting, the greeting, and what stands behind. qmail: `(HELO my computer)`, all that follows; a client may greet
/// with any words. CommuniGate: `(account ann HELO [192.0.2.1])`. Zmailer: `([192.0.2.1]:40123 "EHLO mail.example.org" rhost-flags-OK)`.
/// An address in brackets behind a greeting is no part of it, unless it is the greeting: `(EHLO mail.example.org [192.0.2.1])`.
fn around_greeting(comment: Piece<'_>) -> (Piece<'_>, Option<Piece<'_>>, Piece<'_>) {
    let nothing = comment.after(comment.text.len());
    let Some(verb) = comment.split(is_gap).find(|word| is_verb(word.trim(&['"']))) else {
        return (comment, None, nothing);
    };
    let start = verb.span().end - comment.at;
    let rest = comment.after(start);
    let mut words = rest.split(is_gap);
    let first = words.next();
    let address = words.find(|word| word.text.starts_with('[') && address_of(*word).is_some());
    let quote = rest.text.find('"').filter(|_| verb.text.starts_with('"')).map(|quote| quote + 1);
    let length = quote.or(address.map(|word| word.at - rest.at)).unwrap_or(rest.text.len());
    let greeting = rest.part_of(0, length).trim(&[' ', '\t', '\r', '\n', ',', '"']);
    (
        comment.part_of(0, verb.at - comment.at),
        first.map(|_| without_square_brackets(greeting)).or(Some(nothing)),
        rest.after(length),
    )
}

/// A comment that is a host name and nothing else; PP and others put a word before it: `(actually mail.example.org)`.
fn lone_name(words: &[Piece<'_>]) -> Option<Part> {
    let name = match words {
        [word] => word,
        [first, word] if first.is("actually") || first.is("really") => word,
        _ => return None,
    };
    let is_name = name.text.contains('.') && is_host_name(name.text) && address_word(name.text).is_none();
    let is_named = is_name && name.text.contains(|letter: char| letter.is_ascii_alphabetic());
    is_named.then(|| name.trim(&['.']).part())?
}

/// Whether a word can be the name of a host.
fn is_host_name(word: &str) -> bool {
    let is_name =
        |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_' | '/' | '?' | '*' | '~');
    !word.is_empty()
        && word.chars().all(is_name)
        && !NO_NAMES.iter().any(|no_name| word.eq_ignore_ascii_case(no_name))
}

/// Servers write `unknown` where the address has no reverse name; an address in its place is none either.
fn is_looked_up(name: &str) -> bool {
    let is_name = !name.contains('@') && !NO_NAMES.iter().any(|no_name| name.eq_ignore_ascii_case(no_name));
    is_name && address_word(name.trim_matches(['[', ']'])).is_none()
}

/// The name in a word: `<server>`, `[192.0.2.1]:25`, `"mail.example.org"`.
pub fn name(word: Piece<'_>) -> Option<Part> {
    let word = word.trim(&['<', '>', '"', ',']);
    match word.text.strip_prefix('[').and_then(|inner| inner.find(']')) {
        Some(length) => word.part_of(1, 1 + length).part(),
        None => word.part(),
    }
}

fn without_square_brackets(word: Piece<'_>) -> Piece<'_> {
    word.trim(&['[', ']'])
}
