//! What an automatic report on a message says: which server wrote it, for whom, with which status, and where the message stands
//! that it is about.

mod amazon;
mod codes;
mod dsn;
mod families;
mod notice;
mod returned;
mod scan;
mod signs;
mod transcript;

use crate::header::Header;
use crate::mime::Part;
use crate::text::Span;
use dsn::Dsn;
use notice::Notice;
use scan::Line;
use signs::Signs;

/// What a report tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Could not be delivered.
    Failed,
    /// Is late; the server goes on trying.
    Delayed,
    /// Was delivered, relayed or expanded, as the sender had asked to be told.
    Delivered,
    /// A recipient called it spam (RFC 5965).
    Feedback,
    /// An automatic answer, such as an absence note (RFC 3834).
    AutoReply,
}

/// A report on a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounce {
    /// What it tells.
    pub kind: Kind,
    /// The server that wrote it; absent where it does not say.
    pub reporter: Option<String>,
    /// The domain from whose mailer daemon it comes; absent where another mailbox sent it.
    pub system: Option<String>,
    /// The first line of the text that names a trouble, whomever it is said of; absent where none does, or the text was not read.
    pub words: Option<String>,
    /// Whom it is about; empty where it names nobody.
    pub recipients: Vec<Recipient>,
    /// Where the header of the returned message starts; absent where nothing was returned.
    pub returned: Option<Returned>,
}

impl Bounce {
    const fn of(kind: Kind, recipients: Vec<Recipient>) -> Self {
        Self { kind, reporter: None, system: None, words: None, recipients, returned: None }
    }
}

/// What is reported on one recipient.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recipient {
    /// The address, as written, without `<>`.
    pub address: Option<String>,
    /// The enhanced status code (RFC 3463), such as `5.1.1`.
    pub status: Option<String>,
    /// The reply code of SMTP (RFC 5321 section 4.2), such as 550.
    pub reply_code: Option<u16>,
    /// What the refusing server said, or the reporter in its place.
    pub diagnostic: Option<String>,
    /// The server that refused; absent where it is the reporter, or not named.
    pub remote: Option<String>,
    /// Where it stands in the source.
    pub span: Span,
}

/// A place in the parts of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Returned {
    /// The part, by its place among the parts.
    pub part: usize,
    /// Where in its content the header starts, or the text that leads to it.
    pub offset: usize,
}

/// Reads a report; absent where the message is none. `header` is that of the message, or empty where only the text of a report
/// was pasted; `parts` are those of its body.
#[must_use]
pub fn read(header: &Header<'_>, parts: &[Part<'_>]) -> Option<Bounce> {
    Some(Bounce { system: system(header), ..read_parts(header, parts)? })
}

/// The names under which mail systems write their reports (RFC 2142 section 5, RFC 5321 section 4.5.5; the last one is MDaemon's).
const DAEMONS: [&str; 3] = ["mailer-daemon", "postmaster", "mdaemon"];

fn system(header: &Header<'_>) -> Option<String> {
    let from = header.first("From")?.unfolded();
    let (role, domain) = scan::first_address(&from)?.rsplit_once('@')?;
    let is_daemon = DAEMONS.iter().any(|daemon| role.eq_ignore_ascii_case(daemon));
    is_daemon.then(|| domain.to_owned())
}

fn read_parts(header: &Header<'_>, parts: &[Part<'_>]) -> Option<Bounce> {
    let signs = Signs::of(header);
    let has_message = parts.iter().any(|part| part.media_type.starts_with("message/"));
    if !signs.may_be_report() && !has_message {
        return amazon::read(parts);
    }
    // A person may quote the fields of a report in a text.
    let dsn = dsn::read(parts, signs.is_empty || signs.has_firm());
    let texts = texts(parts);
    let notice = notice(parts, &texts);
    let returned = || returned::find(parts, &texts);
    if dsn.as_ref().is_some_and(|dsn| dsn.is_feedback) || (signs.is_complaint && returned().is_some()) {
        let recipients = dsn.map(|dsn| dsn.recipients).unwrap_or_default();
        return Some(Bounce { returned: returned(), ..Bounce::of(Kind::Feedback, recipients) });
    }
    if let Some(bounce) = amazon::read(parts) {
        return Some(bounce);
    }
    if let Some(dsn) = dsn {
        return Some(Bounce { returned: returned(), ..declared(dsn, notice) });
    }
    if !is_report(signs, &notice, parts) {
        let is_answer = signs.is_auto_reply && !signs.is_declared;
        return is_answer.then(|| Bounce::of(Kind::AutoReply, Vec::new()));
    }
    Some(Bounce { returned: returned(), ..told(header, signs, notice) })
}

/// The lines of the parts that hold plain text, with the places of the parts.
fn texts(parts: &[Part<'_>]) -> Vec<(usize, Vec<Line>)> {
    let is_text = |media_type: &str| {
        media_type.starts_with("text/") && !media_type.starts_with("text/rfc822") && media_type != "text/html"
    };
    let plain = parts.iter().enumerate().filter(|(_, part)| is_text(&part.media_type));
    plain.take(MOST_TEXTS).map(|(number, part)| (number, scan::read(&part.content))).collect()
}

/// How many parts with text are read; reports have one or two.
const MOST_TEXTS: usize = 8;

/// What the first text says that opens as a report does, or, where none does, the first one.
fn notice(parts: &[Part<'_>], texts: &[(usize, Vec<Line>)]) -> Notice {
    let mut notices =
        texts.iter().filter_map(|(part, lines)| Some(notice::read(&parts.get(*part)?.content, lines)));
    let first = notices.next().unwrap_or_default();
    if first.family.is_some() {
        return first;
    }
    notices.find(|notice| notice.family.is_some()).unwrap_or(first)
}

/// A report with the fields of RFC 3464; where they leave something out, its text may tell.
fn declared(dsn: Dsn, notice: Notice) -> Bounce {
    let mut recipients = dsn.recipients;
    if recipients.is_empty() {
        recipients = notice.recipients;
    } else {
        notice::add(&mut recipients, &notice.recipients);
    }
    say_reason(&mut recipients, notice.words.as_deref());
    let kind = dsn.kind.unwrap_or(if notice.is_delay { Kind::Delayed } else { Kind::Failed });
    let reporter = dsn.reporter.or(notice.reporter);
    Bounce { reporter, words: notice.words, ..Bounce::of(kind, recipients) }
}

/// A report in a server's own words.
fn told(header: &Header<'_>, signs: Signs, notice: Notice) -> Bounce {
    let mut recipients = notice.recipients;
    if recipients.iter().all(|recipient| recipient.address.is_none()) {
        let span = recipients.first().map_or_else(Span::default, |recipient| recipient.span);
        let named = failed_recipients(header, span);
        let said = std::mem::replace(&mut recipients, named);
        notice::add(&mut recipients, &said);
        recipients = if recipients.is_empty() { said } else { recipients };
    }
    say_reason(&mut recipients, notice.words.as_deref());
    let kind = if notice.is_delay { Kind::Delayed } else { signs.subject.unwrap_or(Kind::Failed) };
    Bounce { reporter: notice.reporter, words: notice.words, ..Bounce::of(kind, recipients) }
}

/// Gives the only recipient of whom no reason is told the words that stand elsewhere in the text. IMail puts them above, Google Groups in
/// a paragraph of their own.
fn say_reason(recipients: &mut Vec<Recipient>, words: Option<&str>) {
    if recipients.is_empty() && words.is_some() {
        recipients.push(Recipient::default());
    }
    let [recipient] = recipients.as_mut_slice() else {
        return;
    };
    if recipient.diagnostic.is_none() && recipient.status.is_none() {
        recipient.diagnostic = words.map(str::to_owned);
    }
}

/// `X-Failed-Recipients: ann@example.com, bob@example.net` (Exim, Gmail).
fn failed_recipients(header: &Header<'_>, span: Span) -> Vec<Recipient> {
    let mut recipients = Vec::new();
    for field in header.named("X-Failed-Recipients") {
        let value = field.unfolded();
        let addresses = value.split(',').map(str::trim).filter(|address| scan::is_address(address));
        let span = if span.is_empty() { field.span() } else { span };
        recipients.extend(addresses.map(|address| Recipient {
            address: Some(address.to_owned()),
            span,
            ..Recipient::default()
        }));
    }
    recipients
}

/// How far down the sentence may stand that opens a report, where nothing else shows what it is.
const HIGH: usize = 12;

/// Whether a mail without the fields of RFC 3464 is a report of failure or delay. A person may write a server's words as well:
/// something else has to show that no person wrote the mail.
fn is_report(signs: Signs, notice: &Notice, parts: &[Part<'_>]) -> bool {
    let mut told = notice.recipients.iter();
    let names_somebody = told.clone().any(|recipient| recipient.address.is_some());
    let has_answer = told.any(|recipient| recipient.status.is_some() || recipient.reply_code.is_some());
    let is_high = notice.family.is_some() && notice.depth < HIGH;
    // What reports have beside one opening.
    let has_more = notice.has_returned || (notice.openings > 1 && notice.is_plain);
    let is_borne_out = has_answer || has_more;
    if signs.is_empty {
        return is_high && names_somebody && is_borne_out;
    }
    if signs.is_sure() {
        return true;
    }
    let has_subject = signs.subject.is_some();
    if signs.has_firm() {
        let is_told = if notice.is_plain {
            names_somebody || has_answer || notice.has_returned
        } else {
            names_somebody && is_borne_out
        };
        return (is_high && is_told) || (has_subject && (is_high || names_somebody) && is_borne_out);
    }
    let has_message = parts.iter().any(|part| part.media_type == "message/rfc822");
    let is_opened = is_high && notice.is_plain && names_somebody;
    (is_high && has_more && (has_subject || signs.has_any()))
        || (is_opened && (has_message || (has_answer && signs.has_any())))
}
