//! # What it finds
//!
//! Copies whose lines are the same up to the newest, with its number and second; or a copy without any line, as the Sent folder keeps it,
//! beside the one that was delivered. The message came once.
//!
//! # Why it matters
//!
//! Nothing on the way doubled it: the mailbox or the mail program holds it twice.
//!
//! # How to fix
//!
//! Look into the mail program: a rule that copies, a folder that is shown twice, an account that is set up twice, a mailbox that was moved.
//!
//! # When it stays quiet
//!
//! Where the newest lines differ in number or time, and where fields say that it was delivered to two recipients.
//!
//! # References
//!
//! RFC 5321, section 4.4: every server adds a line each time it takes a message.

use super::{Group, OnCopies, Rule, Telling, on_copies, times};
use crate::case::Case;
use crate::copies::{CopySet, Pair, Shows, Verdict};
use crate::finding::{Finding, Remedy, Severity};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-stored-twice",
    title: "One delivery that shows twice",
    group: Group::Copies,
    check,
    spared: None,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    on_copies(case, &OnCopies { rule: &RULE, verdict: Verdict::StoredTwice, severity: Severity::Info, tell })
}

fn tell(set: &CopySet, pair: &Pair) -> Telling {
    Telling {
        what: told(set, pair),
        why: "Every server adds a line with a new number and time whenever it takes a message. Here there is no such difference, so nothing on the way made a second one.".into(),
        remedies: vec![Remedy {
            who: "Whoever sees it twice".into(),
            steps: vec![
                "See whether the same file was opened twice here.".into(),
                "Look in the mail program for a rule that copies, an account that is set up twice (as POP3 and as IMAP), or a view that joins folders, such as Sent and Inbox, or Gmail's “All Mail”.".into(),
                "After a mailbox was moved or imported, remove what was imported a second time.".into(),
            ],
            disturbs_mail_flow: false,
            references: vec!["RFC 5321, section 4.4".into()],
        }],
    }
}

/// `This message was delivered once and shows twice: the copies have the same lines up to the newest.`
pub(super) fn told(set: &CopySet, pair: &Pair) -> String {
    if pair.proofs.first().is_some_and(|proof| proof.shows == Shows::NoRoute) {
        return "One copy was delivered, the other has no line of any server, as in a Sent folder: the message came once.".to_owned();
    }
    let count = times(set.count(Verdict::StoredTwice) + 1);
    let host = pair.fork.as_ref().and_then(|fork| fork.host.as_deref());
    let by = host.map_or_else(String::new, |host| format!(" by {host}"));
    format!(
        "This message was delivered once{by} and shows {count}: the copies are the same up to the newest line."
    )
}
