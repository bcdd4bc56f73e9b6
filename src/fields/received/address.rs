//! IP addresses in the words of a line.

use std::net::{IpAddr, Ipv6Addr};

use super::Part;
use super::clauses::Clause;
use super::lexer::Piece;

/// The address of the server itself: `by mx.example.com (192.0.2.1)`, `by mx.example.com [192.0.2.1]`, `by mx.example.com ([192.0.2.1]:25)`, Google's `by 10.1.2.3`.
pub fn server_address(by: &Clause<'_>) -> Option<Part<IpAddr>> {
    let is_alone = |comment: &Piece<'_>| comment.text.contains('[') || comment.words().count() == 1;
    let is_bracketed = |word: &&Piece<'_>| word.text.starts_with('[');
    let behind = || by.words().iter().skip(1).find(is_bracketed).copied().and_then(address_of);
    by.comments()
        .filter(is_alone)
        .find_map(address_of)
        .or_else(behind)
        .or_else(|| by.first().and_then(address_of))
}

/// The first IP address in a stretch such as `mail.example.org [192.0.2.1]` or `[IPv6:2001:db8::1]:25`.
pub fn address_of(piece: Piece<'_>) -> Option<Part<IpAddr>> {
    let is_joint = |letter: char| {
        letter.is_whitespace() || matches!(letter, '[' | ']' | '(' | ')' | ',' | '=' | '<' | '>' | '@' | '"')
    };
    piece.split(is_joint).find_map(|word| Some(Part { value: address_word(word.text)?, span: word.span() }))
}

/// One word as an address; the prefix `IPv6:`, a port behind IPv4 and a zone (`%eth0`) are cut off.
pub fn address_word(word: &str) -> Option<IpAddr> {
    let word = match word.get(..5) {
        Some(prefix) if prefix.eq_ignore_ascii_case("ipv6:") => word.get(5..)?,
        _ => word,
    };
    let word = word.split('%').next()?;
    let without_port = word.rsplit_once(':').map_or_else(|| without_fifth_number(word), |(host, _)| host);
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

/// Some programs write the port like a fifth number: `[192.0.2.1.40123]`. It is above those that an address or a version has.
fn without_fifth_number(word: &str) -> &str {
    let is_port = |port: &str| port.parse::<u16>().is_ok_and(|port| port >= 1024);
    word.rsplit_once('.').filter(|(_, port)| is_port(port)).map_or(word, |(host, _)| host)
}
