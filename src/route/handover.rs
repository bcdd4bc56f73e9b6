//! Whether a hop starts where the hop before ended.

use super::{Hop, Host};

/// How a hop joins the hop before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handover {
    /// It is the oldest hop, so there is none before it.
    First,
    /// The machine it names as the client is the one that wrote the line before.
    Joins,
    /// Both are machines of one organisation, or one of them has only a name or address inside its network: nothing contradicts.
    Plausible,
    /// It names another machine of another organisation as the client.
    Breaks,
    /// One of the two lines does not say.
    Unknown,
}

/// Says of each hop how it joins the one before.
pub(super) fn check(hops: &mut [Hop], hosts: &[Host]) {
    let _ = (hops, hosts);
}
