//! The parts of a message body (RFC 2045, RFC 2046), with their transfer encoding undone. Just what is needed to find a returned
//! or attached message and the words of a bounce; attachments of other kinds are passed over.

mod entity;
mod multipart;
mod transfer;

use crate::header::Header;
use crate::text::{Line, Reading, lines};
use entity::Entity;

pub use transfer::{Transfer, decoded, escaped, named};

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

/// Where the multipart of a message ends, behind its closing delimiter (RFC 2046 section 5.1.1), as an offset in its body. Absent where the
/// header names no boundary, or the body does not close it.
#[must_use]
pub fn end_of_parts(header: &Header<'_>, body: &[u8]) -> Option<usize> {
    let closing = format!("--{}--", Entity::of(header).boundary?);
    let is_closing = |line: &Line| line.content(body).trim_ascii_end() == closing.as_bytes();
    lines(body, 0).find(is_closing).map(|line| line.next)
}

/// A part, where it holds text or a message, and something stands in it.
fn part<'a>(media_type: &str, content: Reading<'a>, transfer: transfer::Transfer) -> Option<Part<'a>> {
    let is_wanted = media_type.starts_with("text/") || media_type.starts_with("message/");
    if !is_wanted || content.bytes().trim_ascii().is_empty() {
        return None;
    }
    Some(Part { media_type: media_type.to_owned(), content: transfer::decoded(content, transfer) })
}

#[cfg(test)]
mod tests {
    use super::{Part, parts};
    use crate::header::Header;
    use crate::text::{Reading, Source, Span};

    /// The media types and contents of the parts of a body without a header.
    fn read(body: &str) -> Vec<(String, String)> {
        let source = Source::new(None, body.as_bytes());
        let reading = Reading::of(&source, Span::new(0, body.len()));
        let header = Header::new(reading.clone(), Vec::new());
        let told =
            |part: Part<'_>| (part.media_type, String::from_utf8_lossy(part.content.bytes()).into_owned());
        parts(&header, &reading).into_iter().map(told).collect()
    }

    fn part(media_type: &str, content: &str) -> (String, String) {
        (media_type.to_owned(), content.to_owned())
    }

    #[test]
    fn a_body_without_parts_is_one() {
        assert_eq!(read("Hello\n"), [part("text/plain", "Hello\n")]);
        assert_eq!(read(" \n\n"), []);
    }

    #[test]
    fn a_multipart_in_a_multipart_is_opened_and_a_message_is_not() {
        let body = "--a\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\nplain\n--b\nContent-Type: text/html\n\n<p>\n--b--\n\
                    --a\nContent-Type: message/rfc822\n\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\ninner\n--c--\n\
                    --a\nContent-Type: image/png\n\nxyz\n--a--\nbelow\n";
        let message = "Content-Type: multipart/mixed; boundary=c\n\n--c\n\ninner\n--c--";
        let expected =
            [part("text/plain", "plain"), part("text/html", "<p>"), part("message/rfc822", message)];
        assert_eq!(read(body), expected);
    }

    #[test]
    fn a_header_put_behind_a_boundary_is_that_of_a_message() {
        let body = "--a\nContent-Type: text/plain\n\nwords\n--a\nReceived: by mx.example.com\nSubject: x\n";
        let header = "Received: by mx.example.com\nSubject: x\n";
        assert_eq!(read(body), [part("text/plain", "words"), part("text/rfc822-headers", header)]);
    }

    #[test]
    fn encodings_are_undone_and_damage_stays() {
        let body = "--a\nContent-Transfer-Encoding: quoted-printable\nContent-Type: text/plain;\ncharset=utf-8\n\na=3D=\nb =zz\n\
                    --a\nContent-Transfer-Encoding: base64\nContent-Type: text/plain\n\nSGVs\nbG8=\nnot encoded!\n--a--\n";
        assert_eq!(read(body), [part("text/plain", "a=b =zz"), part("text/plain", "Hellonot encoded!")]);
    }
}
