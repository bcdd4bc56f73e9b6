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

use std::net::{IpAddr, Ipv6Addr};

use super::clauses::{Clause, Line};
use super::lexer::Piece;
use super::{Part, Received};

/// Adds what the line says of the client.
pub fn fill_in(received: &mut Received, line: &Line<'_>) {
    let mut client = Client::default();
    let mut words = line.from.words();
    // `(from localhost [192.0.2.1]) by …` and sendmail's `(from ann@localhost) by …` have the clause within a comment.
    let inner: Vec<Piece<'_>> = line
        .before
        .comments()
        .find_map(|comment| comment.strip_prefix("from "))
        .map(|rest| rest.words().collect())
        .unwrap_or_default();
    if words.is_empty() {
        words = &inner;
    }
    let (token, behind) = words.split_first().map_or((None, words), |(first, behind)| (Some(*first), behind));
    client.read_words(behind);
    for comment in line.from.comments() {
        client.read_comment(comment);
    }
    // A message that no comment names an address for came from the one behind `from`: `from [192.0.2.1] by web.example.com via HTTP`.
    let literal = token.and_then(|token| address_of(token));
    let token = token.and_then(name);
    for comment in line.comments() {
        client.read_envelope(comment);
    }
    let lone = client.lone_name.filter(|_| client.ip.is_none());
    received.ip = client.ip.or(literal);
    let (helo, rdns) = match client.greeting {
        Some(greeting) => (Some(greeting), client.reverse_name.or(lone).or_else(|| token.clone())),
        None if received.ip.is_some() => (token.clone(), client.reverse_name),
        None if lone.is_some() || client.reverse_name.is_some() => {
            (token.clone(), client.reverse_name.or(lone))
        }
        None => (None, None),
    };
    received.from_token = token;
    received.helo = helo;
    received.rdns = rdns.filter(|name| is_looked_up(name));
    received.ident = client.ident;
    received.authenticated = client.login;
    received.envelope_from = client.sender.or_else(|| xmail_sender(line));
}

/// What was found so far.
#[derive(Default)]
struct Client {
    ip: Option<Part<IpAddr>>,
    greeting: Option<Part>,
    /// The name beside the address.
    reverse_name: Option<Part>,
    /// The name that is a comment by itself: `from MX1 (mx1.example.org) by …`.
    lone_name: Option<Part>,
    ident: Option<Part>,
    login: Option<Part>,
    sender: Option<Part>,
}

/// Words that stand beside a client's names and are none.
const NO_NAMES: [&str; 24] = [
    "unknown",
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
    /// The words behind the first one. IMail: `from mail.example.org [192.0.2.1] by …`; Merak: `as user ann@example.com`.
    fn read_words(&mut self, words: &[Piece<'_>]) {
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
    }

    /// A comment behind `from`.
    fn read_comment(&mut self, comment: Piece<'_>) {
        let words: Vec<Piece<'_>> = comment.split(|letter| letter.is_whitespace() || letter == ',').collect();
        let Some(first) = words.first() else {
            return;
        };
        if [
            "using",
            "Client",
            "No",
            "authenticated",
            "Authenticated",
            "AUTH:",
            "smtp-auth",
            "SquirrelMail",
            "Horde",
        ]
        .contains(&first.text)
            || first.text.starts_with("envelope-")
            || first.text.starts_with("version=")
        {
            return;
        }
        if let Some(greeting) = greeting_words(comment, &words) {
            self.greeting = self.greeting.take().or(greeting);
        }
        let speaks_of_address =
            comment.text.contains('[') || words.iter().any(|word| address_of(*word).is_some());
        let mut before = Piece::default();
        for word in words.iter().copied() {
            if is_verb(word) {
                break;
            }
            if let Some(greeting) = word.strip_prefix("helo=") {
                self.greeting = self.greeting.take().or_else(|| without_square_brackets(greeting).part());
            } else if let Some(ident) = word.strip_prefix("ident=") {
                self.ident = self.ident.take().or_else(|| without_square_brackets(ident).part());
            } else if before.is("account") {
                self.login = self.login.take().or_else(|| word.part());
            } else if !word.text.contains('=') && !word.is("account") {
                self.read_client_word(word, speaks_of_address);
            }
            before = word;
        }
        let is_login = words.iter().any(|word| word.is("login") || word.is("plain"));
        if is_login && words.iter().any(|word| word.is("with")) {
            self.login = self.login.take().or_else(|| self.ident.clone());
        }
        if self.lone_name.is_none() {
            self.lone_name = lone_name(&words);
        }
    }

    /// `[192.0.2.1]`, `reverse.example.org`, `ann@192.0.2.1`, `IDENT:ann@reverse.example.org`, `ann@[192.0.2.1]`, `verified[192.0.2.1]`.
    fn read_client_word(&mut self, word: Piece<'_>, speaks_of_address: bool) {
        let word = word.strip_prefix("IDENT:").unwrap_or(word);
        let (user, host) = match word.text.rfind('@') {
            Some(at) => (word.part_of(0, at), word.after(at + 1)),
            None => (word.part_of(0, 0), word),
        };
        let bracket = host.text.find('[').unwrap_or(host.text.len());
        let beside = host.part_of(0, bracket).trim(&['<', '>', '.', ':']);
        let ip = if self.ip.is_none() { address_of(host) } else { None };
        if !user.text.is_empty() && !user.text.contains('"') && self.ident.is_none() {
            let is_literal = host.text.starts_with('[');
            self.ident = if is_literal { user } else { word }.trim(&['<', '>']).part();
        }
        let is_name = speaks_of_address
            && self.ip.is_none()
            && self.reverse_name.is_none()
            && is_host_name(beside.text);
        if is_name && address_word(beside.text).is_none() {
            self.reverse_name = host.part_of(0, bracket).trim(&['<', '>', ':']).part();
        }
        self.ip = self.ip.take().or(ip);
    }

    /// A comment anywhere, on the envelope or the login.
    fn read_envelope(&mut self, comment: Piece<'_>) {
        self.sender = self.sender.take().or_else(|| sender(comment));
        self.login = self.login.take().or_else(|| login(comment));
    }
}

/// Whether a word announces the greeting. Programs write the command as the client gave it.
fn is_verb(word: Piece<'_>) -> bool {
    ["HELO", "EHLO", "LHLO"].iter().any(|verb| word.is(verb))
}

/// qmail: `(HELO my computer)`, all that follows; a client may greet with any words. `(account ann HELO [192.0.2.1])`.
fn greeting_words(comment: Piece<'_>, words: &[Piece<'_>]) -> Option<Option<Part>> {
    let verb = words.iter().find(|word| is_verb(**word))?;
    let rest = comment.after(verb.at + verb.text.len() - comment.at);
    Some(without_square_brackets(rest.trim(&[' ', '\t', '\r', '\n', ','])).part())
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
    is_named.then(|| name.part())?
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
    let is_name = !NO_NAMES.iter().any(|no_name| name.eq_ignore_ascii_case(no_name));
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

/// The address of the server itself: `by mx.example.com (192.0.2.1)`, `by mx.example.com ([192.0.2.1]:25)`, Google's `by 10.1.2.3`.
pub fn server_address(by: &Clause<'_>) -> Option<Part<IpAddr>> {
    let is_alone = |comment: &Piece<'_>| comment.text.contains('[') || comment.words().count() == 1;
    by.comments().filter(is_alone).find_map(address_of).or_else(|| by.first().and_then(address_of))
}

/// The first IP address in a stretch such as `mail.example.org [192.0.2.1]` or `[IPv6:2001:db8::1]:25`.
fn address_of(piece: Piece<'_>) -> Option<Part<IpAddr>> {
    let is_joint = |letter: char| {
        letter.is_whitespace() || matches!(letter, '[' | ']' | '(' | ')' | ',' | '=' | '<' | '>' | '@' | '"')
    };
    piece.split(is_joint).find_map(|word| Some(Part { value: address_word(word.text)?, span: word.span() }))
}

/// One word as an address; the prefix `IPv6:`, a port behind IPv4 and a zone (`%eth0`) are cut off.
fn address_word(word: &str) -> Option<IpAddr> {
    let word = match word.get(..5) {
        Some(prefix) if prefix.eq_ignore_ascii_case("ipv6:") => word.get(5..)?,
        _ => word,
    };
    let word = word.split('%').next()?;
    let without_port = word.rsplit_once(':').map_or(word, |(host, _)| host);
    let ip = word.parse::<IpAddr>().ok().or_else(|| without_port.parse().ok().filter(IpAddr::is_ipv4))?;
    Some(match ip {
        IpAddr::V6(six) => mapped(six).unwrap_or(ip),
        IpAddr::V4(_) => ip,
    })
}

/// `::ffff:192.0.2.1` is the IPv4 address 192.0.2.1 (RFC 4291 section 2.5.5.2).
fn mapped(ip: Ipv6Addr) -> Option<IpAddr> {
    ip.to_ipv4_mapped().map(IpAddr::V4)
}

/// Exim and others: `(envelope-from <a@example.com>)`; qmail-ldap: `(envelope-sender <a@example.com>)`.
fn sender(comment: Piece<'_>) -> Option<Part> {
    let rest = ["envelope-from", "envelope-sender"].iter().find_map(|name| comment.strip_prefix(name))?;
    let address = rest.trim(&[' ', '\t', '\r', '\n', '<', '>', ':']);
    Some(address.part().unwrap_or(Part { value: String::new(), span: comment.span() }))
}

/// XMail: `with [XMail 1.27 ESMTP Server] id <S72E> for <ann@example.com> from <bob@example.org>`.
fn xmail_sender(line: &Line<'_>) -> Option<Part> {
    let is_xmail = line.with.first().is_some_and(|word| word.is("[XMail"));
    let sender = line.rest.first().filter(|_| is_xmail && line.recipient.first().is_some())?;
    sender.trim(&['<', '>']).part()
}

/// Who logged in. Postfix: `(Authenticated sender: ann@example.com)`; Courier: `(AUTH: LOGIN ann, TLS: …)`; SquirrelMail: `(SquirrelMail
/// authenticated user ann)`; Exim and others: `(authenticated as ann)`; smtp-auth of qmail: `(smtp-auth username ann, mechanism plain)`.
fn login(comment: Piece<'_>) -> Option<Part> {
    if let Some(rest) = comment.strip_prefix("Authenticated sender:") {
        return rest.part();
    }
    let words: Vec<Piece<'_>> =
        comment.split(|letter| letter.is_whitespace() || matches!(letter, ',' | ':')).take(5).collect();
    let name = match words.as_slice() {
        [auth, _, name, ..] if auth.text == "AUTH" => name,
        [_, authenticated, user, name, ..] if authenticated.is("authenticated") && user.is("user") => name,
        [authenticated, link, name, ..]
            if authenticated.is("authenticated") && (link.is("as") || link.is("user")) =>
        {
            name
        }
        [auth, user, name, ..] if auth.is("smtp-auth") && user.is("username") => name,
        _ => return None,
    };
    name.part()
}
