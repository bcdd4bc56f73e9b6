//! # What it finds
//!
//! The receiving side checked whether the machine that handed the message over may send for the domain of the envelope sender (SPF), and
//! the answer was no: `fail`, `softfail`, or a record that cannot be read (`permerror`). Sample: `Authentication-Results: mx.example.com;
//! spf=fail smtp.mailfrom=example.org`.
//!
//! # Why it matters
//!
//! Such mail is put aside or refused where nothing else proves the sender. Behind a server that forwards, SPF fails for everybody.
//!
//! # How to fix
//!
//! The sender's domain lists all servers that send for it in its SPF record. A server that forwards rewrites the envelope sender.
//!
//! # When it stays quiet
//!
//! On results that the receiving side does not answer for; on `none`, `neutral` and `temperror`; where SPF passed for another of the
//! sender's names; on `softfail` where the From domain was proved in another way. It is no more than a note where DMARC does not fail, or
//! where a list, a forwarder or a filter service stands between; where DMARC failed there as well, what to do stands with that finding.
//!
//! # References
//!
//! RFC 7208, sections 2.6 and 8. RFC 7960, section 3.

use super::{Group, Rule, near_misses_in};
use crate::advice::authentication;
use crate::case::auth::{Believed, Trust};
use crate::case::relay::Way;
use crate::case::{Case, Message};
use crate::fields::auth_results::{Outcome, Verdict};
use crate::finding::{Confidence, Evidence, Finding, NearMiss, Remedy, Severity};
use crate::route::Scope;

pub(super) const RULE: Rule = Rule {
    id: "spf-fail",
    title: "SPF did not pass",
    group: Group::Identity,
    check,
    spared: Some(|case| near_misses_in(case, near_miss)),
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().filter_map(|(place, message)| check_message(place, message)).collect()
}

fn check_message(place: usize, message: &Message<'_>) -> Option<Finding> {
    let auth = &message.auth;
    let believed = auth.believed("spf");
    if believed.iter().any(|result| result.outcome.is_pass()) {
        return None;
    }
    let result = *believed.iter().find(|result| is_bad(&result.outcome.verdict))?;
    if result.outcome.verdict == Verdict::SoftFail && auth.is_from_proved() {
        return None;
    }
    let mut evidence = vec![Evidence {
        message: place,
        span: result.outcome.span,
        label: format!("The check of SPF, as {} wrote it.", result.statement.server(&message.route)),
    }];
    evidence.extend(message.relay.as_ref().map(|relay| Evidence {
        message: place,
        span: relay.span,
        label: relay.label().into(),
    }));
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: severity(message),
        confidence: if result.statement.trust == Trust::Proven {
            Confidence::Certain
        } else {
            Confidence::Likely
        },
        what: format!("{}{}", what(message, result), because(message, result)),
        why: why(message, result),
        remedies: remedies(message, result),
        evidence,
        culprit: None,
    })
}

const fn is_bad(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Fail | Verdict::SoftFail | Verdict::PermError)
}

fn severity(message: &Message<'_>) -> Severity {
    if message.auth.is_dmarc_failed() && message.relay.is_none() { Severity::Low } else { Severity::Info }
}

fn what(message: &Message<'_>, result: Believed<'_>) -> String {
    let server = result.statement.server(&message.route);
    let domain = result.outcome.domain().unwrap_or_else(|| "the sender's domain".into());
    let client = client(result).unwrap_or_else(|| "the machine that handed the message over".into());
    match result.outcome.verdict {
        Verdict::PermError => {
            format!("{server} could not read the list of servers that may send for {domain} (SPF permerror).")
        }
        Verdict::SoftFail => {
            format!(
                "{server} found that {client} is probably not allowed to send for {domain} (SPF softfail)."
            )
        }
        _ => format!("{server} found that {client} is not allowed to send for {domain} (SPF fail)."),
    }
}

/// The explanation, where the header has one.
fn because(message: &Message<'_>, result: Believed<'_>) -> String {
    if result.outcome.verdict == Verdict::PermError {
        return String::new();
    }
    if is_inside(result) {
        return " That is an address inside a network: the check probably ran behind the server that took the message from the sender.".into();
    }
    match &message.relay {
        Some(relay) => format!(" The message came by {}: that is the likely reason.", relay.words()),
        None => String::new(),
    }
}

fn why(message: &Message<'_>, result: Believed<'_>) -> String {
    let reason = reason(message, result);
    if message.is_dmarc_explained() {
        return format!("{reason} What can be done about it stands with the check of DMARC.");
    }
    reason.into()
}

fn reason(message: &Message<'_>, result: Believed<'_>) -> &'static str {
    if message.auth.is_from_proved() {
        return "The sender was proved in another way (a signature of its domain), so this does no harm by itself.";
    }
    if result.outcome.verdict == Verdict::PermError {
        return "A record that cannot be read protects nobody: the check counts as not passed, for the sender's own servers too.";
    }
    match message.relay.as_ref().map(|relay| relay.way) {
        Some(Way::Filter) => {
            "The check saw the filter service, not the sender. It says nothing about the sender."
        }
        Some(_) => {
            "SPF fails behind every server that forwards without rewriting the sender of the envelope. It says nothing against the sender."
        }
        None => {
            "Mail that fails this check is put aside or refused more often. It may be forged, or the sender's domain has forgotten one of its servers."
        }
    }
}

fn client(result: Believed<'_>) -> Option<String> {
    result.outcome.client().map(|ip| ip.to_string())
}

/// Whether the client has an address that does not exist on the internet.
fn is_inside(result: Believed<'_>) -> bool {
    let scope = result.outcome.client().map(Scope::of);
    matches!(scope, Some(Scope::Private | Scope::Loopback | Scope::LinkLocal))
}

fn remedies(message: &Message<'_>, result: Believed<'_>) -> Vec<Remedy> {
    let domain = result.outcome.domain();
    if result.outcome.verdict == Verdict::PermError {
        return domain.iter().map(|domain| authentication::mend_spf(domain)).collect();
    }
    if is_inside(result) {
        return vec![authentication::look_past_filter("your own gateway")];
    }
    if message.is_dmarc_explained() {
        return Vec::new();
    }
    match &message.relay {
        Some(relay) if relay.way == Way::Filter => vec![authentication::look_past_filter(relay.called())],
        Some(relay) if relay.way == Way::Forwarding && !message.auth.is_from_proved() => {
            vec![authentication::forward_with_srs(relay.called())]
        }
        Some(_) => Vec::new(),
        None if message.auth.is_from_proved() => Vec::new(),
        None => domain
            .iter()
            .map(|domain| authentication::list_in_spf(domain, client(result).as_deref()))
            .collect(),
    }
}

/// A result that looks bad and is no finding.
fn near_miss(place: usize, message: &Message<'_>) -> Option<NearMiss> {
    let auth = &message.auth;
    let shown =
        |outcome: &Outcome, label: &str| Evidence { message: place, span: outcome.span, label: label.into() };
    let believed = auth.believed("spf");
    let bad = believed.iter().find(|result| is_bad(&result.outcome.verdict));
    let pass = believed.iter().find(|result| result.outcome.is_pass());
    let says = |outcome: &Outcome| format!("A server wrote spf={}.", outcome.word.value);
    if let Some((bad, pass)) = bad.zip(pass) {
        return Some(RULE.near_miss(
            says(bad.outcome),
            "SPF was checked for two names of the sender, and it passed for the other: one is enough.",
            vec![shown(bad.outcome, "The check that failed."), shown(pass.outcome, "The check that passed.")],
        ));
    }
    if let Some(bad) = bad.filter(|bad| bad.outcome.verdict == Verdict::SoftFail && auth.is_from_proved()) {
        return Some(RULE.near_miss(
            says(bad.outcome),
            "The domain of the From field was proved in another way, so this does no harm.",
            vec![shown(bad.outcome, "The check of SPF.")],
        ));
    }
    let others =
        auth.statements.iter().filter(|statement| believed.is_empty() && !statement.trust.is_believed());
    let mut outcomes = others.flat_map(|statement| &statement.results);
    let bad = outcomes.find(|outcome| outcome.is_of("spf") && is_bad(&outcome.verdict))?;
    Some(RULE.near_miss(
        says(bad),
        "The receiving side does not answer for that line: it was written before that side had the message, or nobody knows by whom.",
        vec![shown(bad, "A check of SPF on the way.")],
    ))
}
