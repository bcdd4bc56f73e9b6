//! The names of trace fields, by sort. Names are in lower case here.

use super::Sort;

/// The sort of the fields of this name; absent where servers do not add such fields on the way.
pub fn sort(name: &str) -> Option<Sort> {
    let is_whole = |(_, names): &&(Sort, &[&str])| names.contains(&name);
    let starts = |(_, starts): &&(Sort, &[&str])| starts.iter().any(|start| name.starts_with(start));
    let found = NAMES.iter().find(is_whole).or_else(|| STARTS.iter().find(starts));
    let is_mail_scanner = || name.contains("-mailscanner") || name.contains("-tmailscanner");
    // MailScanner puts the name of the site in the middle: `X-Example-MailScanner-SpamCheck`.
    found.map(|(sort, _)| *sort).or_else(|| is_mail_scanner().then_some(Sort::Filter))
}

/// Whole names. They go before [`STARTS`].
#[rustfmt::skip]
const NAMES: &[(Sort, &[&str])] = &[
    (Sort::Delivery, &[
        // RFC 5321 section 4.4, RFC 9228, RFC 3798 section 2.3.
        "return-path", "delivered-to", "original-recipient",
        // Postfix (local(8)), Exim (chapter "Generic options for transports"), OpenSMTPD, Cyrus.
        "x-original-to", "x-orig-to", "envelope-to", "delivery-date", "x-delivered-to",
        // procmail and sendmail set-ups, Ecartis, amavis; Lucent's and old sendmail's Apparently-To; Yahoo.
        "x-envelope-to", "x-envelope-from", "x-envelope-sender", "x-envelope-recipient", "envelope-from", "apparently-to",
        "x-apparently-to", "x-orcpt",
        // MDaemon, hMailServer, Mercury, CommuniGate, VPOP3: what their POP3 collectors read.
        "x-rcpt-to", "x-rcptto", "x-mdrcpt-to", "x-mdaemon-deliver-to", "x-return-path", "x-deliver-to", "x-real-to",
        "x-vpop3-origrcpt", "x-vpop3-rcpttype", "x-pop3-rcpt",
        // Microsoft's SMTP service, for its pickup folder.
        "x-receiver",
        // Gmail: forwarding by a user's setting, and by a routing rule.
        "x-forwarded-to", "x-forwarded-for", "x-gm-original-to",
        // What a filter or a second delivery renames.
        "old-return-path", "x-original-return-path",
    ]),
    (Sort::Authentication, &[
        // RFC 8601, RFC 7208 section 9.1; Exchange and others rename what strangers wrote.
        "authentication-results", "authentication-results-original", "x-original-authentication-results",
        "original-authentication-results", "x-authentication-results", "received-spf", "x-received-spf",
        // OpenDMARC; DomainKeys (RFC 4870 section 3.6); Sender ID in Exchange 2003.
        "dmarc-filter", "domainkey-status", "x-sid-pra", "x-sid-result",
    ]),
    (Sort::Signature, &[
        // RFC 6376, RFC 4870, Google's own second signature; OpenDKIM, which writes its note when it signs and when it verifies.
        "dkim-signature", "domainkey-signature", "x-google-dkim-signature", "dkim-filter",
    ]),
    (Sort::Filter, &[
        // SpamAssassin (Mail::SpamAssassin::Conf) and others that use its names; MIMEDefang; SQLgrey, postgrey, milter-greylist; Avast.
        "x-spam", "x-scanned-by", "x-greylist", "x-antivirus", "x-antivirus-status", "x-authority-analysis",
        // Yahoo; Cloudmark at Comcast and others; hMailServer.
        "x-ymailisg", "x-yahoofilteredbulk", "x-cmae-envelope", "x-cmae-score", "x-hmailserver-spam",
        // IronPort before it was Cisco's.
        "ironport-sdr", "ironport-phdr", "ironport-data", "ironport-hdrordr", "x-ipas-result",
    ]),
    (Sort::Exchange, &[
        "x-originatororg", "x-originalarrivaltime", "x-ld-processed", "x-externalrecipientoutboundconnectors",
        "x-ms-traffictypediagnostic", "x-ms-publictraffictype",
    ]),
    (Sort::List, &[
        // Mailman, SmartList, majordomo, ezmlm, Google Groups, Sympa, Ecartis.
        "x-beenthere", "x-mailing-list", "mailing-list", "x-loop", "old-x-loop", "precedence", "errors-to", "x-list",
        "x-original-sender", "x-google-group-id", "x-archive-position", "x-majordomo", "x-sequence", "x-no-archive", "x-ml-name",
        "x-ml-count", "x-mailinglist",
    ]),
    (Sort::Other, &[
        // Google's inner hops; what somebody renamed.
        "x-received", "x-gmail-received", "x-google-smtp-source", "x-gm-message-state", "x-forwarded-encrypted",
        "x-originally-received", "old-received",
        // Fetchers: Gmail, fetchmail, James, imapsync, the UIDL of some POP3 servers.
        "x-gmail-fetch-info", "x-fetchmail-warning", "x-fetched-from", "x-imapsync", "x-uidl",
        // MDaemon.
        "x-mdremoteip", "x-mdhelo", "x-mdarrival-date", "x-mdid",
        // Who handed it in: web mail, sendmail, Postfix set-ups, Exim under cPanel.
        "x-originating-ip", "x-originating-email", "x-sender-ip", "x-source-ip", "x-authentication-warning",
        "x-authenticated-sender", "x-authenticated-user", "x-antiabuse", "x-get-message-sender-via", "x-source", "x-source-args",
        "x-source-dir",
        // Sieve in Cyrus and Dovecot; Mailgun; Amazon SES.
        "x-sieve", "x-mailgun-incoming", "x-ses-outgoing", "x-ses-receipt",
        // Marks against loops: Mimecast, ZoneMTA, IronPort and others.
        "x-mc-loop-signature", "x-zone-loop", "x-cfilter-loop", "x-extloop1", "x-loopa",
    ]),
];

/// How names start that products make in great number.
#[rustfmt::skip]
const STARTS: &[(Sort, &[&str])] = &[
    // RFC 8617; OpenARC's ARC-Filter.
    (Sort::Arc, &["arc-"]),
    // RFC 5322 section 3.6.6.
    (Sort::Resent, &["resent-"]),
    // RFC 2369, RFC 2919, RFC 8058; Mailman, Ecartis.
    (Sort::List, &["list-", "x-mailman-", "x-ecartis-"]),
    (Sort::Filter, &[
        // SpamAssassin, Rspamd (module milter_headers), amavis, ClamAV and other scanners.
        "x-spam-", "x-spamd-", "x-rspamd-", "x-amavis-", "x-virus-", "x-mailscanner-",
        // Proofpoint, Mimecast, Barracuda, Cisco, Trend Micro, Cloudmark, Sophos PureMessage, ASSP, MDaemon's scanner, hMailServer.
        "x-proofpoint-", "x-mimecast-", "x-barracuda-", "x-ironport-", "x-tm-as-", "x-tmase-", "x-cloudmark-", "x-pmx-", "x-assp-",
        "x-mdav-", "x-hmailserver-reason-",
        // Exchange Online Protection: Microsoft's page "Anti-spam message headers".
        "x-forefront-", "x-microsoft-antispam",
    ]),
    // Exchange (domain names of its header firewall), Exchange Online.
    (Sort::Exchange, &["x-ms-exchange-", "x-eop", "x-ms-office365-", "x-microsoft-exchange-", "x-exchange-antispam-", "x-ms-gcc-", "x-ms-oob-"]),
    (Sort::Other, &["x-getmail-", "x-hmailserver-", "x-offlineimap-", "x-vpop3-", "x-cyrus-"]),
];
