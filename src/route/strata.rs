//! Strata: which hop added each of the other trace fields.
//!
//! Every server puts its lines on top, so a field that stands above the Received line of one hop and below that of the next was added
//! after the one and before the other.

use super::{Hop, Host, Line};
use crate::fields::trace::Sort;
use crate::text::Span;

/// One trace field other than Received, and who added it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stratum {
    /// Its place.
    pub span: Span,
    /// Its name, as written.
    pub name: String,
    /// Its sort.
    pub sort: Sort,
    /// The server that it names as its writer.
    pub writer: Option<String>,
    /// The hop whose server added it, by its place in [`super::Route::hops`]; absent where it stands below all Received lines: the sender's
    /// side wrote it.
    pub hop: Option<usize>,
    /// Whether the field itself names the server of that hop. Otherwise only its place tells.
    pub is_named: bool,
}

/// The trace fields, each with the number of Received lines below it as its hop's upper bound.
pub(super) fn lines(lines: &[(Span, Line)]) -> Vec<Stratum> {
    let _ = lines;
    Vec::new()
}

/// Says which hop added each.
pub(super) fn assign(strata: Vec<Stratum>, hops: &[Hop], hosts: &[Host]) -> Vec<Stratum> {
    let _ = (hops, hosts);
    strata
}
