//! # What it finds
//!
//! Several copies of one message, of which some left a recipient's server a second time: it had collected the mail from a mailbox and then
//! sent it to the addresses in To and Cc. The routes of all copies are lined up from the origin. A copy counts if, behind what it has in
//! common with its nearest relative, it was collected and sent out again; if a POP3 connector made it; or if its trace starts anew at the
//! site of a recipient, with another Message-ID.
//!
//! # Why it matters
//!
//! Every mail to the same people is multiplied in this way, and several such servers feed each other without end.
//!
//! # How to fix
//!
//! The server that is named has to stop collecting, clear its queues and deliver to its own users only. Each site that made copies gets
//! its own text to its postmaster.
//!
//! # When it stays quiet
//!
//! On copies that a mailbox forwards, a list passes on or a person sends on by hand. On mail that was collected and delivered where it
//! belongs. On one message alone.
//!
//! # References
//!
//! RFC 5321, sections 4.4 and 7.2. fetchmail(1), "The use and abuse of multidrop mailboxes". Microsoft Knowledge Base 835734 (withdrawn).

use super::{Group, OnCopies, Rule, Telling, on_copies};
use crate::advice::connector::{self, Site};
use crate::advice::in_words;
use crate::advice::multidrop::{Mailbox, set_up};
use crate::advice::{joined, pop3};
use crate::case::Case;
use crate::copies::{CopySet, Maker, Means, Pair, Verdict};
use crate::finding::{Finding, Remedy, Severity};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-reinjected",
    title: "Copies that a recipient's server sent out again",
    group: Group::Copies,
    check,
    spared: None,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    on_copies(case, &OnCopies { rule: &RULE, verdict: Verdict::Reinjected, severity: Severity::High, tell })
}

fn tell(set: &CopySet, pair: &Pair) -> Telling {
    let sites = set.makers.len();
    let feed = if sites > 1 {
        " These servers feed each other, so the copies multiply until all of them are stopped."
    } else {
        ""
    };
    Telling {
        what: told(set, pair),
        why: format!(
            "POP3 keeps no envelope: a server that takes the addresses in To and Cc for the recipients of what it collects sends the mail to everybody once more, and does so with every such mail. The sender sent it once and is not to blame.{feed}"
        ),
        remedies: remedies(set),
    }
}

/// So many servers are named in the sentence, and told what to do.
const NAMED: usize = 5;

/// `31 of 40 copies left office.example.org after it had collected the mail; 9 of them are copies of copies.`
pub(super) fn told(set: &CopySet, _: &Pair) -> String {
    let made = set.count(Verdict::Reinjected);
    let total = set.messages.len();
    let of = match (made, total) {
        (made, total) if made == total => format!("All {total} copies"),
        (1, total) => format!("One of {total} copies"),
        (made, total) => format!("{made} of {total} copies"),
    };
    let again = match set.copies_of_copies() {
        0 => String::new(),
        count if count == made => "; all of them are copies of copies".to_owned(),
        1 => "; one of them is a copy of a copy".to_owned(),
        count => format!("; {count} of them are copies of copies"),
    };
    match set.makers.as_slice() {
        [] => format!("{of} were sent out again by a recipient's server{again}."),
        [maker] => format!("{of} left {} {}{again}.", server(maker), how(maker)),
        makers => {
            let named =
                makers.iter().take(NAMED).map(|maker| format!("{} ({})", server(maker), maker.copies));
            let mut named: Vec<String> = named.collect();
            if makers.len() > NAMED {
                named.push(format!("{} more", makers.len() - NAMED));
            }
            format!(
                "{of} were sent out again by {} servers of recipients that feed each other, in this order: {}{again}.",
                makers.len(),
                joined(&named)
            )
        }
    }
}

fn server(maker: &Maker) -> String {
    match (&maker.host, &maker.site) {
        (Some(host), Some(site))
            if maker.means == Some(Means::Connector) && !host.eq_ignore_ascii_case(site) =>
        {
            format!("{host} (the server of {site})")
        }
        (Some(host), _) => host.clone(),
        (None, site) => format!("the server of {}", site.as_deref().unwrap_or("a recipient")),
    }
}

const fn how(maker: &Maker) -> &'static str {
    match maker.means {
        Some(Means::Connector) => "after its POP3 connector had fetched the mail",
        Some(Means::Fetch) => "after it had fetched the mail from a mailbox",
        _ => "a second time, without the lines of the way before",
    }
}

fn remedies(set: &CopySet) -> Vec<Remedy> {
    let mut remedies = Vec::new();
    for maker in set.makers.iter().take(NAMED) {
        remedies.push(stop(maker));
    }
    let first = set.makers.first().and_then(|maker| maker.site.as_deref());
    let sites: Vec<String> = set.makers.iter().take(NAMED).filter_map(|maker| maker.site.clone()).collect();
    let decides = if sites.is_empty() {
        "these sites get their".to_owned()
    } else {
        format!("{} gets its", sites.join(" or "))
    };
    remedies.push(pop3::leave(format!("Whoever decides how {decides} mail"), first));
    remedies.push(Remedy {
        who: "Those who receive the copies".into(),
        steps: vec![
            "Do not reply to all while copies come, and do not send the mail again: both are multiplied in the same way.".into(),
            "Send each of the sites the text for its postmaster that stands with the copies, or better, telephone. Copies that are under way go on arriving for hours or days.".into(),
            "The sender has nothing to mend. Writing to many people in Bcc keeps such servers from finding addresses.".into(),
        ],
        disturbs_mail_flow: false,
        references: Vec::new(),
    });
    remedies
}

/// What a site has to do.
fn stop(maker: &Maker) -> Remedy {
    let domain = maker.site.as_deref();
    if let (Some(Means::Connector), Some(domain)) = (maker.means, domain) {
        return connector::stop(Site { host: maker.host.as_deref(), domain });
    }
    let server = maker.host.as_deref().or(domain).unwrap_or("the server");
    let who = domain.map_or_else(
        || format!("Whoever runs {server}"),
        |domain| format!("Whoever runs {server} (postmaster@{domain})"),
    );
    let mut remedy = set_up(who, Mailbox { domain, ..Mailbox::default() });
    let first = format!(
        "Stop the program that collects mail on {}, and clear the mail queue of the copies (Postfix: `postsuper -d QUEUE-ID`; Exim: `exim -Mrm ID`; sendmail: delete them in `/var/spool/mqueue`).",
        in_words(server)
    );
    let second = "Look how it hands mail on: “sendmail -t”, “sendmail -t -oi” and “qmail-inject” send to everybody in To and Cc. Give the recipient instead, as in fetchmail's `mda \"/usr/sbin/sendmail -oi -f %F -- %T\"`, or deliver to the local SMTP port.".to_owned();
    remedy.steps.splice(0..0, [first, second]);
    remedy
}
