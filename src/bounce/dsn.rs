//! The fields of delivery status notifications (RFC 3464), disposition notifications (RFC 8098) and feedback reports (RFC 5965),
//! in a part of their own or in the text of a report.

use super::codes;
use super::scan::{self, Line};
use super::{Kind, Recipient};
use crate::mime::Part;
use crate::text::{Reading, Span};

/// Media types of parts that hold such fields; those of RFC 6533 have the same ones.
const STATUS_PARTS: [&str; 3] =
    ["message/delivery-status", "message/global-delivery-status", "message/disposition-notification"];

/// What the fields say.
#[derive(Clone, Debug, Default)]
pub struct Dsn {
    /// Reporting-MTA (RFC 3464 section 2.2.2).
    pub reporter: Option<String>,
    /// One for each recipient, in their order.
    pub recipients: Vec<Recipient>,
    /// What was done, from the Action fields (section 2.3.3); a failure outweighs the rest.
    pub kind: Option<Kind>,
    /// Whether they are fields of a feedback report.
    pub is_feedback: bool,
}

/// Reads the fields of all parts that are made for them, or, where there are none and a text may hold them, those in a text.
pub fn read(parts: &[Part<'_>], is_in_text: bool) -> Option<Dsn> {
    let mut reader = Reader::default();
    let is_status = |part: &&Part<'_>| {
        STATUS_PARTS.contains(&part.media_type.as_str()) || part.media_type == "message/feedback-report"
    };
    for part in parts.iter().filter(is_status) {
        reader.read(&part.content, &scan::read(&part.content));
    }
    if reader.has_found() {
        return Some(reader.finish());
    }
    let mut texts = parts.iter().filter(|part| is_in_text && part.media_type == "text/plain");
    texts.find_map(|part| {
        let mut reader = Reader::default();
        reader.read(&part.content, reported_in(&scan::read(&part.content)));
        reader.is_complete().then(|| reader.finish())
    })
}

/// The lines from the first field on that only such reports have.
fn reported_in(lines: &[Line]) -> &[Line] {
    let opens = |line: &Line| {
        ["reporting-mta:", "final-recipient:", "original-recipient:", "feedback-type:"]
            .iter()
            .any(|name| line.lower.starts_with(name))
    };
    lines.iter().position(opens).and_then(|start| lines.get(start..)).unwrap_or_default()
}

/// The fields of one recipient as they come.
#[derive(Default)]
struct Open {
    original: Option<String>,
    last: Option<String>,
    action: Option<Kind>,
    recipient: Recipient,
}

#[derive(Default)]
struct Reader {
    dsn: Dsn,
    open: Option<Open>,
    is_gap: bool,
    disposition: Option<Kind>,
}

impl Reader {
    fn has_found(&self) -> bool {
        self.dsn.is_feedback
            || self.dsn.reporter.is_some()
            || self.open.is_some()
            || !self.dsn.recipients.is_empty()
    }

    /// Whether there is enough to tell a report from a text that happens to name a field.
    fn is_complete(&self) -> bool {
        let is_told = |open: &Open| {
            open.action.is_some() || open.recipient.status.is_some() || open.recipient.diagnostic.is_some()
        };
        self.dsn.is_feedback || self.open.as_ref().is_some_and(is_told) || !self.dsn.recipients.is_empty()
    }

    fn finish(mut self) -> Dsn {
        self.close();
        self.dsn.kind = self.dsn.kind.or(self.disposition);
        self.dsn
    }

    /// Takes the fields of some lines; a line that starts with a blank goes on with the field above it.
    fn read(&mut self, content: &Reading<'_>, lines: &[Line]) {
        let mut rest = lines.iter().peekable();
        while let Some(line) = rest.next() {
            if line.is_blank() {
                self.is_gap = true;
                continue;
            }
            let Some((name, value)) = line
                .lower
                .split_once(':')
                .zip(line.text.split_once(':'))
                .map(|((name, _), (_, value))| (name, value))
            else {
                continue;
            };
            let mut span = line.span;
            let mut folds = vec![value];
            while let Some(fold) = rest.next_if(|line| line.is_indented && !line.is_blank()) {
                folds.push(&fold.text);
                span.end = fold.span.end;
            }
            self.field(name.trim_end(), &scan::joined(folds.into_iter()), content.place(span));
            self.is_gap = false;
        }
        self.close();
    }

    fn field(&mut self, name: &str, value: &str, span: Span) {
        match name {
            "reporting-mta" => self.dsn.reporter = self.dsn.reporter.take().or_else(|| host(value)),
            "feedback-type" => self.dsn.is_feedback = true,
            "original-rcpt-to" | "removal-recipient" => {
                self.for_recipient(|open| open.last.is_some(), span).last = address(value);
            }
            "original-recipient" => {
                self.for_recipient(|open| open.original.is_some(), span).original = address(value)
            }
            "final-recipient" => self.for_recipient(|open| open.last.is_some(), span).last = address(value),
            "action" => self.for_recipient(|open| open.action.is_some(), span).action = action(value),
            "status" => {
                let status = codes::enhanced(value).map(str::to_owned);
                let open = self.for_recipient(|open| open.recipient.status.is_some(), span);
                open.recipient.status = open.recipient.status.take().or(status);
            }
            "diagnostic-code" => {
                let open = self.for_recipient(|open| open.recipient.diagnostic.is_some(), span);
                open.recipient.diagnostic.get_or_insert_with(|| untyped(value).to_owned());
            }
            "remote-mta" => {
                self.for_recipient(|open| open.recipient.remote.is_some(), span).recipient.remote =
                    host(value)
            }
            "disposition" => self.disposition = Some(disposition(value)),
            _ => {}
        }
    }

    /// The recipient to which a field belongs: the open one, or a new one where a blank line stood above and the open one has
    /// this field already. Blank lines are not enough: some reports have them between the fields of one recipient.
    fn for_recipient(&mut self, has_it: impl Fn(&Open) -> bool, span: Span) -> &mut Open {
        if self.is_gap && self.open.as_ref().is_some_and(has_it) {
            self.close();
        }
        let open = self.open.get_or_insert_default();
        let start = if open.recipient.span.is_empty() { span.start } else { open.recipient.span.start };
        open.recipient.span = Span::new(start, span.end);
        open
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else {
            return;
        };
        let is_failed = open.action == Some(Kind::Failed);
        self.dsn.kind = if is_failed { open.action } else { self.dsn.kind.or(open.action) };
        let last = open.last.filter(|last| last.contains('@') || open.original.is_none());
        self.dsn.recipients.push(told(Recipient { address: last.or(open.original), ..open.recipient }));
    }
}

/// Takes the codes from the diagnostic, which tells more than a Status field that was made up from its class only.
pub fn told(recipient: Recipient) -> Recipient {
    let codes = recipient.diagnostic.as_deref().map(codes::of).unwrap_or_default();
    let stated = recipient.status.as_deref().map_or(0, codes::weight);
    let is_better = codes
        .status
        .as_deref()
        .is_some_and(|status| recipient.status.is_none() || codes::weight(status) >= stated.max(1));
    let is_success = recipient.status.as_deref().is_some_and(|status| status.starts_with('2'));
    let status = if is_better && !is_success { codes.status } else { recipient.status };
    let success =
        || recipient.diagnostic.as_deref()?.get(..3)?.parse().ok().filter(|code| (200..300).contains(code));
    let reply_code = if is_success { success() } else { codes.reply_code.or(recipient.reply_code) };
    let diagnostic =
        recipient.diagnostic.map(|said| codes::without_repeats(&said, reply_code, status.as_deref()));
    Recipient { status, reply_code, diagnostic, ..recipient }
}

/// What was done with the message (RFC 3464 section 2.3.3), without the words some reporters put behind it.
fn action(value: &str) -> Option<Kind> {
    let word = value.split(|letter: char| !letter.is_ascii_alphabetic()).find(|word| !word.is_empty())?;
    match word.to_ascii_lowercase().as_str() {
        "failed" | "failure" | "fail" | "expired" | "error" => Some(Kind::Failed),
        "delayed" | "deferred" => Some(Kind::Delayed),
        "delivered" | "deliverable" | "relayed" | "expanded" => Some(Kind::Delivered),
        _ => None,
    }
}

/// What a disposition tells (RFC 8098 section 3.2.6), as `manual-action/MDN-sent-manually; displayed`. Only a message that was
/// shown or handed on has arrived; that it was deleted unread, or that nothing is told, is an answer and no more.
fn disposition(value: &str) -> Kind {
    let word = value.rsplit(';').next().unwrap_or_default().split(['/', ',']).next().unwrap_or_default();
    match word.trim().to_ascii_lowercase().as_str() {
        "displayed" | "dispatched" | "processed" => Kind::Delivered,
        _ => Kind::AutoReply,
    }
}

/// The value behind its type: `smtp; 550 …`, `rfc822;ann@example.com` (RFC 3464 section 2.1.2).
fn untyped(value: &str) -> &str {
    let value = value.trim();
    match value.split_once(';') {
        Some((kind, rest))
            if kind
                .trim()
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'/')) =>
        {
            rest.trim()
        }
        _ => value,
    }
}

fn address(value: &str) -> Option<String> {
    let value = untyped(value);
    let inside = value.strip_prefix('<').and_then(|rest| rest.split('>').next()).unwrap_or(value).trim();
    let address = scan::leading_address(inside).map_or(inside, |(address, _)| address);
    (!address.is_empty()).then(|| address.to_owned())
}

fn host(value: &str) -> Option<String> {
    let value = untyped(value);
    let name = scan::leading_host(value);
    let word = || {
        value
            .split(|letter: char| letter.is_whitespace() || matches!(letter, '(' | '[' | ']'))
            .find(|word| !word.is_empty())
    };
    name.or_else(|| word().map(str::to_owned))
}
