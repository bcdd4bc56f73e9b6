//! # What it finds
//!
//! A message with nearly as many Received lines as one of the servers on its way allows, or more.
//!
//! # Why it matters
//!
//! Servers count these lines to find messages that go round. One that has too many is refused, even if it only took a long way.
//!
//! # How to fix
//!
//! Shorten the way: fewer forwards and relays. A higher limit cures nothing where the message goes round.
//!
//! # When it stays quiet
//!
//! Up to 15 lines, which is more than ordinary mail has, and where the limit is more than five lines away. A server that took the message
//! with more lines than its program allows by default has another limit, and does not count.
//!
//! # References
//!
//! RFC 5321, section 6.3. The limits of the programs are in `route::limits`; of 7 909 ordinary messages none has more than 15 lines.

use super::{Group, Rule};
use crate::advice::in_words;
use crate::case::{Case, Message};
use crate::finding::{Confidence, Evidence, Finding, Remedy, Severity};
use crate::route::{Hop, Limit, limits};

pub(super) const RULE: Rule =
    Rule { id: "hop-limit-near", title: "Close to the hop limit", group: Group::Loops, check, spared: None };

/// As many lines as ordinary mail has at most.
const ORDINARY: usize = 15;

/// How close is near, in lines.
const NEAR: usize = 5;

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().filter_map(|(place, message)| finding(place, message)).collect()
}

fn finding(place: usize, message: &Message<'_>) -> Option<Finding> {
    let hops = &message.route.hops;
    let count = hops.len();
    if count <= ORDINARY {
        return None;
    }
    let (hop, limit) = nearest(hops)?;
    let host = hop.received.by.as_deref().unwrap_or("a server on the way");
    let is_loop = message.route.circle.as_ref().is_some_and(|circle| circle.is_loop());
    let why = if is_loop {
        "The message goes round; the limit is what will stop it. Mend the loop: a higher limit only makes it longer."
    } else {
        "If the message comes to such a server again it is refused as if it went round, and returned. The header shows no loop; it took a long way."
    };
    let setting =
        limit.setting.map_or_else(String::new, |setting| format!(" The setting is called `{setting}`."));
    let step = if is_loop {
        "Mend the loop, which another finding names."
    } else {
        "Find forwards and relays on the way that are not needed, and take them out."
    };
    Some(Finding {
        id: RULE.id,
        title: if count < limit.lines { RULE.title } else { "As many lines as the hop limit allows" },
        severity: Severity::Low,
        confidence: Confidence::Possible,
        what: format!(
            "The message has {count} Received lines. {host} ({}) stops mail at about {}, unless somebody changed that.",
            limit.program, limit.lines
        ),
        why: why.into(),
        remedies: vec![Remedy {
            who: "Whoever set up the forwards and relays on this way".into(),
            steps: vec![
                step.into(),
                format!(
                    "Raising the limit on {} cures nothing where mail goes round.{setting}",
                    in_words(host)
                ),
            ],
            disturbs_mail_flow: false,
            references: vec![limit.source.into(), "RFC 5321, section 6.3".into()],
        }],
        evidence: evidence(place, hop, hops),
        culprit: None,
    })
}

/// The newest hop of the program with the lowest limit that is near and not disproved.
fn nearest(hops: &[Hop]) -> Option<(&Hop, &'static Limit)> {
    let limited = hops.iter().enumerate().filter_map(|(at, hop)| Some((at, hop, limits::limit(hop)?)));
    let mut found: Vec<(usize, &Hop, &'static Limit)> = Vec::new();
    for (at, hop, limit) in limited {
        // One place for each program, and there are few.
        match found.iter_mut().find(|(.., known)| known.program == limit.program) {
            Some(slot) => *slot = (at, hop, limit),
            None => found.push((at, hop, limit)),
        }
    }
    // The newest line of the program has as many lines below it as it let pass.
    let is_near = |(at, _, limit): &(usize, &Hop, &Limit)| {
        *at <= limit.lines && hops.len().abs_diff(limit.lines) <= NEAR
    };
    let nearest = found.into_iter().filter(is_near).min_by_key(|(.., limit)| limit.lines)?;
    Some((nearest.1, nearest.2))
}

fn evidence(place: usize, hop: &Hop, hops: &[Hop]) -> Vec<Evidence> {
    let own = Evidence { message: place, span: hop.span, label: "The server whose limit is near.".into() };
    let newest = hops.last().filter(|newest| newest.span != hop.span);
    let top = newest.map(|newest| Evidence {
        message: place,
        span: newest.span,
        label: format!("The newest of {} Received lines.", hops.len()),
    });
    [Some(own), top].into_iter().flatten().collect()
}
