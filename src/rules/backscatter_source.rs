//! # What it finds
//!
//! A bounce that a site wrote for a mail after it had taken it: either its server had fetched the mail from a mailbox by POP3 or IMAP
//! (fetchmail's own bounces have the boundary `foo-mani-padme-hum-…`), or
//! it had accepted mail with a forged sender for an address of its own.
//!
//! # Why it matters
//!
//! The senders of unwanted mail are forged, so the bounces go to people who wrote nothing. Servers that send them end up on block lists,
//! and their queues fill with bounces that nobody takes. With a catch-all mailbox and a POP3 connector that happens with every mail to an
//! invented address; behind a smart host the administrator does not even see the queue.
//!
//! # How to fix
//!
//! Refuse unknown recipients while the sending server is still connected. That needs delivery by SMTP, and no catch-all.
//!
//! # When it stays quiet
//!
//! On bounces that the sender's own server wrote because another refused the mail: that is how it should be. On a bounce from the
//! recipient's site where nothing shows that the sender was forged.
//!
//! # References
//!
//! RFC 5321, section 6.2. Postfix BACKSCATTER_README.

use super::{Group, Rule};
use crate::advice::{catch_all, pop3};
use crate::case::{Case, Fetch, Message, Returned, site_of};
use crate::fields::host::{is_internal, is_same, organisation};
use crate::finding::{Confidence, Culprit, Evidence, Finding, Severity};

pub(super) const RULE: Rule = Rule {
    id: "backscatter-source",
    title: "A server returns mail that it had accepted",
    group: Group::Bounces,
    check,
    spared: None,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.returned.iter().filter_map(|returned| check_returned(case, returned)).collect()
}

fn check_returned(case: &Case<'_>, returned: &Returned) -> Option<Finding> {
    let original = case.messages.get(returned.original)?;
    let fetch = original.fetches.iter().rev().find(|fetch| is_by_reporter(fetch, original, returned));
    let report = case.messages.get(returned.report)?;
    if fetch.is_none()
        && returned.of_fetchmail.is_none()
        && !(returned.is_forged() && returned.was_accepted && is_of_recipient(report, returned))
    {
        return None;
    }
    let is_fetched = fetch.is_some() || returned.of_fetchmail.is_some();
    let reporter = returned.reporter.as_deref().or_else(|| fetch?.server.as_deref());
    let server = reporter.unwrap_or("The server that fetched it");
    let sender = returned.claimed_sender.as_deref().unwrap_or("the sender");
    let what = match fetch {
        Some(fetch) => format!(
            "{server} collected this mail from {} and returned it to {sender} afterwards: whoever is forged as a sender gets such bounces.",
            fetch.host.as_deref().unwrap_or("a mailbox"),
        ),
        None if returned.of_fetchmail.is_some() => format!(
            "{server} collected this mail from {} with fetchmail and returned it to {sender} afterwards: whoever is forged as a sender gets such bounces.",
            returned.mailbox_host.as_deref().unwrap_or("a mailbox"),
        ),
        None => format!(
            "{server} accepted this mail for an address of its own and returned it to {sender} afterwards, who {} sent it.",
            if returned.is_likely_forged() { "probably never" } else { "may never have" },
        ),
    };
    let who = || format!("Whoever runs {}", reporter.unwrap_or("the server that fetched it"));
    let mut remedies = vec![catch_all::refuse_unknown(who())];
    if let Some(step) = returned.of_fetchmail.and(remedies.first_mut()) {
        step.steps.insert(0, "Until the mailbox is no catch-all any more, keep fetchmail from writing bounces: `set no bouncemail` at the top of its configuration sends them to the local postmaster instead.".into());
    }
    if is_fetched {
        let site = returned.reporter_site.as_deref();
        remedies.push(pop3::leave(
            format!("Whoever decides how {} gets its mail", site.unwrap_or("the site")),
            site,
        ));
    }
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: Severity::High,
        confidence: if is_fetched || returned.is_likely_forged() { Confidence::Likely } else { Confidence::Possible },
        what,
        why: "A server should refuse what it cannot deliver while the sender is still connected. Mail that was fetched, or taken by a catch-all, has been accepted already; to return it hits people whose address was forged, and brings the server onto block lists.".into(),
        remedies,
        evidence: evidence(returned, report, fetch),
        culprit: Some(Culprit {
            host: reporter.map(str::to_owned),
            domain: returned.reporter_site.clone().or_else(|| reporter.and_then(organisation)),
        }),
    })
}

/// Whether the server that wrote the report is the one that fetched the message, or one of the same house that it went to then.
fn is_by_reporter(fetch: &Fetch, original: &Message<'_>, returned: &Returned) -> bool {
    let Some(place) = fetch.hop else { return false };
    let Some(reporter) = returned.reporter.as_deref() else { return true };
    let mut servers = original.route.hops.iter().skip(place).filter_map(|hop| hop.received.by.as_deref());
    let site = returned.reporter_site.as_deref();
    is_internal(reporter)
        || servers.any(|by| is_same(by, reporter) || (site.is_some() && organisation(by).as_deref() == site))
}

/// Whether the site that wrote the report is that of the recipient it could not deliver to.
fn is_of_recipient(report: &Message<'_>, returned: &Returned) -> bool {
    let Some(site) = returned.reporter_site.as_deref() else { return false };
    let recipients =
        report.item.bounce.as_ref().map(|bounce| bounce.recipients.as_slice()).unwrap_or_default();
    let addresses = recipients.iter().filter_map(|recipient| recipient.address.as_deref());
    addresses.take(MOST_RECIPIENTS).any(|address| site_of(address).as_deref() == Some(site))
}

/// More recipients of one report tell nothing more.
const MOST_RECIPIENTS: usize = 50;

fn evidence(returned: &Returned, report: &Message<'_>, fetch: Option<&Fetch>) -> Vec<Evidence> {
    let mut evidence: Vec<Evidence> = Vec::new();
    if let Some(fetch) = fetch {
        let label = "The mail was collected from a mailbox: from here on it could not be refused any more.";
        evidence.push(Evidence { message: returned.original, span: fetch.span, label: label.into() });
    } else if let Some(span) = returned.of_fetchmail {
        let label = "The boundary “foo-mani-padme-hum” is fetchmail's: it wrote this bounce, about mail that it had collected.";
        evidence.push(Evidence { message: returned.report, span, label: label.into() });
    } else {
        evidence.extend(returned.signs().into_iter().map(|(span, label)| Evidence {
            message: returned.original,
            span,
            label: label.into(),
        }));
    }
    let bounce = report.item.bounce.as_ref();
    let recipient = bounce.and_then(|bounce| bounce.recipients.first()).filter(|one| !one.span.is_empty());
    evidence.extend(recipient.map(|recipient| Evidence {
        message: returned.report,
        span: recipient.span,
        label: "What the report says of the recipient.".into(),
    }));
    evidence
}
