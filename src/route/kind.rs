//! The sort of a hop, and whether its connection was encrypted, told from its Received line.

use std::net::IpAddr;

use crate::fields::received::{Family, Part, Received};

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
        if received.is_handed_in {
            return Self::Pickup;
        }
        if is_filter(received) {
            return Self::Filter;
        }
        if is_list(received) {
            return Self::List;
        }
        match received.protocol.map(|protocol| protocol.family) {
            Some(Family::Mapi) => Self::Mapi,
            Some(Family::Lmtp | Family::Local) => Self::Local,
            Some(Family::Fetch | Family::Queue) => Self::Fetch,
            _ if is_fdm(received) => Self::Fetch,
            Some(Family::Http) => Self::Http,
            Some(Family::Smtp) => Self::Smtp,
            _ if is_by_web(received) => Self::Http,
            _ if is_named(received, "qmail") => Self::Local,
            // sendmail's own bounces: `from localhost (localhost) by mx.example.com (8.17.1/8.17.1) id 6AM8gCPs000146`.
            None if is_from_itself(received) => Self::Local,
            Some(Family::Uucp) | None => Self::Unknown,
        }
    }
}

fn is_named(received: &Received, name: &str) -> bool {
    received.software.as_ref().is_some_and(|software| software.name.starts_with(name))
}

fn is_from_itself(received: &Received) -> bool {
    received.from_token.as_deref() == Some("localhost") && received.ip.is_none()
}

/// `by web1.example.com via HTTP`, Yahoo's line.
fn is_by_web(received: &Received) -> bool {
    received.via.as_deref().is_some_and(|via| via.eq_ignore_ascii_case("HTTP"))
}

/// `by mx.example.com (amavisd-new, port 10024)`: the filter names itself and the port on which it listens.
fn is_filter(received: &Received) -> bool {
    // Proofpoint: `from pps.filterd (mx1.example.com [127.0.0.1]) by mx1.example.com`, and `pps.reinject` on the way back.
    let is_proofpoint = |host: &Option<Part>| {
        host.as_deref().is_some_and(|host| host.ends_with("pps.filterd") || host.ends_with("pps.reinject"))
    };
    // simscan: `by simscan 1.4.0 ppid: 6214, pid: 6219`.
    let is_simscan = received.by.as_deref() == Some("simscan");
    is_proofpoint(&received.from_token)
        || is_proofpoint(&received.by)
        || is_simscan
        || is_named(received, "amavis")
        || is_named(received, "qmail-scanner")
}

/// `by vger.example.org via listexpand`, majordomo's line; `with ECARTIS (v1.0.0; list news)`; LISTSERV's `with spool`.
fn is_list(received: &Received) -> bool {
    received.via.as_deref() == Some("listexpand")
        || is_named(received, "Ecartis")
        || (is_named(received, "LISTSERV") && received.protocol.is_none())
}

/// `by home.example.com (fdm 2.0, account "isp") with pop3 (unencrypted)`; some of its names for the way are no protocol's.
fn is_fdm(received: &Received) -> bool {
    is_named(received, "fdm")
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
        let ip = received.ip.as_ref().map(|ip| ip.value);
        if received.is_by_socket || ip.is_some_and(|ip| ip.is_loopback()) {
            return Self::SameMachine;
        }
        match received.protocol {
            _ if received.tls.is_some() => Self::Encrypted,
            Some(protocol) if protocol.is_encrypted => Self::Encrypted,
            Some(protocol) => match protocol.family {
                Family::Smtp if is_silent(received) => Self::Unknown,
                // LMTP from another address went over a network, if only that of one site.
                Family::Smtp | Family::Lmtp if ip.is_some_and(is_network) => Self::Plain,
                Family::Local | Family::Lmtp => Self::SameMachine,
                _ => Self::Unknown,
            },
            None => Self::Unknown,
        }
    }
}

/// Programs that write the same line with TLS and without. Exchange 2007 and later tell of it wherever there was some; what Microsoft made
/// before does not, nor does Domino.
const SILENT: [&str; 8] = [
    "HCL Domino",
    "IBM Domino",
    "InterMail",
    "Internet Mail Service",
    "Lotus Domino",
    "Microsoft Exchange Internet Mail Service",
    "Microsoft SMTPSVC",
    "Novell GroupWise",
];

/// Whether the line would be the same with TLS. qmail's names no program and gives no number: `from mx.example.org (HELO mx.example.org)
/// (192.0.2.10) by mx.example.com with SMTP; 2 Nov 2026 08:00:09 -0000`.
fn is_silent(received: &Received) -> bool {
    received.software.as_ref().map_or_else(
        || received.id.is_none(),
        |software| SILENT.iter().any(|name| software.name.starts_with(name)),
    )
}

/// Whether an address is one on a network, not one that stands for nothing (`0.0.0.0`).
fn is_network(ip: IpAddr) -> bool {
    !ip.is_unspecified()
}
