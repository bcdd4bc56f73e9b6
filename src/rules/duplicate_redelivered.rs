//! # What it finds
//!
//! Copies with the same line of the sending server and different lines of the receiving one, for the same recipient: the message was
//! handed over again. Most often the receiving server took it and was slow to say so; the sending one gave up waiting and came back.
//!
//! # Why it matters
//!
//! No mail is lost, but everything that takes the server long to check comes twice or more.
//!
//! # How to fix
//!
//! The receiving server has to answer the end of the message at once, and do what takes long before or after.
//!
//! # When it stays quiet
//!
//! Where the copies are for different recipients, where one went through a list or a mailbox that forwards, and where they part at the
//! sender (duplicate-sent-twice).
//!
//! # References
//!
//! RFC 1047 (duplicate messages and SMTP). RFC 5321, sections 4.5.3.2.6 and 6.1.

use super::{Group, OnCopies, Rule, Telling, on_copies, times};
use crate::case::Case;
use crate::copies::{CopySet, Pair, Verdict};
use crate::finding::{Finding, Remedy, Severity};
use crate::text::duration::roughly;

pub(super) const RULE: Rule = Rule {
    id: "duplicate-redelivered",
    title: "Handed over twice by the sending server",
    group: Group::Copies,
    check,
    spared: None,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    on_copies(case, &OnCopies { rule: &RULE, verdict: Verdict::Redelivered, severity: Severity::Info, tell })
}

fn tell(set: &CopySet, pair: &Pair) -> Telling {
    let receiver = receiver(pair);
    Telling {
        what: told(set, pair),
        why: "Up to the sending server the copies have the same line with the same number: it had the message once. It hands a message over again when it hears nothing within the time it waits for an answer to the end of the message (ten minutes by RFC 5321), although the other side has taken it. Most often a filter there takes too long, or a firewall cuts the connection.".into(),
        remedies: vec![
            Remedy {
                who: format!("Whoever runs {receiver}"),
                steps: vec![
                    "Look in the log at the two times whether the first connection ended without an answer, such as “lost connection after END-OF-MESSAGE” (Postfix) or “timeout”.".into(),
                    "Find out what takes so long before the answer: virus scanner, spam filter, content filter before the queue. Let it work after the queue, or limit its time below five minutes.".into(),
                    "Firewalls that inspect SMTP (Cisco: `fixup protocol smtp`, and the like) break such dialogues: switch that off.".into(),
                ],
                disturbs_mail_flow: false,
                references: vec!["RFC 1047".into(), "RFC 5321, sections 4.5.3.2.6 and 6.1".into()],
            },
        ],
    }
}

fn receiver(pair: &Pair) -> &str {
    pair.maker.as_ref().and_then(|maker| maker.host.as_deref()).unwrap_or("the receiving server")
}

/// `mail.example.com handed the same message to mx.example.org twice, 18 seconds apart; it had the message only once itself.`
pub(super) fn told(set: &CopySet, pair: &Pair) -> String {
    let sender = pair.fork.as_ref().and_then(|fork| fork.host.as_deref()).unwrap_or("The sending server");
    let apart =
        pair.later_seconds.filter(|later| *later != 0).map(|later| format!(", {} apart", roughly(later)));
    let (count, apart) = (times(set.count(Verdict::Redelivered) + 1), apart.unwrap_or_default());
    match receiver(pair) {
        receiver if receiver == sender => {
            format!("{sender} delivered the same message {count}{apart}; it had taken it only once.")
        }
        receiver => format!(
            "{sender} handed the same message to {receiver} {count}{apart}; it had the message only once itself."
        ),
    }
}
