//! Received (RFC 5321 section 4.4): who took the message from whom, how, and when.
//!
//! A line is taken apart into words and comments ([`lexer`]), then into clauses ([`clauses`]). What the comments say is read by meaning,
//! one file for each question: who the client is ([`client`]), what the envelope says ([`envelope`]), how the connection was encrypted ([`tls`]), what the protocol is called
//! ([`protocol`]), and which program wrote the line ([`software`]). Dialects stand where they differ, each with a sample line.

mod address;
mod clauses;
mod client;
mod envelope;
pub(in crate::fields) mod lexer;
mod protocol;
mod software;
mod tls;

use std::net::IpAddr;
use std::ops::Deref;

use super::date::{Date, parse_date};
use crate::text::Span;
use lexer::Piece;
pub use protocol::{Family, Protocol};
pub use software::Software;
pub use tls::Tls;

/// A part of a line: what it says, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<T = String> {
    /// What it says.
    pub value: T,
    /// Where it stands: in the text that was parsed, or in the source after [`Received::placed`].
    pub span: Span,
}

impl Deref for Part {
    type Target = str;

    fn deref(&self) -> &str {
        &self.value
    }
}

/// One Received field. Every part is absent where the line does not say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// The word after `from`, as written, without brackets and port.
    pub from_token: Option<Part>,
    /// The name with which the client introduced itself (HELO, EHLO, LHLO).
    pub helo: Option<Part>,
    /// The client's reverse name, as the receiving server looked it up.
    pub rdns: Option<Part>,
    /// The client's address. An IPv4 address written as IPv6 (`::ffff:192.0.2.1`) is the IPv4 address.
    pub ip: Option<Part<IpAddr>>,
    /// The user name at the client's end (RFC 1413), as some servers ask for it; with the host where they write it so: `ann@192.0.2.1`.
    pub ident: Option<Part>,
    /// The word after `by`: the server that wrote the line.
    pub by: Option<Part>,
    /// The address of the server that wrote the line.
    pub by_ip: Option<Part<IpAddr>>,
    /// The words after `with`, without comments: `ESMTPS`, `Microsoft SMTP Server`.
    pub with: Option<Part>,
    /// The protocol that these words stand for; absent where they stand for none.
    pub protocol: Option<Protocol>,
    /// The link after `via`: `TCP`, `Frontend Transport`.
    pub via: Option<Part>,
    /// The server's own number for the message, without angle brackets. Exchange writes its version there.
    pub id: Option<Part>,
    /// The envelope recipients after `for`, without angle brackets. RFC 5321 allows one; some servers write several.
    pub recipients: Vec<Part>,
    /// The envelope sender, from `(envelope-from <…>)`. Empty for the null reverse-path of bounces.
    pub envelope_from: Option<Part>,
    /// The account that logged in to send, from `(Authenticated sender: …)` and its like.
    pub authenticated: Option<Part>,
    /// The encryption of the connection, where the line tells it.
    pub tls: Option<Tls>,
    /// Whether a program on the server handed it in, not another machine: `from mail pickup service`, Postfix's `from userid`,
    /// sendmail's `/Submit`.
    pub is_handed_in: bool,
    /// Whether the client came by a socket of the machine itself, so that there is no address.
    pub is_by_socket: bool,
    /// The program that wrote the line, as it names itself.
    pub software: Option<Software>,
    /// When the server took the message. Absent where the date cannot be read or cannot be.
    pub date: Option<Date>,
    /// The date as written, without line ends.
    pub date_raw: Option<Part>,
}

impl Received {
    /// Whether the client logged in: the line names the user, or the protocol says so (RFC 3848: the `A` of `ESMTPSA`).
    #[must_use]
    pub fn is_logged_in(&self) -> bool {
        self.authenticated.is_some() || self.protocol.is_some_and(|protocol| protocol.name.ends_with('A'))
    }

    /// The envelope recipient: the first where several are named.
    #[must_use]
    pub fn recipient(&self) -> Option<&Part> {
        self.recipients.first()
    }

    /// The same, with every part's span led through `place`.
    #[must_use]
    pub fn placed(mut self, place: impl Fn(Span) -> Span) -> Self {
        let words = [
            &mut self.from_token,
            &mut self.helo,
            &mut self.rdns,
            &mut self.ident,
            &mut self.by,
            &mut self.with,
            &mut self.via,
            &mut self.id,
            &mut self.envelope_from,
            &mut self.authenticated,
            &mut self.date_raw,
        ];
        for part in words.into_iter().flatten().chain(&mut self.recipients) {
            part.span = place(part.span);
        }
        for part in [&mut self.ip, &mut self.by_ip].into_iter().flatten() {
            part.span = place(part.span);
        }
        self
    }
}

/// Reads the value of a Received field, folded or unfolded. Total: a line nobody has seen yet gives what can be found in it.
#[must_use]
pub fn parse_received(value: &str) -> Received {
    let line = clauses::split(value);
    let date_raw = line.date.and_then(Piece::part);
    let with = line.with.text();
    let mut received = Received {
        by: line.by.first().and_then(client::name),
        by_ip: address::server_address(&line.by),
        protocol: with.as_deref().and_then(protocol::protocol),
        with,
        via: line.via.text(),
        id: line.id.first().and_then(|word| word.trim(&['<', '>', '"']).part()),
        recipients: recipients(&line),
        is_handed_in: software::is_handed_in(&line),
        is_by_socket: software::is_by_socket(&line),
        software: software::software(&line),
        tls: tls::encryption(&line),
        date: date_raw.as_deref().and_then(parse_date),
        date_raw,
        ..Received::default()
    };
    client::fill_in(&mut received, &line);
    received
}

/// The addresses after `for`: the first word, and all further ones that are addresses. Google writes `for <multiple recipients>` where it
/// names none.
fn recipients(line: &clauses::Line<'_>) -> Vec<Part> {
    let is_recipient = |(nth, word): &(usize, &Piece<'_>)| {
        let is_phrase = word.text.starts_with('<') && !word.text.contains('>');
        (*nth == 0 && !is_phrase) || word.text.contains('@')
    };
    let words = line.recipient.words().iter().enumerate().filter(is_recipient);
    let each = words.flat_map(|(_, word)| word.split(|letter| matches!(letter, ',' | '<' | '>')));
    each.filter_map(Piece::part).collect()
}
