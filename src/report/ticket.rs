//! The report in under fifteen lines, for a ticket: what happened, who acts, which message, the findings and the first steps.

use std::fmt::{self, Write};

use super::duration::{short, utc};
use super::escape::{markdown as escaped, markdown_step};
use super::steps::plain;
use super::{Finding, Hop, Message, Report, Severity};

/// The summary.
#[must_use]
pub fn write(report: &Report) -> String {
    let mut out = String::new();
    // Writing to a String does not fail.
    let _ = write_ticket(&mut out, report);
    out
}

/// The summary as Markdown, with the route as a list.
#[must_use]
pub fn markdown(report: &Report) -> String {
    let mut out = String::new();
    // Writing to a String does not fail.
    let _ = write_markdown(&mut out, report);
    out
}

/// So many hops are listed; of a longer route, the first and the last.
const HOPS: usize = 12;

fn write_markdown(out: &mut String, report: &Report) -> fmt::Result {
    writeln!(out, "**{}**\n", escaped(&shortened(&report.verdict.headline, 2 * LONGEST)))?;
    if let Some(who) = &report.verdict.who_acts {
        writeln!(out, "Who acts: {}\n", escaped(&line(who)))?;
    }
    if let Some(message) = report.messages.get(report.verdict.message.unwrap_or(0)) {
        for part in facts(message) {
            writeln!(out, "- {}", escaped(&line(&part)))?;
        }
        if let Some(route) = route(message) {
            writeln!(out, "- {}", escaped(&line(&route)))?;
        }
        write_hops(out, message)?;
    }
    let Found { shown, further } = found(report);
    for (nth, finding) in shown.iter().enumerate() {
        let start = if nth == 0 { "\nFindings:\n\n" } else { "" };
        let weight = format!("{}, {}", finding.severity.label(), finding.confidence.label().to_lowercase());
        let place = place(finding, report.messages.len());
        writeln!(out, "{start}- {weight}: {} (`{}`){place}", escaped(&finding.title), finding.id)?;
    }
    if further > 0 {
        writeln!(out, "- and {further} more.")?;
    }
    for (nth, step) in (1..).zip(steps(report)).take(STEPS) {
        let start = if nth == 1 { "\nWhat to do:\n\n" } else { "" };
        writeln!(out, "{start}{nth}. {}", markdown_step(step))?;
    }
    Ok(())
}

fn write_hops(out: &mut String, message: &Message) -> fmt::Result {
    let total = message.hops.len();
    let is_shown = |place: usize| total <= HOPS || place < HOPS / 2 || place >= total - HOPS / 2;
    for (place, hop) in message.hops.iter().enumerate() {
        if is_shown(place) {
            let start = if place == 0 { "\n" } else { "" };
            writeln!(out, "{start}{}. {}", place + 1, escaped(&line(&hop_line(hop))))?;
        } else if place == HOPS / 2 {
            // Numbers of a list go on by themselves; a line between makes the rest another list.
            writeln!(out, "\n{} more hops\n", total - HOPS)?;
        }
    }
    Ok(())
}

/// `mail.example.org → mx.example.com, ESMTPS, 2026-11-02 08:00:00 UTC, after 4 s`
fn hop_line(hop: &Hop) -> String {
    let name = |name: &Option<String>| {
        name.as_deref().map_or_else(|| "(not named)".to_owned(), |name| shortened(name, HALF))
    };
    let mut parts = vec![format!("{} → {}", name(&hop.from_token), name(&hop.by))];
    parts.extend(hop.with.clone());
    parts.extend(hop.epoch.map(|epoch| format!("{} UTC", utc(epoch))));
    parts.extend(hop.delay_seconds.map(|delay| format!("after {}", short(delay))));
    parts.join(", ")
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
    let Found { shown, further } = found(report);
    for finding in shown {
        writeln!(out, "- {}", line(&summary(finding, report.messages.len())))?;
    }
    if further > 0 {
        writeln!(out, "- and {further} more.")?;
    }
    for (nth, step) in (1..).zip(steps(report)).take(STEPS) {
        writeln!(out, "{nth}. {}", line(&plain(step)))?;
    }
    Ok(())
}

/// The findings that are listed, and how many more there are.
struct Found<'r> {
    shown: Vec<&'r Finding>,
    further: usize,
}

fn found(report: &Report) -> Found<'_> {
    let telling = || report.findings.iter().filter(|finding| finding.severity != Severity::Ok);
    Found { shown: telling().take(FINDINGS).collect(), further: telling().count().saturating_sub(FINDINGS) }
}

/// The steps of the one who acts first.
fn steps(report: &Report) -> &[String] {
    let finding = report.verdict.finding.and_then(|place| report.findings.get(place));
    finding
        .and_then(|finding| finding.remedies.first())
        .map(|remedy| remedy.steps.as_slice())
        .unwrap_or_default()
}

fn write_message(out: &mut String, message: &Message) -> fmt::Result {
    let facts: Vec<String> = facts(message).iter().map(|part| shortened(part, HALF)).collect();
    for parts in facts.chunks(2) {
        writeln!(out, "{}", line(&parts.join("; ")))?;
    }
    route(message).map_or(Ok(()), |route| writeln!(out, "{}", line(&route)))
}

/// `Subject: Hello`, `From: ann@example.com`, and so on, as far as the message has them.
fn facts(message: &Message) -> Vec<String> {
    let facts = [
        ("Subject", &message.subject),
        ("From", &message.from),
        ("Date", &message.date),
        ("Message-ID", &message.message_id),
    ];
    let told = facts.into_iter().filter_map(|(name, value)| Some(format!("{name}: {}", value.as_ref()?)));
    told.collect()
}

/// `Route: 5 hops, from a to b, 6 s by their dates`
fn route(message: &Message) -> Option<String> {
    let (first, last) = message.hops.first().zip(message.hops.last())?;
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "(not named)".to_owned());
    let time = last.epoch.zip(first.epoch).map_or_else(String::new, |(last, first)| {
        if last >= first { format!(", {} by their dates", short(last - first)) } else { String::new() }
    });
    let hops =
        if message.hops.len() == 1 { "1 hop".to_owned() } else { format!("{} hops", message.hops.len()) };
    Some(format!(
        "Route: {hops}, from {} to {}{time}",
        name(&first.from_token.clone().or_else(|| first.by.clone())),
        name(&last.by)
    ))
}

/// `Medium, likely: Lines that cannot be true (forged-trace), line 12`
fn summary(finding: &Finding, messages: usize) -> String {
    let confidence = finding.confidence.label().to_lowercase();
    let place = place(finding, messages);
    format!("{}, {confidence}: {} ({}){place}", finding.severity.label(), finding.title, finding.id)
}

/// `, line 12 of message 2`
fn place(finding: &Finding, messages: usize) -> String {
    finding.evidence.first().map_or_else(String::new, |evidence| {
        let of = if messages > 1 { format!(" of message {}", evidence.message + 1) } else { String::new() };
        format!(", line {}{of}", evidence.lines[0])
    })
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
