//! # What it finds
//!
//! Copies that one person got, and that the provider had stored for different recipients: the program that collects the mailbox handed
//! each of them to everybody in To and Cc. With three recipients, each of them gets the mail three times.
//!
//! # Why it matters
//!
//! It happens with every mail to several people of the site, and it shows that the program reads To and Cc, which do not tell for whom a
//! mail is: mail of lists and in Bcc goes astray.
//!
//! # How to fix
//!
//! Let the program read the field in which the provider records the envelope recipient, and that field only; or have mail delivered by
//! SMTP.
//!
//! # When it stays quiet
//!
//! Where each stored copy went to its own recipient, and where one stored copy was collected twice (duplicate-refetched).
//!
//! # References
//!
//! Matthias Andree, "Requisites for working multidrop mailboxes" (2004). RFC 5321, section 7.2.

use super::{Group, OnCopies, Rule, Telling, on_copies};
use crate::advice::multidrop::{Mailbox, set_up};
use crate::advice::pop3;
use crate::case::Case;
use crate::copies::{CopySet, Pair, Verdict};
use crate::finding::{Finding, Severity};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-multidrop",
    title: "Each stored copy handed to all recipients",
    group: Group::Copies,
    check,
    spared: None,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    on_copies(case, &OnCopies { rule: &RULE, verdict: Verdict::Multidrop, severity: Severity::Medium, tell })
}

fn tell(set: &CopySet, pair: &Pair) -> Telling {
    let maker = pair.maker.as_ref();
    let domain = maker.and_then(|maker| maker.site.as_deref());
    let server = server(pair);
    Telling {
        what: told(set, pair),
        why: "The provider stores one copy for each recipient in one mailbox, and records for whom. The program reads To and Cc instead, and so hands every copy to all of them: with N recipients each gets the mail N times. The sender sent it once.".into(),
        remedies: vec![
            set_up(format!("Whoever runs {server}"), Mailbox { domain, ..Mailbox::default() }),
            pop3::leave("Whoever decides how the mail is collected".into(), domain),
        ],
    }
}

fn server(pair: &Pair) -> &str {
    pair.maker
        .as_ref()
        .and_then(|maker| maker.host.as_deref())
        .unwrap_or("The program that collects the mail")
}

/// `office.example.org collected a copy stored for bob@example.org and one stored for carol@example.org, and handed both to the same person.`
pub(super) fn told(_: &CopySet, pair: &Pair) -> String {
    let stored = match &pair.recipients {
        Some([one, other]) => format!("a copy stored for {one} and one stored for {other}"),
        None => "two stored copies of this mail".to_owned(),
    };
    format!("{} collected {stored}, and handed both to the same person.", server(pair))
}
