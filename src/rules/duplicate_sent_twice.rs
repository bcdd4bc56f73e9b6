//! # What it finds
//!
//! Copies that part at their very first line, for the same recipient: the sender's program handed the mail in twice. They may have the
//! same Message-ID, or another with the same Date, the same Thread-Index, or the same text within half an hour.
//!
//! # Why it matters
//!
//! Nothing on the way doubled it. Where it happens again and again, the sender's program does not notice that the mail has left.
//!
//! # How to fix
//!
//! The sender looks for a mail that is stuck in the outbox, for a slow connection to the server, and for two programs with one outbox.
//!
//! # When it stays quiet
//!
//! On different messages with one subject, such as a weekly newsletter; on reports of programs; on mails that were written to different
//! people one by one.
//!
//! # References
//!
//! RFC 5322, section 3.6.4. RFC 6409 (submission).

use super::{Group, OnCopies, Rule, Telling, on_copies, times};
use crate::case::Case;
use crate::copies::{CopySet, Pair, Verdict};
use crate::finding::{Finding, Remedy, Severity};
use crate::text::duration::roughly;

pub(super) const RULE: Rule =
    Rule { id: "duplicate-sent-twice", title: "Sent twice", group: Group::Copies, check, spared: None };

fn check(case: &Case<'_>) -> Vec<Finding> {
    on_copies(case, &OnCopies { rule: &RULE, verdict: Verdict::SentTwice, severity: Severity::Info, tell })
}

fn tell(set: &CopySet, pair: &Pair) -> Telling {
    let client = client(pair);
    Telling {
        what: told(set, pair),
        why: "The copies part at their very first line: the first server got the mail more than once and treated each as a mail of its own. No server on the way doubled anything.".into(),
        remedies: vec![Remedy {
            who: format!("The sender, and whoever looks after {client}"),
            steps: vec![
                "Look into the outbox: a mail that is stuck there is sent again each time the program starts.".into(),
                "See whether two programs or devices share one outbox, or whether the mail was sent again by hand (Outlook: Actions › Resend This Message).".into(),
                "A virus scanner or a slow line between the program and its server can break the connection after the mail was taken; the program then tries again. Take the scanner out of outgoing mail, and raise the program's time limit for the server.".into(),
            ],
            disturbs_mail_flow: false,
            references: vec!["RFC 6409".into()],
        }],
    }
}

fn client(pair: &Pair) -> &str {
    pair.maker.as_ref().and_then(|maker| maker.host.as_deref()).unwrap_or("the sender's mail program")
}

/// `pc.example.com handed this mail in twice, 4 seconds apart: it was sent twice.`
pub(super) fn told(set: &CopySet, pair: &Pair) -> String {
    let count = times(set.count(Verdict::SentTwice) + 1);
    let apart =
        pair.later_seconds.filter(|later| *later != 0).map(|later| format!(", {} apart", roughly(later)));
    format!("{} handed this mail in {count}{}: it was sent {count}.", client(pair), apart.unwrap_or_default())
}
