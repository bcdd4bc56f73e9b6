//! Addresses (RFC 5322 section 3.4): `Ann Example <ann@example.com>`, read by mail-parser.

use mail_parser::parsers::MessageStream;

/// The addresses of a field such as To, Cc or Delivered-To, in order, without names and angle brackets.
#[must_use]
pub fn parse_addresses(value: &str) -> Vec<String> {
    // mail-parser takes a value for complete at its line end only.
    let line = format!("{value}\n");
    let parsed = MessageStream::new(line.as_bytes()).parse_address();
    let Some(list) = parsed.as_address() else {
        return Vec::new();
    };
    list.iter().filter_map(|mailbox| mailbox.address()).map(str::to_owned).collect()
}

/// The address as a key for comparison: trimmed, without angle brackets, in lower case.
///
/// RFC 5321 section 2.4 keeps the case of the local part, but no system in use tells two mailboxes apart by it, and Postfix folds
/// both sides when it looks for its own Delivered-To line.
#[must_use]
pub fn comparable(address: &str) -> String {
    address.trim().trim_matches(['<', '>']).to_lowercase()
}
