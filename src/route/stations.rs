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

/// Groups the hops. A hop belongs to the station of the one before if the same machine wrote both lines and the newer names no other
/// machine as its client: `from gateway.example.net by mx.example.com` after a line of mx.example.com is a return from the gateway, which
/// wrote none.
pub(super) fn group(hops: &[Hop]) -> Vec<Station> {
    let mut stations: Vec<Station> = Vec::new();
    for (at, hop) in hops.iter().enumerate() {
        let host = hop.by_host;
        let stayed = host.is_some() && (hop.from_host.is_none() || hop.from_host == host);
        match stations.last_mut() {
            Some(station) if stayed && station.host == host => station.last = at,
            _ => stations.push(Station { host, first: at, last: at }),
        }
    }
    stations
}
