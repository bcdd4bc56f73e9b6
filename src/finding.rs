//! What a rule reports: a finding, with its evidence, its weight and the remedies.

use crate::text::Span;

/// How bad it is. The order is that of urgency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is wrong.
    Ok,
    /// Good to know; nobody has to act.
    Info,
    /// Worth mending when there is time.
    Low,
    /// Mail is delayed, lost or doubled for some.
    Medium,
    /// Mail is looping, multiplying or being lost now.
    High,
}

/// How sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// The signs allow other readings.
    Possible,
    /// Other readings are unlikely.
    Likely,
    /// The header proves it.
    Certain,
}

/// A place in the text that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The place of the message in the case.
    pub message: usize,
    /// Where in the text.
    pub span: Span,
    /// What the place shows, in one sentence.
    pub label: String,
}

/// What somebody can do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// Who has to act.
    pub who: String,
    /// What to do, in order. What is typed as it is stands in `backticks`.
    pub steps: Vec<String>,
    /// Whether doing it holds up or changes mail that is on its way.
    pub disturbs_mail_flow: bool,
    /// Where this is laid down or explained: RFC sections, pages of the vendor.
    pub references: Vec<String>,
}

/// Whose server caused it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Culprit {
    /// The host; absent where only the domain is known.
    pub host: Option<String>,
    /// The domain; absent where only the host is known.
    pub domain: Option<String>,
}

/// One finding. It cannot be made without evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The id of the rule that found it.
    pub id: &'static str,
    /// The title of that rule.
    pub title: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// What happened, in one sentence that names the hosts.
    pub what: String,
    /// Why it matters.
    pub why: String,
    /// What to do; empty where there is nothing to fix, which `why` then says.
    pub remedies: Vec<Remedy>,
    /// The places that show it, the decisive one first.
    pub evidence: Vec<Evidence>,
    /// Whose server caused it; absent where the header does not tell, or nobody did.
    pub culprit: Option<Culprit>,
}

/// What looks like a finding and is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// The id of the rule that kept quiet.
    pub id: &'static str,
    /// The title of that rule.
    pub title: &'static str,
    /// What it looks like, in one sentence.
    pub looks_like: String,
    /// Why it is not that, in one sentence.
    pub because: String,
    /// The places that show it, the decisive one first. There is at least one.
    pub evidence: Vec<Evidence>,
}
