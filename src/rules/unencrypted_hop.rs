//! # What it finds
//!
//! A hop between servers of two organisations without encryption: the receiving server's line names a protocol without TLS.
//!
//! # Why it matters
//!
//! On this stretch everybody who could listen could read the message.
//!
//! # How to fix
//!
//! Switch STARTTLS on at the two servers: at the sending one for outgoing mail, at the receiving one with a certificate.
//!
//! # When it stays quiet
//!
//! Inside one machine, one network or one organisation. Where the line does not tell: old Windows servers, Domino and qmail write nothing
//! of TLS. On fetches, which are no hop between servers, and on mail from before 2005, when the lines had no words for it.
//!
//! # References
//!
//! RFC 3207 (STARTTLS), RFC 3848 (the names of protocols with and without TLS), RFC 8461 (MTA-STS).

use super::{Group, Rule};
use crate::advice::{in_command, in_words};
use crate::case::{Case, Message};
use crate::finding::{Confidence, Evidence, Finding, Remedy, Severity};
use crate::route::{Encryption, Hop, Host, Kind, Scope};

pub(super) const RULE: Rule = Rule {
    id: "unencrypted-hop",
    title: "A hop without encryption",
    group: Group::Transit,
    check,
    spared: None,
};

/// More hops than this prove nothing more.
const SHOWN: usize = 10;

/// The first second of 2005 UTC. RFC 3848, which gave the protocols with TLS their names, is of July 2004.
const NAMED: i64 = 1_104_537_600;

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().filter_map(|(place, message)| finding(place, message)).collect()
}

fn finding(place: usize, message: &Message<'_>) -> Option<Finding> {
    let hops = message.route.hops.iter().filter_map(|hop| Some((hop, ends(message, hop)?)));
    let open: Vec<(&Hop, [&Host; 2])> = hops.collect();
    let (first, [from, by]) = *open.first()?;
    let more = match open.len() {
        1 => String::new(),
        2 => ", and so did one more hop".to_owned(),
        all => format!(", and so did {} more hops", all - 1),
    };
    let is_told = first.received.software.as_ref().is_some_and(|software| tells_of_tls(&software.name));
    let went = if is_told { "went" } else { "probably went" };
    let evidence = open.iter().take(SHOWN).map(|(hop, [from, by])| Evidence {
        message: place,
        span: hop.span,
        label: format!("{} took it from {} by a protocol without TLS.", by.name, from.name),
    });
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: Severity::Info,
        confidence: if is_told { Confidence::Certain } else { Confidence::Likely },
        what: format!("The message {went} from {} to {} without encryption{more}.", from.name, by.name),
        why: "Between two organisations it crossed networks of others, where it could be read.".into(),
        remedies: vec![Remedy {
            who: format!("Whoever administers {} or {}", by.name, from.name),
            steps: vec![format!(
                "See whether {} offers STARTTLS: `openssl s_client -starttls smtp -connect {}:25`. If not, give it a certificate and switch it on; otherwise let {} use it. Postfix: `smtpd_tls_security_level = may` and `smtp_tls_security_level = may`.",
                in_words(&by.name),
                in_command(&by.name, "SERVER"),
                in_words(&from.name)
            )],
            disturbs_mail_flow: false,
            references: vec!["RFC 3207".into()],
        }],
        evidence: evidence.collect(),
        culprit: None,
    })
}

/// The two machines of a hop that crossed from one organisation to another without TLS; absent for all other hops.
fn ends<'m>(message: &'m Message<'_>, hop: &Hop) -> Option<[&'m Host; 2]> {
    let is_external = hop.received.ip.as_ref().is_some_and(|ip| Scope::of(ip.value).is_unique());
    // A machine that logs in is one of the server's own people.
    let is_by_strangers = hop.kind == Kind::Smtp && !hop.received.is_logged_in();
    let is_too_old = hop.received.date.is_some_and(|date| date.epoch < NAMED);
    if hop.encryption != Encryption::Plain || !is_external || !is_by_strangers || is_too_old {
        return None;
    }
    let host = |place: Option<usize>| message.route.hosts.get(place?);
    let (from, by) = (host(hop.from_host)?, host(hop.by_host)?);
    let organisations = from.organisation.as_deref().zip(by.organisation.as_deref());
    organisations.is_some_and(|(from, by)| from != by).then_some([from, by])
}

/// Programs that write TLS into their lines wherever there was some (RFC 3848, or particulars of the cipher).
fn tells_of_tls(software: &str) -> bool {
    ["Postfix", "Exim", "sendmail", "OpenSMTPD", "Microsoft Exchange", "Haraka"].contains(&software)
}
