//! The hops of all messages as comma-separated values (RFC 4180), one a line, to be opened in a spreadsheet or read by a program.
//!
//! Names of columns stay; new ones may be added at the end.

use super::duration::utc;
use super::escape::seen;
use super::{Hop, Message, Report, routes};

/// The names of the columns.
pub const COLUMNS: [&str; 22] = [
    "message",
    "subject",
    "hop",
    "line",
    "from",
    "helo",
    "reverse_name",
    "ip",
    "by",
    "by_ip",
    "protocol",
    "tls",
    "encrypted",
    "id",
    "for",
    "software",
    "kind",
    "received_utc",
    "date_as_written",
    "delay_seconds",
    "clock_ahead_seconds",
    "remarks",
];

/// The hops of all messages, the oldest of each first.
#[must_use]
pub fn write(report: &Report) -> String {
    let mut out = String::new();
    write_row(&mut out, COLUMNS.map(text));
    for (place, message) in report.messages.iter().enumerate() {
        write_hops(&mut out, place, message);
    }
    out
}

/// The hops of one message.
#[must_use]
pub fn write_message(report: &Report, place: usize) -> String {
    let mut out = String::new();
    write_row(&mut out, COLUMNS.map(text));
    if let Some(message) = report.messages.get(place) {
        write_hops(&mut out, place, message);
    }
    out
}

fn write_hops(out: &mut String, place: usize, message: &Message) {
    for hop in &message.hops {
        write_row(out, row(place, message, hop));
    }
}

fn write_row(out: &mut String, cells: [String; COLUMNS.len()]) {
    out.push_str(&cells.join(","));
    out.push_str("\r\n");
}

fn row(place: usize, message: &Message, hop: &Hop) -> [String; COLUMNS.len()] {
    let of = |value: &Option<String>| text(value.as_deref().unwrap_or_default());
    let tls = hop.tls.as_ref().and_then(|tls| tls.version.as_deref()).unwrap_or_default();
    [
        (place + 1).to_string(),
        of(&message.subject),
        (hop.index + 1).to_string(),
        hop.lines[0].to_string(),
        of(&hop.from_token),
        of(&hop.helo),
        of(&hop.rdns),
        of(&hop.ip),
        of(&hop.by),
        of(&hop.by_ip),
        of(&hop.with),
        text(tls),
        hop.encrypted.clone(),
        of(&hop.id),
        text(&hop.recipients.join(" ")),
        of(&hop.software),
        hop.kind.clone(),
        // ISO 8601: `2026-11-02T08:00:00Z`.
        hop.epoch.map(|epoch| utc(epoch).replacen(' ', "T", 1) + "Z").unwrap_or_default(),
        of(&hop.date_raw),
        number(hop.delay_seconds),
        number(hop.skew_seconds),
        text(&routes::remarks(message, hop).join(" ")),
    ]
}

fn number(value: Option<i64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// A cell of text. Spreadsheets take one for a formula that starts with one of these marks, also behind blanks and quotes; an apostrophe
/// in front makes it text (OWASP, "CSV injection").
fn text(value: &str) -> String {
    let starts = value.trim_start_matches([' ', '"', '\'', '\u{a0}', '\u{feff}']);
    let is_formula = starts.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let value = format!("{}{}", if is_formula { "'" } else { "" }, seen(value));
    if value.contains(['"', ',', ';', '\n', '\t']) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn a_cell_that_could_be_a_formula_is_text() {
        for (value, cell) in [
            ("=HYPERLINK(\"http://example.com\")", "\"'=HYPERLINK(\"\"http://example.com\"\")\""),
            ("+1", "'+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            (" =1", "' =1"),
            ("\"=1", "\"'\"\"=1\""),
            ("\t=1", "\"'\t=1\""),
            ("\r=1", "'␍=1"),
            ("mx.example.com", "mx.example.com"),
            ("a, b", "\"a, b\""),
            ("a\0b", "a␀b"),
        ] {
            assert_eq!(text(value), cell);
        }
    }
}
