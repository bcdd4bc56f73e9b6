//! # What it finds
//!
//! Results of SPF, DKIM or DMARC that nobody should rely on: an Authentication-Results field that names the receiving server but stands
//! among lines of other servers, where the receiving server cannot have put it, or contradicts what that server wrote above; or one that names a server which is nowhere on the route.
//!
//! # Why it matters
//!
//! Anybody can write `spf=pass` into a message. Programs and people that read such a field take a forged sender for a proved one.
//!
//! # How to fix
//!
//! The receiving server takes out fields that strangers write in its name, and the programs behind it read only fields with its name.
//!
//! # When it stays quiet
//!
//! On fields that the receiving side wrote, also under a name that is no host name, and at the end of the header, where some of its
//! filters write; on those of servers before it on the route, and of other servers of their organisations; on fields that name no writer, as Exchange writes them; on fields that say no more than `auth`; where
//! nothing in the field passed; and where there is no route to compare with.
//!
//! # References
//!
//! RFC 8601, sections 2.5, 5 and 7.1.

use std::collections::HashSet;

use super::{Group, Rule};
use crate::advice::{in_command, in_words};
use crate::case::auth::{Form, Statement, Trust};
use crate::case::{Case, Message};
use crate::fields::auth_results::Verdict;
use crate::fields::host::organisation;
use crate::finding::{Confidence, Evidence, Finding, Remedy, Severity};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    id: "auth-results-untrusted",
    title: "Check results that prove nothing",
    group: Group::Identity,
    check,
    spared: None,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages
        .iter()
        .enumerate()
        .flat_map(|(place, message)| check_message(case, place, message))
        .collect()
}

/// More fields of a sort prove nothing more.
const SHOWN: usize = 10;

fn check_message(case: &Case<'_>, place: usize, message: &Message<'_>) -> Vec<Finding> {
    let Some(door) = message.auth.door else { return Vec::new() };
    let (ours, theirs) = sides(message, door);
    let (mut forged, mut strange): (Vec<&Statement>, Vec<&Statement>) = (Vec::new(), Vec::new());
    for statement in message.auth.statements.iter().filter(|statement| is_claim(statement)) {
        let Some(writer) = statement.writer.as_deref() else { continue };
        match organisation(writer) {
            Some(own) if theirs.contains(&own) => {}
            Some(own) if ours.contains(&own) && statement.form == Form::Results => forged.push(statement),
            Some(own) if ours.contains(&own) => {}
            _ if case.own.is_named(writer) && statement.form == Form::Results => forged.push(statement),
            _ => strange.push(statement),
        }
    }
    let failed = failed(message);
    forged.extend(
        message.auth.statements.iter().filter(|statement| contradicts(&failed, statement)).take(SHOWN),
    );
    let forged = (!forged.is_empty()).then(|| forged_finding(place, message, door, &forged));
    let strange = (!strange.is_empty()).then(|| strange_finding(place, &strange));
    forged.into_iter().chain(strange).collect()
}

/// The organisations on the receiving side, and those before it.
fn sides(message: &Message<'_>, door: usize) -> (HashSet<String>, HashSet<String>) {
    let (mut ours, mut theirs) = (HashSet::new(), HashSet::new());
    for (at, hop) in message.route.hops.iter().enumerate() {
        let side = if at >= door { &mut ours } else { &mut theirs };
        let hosts = hop.by_host.and_then(|host| message.route.hosts.get(host));
        side.extend(hosts.and_then(|host| host.organisation.clone()));
        side.extend(hop.received.by.as_deref().and_then(organisation));
        // Who handed it over may have checked it as well.
        let client = hop.from_host.and_then(|host| message.route.hosts.get(host));
        let client = client.and_then(|host| host.organisation.clone());
        theirs.extend(client.filter(|client| at < door || !ours.contains(client)));
    }
    (ours, theirs)
}

/// Whether somebody may take the field for a proof that the sender is right, though the receiving side does not answer for it.
fn is_claim(statement: &Statement) -> bool {
    let is_result = matches!(statement.form, Form::Results | Form::SetAside);
    let is_of_route =
        statement.trust.is_believed() || (statement.trust == Trust::Earlier && statement.is_named);
    let mut passed = statement.results.iter().filter(|outcome| outcome.is_pass());
    let proves =
        passed.any(|outcome| ["spf", "dkim", "dmarc", "arc", "compauth"].iter().any(|it| outcome.is_of(it)));
    is_result && !is_of_route && proves
}

/// Whether a field that names the receiving server says that a check was passed, while a field above it, which the receiving side wrote,
/// says that it failed.
fn contradicts(own: &[(&str, Span)], statement: &Statement) -> bool {
    if !matches!(statement.trust, Trust::Appended | Trust::Named) || statement.form != Form::Results {
        return false;
    }
    own.iter().any(|(method, span)| {
        let mut results = statement.results.iter();
        span.start < statement.span.start && results.any(|outcome| outcome.is_of(method) && outcome.is_pass())
    })
}

/// The checks that failed, as the receiving side wrote, each with the place of the field.
fn failed<'m>(message: &'m Message<'_>) -> Vec<(&'m str, Span)> {
    let first = |method| message.auth.believed(method).into_iter().next().map(|own| (method, own));
    let own = ["dmarc", "spf"].into_iter().filter_map(first);
    let failed = own.filter(|(_, own)| own.outcome.verdict == Verdict::Fail);
    failed.map(|(method, own)| (method, own.statement.span)).collect()
}

fn forged_finding(place: usize, message: &Message<'_>, door: usize, forged: &[&Statement]) -> Finding {
    let writer = forged.first().and_then(|statement| statement.writer.as_deref()).unwrap_or_default();
    let below = message.route.hops.get(door);
    let server = below.and_then(|hop| hop.received.by.as_deref()).unwrap_or(writer);
    let mut evidence = shown(
        place,
        forged,
        "It names the receiving server, but stands where that server did not write, or contradicts it.",
    );
    evidence.extend(below.map(|hop| {
        Evidence {
            message: place,
            span: hop.span,
            label:
                "Here the receiving side took the message: what it wrote itself stands above or right below."
                    .into(),
        }
    }));
    Finding {
        id: RULE.id,
        title: RULE.title,
        severity: Severity::Low,
        confidence: Confidence::Likely,
        what: format!("A field of check results names {writer} as its writer, but the message seems to have brought it along to {server}: it is probably forged."),
        why: "It says that the sender was checked and found right. Nobody but the sender says so. Programs that look at the name alone are deceived.".into(),
        remedies: vec![Remedy {
            who: format!("Whoever administers {server}"),
            steps: vec![
                format!("Take out Authentication-Results fields with the name {} from mail of strangers before your own are added. OpenDKIM: `RemoveARFrom {}` in `opendkim.conf`. Rspamd: module milter_headers, `remove = 1` for authentication-results.", in_words(writer), in_command(writer, "NAME")),
                "See that programs behind the server (filters, rules, mail programs) read only the topmost such field.".into(),
            ],
            disturbs_mail_flow: false,
            references: vec!["RFC 8601, section 5".into()],
        }],
        evidence,
        culprit: None,
    }
}

fn strange_finding(place: usize, strange: &[&Statement]) -> Finding {
    let first = strange.first();
    let writer = first.and_then(|statement| statement.writer.as_deref()).unwrap_or_default();
    let is_set_aside = first.is_some_and(|statement| statement.form == Form::SetAside);
    let aside = if is_set_aside { " The receiving side has set it aside already." } else { "" };
    Finding {
        id: RULE.id,
        title: RULE.title,
        severity: Severity::Info,
        confidence: Confidence::Likely,
        what: format!("A field of check results names {writer} as its writer, which is nowhere on the route.{aside}"),
        why: "What it says was true for another server at best. Go by the results that the receiving side wrote. Nothing has to be mended.".into(),
        remedies: Vec::new(),
        evidence: shown(place, strange, "No Received line names this server or its organisation."),
        culprit: None,
    }
}

fn shown(place: usize, statements: &[&Statement], label: &str) -> Vec<Evidence> {
    let each =
        |statement: &&Statement| Evidence { message: place, span: statement.span, label: label.into() };
    statements.iter().take(SHOWN).map(each).collect()
}
