//! Transcripts of SMTP sessions in the text of a report, and the lines by which sendmail sums them up.

use super::Recipient;
use super::scan::{self, Line};
use super::{codes, dsn};
use crate::text::{Reading, Span};

/// What a line of a transcript is.
enum Step<'l> {
    /// `>>> RCPT To:<ann@example.com>`: what was sent.
    Command(&'l str),
    /// `<<< 550 5.1.1 User unknown`: what came back.
    Answer(&'l str),
    /// `... while talking to mx.example.com.:`
    Peer(String),
    /// `550 5.1.1 <ann@example.com>... User unknown`: the outcome.
    Outcome(&'l str),
}

/// Marks before what was sent and before what came back. sendmail and EZweb: `>>>`, `<<<`. InterScan: `Sent <<<`, `Received >>>`.
/// Postfix: `In:` and `Out:`, where the reporter is the one that answers.
const MARKS: [(&str, bool); 6] = [
    ("sent <<<", true),
    ("received >>>", false),
    (">>> ", true),
    ("<<< ", false),
    ("in: ", true),
    ("out: ", false),
];

fn step(line: &Line) -> Option<Step<'_>> {
    if let Some((mark, is_command)) = MARKS.iter().find(|(mark, _)| line.lower.starts_with(mark)) {
        let rest = line.text.get(mark.len()..)?.trim();
        return Some(if *is_command { Step::Command(rest) } else { Step::Answer(rest) });
    }
    if let Some(peer) = line.behind("while talking to ") {
        return scan::leading_host(peer).map(Step::Peer);
    }
    let is_code = line.text.get(..3).is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_digit()));
    let is_failure = is_code
        && line.text.starts_with(['4', '5'])
        && line.text.get(3..).is_some_and(|rest| rest.starts_with([' ', '-']));
    is_failure.then_some(Step::Outcome(&line.text))
}

/// The last answer of failure, and for whom it came.
#[derive(Default)]
struct Session {
    peer: Option<String>,
    addressee: Option<String>,
    answer: Option<(String, Span)>,
    told: Vec<Recipient>,
    /// Outcomes that name nobody.
    unnamed: Option<Recipient>,
}

/// What the transcripts among some lines tell about recipients. Where they name none, there is one without an address.
pub fn read(content: &Reading<'_>, lines: &[Line]) -> Vec<Recipient> {
    let mut session = Session::default();
    for line in lines {
        match step(line) {
            Some(Step::Peer(peer)) => {
                session.end_command();
                session.peer = Some(peer);
            }
            Some(Step::Command(command)) => session.command(command),
            Some(Step::Answer(answer)) => session.answer(answer, content.place(line.span)),
            Some(Step::Outcome(outcome)) => session.outcome(outcome, content.place(line.span)),
            None => {}
        }
    }
    session.end_command();
    if session.told.is_empty() { session.unnamed.into_iter().collect() } else { session.told }
}

/// The answer that an outcome quotes, as `554 <ann@example.com>... 550 Host unknown` does, or else all of it.
fn answer_in(outcome: &str) -> &str {
    let quoted = outcome.split_once("... ").map(|(_, quoted)| quoted.trim_start());
    quoted.filter(|quoted| codes::of(quoted).start == Some(0)).unwrap_or(outcome)
}

impl Session {
    fn command(&mut self, command: &str) {
        self.end_command();
        let lower = command.to_ascii_lowercase();
        if lower.starts_with("rcpt to") {
            self.addressee = scan::first_address(command).map(str::to_owned);
        }
    }

    /// Takes an answer of failure; the lines of one answer are put together.
    fn answer(&mut self, answer: &str, span: Span) {
        if !answer.starts_with(['4', '5']) {
            return;
        }
        match &mut self.answer {
            Some((text, place)) => {
                text.push(' ');
                text.push_str(answer);
                place.end = place.end.max(span.end);
            }
            None => self.answer = Some((answer.to_owned(), span)),
        }
    }

    /// Takes what sendmail makes of an answer. The answer itself tells more where it is one of failure.
    fn outcome(&mut self, outcome: &str, span: Span) {
        let words = outcome.get(4..).unwrap_or_default();
        let behind_status = codes::enhanced(words)
            .filter(|status| words.starts_with(status))
            .map_or(words, |status| words.get(status.len()..).unwrap_or_default());
        let named = scan::leading_address(behind_status.trim_start())
            .filter(|(_, rest)| rest.trim_start().starts_with(['.', ':', ',']) || rest.is_empty());
        if named.is_none() && self.answer.is_some() && self.addressee.is_none() {
            // `421 example.com (smtp)... Deferred`: whom it is about, the next line tells.
            return;
        }
        let answer = self.answer.take();
        let addressee = self.addressee.take();
        let address =
            named.map(|(address, _)| address.to_owned()).or(if answer.is_some() { addressee } else { None });
        let made = codes::of(outcome);
        let tells_more = answer.as_ref().is_some_and(|(text, _)| {
            made.status
                .as_deref()
                .is_none_or(|status| codes::weight(status) < 2 || codes::of(text).status.is_some())
        });
        let (text, span) =
            answer.filter(|_| tells_more).unwrap_or_else(|| (answer_in(outcome).to_owned(), span));
        self.tell(address, &text, span);
    }

    /// Ends a command whose answer no outcome summed up.
    fn end_command(&mut self) {
        if let Some((text, span)) = self.answer.take() {
            let addressee = self.addressee.take();
            self.tell(addressee, &text, span);
        }
    }

    fn tell(&mut self, address: Option<String>, text: &str, span: Span) {
        let is_known =
            address.is_some() && self.told.iter().rev().take(50).any(|told| told.address == address);
        if is_known {
            return;
        }
        let diagnostic = Some(scan::joined(std::iter::once(text)));
        let told = dsn::told(Recipient {
            address,
            diagnostic,
            remote: self.peer.clone(),
            span,
            ..Recipient::default()
        });
        if told.address.is_some() {
            self.told.push(told);
        } else {
            self.unnamed.get_or_insert(told);
        }
    }
}
