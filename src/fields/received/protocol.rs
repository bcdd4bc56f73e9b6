//! The protocol of a hop: what the words after `with` stand for.

/// A mail protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protocol {
    /// Its name: for SMTP, LMTP and their kin that of the IANA registry "Mail Transmission Types".
    pub name: &'static str,
    /// Its sort.
    pub family: Family,
    /// Whether the name says that the connection was encrypted (RFC 3848: the `S` of `ESMTPS`).
    pub is_encrypted: bool,
}

/// The sort of a protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// SMTP in all its forms, and what carries its commands otherwise (QMQP, batched SMTP).
    Smtp,
    /// LMTP (RFC 2033): into the mail store.
    Lmtp,
    /// By a web page or a web interface.
    Http,
    /// Fetched out of a mailbox: POP3, IMAP.
    Fetch,
    /// Asked for: the queue of a provider, delivered by SMTP (ETRN, ODMR; RFC 1985 and 2645).
    Queue,
    /// On one machine.
    Local,
    /// Inside Exchange.
    Mapi,
    /// By UUCP.
    Uucp,
}

/// What the words after `with` stand for; absent for words that are no protocol's. Exim puts `local-` before the protocol of what its own
/// machine hands it: `local-esmtps`.
pub fn protocol(words: &str) -> Option<Protocol> {
    let upper = words.to_ascii_uppercase();
    // Exchange: `with Microsoft SMTP Server`, Windows: `with Microsoft SMTPSVC(6.0.3790.3959)`.
    if upper.starts_with("MICROSOFT SMTP") {
        return known("SMTP");
    }
    // XMail: `with [XMail 1.27 ESMTP Server]`. MailEnable: `with MailEnable ESMTP`. Post.Office: `with surfront esmtp`.
    let mut words = upper.split([' ', '/', ';', '[', ']', '_']).filter(|word| !word.is_empty());
    words.find_map(|word| known(word.strip_prefix("LOCAL-").unwrap_or(word)))
}

fn known(word: &str) -> Option<Protocol> {
    TABLE.iter().find(|(written, ..)| *written == word).map(|&(_, name, family)| Protocol {
        name,
        family,
        is_encrypted: ["SMTPS", "SMTPSA", "LMTPS", "LMTPSA", "HTTPS", "POP3S", "IMAPS"]
            .iter()
            .any(|end| name.ends_with(end)),
    })
}

/// As written, the name, the sort. The names of SMTP and LMTP: <https://www.iana.org/assignments/mail-parameters>.
const TABLE: [(&str, &str, Family); 64] = [
    ("SMTP", "SMTP", Family::Smtp),
    ("ESMTP", "ESMTP", Family::Smtp),
    ("ESMTPA", "ESMTPA", Family::Smtp),
    ("ESMTPS", "ESMTPS", Family::Smtp),
    ("ESMTPSA", "ESMTPSA", Family::Smtp),
    ("UTF8SMTP", "UTF8SMTP", Family::Smtp),
    ("UTF8SMTPA", "UTF8SMTPA", Family::Smtp),
    ("UTF8SMTPS", "UTF8SMTPS", Family::Smtp),
    ("UTF8SMTPSA", "UTF8SMTPSA", Family::Smtp),
    // Exim with SMTPUTF8.
    ("UTF8ESMTP", "UTF8SMTP", Family::Smtp),
    ("UTF8ESMTPA", "UTF8SMTPA", Family::Smtp),
    ("UTF8ESMTPS", "UTF8SMTPS", Family::Smtp),
    ("UTF8ESMTPSA", "UTF8SMTPSA", Family::Smtp),
    ("LMTP", "LMTP", Family::Lmtp),
    ("LMTPA", "LMTPA", Family::Lmtp),
    ("LMTPS", "LMTPS", Family::Lmtp),
    ("LMTPSA", "LMTPSA", Family::Lmtp),
    ("UTF8LMTP", "UTF8LMTP", Family::Lmtp),
    ("UTF8LMTPA", "UTF8LMTPA", Family::Lmtp),
    ("UTF8LMTPS", "UTF8LMTPS", Family::Lmtp),
    ("UTF8LMTPSA", "UTF8LMTPSA", Family::Lmtp),
    ("MMS", "MMS", Family::Smtp),
    // Older than RFC 3848, and spellings of single programs.
    ("SMTPS", "SMTPS", Family::Smtp),
    ("SSMTP", "SMTPS", Family::Smtp),
    ("SMTPA", "ESMTPA", Family::Smtp),
    ("ASMTP", "ESMTPA", Family::Smtp),
    ("SMTPSA", "ESMTPSA", Family::Smtp),
    ("ESMTP-TLS", "ESMTPS", Family::Smtp),
    ("SMTP-TLS", "SMTPS", Family::Smtp),
    ("ESMTPA-TLS", "ESMTPSA", Family::Smtp),
    ("BSMTP", "SMTP", Family::Smtp),
    ("QMQP", "QMQP", Family::Smtp),
    ("QMTP", "QMTP", Family::Smtp),
    ("HTTP", "HTTP", Family::Http),
    ("HTTPS", "HTTPS", Family::Http),
    ("HTTPREST", "HTTP", Family::Http),
    ("HTTPU", "HTTP", Family::Http),
    ("DAV", "HTTP", Family::Http),
    ("POP", "POP3", Family::Fetch),
    ("POP2", "POP2", Family::Fetch),
    ("POP3", "POP3", Family::Fetch),
    ("APOP", "POP3", Family::Fetch),
    ("KPOP", "POP3", Family::Fetch),
    ("RPOP", "POP3", Family::Fetch),
    ("SDPS", "POP3", Family::Fetch),
    ("MULTIPOP", "POP3", Family::Fetch),
    ("DOMAINPOP", "POP3", Family::Fetch),
    ("POP3S", "POP3S", Family::Fetch),
    ("POP3-SSL", "POP3S", Family::Fetch),
    ("IMAP", "IMAP", Family::Fetch),
    ("IMAP4", "IMAP", Family::Fetch),
    ("IMAPREV1", "IMAP", Family::Fetch),
    ("IMAP4REV1", "IMAP", Family::Fetch),
    ("IMAPS", "IMAPS", Family::Fetch),
    ("IMAP-SSL", "IMAPS", Family::Fetch),
    ("IMAP4-SSL", "IMAPS", Family::Fetch),
    ("ETRN", "ETRN", Family::Queue),
    ("ODMR", "ODMR", Family::Queue),
    ("UUCP", "UUCP", Family::Uucp),
    ("UUCP-DOM", "UUCP", Family::Uucp),
    ("RMAIL", "UUCP", Family::Uucp),
    ("LOCAL", "LOCAL", Family::Local),
    ("SCANNED-OK", "LOCAL", Family::Local),
    ("MAPI", "MAPI", Family::Mapi),
];
