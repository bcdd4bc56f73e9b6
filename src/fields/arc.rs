//! ARC-Seal (RFC 8617 section 4.1.3): who vouches for what the checks said before the message was changed or passed on.

use super::auth_results::Verdict;
use super::received::Part;
use super::tags::{parse_tags, tag};
use crate::text::Span;

/// One seal. Every part is absent where the field does not say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seal {
    /// The number of its set (`i=`): 1 is the oldest.
    pub instance: Option<u32>,
    /// The domain that sealed (`d=`).
    pub domain: Option<Part>,
    /// The name of its key (`s=`).
    pub selector: Option<Part>,
    /// Whether the chain was whole when it came to the sealer (`cv=`): `none` in the first set, else `pass` or `fail`.
    pub chain: Option<Verdict>,
    /// The place of that word.
    pub chain_span: Option<Span>,
}

impl Seal {
    /// The same, with every place led through `place`.
    #[must_use]
    pub fn placed(mut self, place: impl Fn(Span) -> Span) -> Self {
        for part in [&mut self.domain, &mut self.selector].into_iter().flatten() {
            part.span = place(part.span);
        }
        self.chain_span = self.chain_span.map(place);
        self
    }
}

/// Reads the value of an ARC-Seal field.
#[must_use]
pub fn parse_seal(value: &str) -> Seal {
    let tags = parse_tags(value);
    let chain = tag(&tags, "cv");
    Seal {
        instance: tag(&tags, "i").and_then(|number| number.parse().ok()),
        domain: tag(&tags, "d").cloned(),
        selector: tag(&tags, "s").cloned(),
        chain: chain.map(|word| Verdict::of(word)),
        chain_span: chain.map(|word| word.span),
    }
}

/// The number of the set that an ARC-Message-Signature belongs to (`i=`).
#[must_use]
pub fn parse_instance(value: &str) -> Option<u32> {
    tag(&parse_tags(value), "i")?.parse().ok()
}
