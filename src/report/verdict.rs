//! The one sentence on top of a report.

use super::bounces;
use super::duration::spoken;
use super::model::{Finding, Hop, Input, Message, Severity, Verdict};
use super::routes;

/// What happened: the worst finding that somebody has to act on, or else the course of the route.
pub fn of(inputs: &[Input], messages: &[Message], findings: &[Finding]) -> Verdict {
    let worst = findings.iter().find(|finding| finding.severity > Severity::Info);
    if let Some(finding) = worst {
        return Verdict {
            headline: finding.what.clone(),
            severity: finding.severity,
            who_acts: finding.remedies.first().map(|remedy| remedy.who.clone()),
        };
    }
    Verdict { headline: course(inputs, messages), severity: Severity::Info, who_acts: None }
}

fn course(inputs: &[Input], messages: &[Message]) -> String {
    let empty = inputs.iter().filter(|input| input.messages == 0).count();
    let found = match messages {
        [] if inputs.len() > 1 => return "None of these texts holds a mail header.".to_owned(),
        [] => return nothing_found(inputs),
        _ => bounces::headline(messages).unwrap_or_else(|| routes(messages)),
    };
    match empty {
        0 => found,
        1 => format!("{found} One of the texts holds no mail header."),
        _ => format!("{found} {empty} of the texts hold no mail header."),
    }
}

fn routes(messages: &[Message]) -> String {
    match messages {
        [message] => route(&message.hops),
        _ => format!("{} messages were read. Their routes are below, one at a time.", messages.len()),
    }
}

/// Why the only input gave no message. A file that is no text has no lines, and its note says what it is.
fn nothing_found(inputs: &[Input]) -> String {
    let foreign = inputs.first().filter(|input| input.lines == 0).and_then(|input| input.note.clone());
    foreign.unwrap_or_else(|| "This text holds no mail header.".to_owned())
}

fn route(hops: &[Hop]) -> String {
    if hops.is_empty() {
        return "This header has no Received line, so there is no route to show.".to_owned();
    }
    let count = if hops.len() == 1 { "one hop".to_owned() } else { format!("{} hops", hops.len()) };
    let course = match routes::total_seconds(hops) {
        Some(seconds) if seconds >= 0 && hops.len() > 1 => {
            format!("The message took {count} in {}.", spoken(seconds))
        }
        _ => format!("The message took {count}."),
    };
    let longest = hops.iter().filter_map(|hop| Some((wait(hop)?, hop))).max_by_key(|(seconds, _)| *seconds);
    match longest {
        Some((seconds, hop)) if seconds >= LONG_WAIT => {
            let server = hop.by.as_deref().unwrap_or("a server that does not name itself");
            format!("{course} The longest wait, {}, was before {server} took it.", spoken(seconds))
        }
        _ if hops.len() > 1 && hops.iter().skip(1).all(was_swift) => {
            format!("{course} No server kept it waiting.")
        }
        _ => course,
    }
}

/// Whether both clocks agree that the hop took no long wait. A negative delay may hide one behind a wrong clock.
fn was_swift(hop: &Hop) -> bool {
    wait(hop).is_some_and(|seconds| (0..LONG_WAIT).contains(&seconds))
}

/// How long the hop took, with clocks that are off put right.
fn wait(hop: &Hop) -> Option<i64> {
    hop.corrected_delay_seconds.or(hop.delay_seconds)
}

/// Shorter waits, in seconds, are nothing to speak of.
const LONG_WAIT: i64 = 60;
