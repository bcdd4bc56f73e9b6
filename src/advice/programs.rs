//! The mail programs for which there is advice, told from the names that they write.

/// A mail program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Program {
    /// Postfix.
    Postfix,
    /// Exim.
    Exim,
    /// sendmail.
    Sendmail,
    /// qmail and notqmail.
    Qmail,
    /// OpenSMTPD.
    OpenSmtpd,
    /// Courier.
    Courier,
    /// Exchange on own servers, 2007 and later.
    Exchange,
    /// Exchange Online.
    ExchangeOnline,
    /// Exchange 2003 and the SMTP service of Windows.
    SmtpService,
    /// Domino.
    Domino,
    /// Gmail and Google Workspace.
    Google,
    /// Another, or not told.
    Other,
}

/// How names of programs start, in lower case.
const NAMES: [(&str, Program); 11] = [
    ("postfix", Program::Postfix),
    ("exim", Program::Exim),
    ("sendmail", Program::Sendmail),
    ("qmail", Program::Qmail),
    ("notqmail", Program::Qmail),
    ("opensmtpd", Program::OpenSmtpd),
    ("courier", Program::Courier),
    ("microsoft exchange", Program::Exchange),
    ("microsoft smtpsvc", Program::SmtpService),
    ("lotus domino", Program::Domino),
    ("hcl domino", Program::Domino),
];

impl Program {
    /// The program of this name, on this host: Exchange is Exchange Online where the host is Microsoft's.
    #[must_use]
    pub fn named(software: &str, host: &str) -> Self {
        let (software, host) = (software.to_ascii_lowercase(), host.to_ascii_lowercase());
        let is_online = ["outlook.com", "microsoft.com", "exchangelabs.com", "office365.us"];
        if is_online.iter().any(|end| host.ends_with(end)) {
            return Self::ExchangeOnline;
        }
        let is_google = ["google.com", "googlemail.com", "gmail.com"];
        if is_google.iter().any(|end| host == *end || host.ends_with(&format!(".{end}"))) {
            return Self::Google;
        }
        let found = NAMES.iter().find(|(start, _)| software.starts_with(start));
        let ibm = || software.contains("domino").then_some(Self::Domino);
        found.map(|(_, program)| *program).or_else(ibm).unwrap_or(Self::Other)
    }

    /// What people call it; absent where it is not told.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::Postfix => "Postfix",
            Self::Exim => "Exim",
            Self::Sendmail => "sendmail",
            Self::Qmail => "qmail",
            Self::OpenSmtpd => "OpenSMTPD",
            Self::Courier => "Courier",
            Self::Exchange => "Exchange",
            Self::ExchangeOnline => "Exchange Online",
            Self::SmtpService => "Exchange 2003 or the SMTP service of Windows",
            Self::Domino => "Domino",
            Self::Google => "Google Workspace",
            Self::Other => return None,
        })
    }
}
