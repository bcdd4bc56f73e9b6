//! # What it finds
//!
//! Messages that look alike and are not copies: they have the same sender and subject, or even the same text, but were written at
//! different times; or one mail was written to several people at different sites, and each got one.
//!
//! # Why it matters
//!
//! Nothing was doubled. It is said so that nobody has to look for a fault where there is none.
//!
//! # How to fix
//!
//! There is nothing to fix.
//!
//! # When it stays quiet
//!
//! Where real copies were found among all messages, and where messages do not even look alike.
//!
//! # References
//!
//! RFC 5322, section 3.6.4: a Message-ID belongs to one version of one message.

use super::{Group, OnCopies, Rule, Telling, on_copies};
use crate::case::Case;
use crate::copies::{CopySet, Pair, Verdict};
use crate::finding::{Finding, Severity};

pub(super) const RULE: Rule = Rule {
    id: "not-duplicates",
    title: "Alike, but different messages",
    group: Group::Copies,
    check,
    spared: None,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    if case.copies.iter().any(|set| set.verdict != Verdict::NotDuplicates) {
        return Vec::new();
    }
    on_copies(case, &OnCopies { rule: &RULE, verdict: Verdict::NotDuplicates, severity: Severity::Ok, tell })
}

fn tell(set: &CopySet, pair: &Pair) -> Telling {
    Telling {
        what: told(set, pair),
        why: "Nothing was doubled, so there is nothing to fix.".into(),
        remedies: Vec::new(),
    }
}

/// `These 3 messages look alike but are different: they have other Message-IDs and dates.`
pub(super) fn told(set: &CopySet, pair: &Pair) -> String {
    if let Some([one, other]) = &pair.recipients {
        return format!(
            "This mail was written to several people, such as {one} and {other}, and each got one: nothing was doubled."
        );
    }
    format!(
        "These {} messages look alike but are different ones: each was written and sent by itself.",
        set.messages.len()
    )
}
