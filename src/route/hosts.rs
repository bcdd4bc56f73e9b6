//! Which names and addresses are one machine.

use super::Hop;

/// One machine on the way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Host {
    /// The name to call it by.
    pub name: String,
    /// All its names, as written, the one to call it by first.
    pub names: Vec<String>,
    /// Its addresses.
    pub addresses: Vec<std::net::IpAddr>,
    /// Why the names are held for one machine; empty where it has only one name.
    pub reasons: Vec<Reason>,
    /// The domain of the organisation that runs it: `example.org`; absent where no name tells.
    pub organisation: Option<String>,
}

/// Why two names are held for one machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The hop that shows it.
    pub hop: usize,
    /// One name.
    pub one: String,
    /// The other name or address.
    pub other: String,
}

/// Finds the machines and says in each hop which of them took part.
pub(super) fn find(hops: &mut [Hop]) -> Vec<Host> {
    let _ = hops;
    Vec::new()
}
