//! What the header of a message or of a part says about its content: media type, boundary, transfer encoding.

use super::transfer::{self, Transfer};
use crate::header::Header;

/// The media type of what does not name one (RFC 2045 section 5.2).
pub const TEXT: &str = "text/plain";

/// What is said about a content.
#[derive(Clone, Debug)]
pub struct Entity {
    /// The media type in lower case; absent where none is named.
    media_type: Option<String>,
    /// What separates the parts of a multipart (RFC 2046 section 5.1.1).
    pub boundary: Option<String>,
    /// How the content is encoded.
    pub transfer: Transfer,
}

impl Entity {
    /// What two fields say: Content-Type and Content-Transfer-Encoding.
    pub fn new(content_type: Option<&str>, encoding: Option<&str>) -> Self {
        Self {
            media_type: content_type.and_then(media_type),
            boundary: content_type.and_then(boundary),
            transfer: encoding.map_or(Transfer::Plain, transfer::named),
        }
    }

    /// What the header of a message says.
    pub fn of(header: &Header<'_>) -> Self {
        let value = |name: &str| header.first(name).map(|field| field.unfolded().into_owned());
        let (content_type, encoding) = (value("Content-Type"), value("Content-Transfer-Encoding"));
        Self::new(content_type.as_deref(), encoding.as_deref())
    }

    /// The media type in lower case.
    pub fn media_type(&self) -> &str {
        self.media_type.as_deref().unwrap_or(TEXT)
    }

    /// Whether a media type is named.
    pub const fn is_typed(&self) -> bool {
        self.media_type.is_some()
    }

    /// Whether it has parts by its own word.
    pub fn is_multipart(&self) -> bool {
        self.media_type().starts_with("multipart/")
    }

    /// Whether it may have parts: by its own word, or because the field that would say so is not there.
    pub fn may_have_parts(&self) -> bool {
        self.media_type.is_none() || self.is_multipart()
    }

    /// The media type of its parts that name none (RFC 2046 section 5.1.5).
    pub fn default_of_parts(&self) -> &'static str {
        if self.media_type() == "multipart/digest" { "message/rfc822" } else { TEXT }
    }
}

/// The media type of a Content-Type field, without parameters. The word `text` alone is what RFC 1049 left behind.
fn media_type(value: &str) -> Option<String> {
    let name = value.split([';', ' ', '\t', '(']).find(|word| !word.is_empty())?;
    let has_two_words =
        name.split_once('/').is_some_and(|(kind, subtype)| !kind.is_empty() && !subtype.is_empty());
    has_two_words.then(|| name.to_ascii_lowercase())
}

/// The boundary parameter, `boundary="a b"` or `boundary=ab`.
fn boundary(value: &str) -> Option<String> {
    let lower = value.to_ascii_lowercase();
    let behind_name = lower.find("boundary")? + "boundary".len();
    let rest = value.get(behind_name..)?.trim_ascii_start().strip_prefix('=')?.trim_ascii_start();
    let quoted = rest.strip_prefix('"').and_then(|rest| rest.split('"').next());
    let boundary = quoted.or_else(|| rest.split([';', ' ', '\t']).next())?.trim_ascii_end();
    (!boundary.is_empty()).then(|| boundary.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{boundary, media_type};

    #[test]
    fn boundaries_are_read_with_and_without_quotes() {
        let cases = [
            ("multipart/mixed; boundary=abc", Some("abc")),
            ("multipart/mixed; boundary=abc; charset=utf-8", Some("abc")),
            ("multipart/report; report-type=delivery-status;\tBOUNDARY = \"a b;c=\"", Some("a b;c=")),
            ("multipart/mixed; boundary=\"never closed", Some("never closed")),
            ("multipart/mixed; boundary=", None),
            ("multipart/mixed", None),
        ];
        for (value, expected) in cases {
            assert_eq!(boundary(value).as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn media_types_are_read_without_parameters() {
        let cases = [
            ("Text/Plain; charset=utf-8", Some("text/plain")),
            ("message/rfc822(comment)", Some("message/rfc822")),
            ("text", None),
            ("", None),
        ];
        for (value, expected) in cases {
            assert_eq!(media_type(value).as_deref(), expected, "{value}");
        }
    }
}
