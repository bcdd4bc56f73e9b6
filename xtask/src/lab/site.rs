//! A host of a scenario as plain data: which software it runs, whose mail it keeps and where it sends the rest.

use super::images::Layer;

/// The mail server of a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Software {
    /// No mail server: a desk from which mail is sent, or a machine that only fetches.
    Desk,
    Postfix,
    Exim,
    Sendmail,
    OpenSmtpd,
    Courier,
    Chasquid,
    /// Postfix that hands over to Cyrus by LMTP.
    Cyrus,
    /// Postfix with Mailman 3.
    Mailman,
    Nullmailer,
    Dma,
}

impl Software {
    pub fn layer(self) -> Layer {
        match self {
            Software::Desk => Layer::Base,
            Software::Postfix => Layer::Postfix,
            Software::Exim => Layer::Exim,
            Software::Sendmail => Layer::Sendmail,
            Software::OpenSmtpd => Layer::OpenSmtpd,
            Software::Courier => Layer::Courier,
            Software::Chasquid => Layer::Chasquid,
            Software::Cyrus => Layer::Cyrus,
            Software::Mailman => Layer::Mailman,
            Software::Nullmailer => Layer::Nullmailer,
            Software::Dma => Layer::Dma,
        }
    }

    /// As it stands in the names of scenarios.
    pub fn id(self) -> &'static str {
        match self {
            Software::Desk => "desk",
            Software::Postfix => "postfix",
            Software::Exim => "exim",
            Software::Sendmail => "sendmail",
            Software::OpenSmtpd => "opensmtpd",
            Software::Courier => "courier",
            Software::Chasquid => "chasquid",
            Software::Cyrus => "cyrus",
            Software::Mailman => "mailman",
            Software::Nullmailer => "nullmailer",
            Software::Dma => "dma",
        }
    }

    /// As its makers write it.
    pub fn title(self) -> &'static str {
        match self {
            Software::Desk => "swaks",
            Software::Postfix => "Postfix",
            Software::Exim => "Exim",
            Software::Sendmail => "sendmail",
            Software::OpenSmtpd => "OpenSMTPD",
            Software::Courier => "Courier",
            Software::Chasquid => "chasquid",
            Software::Cyrus => "Postfix, Cyrus",
            Software::Mailman => "Postfix, Mailman 3",
            Software::Nullmailer => "nullmailer",
            Software::Dma => "dma",
        }
    }
}

/// Which program puts a message into its mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mailbox {
    /// The mail server itself.
    Own,
    Procmail,
    Maildrop,
    /// Dovecot, which gets the message by LMTP.
    DovecotLmtp,
}

/// A file to write on a host before its programs start.
#[derive(Debug, Clone)]
pub struct File {
    pub path: String,
    pub text: String,
    pub mode: u32,
}

impl File {
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        File { path: path.into(), text: text.into(), mode: 0o644 }
    }

    pub fn mode(mut self, mode: u32) -> Self {
        self.mode = mode;
        self
    }
}

/// What makes a program run on a host.
#[derive(Debug, Default)]
pub struct Setup {
    pub files: Vec<File>,
    /// Shell commands, run as root when the files are there. The first that fails ends the scenario.
    pub start: String,
}

#[derive(Debug, Clone)]
pub struct Site {
    pub host: String,
    pub address: String,
    pub address6: Option<String>,
    pub software: Software,
    /// What the host is there for, in the words of the truth.
    pub role: String,
    /// Domains whose mail ends here; everybody of `images::USERS` has a mailbox in each.
    pub domains: Vec<String>,
    /// Where the mail of a domain goes, instead of to its MX.
    pub routes: Vec<(String, String)>,
    /// Where all mail goes that does not end here.
    pub smart_host: Option<String>,
    /// Local part and the addresses that get its mail instead, separated by commas.
    pub aliases: Vec<(String, String)>,
    /// A person and the content of the `.forward` file.
    pub forwards: Vec<(String, String)>,
    /// The mailbox that gets what is addressed to nobody.
    pub catch_all: Option<String>,
    pub hop_limit: Option<u32>,
    /// Keep a copy of everything that passes, in the mailbox `archive`.
    pub archive: bool,
    pub tls: bool,
    pub mailbox: Mailbox,
    /// Lines at the end of the mail server's own configuration.
    pub config: Vec<String>,
    pub files: Vec<File>,
    /// Shell commands after the mail server has started.
    pub start: Vec<String>,
    /// How far the clock is off, in seconds.
    pub clock: i64,
    /// The time zone, as a file below /usr/share/zoneinfo.
    pub zone: String,
    /// Names of programs besides the mail server, for the truth.
    pub more_software: Vec<String>,
}

impl Site {
    pub fn new(host: &str, address: &str, software: Software, role: &str) -> Self {
        Site {
            host: host.into(),
            address: address.into(),
            address6: None,
            software,
            role: role.into(),
            domains: Vec::new(),
            routes: Vec::new(),
            smart_host: None,
            aliases: Vec::new(),
            forwards: Vec::new(),
            catch_all: None,
            hop_limit: None,
            archive: false,
            tls: false,
            mailbox: Mailbox::Own,
            config: Vec::new(),
            files: Vec::new(),
            start: Vec::new(),
            clock: 0,
            zone: "Etc/UTC".into(),
            more_software: Vec::new(),
        }
    }

    pub fn domain(mut self, domain: &str) -> Self {
        self.domains.push(domain.into());
        self
    }
    pub fn route(mut self, domain: &str, host: &str) -> Self {
        self.routes.push((domain.into(), host.into()));
        self
    }
    pub fn smart_host(mut self, host: &str) -> Self {
        self.smart_host = Some(host.into());
        self
    }
    pub fn alias(mut self, local: &str, targets: &str) -> Self {
        self.aliases.push((local.into(), targets.into()));
        self
    }
    pub fn forward(mut self, user: &str, content: &str) -> Self {
        self.forwards.push((user.into(), content.into()));
        self
    }
    pub fn catch_all(mut self, user: &str) -> Self {
        self.catch_all = Some(user.into());
        self
    }
    pub fn hop_limit(mut self, limit: u32) -> Self {
        self.hop_limit = Some(limit);
        self
    }
    pub fn archive(mut self) -> Self {
        self.archive = true;
        self
    }
    pub fn tls(mut self) -> Self {
        self.tls = true;
        self
    }
    pub fn mailbox(mut self, mailbox: Mailbox) -> Self {
        self.mailbox = mailbox;
        self
    }
    pub fn config(mut self, line: &str) -> Self {
        self.config.push(line.into());
        self
    }
    pub fn file(mut self, file: File) -> Self {
        self.files.push(file);
        self
    }
    pub fn start(mut self, script: &str) -> Self {
        self.start.push(script.into());
        self
    }
    pub fn clock(mut self, seconds: i64) -> Self {
        self.clock = seconds;
        self
    }
    pub fn zone(mut self, zone: &str) -> Self {
        self.zone = zone.into();
        self
    }
    pub fn with(mut self, program: &str) -> Self {
        self.more_software.push(program.into());
        self
    }
    pub fn address6(mut self, address: &str) -> Self {
        self.address6 = Some(address.into());
        self
    }

    /// The part after the @ of mail that is written here without one.
    pub fn own_domain(&self) -> &str {
        self.domains.first().unwrap_or(&self.host)
    }

    /// The first label of the host's name.
    pub fn label(&self) -> &str {
        self.host.split('.').next().unwrap_or(&self.host)
    }

    /// Every program on the host that touches mail.
    pub fn programs(&self) -> String {
        let mut names = vec![self.software.title().to_owned()];
        match self.mailbox {
            // These two leave the last step to others even when nothing is said.
            Mailbox::Own if self.software == Software::Sendmail && !self.domains.is_empty() => {
                names.push("procmail".into());
            }
            Mailbox::Own if self.software == Software::Chasquid => names.push("maildrop".into()),
            Mailbox::Own => {}
            Mailbox::Procmail => names.push("procmail".into()),
            Mailbox::Maildrop => names.push("maildrop".into()),
            Mailbox::DovecotLmtp => names.push("Dovecot LMTP".into()),
        }
        names.extend(self.more_software.iter().cloned());
        names.join(", ")
    }
}
