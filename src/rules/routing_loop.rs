//! # What it finds
//!
//! A message that goes round: the same servers, or the same organisations, pass it to each other again and again. The finding names who
//! takes part, how often the message came back, how long a lap takes, where it turns, and which server will stop it. A server that hands over
//! to itself counts as well: through its router, whose address it does not know for its own, or through a filter that feeds itself.
//!
//! # Why it matters
//!
//! The message never arrives. Each lap makes its header longer, until a server counts too many Received lines and returns it. Every message
//! for this recipient, often for the whole domain, goes the same way.
//!
//! # How to fix
//!
//! Somebody has to be the last: one of the servers where the message turns must keep the mail for the domain (`mydestination`,
//! `local_domains`, `local-host-names`, an authoritative accepted domain), or pass it to the one that does. Where two addresses forward to
//! each other, one of the forwards has to go. A higher hop limit cures nothing.
//!
//! # When it stays quiet
//!
//! A server that is passed twice is no loop. Content filters on the machine itself (localhost, amavis, Proofpoint's reinject) are part of
//! it; services that filter or sign and give the message back once do not count, nor do hand-overs inside Exchange, Exchange Online and
//! Google, a list or a person that sent the message on, and a way that is taken again for another recipient. Lines that the line above
//! contradicts may be forged and do not count.
//!
//! # References
//!
//! RFC 5321, section 6.3 (loop detection). The limits of the programs are in `route::limits`.

use super::{Group, Rule, near_misses_in};
use crate::advice::{Program, joined, loops};
use crate::case::{Case, Message};
use crate::finding::{Confidence, Culprit, Evidence, Finding, NearMiss, Remedy, Severity};
use crate::input::Form;
use crate::route::circle::{Circle, Member, Proof};
use crate::route::{Hop, Kind, limits};

pub(super) const RULE: Rule = Rule {
    id: "routing-loop",
    title: "The message goes round",
    group: Group::Loops,
    check,
    spared: Some(|case| near_misses_in(case, near_miss)),
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    let found = case.messages.iter().enumerate().filter_map(|(place, message)| {
        let circle = message.route.circle.as_ref().filter(|circle| circle.is_loop())?;
        Some(finding(place, message, circle))
    });
    found.collect()
}

/// More passes than this prove nothing more.
const SHOWN: usize = 50;

fn finding(place: usize, message: &Message<'_>, circle: &Circle) -> Finding {
    let returner = circle.returner.and_then(|host| message.route.hosts.get(host));
    Finding {
        id: RULE.id,
        title: RULE.title,
        severity: Severity::High,
        confidence: if circle.is_certain { Confidence::Certain } else { Confidence::Likely },
        what: what(circle, was_returned(message)),
        why: why(message, circle),
        remedies: remedies(message, circle),
        evidence: evidence(place, message, circle),
        culprit: returner.map(|host| Culprit { host: Some(host.name.clone()), domain: host.domain() }),
    }
}

/// Whether a bounce returned this header: the message goes round no more.
fn was_returned(message: &Message<'_>) -> bool {
    message.item.form == Form::BounceOriginal
}

fn what(circle: &Circle, was_returned: bool) -> String {
    let round = match (was_returned, circle.is_certain) {
        (true, true) => "went round",
        (true, false) => "probably went round",
        (false, true) => "is going round",
        (false, false) => "is probably going round",
    };
    let end = if was_returned { "; then it was returned as undeliverable" } else { "" };
    let names: Vec<String> = circle.members.iter().map(|member| member.name.clone()).collect();
    let first = names.first().cloned().unwrap_or_default();
    let every = circle.seconds_per_lap.map_or_else(String::new, |seconds| format!(", {}", every(seconds)));
    let again = match circle.laps() {
        1 => "it came back once and took the same way again".to_owned(),
        2 => format!("it came back to {first} twice{every}"),
        laps => format!("it came back to {first} {laps} times{every}"),
    };
    match names.as_slice() {
        [one] => format!("The message {round} on {one}, which hands it over to itself: {again}{end}."),
        [one, other] => format!("The message {round} between {one} and {other}: {again}{end}."),
        [front @ .., _] if front.len() >= NAMED => {
            let (named, more) = (front.iter().take(NAMED - 1), names.len() - (NAMED - 1));
            let named = named.cloned().collect::<Vec<_>>().join(", ");
            format!(
                "The message {round} among {} servers ({named} and {more} more): {again}{end}.",
                names.len()
            )
        }
        _ => format!("The message {round} from {} and back to {first}: {again}{end}.", names.join(" to ")),
    }
}

/// More names than this are not read aloud.
const NAMED: usize = 4;

fn every(seconds: i64) -> String {
    match seconds {
        0 => "several times a second".to_owned(),
        1 => "about every second".to_owned(),
        2..120 => format!("about every {seconds} seconds"),
        120..7200 => format!("about every {} minutes", (seconds + 30) / 60),
        _ => format!("about every {} hours", (seconds + 1800) / 3600),
    }
}

fn why(message: &Message<'_>, circle: &Circle) -> String {
    let route = &message.route;
    let returner = circle.returner.and_then(|host| route.hosts.get(host));
    let turn = returner.filter(|_| circle.members.len() > 1).map_or_else(String::new, |host| {
        format!(" {} was the first to send it back to where it had been.", host.name)
    });
    let ends = ends(message, circle);
    let reason = match addresses(&ends).as_slice() {
        [one, other, ..] => format!(
            " Two forwards seem to point at each other: the message is for {one} at one of them and for {other} at the other."
        ),
        [one] => format!(" It is for {one} all the time, and no server keeps it."),
        [] => String::new(),
    };
    let plural = if circle.lines_per_lap == 1 { "" } else { "s" };
    let growth = format!(
        " Each lap adds {} line{plural} and about {} bytes to the header, which has {} Received lines now.",
        circle.lines_per_lap,
        circle.bytes_per_lap,
        route.hops.len()
    );
    let (never, growth, end) = if was_returned(message) {
        ("It did not arrive", String::new(), String::new())
    } else {
        ("It never arrives", growth, end(message, circle))
    };
    format!(
        "{never}, and other mail for this recipient probably takes the same way.{turn}{reason}{growth}{end}"
    )
}

/// Who will end it: the lowest limit among those who take part.
fn end(message: &Message<'_>, circle: &Circle) -> String {
    let hops = circle.members.iter().filter_map(|member| Some((member, own_hop(message, member)?)));
    let limits = hops.filter_map(|(member, hop)| Some((member, limits::limit(hop)?)));
    // A limit that the member has let pass is not the one it has.
    let in_force = limits.filter(|(member, limit)| limit.lines > member.hop);
    let Some((member, limit)) = in_force.min_by_key(|(_, limit)| limit.lines) else {
        return String::new();
    };
    format!(
        " {} on {} stops a message at about {} of them, unless somebody changed that; then it comes back to the sender as undeliverable.",
        limit.program, member.name, limit.lines
    )
}

/// The members at which the message turns, each with the recipient it had there.
fn ends<'m>(message: &'m Message<'_>, circle: &'m Circle) -> Vec<(&'m Member, Option<&'m str>)> {
    let turning = circle.members.iter().filter(|member| member.is_turning_point);
    turning.map(|member| (member, recipient(message, member))).collect()
}

fn recipient<'m>(message: &'m Message<'_>, member: &Member) -> Option<&'m str> {
    let hop = own_hop(message, member)?;
    match hop.received.recipients.as_slice() {
        [one] => Some(one),
        _ => None,
    }
}

/// The different addresses among the ends.
fn addresses<'m>(ends: &[(&Member, Option<&'m str>)]) -> Vec<&'m str> {
    let mut addresses: Vec<&str> = Vec::new();
    for address in ends.iter().filter_map(|(_, address)| *address) {
        if !addresses.iter().any(|known| known.eq_ignore_ascii_case(address)) {
            addresses.push(address);
        }
    }
    addresses
}

/// The servers that fetch the message from a mailbox on its way round.
fn fetchers(message: &Message<'_>, circle: &Circle) -> Vec<String> {
    let ends = circle.passes.first().copied().zip(circle.passes.last().copied());
    let lap = ends.and_then(|(first, last)| message.route.hops.get(first..=last)).unwrap_or_default();
    let mut names: Vec<String> = Vec::new();
    for hop in lap.iter().filter(|hop| hop.kind == Kind::Fetch) {
        let host = hop.by_host.and_then(|host| message.route.hosts.get(host));
        if let Some(host) =
            host.filter(|host| names.len() < circle.members.len() && !names.contains(&host.name))
        {
            names.push(host.name.clone());
        }
    }
    names
}

fn remedies(message: &Message<'_>, circle: &Circle) -> Vec<Remedy> {
    let fetchers = fetchers(message, circle);
    if !fetchers.is_empty() {
        return vec![loops::fed_back(&joined(&fetchers))];
    }
    let ends = ends(message, circle);
    let addresses = addresses(&ends);
    if addresses.len() > 1 {
        let forwards: Vec<(String, String, Program)> = ends
            .iter()
            .filter_map(|(member, address)| {
                Some(((*address)?.to_owned(), member.name.clone(), program(message, member)))
            })
            .collect();
        return vec![loops::mutual_forward(&forwards)];
    }
    let domain = addresses.first().and_then(|address| address.rsplit_once('@')).map(|(_, domain)| domain);
    // Whoever sent it back first is asked first.
    let mut turning: Vec<&Member> = ends.iter().map(|(member, _)| *member).collect();
    turning.sort_by_key(|member| member.host != circle.returner);
    if circle.proof == Proof::Itself && is_by_filter(message, circle) {
        return turning
            .iter()
            .map(|member| loops::fed_by_filter(program(message, member), &member.name))
            .collect();
    }
    if circle.proof == Proof::Itself {
        return turning
            .iter()
            .map(|member| loops::itself(program(message, member), &member.name, domain))
            .collect();
    }
    let others = |member: &Member| {
        let names: Vec<String> = circle
            .members
            .iter()
            .map(|other| other.name.clone())
            .filter(|name| *name != member.name)
            .collect();
        joined(&names)
    };
    let remedy = |member: &&Member| {
        loops::one_owner(
            program(message, member),
            &called(member),
            &next(circle, member).unwrap_or_else(|| others(member)),
            domain,
        )
    };
    turning.iter().map(remedy).collect()
}

/// Whether what comes back came from the machine itself, as filters hand over.
fn is_by_filter(message: &Message<'_>, circle: &Circle) -> bool {
    let newest = circle.passes.last().and_then(|hop| message.route.hops.get(*hop));
    newest.and_then(|hop| hop.received.ip.as_ref()).is_some_and(|ip| ip.value.is_loopback())
}

/// What to call a member: an organisation is told by its servers.
fn called(member: &Member) -> String {
    match member.host {
        Some(_) => member.name.clone(),
        None => format!("the mail servers of {}", member.name),
    }
}

/// The member that has the message after this one.
fn next(circle: &Circle, member: &Member) -> Option<String> {
    let place = circle.members.iter().position(|other| other == member)?;
    circle.members.get((place + 1) % circle.members.len()).map(|next| next.name.clone())
}

/// The program that wrote the lines of a member; where its last line names none, that of another of its lines.
fn program(message: &Message<'_>, member: &Member) -> Program {
    let hops = &message.route.hops;
    let of_member = |hop: &&Hop| member.host.is_some() && hop.by_host == member.host;
    let last = own_hop(message, member).into_iter();
    let name = last.chain(hops.iter().filter(of_member)).find_map(|hop| hop.received.software.as_ref());
    Program::named(name.map_or("", |software| &software.name), &member.name)
}

/// The hop by which a member had the message last, if that member wrote its line. One that writes none is only named in those of others.
fn own_hop<'m>(message: &'m Message<'_>, member: &Member) -> Option<&'m Hop> {
    let hop = message.route.hops.get(member.hop)?;
    (member.host.is_none() || hop.by_host == member.host).then_some(hop)
}

/// The passes of the first member, the newest first; then the hop by which the message first came back.
fn evidence(place: usize, message: &Message<'_>, circle: &Circle) -> Vec<Evidence> {
    let first = circle.members.first().map_or("", |member| &member.name);
    let count = circle.passes.len();
    let passes = circle.passes.iter().enumerate().rev().take(SHOWN).filter_map(|(nth, hop)| {
        let label = match nth {
            0 => format!("The message comes to {first} for the first time."),
            _ if nth + 1 == count => {
                format!("The message comes to {first} for the {} time.", ordinal(nth + 1))
            }
            _ => format!("The {} time.", ordinal(nth + 1)),
        };
        Some(Evidence { message: place, span: message.route.hops.get(*hop)?.span, label })
    });
    let back = (!circle.passes.contains(&circle.first_return))
        .then(|| message.route.hops.get(circle.first_return))
        .flatten()
        .map(|hop| Evidence {
            message: place,
            span: hop.span,
            label: "Here it comes back for the first time to where it has been.".into(),
        });
    passes.chain(back).collect()
}

fn ordinal(number: usize) -> String {
    let end = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{end}")
}

/// A machine that stands in several lines in a row because it handed the message over to itself.
fn near_miss(place: usize, message: &Message<'_>) -> Option<NearMiss> {
    let route = &message.route;
    if route.circle.is_some() {
        return None;
    }
    let stretches = route.stations.iter().filter(|station| station.first < station.last);
    let longest = stretches.max_by_key(|station| station.last - station.first)?;
    let host = route.hosts.get(longest.host?)?;
    let lines = route.hops.get(longest.first..=longest.last)?;
    let evidence = lines.iter().rev().take(SHOWN_OF_ONE).map(|hop| Evidence {
        message: place,
        span: hop.span,
        label: format!("A hand-over on {}.", host.name),
    });
    Some(RULE.near_miss(
        format!("{} wrote {} Received lines, as a server in a loop would.", host.name, lines.len()),
        "The message never left that machine between them: it handed it over to itself, for a filter or on the way into the mailbox.",
        evidence.collect(),
    ))
}

/// So many lines of one machine show it.
const SHOWN_OF_ONE: usize = 5;
