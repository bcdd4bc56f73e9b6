//! The report in under fifteen lines, for a ticket: what happened, who acts, which message, the findings and the first steps.

use std::fmt::{self, Write};

use super::duration::short;
use super::steps::plain;
use super::{Finding, Message, Report, Severity};

/// The summary.
#[must_use]
pub fn write(report: &Report) -> String {
    let mut out = String::new();
    // Writing to a String does not fail.
    let _ = write_ticket(&mut out, report);
    out
}

/// So many findings are listed.
const FINDINGS: usize = 4;

/// So many steps are listed.
const STEPS: usize = 3;

fn write_ticket(out: &mut String, report: &Report) -> fmt::Result {
    for line in wrapped(&report.verdict.headline) {
        writeln!(out, "{line}")?;
    }
    if let Some(who) = &report.verdict.who_acts {
        writeln!(out, "Who acts: {}", line(who))?;
    }
    let place = report.verdict.message.unwrap_or(0);
    if let Some(message) = report.messages.get(place) {
        write_message(out, message)?;
    }
    let telling = || report.findings.iter().filter(|finding| finding.severity != Severity::Ok);
    for finding in telling().take(FINDINGS) {
        writeln!(out, "- {}", line(&summary(finding, report.messages.len())))?;
    }
    let further = telling().count().saturating_sub(FINDINGS);
    if further > 0 {
        writeln!(out, "- and {further} more.")?;
    }
    let finding = report.verdict.finding.and_then(|place| report.findings.get(place));
    let steps = finding.and_then(|finding| finding.remedies.first()).map(|remedy| remedy.steps.as_slice());
    for (nth, step) in (1..).zip(steps.unwrap_or_default()).take(STEPS) {
        writeln!(out, "{nth}. {}", line(&plain(step)))?;
    }
    Ok(())
}

fn write_message(out: &mut String, message: &Message) -> fmt::Result {
    let named = |name: &str, value: &Option<String>| value.as_ref().map(|value| format!("{name} {value}"));
    let parts = [named("Subject:", &message.subject), named("From:", &message.from)];
    let marks = [named("Date:", &message.date), named("Message-ID:", &message.message_id)];
    for parts in [parts, marks] {
        let parts: Vec<String> = parts.into_iter().flatten().map(|part| shortened(&part, HALF)).collect();
        if !parts.is_empty() {
            writeln!(out, "{}", line(&parts.join("; ")))?;
        }
    }
    let (Some(first), Some(last)) = (message.hops.first(), message.hops.last()) else {
        return Ok(());
    };
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "(not named)".to_owned());
    let time = last.epoch.zip(first.epoch).map_or_else(String::new, |(last, first)| {
        if last >= first { format!(", {} by their dates", short(last - first)) } else { String::new() }
    });
    let hops =
        if message.hops.len() == 1 { "1 hop".to_owned() } else { format!("{} hops", message.hops.len()) };
    let route = format!(
        "Route: {hops}, from {} to {}{time}",
        name(&first.from_token.clone().or_else(|| first.by.clone())),
        name(&last.by)
    );
    writeln!(out, "{}", line(&route))
}

/// `Medium, likely: Lines that cannot be true (forged-trace), line 12`
fn summary(finding: &Finding, messages: usize) -> String {
    let place = finding.evidence.first().map_or_else(String::new, |evidence| {
        let of = if messages > 1 { format!(" of message {}", evidence.message + 1) } else { String::new() };
        format!(", line {}{of}", evidence.lines[0])
    });
    let confidence = finding.confidence.label().to_lowercase();
    format!("{}, {confidence}: {} ({}){place}", finding.severity.label(), finding.title, finding.id)
}

/// No line of a ticket is longer, in letters.
const LONGEST: usize = 190;

/// Two values share a line.
const HALF: usize = 90;

/// The sentence on top, on one line or on two.
fn wrapped(text: &str) -> Vec<String> {
    let text = clean(text);
    let Some((end, _)) = text.char_indices().nth(LONGEST) else {
        return vec![text];
    };
    let start = text.get(..end).unwrap_or_default();
    let first = start.rsplit_once(' ').map_or(start, |(whole, _)| whole);
    let rest = text.get(first.len()..).unwrap_or_default();
    vec![first.to_owned(), line(rest.trim_start())]
}

/// One line of it.
fn line(text: &str) -> String {
    shortened(&clean(text), LONGEST)
}

/// A text without control characters.
fn clean(text: &str) -> String {
    text.replace(|letter: char| letter.is_control(), " ")
}

/// A text cut between two words where it is longer.
fn shortened(text: &str, longest: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(longest) else {
        return text.to_owned();
    };
    let start = text.get(..end).unwrap_or_default();
    let whole = start.rsplit_once(' ').map_or(start, |(whole, _)| whole);
    format!("{}…", whole.trim_end_matches([' ', ',', ';', ':', '.']))
}
