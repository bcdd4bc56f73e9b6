//! # What it finds
//!
//! A bounce for a message that the one who got the bounce never sent. The header that came back names no server of theirs, was not signed
//! by them, and shows at least two of these: a stranger who greets with their domain, an SPF verdict against it, a Message-ID of
//! another site, a client on the line of a home. Of a domain that the reader has named as their own, a greeting or an SPF verdict alone is
//! enough.
//!
//! # Why it matters
//!
//! Somebody writes mail in their name. The bounce itself does no harm, but thousands of them fill a mailbox, and people fear that their
//! mailbox was broken into.
//!
//! # How to fix
//!
//! Ignore the bounce; publish SPF, DKIM and DMARC; ask the site that returned it to refuse such mail during the SMTP dialogue.
//!
//! # When it stays quiet
//!
//! On bounces of mail that the site did send: one of its servers, its DKIM signature, a login or a Message-ID of its own stands in the
//! returned header, or a server that the reader has named. Where only one sign speaks for forgery, and where no header was returned.
//!
//! # References
//!
//! RFC 5321, sections 4.5.5 and 6.2. RFC 7208 (SPF), RFC 6376 (DKIM), RFC 7489 (DMARC).

use super::{Group, Rule};
use crate::advice::catch_all;
use crate::case::{Case, Returned};
use crate::finding::{Confidence, Evidence, Finding, NearMiss, Severity};

pub(super) const RULE: Rule = Rule {
    id: "backscatter",
    title: "Bounce of a mail that was forged",
    group: Group::Bounces,
    check,
    spared: Some(spared),
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.returned.iter().filter(|returned| returned.is_forged()).map(finding).collect()
}

fn finding(returned: &Returned) -> Finding {
    let reporter = returned.reporter.as_deref().unwrap_or("a server");
    let sender = returned.claimed_sender.as_deref().unwrap_or("your address");
    let site = returned.own_site.as_deref();
    let is_likely = returned.is_likely_forged();
    let evidence = returned.signs().into_iter().map(|(span, label)| Evidence {
        message: returned.original,
        span,
        label: label.into(),
    });
    let named = match returned.claims_reader {
        true => ", and none that you have named as your own",
        false => "",
    };
    let mut remedies = vec![catch_all::victim(site)];
    remedies.extend(returned.reporter.as_deref().map(catch_all::ask_to_refuse));
    Finding {
        id: RULE.id,
        title: RULE.title,
        severity: Severity::Medium,
        confidence: if is_likely { Confidence::Likely } else { Confidence::Possible },
        what: format!(
            "{reporter} returned a mail to {sender} that {} {} sent: the sender {} forged.",
            site.unwrap_or("the site"),
            if is_likely { "probably never" } else { "may never have" },
            if is_likely { "was" } else { "may have been" },
        ),
        why: format!(
            "No server, signature or Message-ID of the sender's site stands in the mail that came back{named}. Anybody can write any sender; nobody has to have broken into anything. Sending the bounce to the forged sender is called backscatter."
        ),
        remedies,
        evidence: evidence.collect(),
        culprit: None,
    }
}

fn spared(case: &Case<'_>) -> Vec<NearMiss> {
    let near_miss = |returned: &Returned| near_miss(case, returned);
    case.returned.iter().filter(|returned| !returned.is_forged()).filter_map(near_miss).collect()
}

/// A bounce of mail that the sender did send, or of which one sign alone says otherwise.
fn near_miss(case: &Case<'_>, returned: &Returned) -> Option<NearMiss> {
    let sender = returned.claimed_sender.as_deref()?;
    let site = returned.own_site.as_deref()?;
    let looks_like = format!("A mail came back to {sender}, as forged mail does.");
    let of_original = |span, label: &str| Evidence { message: returned.original, span, label: label.into() };
    if returned.is_own {
        let header = case.messages.get(returned.original)?.header();
        let last =
            header.fields().rfind(|field| field.is_named("Received") || field.is_named("Message-ID"))?;
        return Some(RULE.near_miss(
            looks_like,
            format!("The header that came back shows a server, a signature or a Message-ID of {site}: that site did send it."),
            vec![of_original(last.span(), "Where the mail that came back began.")],
        ));
    }
    let signs = returned.signs();
    let (span, label) = signs.first()?;
    Some(RULE.near_miss(
        looks_like,
        "Only one sign speaks for a forgery, and that is not enough.",
        vec![of_original(*span, label)],
    ))
}
