//! Authentication-Results (RFC 8601): who wrote the results, and the results as they stand.

/// The authserv-id, the name of the server that wrote the field: the first word before the first `;`.
///
/// Microsoft writes results without one (`spf=pass (sender IP is 192.0.2.7) …`); then it is absent.
#[must_use]
pub fn parse_authserv_id(value: &str) -> Option<&str> {
    let head = value.split(';').next()?;
    let word = head.split_ascii_whitespace().next()?;
    (!word.contains('=')).then_some(word)
}
