//! What filters wrote about a message: the verdict, and each key of the field with its meaning.
//!
//! A meaning names where it is laid down. Where the maker says nothing and only experience tells, the source is the word [`GUESS`]; a key
//! that nobody has explained is not explained here either: the raw value stays with the field.

mod barracuda;
mod microsoft;
mod mimecast;
mod outlook_com;
mod proofpoint;
mod rspamd;
mod spamassassin;

/// The source of a meaning that no maker has written down.
pub const GUESS: &str = "guess";

/// What one field says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filtered {
    /// The product that wrote it.
    pub product: &'static str,
    /// What it classed the message as; absent where the field does not say.
    pub judgement: Option<Judgement>,
    /// Its keys with their meanings, in the order of the field.
    pub meanings: Vec<Meaning>,
}

/// What a filter classed a message as. The order is that of gravity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Judgement {
    /// It was let pass.
    Clean,
    /// It was let pass unread: a setting says so.
    Skipped,
    /// Mail to many, not wanted by all.
    Bulk,
    /// Unwanted mail.
    Spam,
    /// Somebody pretends to be somebody else.
    Spoofing,
    /// Somebody is after passwords or money.
    Phishing,
    /// Harmful software.
    Malware,
}

impl Judgement {
    /// What a sentence says: `SpamAssassin classed this message as …`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Clean => "not spam",
            Self::Skipped => "not to be checked",
            Self::Bulk => "bulk mail",
            Self::Spam => "spam",
            Self::Spoofing => "mail with a forged sender",
            Self::Phishing => "phishing",
            Self::Malware => "malware",
        }
    }
}

/// One key of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The key, as the product writes it.
    pub key: String,
    /// Its value, as written.
    pub value: String,
    /// What that means, in one sentence.
    pub text: String,
    /// Where this is laid down: a page of the maker, or [`GUESS`].
    pub source: &'static str,
}

impl Meaning {
    fn new(key: &str, value: &str, text: impl Into<String>, source: &'static str) -> Self {
        Self { key: key.to_owned(), value: shortened(value), text: text.into(), source }
    }
}

impl Filtered {
    const fn by(product: &'static str) -> Self {
        Self { product, judgement: None, meanings: Vec::new() }
    }

    /// Notes what the filter classed the message as; the gravest counts.
    fn judge(&mut self, judgement: Judgement) {
        self.judgement = self.judgement.max(Some(judgement));
    }

    fn is_empty(&self) -> bool {
        self.judgement.is_none() && self.meanings.is_empty()
    }
}

/// Reads the field of a filter. Absent where no product in the list writes such a field, or nothing in it is understood. `value` gives
/// the unfolded value, and is asked for it only where the name is known.
#[must_use]
pub fn parse_filter<V: AsRef<str>>(name: &str, value: impl FnOnce() -> V) -> Option<Filtered> {
    let name = name.to_ascii_lowercase();
    let reader = reader(&name)?;
    let filtered = reader(&name, value().as_ref());
    (!filtered.is_empty()).then_some(filtered)
}

type Reader = fn(&str, &str) -> Filtered;

fn reader(name: &str) -> Option<Reader> {
    Some(match name {
        "x-forefront-antispam-report"
        | "x-forefront-antispam-report-untrusted"
        | "x-microsoft-antispam"
        | "x-microsoft-antispam-untrusted"
        | "x-microsoft-antispam-mailbox-delivery"
        | "x-ms-exchange-organization-scl"
        | "x-ms-exchange-organization-pcl"
        | "authentication-results" => microsoft::read,
        "x-sid-result" | "x-message-delivery" => outlook_com::read,
        "x-spam-status" | "x-spam-flag" | "x-spam-level" | "x-spam-score" => spamassassin::read,
        "x-spamd-result" | "x-rspamd-action" | "x-rspamd-score" => rspamd::read,
        "x-proofpoint-spam-details" | "x-proofpoint-virus-version" => proofpoint::read,
        "x-mimecast-spam-score"
        | "x-mimecast-bulk-signature"
        | "x-mimecast-spam-signature"
        | "x-mimecast-impersonation-protect" => mimecast::read,
        "x-barracuda-spam-score"
        | "x-barracuda-spam-status"
        | "x-barracuda-spam-flag"
        | "x-barracuda-brts-status" => barracuda::read,
        _ => return None,
    })
}

/// A number as filters write it: `-0.70`, `+5`, `7.4`.
fn number(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches([',', ';']);
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'));
    text.parse().ok().filter(|number: &f64| is_number && number.is_finite())
}

/// The start of a value that is longer than anybody reads: rule numbers, signatures.
fn shortened(value: &str) -> String {
    const LONGEST: usize = 300;
    match value.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", value.get(..at).unwrap_or_default()),
        None => value.to_owned(),
    }
}

/// How a score stands to the limit for spam.
fn score_text(score: &str, limit: Option<&str>) -> String {
    match (number(score), limit.and_then(number)) {
        (Some(points), Some(from)) if points < from => {
            format!("{score} points, below the {} that make it spam.", limit.unwrap_or_default())
        }
        (Some(_), Some(_)) => {
            format!("{score} points; from {} on it is spam.", limit.unwrap_or_default())
        }
        _ => format!("{score} points; the more, the more like spam."),
    }
}
