//! Fetches: where a program collected the message from a mailbox instead of having it delivered.

use super::envelope::Recorded;
use crate::fields::fetcher::{FetchMark, Mode, Tool, parse_fetch_line, parse_fetch_mark};
use crate::header::{Field, Header};
use crate::route::{Hop, Kind, Route};
use crate::text::Span;

/// One fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetch {
    /// The hop that records it, by its place in [`Route::hops`]; absent where only a field of the program's own tells.
    pub hop: Option<usize>,
    /// The place that shows it: the Received line, or that field.
    pub span: Span,
    /// The program; absent where nothing names one that is known.
    pub tool: Option<Tool>,
    /// The server that collected the message; absent where it has no name.
    pub server: Option<String>,
    /// The server with the mailbox.
    pub host: Option<String>,
    /// The mailbox, as the program was told.
    pub account: Option<String>,
    /// The mailbox's own number for the stored message.
    pub uidl: Option<String>,
    /// How the program decided for whom the message is.
    pub mode: Mode,
    /// For whom it handed the message on; absent where the line names nobody.
    pub recipient: Option<String>,
    /// How long the message had been in the mailbox, in seconds. Absent where the dates do not tell.
    pub waited_seconds: Option<i64>,
    /// Fields of the program's own.
    pub marks: Vec<Span>,
    /// What the program wrote where it found nobody to deliver to.
    pub warning: Option<Span>,
    /// Whether the fields tell surely of a fetch; always, where a hop records it.
    pub is_sure: bool,
    /// Where the lines start that the side of the mailbox wrote: behind the Received line of the fetch, except with fetchmail and fdm,
    /// which put their line below the fields that are there.
    lines_from: usize,
    /// Behind which place the lines of an earlier fetch start.
    lines_to: usize,
}

impl Fetch {
    /// Whether several people share the mailbox, as far as the line of the fetch tells.
    #[must_use]
    pub const fn is_multidrop(&self) -> bool {
        matches!(self.mode, Mode::MultiDrop | Mode::Several | Mode::ByDefault)
    }

    /// The program, or a word for it.
    #[must_use]
    pub fn program(&self) -> &'static str {
        self.tool.map_or("the program that collects the mail", Tool::name)
    }

    /// The envelope recipients that the side of the mailbox recorded in fields, topmost first.
    pub fn recorded<'r>(&self, recorded: &'r [Recorded]) -> impl Iterator<Item = &'r Recorded> {
        let first = recorded.partition_point(|one| one.span.start < self.lines_from);
        let last = recorded.partition_point(|one| one.span.start < self.lines_to);
        recorded.iter().take(last).skip(first)
    }

    /// The Received lines below it that name the envelope recipient after `for`, newest first.
    pub fn recorded_in_received<'r>(&self, route: &'r Route) -> impl Iterator<Item = &'r Hop> {
        let below = self.hop.unwrap_or(route.hops.len());
        let hops = route.hops.iter().take(below).rev().take_while(|hop| hop.span.start < self.lines_to);
        hops.filter(|hop| hop.kind != Kind::Fetch && hop.received.recipient().is_some())
    }
}

/// The fetches, the oldest first.
pub(super) fn read(header: &Header<'_>, route: &Route) -> Vec<Fetch> {
    let lines = header.named("Received").collect::<Vec<_>>();
    let mut fetches: Vec<Fetch> = Vec::new();
    for (at, (hop, field)) in route.hops.iter().zip(lines.iter().rev()).enumerate() {
        if is_from_a_mailbox(hop) {
            let above = route.hops.get(at + 1).map_or(0, |newer| newer.span.end);
            let lines_to = fetches.last().map_or(usize::MAX, |earlier| earlier.lines_from);
            fetches.push(of_hop(at, hop, field, above, lines_to));
        }
    }
    for field in header.fields() {
        if let Some(mark) = parse_fetch_mark(&field.name(), || field.unfolded()) {
            take(&mut fetches, mark, field.span());
        }
    }
    fetches
}

/// ETRN and ODMR (RFC 1985, RFC 2645) make a server deliver what waits in its queue, by SMTP and with the recipient.
fn is_from_a_mailbox(hop: &Hop) -> bool {
    let protocol = hop.received.with.as_deref().unwrap_or_default().to_ascii_uppercase();
    hop.kind == Kind::Fetch && !protocol.starts_with("ETRN") && !protocol.starts_with("ODMR")
}

fn of_hop(at: usize, hop: &Hop, field: &Field<'_>, above: usize, lines_to: usize) -> Fetch {
    let received = &hop.received;
    let line = parse_fetch_line(&field.unfolded(), received.recipient().is_some());
    let name = |part: Option<&str>| part.filter(|name| is_host_name(name)).map(str::to_owned);
    Fetch {
        hop: Some(at),
        span: hop.span,
        tool: line.tool,
        server: name(received.by.as_deref()),
        host: name(received.from_token.as_deref()),
        account: line.account,
        uidl: line.uidl,
        mode: line.mode,
        recipient: received.recipient().map(|part| part.value.clone()),
        waited_seconds: hop.clock.corrected_delay_seconds.or(hop.clock.delay_seconds),
        marks: Vec::new(),
        warning: None,
        is_sure: true,
        lines_from: if matches!(line.tool, Some(Tool::Fetchmail | Tool::Fdm)) { above } else { hop.span.end },
        lines_to,
    }
}

/// Whether a word can be the name of a server. MDaemon writes `Pending...` in its place, Gmail an address.
fn is_host_name(word: &str) -> bool {
    !word.ends_with("..") && word.starts_with(|letter: char| letter.is_ascii_alphabetic())
}

/// Adds what a field tells to the newest fetch by this program, or as a fetch of its own.
fn take(fetches: &mut Vec<Fetch>, mark: FetchMark, span: Span) {
    // Gmail's line names no program, and its field stands next to it.
    let is_of = |fetch: &Fetch| {
        fetch.tool == mark.tool
            || (fetch.tool.is_none() && mark.tool != Some(Tool::Gmail))
            || (fetch.tool.is_none() && fetch.span.end.abs_diff(span.start) <= LINE_END)
    };
    let at = fetches.iter().rposition(is_of).unwrap_or(fetches.len());
    if at == fetches.len() {
        fetches.push(Fetch {
            hop: None,
            span,
            tool: mark.tool,
            server: None,
            host: None,
            account: None,
            uidl: None,
            mode: Mode::Unknown,
            recipient: None,
            waited_seconds: None,
            marks: Vec::new(),
            warning: None,
            is_sure: mark.is_sure,
            lines_from: 0,
            lines_to: usize::MAX,
        });
    }
    let Some(fetch) = fetches.get_mut(at) else { return };
    fetch.tool = mark.tool;
    fetch.host = fetch.host.take().or(mark.host);
    fetch.account = fetch.account.take().or(mark.account);
    fetch.is_sure |= mark.is_sure;
    if mark.is_warning {
        fetch.warning = Some(span);
    }
    if fetch.span != span && fetch.marks.len() < MOST_MARKS {
        fetch.marks.push(span);
    }
}

/// The most that stands between two fields that follow each other.
const LINE_END: usize = 4;

/// More fields of one program prove nothing more.
const MOST_MARKS: usize = 5;
