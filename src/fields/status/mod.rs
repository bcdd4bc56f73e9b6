//! Enhanced status codes (RFC 3463 and the IANA registry "SMTP Enhanced Status Codes"): what they mean, and what Microsoft's servers
//! mean by them, which is something else now and then.

mod codes;
mod words;

pub use words::{by_plain_words, by_words};

use codes::{MICROSOFT, REGISTERED, Row};

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
    /// The address is not available; the server does not say whether it exists.
    Unavailable,
    /// The server does not know where to deliver to this address.
    Unrouteable,
    /// The group is not there, or closed to the sender.
    Group,
    /// The server asks to try again in a while (greylisting).
    Later,
    /// No encrypted connection, or not one that could be trusted.
    Encryption,
    /// The greeting of the sending server was not accepted.
    Greeting,
    /// The account may not send as this sender.
    SendAs,
    /// The sending service has the address on its own list of those that it does not write to.
    Suppressed,
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

/// Whether a status only names the field of the trouble, as `5.7.1` does, so that the words of the server tell more: all that end in
/// `.0`, and those that servers give for everything.
#[must_use]
pub fn is_broad(status: &str) -> bool {
    // 5.7.1 and 5.7.2 stand for any refusal (Yahoo: "553 5.7.2 [TSS09] All messages from 192.0.2.1 will be permanently deferred"); 4.4.4
    // stands for any fault of the DNS.
    status
        .split_once('.')
        .is_some_and(|(_, detail)| detail.ends_with(".0") || ["4.4", "7.1", "7.2", "0.350"].contains(&detail))
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
        Sort::NoRoute => "the DNS did not lead to the next server",
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
        Sort::Unavailable => "the mailbox is not available; most often there is none of this name",
        Sort::Unrouteable => {
            "the server knows no way to this address; most often its name or its domain is wrong"
        }
        Sort::Group => "the group is not there, or the sender may not write to it",
        Sort::Later => "the server asks to try again in a while (greylisting)",
        Sort::Encryption => "no encrypted connection that can be trusted was possible",
        Sort::Greeting => "the name with which the sending server greets was not accepted",
        Sort::SendAs => "the account may not send in the name of this sender",
        Sort::Suppressed => {
            "the sending service does not write to this address any more, because mail to it came back before"
        }
    }
}
