//! What filters wrote, each field with the hop whose server wrote it.

use crate::fields::filters::{Filtered, parse_filter};
use crate::header::Header;
use crate::route::Route;
use crate::text::Span;

/// One field of a filter.
#[derive(Clone, Debug)]
pub struct Filter {
    /// The place of the field.
    pub span: Span,
    /// Its name, as written.
    pub name: String,
    /// Its value, unfolded.
    pub text: String,
    /// The hop whose server wrote it, by its place in the route; absent where nothing tells.
    pub hop: Option<usize>,
    /// What it says.
    pub filtered: Filtered,
}

/// The fields of filters that are understood, topmost first.
pub(super) fn read(header: &Header<'_>, route: &Route) -> Vec<Filter> {
    let mut strata = route.strata.iter().peekable();
    let each = |field: crate::header::Field<'_>| {
        let span = field.span();
        let stratum = strata.next_if(|stratum| stratum.span == span);
        let name = field.name();
        let filtered = parse_filter(&name, || field.unfolded())?;
        let text = field.unfolded().into_owned();
        let hop = stratum.and_then(|stratum| stratum.hop);
        Some(Filter { span, name: name.into_owned(), text, hop, filtered })
    };
    header.fields().filter_map(each).collect()
}
