//! Enhanced status codes (RFC 3463 and the IANA registry "SMTP Enhanced Status Codes"): what they mean, and what Microsoft's servers
//! mean by them, which is something else now and then.

/// The sort of trouble that a status tells of: those with one sort ask for the same steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// There is no such mailbox.
    NoMailbox,
    /// The mailbox moved and left no address.
    Moved,
    /// The domain does not exist or takes no mail.
    NoDomain,
    /// The address is written wrongly.
    BadAddress,
    /// The sender's address is not acceptable.
    BadSender,
    /// The mailbox is there but switched off.
    Disabled,
    /// The mailbox is full.
    Full,
    /// The message is too large.
    TooLarge,
    /// The server of the recipient is out of order or overloaded.
    System,
    /// The server of the recipient could not be reached.
    Unreachable,
    /// The next server could not be found: DNS, routing.
    NoRoute,
    /// The message went round.
    Loop,
    /// The server gave up after trying for its whole time.
    Expired,
    /// The two servers did not understand each other.
    Protocol,
    /// The content was not accepted.
    Content,
    /// A rule of the recipient's side forbids it.
    Policy,
    /// SPF, DKIM or DMARC failed.
    SenderChecks,
    /// The sending server's address has no fitting reverse name.
    ReverseName,
    /// The sender would have had to log in.
    Login,
    /// Too much mail at a time.
    TooMany,
    /// Forwarding to outside is forbidden on the sender's side.
    Forwarding,
    /// The sender's account or server is blocked for spam.
    Blocked,
}

/// Who gave a status: some codes mean something else with Microsoft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Producer {
    /// Exchange or Exchange Online.
    Microsoft,
    /// Any other server, or one that is not known.
    Other,
}

/// What a status means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The sort of trouble; absent where the code leaves it open.
    pub sort: Option<Sort>,
    /// The same as half a sentence: `there is no such mailbox`.
    pub text: &'static str,
    /// Whose meaning it is: the registry's, or Microsoft's.
    pub producer: Producer,
}

/// What a status such as `5.1.1` means; absent where nobody laid that down. Only the last two numbers count: the first says whether
/// trying again can help.
#[must_use]
pub fn meaning(status: &str, producer: Producer) -> Option<Meaning> {
    let (_, detail) = status.split_once('.')?;
    let of = |table: &[Row], producer| {
        let row = table.iter().find(|(code, ..)| *code == detail)?;
        Some(Meaning { sort: row.1, text: row.2, producer })
    };
    let microsoft = || of(MICROSOFT, Producer::Microsoft).or_else(|| blocked_address(detail));
    let registered = || of(REGISTERED, Producer::Other);
    match producer {
        Producer::Microsoft => microsoft().or_else(registered),
        Producer::Other => registered(),
    }
}

/// Microsoft's 5.7.606 to 5.7.649: "Access denied, banned sending IP".
fn blocked_address(detail: &str) -> Option<Meaning> {
    let number: u16 = detail.strip_prefix("7.")?.parse().ok()?;
    (606..=649).contains(&number).then_some(Meaning {
        sort: Some(Sort::Blocked),
        text: "the address of the sending server is on Microsoft's block list",
        producer: Producer::Microsoft,
    })
}

/// The sort of trouble by the words of an answer, where its status leaves it open; absent where no known words stand there.
#[must_use]
pub fn sort_by_words(answer: &str) -> Option<Sort> {
    let answer = answer.to_lowercase();
    WORDS.iter().find(|(words, _)| answer.contains(words)).map(|(_, sort)| *sort)
}

/// Half a sentence on a sort of trouble.
#[must_use]
pub const fn text(sort: Sort) -> &'static str {
    match sort {
        Sort::NoMailbox => "there is no such mailbox",
        Sort::Moved => "the mailbox has moved",
        Sort::NoDomain => "the domain does not exist or takes no mail",
        Sort::BadAddress => "the address is not written as addresses are",
        Sort::BadSender => "the sender's address was not accepted",
        Sort::Disabled => "the mailbox is switched off",
        Sort::Full => "the mailbox is full",
        Sort::TooLarge => "the message is too large",
        Sort::System => "the server is out of order or overloaded",
        Sort::Unreachable => "the next server could not be reached",
        Sort::NoRoute => "the next server could not be found in the DNS",
        Sort::Loop => "the message went round in a loop",
        Sort::Expired => "the time for trying was over",
        Sort::Protocol => "the two servers did not understand each other",
        Sort::Content => "its content was not accepted",
        Sort::Policy => "a rule on the recipient's side forbids it",
        Sort::SenderChecks => "the sender could not be verified (SPF, DKIM or DMARC)",
        Sort::ReverseName => "the sending server's address has no fitting name in the DNS",
        Sort::Login => "the sender would have had to log in",
        Sort::TooMany => "too much mail came at a time",
        Sort::Forwarding => "forwarding to addresses outside is not allowed",
        Sort::Blocked => "the sender is blocked as a source of unwanted mail",
    }
}

/// The last two numbers, the sort, and half a sentence.
type Row = (&'static str, Option<Sort>, &'static str);

/// The registry: <https://www.iana.org/assignments/smtp-enhanced-status-codes>.
const REGISTERED: &[Row] = &[
    ("1.0", None, "something is wrong with the address"),
    ("1.1", Some(Sort::NoMailbox), "there is no such mailbox"),
    ("1.2", Some(Sort::NoDomain), "the domain of the address does not exist or takes no mail"),
    ("1.3", Some(Sort::BadAddress), "the address is not written as addresses are"),
    ("1.4", Some(Sort::BadAddress), "the address fits more than one mailbox"),
    ("1.6", Some(Sort::Moved), "the mailbox has moved and left no new address"),
    ("1.7", Some(Sort::BadSender), "the sender's address is not written as addresses are"),
    ("1.8", Some(Sort::BadSender), "the domain of the sender's address is not accepted"),
    ("1.9", Some(Sort::Protocol), "the message went on to a server that does not follow the standards"),
    ("1.10", Some(Sort::NoDomain), "the domain of the address says that it takes no mail at all (null MX)"),
    ("2.0", None, "something is wrong with the mailbox"),
    ("2.1", Some(Sort::Disabled), "the mailbox is switched off and takes no mail"),
    ("2.2", Some(Sort::Full), "the mailbox is full"),
    ("2.3", Some(Sort::TooLarge), "the message is longer than this mailbox allows"),
    ("2.4", Some(Sort::System), "the mailing list could not be resolved into its members"),
    ("3.0", Some(Sort::System), "something is wrong with the server that should deliver it"),
    ("3.1", Some(Sort::System), "the store of the server is full"),
    ("3.2", Some(Sort::System), "the server takes no mail at the moment"),
    ("3.3", Some(Sort::Protocol), "the server lacks a feature that the message needs"),
    ("3.4", Some(Sort::TooLarge), "the message is larger than the server allows"),
    ("3.5", Some(Sort::System), "the server is not set up correctly"),
    ("4.0", None, "something went wrong on the network or with the routing"),
    ("4.1", Some(Sort::Unreachable), "the next server did not answer"),
    ("4.2", Some(Sort::Unreachable), "the connection to the next server broke"),
    ("4.3", Some(Sort::NoRoute), "a directory server, such as the DNS, did not answer"),
    ("4.4", Some(Sort::NoRoute), "no way to the next server could be found"),
    ("4.5", Some(Sort::TooMany), "the network or the server is congested"),
    ("4.6", Some(Sort::Loop), "the message went round in a loop"),
    ("4.7", Some(Sort::Expired), "the time for trying was over before it could be delivered"),
    ("5.0", None, "the servers did not agree on a command"),
    ("5.1", Some(Sort::Protocol), "a command was out of place or not known"),
    ("5.2", Some(Sort::Protocol), "a command was not understood"),
    ("5.3", Some(Sort::TooMany), "there were too many recipients at once"),
    ("5.4", Some(Sort::Protocol), "a command had wrong parameters"),
    ("5.6", Some(Sort::Protocol), "an authentication exchange was too long"),
    ("6.0", Some(Sort::Content), "something is wrong with the content"),
    ("6.1", Some(Sort::Content), "content of this sort is not supported"),
    ("6.2", Some(Sort::Content), "the content would have to be converted, which is forbidden"),
    ("6.3", Some(Sort::Content), "the content would have to be converted, which is not possible"),
    ("6.4", Some(Sort::Content), "the content could only be converted with loss"),
    ("6.5", Some(Sort::Content), "converting the content failed"),
    ("6.7", Some(Sort::Content), "an address with letters beyond ASCII is not supported on the way"),
    ("6.9", Some(Sort::Content), "a header with letters beyond ASCII is not supported on the way"),
    ("7.0", Some(Sort::Policy), "a security rule forbids it"),
    ("7.1", Some(Sort::Policy), "the recipient's side does not allow this message"),
    ("7.2", Some(Sort::Policy), "the sender may not write to this mailing list"),
    ("7.8", Some(Sort::Login), "the user name or password was not accepted"),
    ("7.9", Some(Sort::Login), "this way of logging in is too weak"),
    ("7.13", Some(Sort::Disabled), "the account is switched off"),
    ("7.17", Some(Sort::Moved), "the mailbox belongs to somebody else now"),
    ("7.18", Some(Sort::Moved), "the domain belongs to somebody else now"),
    ("7.20", Some(Sort::SenderChecks), "no DKIM signature passed"),
    ("7.21", Some(Sort::SenderChecks), "no acceptable DKIM signature was found"),
    ("7.22", Some(Sort::SenderChecks), "no DKIM signature of the author's domain was valid"),
    (
        "7.23",
        Some(Sort::SenderChecks),
        "the SPF check failed: the sending server is not among those of the domain",
    ),
    ("7.24", Some(Sort::SenderChecks), "the SPF record of the sender's domain cannot be evaluated"),
    ("7.25", Some(Sort::ReverseName), "the sending server's address has no fitting name in the DNS"),
    ("7.26", Some(Sort::SenderChecks), "several checks of the sender failed"),
    ("7.27", Some(Sort::BadSender), "the sender's domain says that it takes no mail (null MX)"),
];

/// Microsoft: <https://learn.microsoft.com/en-us/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online>.
const MICROSOFT: &[Row] = &[
    ("1.8", Some(Sort::Blocked), "the sender's account may not send any more, probably after sending spam"),
    ("1.10", Some(Sort::NoMailbox), "there is no such mailbox"),
    ("1.90", Some(Sort::TooMany), "the sender wrote to more recipients in a day than Exchange Online allows"),
    ("1.351", Some(Sort::NoMailbox), "the recipient's server does not know the mailbox"),
    ("2.121", Some(Sort::TooMany), "the mailbox took more mail in an hour from this sender than it may"),
    ("2.122", Some(Sort::TooMany), "the mailbox took more mail in an hour than it may"),
    (
        "3.5",
        Some(Sort::Loop),
        "Exchange reached a server that goes by its own name, and would send the message round",
    ),
    (
        "4.1",
        Some(Sort::NoMailbox),
        "there is no such mailbox in this domain, or the server does not relay for it",
    ),
    ("4.14", Some(Sort::Loop), "the message went round in a loop"),
    ("4.300", Some(Sort::Expired), "the time for trying was over before it could be delivered"),
    ("4.310", Some(Sort::NoDomain), "the domain of the address does not exist"),
    ("4.312", Some(Sort::NoRoute), "the DNS did not answer for the domain of the address"),
    ("4.316", Some(Sort::Unreachable), "the recipient's server refused the connection"),
    ("7.12", Some(Sort::Policy), "the recipient takes mail from inside its organisation only"),
    ("7.54", Some(Sort::Policy), "the server does not relay to this domain"),
    ("7.57", Some(Sort::Login), "the device or program did not log in before sending"),
    ("7.64", Some(Sort::Policy), "no inbound connector fits the sending server (TenantAttribution)"),
    ("7.124", Some(Sort::Policy), "the sender is not among those who may write to this group"),
    ("7.128", Some(Sort::Loop), "a mail flow rule sent the message round"),
    ("7.133", Some(Sort::Policy), "the group takes mail from inside its organisation only"),
    ("7.134", Some(Sort::Policy), "the mailbox takes mail from inside its organisation only"),
    ("7.501", Some(Sort::Blocked), "the sender's account is blocked for sending spam"),
    ("7.502", Some(Sort::Blocked), "the sender's account is blocked for sending spam"),
    ("7.503", Some(Sort::Blocked), "the sender's account is blocked for sending spam"),
    ("7.509", Some(Sort::SenderChecks), "the sender's domain failed DMARC and asks to reject such mail"),
    (
        "7.515",
        Some(Sort::SenderChecks),
        "the sender's domain lacks the SPF, DKIM and DMARC that Microsoft asks of large senders",
    ),
    ("7.520", Some(Sort::Forwarding), "forwarding to addresses outside is not allowed"),
    ("7.650", Some(Sort::TooMany), "the sending server is slowed down because of its reputation"),
    ("7.708", Some(Sort::Blocked), "the address that the mail came from has a bad reputation"),
    ("7.750", Some(Sort::Blocked), "the sender's domain is not registered with the tenant that sends"),
];

/// Words of servers whose codes tell nothing, in lower case; the first that stands in an answer counts.
const WORDS: &[(&str, Sort)] = &[
    ("hop count", Sort::Loop),
    ("too many hops", Sort::Loop),
    ("routing loop", Sort::Loop),
    ("mail loop", Sort::Loop),
    ("forwarding loop", Sort::Loop),
    ("loops back to", Sort::Loop),
    ("is looping", Sort::Loop),
    ("loop detected", Sort::Loop),
    ("remote host address is the local host", Sort::Loop),
    ("user unknown", Sort::NoMailbox),
    ("unknown user", Sort::NoMailbox),
    ("no such user", Sort::NoMailbox),
    ("no such recipient", Sort::NoMailbox),
    ("user not found", Sort::NoMailbox),
    ("user not exist", Sort::NoMailbox),
    ("recipient not found", Sort::NoMailbox),
    ("invalid recipient", Sort::NoMailbox),
    ("unknown recipient", Sort::NoMailbox),
    ("no mailbox here", Sort::NoMailbox),
    ("recipient name is not recognized", Sort::NoMailbox),
    ("not listed in domino directory", Sort::NoMailbox),
    ("not listed in public name & address book", Sort::NoMailbox),
    ("tried to reach does not exist", Sort::NoMailbox),
    ("address couldn't be found", Sort::NoMailbox),
    ("mailbox is full", Sort::Full),
    ("mailbox full", Sort::Full),
    ("over quota", Sort::Full),
    ("quota exceeded", Sort::Full),
    ("exceeds allowed size", Sort::Full),
    ("size limit exceeded", Sort::TooLarge),
    ("message size exceeds", Sort::TooLarge),
    ("message too large", Sort::TooLarge),
    ("domain does not exist", Sort::NoDomain),
    ("no such domain", Sort::NoDomain),
    ("domain name not found", Sort::NoDomain),
    ("unrouteable address", Sort::NoDomain),
    ("no mx found", Sort::NoDomain),
    ("indicated no smtp service", Sort::NoDomain),
    ("host unknown", Sort::NoDomain),
    ("host not found", Sort::NoRoute),
    ("dns lookup failure", Sort::NoRoute),
    ("name service error", Sort::NoRoute),
    ("dns error", Sort::NoRoute),
    ("bad spf", Sort::SenderChecks),
    ("dmarc", Sort::SenderChecks),
    ("no ptr record", Sort::ReverseName),
    ("have a ptr record", Sort::ReverseName),
    ("rdns record", Sort::ReverseName),
    ("unauthenticated senders", Sort::Login),
    ("authentication required", Sort::Login),
    ("relay access denied", Sort::Policy),
    ("relaying denied", Sort::Policy),
    ("blacklist", Sort::Blocked),
    ("block list", Sort::Blocked),
    ("blocklist", Sort::Blocked),
    ("blocked", Sort::Blocked),
    ("dnsbl", Sort::Blocked),
    ("spam", Sort::Content),
    ("too many recipients", Sort::TooMany),
    ("daily relay quota", Sort::TooMany),
    ("retry timeout exceeded", Sort::Expired),
    ("giving up", Sort::Expired),
    ("envelope expired", Sort::Expired),
    ("connection timed out", Sort::Unreachable),
    ("connection refused", Sort::Unreachable),
    ("did not accept our requests to connect", Sort::Unreachable),
    ("service currently unavailable", Sort::System),
    ("policy", Sort::Policy),
];
