//! The report as Markdown, for a ticket. Everything that comes from the mail is escaped.

use std::fmt::{self, Write};

use super::duration::{short, utc};
use super::escape::{markdown as escaped, markdown_step as with_code};
use super::html::shown;
use super::{
    Bounce, Finding, Hop, Letter, Message, Repair, Report, bounces, copies, findings, repairs, routes,
};

/// The report as Markdown.
#[must_use]
pub fn write(report: &Report) -> String {
    let mut out = String::new();
    // Writing to a String does not fail.
    let _ = write_report(&mut out, report);
    out
}

fn write_report(out: &mut String, report: &Report) -> fmt::Result {
    writeln!(out, "# {}", escaped(&report.verdict.headline))?;
    if let Some(who) = &report.verdict.who_acts {
        writeln!(out, "\nWho acts: {}", escaped(who))?;
    }
    for note in report.inputs.iter().filter_map(|input| input.note.as_ref()) {
        writeln!(out, "\n{}", escaped(note))?;
    }
    let (findings, further) = findings::listed(report);
    for finding in &findings {
        write_finding(out, finding)?;
    }
    left_out(out, further, "findings like these")?;
    write_near_misses(out, report)?;
    for letter in findings.into_iter().filter_map(|finding| finding.letter.as_ref()) {
        write_letter(out, letter)?;
    }
    let places = shown(report);
    for place in &places {
        if let Some(message) = report.messages.get(*place) {
            write_message(out, *place, message)?;
        }
    }
    left_out(out, report.messages.len().saturating_sub(places.len()), "messages")?;
    write_copies(out, report)
}

/// So many hops of a route are listed.
const HOPS: usize = 300;

/// Says how much is not shown, where something is not.
fn left_out(out: &mut String, count: usize, what: &str) -> fmt::Result {
    if count > 0 { writeln!(out, "\nAnd {count} more {what}, not in this report.") } else { Ok(()) }
}

fn write_copies(out: &mut String, report: &Report) -> fmt::Result {
    let (sets, further) = copies::shown(report);
    for set in sets {
        let what = if copies::is_real(set) { "Copies of one message" } else { "Messages that look alike" };
        writeln!(out, "\n## {what}\n\n{}\n", escaped(&set.sentence))?;
        for line in copies::reasons(set).into_iter().chain(copies::spread(set)) {
            writeln!(out, "- {}", escaped(&line))?;
        }
        for maker in set.makers.iter().take(copies::LISTED) {
            writeln!(out, "- {}", escaped(&copies::maker(maker)))?;
        }
        writeln!(out)?;
        for member in set.members.iter().take(copies::LISTED) {
            writeln!(out, "1. {}", escaped(&copies::member(set, member)))?;
        }
        let hidden = set.members.len().saturating_sub(copies::LISTED);
        if hidden > 0 {
            writeln!(out, "\nAnd {hidden} more copies.")?;
        }
    }
    if further > 0 {
        writeln!(out, "\nAnd {further} more sets of copies.")?;
    }
    Ok(())
}

fn write_finding(out: &mut String, finding: &Finding) -> fmt::Result {
    writeln!(out, "\n## {}", escaped(&finding.title))?;
    writeln!(out, "\n{}, {} (`{}`)\n", finding.severity.label(), finding.confidence.label(), finding.id)?;
    writeln!(out, "{}\n\n{}", escaped(&finding.what), escaped(&finding.why))?;
    for evidence in &finding.evidence {
        let (message, line) = (evidence.message + 1, evidence.lines[0]);
        writeln!(out, "\n- Message {message}, line {line}: {}", escaped(&evidence.label))?;
    }
    for remedy in &finding.remedies {
        writeln!(out, "\n{}:\n", escaped(&remedy.who))?;
        for (nth, step) in (1..).zip(&remedy.steps) {
            writeln!(out, "{nth}. {}", with_code(step))?;
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
    writeln!(out, "\n## Why not something else\n")?;
    for miss in report.near_misses.iter().take(NEAR) {
        let line = miss.evidence.first().map_or(0, |evidence| evidence.lines[0]);
        let (looks_like, because) = (escaped(&miss.looks_like), escaped(&miss.because));
        writeln!(out, "- Not “{}”: {looks_like} {because} Line {line}.", escaped(&miss.title))?;
    }
    let further = report.near_misses.len().saturating_sub(NEAR);
    if further > 0 { writeln!(out, "- And {further} more.") } else { Ok(()) }
}

/// The letter as an indented block, in which Markdown shows everything as it is.
fn write_letter(out: &mut String, letter: &Letter) -> fmt::Result {
    writeln!(out, "\n## Text for {}\n\nSubject: {}\n", escaped(&letter.to), escaped(&letter.subject))?;
    for line in letter.text.lines() {
        let line = line.replace(|letter: char| letter.is_control(), " ");
        writeln!(out, "{}", format!("    {line}").trim_end())?;
    }
    Ok(())
}

fn write_message(out: &mut String, place: usize, message: &Message) -> fmt::Result {
    let subject = message.subject.as_deref().unwrap_or("(no subject)");
    let role = bounces::role(message).map_or_else(String::new, |role| format!(" ({role})"));
    writeln!(out, "\n## Message {}{role}: {}\n", place + 1, escaped(subject))?;
    if let Some(bounce) = &message.bounce {
        write_bounce(out, bounce)?;
    }
    writeln!(out, "| Hop | From | By | With | Received (UTC) | Delay |\n|---:|---|---|---|---|---:|")?;
    for hop in message.hops.iter().take(HOPS) {
        write_hop(out, hop)?;
    }
    left_out(out, message.hops.len().saturating_sub(HOPS), "hops")?;
    for note in &message.notes {
        writeln!(out, "\n{}", escaped(note))?;
    }
    write_repairs(out, &message.repairs)?;
    for hop in message.hops.iter().take(HOPS) {
        let remarks = routes::remarks(message, hop);
        if !remarks.is_empty() {
            writeln!(out, "\nHop {}: {}", hop.index + 1, escaped(&remarks.join(" ")))?;
        }
    }
    Ok(())
}

fn write_bounce(out: &mut String, bounce: &Bounce) -> fmt::Result {
    let reporter =
        bounce.reporter.as_deref().map_or_else(String::new, |reporter| format!(", says {reporter}"));
    writeln!(out, "{}{}\n", bounces::outcome(bounce), escaped(&reporter))?;
    for recipient in &bounce.recipients {
        writeln!(out, "- {}", escaped(&bounces::line(recipient)))?;
    }
    writeln!(out)
}

fn write_repairs(out: &mut String, repairs: &[Repair]) -> fmt::Result {
    let Some(summary) = repairs::summary(repairs) else {
        return Ok(());
    };
    writeln!(out, "\n{}", escaped(&summary))?;
    if !repairs::are_worth_a_list(repairs) {
        return Ok(());
    }
    writeln!(out)?;
    for group in repairs::groups(repairs) {
        for (_, repair) in &group.listed {
            writeln!(out, "- {}: {}", repairs::lines(repair), escaped(&repair.text))?;
        }
        if group.further > 0 {
            writeln!(out, "- And {} more like these.", group.further)?;
        }
    }
    Ok(())
}

fn write_hop(out: &mut String, hop: &Hop) -> fmt::Result {
    let cell = |text: &Option<String>| escaped(text.as_deref().unwrap_or("–"));
    let time = hop.epoch.map_or_else(|| "–".to_owned(), utc);
    let delay = hop.delay_seconds.map_or_else(|| "–".to_owned(), short);
    let (from, by, with) = (cell(&hop.from_token), cell(&hop.by), cell(&hop.with));
    writeln!(out, "| {} | {from} | {by} | {with} | {time} | {delay} |", hop.index + 1)
}
