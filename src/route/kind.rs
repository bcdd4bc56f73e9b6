//! The sort of a hop, and whether its connection was encrypted, told from its Received line.

use std::net::IpAddr;

use crate::fields::received::Received;

/// The sort of a hand-over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One server passed it to another by SMTP.
    Smtp,
    /// It stayed on one machine or went to the mail store: LMTP, `local`, qmail's own programs.
    Local,
    /// A program on the server handed it in, not by the network: `mail pickup service`, sendmail's `Submit`, Postfix `from userid`.
    Pickup,
    /// It was fetched from a mailbox: POP3, IMAP, ETRN and their kin.
    Fetch,
    /// A mailing list took it.
    List,
    /// A content filter passed it back to its server.
    Filter,
    /// It was handed in by a web page or a web interface.
    Http,
    /// It was handed in or moved inside Exchange.
    Mapi,
    /// The line does not say.
    Unknown,
}

impl Kind {
    /// The sort of the hop that this line tells.
    #[must_use]
    pub fn of(received: &Received) -> Self {
        let with = received.with.as_deref().unwrap_or_default().to_ascii_uppercase();
        let protocol = with.split([' ', '/']).next().unwrap_or_default();
        if received.is_handed_in {
            return Self::Pickup;
        }
        if is_filter(received) {
            return Self::Filter;
        }
        match protocol {
            "MAPI" => Self::Mapi,
            "LMTP" | "LMTPA" | "LMTPS" | "LMTPSA" | "LOCAL" => Self::Local,
            "ECARTIS" => Self::List,
            _ if is_list(received) => Self::List,
            _ if received.software.as_deref() == Some("qmail") => Self::Local,
            _ if is_collected(protocol, received) => Self::Fetch,
            _ if protocol.starts_with("HTTP") => Self::Http,
            _ if protocol.contains("SMTP") || with.starts_with("MICROSOFT SMTP") => Self::Smtp,
            _ => Self::Unknown,
        }
    }
}

/// `by mx.example.com (amavisd-new, port 10024)`: the filter names itself and the port on which it listens.
fn is_filter(received: &Received) -> bool {
    received.software.as_deref().is_some_and(|software| software.starts_with("amavis"))
}

/// `by vger.example.org via listexpand`, majordomo's line.
fn is_list(received: &Received) -> bool {
    received.via.as_deref() == Some("listexpand")
}

/// The protocols of fetchmail, getmail, mpop, MDaemon and Gmail's fetcher (`with POP3`), and fdm, which names none.
fn is_collected(protocol: &str, received: &Received) -> bool {
    const PROTOCOLS: [&str; 10] =
        ["POP", "APOP", "KPOP", "RPOP", "IMAP", "SDPS", "ODMR", "ETRN", "MULTIPOP", "DOMAINPOP"];
    let named = PROTOCOLS.iter().any(|name| {
        let rest = protocol.strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(|next: char| next.is_ascii_digit()))
    });
    named || received.software.as_deref().is_some_and(|software| software.starts_with("fdm "))
}

/// Whether the connection of a hop was encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// The line names TLS or a protocol that has it, such as ESMTPS (RFC 3848).
    Encrypted,
    /// The line names a protocol of RFC 3848 without TLS, and no encryption.
    Plain,
    /// It stayed on one machine, where there is nothing to encrypt.
    SameMachine,
    /// The line does not say.
    Unknown,
}

impl Encryption {
    /// What this line says of the encryption.
    #[must_use]
    pub fn of(received: &Received) -> Self {
        let with = received.with.as_deref().unwrap_or_default().to_ascii_uppercase();
        let protocol = with.split([' ', '/']).next().unwrap_or_default();
        if received.ip.is_some_and(|ip| ip.is_loopback()) {
            return Self::SameMachine;
        }
        match protocol {
            _ if received.tls.is_some() => Self::Encrypted,
            "SMTPS" | "ESMTPS" | "ESMTPSA" | "UTF8SMTPS" | "UTF8SMTPSA" | "LMTPS" | "LMTPSA" | "HTTPS" => {
                Self::Encrypted
            }
            "SMTP" | "ESMTP" | "ESMTPA" | "UTF8SMTP" | "UTF8SMTPA" if received.ip.is_some_and(is_network) => {
                Self::Plain
            }
            "LOCAL" | "LMTP" | "LMTPA" => Self::SameMachine,
            _ => Self::Unknown,
        }
    }
}

/// Whether an address is one on a network, not one that stands for nothing (`0.0.0.0`).
fn is_network(ip: IpAddr) -> bool {
    !ip.is_unspecified()
}
