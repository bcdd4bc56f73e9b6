//! # What it finds
//!
//! A message that leaves Exchange Online and comes straight back, again and again. No machine appears twice, because each pass meets other
//! machines of Microsoft, and there are only about ten Received lines. Three other things tell: hand-overs from Microsoft's way out
//! (`…-obe.outbound.protection.outlook.com`) to its way in (`….mail.protection.outlook.com`), the count of passes for the tenant
//! (X-EOPTenantAttributedMessage, from 0 on), and X-LD-Processed, which gets a word for each pass. Where another server lies in between,
//! such as the Exchange server of a hybrid, the message went from Exchange Online to that server and back twice.
//!
//! # Why it matters
//!
//! After about three passes Exchange Online returns the message: 5.4.14, “Hop count exceeded - possible mail loop ATTR34”.
//!
//! # How to fix
//!
//! One side has to be the last: accepted domain, connectors of the hybrid, the recipient's targetAddress, or the mail flow rule that sends
//! mail to a gateway.
//!
//! # When it stays quiet
//!
//! One hand-over from way out to way in is ordinary mail from tenant to tenant. A service that takes a message to sign or filter it and
//! gives it back makes one more pass. Two hand-overs with a count of 0 are a message that one tenant passed on to another. A gateway that
//! has the message twice for two recipients serves two tenants.
//!
//! # References
//!
//! Microsoft: "Fix NDR error code 550 5.4.6 through 5.4.20 in Exchange Online". Of 7 909 messages none has two such hand-overs, and of
//! 7 724 four have a tenant's count of 1 and none a higher one.

use std::collections::{HashMap, HashSet};

use super::{Group, Rule};
use crate::advice::{Program, loops};
use crate::case::{Case, Message};
use crate::finding::{Confidence, Evidence, Finding, Remedy, Severity};
use crate::header::Field;
use crate::input::Form;
use crate::route::Hop;
use crate::route::circle::is_service;
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    id: "exchange-online-loop",
    title: "Exchange Online gets its own mail back",
    group: Group::Loops,
    check,
    spared: None,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().filter_map(|(place, message)| finding(place, message)).collect()
}

/// What the header shows.
struct Signs {
    /// The hops from Exchange Online's way out to its way in, the newest first.
    reentries: Vec<Span>,
    /// Whether one of them lies above another hop into Exchange Online.
    is_straight_back: bool,
    /// Whether another organisation's server lies between two hops into Exchange Online.
    is_by_others: bool,
    /// The highest count of passes for a tenant, and its line.
    passes: Option<(u32, Span)>,
    /// The most words that X-LD-Processed has for one tenant, and its line.
    marks: Option<(usize, Span)>,
    /// How many mailboxes passed it on, as Exchange records by a forwarding setting and by a rule.
    forwards: [usize; 2],
    /// How often Exchange Online had it before, whatever the tenant, and the line: X-EOPAttributedMessage.
    attributed: Option<(u32, Span)>,
    /// Who had it twice between two hops into Exchange Online.
    partner: Option<Partner>,
    /// The newest hop from the way out to the way in: both names.
    ends: Option<(String, String)>,
}

/// Who gives the message back to Exchange Online.
struct Partner {
    /// The machine's name, or the organisation's where it has several.
    name: String,
    /// The machine, by its place in the route; absent where it is an organisation.
    host: Option<usize>,
    /// The hops by which it had the message, oldest first.
    passes: Vec<Span>,
    /// Whether it serves many tenants: a filter service, or Google.
    is_shared: bool,
}

/// Fields that each mailbox adds which passes the message on: by its forwarding setting, by a rule. One forward can leave both.
const FORWARDS: [&str; 2] = ["X-MS-Exchange-ForwardingLoop", "X-MS-Exchange-Inbox-Rules-Loop"];

/// How bad and how sure.
fn weigh(signs: &Signs) -> Option<(Severity, Confidence)> {
    let passes = signs.passes.map(|(count, _)| count);
    let marks = signs.marks.map_or(0, |(count, _)| count);
    let reentries = signs.reentries.len();
    if passes >= Some(2) || marks >= 3 {
        return Some((Severity::High, Confidence::Certain));
    }
    // A tenant that had it for the first time has no loop, however many passed it on.
    // Every forward from one tenant to the next is a way back in, and no loop.
    let forwards = signs.forwards.into_iter().max().unwrap_or_default();
    if reentries >= 2 + forwards && passes != Some(0) {
        return Some((Severity::High, Confidence::Likely));
    }
    let is_attributed = signs.attributed.is_some_and(|(count, _)| count >= 2);
    if let Some(partner) = signs.partner.as_ref().filter(|_| passes != Some(0)) {
        let is_often = is_attributed || partner.passes.len() > 2;
        if is_often && partner.host.is_some() && !partner.is_shared {
            return Some((Severity::High, Confidence::Likely));
        }
        if is_attributed || (partner.host.is_some() && !partner.is_shared) {
            return Some((Severity::Medium, Confidence::Likely));
        }
    }
    let has_more = signs.is_straight_back || (marks >= 2 && !signs.is_by_others);
    (passes == Some(1) && has_more).then_some((Severity::Medium, Confidence::Likely))
}

fn finding(place: usize, message: &Message<'_>) -> Option<Finding> {
    let signs = signs(message);
    let (severity, confidence) = weigh(&signs)?;
    let recipient = message.route.hops.iter().rev().find_map(|hop| hop.received.recipient());
    let domain = recipient.and_then(|address| address.rsplit_once('@')).map(|(_, domain)| domain);
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity,
        confidence,
        what: what(&signs, confidence, message.item.form == Form::BounceOriginal),
        why: "Exchange Online counts how often a message comes in, and returns it after about three times with the code 5.4.14. No server's name appears twice, because each pass meets other machines of Microsoft.".into(),
        remedies: remedies(message, &signs, domain),
        evidence: evidence(place, &signs),
        culprit: None,
    })
}

/// Of the tenant, and of the one who gives the message back, where that is one machine.
fn remedies(message: &Message<'_>, signs: &Signs, domain: Option<&str>) -> Vec<Remedy> {
    let mut remedies = vec![loops::exchange_online(domain)];
    let machine = signs.partner.as_ref().filter(|partner| !partner.is_shared);
    if let Some((partner, host)) = machine.and_then(|partner| Some((partner, partner.host?))) {
        let own = message.route.hops.iter().filter(|hop| hop.by_host == Some(host));
        let software = own.filter_map(|hop| hop.received.software.as_ref()).next();
        let program = Program::named(software.map_or("", |software| &software.name), &partner.name);
        remedies.push(loops::one_owner(program, &partner.name, "Exchange Online", domain));
    }
    remedies
}

fn what(signs: &Signs, confidence: Confidence, was_returned: bool) -> String {
    let round = match (was_returned, confidence == Confidence::Certain) {
        (true, true) => "went round",
        (true, false) => "probably went round",
        (false, true) => "is going round",
        (false, false) => "is probably going round",
    };
    let times = match (signs.passes, signs.reentries.len(), signs.marks) {
        (Some((count @ 1.., _)), ..) => format!("the same tenant had it {}", times(count as usize + 1)),
        (_, reentries @ 2.., _) => {
            format!("it left Exchange Online and came straight back {}", times(reentries))
        }
        (_, _, Some((count @ 2.., _))) => format!("the same tenant handled it {}", times(count)),
        _ => format!(
            "it came back from there {}",
            times(signs.partner.as_ref().map_or(2, |partner| partner.passes.len()))
        ),
    };
    let end = if was_returned { "; then it was returned as undeliverable" } else { "" };
    match (&signs.partner, &signs.ends) {
        (Some(partner), _) => {
            format!("The message {round} between Exchange Online and {}: {times}{end}.", partner.name)
        }
        (None, Some((out, back))) => {
            format!(
                "The message {round} in Exchange Online, out by {out} and straight back in by {back}: {times}{end}."
            )
        }
        (None, None) => format!("The message {round} in Exchange Online (outlook.com): {times}{end}."),
    }
}

fn times(count: usize) -> String {
    if count == 2 { "twice".to_owned() } else { format!("{count} times") }
}

fn signs(message: &Message<'_>) -> Signs {
    let mut signs = Signs {
        reentries: Vec::new(),
        is_straight_back: false,
        is_by_others: false,
        passes: None,
        marks: None,
        forwards: [0; 2],
        attributed: None,
        partner: partner(message),
        ends: None,
    };
    read_hops(message, &mut signs);
    let mut words: HashMap<String, usize> = HashMap::new();
    for field in message.header().fields() {
        for (count, name) in signs.forwards.iter_mut().zip(FORWARDS) {
            *count += usize::from(field.is_named(name));
        }
        if field.is_named("X-EOPTenantAttributedMessage") {
            let found = passes(&field).filter(|count| signs.passes.is_none_or(|(most, _)| *count > most));
            signs.passes = found.map(|count| (count, field.span())).or(signs.passes);
        } else if field.is_named("X-EOPAttributedMessage") {
            let count: Option<u32> = field.unfolded().trim().parse().ok();
            let found = count.filter(|count| signs.attributed.is_none_or(|(most, _)| *count > most));
            signs.attributed = found.map(|count| (count, field.span())).or(signs.attributed);
        } else if field.is_named("X-LD-Processed") {
            let (tenant, marks) = marks(&field);
            let count = words.entry(tenant).or_default();
            *count += marks;
            if signs.marks.is_none_or(|(most, _)| *count > most) {
                signs.marks = Some((*count, field.span()));
            }
        }
    }
    signs
}

fn read_hops(message: &Message<'_>, signs: &mut Signs) {
    // Whether it has been at Microsoft, come in there, and been elsewhere since.
    let [mut has_been, mut has_come_in, mut has_left] = [false; 3];
    for hop in &message.route.hops {
        let is_back = is_from_way_out(hop);
        if is_way_in(hop) {
            if is_back {
                signs.reentries.push(hop.span);
                signs.ends = way_out(hop).zip(hop.received.by.clone().map(|by| by.value));
                signs.is_straight_back |= has_come_in && !has_left;
            }
            signs.is_by_others |= has_been && (has_left || !is_back);
            [has_been, has_come_in, has_left] = [true, true, false];
        } else if is_microsoft(hop) {
            has_been = true;
        } else {
            has_left = has_been;
        }
    }
    signs.reentries.reverse();
}

/// Who had the message twice, each time from Exchange Online and back to it, and for one recipient, as far as the lines name one.
fn partner(message: &Message<'_>) -> Option<Partner> {
    let route = &message.route;
    let mut detours: Vec<Vec<usize>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut has_come_in = false;
    for (at, hop) in route.hops.iter().enumerate() {
        if is_way_in(hop) {
            if has_come_in && !open.is_empty() {
                detours.push(std::mem::take(&mut open));
            }
            open.clear();
            has_come_in = true;
        } else if has_come_in && !is_microsoft(hop) {
            open.push(at);
        }
    }
    let mut machines: HashMap<(usize, Option<String>), Vec<Span>> = HashMap::new();
    let mut sites: HashMap<(&str, Option<String>), Vec<Span>> = HashMap::new();
    for detour in &detours {
        let hops = detour.iter().filter_map(|at| route.hops.get(*at));
        let mut seen: HashSet<usize> = HashSet::new();
        let mut seen_sites: HashSet<&str> = HashSet::new();
        for hop in hops {
            let Some((place, host)) = hop.by_host.and_then(|place| Some((place, route.hosts.get(place)?)))
            else {
                continue;
            };
            let recipient = || hop.received.recipient().map(|address| address.to_lowercase());
            if seen.insert(place) {
                machines.entry((place, recipient())).or_default().push(hop.span);
            }
            if let Some(site) = host.organisation.as_deref().filter(|site| seen_sites.insert(site)) {
                sites.entry((site, recipient())).or_default().push(hop.span);
            }
        }
    }
    let is_shared = |site: Option<&str>| site.is_some_and(|site| site == "google.com" || is_service(site));
    let machine = machines.into_iter().filter(|(_, passes)| passes.len() > 1);
    let machine = machine.min_by_key(|((place, _), _)| *place).and_then(|((place, _), passes)| {
        let host = route.hosts.get(place)?;
        let is_shared = is_shared(host.organisation.as_deref());
        Some(Partner { name: host.name.clone(), host: Some(place), passes, is_shared })
    });
    let site = || {
        let site =
            sites.into_iter().filter(|(_, passes)| passes.len() > 1).min_by_key(|((site, _), _)| *site);
        site.map(|((site, _), passes)| Partner {
            name: format!("the servers of {site}"),
            host: None,
            passes,
            is_shared: is_shared(Some(site)),
        })
    };
    machine.or_else(site)
}

/// Clouds of Microsoft: the public one, that for the government of the United States, and the one in China.
const CLOUDS: [&str; 3] =
    ["protection.outlook.com", "protection.office365.us", "protection.partner.outlook.cn"];

fn is_in_cloud(name: Option<&str>, part: &str) -> bool {
    let name = name.unwrap_or_default().to_ascii_lowercase();
    let ends = |cloud: &str| name.strip_suffix(cloud).is_some_and(|rest| rest.ends_with(part));
    CLOUDS.iter().any(|cloud| ends(cloud))
}

fn is_way_in(hop: &Hop) -> bool {
    is_in_cloud(hop.received.by.as_deref(), ".mail.")
}

fn is_from_way_out(hop: &Hop) -> bool {
    way_out(hop).is_some()
}

/// The name of the client, if it is of Microsoft's way out.
fn way_out(hop: &Hop) -> Option<String> {
    let received = &hop.received;
    let mut names = [&received.rdns, &received.from_token, &received.helo].into_iter();
    names
        .find_map(|name| Some(name.as_deref()?).filter(|name| is_in_cloud(Some(name), ".outbound.")))
        .map(str::to_owned)
}

fn is_microsoft(hop: &Hop) -> bool {
    let by = hop.received.by.as_deref().unwrap_or_default();
    crate::fields::host::organisation(by).as_deref() == Some("microsoft.com")
}

/// `0f1e…-…:2`: the tenant, and how often it has had the message before.
fn passes(field: &Field<'_>) -> Option<u32> {
    let value = field.unfolded();
    let (_, count) = value.trim().rsplit_once(':')?;
    count.trim().parse().ok()
}

/// `0f1e…-…,ExtAddr,ExtAddr`: the tenant, and a word for each pass.
fn marks(field: &Field<'_>) -> (String, usize) {
    let value = field.unfolded();
    let mut words = value.split(',').map(str::trim).filter(|word| !word.is_empty());
    let tenant = words.next().unwrap_or_default().to_ascii_lowercase();
    (tenant, words.count())
}

fn evidence(place: usize, signs: &Signs) -> Vec<Evidence> {
    let mut evidence = Vec::new();
    let mut add = |span: Span, label: String| evidence.push(Evidence { message: place, span, label });
    if let Some((count @ 1.., span)) = signs.passes {
        add(span, format!("The tenant counts from 0: this is pass number {}.", count + 1));
    }
    for span in signs.reentries.iter().take(50) {
        add(*span, "Exchange Online takes the message from its own way out.".into());
    }
    for span in signs.partner.iter().flat_map(|partner| partner.passes.iter().rev()).take(50) {
        add(*span, "Exchange Online had handed it on to this server, which gave it back.".into());
    }
    if let Some((count @ 2.., span)) = signs.attributed {
        add(
            span,
            format!(
                "Exchange Online counts from 0, all tenants together: it had the message {} times.",
                count + 1
            ),
        );
    }
    if let Some((count @ 2.., span)) = signs.marks {
        add(span, format!("One word for each pass of the tenant: {count}."));
    }
    evidence
}
