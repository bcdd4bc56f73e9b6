//! # What it finds
//!
//! Two copies of one message of which only one has the fields of a mailing list: the mail was written to the list and to somebody who
//! reads it.
//!
//! # Why it matters
//!
//! Nothing is wrong: both copies were asked for.
//!
//! # How to fix
//!
//! Whoever does not want both can tell the list not to send what comes straight as well.
//!
//! # When it stays quiet
//!
//! Where both copies came through one list, and where they came through two lists (duplicate-two-addresses).
//!
//! # References
//!
//! RFC 2369 and RFC 2919 (fields of mailing lists). GNU Mailman, "Avoid duplicate copies of messages".

use super::{Group, OnCopies, Rule, Telling, on_copies};
use crate::advice::in_words;
use crate::case::Case;
use crate::copies::{CopySet, Pair, Verdict};
use crate::finding::{Finding, Remedy, Severity};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-list-and-direct",
    title: "Came straight and through a mailing list",
    group: Group::Copies,
    check,
    spared: None,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    on_copies(
        case,
        &OnCopies { rule: &RULE, verdict: Verdict::ListAndDirect, severity: Severity::Info, tell },
    )
}

fn tell(set: &CopySet, pair: &Pair) -> Telling {
    Telling {
        what: told(set, pair),
        why: "One copy has the fields of the list and the other has not; before the list they have the same history. Nothing is wrong with any server.".into(),
        remedies: vec![Remedy {
            who: "Whoever gets both and does not want to".into(),
            steps: vec![
                format!("Tell the list {} to leave out what comes straight as well (Mailman: “Avoid duplicate copies of messages”; Sympa: “not_me” and the like in your options).", in_words(list(pair))),
                "Or sort by the field List-Id in your mail program.".into(),
            ],
            disturbs_mail_flow: false,
            references: vec!["RFC 2919".into()],
        }],
    }
}

fn list(pair: &Pair) -> &str {
    pair.through.as_deref().unwrap_or("that passed it on")
}

/// `This mail came once straight and once through the mailing list talk.lists.example.net; it was written to both.`
pub(super) fn told(_: &CopySet, pair: &Pair) -> String {
    let behind = pair.fork.as_ref().and_then(|fork| fork.host.as_deref());
    let behind = behind.map_or_else(String::new, |host| format!(" The two part behind {host}."));
    format!(
        "This mail came once straight and once through the mailing list {}: it was written to both.{behind}",
        list(pair)
    )
}
