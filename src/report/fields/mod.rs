//! All fields of a header as rows to read: name, value, who added it, and what such a field is for.
//!
//! The report only knows where the fields stand; what they say is read here out of the lines of the one message that is shown.

mod known;

use std::borrow::Cow;
use std::collections::HashMap;

pub use known::{Known, UNDOCUMENTED, known};

use super::model::{Field, Message, TraceSort};
use super::source::Line;
use crate::header::decoded;

/// One field to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its place in [`Message::fields`].
    pub nth: usize,
    /// First and last line, counted from 1.
    pub lines: [usize; 2],
    /// Its name, as written.
    pub name: String,
    /// Its value on one line, encoded words decoded.
    pub value: String,
    /// The field as it was read, folds and encoded words included; absent where it says the same.
    pub written: Option<String>,
    /// Who added it.
    pub added: Added,
    /// Where a name stands several times: the how-manieth this is, from the top, and how many there are.
    pub repeated: Option<(usize, usize)>,
}

/// Who added a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// The server that wrote a hop.
    Hop {
        /// The hop.
        hop: usize,
        /// Whether the field itself says so; otherwise its place tells.
        is_named: bool,
    },
    /// The program or the servers of the sender, as the place or the sort of the field tells.
    Sender,
    /// Nothing tells.
    Unknown,
}

/// The fields of a message, topmost first. `lines` are those that [`super::source::lines`] gives.
#[must_use]
pub fn rows(message: &Message, lines: &[Line]) -> Vec<Row> {
    let mut rows: Vec<Row> =
        message.fields.iter().enumerate().map(|(nth, field)| row(message, lines, nth, field)).collect();
    mark_repeated(&mut rows);
    rows
}

fn row(message: &Message, lines: &[Line], nth: usize, field: &Field) -> Row {
    let text = text(lines, field);
    let (name, value) = parts(&text);
    let unfolded = unfolded(value);
    let value = decoded(Cow::Borrowed(&unfolded)).trim().to_owned();
    let is_same = value == unfolded && !text.contains('\n');
    Row {
        nth,
        lines: field.lines,
        name: name.to_owned(),
        added: added(message, field, name),
        written: (!is_same).then(|| text.trim_end().to_owned()),
        value,
        repeated: None,
    }
}

/// The field as it was read, each line on its own.
fn text(lines: &[Line], field: &Field) -> String {
    if let Some(read) = &field.read {
        return read.replace("\r\n", "\n").replace('\r', "\n");
    }
    let [first, last] = field.lines;
    let start = lines.partition_point(|line| line.number < first);
    let own = lines.iter().skip(start).take_while(|line| line.number <= last);
    let own: Vec<&str> = own.map(|line| line.text.as_str()).collect();
    own.join("\n").trim_start().to_owned()
}

/// The name and the value. What was a row of a table has a tab in the place of the colon.
fn parts(text: &str) -> (&str, &str) {
    let by_colon = text.split_once(':').filter(|(name, _)| !name.trim_end().contains(char::is_whitespace));
    let (name, value) = by_colon.or_else(|| text.split_once('\t')).unwrap_or((text, ""));
    (name.trim_end(), value)
}

/// The value on one line. A fold with its blanks counts as one blank.
fn unfolded(value: &str) -> String {
    let lines: Vec<&str> = value.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}

/// Fields of the author, wherever they stand: servers that put them elsewhere did not write them (RFC 5322 section 3.6).
const OF_AUTHOR: [&str; 16] = [
    "bcc",
    "cc",
    "comments",
    "content-type",
    "date",
    "from",
    "in-reply-to",
    "keywords",
    "message-id",
    "mime-version",
    "references",
    "reply-to",
    "sender",
    "subject",
    "to",
    "user-agent",
];

fn added(message: &Message, field: &Field, name: &str) -> Added {
    let start = field.span[0];
    // Both stand in the order of the header: hops the oldest first, which is the lowest.
    if let Ok(hop) = message.hops.binary_search_by(|hop| start.cmp(&hop.span[0])) {
        return Added::Hop { hop, is_named: true };
    }
    if let Ok(nth) = message.strata.binary_search_by(|stratum| stratum.span[0].cmp(&start))
        && let Some(stratum) = message.strata.get(nth)
    {
        return match stratum.hop {
            Some(hop) => Added::Hop { hop, is_named: stratum.is_named },
            // Exchange and list managers put their fields below those that are there.
            None if matches!(stratum.sort, TraceSort::Exchange | TraceSort::List) => Added::Unknown,
            None => Added::Sender,
        };
    }
    let is_of_author = OF_AUTHOR.binary_search(&name.to_ascii_lowercase().as_str()).is_ok();
    let below = message.hops.partition_point(|hop| hop.span[0] > start);
    match below.checked_sub(1) {
        _ if is_of_author => Added::Sender,
        Some(hop) => Added::Hop { hop, is_named: false },
        None if message.hops.is_empty() => Added::Unknown,
        None => Added::Sender,
    }
}

fn mark_repeated(rows: &mut [Row]) {
    let mut totals: HashMap<String, usize> = HashMap::new();
    for row in rows.iter_mut() {
        let count = totals.entry(row.name.to_ascii_lowercase()).or_default();
        *count += 1;
        row.repeated = Some((*count, 0));
    }
    for row in rows {
        let total = totals.get(&row.name.to_ascii_lowercase()).copied().unwrap_or_default();
        row.repeated = row.repeated.map(|(nth, _)| (nth, total)).filter(|_| total > 1);
    }
}

/// The rows whose name or value holds the words, whatever the case.
#[must_use]
pub fn matching(rows: &[Row], words: &str) -> Vec<usize> {
    let words = words.trim().to_lowercase();
    let holds = |text: &str| text.to_lowercase().contains(&words);
    let is_shown = |row: &&Row| words.is_empty() || holds(&row.name) || holds(&row.value);
    rows.iter().filter(is_shown).map(|row| row.nth).collect()
}

/// Who added a field, and how that is known, in a sentence.
#[must_use]
pub fn told(message: &Message, added: Added) -> String {
    match added {
        Added::Hop { hop, is_named } => {
            let server = server(message, hop).unwrap_or("a server that does not name itself");
            let side = if is_own(message, hop) { ", on your side" } else { "" };
            let basis = if is_named { "as the field says itself" } else { "as its place tells" };
            format!("Added by {server} (hop {}{side}), {basis}.", hop + 1)
        }
        Added::Sender => "From the sender’s program or servers, as its place or its sort tells.".to_owned(),
        Added::Unknown => {
            "Nothing tells who added it: it stands below all Received lines, where some servers and lists write too.".to_owned()
        }
    }
}

/// The field that starts at this place of the text, by its place in [`Message::fields`].
#[must_use]
pub fn at(message: &Message, start: usize) -> Option<usize> {
    message.fields.binary_search_by(|field| field.span[0].cmp(&start)).ok()
}

/// The name of the server that wrote a hop.
#[must_use]
pub fn server(message: &Message, hop: usize) -> Option<&str> {
    let hop = message.hops.get(hop)?;
    let host = hop.by_host.and_then(|host| message.hosts.get(host));
    host.map(|host| host.name.as_str()).or(hop.by.as_deref())
}

/// Whether the reader's side wrote a hop.
#[must_use]
pub fn is_own(message: &Message, hop: usize) -> bool {
    message.boundary.as_ref().is_some_and(|boundary| hop >= boundary.hop)
}
