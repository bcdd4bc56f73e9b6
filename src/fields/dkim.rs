//! DKIM-Signature (RFC 6376 section 3.5): who signed the message, and what of it.

use super::received::Part;
use super::tags::{parse_tags, tag};
use crate::text::Span;

/// One signature. Every part is absent where the field does not say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// The domain that signed (`d=`).
    pub domain: Option<Part>,
    /// The name of its key (`s=`): the key is at `<selector>._domainkey.<domain>`.
    pub selector: Option<Part>,
    /// On whose behalf (`i=`).
    pub identity: Option<Part>,
    /// The algorithm (`a=`): `rsa-sha256`.
    pub algorithm: Option<Part>,
    /// How much a change of blanks matters (`c=`): `relaxed/simple`, header and body.
    pub canonicalization: Option<Part>,
    /// The hash of the body (`bh=`).
    pub body_hash: Option<Part>,
    /// The fields that are signed (`h=`), in lower case, in the order of the signature.
    pub fields: Vec<String>,
    /// How many bytes of the body are signed (`l=`); absent where all are.
    pub length: Option<u64>,
    /// When it was signed (`t=`), in seconds since 1970 UTC.
    pub signed: Option<i64>,
    /// Until when it is valid (`x=`), in seconds since 1970 UTC.
    pub expires: Option<i64>,
}

impl Signature {
    /// The same, with every place led through `place`.
    #[must_use]
    pub fn placed(mut self, place: impl Fn(Span) -> Span) -> Self {
        let parts = [
            &mut self.domain,
            &mut self.selector,
            &mut self.identity,
            &mut self.algorithm,
            &mut self.canonicalization,
            &mut self.body_hash,
        ];
        for part in parts.into_iter().flatten() {
            part.span = place(part.span);
        }
        self
    }
}

/// Reads the value of a DKIM-Signature field, or of an ARC-Message-Signature, which is written alike (RFC 8617 section 4.1.2).
#[must_use]
pub fn parse_signature(value: &str) -> Signature {
    let tags = parse_tags(value);
    let of = |name: &str| tag(&tags, name).cloned();
    let number = |name: &str| tag(&tags, name).and_then(|value| value.parse().ok());
    let fields = of("h")
        .map(|names| names.split(':').filter(|name| !name.is_empty()).map(str::to_ascii_lowercase).collect());
    Signature {
        domain: of("d"),
        selector: of("s"),
        identity: of("i"),
        algorithm: of("a"),
        canonicalization: of("c"),
        body_hash: of("bh"),
        fields: fields.unwrap_or_default(),
        length: tag(&tags, "l").and_then(|value| value.parse().ok()),
        signed: number("t"),
        expires: number("x"),
    }
}
