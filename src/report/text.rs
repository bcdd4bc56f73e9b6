//! The report as plain text, for a terminal or a ticket.

use std::fmt::{self, Write};

use super::duration::{short, utc};
use super::{Finding, Hop, Message, Report};

/// The report as text of at most about 100 columns.
#[must_use]
pub fn write(report: &Report) -> String {
    let mut out = String::new();
    // Writing to a String does not fail.
    let _ = write_report(&mut out, report);
    out
}

fn write_report(out: &mut String, report: &Report) -> fmt::Result {
    writeln!(out, "{}", report.verdict.headline)?;
    if let Some(who) = &report.verdict.who_acts {
        writeln!(out, "Who acts: {who}")?;
    }
    for finding in &report.findings {
        write_finding(out, finding)?;
    }
    for (place, message) in report.messages.iter().enumerate() {
        write_message(out, place, message)?;
    }
    for set in report.copies.iter().flat_map(|copies| &copies.sets) {
        let numbers: Vec<String> = set.messages.iter().map(|place| (place + 1).to_string()).collect();
        writeln!(out, "\nMessages {} are copies of one message: {}", numbers.join(", "), set.message_id)?;
    }
    Ok(())
}

fn write_finding(out: &mut String, finding: &Finding) -> fmt::Result {
    writeln!(out, "\n[{}, {}] {}", finding.severity.label(), finding.confidence.label(), finding.title)?;
    writeln!(out, "  {}\n  {}", finding.what, finding.why)?;
    for evidence in &finding.evidence {
        writeln!(out, "  Line {}: {}", evidence.lines[0], evidence.label)?;
    }
    for remedy in &finding.remedies {
        writeln!(out, "  {}:", remedy.who)?;
        for (nth, step) in (1..).zip(&remedy.steps) {
            writeln!(out, "    {nth}. {step}")?;
        }
    }
    Ok(())
}

fn write_message(out: &mut String, place: usize, message: &Message) -> fmt::Result {
    let name = message.origin.file.as_deref().map_or_else(String::new, |file| format!(" ({file})"));
    writeln!(out, "\nMessage {}{name}", place + 1)?;
    let head = [
        ("Subject", &message.subject),
        ("From", &message.from),
        ("Date", &message.date),
        ("Message-ID", &message.message_id),
    ];
    for (label, value) in head {
        if let Some(value) = value {
            writeln!(out, "  {label}: {value}")?;
        }
    }
    for note in &message.notes {
        writeln!(out, "  Note: {note}")?;
    }
    for repair in &message.repairs {
        writeln!(out, "  Line {}: {}", repair.line, repair.text)?;
    }
    for hop in &message.hops {
        write_hop(out, hop)?;
    }
    Ok(())
}

fn write_hop(out: &mut String, hop: &Hop) -> fmt::Result {
    let time = hop.epoch.map_or_else(|| "no readable date".to_owned(), |epoch| format!("{} UTC", utc(epoch)));
    let delay = hop.delay_seconds.map_or_else(String::new, |seconds| format!("  +{}", short(seconds)));
    let from = hop.from_token.as_deref().unwrap_or("(not named)");
    let by = hop.by.as_deref().unwrap_or("(not named)");
    let with = hop.with.as_deref().unwrap_or("protocol not named");
    writeln!(out, "  {:>3}  {time}{delay}", hop.index + 1)?;
    writeln!(out, "       {from} → {by}  ({with}{})", encrypted(hop))?;
    for note in &hop.notes {
        writeln!(out, "       {note}")?;
    }
    Ok(())
}

fn encrypted(hop: &Hop) -> String {
    let version = hop.tls.as_ref().and_then(|tls| tls.version.as_deref());
    match (version, hop.encrypted.as_str()) {
        (Some(version), _) => format!(", {version}"),
        (None, "yes") => ", encrypted".to_owned(),
        (None, "no") => ", not encrypted".to_owned(),
        (None, _) => String::new(),
    }
}
