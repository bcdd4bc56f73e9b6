//! # What it finds
//!
//! The receiving side checked a signature of the message (DKIM), and it does not fit: the text or the signed fields were changed on the way,
//! or the key is not where the signature says. Sample: `dkim=fail (body hash did not verify) header.d=example.org`.
//!
//! # Why it matters
//!
//! A signature that does not fit proves nothing. Where SPF fails too, the sender is not proved, and the message may be put aside.
//!
//! # How to fix
//!
//! Whoever changes messages on the way (footers, marks in the subject, rewritten links) stops doing so, or does it before the signature is
//! made. The sender keeps its keys in the DNS.
//!
//! # When it stays quiet
//!
//! On results that the receiving side does not answer for; on `none`, `neutral` without a reason and `temperror`; where another signature of
//! the same organisation fits. It is no more than a note where the From domain was proved in another way, or where a list or a forwarder
//! stands between; where DMARC failed there as well, what to do stands with that finding.
//!
//! # References
//!
//! RFC 6376, sections 3.7 and 6.1. RFC 7960, section 3.

use super::{Group, Rule, near_misses_in};
use crate::advice::{authentication, in_command};
use crate::case::auth::{Believed, Trust, is_of_one};
use crate::case::relay::Way;
use crate::case::{Case, Message};
use crate::fields::auth_results::{Outcome, Verdict};
use crate::finding::{Confidence, Evidence, Finding, NearMiss, Remedy, Severity};

pub(super) const RULE: Rule = Rule {
    id: "dkim-fail",
    title: "A signature does not fit",
    group: Group::Identity,
    check,
    spared: Some(|case| near_misses_in(case, near_miss)),
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().filter_map(|(place, message)| check_message(place, message)).collect()
}

/// Nobody signs more often; of a message with more signatures only so many are looked at.
const MOST: usize = 20;

fn check_message(place: usize, message: &Message<'_>) -> Option<Finding> {
    let auth = &message.auth;
    let mut believed = auth.believed("dkim");
    believed.truncate(MOST);
    let fits = |domain: &str| {
        let mut passed = believed.iter().filter(|result| result.outcome.is_pass());
        passed.any(|result| result.outcome.domain().is_some_and(|passed| is_of_one(&passed, domain)))
    };
    let is_broken = |result: &&Believed<'_>| {
        is_bad(result.outcome) && !result.outcome.domain().is_some_and(|domain| fits(&domain))
    };
    let mut broken: Vec<Believed<'_>> = believed.iter().filter(is_broken).copied().collect();
    // The signature of the From domain says most.
    broken.sort_by_key(|result| !auth.is_aligned(result.outcome));
    let result = *broken.first()?;
    let cause = Cause::of(result.outcome);
    let earlier = still_good(message, result.outcome);
    let mut evidence: Vec<Evidence> = broken
        .iter()
        .map(|broken| Evidence {
            message: place,
            span: broken.outcome.span,
            label: format!(
                "The check of the signature, as {} wrote it.",
                broken.statement.server(&message.route)
            ),
        })
        .collect();
    evidence.extend(message.relay.as_ref().map(|relay| Evidence {
        message: place,
        span: relay.span,
        label: relay.label().into(),
    }));
    evidence.extend(earlier.map(|earlier| Evidence {
        message: place,
        span: earlier.outcome.span,
        label: format!(
            "{} says that the signature still fitted there.",
            earlier.statement.server(&message.route)
        ),
    }));
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: severity(message, result),
        confidence: if result.statement.trust == Trust::Proven {
            Confidence::Certain
        } else {
            Confidence::Likely
        },
        what: what(message, result, cause),
        why: why(message, cause),
        remedies: remedies(message, result, cause),
        evidence,
        culprit: None,
    })
}

fn is_bad(outcome: &Outcome) -> bool {
    match outcome.verdict {
        Verdict::Fail | Verdict::PermError | Verdict::Policy => true,
        // Early verifiers said so of signatures that do not fit.
        Verdict::Neutral => matches!(Cause::of(outcome), Cause::Body | Cause::Fields),
        _ => false,
    }
}

/// Why a signature does not fit, as the server says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// The text is another than the one that was signed.
    Body,
    /// A signed field is another, or the key.
    Fields,
    /// There is no key, or none that is valid.
    Key,
    /// The server does not say.
    Unknown,
}

impl Cause {
    fn of(outcome: &Outcome) -> Self {
        let words: Vec<String> =
            outcome.reason.iter().chain(&outcome.comments).map(|text| text.to_lowercase()).collect();
        let has = |parts: &[&str]| words.iter().any(|text| parts.iter().any(|part| text.contains(part)));
        if has(&["body hash", "bodyhash", "body has been altered"]) {
            Self::Body
        } else if has(&[
            "no key",
            "key not found",
            "no dns record",
            "nxdomain",
            "revoked",
            "key retrieval",
            "invalid public key",
        ]) {
            Self::Key
        } else if has(&[
            "did not verify",
            "signature verification failed",
            "bad signature",
            "bad rsa signature",
            "headers",
        ]) {
            Self::Fields
        } else {
            Self::Unknown
        }
    }
}

/// The same signature, found good by a server before.
fn still_good<'m>(message: &'m Message<'_>, outcome: &Outcome) -> Option<Believed<'m>> {
    let earlier = message.auth.earlier_pass()?;
    let is_same = earlier.outcome.is_of("dkim") && earlier.outcome.domain() == outcome.domain();
    is_same.then_some(earlier)
}

fn severity(message: &Message<'_>, result: Believed<'_>) -> Severity {
    let auth = &message.auth;
    let is_explained = message.relay.is_some() || !auth.is_aligned(result.outcome);
    if auth.is_dmarc_failed() && !is_explained { Severity::Low } else { Severity::Info }
}

fn what(message: &Message<'_>, result: Believed<'_>, cause: Cause) -> String {
    let server = result.statement.server(&message.route);
    let signer = result.outcome.domain().unwrap_or_else(|| "the sender".into());
    let told = match cause {
        Cause::Body => "the text was changed after it was signed",
        Cause::Fields => "a signed field was changed, or the key is another",
        Cause::Key => "there is no valid key for it in the DNS",
        Cause::Unknown => "the header does not say why",
    };
    let by = match &message.relay {
        Some(relay) if cause != Cause::Key && relay.way != Way::Filter => {
            format!(" It came by {}: that is the likely reason.", relay.words())
        }
        _ => String::new(),
    };
    format!("{server} found that the signature of {signer} does not fit: {told}.{by}")
}

fn why(message: &Message<'_>, cause: Cause) -> String {
    let reason = reason(message, cause);
    if message.is_dmarc_explained() && cause != Cause::Key {
        return format!("{reason} What can be done about it stands with the check of DMARC.");
    }
    reason.into()
}

fn reason(message: &Message<'_>, cause: Cause) -> &'static str {
    if message.auth.is_from_proved() {
        return "The From domain was proved in another way, so this does no harm by itself.";
    }
    match (message.relay.as_ref().map(|relay| relay.way), cause) {
        (_, Cause::Key) => "Without its key nobody can check the signature, so it proves nothing.",
        (Some(Way::List), _) => {
            "Lists that add a footer or mark the subject break the author's signature. The author did nothing wrong."
        }
        (Some(_), _) => "A change on the way breaks the signature. It says nothing against the sender.",
        (None, _) => {
            "A server or program changed the message after it was signed, or the signature was copied from another message. It no longer proves who sent it."
        }
    }
}

fn remedies(message: &Message<'_>, result: Believed<'_>, cause: Cause) -> Vec<Remedy> {
    if message.auth.is_from_proved() {
        return Vec::new();
    }
    let signer = result.outcome.domain().unwrap_or_else(|| "the sender's domain".into());
    let selector = result.outcome.property("header.s").map(|selector| selector.value.clone());
    if cause == Cause::Key {
        let selector = in_command(selector.as_deref().unwrap_or_default(), "<selector>");
        let name = format!("{selector}._domainkey.{}", in_command(&signer, "<domain>"));
        return vec![Remedy {
            who: format!("Whoever administers the DNS of {signer}"),
            steps: vec![
                format!("Look for the key: `dig +short TXT {name}`, on Windows `Resolve-DnsName -Type TXT {name}`."),
                "If it is missing or cut off, publish the key that the sending server or service shows; one that is longer than 255 letters is written as several strings of one record.".into(),
                "Keep the keys that were replaced for some days: mail that was signed with them may still be on its way.".into(),
            ],
            disturbs_mail_flow: false,
            references: vec!["RFC 6376, sections 3.6.2 and 6.1.2".into()],
        }];
    }
    if message.is_dmarc_explained() {
        return Vec::new();
    }
    match &message.relay {
        Some(relay) if relay.way == Way::List => {
            vec![authentication::list_munges_from(relay.name.as_deref().unwrap_or(relay.called()))]
        }
        Some(relay) if relay.way == Way::Forwarding => vec![authentication::forward_with_srs(relay.called())],
        _ => vec![Remedy {
            who: format!("Whoever runs the servers of {signer}"),
            steps: vec![
                "Find what changes messages after they are signed: a footer or disclaimer, a virus scanner, a program that rewrites links, a gateway behind the server that signs.".into(),
                "Let the last server that touches a message sign it.".into(),
                "Sign with `c=relaxed/relaxed`, so that changed blanks and line ends do no harm.".into(),
            ],
            disturbs_mail_flow: false,
            references: vec!["RFC 6376, section 3.4".into()],
        }],
    }
}

/// A signature that does not fit beside one of the same organisation that does.
fn near_miss(place: usize, message: &Message<'_>) -> Option<NearMiss> {
    let mut believed = message.auth.believed("dkim");
    believed.truncate(MOST);
    let passed = |domain: &str| {
        believed.iter().find(|result| {
            result.outcome.is_pass()
                && result.outcome.domain().is_some_and(|passed| is_of_one(&passed, domain))
        })
    };
    let mut failed = believed.iter().filter(|result| is_bad(result.outcome));
    let (failed, domain, passed) = failed.find_map(|failed| {
        let domain = failed.outcome.domain()?;
        let passed = passed(&domain)?;
        Some((failed, domain, passed))
    })?;
    let shown = |result: &Believed<'_>, label: &str| Evidence {
        message: place,
        span: result.outcome.span,
        label: label.into(),
    };
    Some(RULE.near_miss(
        format!("The check of a signature of {domain} did not pass."),
        "Another signature of the same organisation fits, and one is enough.",
        vec![shown(failed, "The check that did not pass."), shown(passed, "The check that passed.")],
    ))
}
