//! # What it finds
//!
//! A copy that a recipient's Small Business Server sent out again to everybody in To and Cc, in the sender's name. Signs, with their points;
//! six are enough, if one is of the connector and one of the way:
//!
//! - `mspop3connector.office@example.com` (4) and the name `IMB Recipient` (4) in To or Cc; both together count 6;
//! - the oldest Received line is `from mail pickup service by …`, at a site that is not the sender's (2); where a
//!   copy kept its older lines, it stands further up, and the address has to name the same site;
//! - the Message-ID was made in the seconds of X-OriginalArrivalTime (2), or bears an address of a network inside (1);
//! - X-MimeOLE is that of Windows Server 2003 though the mail program is another (1); Date is the time of the pickup (1);
//!   `unlisted-recipients` was made into an address (1); fields that a list writes once are there twice (1).
//!
//! # Why it matters
//!
//! Everybody in the list gets the mail again and again; several such servers feed each other. One mail has made millions in a day. The
//! sender gets the bounces and the blame, but did nothing wrong.
//!
//! # How to fix
//!
//! The server that is named: stop the service "Microsoft Connector for POP3 Mailboxes", clear queues and PickUp, install KB 835734, then
//! have mail delivered by SMTP. The recipients: do not reply to all. The sender: nothing.
//!
//! # When it stays quiet
//!
//! On a reply that only took the address over. On mail from web forms and programs by CDO and the pickup folder, whoever is in From. On
//! the text `unlisted-recipients:; (no To-header on input)` as mail servers write it.
//!
//! # References
//!
//! Microsoft Knowledge Base 835734 (withdrawn). UNIRAS alert 899/05 of 28 October 2005. RFC 5321, sections 4.4 and 7.2.

use std::collections::HashSet;

use super::{Group, Rule, near_misses_in};
use crate::advice::connector::{self, Site};
use crate::advice::pop3;
use crate::case::{Case, Connector, ConnectorSign as Sign, Message, site_of};
use crate::finding::{Confidence, Culprit, Evidence, Finding, NearMiss, Severity};

pub(super) const RULE: Rule = Rule {
    id: "pop3-connector-reinjection",
    title: "Sent out again by a POP3 connector",
    group: Group::Pop3,
    check,
    spared: Some(|case| near_misses_in(case, near_miss)),
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    let messages = case.messages.iter().enumerate();
    // The finding on all copies side by side tells of the others.
    let told = messages.filter(|(place, _)| !case.is_further_copy(*place));
    told.filter_map(|(place, message)| check_message(place, message)).collect()
}

/// So many points leave no other reading.
const BEYOND_DOUBT: u32 = 9;

fn check_message(place: usize, message: &Message<'_>) -> Option<Finding> {
    let marks = &message.connector;
    let domain = marks.domain().filter(|_| marks.is_reinjected())?;
    let site = Site { host: marks.pickup.as_deref(), domain };
    let is_certain =
        marks.points() >= BEYOND_DOUBT && marks.has(Sign::Address) && marks.has(Sign::ForeignPickup);
    let sender = message.people.from.first().map(|person| person.address.as_str());
    let others = other_sites(message, domain);
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: Severity::High,
        confidence: if is_certain { Confidence::Certain } else { Confidence::Likely },
        what: what(marks, domain, sender, is_certain),
        why: format!(
            "{} sent the mail once; the server of {domain} fetched its copy by POP3, which keeps no envelope, took everybody in To and Cc for its recipients, and does so with every such mail. Servers of this kind feed each other, so the copies multiply until they are stopped. The signs weigh {} points where 6 are enough.",
            sender.unwrap_or("The sender"),
            marks.points(),
        ),
        remedies: vec![
            connector::stop(site),
            pop3::leave(format!("Whoever decides how {domain} gets its mail"), Some(domain)),
            connector::meanwhile(site, &others),
            connector::sender(sender),
        ],
        evidence: marks
            .signs
            .iter()
            .map(|(sign, span)| Evidence { message: place, span: *span, label: label(*sign, marks) })
            .collect(),
        culprit: Some(Culprit { host: marks.pickup.clone(), domain: Some(domain.to_owned()) }),
    })
}

fn what(marks: &Connector, domain: &str, sender: Option<&str>, is_certain: bool) -> String {
    let server = marks.pickup.as_deref().filter(|pickup| !pickup.eq_ignore_ascii_case(domain));
    let server =
        server.map_or_else(|| format!("The mail server of {domain}"), |name| format!("{name} at {domain}"));
    let probably = if is_certain { "" } else { "probably " };
    let whose = sender.map_or_else(|| "this mail".to_owned(), |sender| format!("this mail of {sender}"));
    format!(
        "{server} {probably}fetched {whose} by POP3 and sent it out again to everybody in To and Cc; {} did nothing wrong.",
        sender.unwrap_or("the sender")
    )
}

/// What a place shows, and how much it weighs.
fn label(sign: Sign, marks: &Connector) -> String {
    let pickup = marks.pickup.as_deref().unwrap_or("the server");
    let shown = match sign {
        Sign::Address => format!(
            "The address of the connector, {}: it names the server that made the copy",
            marks.addresses.last().map_or("mspop3connector.…", |(address, _)| address.as_str())
        ),
        Sign::DisplayName => "The name “IMB Recipient”, which the connector writes".to_owned(),
        Sign::ForeignPickup if marks.pickup_place > Some(0) => format!(
            "Here the mail was handed in anew by way of the pickup folder of {pickup}, which is not the sender's server"
        ),
        Sign::ForeignPickup => format!(
            "The trace starts in the pickup folder of {pickup}, which is not the sender's server: what was before is gone"
        ),
        Sign::InsideId => "The Message-ID bears a name or address inside a network, not the sender's domain".to_owned(),
        Sign::MintedId => {
            "The Message-ID was made in the seconds in which the copy came to the pickup folder (the same FILETIME)".to_owned()
        }
        Sign::ServerMimeOle => {
            "X-MimeOLE is that of Windows Server 2003, though another program wrote the mail".to_owned()
        }
        Sign::MintedDate => format!("Date is the time of the pickup at {pickup}, not that of writing"),
        Sign::MangledRecipients => "“unlisted-recipients” was made into an address".to_owned(),
        Sign::RepeatedListFields => "A mailing list wrote this field a second time: the mail went to the list again".to_owned(),
    };
    let points = sign.points();
    let both = if sign == Sign::DisplayName && marks.has(Sign::Address) {
        ", 6 together with the address"
    } else {
        ""
    };
    format!("{shown} ({points} point{}{both}).", if points == 1 { "" } else { "s" })
}

/// The sites that Delivered-To lines and further addresses of connectors name beside the culprit's, the sender's and the one where the
/// message came to now.
fn other_sites(message: &Message<'_>, domain: &str) -> Vec<String> {
    let connectors = message.connector.addresses.iter().filter_map(|(address, _)| site_of(address));
    let deliveries = message.deliveries.iter().skip(1).filter_map(|delivery| site_of(&delivery.key));
    let newest = message.route.hops.last().and_then(|hop| message.route.hosts.get(hop.by_host?));
    let own = message.deliveries.first().and_then(|delivery| site_of(&delivery.key));
    let mut seen: HashSet<String> = [site_of(&format!("@{domain}")), own].into_iter().flatten().collect();
    seen.extend(message.people.sender_site().map(str::to_owned));
    seen.extend(newest.and_then(|host| host.organisation.clone()));
    connectors.chain(deliveries).filter(|site| seen.insert(site.clone())).take(MOST_SITES).collect()
}

/// So many names are enough to ask.
const MOST_SITES: usize = 10;

/// The address of a connector without a copy, or a pickup folder without a connector.
fn near_miss(place: usize, message: &Message<'_>) -> Option<NearMiss> {
    let marks = &message.connector;
    let shown = |sign: Sign| {
        let (_, span) = marks.signs.iter().find(|(found, _)| *found == sign)?;
        Some(Evidence { message: place, span: *span, label: label(sign, marks) })
    };
    match (shown(Sign::Address), shown(Sign::ForeignPickup)) {
        _ if marks.is_reinjected() => None,
        (Some(address), None) => Some(RULE.near_miss(
            "The address of a POP3 connector stands in To or Cc.",
            "No line shows that it was sent out again by way of a pickup folder: somebody who answers such a copy takes the address over.",
            vec![address],
        )),
        (None, Some(pickup)) => Some(RULE.near_miss(
            "The mail starts in the pickup folder of a site that is not the sender’s.",
            "Nothing of a POP3 connector is in it: web forms and programs hand mail in like this, with any sender.",
            vec![pickup],
        )),
        _ => None,
    }
}
