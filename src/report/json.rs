//! The report as JSON, with the field names of [`super::Report`].

use super::Report;

/// The report as one JSON value, indented for people.
#[must_use]
pub fn pretty(report: &Report) -> String {
    serde_json::to_string_pretty(report).unwrap_or_default()
}

/// The report as one line of JSON.
#[must_use]
pub fn line(report: &Report) -> String {
    serde_json::to_string(report).unwrap_or_default()
}
