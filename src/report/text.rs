//! The report as plain text, for a terminal or a ticket.

use std::fmt::{self, Write};

use super::duration::{short, utc};
use super::steps::plain;
use super::{Bounce, Finding, Hop, Input, Letter, Message, Repair, Report, bounces, copies, repairs, routes};

/// The report as text of at most about 100 columns.
#[must_use]
pub fn write(report: &Report) -> String {
    let mut out = String::new();
    // Writing to a String does not fail.
    let _ = write_report(&mut out, report);
    out
}

fn write_report(out: &mut String, report: &Report) -> fmt::Result {
    writeln!(out, "{}", one_line(&report.verdict.headline))?;
    if let Some(who) = &report.verdict.who_acts {
        writeln!(out, "Who acts: {}", one_line(who))?;
    }
    for input in &report.inputs {
        write_note(out, input)?;
    }
    for finding in &report.findings {
        write_finding(out, finding, report.messages.len())?;
    }
    write_near_misses(out, report)?;
    for letter in report.findings.iter().filter_map(|finding| finding.letter.as_ref()) {
        write_letter(out, letter)?;
    }
    for (place, message) in report.messages.iter().enumerate() {
        write_message(out, place, message)?;
    }
    write_copies(out, report)
}

fn write_copies(out: &mut String, report: &Report) -> fmt::Result {
    let (sets, further) = copies::shown(report);
    for set in sets {
        let numbers: Vec<String> =
            set.messages.iter().take(NUMBERS).map(|place| (place + 1).to_string()).collect();
        let more = set.messages.len().saturating_sub(NUMBERS);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let are = if copies::is_real(set) { "are copies of one message" } else { "look alike" };
        writeln!(out, "\nMessages {}{more} {are}: {}", numbers.join(", "), one_line(&set.message_id))?;
        writeln!(out, "  {}", one_line(&set.sentence))?;
        for line in copies::reasons(set).into_iter().chain(copies::spread(set)) {
            writeln!(out, "  {}", one_line(&line))?;
        }
        for maker in set.makers.iter().take(copies::LISTED) {
            writeln!(out, "  - {}", one_line(&copies::maker(maker)))?;
        }
        for member in set.members.iter().take(copies::LISTED) {
            writeln!(out, "    {}", one_line(&copies::member(set, member)))?;
        }
        let hidden = set.members.len().saturating_sub(copies::LISTED);
        if hidden > 0 {
            writeln!(out, "    And {hidden} more copies.")?;
        }
    }
    if further > 0 {
        writeln!(out, "\nAnd {further} more sets of copies.")?;
    }
    Ok(())
}

/// So many messages of a set are named in its head.
const NUMBERS: usize = 20;

/// What there is to say of an input.
fn write_note(out: &mut String, input: &Input) -> fmt::Result {
    let Some(note) = &input.note else {
        return Ok(());
    };
    match &input.name {
        Some(name) => writeln!(out, "{}: {note}", one_line(name)),
        None => writeln!(out, "{note}"),
    }
}

fn write_finding(out: &mut String, finding: &Finding, messages: usize) -> fmt::Result {
    writeln!(out, "\n[{}, {}] {}", finding.severity.label(), finding.confidence.label(), finding.title)?;
    writeln!(out, "  {}\n  {}", one_line(&finding.what), finding.why)?;
    for evidence in &finding.evidence {
        let of = if messages > 1 { format!(" of message {}", evidence.message + 1) } else { String::new() };
        writeln!(out, "  Line {}{of}: {}", evidence.lines[0], evidence.label)?;
    }
    for remedy in &finding.remedies {
        writeln!(out, "  {}:", one_line(&remedy.who))?;
        for (nth, step) in (1..).zip(&remedy.steps) {
            writeln!(out, "    {nth}. {}", one_line(&plain(step)))?;
        }
    }
    Ok(())
}

/// More near misses than this are counted only.
const NEAR: usize = 12;

fn write_near_misses(out: &mut String, report: &Report) -> fmt::Result {
    if report.near_misses.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nWhy not something else")?;
    for miss in report.near_misses.iter().take(NEAR) {
        let line = miss.evidence.first().map_or(0, |evidence| evidence.lines[0]);
        let (looks_like, because) = (one_line(&miss.looks_like), one_line(&miss.because));
        writeln!(out, "  - Not “{}”: {looks_like} {because} (line {line})", miss.title)?;
    }
    let further = report.near_misses.len().saturating_sub(NEAR);
    if further > 0 { writeln!(out, "  And {further} more.") } else { Ok(()) }
}

fn write_letter(out: &mut String, letter: &Letter) -> fmt::Result {
    writeln!(out, "\nText for {}", one_line(&letter.to))?;
    writeln!(out, "  Subject: {}\n", one_line(&letter.subject))?;
    for line in letter.text.lines() {
        writeln!(out, "{}", format!("  {}", one_line(line)).trim_end())?;
    }
    Ok(())
}

fn write_message(out: &mut String, place: usize, message: &Message) -> fmt::Result {
    let name =
        message.origin.file.as_deref().map_or_else(String::new, |file| format!(" ({})", one_line(file)));
    writeln!(out, "\nMessage {}{}{name}", place + 1, relation(message))?;
    let head = [
        ("Subject", &message.subject),
        ("From", &message.from),
        ("Date", &message.date),
        ("Message-ID", &message.message_id),
    ];
    for (label, value) in head {
        if let Some(value) = value {
            writeln!(out, "  {label}: {}", one_line(value))?;
        }
    }
    if let Some(bounce) = &message.bounce {
        write_bounce(out, bounce)?;
    }
    for note in &message.notes {
        writeln!(out, "  Note: {note}")?;
    }
    write_repairs(out, &message.repairs)?;
    for hop in &message.hops {
        write_hop(out, message, hop)?;
    }
    Ok(())
}

/// What the message is, and how it came with another: `, attached to message 1`, `, bounce, forwarded in message 1`.
fn relation(message: &Message) -> String {
    let role = bounces::role(message).map_or_else(String::new, |role| format!(", {role}"));
    let Some(parent) = message.origin.parent else {
        return role;
    };
    // What a report is, its form does not tell; of other messages it tells all.
    let role = if message.bounce.is_some() { role } else { String::new() };
    let way = match message.origin.form.as_str() {
        "bounce-original" => "returned by",
        "attached" => "attached to",
        "forwarded" => "forwarded in",
        _ => "in",
    };
    format!("{role}, {way} message {}", parent + 1)
}

fn write_bounce(out: &mut String, bounce: &Bounce) -> fmt::Result {
    let reporter =
        bounce.reporter.as_deref().map_or_else(String::new, |reporter| format!(", says {reporter}"));
    writeln!(out, "  {}{}", bounces::outcome(bounce), one_line(&reporter))?;
    for recipient in &bounce.recipients {
        writeln!(out, "    {}", one_line(&bounces::line(recipient)))?;
    }
    Ok(())
}

fn write_repairs(out: &mut String, repairs: &[Repair]) -> fmt::Result {
    let Some(summary) = repairs::summary(repairs) else {
        return Ok(());
    };
    writeln!(out, "  Text: {summary}")?;
    if !repairs::are_worth_a_list(repairs) {
        return Ok(());
    }
    for group in repairs::groups(repairs) {
        for (_, repair) in &group.listed {
            writeln!(out, "    {}: {}", repairs::lines(repair), one_line(&repair.text))?;
        }
        if group.further > 0 {
            writeln!(out, "    And {} more like these.", group.further)?;
        }
    }
    Ok(())
}

fn write_hop(out: &mut String, message: &Message, hop: &Hop) -> fmt::Result {
    let time = hop.epoch.map_or_else(|| "no readable date".to_owned(), |epoch| format!("{} UTC", utc(epoch)));
    let sign = if hop.delay_seconds < Some(0) { "" } else { "+" };
    let delay = hop.delay_seconds.map_or_else(String::new, |seconds| format!("  {sign}{}", short(seconds)));
    let from = one_line(hop.from_token.as_deref().unwrap_or("(not named)"));
    let by = one_line(hop.by.as_deref().unwrap_or("(not named)"));
    let with = one_line(hop.with.as_deref().unwrap_or("protocol not named"));
    writeln!(out, "  {:>3}  {time}{delay}", hop.index + 1)?;
    writeln!(out, "       {from} → {by}  ({with}{})", encrypted(hop))?;
    for remark in routes::remarks(message, hop) {
        writeln!(out, "       {}", one_line(&remark))?;
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

/// What a mail says, fit for a terminal: control characters, which could forge lines or steer the terminal, show as U+FFFD.
fn one_line(text: &str) -> String {
    text.replace(|letter: char| letter.is_control() && letter != '\t', "\u{fffd}")
}
