//! # What it finds
//!
//! Lines that somebody else wrote and that cannot be true: a line in the name of the receiving server that contradicts the one above it,
//! a date that lies days after the message arrived, an address that no machine can have, a client that greets with the receiving
//! server's own name.
//!
//! # Why it matters
//!
//! Senders of unwanted mail put such lines there, so that the message seems to come from somebody else. Complaints then hit the wrong
//! one.
//!
//! # How to fix
//!
//! Believe only the lines that the receiving side wrote itself; the address from which it took the message is the sender's.
//!
//! # When it stays quiet
//!
//! Where all lines are the receiver's own. On private addresses and invented names inside networks, which are usual there. On clocks that
//! are off by less than two days, and on mail that left the receiving side and came back (lists, forwards): those lines join. Nor on a
//! date of the server that the line above names by its reverse name, or of one inside a network: there the clock is wrong.
//! Nor on mail that a user of the server sent on by hand.
//!
//! # References
//!
//! RFC 5321, sections 4.4 and 7.1: older trace lines can be made up. RFC 6890 (addresses for special purposes).

use super::{Group, Rule, near_misses_in};
use crate::advice::in_words;
use crate::case::{Case, Message};
use crate::fields::host::{is_same, organisation};
use crate::finding::{Confidence, Evidence, Finding, NearMiss, Remedy, Severity};
use crate::route::circle::Proof;
use crate::route::{Handover, Hop, Host, Scope};
use crate::text::Span;
use crate::text::duration::roughly;

pub(super) const RULE: Rule = Rule {
    id: "forged-trace",
    title: "Lines that cannot be true",
    group: Group::Identity,
    check,
    spared: Some(|case| near_misses_in(case, near_miss)),
};

/// More lines than this prove nothing more.
const SHOWN: usize = 10;

/// A clock can be wrong by hours; so many seconds need a reason.
const DAYS: i64 = 2 * 24 * 60 * 60;

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().filter_map(|(place, message)| finding(case, place, message)).collect()
}

/// A line that cannot be true, and why.
struct Lie {
    span: Span,
    confidence: Confidence,
    label: String,
}

fn finding(case: &Case<'_>, place: usize, message: &Message<'_>) -> Option<Finding> {
    let route = &message.route;
    let boundary = route.boundary.as_ref()?;
    let trusted = route.hops.get(boundary.hop)?;
    let below = route.hops.iter().zip(route.hops.iter().skip(1)).take(boundary.hop);
    let of_lines = below.flat_map(|(hop, next)| {
        [
            own_name(message, trusted, hop, next),
            later(message, trusted, hop, next),
            impossible_address(case, message, hop),
        ]
    });
    let lies: Vec<Lie> = of_lines.chain([greeting(message, trusted)]).flatten().take(SHOWN).collect();
    let first = lies.iter().max_by_key(|lie| lie.confidence)?;
    let confidence = first.confidence;
    let sender = sender(message, trusted);
    let mut evidence: Vec<Evidence> = Vec::new();
    let decisive = first.span;
    let of = |lie: &Lie| Evidence { message: place, span: lie.span, label: lie.label.clone() };
    evidence.push(of(first));
    evidence.extend(lies.iter().filter(|lie| lie.span != decisive).map(of));
    if trusted.span != decisive {
        evidence.push(Evidence {
            message: place,
            span: trusted.span,
            label: "The oldest line that the receiving side wrote itself.".into(),
        });
    }
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: Severity::Medium,
        confidence,
        what: what(message, trusted, &lies, confidence, &sender),
        why: format!("{} Who believes such lines looks for the sender in the wrong place.", first.label),
        remedies: vec![remedy(&boundary.organisation, &sender)],
        evidence,
        culprit: None,
    })
}

fn what(message: &Message<'_>, trusted: &Hop, lies: &[Lie], confidence: Confidence, sender: &str) -> String {
    let probably = if confidence == Confidence::Possible { "may be" } else { "is probably" };
    let server = host(message, trusted.by_host).map_or("the receiving server", |host| host.name.as_str());
    let below = lies.iter().filter(|lie| lie.span != trusted.span).count();
    match below {
        0 => format!("{sender} did not say who it is: it greeted {server} with that server's own name."),
        1 => format!(
            "A line of this header {probably} made up: {server} took the message from {sender}, and what stands below was written by others."
        ),
        _ => format!(
            "{below} lines of this header {} made up: {server} took the message from {sender}, and what stands below was written by others.",
            probably.replace("is", "are")
        ),
    }
}

fn host<'m>(message: &'m Message<'_>, place: Option<usize>) -> Option<&'m Host> {
    message.route.hosts.get(place?)
}

/// A line of the very server that received the message, right below its genuine line, that says it took the message from strangers;
/// the genuine one has it from elsewhere. Mail that left and came back has lines of others between.
fn own_name(message: &Message<'_>, trusted: &Hop, hop: &Hop, next: &Hop) -> Option<Lie> {
    let writer = host(message, hop.by_host)?;
    let came_from_strangers = hop.received.authenticated.is_none()
        && hop.received.ip.as_ref().is_some_and(|ip| Scope::of(ip.value).is_unique())
        && host(message, hop.from_host).is_some_and(|from| from.organisation != writer.organisation);
    // A user of the server who sends the message on brings it back from a machine of his own.
    let is_sent_on = next.received.is_logged_in() || message.people.resent.is_some();
    let is_next_to_it = next.span == trusted.span && hop.by_host == trusted.by_host && !is_sent_on;
    (is_next_to_it && came_from_strangers && next.handover == Handover::Breaks).then(|| Lie {
        span: hop.span,
        confidence: Confidence::Likely,
        label: format!(
            "It claims that {} took the message, but the next line has it from elsewhere.",
            writer.name
        ),
    })
}

/// A date days after the message had arrived.
fn later(message: &Message<'_>, trusted: &Hop, hop: &Hop, next: &Hop) -> Option<Lie> {
    if is_borne_out(message, hop, next) {
        return None;
    }
    let zoned = |hop: &Hop| hop.received.date.filter(|date| date.utc_offset_minutes.is_some());
    let is_trusted = trusted.clock.skew_seconds.is_none_or(|skew| skew == 0);
    let ahead = zoned(hop)?.epoch - zoned(trusted).filter(|_| is_trusted)?.epoch;
    let server = host(message, hop.by_host).map_or("an unnamed server", |host| host.name.as_str());
    (ahead > DAYS).then(|| Lie {
        span: hop.span,
        confidence: if hop.clock.skew_seconds.is_some() { Confidence::Possible } else { Confidence::Likely },
        label: format!(
            "It is dated {} after the receiving side had the message; or the clock of {server} is wrong by that.",
            roughly(ahead)
        ),
    })
}

/// Whether the server of a line is there: the next server looked it up, or its name only has a meaning inside, where nobody is deceived
/// by it.
fn is_borne_out(message: &Message<'_>, hop: &Hop, next: &Hop) -> bool {
    let Some(writer) = host(message, hop.by_host) else { return false };
    let known = next.received.rdns.as_deref().and_then(organisation);
    let is_known = known.is_some() && known == writer.organisation;
    matches!(next.handover, Handover::Joins | Handover::Plausible) && (is_known || writer.is_internal)
}

/// An address that no machine can have: `[300.1.2.3]`, `[250.0.0.1]`.
fn impossible_address(case: &Case<'_>, message: &Message<'_>, hop: &Hop) -> Option<Lie> {
    let text = case.source_of(message)?.text(hop.span);
    // Only in square brackets: versions of programs are written with dots as well.
    let mut words = text.split('[').skip(1).filter_map(|rest| Some(rest.split_once(']')?.0));
    let address = words.find(|word| is_impossible(word))?;
    Some(Lie {
        span: hop.span,
        confidence: Confidence::Likely,
        label: format!("It names the address {address}, which no machine can have."),
    })
}

/// Whether a word is written as an IPv4 address and cannot be one of a machine: a number above 255, or one of 224/4 and 240/4.
fn is_impossible(word: &str) -> bool {
    let numbers: Vec<&str> = word.split('.').collect();
    let is_number =
        |number: &&str| (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    if numbers.len() != 4 || !numbers.iter().all(is_number) {
        return false;
    }
    let mut values = numbers.iter().filter_map(|number| number.parse::<u16>().ok());
    let first = values.next().unwrap_or_default();
    first >= 224 || values.any(|number| number > 255)
}

/// A client of another organisation that greets with the server's own name.
fn greeting(message: &Message<'_>, trusted: &Hop) -> Option<Lie> {
    let received = &trusted.received;
    let (greeting, by) = (received.helo.as_deref()?, received.by.as_deref()?);
    let known = received.rdns.as_deref().and_then(organisation)?;
    let is_elsewhere = organisation(by).is_some_and(|own| own != known)
        && received.ip.as_ref().is_some_and(|ip| Scope::of(ip.value).is_unique());
    (is_same(greeting, by) && is_elsewhere && received.authenticated.is_none())
        .then(|| Lie {
            span: trusted.span,
            confidence: Confidence::Likely,
            label: format!(
                "The client greeted {by} with that server's own name, but is {}.",
                received.rdns.as_deref().unwrap_or("another machine")
            ),
        })
        .filter(|_| host(message, trusted.from_host).is_none_or(|from| from.organisation != organisation(by)))
        // A server that gets its own mail back through a router greets itself.
        .filter(|_| message.route.circle.as_ref().is_none_or(|circle| circle.proof != Proof::Itself))
}

/// What the receiving side saw of the client: its reverse name and its address.
fn sender(message: &Message<'_>, trusted: &Hop) -> String {
    let received = &trusted.received;
    let ip = received.ip.as_ref().map(|ip| ip.value.to_string());
    let name = received.rdns.as_deref().or_else(|| {
        // Without an address the name is all there is.
        host(message, trusted.from_host).filter(|_| ip.is_none()).map(|host| host.name.as_str())
    });
    match (name, ip) {
        (Some(name), Some(ip)) => format!("{name} ({ip})"),
        (Some(name), None) => name.to_owned(),
        (None, Some(ip)) => ip,
        (None, None) => "a client that it does not name".to_owned(),
    }
}

fn remedy(side: &str, sender: &str) -> Remedy {
    Remedy {
        who: format!("Whoever administers the mail of {side}"),
        steps: vec![
            format!("Treat {} as the sender of this message, not the servers that stand further down.", in_words(sender)),
            "For a complaint, ask whois for that address and write to the abuse contact there, with the whole header.".into(),
            "To refuse clients that greet with your own name: Postfix, `smtpd_helo_restrictions = permit_mynetworks, permit_sasl_authenticated, check_helo_access hash:/etc/postfix/helo_access`; Exim, a `deny` in `acl_smtp_helo` on `$sender_helo_name`.".into(),
        ],
        disturbs_mail_flow: false,
        references: vec!["RFC 5321, sections 4.4 and 7.1".into()],
    }
}

/// A line that is dated after the message had arrived, for a harmless reason.
fn near_miss(place: usize, message: &Message<'_>) -> Option<NearMiss> {
    let route = &message.route;
    let trusted = route.hops.get(route.boundary.as_ref()?.hop)?;
    let arrived =
        trusted.received.date.filter(|_| trusted.clock.skew_seconds.is_none_or(|skew| skew == 0))?;
    let below = route.hops.iter().zip(route.hops.iter().skip(1)).take(route.boundary.as_ref()?.hop);
    let mut later = below.filter_map(|(hop, next)| {
        let date = hop.received.date.filter(|date| date.utc_offset_minutes.is_some())?;
        Some((hop, next, date.epoch - arrived.epoch)).filter(|(.., ahead)| *ahead > NOTICED)
    });
    let (hop, next, ahead) = later.next()?;
    let server = host(message, hop.by_host).map_or("its server", |host| host.name.as_str());
    if !is_borne_out(message, hop, next) {
        return None;
    }
    let evidence = |hop: &Hop, label: &str| Evidence { message: place, span: hop.span, label: label.into() };
    Some(RULE.near_miss(
        format!("A line is dated {} after the message had arrived.", roughly(ahead)),
        format!("The line joins the next one, so {server} is there: its clock is wrong."),
        vec![
            evidence(hop, "The line with the late date."),
            evidence(trusted, "The arrival at the receiving side."),
        ],
    ))
}

/// Less than this, in seconds, nobody takes for a forgery.
const NOTICED: i64 = 10 * 60;
