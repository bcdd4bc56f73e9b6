//! One message in the HTML report: what it is, its route as a drawing and as a table, and the lines of its header.

use std::fmt::{self, Write};

use super::{LINE, cut, left_out};
use crate::report::diagram::{Space, draw};
use crate::report::duration::{short, utc};
use crate::report::source::Line;
use crate::report::{Hop, Message, Report, bounces, repairs, routes, svg};

/// So many hops of a route are listed.
const HOPS: usize = 300;

/// A longer drawing, in units, is left to the page.
const TALLEST: f64 = 20_000.0;

/// So many lines of a header are shown.
const LINES: usize = 500;

/// So much of a name in the table is shown.
const CELL: usize = 300;

pub(super) fn write(out: &mut String, report: &Report, place: usize, lines: &[Line]) -> fmt::Result {
    let Some(message) = report.messages.get(place) else {
        return Ok(());
    };
    let role = bounces::role(message).map_or_else(String::new, |role| format!(" ({role})"));
    let title = if report.messages.len() > 1 {
        format!("Message {}{role}", place + 1)
    } else {
        format!("Message{role}")
    };
    writeln!(out, "<section>\n<h2>{title}</h2>")?;
    write_facts(out, message)?;
    write_route(out, message)?;
    write_lines(out, lines)?;
    writeln!(out, "</section>")
}

fn write_facts(out: &mut String, message: &Message) -> fmt::Result {
    let facts = [
        ("File", &message.origin.file),
        ("Subject", &message.subject),
        ("From", &message.from),
        ("Date", &message.date),
        ("Message-ID", &message.message_id),
    ];
    writeln!(out, "<dl>")?;
    for (name, value) in facts {
        if let Some(value) = value {
            writeln!(out, "<dt>{name}</dt><dd><bdi>{}</bdi></dd>", cut(value, LINE))?;
        }
    }
    writeln!(out, "</dl>")?;
    if let Some(bounce) = &message.bounce {
        let reporter =
            bounce.reporter.as_deref().map_or_else(String::new, |reporter| format!(", says {reporter}"));
        writeln!(out, "<p>{}{}</p>\n<ul>", bounces::outcome(bounce), cut(&reporter, LINE))?;
        for recipient in bounce.recipients.iter().take(HOPS) {
            writeln!(out, "<li>{}</li>", cut(&bounces::line(recipient), LINE))?;
        }
        writeln!(out, "</ul>")?;
        left_out(out, bounce.recipients.len().saturating_sub(HOPS), "recipients")?;
    }
    let repairs = repairs::summary(&message.repairs);
    for note in message.notes.iter().chain(&repairs) {
        writeln!(out, "<p>{}</p>", cut(note, LINE))?;
    }
    Ok(())
}

fn write_route(out: &mut String, message: &Message) -> fmt::Result {
    if message.hops.is_empty() {
        return Ok(());
    }
    writeln!(out, "<h3>Route</h3>")?;
    match draw(message, Space::Wide) {
        Some(drawing) if drawing.height <= TALLEST => {
            writeln!(out, "<div class=\"route\">{}</div>", svg::inline(&drawing, "Route"))?;
        }
        _ => writeln!(out, "<p class=\"quiet\">The drawing is too long for this file.</p>")?,
    }
    writeln!(
        out,
        "<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">Hop</th><th scope=\"col\">From</th><th scope=\"col\">By</th><th scope=\"col\">Protocol, TLS</th><th scope=\"col\">Received (UTC)</th><th scope=\"col\" class=\"figure\">Delay</th><th scope=\"col\" class=\"figure\">Line</th></tr></thead>\n<tbody>"
    )?;
    for hop in message.hops.iter().take(HOPS) {
        write_hop(out, message, hop)?;
    }
    writeln!(out, "</tbody>\n</table></div>")?;
    left_out(out, message.hops.len().saturating_sub(HOPS), "hops")
}

fn write_hop(out: &mut String, message: &Message, hop: &Hop) -> fmt::Result {
    write_remark(out, &routes::boundary(message, hop).unwrap_or_default())?;
    let name = |value: &Option<String>| {
        value.as_deref().map_or_else(|| "–".to_owned(), |value| format!("<bdi>{}</bdi>", cut(value, CELL)))
    };
    let tls = hop.tls.as_ref().and_then(|tls| tls.version.as_deref());
    let encryption = match (tls, hop.encrypted.as_str()) {
        (Some(version), _) => format!(", {}", cut(version, CELL)),
        (None, "yes") => ", encrypted".to_owned(),
        (None, "no") => ", not encrypted".to_owned(),
        (None, _) => String::new(),
    };
    let time = hop.epoch.map_or_else(|| "no readable date".to_owned(), utc);
    let delay = hop.delay_seconds.map_or_else(|| "–".to_owned(), short);
    writeln!(
        out,
        "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}{encryption}</td><td>{time}</td><td class=\"figure\">{delay}</td><td class=\"figure\">{}</td></tr>",
        hop.index + 1,
        name(&hop.from_token),
        name(&hop.by),
        name(&hop.with),
        hop.lines[0],
    )?;
    let remarks: Vec<String> =
        routes::remarks_on_hop(message, hop).into_iter().map(|remark| remark.text).collect();
    write_remark(out, &remarks.join(" "))
}

fn write_remark(out: &mut String, remark: &str) -> fmt::Result {
    if remark.is_empty() {
        return Ok(());
    }
    writeln!(out, "<tr><td></td><td colspan=\"6\" class=\"quiet\">{}</td></tr>", cut(remark, LINE))
}

fn write_lines(out: &mut String, lines: &[Line]) -> fmt::Result {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "<h3>Header, as it was handed in</h3>\n<ol class=\"source\">")?;
    for line in lines.iter().take(LINES) {
        writeln!(out, "<li><b>{}</b><bdi>{}</bdi></li>", line.number, cut(&line.text, LINE))?;
    }
    writeln!(out, "</ol>")?;
    left_out(out, lines.len().saturating_sub(LINES), "lines")
}
