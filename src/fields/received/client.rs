//! What a line says in its comments: the client's address, names and login, and the encryption.
//!
//! mail-parser finds the greeting, the ident and TLS; addresses, reverse names and logins are read here.

use std::net::{IpAddr, Ipv6Addr};

use mail_parser::{Host, Received as Parsed, TlsVersion, parsers::MessageStream};

use super::clauses::Line;
use super::{Received, Tls};

/// Adds what the comments say to what the clauses said.
pub fn fill_in(received: &mut Received, value: &str, line: &Line<'_>) {
    received.ip = line
        .from
        .comments()
        .find_map(client_address)
        .or_else(|| line.from.words().as_deref().and_then(address));
    received.envelope_from = line.comments().find_map(envelope_sender);
    received.authenticated = line.comments().find_map(login);
    let parsed = MessageStream::new(value.as_bytes()).parse_received();
    if let Some(parsed) = parsed.as_received() {
        received.ident = parsed.ident().filter(|ident| stands_beside_client(ident, line)).map(str::to_owned);
        received.tls = encryption(parsed, line);
        name_the_client(received, parsed, line);
    }
}

/// Tells the greeting from the reverse name, by meaning and not by position.
///
/// Postfix, sendmail: `from greeting (reverse.example.org [192.0.2.1])`.
/// qmail: `from reverse.example.org (HELO greeting) (192.0.2.1)`. Exim: `from reverse.example.org ([192.0.2.1] helo=greeting)`.
fn name_the_client(received: &mut Received, parsed: &Parsed<'_>, line: &Line<'_>) {
    let token = received.from_token.clone().map(without_square_brackets);
    let (helo, rdns) = match parsed.helo() {
        Some(greeting) => (Some(host(greeting)), token),
        None if received.ip.is_some() => (token, line.from.comments().find_map(reverse_name)),
        None => (None, None),
    };
    received.helo = helo;
    received.rdns = rdns.filter(|name| is_looked_up(name));
}

/// Whether an ident stands in a comment on the client, and not in one on the login or the envelope, where addresses stand too.
fn stands_beside_client(ident: &str, line: &Line<'_>) -> bool {
    let is_on_client = |comment: &&str| login(comment).is_none() && envelope_sender(comment).is_none();
    line.from.comments().filter(is_on_client).any(|comment| comment.contains(ident))
}

/// The name before the address in `(reverse.example.org [192.0.2.1])`; sendmail may put the user at the client's end before it:
/// `(ann@reverse.example.org [192.0.2.1])`. A comment without the address, `(Client CN "mail.example.org", …)`, names no client.
fn reverse_name(comment: &str) -> Option<String> {
    client_address(comment)?;
    let word = comment.split(['[', ' ', '\t']).find(|word| !word.is_empty())?;
    let name = word.rsplit_once('@').map_or(word, |(_, name)| name);
    let name = name.trim_matches(['<', '>']);
    (!name.is_empty() && !name.contains(['=', ']', ':'])).then(|| name.to_owned())
}

/// Servers write `unknown` where the address has no reverse name; an address in its place is none either.
fn is_looked_up(name: &str) -> bool {
    !name.eq_ignore_ascii_case("unknown") && address(name).is_none()
}

fn host(host: &Host<'_>) -> String {
    match host {
        Host::Name(name) => without_square_brackets(name.to_string()),
        Host::IpAddr(ip) => ip.to_string(),
    }
}

fn without_square_brackets(name: String) -> String {
    name.trim_matches(['[', ']']).to_owned()
}

/// The address in a comment behind `from`. The one in a greeting, `(helo=[10.0.0.27])` or `(HELO 10.0.0.27)`, is only what the client
/// said of itself.
fn client_address(comment: &str) -> Option<IpAddr> {
    let mut words = comment.split_ascii_whitespace().peekable();
    let is_greeting =
        |word: &&str| ["HELO", "EHLO", "LHLO"].iter().any(|verb| word.eq_ignore_ascii_case(verb));
    if words.peek().is_some_and(is_greeting) {
        return None;
    }
    words.filter(|word| !word.starts_with("helo=")).find_map(address)
}

/// The first IP address of a text such as `mail.example.org [192.0.2.1]` or `[IPv6:2001:db8::1]:25`.
pub fn address(text: &str) -> Option<IpAddr> {
    text.split([' ', '\t', '[', ']', '(', ')', ',', '=', '<', '>', '@']).find_map(address_word)
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

/// Exim and others: `(envelope-from <a@example.com>)`.
fn envelope_sender(comment: &str) -> Option<String> {
    let rest = comment.strip_prefix("envelope-from").or_else(|| comment.strip_prefix("envelope-sender"))?;
    Some(rest.trim().trim_matches(['<', '>']).to_owned())
}

/// Postfix with `smtpd_sasl_authenticated_header`: `(Authenticated sender: ann@example.com)`.
fn login(comment: &str) -> Option<String> {
    comment.strip_prefix("Authenticated sender:").map(|name| name.trim().to_owned())
}

/// The encryption that a line tells. mail-parser takes any word in capitals that starts like a cipher for one, also the names of
/// Windows machines (`DESKTOP-4K2J1L7`); so its word counts only where the line speaks of encryption.
fn encryption(parsed: &Parsed<'_>, line: &Line<'_>) -> Option<Tls> {
    let version = parsed.tls_version().map(|version| version_name(version).to_owned());
    let cipher = parsed.tls_cipher().filter(|cipher| is_told_as_cipher(cipher, line)).map(str::to_owned);
    let cipher = cipher.or_else(|| line.comments().find_map(encrypted_with));
    (version.is_some() || cipher.is_some()).then(|| Tls {
        version,
        cipher,
        bits: line.comments().find_map(key_bits),
    })
}

/// Whether a cipher stands in the clause `tls`, in the protocol (`ESMTP/TLS/DHE-RSA-AES256-SHA`), or in a comment on encryption.
fn is_told_as_cipher(cipher: &str, line: &Line<'_>) -> bool {
    let clauses = [line.tls.words(), line.with.words()];
    let speaks_of_it = |comment: &str| {
        let comment = comment.to_ascii_lowercase();
        ["cipher", "tls", "ssl", "encrypted"].iter().any(|word| comment.contains(word))
    };
    clauses.iter().flatten().any(|words| words.contains(cipher))
        || line.comments().any(|comment| comment.contains(cipher) && speaks_of_it(comment))
}

/// qmail with its TLS patch: `with (EDH-RSA-DES-CBC3-SHA encrypted) SMTP`.
fn encrypted_with(comment: &str) -> Option<String> {
    comment.strip_suffix(" encrypted").filter(|cipher| !cipher.contains(' ')).map(str::to_owned)
}

/// Postfix: `(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))`; sendmail: `(version=TLSv1.3 … bits=256 …)`.
fn key_bits(comment: &str) -> Option<u16> {
    let mut words = comment.split([' ', '(', ')', ',']).filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        if let Some(bits) = word.strip_prefix("bits=") {
            return bits.split('/').next()?.parse().ok();
        }
        if words.peek() == Some(&"bits") {
            return word.split('/').next()?.parse().ok();
        }
    }
    None
}

const fn version_name(version: TlsVersion) -> &'static str {
    match version {
        TlsVersion::SSLv2 => "SSL 2",
        TlsVersion::SSLv3 => "SSL 3",
        TlsVersion::TLSv1_0 => "TLS 1.0",
        TlsVersion::TLSv1_1 => "TLS 1.1",
        TlsVersion::TLSv1_2 => "TLS 1.2",
        TlsVersion::TLSv1_3 => "TLS 1.3",
        TlsVersion::DTLSv1_0 => "DTLS 1.0",
        TlsVersion::DTLSv1_2 => "DTLS 1.2",
        TlsVersion::DTLSv1_3 => "DTLS 1.3",
    }
}
