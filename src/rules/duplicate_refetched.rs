//! # What it finds
//!
//! Copies that are the same up to the mailbox and differ only from the line of the fetch on: the same stored message was collected again.
//!
//! # Why it matters
//!
//! Nothing is wrong with the message or its sender. But where a program forgets what it has fetched, the whole mailbox may come again.
//!
//! # How to fix
//!
//! Let the program delete what it has fetched, or keep its list of what it has seen; see to it that its sessions end well.
//!
//! # When it stays quiet
//!
//! Where the mailbox held two copies, stored for different recipients (duplicate-multidrop), and where what was collected once was
//! delivered twice behind the fetch.
//!
//! # References
//!
//! RFC 1939, sections 6 (the mail is deleted at QUIT only) and 7 (UIDL).

use super::{Group, OnCopies, Rule, Telling, on_copies, times};
use crate::case::Case;
use crate::copies::{CopySet, Pair, Verdict};
use crate::finding::{Finding, Remedy, Severity};
use crate::text::duration::roughly;

pub(super) const RULE: Rule = Rule {
    id: "duplicate-refetched",
    title: "Collected from the mailbox twice",
    group: Group::Copies,
    check,
    spared: None,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    on_copies(case, &OnCopies { rule: &RULE, verdict: Verdict::Refetched, severity: Severity::Info, tell })
}

fn tell(set: &CopySet, pair: &Pair) -> Telling {
    let server = server(pair);
    Telling {
        what: told(set, pair),
        why: "Up to the mailbox the copies have the same lines with the same numbers, so the message was stored there once. The sender and the servers on the way did nothing twice. Programs do this when their list of what they have fetched is lost, when the provider numbers the mailbox anew, or when a session breaks off before its end: POP3 deletes only then.".into(),
        remedies: vec![Remedy {
            who: format!("Whoever runs {server}"),
            steps: vec![
                "Let the program delete what it has fetched (fetchmail: without `keep`; getmail: `delete = true`; mpop: `keep off`; mail programs: “Leave messages on server” off), or let it remember by UIDL (fetchmail: `uidl` with `keep`; getmail keeps its list in `~/.config/getmail`).".into(),
                "See whether that list of seen mail can be written and was not lost: a new machine, another home folder, a restored backup.".into(),
                "Look in its log whether sessions end with QUIT. Shorter ones, such as fetchmail's `fetchlimit 50` or `expunge 20`, get there more often.".into(),
                "Ask the provider whether the mailbox was moved or numbered anew if all its mail came again at once.".into(),
            ],
            disturbs_mail_flow: false,
            references: vec!["RFC 1939, sections 6 and 7".into()],
        }],
    }
}

fn server(pair: &Pair) -> &str {
    pair.maker
        .as_ref()
        .and_then(|maker| maker.host.as_deref())
        .unwrap_or("the program that collects the mail")
}

/// `home.example.org collected the same stored message from its mailbox twice, 3 days apart.`
pub(super) fn told(set: &CopySet, pair: &Pair) -> String {
    let apart =
        pair.later_seconds.filter(|later| *later != 0).map(|later| format!(", {} apart", roughly(later)));
    format!(
        "{} collected the same stored message from the mailbox {}{}.",
        server(pair),
        times(set.count(Verdict::Refetched) + 1),
        apart.unwrap_or_default()
    )
}
