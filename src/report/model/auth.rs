//! The types of the report that tell of the sender's identity and of filters.

use serde::{Deserialize, Serialize};

use super::Span;

/// What servers say about the sender's identity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Auth {
    /// The Authentication-Results fields, topmost first, as written.
    pub results: Vec<AuthResults>,
    /// The same fields, ARC-Authentication-Results and Received-SPF, topmost first, taken apart.
    pub statements: Vec<AuthStatement>,
    /// The DKIM signatures, topmost first.
    pub signatures: Vec<DkimSignature>,
    /// The ARC-Seal fields, topmost first.
    pub seals: Vec<ArcSeal>,
    /// The domain of the From field.
    pub from_domain: Option<String>,
    /// Whether the receiving side proved the From domain: DMARC passed, or a check that is bound to that domain.
    pub is_from_proved: bool,
    /// Who stood between the sender and the receiving side, in words; absent where nothing proves it.
    pub passed_on_by: Option<String>,
}

/// One Authentication-Results field (RFC 8601).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthResults {
    /// The server that wrote it; absent where it does not say, as Microsoft's do not.
    pub authserv_id: Option<String>,
    /// Its value, unfolded.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// One field of results, taken apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthStatement {
    /// Its name, as written.
    pub field: String,
    /// Where it stands.
    pub span: Span,
    /// The server that it names as its writer.
    pub writer: Option<String>,
    /// The hop whose server wrote it; absent where nothing tells.
    pub hop: Option<usize>,
    /// Whether it may be believed: `proven` (it stands where only the receiving side writes), `named` (it names the receiving server and
    /// stands where its filters write), `appended` (it names the
    /// receiving server, but stands at the end, where the sender could write as well), `earlier` (written before the receiving side had the message) or `unknown`.
    pub trust: String,
    /// The number of its ARC set.
    pub arc_instance: Option<u32>,
    /// The results.
    pub results: Vec<AuthOutcome>,
}

/// How one check came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthOutcome {
    /// The check, in lower case: `spf`, `dkim`, `dmarc`.
    pub method: String,
    /// How it came out, as written.
    pub result: String,
    /// The domain that was checked.
    pub domain: Option<String>,
    /// Whether that domain belongs to the organisation of the From field.
    pub is_aligned: bool,
    /// Why, in the words of the server.
    pub reason: Option<String>,
    /// The address of the client, of SPF.
    pub ip: Option<String>,
    /// Whether this is the result that counts for SPF, DKIM, DMARC or ARC: the reader's side answers for it, and of several of its
    /// servers the first to have the message wrote it.
    pub counts: bool,
    /// Where it stands.
    pub span: Span,
}

/// One DKIM signature (RFC 6376).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DkimSignature {
    /// The domain that signed.
    pub domain: Option<String>,
    /// The name of its key.
    pub selector: Option<String>,
    /// The fields that are signed, in lower case.
    pub fields: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

/// One ARC-Seal field (RFC 8617).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArcSeal {
    /// The number of its set; 1 is the oldest.
    pub instance: Option<u32>,
    /// The domain that sealed.
    pub domain: Option<String>,
    /// Whether the chain was whole when it came to the sealer: `none`, `pass` or `fail`, as written there.
    pub chain: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// What one field of a filter says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// The product that wrote it.
    pub product: String,
    /// The name of the field, as written.
    pub field: String,
    /// Its value, unfolded.
    pub raw: String,
    /// Where it stands.
    pub span: Span,
    /// The hop whose server wrote it; absent where nothing tells.
    pub hop: Option<usize>,
    /// What it classed the message as, in words; absent where the field does not say.
    pub verdict: Option<String>,
    /// Its keys with their meanings.
    pub meanings: Vec<FilterMeaning>,
}

/// One key of a filter's field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilterMeaning {
    /// The key, as the product writes it.
    pub key: String,
    /// Its value, as written.
    pub value: String,
    /// What that means.
    pub text: String,
    /// Where this is laid down, or `guess`.
    pub source: String,
}
