//! A copy and its nearest relative: what can be told of the two.

use super::Candidate;
use crate::route::Hop;
use crate::text::Span;

/// What made two copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// A recipient's site collected it and sent it out again.
    Reinjected,
    /// One mailbox held several copies, and each was handed to all in To and Cc.
    Multidrop,
    /// It was collected from the mailbox twice.
    Refetched,
    /// A server handed it over twice.
    Redelivered,
    /// It was sent twice.
    SentTwice,
    /// One copy came straight, the other through a mailing list.
    ListAndDirect,
    /// One copy came straight, the other through a mailbox that forwards, or a person who sent it on.
    Forwarded,
    /// It was delivered once and shows twice.
    StoredTwice,
    /// It was written to two addresses, and each got one.
    TwoAddresses,
    /// Two different messages, or one for two people.
    NotDuplicates,
}

impl Verdict {
    /// All of them, the gravest first.
    pub const ALL: [Self; 10] = [
        Self::Reinjected,
        Self::Multidrop,
        Self::Refetched,
        Self::Redelivered,
        Self::SentTwice,
        Self::ListAndDirect,
        Self::Forwarded,
        Self::StoredTwice,
        Self::TwoAddresses,
        Self::NotDuplicates,
    ];

    /// The id of the finding.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Reinjected => "duplicate-reinjected",
            Self::Multidrop => "duplicate-multidrop",
            Self::Refetched => "duplicate-refetched",
            Self::Redelivered => "duplicate-redelivered",
            Self::SentTwice => "duplicate-sent-twice",
            Self::ListAndDirect => "duplicate-list-and-direct",
            Self::Forwarded => "duplicate-forwarded",
            Self::StoredTwice => "duplicate-stored-twice",
            Self::TwoAddresses => "duplicate-two-addresses",
            Self::NotDuplicates => "not-duplicates",
        }
    }
}

/// How sure a verdict is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// The signs allow other readings.
    Possible,
    /// Other readings are unlikely.
    Likely,
    /// The headers prove it.
    Certain,
}

/// How a site sent a mail out again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Means {
    /// It collected the mail and handed it to a program that sends to all in To and Cc.
    Fetch,
    /// Its POP3 connector put the mail into the pickup folder, without the lines of the way before.
    Connector,
    /// It took the lines of the way before away and sent the mail by some other program.
    Reset,
}

/// Where the histories of two copies part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fork {
    /// The machine that made two of one; absent where no line names it.
    pub host: Option<String>,
    /// The message whose line names it, by its place in the case.
    pub message: usize,
    /// The hop that shows it, by its place in the route; absent where there is none.
    pub hop: Option<usize>,
}

/// A server, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Its name; absent where only the site is known.
    pub host: Option<String>,
    /// The domain of its site; absent where its name means nothing on the internet.
    pub site: Option<String>,
}

/// What a place in the text shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shows {
    /// The copy was collected here, and sent out again.
    Reinjection(Means),
    /// The last line that both have.
    LastCommon,
    /// The first line that only this copy has.
    FirstOwn,
    /// The copy was collected here.
    Fetch,
    /// For whom the provider stored this copy.
    Stored,
    /// For whom this copy was taken.
    Recipient,
    /// The mailing list.
    List,
    /// The mark of a mailbox that forwards.
    Forwarding,
    /// The server through which only this copy went.
    ExtraServer,
    /// A person sent it on by hand.
    Resent,
    /// The Message-ID.
    MessageId,
    /// The Date.
    Date,
    /// The newest line, which both copies have.
    SameDelivery,
    /// A field of a copy that has no line of any server.
    NoRoute,
}

impl Shows {
    /// The same in a sentence.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Reinjection(Means::Fetch) => {
                "The copy was collected from a mailbox here and then sent out again."
            }
            Self::Reinjection(Means::Connector) => {
                "The copy starts here, in the pickup folder of a recipient's server; the lines of the way before are gone."
            }
            Self::Reinjection(Means::Reset) => {
                "The copy starts here, at the site of a recipient; the lines of the way before are gone."
            }
            Self::LastCommon => "Up to this line both copies are the same.",
            Self::FirstOwn => "From here on this copy has lines of its own.",
            Self::Fetch => "This copy was collected from the mailbox here.",
            Self::Stored => "For this recipient the provider stored this copy.",
            Self::Recipient => "This copy is for this recipient.",
            Self::List => "This copy came through this mailing list.",
            Self::Forwarding => "This copy was forwarded.",
            Self::ExtraServer => "Only this copy passed this server.",
            Self::Resent => "A person sent this copy on by hand.",
            Self::MessageId => "The Message-ID of this message.",
            Self::Date => "When this message was written.",
            Self::SameDelivery => {
                "The newest line, with the same number and time in both: it was delivered once."
            }
            Self::NoRoute => "This copy has no line of any server: it was never sent.",
        }
    }
}

/// A place that shows something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The message, by its place in the case.
    pub message: usize,
    /// The place.
    pub span: Span,
    /// What it shows.
    pub shows: Shows,
}

/// The verdict on a copy and its nearest relative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// What made them two.
    pub verdict: Verdict,
    /// How sure that is.
    pub sure: Sure,
    /// Where they part; absent for different messages.
    pub fork: Option<Fork>,
    /// Whose server should not have made a second one; absent where nobody did wrong, or no line names it.
    pub maker: Option<Server>,
    /// For whom the two were taken, where that differs: the relative's recipient and the copy's.
    pub recipients: Option<[String; 2]>,
    /// The list, server or mailbox through which only one of them came.
    pub through: Option<String>,
    /// How much later than its relative the copy arrived, in seconds; negative where it came earlier.
    pub later_seconds: Option<i64>,
    /// The places that show it, the decisive one first.
    pub proofs: Vec<Proof>,
}

/// One of two copies, and how many of its hops the other has as well.
#[derive(Clone, Copy, Debug)]
pub struct Side<'c, 'm> {
    /// Its place in the case.
    pub message: usize,
    /// What is known of it.
    pub one: &'c Candidate<'m>,
    /// How many hops, from the oldest on, the other has as well.
    pub common: usize,
}

/// More hops behind a fork prove nothing more.
const MOST_HOPS: usize = 64;

impl<'m> Side<'_, 'm> {
    /// The hops that the other does not have, the oldest first.
    #[must_use]
    pub fn tail(&self) -> &'m [Hop] {
        let own = self.one.route.hops.get(self.common..).unwrap_or_default();
        own.get(..MOST_HOPS).unwrap_or(own)
    }
}
