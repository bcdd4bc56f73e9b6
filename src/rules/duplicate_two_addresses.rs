//! # What it finds
//!
//! Copies of one message that were taken for two recipients and ended at one site, such as a person and a shared address in To and Cc, or
//! that came through two mailing lists.
//!
//! # Why it matters
//!
//! Nothing is wrong: each address got one. Where both lead to one mailbox, its owner sees the mail twice.
//!
//! # How to fix
//!
//! Where it disturbs, let one address be an alias of the other at one server, or sort one of them into a folder of its own.
//!
//! # When it stays quiet
//!
//! Where the recipients are at different sites: these are two people (not-duplicates).
//!
//! # References
//!
//! RFC 5321, section 3.9 (aliases and lists).

use super::{Group, OnCopies, Rule, Telling, on_copies};
use crate::case::Case;
use crate::copies::{CopySet, Pair, Sure, Verdict};
use crate::finding::{Finding, Remedy, Severity};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-two-addresses",
    title: "Written to two addresses",
    group: Group::Copies,
    check,
    spared: None,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    on_copies(case, &OnCopies { rule: &RULE, verdict: Verdict::TwoAddresses, severity: Severity::Info, tell })
}

fn tell(set: &CopySet, pair: &Pair) -> Telling {
    Telling {
        what: told(set, pair),
        why: "The servers took the copies for different recipients, as they should. No server doubled anything.".into(),
        remedies: vec![Remedy {
            who: "Whoever gets both in one mailbox and does not want to".into(),
            steps: vec![
                "Let the server join the addresses before it delivers: an alias that leads to the mailbox, in place of a mailbox of its own that is forwarded or shown as well.".into(),
                "Or sort one of the addresses into a folder, by Delivered-To, X-Original-To or Envelope-To.".into(),
            ],
            disturbs_mail_flow: false,
            references: vec!["RFC 5321, section 3.9".into()],
        }],
    }
}

/// `This mail was taken for bob@example.org and for sales@example.org, and each got one copy.`
pub(super) fn told(_: &CopySet, pair: &Pair) -> String {
    let [one, other] = pair
        .recipients
        .as_ref()
        .map_or(["one address", "another"], |[one, other]| [one.as_str(), other.as_str()]);
    let end = if pair.sure >= Sure::Likely {
        "Both lead to one reader, who sees it twice."
    } else {
        "If both lead to one mailbox, its owner sees it twice."
    };
    format!("This mail was written to {one} and to {other}, and each got one copy. {end}")
}
