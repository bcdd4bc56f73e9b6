//! How the reader looks at a route: in how much space, on which scale of time, and with what opened.

use super::super::{Message, Report, Severity, duration};
use super::Space;

/// How a route is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// How much space there is.
    pub space: Space,
    /// The scale of the ruler.
    pub scale: Scale,
    /// Whether clocks that are off are put right.
    pub is_corrected: bool,
    /// What the reader opened.
    pub opened: Vec<Opening>,
    /// The hops that some finding is about, in order. They are never folded.
    pub found: Vec<usize>,
    /// Who refused the message in the end; absent where nobody did.
    pub refusal: Option<Refusal>,
}

/// The scale of the ruler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// True to time.
    Linear,
    /// `ln(1 + t)`: seconds still show beside hours.
    Log,
}

/// What can be opened, by the oldest hop in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// The hops inside one machine.
    Machine(usize),
    /// A run of hops.
    Run(usize),
}

/// The end of a message that was returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The server that refused it.
    pub server: Option<String>,
    /// What it said.
    pub words: String,
}

/// A finding that is about more hops than this is about the route.
const MANY: usize = 12;

impl View {
    /// A route as it opens, without what only the report knows.
    #[must_use]
    pub const fn new(space: Space) -> Self {
        Self {
            space,
            scale: Scale::Linear,
            is_corrected: true,
            opened: Vec::new(),
            found: Vec::new(),
            refusal: None,
        }
    }

    /// A route as it opens; `message` is its place in the report.
    #[must_use]
    pub fn of(report: &Report, message: usize, space: Space) -> Self {
        let found = report.messages.get(message).map(|of| found(report, message, of)).unwrap_or_default();
        Self { found, refusal: refusal(report, message), ..Self::new(space) }
    }

    /// Whether something is opened.
    pub(super) fn is_open(&self, opening: Opening) -> bool {
        self.opened.contains(&opening)
    }

    /// Whether a hop is never folded: it took long, or a finding is about it.
    pub(super) fn stays(&self, message: &Message, hop: usize) -> bool {
        let is_slow = message
            .hops
            .get(hop)
            .is_some_and(|hop| super::pills::delay(hop, true) >= Some(super::pills::SLOW));
        is_slow || self.found.binary_search(&hop).is_ok()
    }
}

fn found(report: &Report, place: usize, message: &Message) -> Vec<usize> {
    let mut found = Vec::new();
    for finding in report.findings.iter().filter(|finding| finding.severity >= Severity::Low) {
        let evidence = finding.evidence.iter().filter(|evidence| evidence.message == place);
        let hops: Vec<usize> = evidence
            .filter_map(|evidence| {
                // The newest hop stands on top.
                let hop = message.hops.partition_point(|hop| hop.lines[0] > evidence.lines[1]);
                message.hops.get(hop).filter(|hop| hop.lines[1] >= evidence.lines[0]).map(|hop| hop.index)
            })
            .collect();
        if hops.len() <= MANY {
            found.extend(hops);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn refusal(report: &Report, message: usize) -> Option<Refusal> {
    let of = |place: &&Message| place.bounce.as_ref().is_some_and(|bounce| bounce.original == Some(message));
    let bounce = report.messages.iter().find(of)?.bounce.as_ref().filter(|bounce| bounce.kind == "failed")?;
    let recipient = bounce.recipients.first();
    let server = recipient.and_then(|recipient| recipient.remote.clone()).or_else(|| bounce.reporter.clone());
    let said =
        recipient.and_then(|recipient| recipient.diagnostic.clone().or_else(|| recipient.status.clone()));
    Some(Refusal { server, words: said.unwrap_or_else(|| "returned to the sender".to_owned()) })
}

/// `3 min slow`, `1 h fast`: what a clock shows, `skew` seconds ahead of the true time.
pub(super) fn offset(skew: i64) -> String {
    let way = if skew < 0 { "slow" } else { "fast" };
    format!("{} {way}", duration::short(skew.saturating_abs()))
}
