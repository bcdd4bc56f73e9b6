//! How many Received lines a server lets a message have before it takes it for one that goes round.
//!
//! The numbers are what each program does if nobody changed it. A message that a server took with more lines than that shows that somebody
//! did.

use super::Hop;
use crate::fields::host::organisation;

/// The limit of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The program, as people call it.
    pub program: &'static str,
    /// How many Received lines a message may have. Some programs count their own line and some do not, and some stop at the number and some
    /// behind it: it is right to one or two.
    pub lines: usize,
    /// What the setting is called; absent where there is none.
    pub setting: Option<&'static str>,
    /// Where it is documented.
    pub source: &'static str,
}

/// The limit of the program that wrote a hop; absent where the line names none, or none with a known limit. Exchange Online does not count
/// Received lines but how often it had the message.
#[must_use]
pub fn limit(hop: &Hop) -> Option<&'static Limit> {
    let by = hop.received.by.as_deref().and_then(organisation);
    match by.as_deref() {
        Some("google.com") => return Some(&GOOGLE),
        Some("microsoft.com") => return None,
        _ => {}
    }
    let name = hop.received.software.as_ref()?.name.to_ascii_lowercase();
    // Domino is Lotus's, IBM's or HCL's.
    let name = ["lotus ", "ibm ", "hcl "].iter().find_map(|maker| name.strip_prefix(maker)).unwrap_or(&name);
    TABLE.iter().find(|(start, _)| name.starts_with(start)).map(|(_, limit)| limit)
}

const GOOGLE: Limit = Limit {
    program: "Gmail",
    // "Message exceeded 50 hops, this may indicate a mail loop".
    lines: 50,
    setting: None,
    source: "https://support.google.com/mail/?p=MailLoop",
};

const fn limited(program: &'static str, lines: usize, setting: &'static str, source: &'static str) -> Limit {
    Limit { program, lines, setting: Some(setting), source }
}

/// How the names of programs start, as they write them in Received lines, in lower case.
const TABLE: [(&str, Limit); 11] = [
    (
        "postfix",
        limited("Postfix", 50, "hopcount_limit", "https://www.postfix.org/postconf.5.html#hopcount_limit"),
    ),
    (
        "exim",
        limited("Exim", 30, "received_headers_max", "Exim specification, main option received_headers_max"),
    ),
    // Debian's build allows 100.
    ("sendmail", limited("sendmail", 25, "MaxHopCount", "sendmail cf/README, confMAX_HOP")),
    // Delivered-To lines are counted as well.
    ("qmail", Limit { program: "qmail", lines: 100, setting: None, source: "qmail-smtpd(8)" }),
    (
        "opensmtpd",
        Limit { program: "OpenSMTPD", lines: 100, setting: None, source: "OpenSMTPD, MAX_HOPS_COUNT" },
    ),
    ("courier", Limit { program: "Courier", lines: 100, setting: None, source: "courieresmtpd(8)" }),
    ("haraka", limited("Haraka", 100, "max_received", "Haraka, config/headers.ini")),
    (
        "chasquid",
        Limit { program: "chasquid", lines: 50, setting: None, source: "chasquid, internal/smtpsrv" },
    ),
    // 25 is often told of old releases.
    (
        "domino",
        limited(
            "Domino",
            40,
            "Maximum hop count",
            "HCL Domino 12 help, Configuration Settings document, Router/SMTP, Restrictions and Controls, Transfer Controls",
        ),
    ),
    // The pages on Exchange 2003 say 15, the schema of the metabase 10.
    (
        "microsoft smtpsvc",
        limited(
            "the SMTP service of Windows",
            15,
            "Maximum hop count",
            "IIS 6.0, SMTP virtual server, Messages tab; metabase property HopCount",
        ),
    ),
    (
        "microsoft exchange",
        limited(
            "Exchange",
            30,
            "MaxHopCount",
            "https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector",
        ),
    ),
];
