//! What an automatic report on a message says: which server wrote it, for whom, with which status, and where the message stands that
//! it is about.

use crate::header::Header;
use crate::mime::Part;
use crate::text::Span;

/// What a report tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Could not be delivered.
    Failed,
    /// Is late; the server goes on trying.
    Delayed,
    /// Was delivered, relayed or expanded, as the sender had asked to be told.
    Delivered,
    /// A recipient called it spam (RFC 5965).
    Feedback,
    /// An automatic answer, such as an absence note (RFC 3834).
    AutoReply,
}

/// A report on a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounce {
    /// What it tells.
    pub kind: Kind,
    /// The server that wrote it; absent where it does not say.
    pub reporter: Option<String>,
    /// Whom it is about; empty where it names nobody.
    pub recipients: Vec<Recipient>,
    /// Where the header of the returned message starts; absent where nothing was returned.
    pub returned: Option<Returned>,
}

/// What is reported on one recipient.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recipient {
    /// The address, as written, without `<>`.
    pub address: Option<String>,
    /// The enhanced status code (RFC 3463), such as `5.1.1`.
    pub status: Option<String>,
    /// The reply code of SMTP (RFC 5321 section 4.2), such as 550.
    pub reply_code: Option<u16>,
    /// What the refusing server said, or the reporter in its place.
    pub diagnostic: Option<String>,
    /// The server that refused; absent where it is the reporter, or not named.
    pub remote: Option<String>,
    /// Where it stands in the source.
    pub span: Span,
}

/// A place in the parts of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Returned {
    /// The part, by its place among the parts.
    pub part: usize,
    /// Where in its content the header starts, or the text that leads to it.
    pub offset: usize,
}

/// Reads a report; absent where the message is none. `header` is that of the message, or empty where only the text of a report was
/// pasted; `parts` are those of its body.
#[must_use]
pub fn read(_header: &Header<'_>, _parts: &[Part<'_>]) -> Option<Bounce> {
    None
}
