//! Fields that record the envelope recipient: for whom a server took a message, which To and Cc do not tell (RFC 5321 section 7.2).

use super::address::parse_addresses;

/// The names, in lower case, each with how programs that are told to read it write it. qmail, Postfix, OpenSMTPD, Courier, Dovecot and
/// getmail write Delivered-To; Postfix X-Original-To; Exim Envelope-To; procmail set-ups and Ecartis X-Envelope-To; MDaemon X-MDRcpt-To
/// and X-MDaemon-Deliver-To; VPOP3 X-VPOP3-ORIGRCPT; RFC 3798 section 2.3 has Original-Recipient.
const NAMES: [(&str, &str); 18] = [
    ("apparently-to", "Apparently-To"),
    ("delivered-to", "Delivered-To"),
    ("envelope-to", "Envelope-To"),
    ("original-recipient", "Original-Recipient"),
    ("x-apparently-to", "X-Apparently-To"),
    ("x-deliver-to", "X-Deliver-To"),
    ("x-delivered-to", "X-Delivered-To"),
    ("x-envelope-recipient", "X-Envelope-Recipient"),
    ("x-envelope-to", "X-Envelope-To"),
    ("x-mdaemon-deliver-to", "X-MDaemon-Deliver-To"),
    ("x-mdrcpt-to", "X-MDRcpt-To"),
    ("x-orcpt", "X-Orcpt"),
    ("x-orig-to", "X-Orig-To"),
    ("x-original-to", "X-Original-To"),
    ("x-rcpt-to", "X-Rcpt-To"),
    ("x-rcptto", "X-RCPTTO"),
    ("x-real-to", "X-Real-To"),
    ("x-vpop3-origrcpt", "X-VPOP3-ORIGRCPT"),
];

/// What such a field says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvelopeRecipient {
    /// The name of the field, as its programs write it.
    pub name: &'static str,
    /// The recipients, as written, without angle brackets. A server should record one; Exim and others may record several.
    pub addresses: Vec<String>,
}

/// Reads a field; absent where one of this name does not record the envelope recipient, or names no address. `value` gives the unfolded
/// value.
#[must_use]
pub fn parse_envelope_recipient<V: AsRef<str>>(
    name: &str,
    value: impl FnOnce() -> V,
) -> Option<EnvelopeRecipient> {
    let (_, name) = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
    let value = value();
    // Yahoo writes the date behind it: `ann@example.com; Mon, 02 Nov 2026 …`. Ecartis and RFC 3798 write the sort of address before it:
    // `rfc822;ann@example.com`.
    let mut parts = value.as_ref().split(';').map(str::trim);
    let address = parts.find(|part| part.contains('@'))?;
    let addresses: Vec<String> =
        parse_addresses(address).into_iter().filter(|address| address.contains('@')).collect();
    (!addresses.is_empty()).then_some(EnvelopeRecipient { name, addresses })
}

/// What a provider puts before the address of a customer: `ispuser-` of `ispuser-ann@example.com`, if the local part without it is that of
/// `known`. The domain may be the provider's own. Absent where there is none.
#[must_use]
pub fn parse_virtual_prefix<'r>(recorded: &'r str, known: &str) -> Option<&'r str> {
    let local = recorded.split('@').next()?;
    let known = known.split('@').next()?;
    let (prefix, rest) = local.split_at_checked(local.len().checked_sub(known.len())?)?;
    (prefix.len() > 1 && prefix.ends_with('-') && rest.eq_ignore_ascii_case(known)).then_some(prefix)
}
