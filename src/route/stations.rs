//! Hops that stayed on one machine: into a content filter and back, into the mail store, between the parts of one server.

use super::Hop;

/// A stretch of hops on one machine. Most have one hop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Station {
    /// The machine, by its place in [`super::Route::hosts`]; absent where the lines name none.
    pub host: Option<usize>,
    /// The oldest hop.
    pub first: usize,
    /// The newest hop.
    pub last: usize,
}

/// Groups the hops.
pub(super) fn group(hops: &[Hop]) -> Vec<Station> {
    hops.iter().enumerate().map(|(at, hop)| Station { host: hop.by_host, first: at, last: at }).collect()
}
