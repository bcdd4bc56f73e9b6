//! # What it finds
//!
//! Delivered-To lines of three or more sites that are neither the sender's nor the one where the message is now. Sites are organisations;
//! or domains, where the message was written to an address of each: one copy is seldom delivered to several of its recipients.
//!
//! # Why it matters
//!
//! A mail that is forwarded passes one other site, seldom two. Where servers fetch their mail and send it out again to all in To and Cc,
//! each of them adds its line, and the stack grows with every round.
//!
//! # How to fix
//!
//! Ask the postmasters of the sites, one after the other, whether their server sends fetched mail on.
//!
//! # When it stays quiet
//!
//! On forwarding by one or two sites, on several lines of one site, on lines of mailing lists, and where a person sent the mail on by hand
//! (Resent fields).
//!
//! # References
//!
//! RFC 9228 (Delivered-To), section 4. UNIRAS alert 899/05 of 28 October 2005.

use std::collections::HashSet;

use super::{Group, Rule};
use crate::advice::in_words;
use crate::case::{Case, Delivery, Message, site_of};
use crate::fields::address::{comparable, parse_addresses};
use crate::finding::{Confidence, Evidence, Finding, Remedy, Severity};

pub(super) const RULE: Rule = Rule {
    id: "stacked-delivered-to",
    title: "Delivered at several strange sites",
    group: Group::Pop3,
    check,
    spared: None,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().filter_map(|(place, message)| check_message(place, message)).collect()
}

/// So many strange sites are more than forwarding explains.
const MANY: usize = 3;

/// So many are named.
const SHOWN: usize = 10;

fn check_message(place: usize, message: &Message<'_>) -> Option<Finding> {
    let sites = strange_sites(message);
    if sites.len() < MANY || message.people.resent.is_some() {
        return None;
    }
    // Where each site wrote a Received line, the message may just have been forwarded from one to the next.
    let on_the_way: HashSet<&str> =
        message.route.hosts.iter().filter_map(|host| host.organisation.as_deref()).collect();
    let is_path = sites.iter().all(|(site, _)| on_the_way.contains(site.as_str()));
    let names: Vec<&str> = sites.iter().take(SHOWN).map(|(site, _)| site.as_str()).collect();
    let names = names.join(", ");
    let reading = if is_path {
        "it may be forwarded from one to the next, or sent out again by their servers"
    } else {
        "their servers probably send fetched mail out again"
    };
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: if is_path { Severity::Low } else { Severity::Medium },
        confidence: if is_path { Confidence::Possible } else { Confidence::Likely },
        what: format!("This message was delivered at {} sites that are neither the sender's nor yours ({names}): {reading}.", sites.len()),
        why: "Where several servers feed fetched mail back to all addresses in To and Cc, every round adds such a line, and everybody gets the mail many times. The sender is not to blame for it.".into(),
        remedies: sites.iter().take(SHOWN).map(|(site, delivery)| ask(site, delivery)).collect(),
        evidence: sites
            .iter()
            .take(SHOWN)
            .map(|(site, delivery)| Evidence {
                message: place,
                span: delivery.span,
                label: format!("Delivered at {site}."),
            })
            .collect(),
        culprit: None,
    })
}

fn ask(site: &str, delivery: &Delivery) -> Remedy {
    Remedy {
        who: format!("The postmaster of {site}"),
        steps: vec![format!(
            "Send postmaster@{} this text: “A mail that was not written to us came by way of your mailbox {}. Does your server fetch mail by POP3 and send it out again to the addresses in To and Cc? If so, please stop it; on Small Business Server 2003 stop the service “Microsoft Connector for POP3 Mailboxes” and install KB 835734. If the mailbox forwards its mail, please say where to. The header is attached.”",
            in_words(site),
            in_words(&delivery.address)
        )],
        disturbs_mail_flow: false,
        references: vec!["RFC 9228, section 4".into()],
    }
}

/// The sites of Delivered-To lines that are neither the sender's nor the one where the message is now, each with its topmost line.
fn strange_sites<'m>(message: &'m Message<'_>) -> Vec<(String, &'m Delivery)> {
    let newest = message.route.hops.last().and_then(|hop| message.route.hosts.get(hop.by_host?));
    let organisation = newest.and_then(|host| host.organisation.clone());
    let by_organisation = strange(message, organisation, site_of);
    if by_organisation.len() >= MANY {
        return by_organisation;
    }
    let written_to: HashSet<&str> =
        message.people.to.iter().filter_map(|person| domain_of(&person.key)).collect();
    strange(message, None, |key| {
        domain_of(key).filter(|domain| written_to.contains(domain)).map(str::to_owned)
    })
}

/// The sites of Delivered-To lines without the sender's, without that of the topmost line and without one more.
fn strange<'m>(
    message: &'m Message<'_>,
    own: Option<String>,
    site: impl Fn(&str) -> Option<String>,
) -> Vec<(String, &'m Delivery)> {
    let mut seen: HashSet<String> =
        message.people.from.iter().filter_map(|person| site(&person.key)).collect();
    seen.extend(message.deliveries.first().and_then(|delivery| site(&delivery.key)));
    seen.extend(own);
    let lists = lists(message);
    // ezmlm writes `Delivered-To: mailing list talk@lists.example.org`.
    let is_list =
        |delivery: &&Delivery| delivery.key.rsplit(' ').next().is_some_and(|key| lists.contains(key));
    let deliveries = message.deliveries.iter().filter(|delivery| !is_list(delivery));
    let sites = deliveries.filter_map(|delivery| Some((site(&delivery.key)?, delivery)));
    sites.filter(|(site, _)| seen.insert(site.clone())).collect()
}

/// The addresses of the lists that the message went through. They record it as a delivery to themselves.
fn lists(message: &Message<'_>) -> HashSet<String> {
    let marks = ["List-Post", "X-BeenThere", "X-Mailing-List"].into_iter();
    let fields = marks.flat_map(|name| message.header().named(name));
    let addresses = fields.flat_map(|field| {
        parse_addresses(&field.unfolded().replace("mailto:", ""))
            .into_iter()
            .map(|address| comparable(&address))
    });
    addresses.collect()
}

fn domain_of(key: &str) -> Option<&str> {
    Some(key.rsplit_once('@')?.1)
}
