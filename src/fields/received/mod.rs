//! Received (RFC 5321 section 4.4): who took the message from whom, how, and when.
//!
//! The clauses and the date are read here. What stands in comments (the client's address, its reverse name, the greeting, TLS) is
//! mail-parser's reading for now, see [`client`].

mod clauses;
mod client;
mod lexer;
mod software;

use std::net::IpAddr;

use super::date::{Date, parse_date};

/// One Received field. Every part is absent where the line does not say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// The word after `from`, as written.
    pub from_token: Option<String>,
    /// The name with which the client introduced itself (HELO, EHLO, LHLO).
    pub helo: Option<String>,
    /// The client's reverse name, as the receiving server looked it up.
    pub rdns: Option<String>,
    /// The client's address. An IPv4 address written as IPv6 (`::ffff:192.0.2.1`) is the IPv4 address.
    pub ip: Option<IpAddr>,
    /// The user name at the client's end (RFC 1413), as some servers ask for it; with the host where they write it so: `ann@198.51.100.4`.
    pub ident: Option<String>,
    /// The word after `by`: the server that wrote the line.
    pub by: Option<String>,
    /// The address of the server that wrote the line.
    pub by_ip: Option<IpAddr>,
    /// The protocol after `with`, without comments: `ESMTPS`, `Microsoft SMTP Server`.
    pub with: Option<String>,
    /// The link after `via`: `TCP`, `Frontend Transport`.
    pub via: Option<String>,
    /// The server's own number for the message, without angle brackets.
    pub id: Option<String>,
    /// The envelope recipient after `for`, without angle brackets. The first one where several are named.
    pub recipient: Option<String>,
    /// The envelope sender, from `(envelope-from <…>)`. Empty for the null reverse-path of bounces.
    pub envelope_from: Option<String>,
    /// The account that logged in to send, from `(Authenticated sender: …)`.
    pub authenticated: Option<String>,
    /// The encryption of the connection, where the line tells it.
    pub tls: Option<Tls>,
    /// Whether a program on the server handed it in, not another machine: `from mail pickup service`, Postfix's `from userid`,
    /// sendmail's `/Submit`.
    pub is_handed_in: bool,
    /// The program that wrote the line, as it names itself: `Postfix`, `Exim 4.98`.
    pub software: Option<String>,
    /// When the server took the message. Absent where the date cannot be read or cannot be.
    pub date: Option<Date>,
    /// The date as written.
    pub date_raw: Option<String>,
}

/// The encryption of one connection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tls {
    /// `TLS 1.3`, `TLS 1.2`, …
    pub version: Option<String>,
    /// The cipher suite, as written.
    pub cipher: Option<String>,
    /// The length of the key, in bits.
    pub bits: Option<u16>,
}

/// Reads the value of a Received field, unfolded. Total: a line nobody has seen yet gives what can be found in it.
#[must_use]
pub fn parse_received(value: &str) -> Received {
    let line = clauses::split(value);
    // Where the line was folded, and with how many blanks, is no part of the date.
    let date_raw = line.date.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    let date_raw = date_raw.filter(|text| !text.is_empty());
    let mut received = Received {
        from_token: line.from.word(),
        by: line.by.word(),
        by_ip: line.by.comments().find_map(client::address),
        with: line.with.words(),
        via: line.via.words(),
        id: line.id.word().map(without_brackets),
        recipient: line.recipient.word().map(without_brackets),
        is_handed_in: software::is_handed_in(&line),
        software: software::software(&line),
        date: date_raw.as_deref().and_then(parse_date),
        date_raw,
        ..Received::default()
    };
    client::fill_in(&mut received, value, &line);
    received
}

/// `<a@example.com>` without its brackets.
fn without_brackets(text: String) -> String {
    text.trim_matches(['<', '>', '"']).to_owned()
}
