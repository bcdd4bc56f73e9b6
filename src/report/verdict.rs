//! The one sentence on top of a report.

use std::collections::HashSet;

use super::bounces;
use super::causes;
use super::copies::is_real;
use super::duration::spoken;
use super::model::{Confidence, Copies, CopySet, Finding, Hop, Input, Message, Severity, Verdict};
use super::routes;

/// What happened: the cause of the worst finding that somebody has to act on, or else the course of the route.
pub fn of(inputs: &[Input], messages: &[Message], copies: Option<&Copies>, findings: &[Finding]) -> Verdict {
    if let Some(verdict) = copies.and_then(|copies| of_copies(messages, copies, findings)) {
        return verdict;
    }
    let Some(worst) = findings.first().filter(|finding| finding.severity > Severity::Info) else {
        // Nobody has to act, but of a bounce it is known who could.
        let bounce = bounce(messages, findings);
        return Verdict {
            headline: course(inputs, messages, findings),
            severity: if is_well(messages, findings) { Severity::Ok } else { Severity::Info },
            who_acts: bounce.and_then(|(_, finding)| Some(finding.remedies.first()?.who.clone())),
            finding: bounce.map(|(place, _)| place),
            message: bounce.map(|_| 0),
        };
    };
    let (place, cause) = cause(findings, worst);
    let roots = causes::roots(cause, messages);
    let is_about_one = roots.len() == 1;
    let message = cause.evidence.first().filter(|_| is_about_one).map(|evidence| evidence.message);
    let which = message.map_or_else(String::new, |message| which(messages, findings, cause, message));
    Verdict {
        headline: format!("{which}{}", cause.what),
        severity: worst.severity,
        who_acts: cause.remedies.first().map(|remedy| remedy.who.clone()),
        finding: Some(place),
        message,
    }
}

/// Whether all is well: every hop could be read, and nothing was found but what is good news or true of much of the world's mail.
fn is_well(messages: &[Message], findings: &[Finding]) -> bool {
    let is_read = |hop: &Hop| hop.epoch.is_some() && hop.notes.is_empty();
    let is_quiet = |finding: &Finding| finding.severity == Severity::Ok || finding.id == "unencrypted-hop";
    !messages.is_empty()
        && messages.iter().all(|message| !message.hops.is_empty() && message.hops.iter().all(is_read))
        && findings.iter().all(is_quiet)
}

/// What happened to several copies of one message: the sentence on the gravest set, where nothing graver is found that it does not explain,
/// and where most of what was handed in are copies.
fn of_copies(messages: &[Message], copies: &Copies, findings: &[Finding]) -> Option<Verdict> {
    let severity = |set: &CopySet| finding_of(set, findings).map(|(_, finding)| finding.severity);
    let real = || copies.sets.iter().filter(|set| is_real(set));
    // Of equals the first is told.
    let set = real().rev().max_by_key(|set| (severity(set), set.messages.len()))?;
    let (place, finding) = finding_of(set, findings)?;
    let worst = findings.first()?;
    let is_cause = cause(findings, worst).0 == place || explains(set, finding, worst);
    let copied: usize = real().map(|set| set.messages.len()).sum();
    let handed_in = messages.iter().filter(|message| message.origin.parent.is_none()).count();
    let is_question = 2 * copied > handed_in && worst.severity < Severity::High;
    if !is_cause && !is_question && worst.severity > Severity::Info {
        return None;
    }
    let further = copied - set.messages.len();
    let further = match further {
        0 => String::new(),
        _ => format!(" {further} more messages have copies."),
    };
    let whole = if handed_in > copied {
        format!("Of {handed_in} messages, {copied} have copies. ")
    } else {
        String::new()
    };
    let acts = finding.remedies.first().filter(|_| finding.severity > Severity::Info);
    Some(Verdict {
        headline: format!("{whole}{}{further}", set.sentence),
        severity: finding.severity,
        who_acts: acts.map(|remedy| remedy.who.clone()),
        finding: Some(place),
        message: None,
    })
}

/// Whether the finding on a set explains one on a message of the set.
fn explains(set: &CopySet, finding: &Finding, other: &Finding) -> bool {
    let is_of_set =
        other.evidence.first().is_some_and(|evidence| set.messages.binary_search(&evidence.message).is_ok());
    is_of_set && crate::rules::causes::of(&other.id).any(|id| id == finding.id)
}

fn finding_of<'f>(set: &CopySet, findings: &'f [Finding]) -> Option<(usize, &'f Finding)> {
    let place = set.finding?;
    Some((place, findings.get(place)?))
}

/// The finding at the root of the worst one, with its place: what explains it, and what explains that.
fn cause<'f>(findings: &'f [Finding], worst: &'f Finding) -> (usize, &'f Finding) {
    let mut cause = (0, worst);
    // No id explains itself by way of others, so a chain is no longer than there are causes.
    for _ in 0..LONGEST_CHAIN {
        let Some(next) = cause.1.explained_by.and_then(|place| Some((place, findings.get(place)?))) else {
            break;
        };
        cause = next;
    }
    cause
}

const LONGEST_CHAIN: usize = 8;

/// Which message it is, where several were handed in: `Message 3 of 7: `, `Message 3 of 7, and 2 more: `. Empty where there is only one
/// besides those that came in it.
fn which(messages: &[Message], findings: &[Finding], cause: &Finding, message: usize) -> String {
    let all = messages.iter().filter(|message| message.origin.parent.is_none()).count();
    if all < 2 {
        return String::new();
    }
    let alike = findings.iter().filter(|finding| finding.id == cause.id);
    let concerned: HashSet<usize> = alike.flat_map(|finding| causes::roots(finding, messages)).collect();
    let more = match concerned.len() {
        0 | 1 => String::new(),
        concerned => format!(", and {} more", concerned - 1),
    };
    format!("Message {} of {}{more}: ", message + 1, messages.len())
}

fn course(inputs: &[Input], messages: &[Message], findings: &[Finding]) -> String {
    let empty = inputs.iter().filter(|input| input.messages == 0).count();
    let found = match messages {
        [] if inputs.len() > 1 => return "None of these texts holds a mail header.".to_owned(),
        [] => return nothing_found(inputs),
        _ => bounces::headline(messages)
            .map(|told| explained(messages, findings).unwrap_or(told))
            .unwrap_or_else(|| routes(messages, findings)),
    };
    match empty {
        0 => found,
        1 => format!("{found} One of the texts holds no mail header."),
        _ => format!("{found} {empty} of the texts hold no mail header."),
    }
}

/// The sentence on a bounce with its code explained; absent where no finding does so.
fn explained(messages: &[Message], findings: &[Finding]) -> Option<String> {
    let (_, finding) = bounce(messages, findings)?;
    Some(format!("{} {}", finding.what, bounces::route(messages.first()?.bounce.as_ref()?)))
}

/// The finding that explains the bounce, with its place, where one was handed in.
fn bounce<'f>(messages: &[Message], findings: &'f [Finding]) -> Option<(usize, &'f Finding)> {
    bounces::headline(messages)?;
    let is_its = |(_, finding): &(usize, &Finding)| {
        finding.id == "bounce" && finding.evidence.first().is_some_and(|evidence| evidence.message == 0)
    };
    findings.iter().enumerate().find(is_its)
}

fn routes(messages: &[Message], findings: &[Finding]) -> String {
    match messages {
        [message] => route(message, findings),
        _ => format!("{} messages were read. Their routes are below, one at a time.", messages.len()),
    }
}

/// Why the only input gave no message. A file that is no text has no lines, and its note says what it is.
fn nothing_found(inputs: &[Input]) -> String {
    let foreign = inputs.first().filter(|input| input.lines == 0).and_then(|input| input.note.clone());
    foreign.unwrap_or_else(|| "This text holds no mail header.".to_owned())
}

fn route(message: &Message, findings: &[Finding]) -> String {
    let hops = message.hops.as_slice();
    if hops.is_empty() {
        return "This header has no Received line, so there is no route to show.".to_owned();
    }
    let count = if hops.len() == 1 { "one hop".to_owned() } else { format!("{} hops", hops.len()) };
    // Where two clocks contradict each other, and nothing tells which is right or the delays are not put right, the time on the way
    // cannot be told.
    let is_put_right = hops.iter().any(|hop| hop.skew_seconds.is_some_and(|skew| skew != 0));
    let doubt = findings.iter().find(|finding| {
        finding.id == "clock-skew" && (finding.confidence == Confidence::Possible || !is_put_right)
    });
    let slow = findings.iter().find(|finding| finding.id == "slow-hop");
    let course = match routes::total_seconds(hops).filter(|_| doubt.is_none()) {
        Some(seconds) if seconds >= 0 && hops.len() > 1 => {
            format!("The message took {count} in {}.", spoken(seconds))
        }
        _ => format!("The message took {count}."),
    };
    let told = told(message, findings).map_or_else(String::new, |told| format!(" {told}"));
    if let Some(finding) = slow.or(doubt) {
        return format!("{course} {}{told}", finding.what);
    }
    let longest = hops.iter().filter_map(|hop| Some((wait(hop)?, hop))).max_by_key(|(seconds, _)| *seconds);
    match longest {
        Some((seconds, hop)) if seconds >= LONG_WAIT => {
            let server = hop.by.as_deref().unwrap_or("a server that does not name itself");
            format!("{course} The longest wait, {}, was before {server} took it.{told}", spoken(seconds))
        }
        _ if hops.len() > 1 && hops.iter().skip(1).all(was_swift) => {
            format!("{course} No server kept it waiting.{told}")
        }
        _ => format!("{course}{told}"),
    }
}

/// What else is worth a sentence of a note: that nothing proves the sender, or that a filter took the message for something bad.
fn told<'f>(message: &Message, findings: &'f [Finding]) -> Option<&'f str> {
    let is_bad = |verdict: &str| !["not spam", "not to be checked"].contains(&verdict);
    let bad = message.filters.iter().filter(|filter| filter.verdict.as_deref().is_some_and(is_bad));
    let places: Vec<_> = bad.map(|filter| filter.span).take(MOST_FILTERS).collect();
    let is_of_bad = |finding: &&Finding| {
        finding.id == "filter-verdict"
            && finding.evidence.first().is_some_and(|evidence| places.contains(&evidence.span))
    };
    let filter = findings.iter().find(is_of_bad);
    let told = filter.or_else(|| findings.iter().find(|finding| finding.id == "dmarc-fail"));
    told.map(|finding| finding.what.as_str())
}

/// Fields of filters beyond these are not looked at.
const MOST_FILTERS: usize = 50;

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
