//! Redaction: texts in, the same texts with pseudonyms out, so that analysing those gives the same findings.
//!
//! Everything that is not known to be a word of servers and programs is replaced: names, mailboxes, hosts and domains, addresses of
//! networks, numbers of messages and tenants, subjects, and the lines of what people wrote. Times, protocols, status codes, sizes and the
//! names of programs and large providers stay. One table serves all texts, so that what is equal stays equal. Lines stay lines, so that
//! the places of the report are the same. Nothing but this room knows that a text was redacted.

mod body;
mod header;
mod lex;
mod names;
mod net;
mod parameters;
mod policy;
mod rewrite;
mod table;
mod walk;
mod words;

use std::collections::HashSet;
use std::net::Ipv4Addr;

use crate::header::field_line;
use crate::input::{Container, Opened};
use crate::text::{Source, Span, lines};
use policy::Policy;
use table::Table;

/// A text with pseudonyms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redacted {
    /// The name of its file, a pseudonym too; absent for pasted text.
    pub name: Option<String>,
    /// The text. Of a container, such as a message file of Outlook, the text that it held.
    pub bytes: Vec<u8>,
    /// What the file is and what to do with it, where it held no text.
    pub note: Option<&'static str>,
}

/// A stretch of a source, and what is written in its place.
#[derive(Clone, Debug)]
struct Edit {
    span: Span,
    with: String,
}

/// The texts of one case with pseudonyms, and names that somebody gave to them, such as those of own domains, with the same ones.
#[must_use]
pub fn texts(
    opened: &[(Option<&str>, Opened<'_>)],
    names: &[&[String]; 2],
) -> (Vec<Redacted>, [Vec<String>; 2]) {
    let mut table = Table::new(opened.iter().flat_map(|(_, opened)| taken(&opened.text)).collect());
    for (_, opened) in opened {
        learn(&mut table, &opened.text);
    }
    let redacted = |(nth, (name, opened)): (usize, &(Option<&str>, Opened<'_>))| {
        let source = Source::new(None, &opened.text);
        let edits = walk::edits(&mut table, &source, opened, walk::Outer::TOP);
        let note = match opened.container {
            Container::Foreign(words) => Some(words),
            _ => None,
        };
        Redacted {
            name: name.map(|name| file_name(name, nth + 1)),
            bytes: apply(source.bytes(), &edits),
            note,
        }
    };
    let texts = opened.iter().enumerate().map(redacted).collect();
    (texts, names.map(|names| names.iter().map(|name| given(&mut table, name)).collect()))
}

/// A name of a domain or host that stands in no text: `*.example.com`, `@example.com`, `192.0.2.0/24`.
fn given(table: &mut Table, name: &str) -> String {
    let (name, prefix) = match name.trim().split_once('/') {
        Some((network, bits)) => (network, format!("/{bits}")),
        None => (name.trim(), String::new()),
    };
    let name = name.trim_start_matches(['*', '.', '@']).trim_end_matches('.');
    format!("{}{prefix}", table.host_or_ip(name))
}

/// Words of a text that look like pseudonyms.
fn taken(text: &[u8]) -> HashSet<Vec<u8>> {
    let words = text.split(|byte| !byte.is_ascii_alphanumeric());
    words.map(<[u8]>::to_ascii_lowercase).filter(|word| Table::is_like_pseudonym(word)).collect()
}

/// Learns the addresses of a text, which names of lines may spell, and its message ids, which stand as a whole wherever they stand.
fn learn(table: &mut Table, text: &[u8]) {
    let runs = text.split(|byte| !byte.is_ascii_digit() && !matches!(byte, b'.' | b'/'));
    for ip in runs.filter_map(|run| std::str::from_utf8(run).ok()?.trim_matches('.').parse::<Ipv4Addr>().ok())
    {
        table.networks.four(ip);
    }
    let mut is_id = false;
    for line in lines(text, 0) {
        let content = line.content(text);
        let field = field_line(content);
        if !content.first().is_some_and(u8::is_ascii_whitespace) {
            let name = field.and_then(|field| content.get(field.name.start..field.name.end));
            is_id = name.is_some_and(|name| policy::of_field(&String::from_utf8_lossy(name)) == Policy::Ids);
        }
        if is_id {
            let value = content.get(field.map_or(0, |field| field.value)..).unwrap_or_default();
            rewrite::changes(table, value, Policy::Ids);
        }
    }
}

/// `file2.eml`
fn file_name(name: &str, number: usize) -> String {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default();
    let is_ending =
        (1..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_ending { format!("file{number}.{ending}") } else { format!("file{number}") }
}

/// A text with the edits made. They stand in its order and do not overlap.
fn apply(text: &[u8], edits: &[Edit]) -> Vec<u8> {
    let mut written = Vec::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        append(&mut written, text.get(at..edit.span.start).unwrap_or_default());
        append(&mut written, edit.with.as_bytes());
        at = edit.span.end;
    }
    append(&mut written, text.get(at..).unwrap_or_default());
    written
}

/// Puts a piece behind what is written. The end of one line and that of the next stay two: between CR and LF a blank is put.
fn append(written: &mut Vec<u8>, piece: &[u8]) {
    if written.ends_with(b"\r") && piece.starts_with(b"\n") {
        written.push(b' ');
    }
    written.extend_from_slice(piece);
}

/// The line ends in a stretch that is written anew, with the `=` before them that quoted-printable puts there (RFC 2045 section 6.7).
fn line_ends(text: &[u8]) -> String {
    let mut ends = Vec::new();
    for line in lines(text, 0) {
        let is_soft = line.next > line.span.end && line.content(text).ends_with(b"=");
        append(&mut ends, if is_soft { b"=" } else { b"" });
        append(&mut ends, text.get(line.span.end..line.next).unwrap_or_default());
    }
    String::from_utf8_lossy(&ends).into_owned()
}
