//! The parts of a message body (RFC 2045, RFC 2046), with their transfer encoding undone. Just what is needed to find a returned
//! or attached message and the words of a bounce; attachments of other kinds are passed over.

mod entity;
mod multipart;
mod transfer;

use crate::header::Header;
use crate::text::Reading;
use entity::Entity;

/// One part of a body that holds text or a message.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// Its media type in lower case, such as `text/plain`, `message/rfc822` or `message/delivery-status`.
    pub media_type: String,
    /// Its content, decoded.
    pub content: Reading<'a>,
}

/// The parts of a body, in its order, as a flat list: a multipart in a multipart is opened, a message in a message is not.
/// `header` is that of the message, or empty where only a body is at hand. A body without parts is one part; where nothing stands
/// in it, there is none.
#[must_use]
pub fn parts<'a>(header: &Header<'_>, body: &Reading<'a>) -> Vec<Part<'a>> {
    let entity = Entity::of(header);
    if entity.may_have_parts()
        && let Some(parts) = multipart::parts(&entity, body)
    {
        return parts;
    }
    let media_type = if entity.is_multipart() { entity::TEXT } else { entity.media_type() };
    part(media_type, body.clone(), entity.transfer).into_iter().collect()
}

/// A part, where it holds text or a message, and something stands in it.
fn part<'a>(media_type: &str, content: Reading<'a>, transfer: transfer::Transfer) -> Option<Part<'a>> {
    let is_wanted = media_type.starts_with("text/") || media_type.starts_with("message/");
    if !is_wanted || content.bytes().trim_ascii().is_empty() {
        return None;
    }
    Some(Part { media_type: media_type.to_owned(), content: transfer::decoded(content, transfer) })
}
