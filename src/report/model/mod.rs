//! The types of the report.

mod auth;
mod copies;
mod route;

pub use auth::*;
pub use copies::*;
pub use route::*;

use serde::{Deserialize, Serialize};

/// The version of the contract.
pub const SCHEMA: u32 = 1;

/// A stretch of the text: byte offsets, the end not included.
pub type Span = [usize; 2];

/// A finished analysis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The version of the contract: [`SCHEMA`].
    pub schema: u32,
    /// What happened, in one sentence.
    pub verdict: Verdict,
    /// What was handed in.
    pub inputs: Vec<Input>,
    /// The messages, in the order of the texts.
    pub messages: Vec<Message>,
    /// Which messages are copies of one another; absent where there is one message only.
    pub copies: Option<Copies>,
    /// What the rules found, the worst first.
    pub findings: Vec<Finding>,
    /// A sentence on each entry of the options that could not be meant and was left out; see [`crate::Options::own_domains`].
    pub left_out: Vec<String>,
    /// What looks like something that the rules look for and is not.
    pub near_misses: Vec<NearMiss>,
}

/// The answer to "what happened?".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// One sentence to read aloud.
    pub headline: String,
    /// How bad it is.
    pub severity: Severity,
    /// Who has to act; absent where nobody has to.
    pub who_acts: Option<String>,
    /// The finding that it is taken from, by its place in [`Report::findings`]; absent where it only tells of the route.
    pub finding: Option<usize>,
    /// The message that it is about, by its place in [`Report::messages`]; absent where it is about several, or none.
    pub message: Option<usize>,
}

/// One text that was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// The file's name; absent for pasted text.
    pub name: Option<String>,
    /// Its length in bytes.
    pub bytes: usize,
    /// How many lines it has.
    pub lines: usize,
    /// How many messages were found in it.
    pub messages: usize,
    /// The text that was taken out of a file that is no plain text (an Outlook message, UTF-16). The places of its messages are then
    /// places in this text.
    pub text: Option<String>,
    /// What the reader should know about this input: that it was cut off, or is of a kind that holds no header.
    pub note: Option<String>,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Where it was found.
    pub origin: Origin,
    /// The subject, decoded.
    pub subject: Option<String>,
    /// The From field, decoded.
    pub from: Option<String>,
    /// The Date field, as written.
    pub date: Option<String>,
    /// The Message-ID, with its angle brackets.
    pub message_id: Option<String>,
    /// Every field of the header, topmost first.
    pub fields: Vec<Field>,
    /// What had to be set right to read it.
    pub repairs: Vec<Repair>,
    /// What the reader of the report should know about this message.
    pub notes: Vec<String>,
    /// The route, the oldest hop first.
    pub hops: Vec<Hop>,
    /// The machines on the route, in the order in which the message came to them.
    pub hosts: Vec<Host>,
    /// The stretches of hops on one machine, the oldest first.
    pub stations: Vec<Station>,
    /// Where the lines of the receiving side end; absent where they do not, or nothing tells.
    pub boundary: Option<Boundary>,
    /// Whether somebody sent it out again without the Received lines from before, so that the route starts in the middle.
    pub is_cut: bool,
    /// Whether it came back to where it had been; absent where it did not.
    pub circle: Option<Circle>,
    /// The other trace fields, topmost first, each with the hop that added it.
    pub strata: Vec<Stratum>,
    /// What servers say about the sender's identity.
    pub auth: Auth,
    /// What filters wrote, topmost first, decoded.
    pub filters: Vec<Filter>,
    /// To whom, and from whom, the envelope was.
    pub envelope: Envelope,
    /// What it reports; absent where it is no report on another message.
    pub bounce: Option<Bounce>,
}

/// Where one field of the header stands. What it says stands in the text: ten thousand messages would be twice as large with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Where it stands, from the first letter of its name to its end.
    pub span: Span,
    /// First and last line, counted from 1.
    pub lines: [usize; 2],
    /// The field as it was read; absent where its lines in the text say the same. They do not where a wrapping was taken off (marks of
    /// quotation, quoted-printable), or where several fields share a line.
    pub read: Option<String>,
}

/// A report on another message: a bounce, a delay notice and the like (RFC 3464 and what servers write in its place).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounce {
    /// `failed`, `delayed`, `delivered`, `feedback` or `auto-reply`.
    pub kind: String,
    /// The server that wrote the report.
    pub reporter: Option<String>,
    /// Whom it is about; empty where it names nobody.
    pub recipients: Vec<BounceRecipient>,
    /// The message that it is about, by its place in [`Report::messages`]; absent where none was returned.
    pub original: Option<usize>,
}

/// What is reported on one recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BounceRecipient {
    /// The address.
    pub address: Option<String>,
    /// The enhanced status code (RFC 3463), such as `5.1.1`.
    pub status: Option<String>,
    /// The reply code of SMTP (RFC 5321 section 4.2), such as 550.
    pub reply_code: Option<u16>,
    /// What the refusing server said, or the reporter in its place.
    pub diagnostic: Option<String>,
    /// The server that refused; absent where it is the reporter, or not named.
    pub remote: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// Where a message was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The place of its text in [`Report::inputs`].
    pub input: usize,
    /// The file's name; absent for pasted text.
    pub file: Option<String>,
    /// The wrapping it came in: `headers`, `eml`, `mbox`, `msg`, `attached`, `forwarded`, `bounce-report` or `bounce-original`.
    pub form: String,
    /// The message in or with which it came, by its place in [`Report::messages`]; absent where it came by itself.
    pub parent: Option<usize>,
    /// From its first field to the end of its body.
    pub span: Span,
    /// The header alone, from its first field to the end of its last.
    pub header: Span,
    /// First and last line of the header, counted from 1.
    pub header_lines: [usize; 2],
}

/// Something that had to be set right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    /// What it was, in kebab case: `byte-order-mark`, `leading-blank-lines`, `mbox-separator`, `stray-line`.
    pub kind: String,
    /// The first line it concerns, counted from 1.
    pub line: usize,
    /// The last line it concerns.
    pub last_line: usize,
    /// The same in words.
    pub text: String,
}

/// The envelope, as far as the header keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// The Return-Path, as written; `<>` is the null reverse-path of bounces.
    pub return_path: Option<String>,
    /// The addresses of the Delivered-To fields, topmost first.
    pub delivered_to: Vec<String>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The id of the rule, in kebab case.
    pub id: String,
    /// The rule's title.
    pub title: String,
    /// How bad it is.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// What happened, in one sentence.
    pub what: String,
    /// Why it matters.
    pub why: String,
    /// What to do; empty where there is nothing to fix.
    pub remedies: Vec<Remedy>,
    /// The places that show it.
    pub evidence: Vec<Evidence>,
    /// Whose server caused it.
    pub culprit: Option<Culprit>,
    /// The finding that is its cause, by its place in [`Report::findings`]; absent where none explains it.
    pub explained_by: Option<usize>,
    /// A text to send to the postmaster of the server that caused it; absent where nobody is named, or it is not worth one.
    pub letter: Option<Letter>,
    /// The same in German.
    pub letter_german: Option<Letter>,
}

/// What looks like a finding and is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NearMiss {
    /// The id of the rule that kept quiet.
    pub id: String,
    /// The rule's title.
    pub title: String,
    /// What it looks like, in one sentence.
    pub looks_like: String,
    /// Why it is not that, in one sentence.
    pub because: String,
    /// The places that show it.
    pub evidence: Vec<Evidence>,
}

/// A mail to write to a postmaster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The address (RFC 2142): `postmaster@example.net`.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text, in plain lines.
    pub text: String,
}

/// What somebody can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remedy {
    /// Who has to act.
    pub who: String,
    /// What to do, in order. What is typed as it is, such as a command, a line of configuration or a file, stands in `backticks`.
    pub steps: Vec<String>,
    /// Whether doing it holds up or changes mail on its way.
    pub disturbs_mail_flow: bool,
    /// Where this is laid down or explained.
    pub references: Vec<String>,
}

/// A place that shows a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The place of the message in [`Report::messages`].
    pub message: usize,
    /// Where in its text.
    pub span: Span,
    /// First and last line, counted from 1.
    pub lines: [usize; 2],
    /// What the place shows.
    pub label: String,
    /// Whether it is the decisive one.
    pub primary: bool,
}

/// Whose server caused it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Culprit {
    /// The host.
    pub host: Option<String>,
    /// The domain.
    pub domain: Option<String>,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
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

/// How sure a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// The signs allow other readings.
    Possible,
    /// Other readings are unlikely.
    Likely,
    /// The header proves it.
    Certain,
}

impl Severity {
    /// The word for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ok => "All well",
            Self::Info => "Note",
            Self::Low => "Low",
            Self::Medium => "Medium",
            Self::High => "High",
        }
    }
}

impl Confidence {
    /// The word for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Possible => "Possible",
            Self::Likely => "Likely",
            Self::Certain => "Certain",
        }
    }
}
