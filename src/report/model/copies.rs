//! The types of the report on several copies of one message.

use serde::{Deserialize, Serialize};

use super::{Confidence, Letter, Span};

/// Which messages are copies of one another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copies {
    /// The sets; a message that resembles no other is in none.
    pub sets: Vec<CopySet>,
}

/// Messages that are copies of one another, or look like it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopySet {
    /// The Message-ID of most of them, with its angle brackets; empty where none has one.
    pub message_id: String,
    /// Their places in [`super::Report::messages`].
    pub messages: Vec<usize>,
    /// Why they were put together, the surest reason first.
    pub reasons: Vec<CopyReason>,
    /// The verdict on the set: the id of a finding, `duplicate-…` or `not-duplicates`.
    pub verdict: String,
    /// How sure the verdict is.
    pub confidence: Confidence,
    /// The verdict in a sentence to read aloud.
    pub sentence: String,
    /// The finding that explains it, by its place in [`super::Report::findings`].
    pub finding: Option<usize>,
    /// Where the message split; absent for different messages.
    pub fork: Option<Fork>,
    /// Who made the copies, in the order in which they began.
    pub makers: Vec<CopyMaker>,
    /// What is known of each message, in the order of `messages`.
    pub members: Vec<CopyMember>,
    /// The routes lined up from the origin: branches, each with the hops that the same copies have in common.
    pub tree: Vec<CopyBranch>,
    /// When the first copy arrived, in seconds since 1970 UTC.
    pub first_epoch: Option<i64>,
    /// When the last copy arrived.
    pub last_epoch: Option<i64>,
}

/// Why messages were put together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyReason {
    /// What they have in common: `message-id`, `signature`, `thread-index`, `date`, `body`, `references` or `subject`.
    pub kind: String,
    /// The same in words.
    pub text: String,
    /// How sure it is that messages with this in common are one.
    pub confidence: Confidence,
    /// How many messages have it in common with another.
    pub messages: usize,
    /// Where it stands, in the first of them.
    pub evidence: Vec<CopyEvidence>,
}

/// A place in one of the messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyEvidence {
    /// The message, by its place in [`super::Report::messages`].
    pub message: usize,
    /// Where in its text.
    pub span: Span,
    /// First and last line, counted from 1.
    pub lines: [usize; 2],
    /// What the place shows.
    pub label: String,
}

/// Where a message split.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fork {
    /// The machine that made two of one; absent where no line names it.
    pub host: Option<String>,
    /// The message whose line names it, by its place in [`super::Report::messages`].
    pub message: usize,
    /// The hop that names it, by its index; absent where there is none.
    pub hop: Option<usize>,
}

/// A server that made copies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyMaker {
    /// Its name.
    pub host: Option<String>,
    /// The domain of its site.
    pub site: Option<String>,
    /// How many copies it made; a copy of a copy counts for the last server.
    pub copies: usize,
    /// When the first of them left it, or arrived, in seconds since 1970 UTC.
    pub first_epoch: Option<i64>,
    /// When the last did.
    pub last_epoch: Option<i64>,
    /// A text to send to its postmaster; absent where there is nothing to ask for, or nobody to write to.
    pub letter: Option<Letter>,
    /// The same in German.
    pub letter_german: Option<Letter>,
}

/// One message of a set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyMember {
    /// Its place in [`super::Report::messages`].
    pub message: usize,
    /// The branch in which its route ends, by its place in [`CopySet::tree`].
    pub branch: usize,
    /// The message with which it has most in common; absent for the one nearest to the original.
    pub relative: Option<usize>,
    /// The verdict on the two: the id of a finding.
    pub verdict: Option<String>,
    /// How sure that is.
    pub confidence: Option<Confidence>,
    /// Where the two part.
    pub fork: Option<Fork>,
    /// Who made this copy, by its place in [`CopySet::makers`].
    pub maker: Option<usize>,
    /// How many times it was sent out again before it came here; 0 for what nobody sent out again.
    pub generation: usize,
    /// How much later than its relative it arrived, in seconds.
    pub later_seconds: Option<i64>,
    /// The places that show the verdict, the decisive one first.
    pub evidence: Vec<CopyEvidence>,
}

/// A stretch of hops that the same copies have in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyBranch {
    /// The branch from which it leaves, by its place in [`CopySet::tree`]; absent for the first.
    pub parent: Option<usize>,
    /// A message that has these hops, by its place in [`super::Report::messages`].
    pub message: usize,
    /// The indexes of its hops in this branch: the first, and the one behind the last.
    pub hops: [usize; 2],
    /// How many copies went this way.
    pub copies: usize,
    /// The messages whose route ends here, by their places in [`super::Report::messages`].
    pub ends: Vec<usize>,
    /// When the first of the copies arrived, in seconds since 1970 UTC.
    pub first_epoch: Option<i64>,
    /// When the last did.
    pub last_epoch: Option<i64>,
}
