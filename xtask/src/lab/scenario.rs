//! A scenario as plain data: hosts, what is sent, how long to wait, and what is true about the outcome.

use super::site::Site;

#[derive(Debug, Clone)]
pub struct Scenario {
    /// The name of the folder: the family first, then the software.
    pub name: String,
    /// One sentence.
    pub about: String,
    pub sites: Vec<Site>,
    /// The MX hosts of a domain, best first; a domain without an entry goes to the site that keeps it.
    pub mx: Vec<(String, Vec<String>)>,
    pub steps: Vec<Step>,
    /// Mailboxes that are not collected, as `user@host`: the raw material of a fetcher, for instance.
    pub leave_out: Vec<String>,
    /// How many messages of one mailbox are kept: the first ones and the last.
    pub keep: usize,
    pub truth: Truth,
}

#[derive(Debug, Clone)]
pub enum Step {
    Send(Mail),
    /// Shell commands on a host, as root; the first that fails ends the scenario.
    Run {
        host: String,
        script: String,
    },
    /// Until so many messages lie in the mailboxes (archives not counted) and no more come.
    Await {
        messages: usize,
        seconds: u64,
    },
    /// Until so many messages lie in one mailbox, given as `user@host`.
    AwaitIn {
        mailbox: String,
        messages: usize,
        seconds: u64,
    },
    Pause {
        seconds: u64,
    },
}

/// A message that swaks hands to a server.
#[derive(Debug, Clone)]
pub struct Mail {
    /// The host on which swaks runs.
    pub desk: String,
    pub server: String,
    pub port: u16,
    pub from: String,
    pub recipients: Vec<String>,
    /// Fields besides Date and Message-ID.
    pub fields: Vec<(String, String)>,
    pub body: String,
    pub login: bool,
    pub tls: bool,
    /// The left-hand side of the Message-ID.
    pub id: String,
    /// The message that was sent under this id before, with its old Date.
    pub again: bool,
}

impl Mail {
    /// From one person to another, with the envelope and the header saying the same.
    pub fn new(desk: &str, server: &str, from: &str, to: &str, subject: &str) -> Self {
        let fields =
            vec![("From".into(), from.into()), ("To".into(), to.into()), ("Subject".into(), subject.into())];
        Mail {
            desk: desk.into(),
            server: server.into(),
            port: 25,
            from: from.into(),
            recipients: to.split(", ").map(str::to_owned).collect(),
            fields,
            body: "Good morning,\nthis is what we talked about.\n".into(),
            login: false,
            tls: false,
            id: "talk.1".into(),
            again: false,
        }
    }

    pub fn recipients(mut self, recipients: &[&str]) -> Self {
        self.recipients = recipients.iter().map(|address| (*address).to_owned()).collect();
        self
    }
    pub fn field(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.into(), value.into()));
        self
    }
    pub fn id(mut self, id: &str) -> Self {
        self.id = id.into();
        self
    }
    pub fn again(mut self) -> Self {
        self.again = true;
        self
    }
    pub fn tls(mut self) -> Self {
        self.tls = true;
        self
    }
    pub fn login(mut self) -> Self {
        self.login = true;
        self
    }
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }
}

/// What the analysis has to say, and what it must not.
#[derive(Debug, Clone, Default)]
pub struct Truth {
    pub at_fault: Option<String>,
    pub expected: Vec<Expected>,
    pub forbidden: Vec<&'static str>,
    pub cycle: Vec<String>,
    pub fork: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Expected {
    pub id: &'static str,
    pub severity: &'static str,
    pub on: On,
}

/// The files on which a finding must appear when each is read alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum On {
    /// On everything that was collected.
    All,
    Bounces,
    /// On the bounces that give a reason. Exim's bounce of a message with too many Received fields gives none.
    BouncesWithReason,
    /// On the last of the copies that were taken inside the loop, and on the bounce.
    LateCopies,
    /// On what came to one mailbox, given as `user@host`.
    Mailbox(String),
    /// On the last that came to one mailbox, given as `user@host`.
    LastIn(String),
    /// Only when all files are read together.
    Together,
}

/// All ids of findings that tell of a mail gone wrong. Healthy mail forbids them.
pub const ALARMS: &[&str] = &[
    "routing-loop",
    "exchange-online-loop",
    "delivered-to-loop",
    "bounce-reports-loop",
    "list-loop",
    "auto-reply-loop",
    "pop3-connector-reinjection",
    "recipient-reinjection",
    "backscatter",
    "backscatter-source",
];

impl Scenario {
    pub fn new(name: impl Into<String>, about: impl Into<String>) -> Self {
        Scenario {
            name: name.into(),
            about: about.into(),
            sites: Vec::new(),
            mx: Vec::new(),
            steps: Vec::new(),
            leave_out: Vec::new(),
            keep: 4,
            truth: Truth::default(),
        }
    }

    pub fn site(mut self, site: Site) -> Self {
        self.sites.push(site);
        self
    }
    pub fn mx(mut self, domain: &str, hosts: &[&str]) -> Self {
        self.mx.push((domain.into(), hosts.iter().map(|host| (*host).to_owned()).collect()));
        self
    }
    pub fn send(mut self, mail: Mail) -> Self {
        self.steps.push(Step::Send(mail));
        self
    }
    pub fn run(mut self, host: &str, script: impl Into<String>) -> Self {
        self.steps.push(Step::Run { host: host.into(), script: script.into() });
        self
    }
    pub fn wait(mut self, messages: usize, seconds: u64) -> Self {
        self.steps.push(Step::Await { messages, seconds });
        self
    }
    pub fn wait_in(mut self, mailbox: &str, messages: usize, seconds: u64) -> Self {
        self.steps.push(Step::AwaitIn { mailbox: mailbox.into(), messages, seconds });
        self
    }
    pub fn pause(mut self, seconds: u64) -> Self {
        self.steps.push(Step::Pause { seconds });
        self
    }
    pub fn leave_out(mut self, mailbox: &str) -> Self {
        self.leave_out.push(mailbox.into());
        self
    }
    pub fn keep(mut self, messages: usize) -> Self {
        self.keep = messages;
        self
    }
    pub fn healthy(mut self) -> Self {
        self.truth.forbidden = ALARMS.to_vec();
        self
    }
    pub fn at_fault(mut self, who: &str) -> Self {
        self.truth.at_fault = Some(who.into());
        self
    }
    pub fn expect(mut self, id: &'static str, severity: &'static str, on: On) -> Self {
        self.truth.expected.push(Expected { id, severity, on });
        self
    }
    pub fn forbid(mut self, ids: &[&'static str]) -> Self {
        self.truth.forbidden.extend(ids);
        self
    }
    pub fn cycle(mut self, hosts: &[&str]) -> Self {
        self.truth.cycle = hosts.iter().map(|host| (*host).to_owned()).collect();
        self
    }
    pub fn fork(mut self, host: &str) -> Self {
        self.truth.fork = Some(host.into());
        self
    }
}
