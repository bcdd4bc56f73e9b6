//! Names of fields. The lists tell a field from other lines with a colon; a field with any other name is a field all the same.

/// Names in use, sorted, in lower case: the registry of message headers (RFC 4021 and its successors), and what mail software adds
/// without asking.
const KNOWN: [&str; 118] = [
    "apparently-to",
    "arc-authentication-results",
    "arc-message-signature",
    "arc-seal",
    "archived-at",
    "authentication-results",
    "authentication-results-original",
    "auto-submitted",
    "autocrypt",
    "bcc",
    "bimi-selector",
    "cc",
    "comments",
    "content-class",
    "content-description",
    "content-disposition",
    "content-id",
    "content-identifier",
    "content-language",
    "content-length",
    "content-location",
    "content-transfer-encoding",
    "content-type",
    "date",
    "deferred-delivery",
    "delivered-to",
    "delivery-date",
    "dkim-filter",
    "dkim-signature",
    "domainkey-signature",
    "encoding",
    "envelope-to",
    "errors-to",
    "expires",
    "feedback-id",
    "from",
    "importance",
    "in-reply-to",
    "ironport-data",
    "ironport-hdrordr",
    "ironport-phdr",
    "ironport-sdr",
    "keywords",
    "lines",
    "list-archive",
    "list-help",
    "list-id",
    "list-owner",
    "list-post",
    "list-subscribe",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "mail-followup-to",
    "mail-reply-to",
    "mailing-list",
    "message-id",
    "mime-version",
    "mt-priority",
    "newsgroups",
    "old-received",
    "old-return-path",
    "organisation",
    "organization",
    "original-recipient",
    "originator-return-address",
    "path",
    "precedence",
    "priority",
    "received",
    "received-spf",
    "references",
    "reply-to",
    "require-recipient-valid-since",
    "resent-bcc",
    "resent-cc",
    "resent-date",
    "resent-from",
    "resent-message-id",
    "resent-reply-to",
    "resent-sender",
    "resent-to",
    "return-path",
    "return-receipt-to",
    "sender",
    "sensitivity",
    "solicitation",
    "spamdiagnosticmetadata",
    "spamdiagnosticoutput",
    "status",
    "subject",
    "supersedes",
    "thread-index",
    "thread-topic",
    "tls-report-domain",
    "tls-report-submitter",
    "tls-required",
    "to",
    "user-agent",
    "vbr-info",
    "via",
    "x-authentication-warning",
    "x-delivered-to",
    "x-envelope-from",
    "x-envelope-to",
    "x-forwarded-for",
    "x-forwarded-to",
    "x-mailer",
    "x-mimeole",
    "x-mozilla-status",
    "x-ms-exchange-organization-scl",
    "x-original-to",
    "x-originating-ip",
    "x-originatororg",
    "x-priority",
    "x-received",
    "x-spam-status",
    "x-uid",
    "x-virus-scanned",
];

/// Names of which at least one must be there for lines to count as a mail header. Prose with a colon has none of them.
const TELLING: [&str; 15] = [
    "authentication-results",
    "content-type",
    "date",
    "delivered-to",
    "dkim-signature",
    "from",
    "message-id",
    "mime-version",
    "received",
    "received-spf",
    "reply-to",
    "return-path",
    "subject",
    "to",
    "x-received",
];

/// Fields that a header has once at most (RFC 5322 section 3.6, RFC 2045 section 4): a second one starts another header.
const SINGLETONS: [&str; 13] = [
    "bcc",
    "cc",
    "content-type",
    "date",
    "from",
    "in-reply-to",
    "message-id",
    "mime-version",
    "references",
    "reply-to",
    "sender",
    "subject",
    "to",
];

/// Fields whose value people wrote: marks that are odd elsewhere may be meant there.
const FREE_TEXT: [&str; 10] =
    ["bcc", "cc", "comments", "from", "keywords", "reply-to", "sender", "subject", "thread-topic", "to"];

/// Whether the name is in use.
#[must_use]
pub fn is_known(name: &[u8]) -> bool {
    is_in(&KNOWN, name)
}

/// Whether a field of this name tells a mail header from other lines with a colon.
#[must_use]
pub fn is_telling(name: &[u8]) -> bool {
    is_in(&TELLING, name)
}

/// The place of a name in the list of those that a header has once at most, counted from 0 to 12; absent for other names.
#[must_use]
pub fn singleton(name: &[u8]) -> Option<usize> {
    position(&SINGLETONS, name)
}

/// Whether people wrote what stands in a field of this name.
#[must_use]
pub fn is_free_text(name: &[u8]) -> bool {
    is_in(&FREE_TEXT, name)
}

fn is_in(sorted: &[&str], name: &[u8]) -> bool {
    position(sorted, name).is_some()
}

fn position(sorted: &[&str], name: &[u8]) -> Option<usize> {
    let lower = |byte: &u8| byte.to_ascii_lowercase();
    sorted.binary_search_by(|entry| entry.bytes().cmp(name.iter().map(lower))).ok()
}

#[cfg(test)]
mod tests {
    use super::{FREE_TEXT, KNOWN, SINGLETONS, TELLING};

    #[test]
    fn every_list_is_sorted() {
        for list in [&KNOWN[..], &TELLING, &SINGLETONS, &FREE_TEXT] {
            assert!(list.is_sorted());
        }
    }
}
