//! Programs that collect mail from a mailbox, by what they leave in a header: their Received line, and fields of their own.

/// A program that collects mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// fetchmail.
    Fetchmail,
    /// getmail, getmail6.
    Getmail,
    /// mpop.
    Mpop,
    /// fdm.
    Fdm,
    /// MDaemon: MultiPOP and DomainPOP.
    MDaemon,
    /// hMailServer's external accounts.
    HMailServer,
    /// VPOP3.
    Vpop3,
    /// Kerio Connect.
    Kerio,
    /// POPcon.
    Popcon,
    /// Apache James.
    James,
    /// Gmail.
    Gmail,
    /// OfflineIMAP.
    OfflineImap,
    /// imapsync.
    Imapsync,
}

impl Tool {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fetchmail => "fetchmail",
            Self::Getmail => "getmail",
            Self::Mpop => "mpop",
            Self::Fdm => "fdm",
            Self::MDaemon => "MDaemon",
            Self::HMailServer => "hMailServer",
            Self::Vpop3 => "VPOP3",
            Self::Kerio => "Kerio Connect",
            Self::Popcon => "POPcon",
            Self::James => "Apache James",
            Self::Gmail => "Gmail",
            Self::OfflineImap => "OfflineIMAP",
            Self::Imapsync => "imapsync",
        }
    }
}

/// How a program decides for whom a message is that it collected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The mailbox is one person's: fetchmail's `(single-drop)`.
    SingleDrop,
    /// The mailbox is that of several, and the message was sorted by its header: fetchmail's `(multi-drop)`, DomainPOP.
    MultiDrop,
    /// The same, and it went to several: fetchmail then names nobody.
    Several,
    /// Nobody was found in the header, so that it went to the postmaster: fetchmail's `(by default)`.
    ByDefault,
    /// The line does not say.
    Unknown,
}

/// What the Received line of a fetch tells beside the usual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchLine {
    /// The program; absent where the line does not name one that is known.
    pub tool: Option<Tool>,
    /// How it decided for whom the message is.
    pub mode: Mode,
    /// The mailbox, as the program is told: `polling pop.example.net account office`; absent where the line does not say.
    pub account: Option<String>,
    /// The mailbox's own number for the stored message (UIDL, RFC 1939 section 7); absent where the line does not say.
    pub uidl: Option<String>,
}

/// Names of programs as their lines have them, in lower case.
const TOOLS: [(&str, Tool); 9] = [
    ("fetchmail-", Tool::Fetchmail),
    ("getmail", Tool::Getmail),
    ("(mpop-", Tool::Mpop),
    ("(fdm ", Tool::Fdm),
    ("mdaemon", Tool::MDaemon),
    ("vpop3", Tool::Vpop3),
    ("kerio", Tool::Kerio),
    ("popcon", Tool::Popcon),
    ("hmailserver", Tool::HMailServer),
];

/// Reads the Received line of a fetch. `has_recipient` tells whether it names a recipient after `for`.
#[must_use]
pub fn parse_fetch_line(value: &str, has_recipient: bool) -> FetchLine {
    let lower = value.to_ascii_lowercase();
    let tool = TOOLS.iter().find(|(mark, _)| lower.contains(mark)).map(|(_, tool)| *tool);
    let mode = if lower.contains("(single-drop)") {
        Mode::SingleDrop
    } else if lower.contains("(multi-drop)") || lower.contains("with domainpop") {
        Mode::MultiDrop
    } else if lower.contains("(by default)") {
        Mode::ByDefault
    } else if tool == Some(Tool::Fetchmail) && !has_recipient {
        Mode::Several
    } else {
        Mode::Unknown
    };
    FetchLine { tool, mode, account: account(value), uidl: uidl(value) }
}

/// fetchmail: `(fetchmail-6.4.37 polling pop.example.net account office)`; fdm: `(fdm 2.0, account "isp")`.
fn account(value: &str) -> Option<String> {
    let mut words =
        value.split(|letter: char| letter.is_whitespace() || matches!(letter, '(' | ')' | ',' | '"'));
    words.find(|word| *word == "account")?;
    words.find(|word| !word.is_empty()).map(str::to_owned)
}

/// getmail: `with POP3 getmail6 msgid:000012345a5b6c7d for <ann@example.com>`.
fn uidl(value: &str) -> Option<String> {
    let (_, behind) = value.split_once(" msgid:")?;
    let word = behind.split([' ', ';']).next().unwrap_or_default();
    (!word.is_empty()).then(|| word.to_owned())
}

/// What a field of a collecting program's own tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FetchMark {
    /// The program.
    pub tool: Option<Tool>,
    /// The server with the mailbox, where the field names it.
    pub host: Option<String>,
    /// The mailbox, where the field names it.
    pub account: Option<String>,
    /// Whether it says that the program found nobody to deliver to.
    pub is_warning: bool,
    /// Whether it stands in no other mail than that which was collected.
    pub is_sure: bool,
}

/// Reads a field; absent where it is none that a collecting program adds.
#[must_use]
pub fn parse_fetch_mark<V: AsRef<str>>(name: &str, value: impl FnOnce() -> V) -> Option<FetchMark> {
    let name = name.to_ascii_lowercase();
    let is_offline_imap = name.strip_prefix("x-offlineimap-x").is_some_and(|rest| rest.contains('-'));
    let of = |tool: Tool| FetchMark { tool: Some(tool), is_sure: true, ..FetchMark::default() };
    let text = |value: &str| Some(value.trim().to_owned()).filter(|text| !text.is_empty());
    Some(match name.as_str() {
        // `X-Gmail-Fetch-Info: ann@example.net 1 pop.example.net 110 ann`
        "x-gmail-fetch-info" => {
            let value = value();
            let mut words = value.as_ref().split_whitespace().skip(2);
            let host = words.next().map(str::to_owned);
            FetchMark { host, account: words.nth(1).map(str::to_owned), ..of(Tool::Gmail) }
        }
        "x-hmailserver-externalaccount" => {
            FetchMark { account: text(value().as_ref()), ..of(Tool::HMailServer) }
        }
        // The name of a task, often that of the server.
        "x-fetched-from" => FetchMark { account: text(value().as_ref()), ..of(Tool::James) },
        "x-getmail-retrieved-from-mailbox" => {
            FetchMark { account: text(value().as_ref()), ..of(Tool::Getmail) }
        }
        "x-getmail-filter-classifier" => of(Tool::Getmail),
        // VPOP3 marks what it delivers inside as well.
        "x-vpop3-rcpttype" | "x-vpop3-origrcpt" => FetchMark { is_sure: false, ..of(Tool::Vpop3) },
        "x-fetchmail-warning" => {
            let value = value().as_ref().to_ascii_lowercase();
            let is_warning =
                value.contains("no recipient addresses matched") || value.contains("match any local name");
            FetchMark { is_warning, ..of(Tool::Fetchmail) }
        }
        "x-imapsync" => of(Tool::Imapsync),
        _ if is_offline_imap => of(Tool::OfflineImap),
        _ => return None,
    })
}
