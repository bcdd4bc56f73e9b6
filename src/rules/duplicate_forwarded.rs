//! # What it finds
//!
//! Two copies of one message of which only one passed a mailbox that forwards, or was sent on by a person (Resent fields). Signs are a
//! field that a forwarder leaves, a rewritten Return-Path, or a server of another site that took the copy for another recipient.
//!
//! # Why it matters
//!
//! Nothing is wrong: the mail was written to both mailboxes, or somebody passed it on.
//!
//! # How to fix
//!
//! Where it disturbs, end the forwarding, or let the forwarding mailbox leave out what was written to the other one as well.
//!
//! # When it stays quiet
//!
//! Where a server only relays, such as a second MX: it takes the copy for the same recipient. Where a site collected the mail and sent it
//! out again (duplicate-reinjected).
//!
//! # References
//!
//! RFC 5321, section 3.9. RFC 5322, section 3.6.6 (Resent fields).

use super::{Group, OnCopies, Rule, Telling, on_copies};
use crate::advice::in_words;
use crate::case::Case;
use crate::copies::{CopySet, Pair, Shows, Verdict};
use crate::finding::{Finding, Remedy, Severity};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-forwarded",
    title: "Came straight and was forwarded",
    group: Group::Copies,
    check,
    spared: None,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    on_copies(case, &OnCopies { rule: &RULE, verdict: Verdict::Forwarded, severity: Severity::Info, tell })
}

fn tell(set: &CopySet, pair: &Pair) -> Telling {
    let by = pair.through.as_deref().unwrap_or("the mailbox that forwards");
    let steps = if is_by_hand(pair) {
        vec!["Nothing to mend: ask the person who sent it on, if it should not have been.".to_owned()]
    } else {
        vec![
            format!(
                "If one copy is enough, end the forwarding at {}, or let it leave out mail that names the other address in To or Cc as well.",
                in_words(by)
            ),
            "Or leave it as it is, and tell those who write to both addresses that one will do.".to_owned(),
        ]
    };
    Telling {
        what: told(set, pair),
        why: "One copy has lines of a mailbox that passed it on, and the other has not; before that they have the same history. Nothing is wrong with any server.".into(),
        remedies: vec![Remedy {
            who: "Whoever gets both and does not want to".into(),
            steps,
            disturbs_mail_flow: false,
            references: Vec::new(),
        }],
    }
}

fn is_by_hand(pair: &Pair) -> bool {
    pair.proofs.first().is_some_and(|proof| proof.shows == Shows::Resent)
}

/// `One copy came straight, the other was forwarded by old.example.net. The two part behind mail.example.com.`
pub(super) fn told(_: &CopySet, pair: &Pair) -> String {
    let behind = pair.fork.as_ref().and_then(|fork| fork.host.as_deref());
    let behind = behind.map_or_else(String::new, |host| format!(" The two part behind {host}."));
    let way = match (is_by_hand(pair), &pair.through) {
        (true, _) => "a person sent the other on by hand".to_owned(),
        (false, Some(server)) => format!("the other was forwarded by {server}"),
        (false, None) => "the other was forwarded".to_owned(),
    };
    let host = pair.fork.as_ref().and_then(|fork| fork.host.as_deref());
    if let Some(host) = host.filter(|host| !is_by_hand(pair) && pair.through.as_deref() == Some(*host)) {
        return format!("One copy stayed at {host}, the other went on from there.");
    }
    format!("One copy came straight, {way}.{behind}")
}
