//! # What it finds
//!
//! The same address in two Delivered-To lines of one message. Mail servers write such a line each time they deliver to an
//! address, so the message came back to an address that had it already.
//!
//! # Why it matters
//!
//! Two mailboxes that forward to each other send every message round until a server gives up and returns it as undeliverable.
//!
//! # How to fix
//!
//! Take out one of the two forwards: `.forward`, `.qmail`, a Sieve `redirect`, an alias, or the forwarding setting of a mailbox.
//!
//! # When it stays quiet
//!
//! Different addresses are an ordinary forwarding path, however many there are. One delivery may be recorded twice with the same
//! address: by Postfix (with `flags=D`) and by Dovecot behind it, before and after a content filter, or by the provider and again by
//! the server that fetched the message from there. So a hop from another machine has to lie between the two lines, and no fetch. The
//! machines of one site may record it each on its way in: so the message has to have left the site, or come back to the machine.
//! Addresses without a domain of their own, such as `root@localhost`, are different mailboxes on different machines. Addresses that
//! somebody made unreadable (`xxxx@example.com`) need not be the same.
//!
//! qmail puts the owner of a virtual domain before the address: `54-dora@example.com`, `example.com-dora@example.com`. Such a line counts
//! as one for `dora@example.com` where the prefix is a number and qmail is on the route, or where it is the domain itself. Any other
//! prefix may be a part of the name.
//!
//! # References
//!
//! RFC 9228 (Delivered-To), section 4. qmail-local(8), qmail-send(8) (virtualdomains) and Postfix local(8) refuse such mail: "mail forwarding loop for".

use std::collections::{HashMap, HashSet};

use super::{Group, Rule, near_misses_in};
use crate::advice::in_words;
use crate::case::{Case, Message};
use crate::finding::{Confidence, Evidence, Finding, NearMiss, Remedy, Severity};
use crate::route::{Encryption, Hop, Kind};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    id: "delivered-to-loop",
    title: "Delivered to the same address twice",
    group: Group::Loops,
    check,
    spared: Some(|case| near_misses_in(case, near_miss)),
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().filter_map(|(place, message)| check_message(place, message)).collect()
}

/// More deliveries than this prove nothing more.
const SHOWN: usize = 50;

fn check_message(place: usize, message: &Message<'_>) -> Option<Finding> {
    let (address, spans) = repeated(message)?;
    // ezmlm writes `mailing list talk@lists.example.org`.
    let list = address.strip_prefix("mailing list ");
    let address = list.unwrap_or(address);
    let sort = if list.is_some() { "mailing list" } else { "mailbox" };
    let evidence = spans.iter().take(SHOWN).enumerate().map(|(nth, span)| Evidence {
        message: place,
        span: *span,
        label: if nth == 0 {
            "The last delivery to this address.".into()
        } else {
            "An earlier delivery to the same address.".into()
        },
    });
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: Severity::High,
        confidence: Confidence::Likely,
        what: format!("The message was delivered to {address} {}: it is probably going round in a forwarding loop.", times(spans.len())),
        why: "Each round makes the header longer, until a server refuses the message and returns it. Every mail to this address takes the same way.".into(),
        remedies: vec![Remedy {
            who: format!("Whoever administers the {sort} {address}"),
            steps: vec![
                format!("See where {} forwards to: `.forward`, `.qmail`, Sieve rules, aliases, the mailbox's own forwarding.", in_words(address)),
                "See where that address forwards to, and so on, until you are back.".into(),
                "Take out one of these forwards.".into(),
            ],
            disturbs_mail_flow: false,
            references: vec!["RFC 9228, section 4".into()],
        }],
        evidence: evidence.collect(),
        culprit: None,
    })
}

/// The first address to which the message came back, and its Delivered-To lines, topmost first.
fn repeated<'m>(message: &'m Message<'_>) -> Option<(&'m str, Vec<Span>)> {
    let has_qmail = message.route.hops.iter().any(is_by_qmail);
    let mut lines_of: HashMap<String, Vec<Span>> = HashMap::new();
    for delivery in message.deliveries.iter().filter(|delivery| is_telling(&delivery.key)) {
        lines_of.entry(mailbox(&delivery.key, has_qmail)).or_default().push(delivery.span);
    }
    let travels = places(message, |hop| !is_on_one_machine(hop) && hop.kind != Kind::Fetch);
    let fetches = places(message, |hop| hop.kind == Kind::Fetch);
    let stays = stays(message);
    let came_back = |pair: &&[Span]| {
        holds_one_between(&travels, pair)
            && !holds_one_between(&fetches, pair)
            && !is_on_the_way_in(&stays, pair)
    };
    message.deliveries.iter().find_map(|delivery| {
        // Taken out, so that an address that stands in many lines is looked at once.
        let spans = lines_of.remove(&mailbox(&delivery.key, has_qmail))?;
        let earlier = spans.windows(2).filter(came_back).filter_map(|pair| pair.last().copied());
        let lines: Vec<Span> = spans.first().copied().into_iter().chain(earlier).collect();
        (lines.len() > 1).then_some((delivery.address.as_str(), lines))
    })
}

/// Whether the part behind the `@` can be a domain that means the same everywhere, and nobody made the part before it unreadable.
fn is_telling(address: &str) -> bool {
    address.rsplit_once('@').is_some_and(|(local, domain)| {
        let is_masked =
            local.chars().all(|letter| matches!(letter, 'x' | '*' | '.')) || local.contains("redacted");
        domain.contains('.') && !domain.ends_with(".localdomain") && !is_masked
    })
}

fn is_by_qmail(hop: &Hop) -> bool {
    hop.received.software.as_ref().is_some_and(|software| software.name == "qmail")
}

/// The address without the prefix that qmail puts before those of virtual domains.
fn mailbox(address: &str, has_qmail: bool) -> String {
    let parts = address.rsplit_once('@').and_then(|(local, domain)| {
        let (prefix, name) = match local.strip_prefix(domain).and_then(|rest| rest.strip_prefix('-')) {
            Some(name) => (domain, name),
            None => local.split_once('-')?,
        };
        let is_number = has_qmail && !prefix.is_empty() && prefix.bytes().all(|byte| byte.is_ascii_digit());
        ((is_number || prefix == domain) && !name.is_empty()).then_some((name, domain))
    });
    parts.map_or_else(|| address.to_owned(), |(name, domain)| format!("{name}@{domain}"))
}

/// Whether the hop only led through a filter or into the store of one machine.
fn is_on_one_machine(hop: &Hop) -> bool {
    matches!(hop.kind, Kind::Local | Kind::Filter) || hop.encryption == Encryption::SameMachine
}

/// Where the hops of a sort stand, in the order of the text.
fn places(message: &Message<'_>, is_wanted: impl Fn(&Hop) -> bool) -> Vec<usize> {
    message.route.hops.iter().rev().filter(|hop| is_wanted(hop)).map(|hop| hop.span.start).collect()
}

/// Whether one of the places lies between two lines.
fn holds_one_between(places: &[usize], pair: &[Span]) -> bool {
    let [upper, lower] = pair else {
        return false;
    };
    let next = places.partition_point(|place| *place < upper.end);
    places.get(next).is_some_and(|place| *place < lower.start)
}

/// Where the message was: the start of the line, the machine, and the number of the stretch of lines that one site wrote.
type Stay = (usize, Option<usize>, usize);

/// The stays, in the order of the text.
fn stays(message: &Message<'_>) -> Vec<Stay> {
    let mut site: Option<&str> = None;
    let mut stretch = 0;
    let lines = message.route.hops.iter().rev().map(|hop| {
        let host = hop.by_host.and_then(|host| message.route.hosts.get(host));
        let own = host.and_then(|host| host.organisation.as_deref());
        stretch += usize::from(own.is_some() && site.is_some() && own != site);
        site = own.or(site);
        (hop.span.start, hop.by_host, stretch)
    });
    lines.collect()
}

/// Whether two machines of one site recorded the two deliveries, and the message was nowhere else meanwhile.
fn is_on_the_way_in(stays: &[Stay], pair: &[Span]) -> bool {
    let [upper, lower] = pair else {
        return false;
    };
    let below = |span: &Span| stays.get(stays.partition_point(|(start, ..)| *start < span.end));
    below(upper).zip(below(lower)).is_some_and(|((_, later, stretch), (_, earlier, other))| {
        stretch == other && later.is_some() && earlier.is_some() && later != earlier
    })
}

fn times(count: usize) -> String {
    if count == 2 { "twice".into() } else { format!("{count} times") }
}

/// Several deliveries that are no round.
fn near_miss(place: usize, message: &Message<'_>) -> Option<NearMiss> {
    if message.deliveries.len() < 2 || repeated(message).is_some() {
        return None;
    }
    let keys: HashSet<&str> = message.deliveries.iter().map(|delivery| delivery.key.as_str()).collect();
    let is_each_once = keys.len() == message.deliveries.len();
    let has_fetch = message.route.hops.iter().any(|hop| hop.kind == Kind::Fetch);
    let because = match (is_each_once, has_fetch) {
        (true, _) => {
            "Each delivery was to another address: an ordinary forwarding path, on which nobody got it twice."
        }
        (false, true) => {
            "The message was fetched from a mailbox in between: the provider recorded the delivery, and so did the server that fetched."
        }
        (false, false) => {
            "The message did not travel on and come back in between: one delivery was recorded more than once, or the addresses are not those of one mailbox."
        }
    };
    let evidence = message.deliveries.iter().take(SHOWN_NEAR).map(|delivery| Evidence {
        message: place,
        span: delivery.span,
        label: format!("Delivered to {}.", delivery.address),
    });
    let count = message.deliveries.len();
    Some(RULE.near_miss(format!("The header records {count} deliveries."), because, evidence.collect()))
}

/// So many deliveries show it.
const SHOWN_NEAR: usize = 5;
