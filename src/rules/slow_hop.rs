//! # What it finds
//!
//! A hop that took longer than is usual, with wrong clocks put right first. It says where the message lay meanwhile: in the queue of the
//! server before, in a mailbox until it was fetched, on one machine between two of its programs, or at a server that lets strangers wait
//! (greylisting).
//!
//! # Why it matters
//!
//! This is the answer to "why did the mail come so late?". A server that keeps mail for an hour does so for every message that takes
//! this way.
//!
//! # How to fix
//!
//! The log of the server that kept it says what it waited for: a server that did not answer, a refusal for the time being, a list of
//! jobs, a person who had to approve it.
//!
//! # When it stays quiet
//!
//! On waits of less than five minutes, and of less than an hour before a fetch. Where the dates of the two servers contradict those of
//! others and nothing tells which is right. Where a person had the message meanwhile and sent it on (Resent-Date). Where the sender's own
//! date shows that the first server's clock is slow and nothing waited.
//!
//! # References
//!
//! RFC 5321, section 4.5.4.1: how long servers try. RFC 6647 (greylisting).

use std::collections::HashMap;

use super::{Group, Rule, near_misses_in};
use crate::advice::{in_words, logs};
use crate::case::transit::{LEAST_WAIT, Wait};
use crate::case::{Case, Message};
use crate::fields::date::parse_date;
use crate::fields::host::organisation;
use crate::finding::{Confidence, Evidence, Finding, NearMiss, Remedy, Severity};
use crate::route::{Handover, Hop, Kind, Sort};
use crate::text::Span;
use crate::text::duration::roughly;

pub(super) const RULE: Rule = Rule {
    id: "slow-hop",
    title: "The message had to wait",
    group: Group::Transit,
    check,
    spared: Some(|case| near_misses_in(case, near_misses)),
};

/// More waits than this are not told of one message: the longest are.
const SHOWN: usize = 5;

const HOUR: i64 = 60 * 60;

/// Servers give up after four to five days (RFC 5321 section 4.5.4.1); what took longer hardly lay in a queue.
const LONGEST_QUEUE: i64 = 7 * 24 * HOUR;

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().flat_map(|(place, message)| findings(place, message)).collect()
}

fn findings(place: usize, message: &Message<'_>) -> Vec<Finding> {
    let mut waits: Vec<&Wait> = message.transit.waits.iter().collect();
    waits.sort_by_key(|wait| std::cmp::Reverse(wait.seconds));
    waits.into_iter().filter_map(|wait| finding(place, message, wait)).take(SHOWN).collect()
}

/// Where the message lay.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stay {
    /// In a mailbox, until it was fetched.
    Mailbox,
    /// On one machine that also runs a mailing list.
    List,
    /// On one machine, between two of its programs.
    Machine,
    /// Before a server that says so itself, in this field.
    Greylist(Span),
    /// In the queue of the server before.
    Queue,
    /// Somewhere between two servers.
    Between,
}

fn finding(place: usize, message: &Message<'_>, wait: &Wait) -> Option<Finding> {
    let hops = &message.route.hops;
    let (hop, before) = (hops.get(wait.hop)?, hops.get(wait.since)?);
    let stay = stay(message, wait, hop, before);
    // The same server has it again from somebody else: where it lay meanwhile no line tells.
    let came_back = hop.by_host == before.by_host && hop.handover == Handover::Breaks;
    let is_short = stay == Stay::Mailbox && wait.seconds < HOUR;
    if is_short || came_back || was_with_a_person(message, hop, before) {
        return None;
    }
    let lies_below = message.route.boundary.as_ref().is_some_and(|boundary| wait.hop < boundary.hop);
    let is_too_long = wait.seconds > LONGEST_QUEUE && stay != Stay::Mailbox;
    let is_doubtful = is_too_long || (is_nearly_whole_hours(wait.seconds) && stay != Stay::Mailbox);
    let confidence = match (wait.borne_out, stay) {
        (_, Stay::Greylist(_)) => Confidence::Certain,
        _ if is_doubtful => Confidence::Possible,
        (2, Stay::Machine | Stay::Queue | Stay::List) if !lies_below => Confidence::Certain,
        (0, _) => Confidence::Possible,
        _ => Confidence::Likely,
    };
    // People switch their machines off at night and hand mail in again, and lists wait for a person: none of that is a fault.
    let is_fault = matches!(stay, Stay::Machine | Stay::Queue) && hop.kind != Kind::Pickup;
    let is_sure = confidence > Confidence::Possible && wait.borne_out == 2;
    let severity = if is_fault && is_sure && wait.seconds >= HOUR { Severity::Low } else { Severity::Info };
    let name = |hop: &Hop| {
        let host = hop.by_host.and_then(|host| message.route.hosts.get(host));
        host.map_or_else(|| "a server that does not name itself".to_owned(), |host| host.name.clone())
    };
    let (taker, keeper) = (name(hop), name(before));
    let evidence_of_stay = match stay {
        Stay::Greylist(span) => Some((span, "The note of the server that let it wait.")),
        _ => None,
    };
    let lines = [
        (hop.span, "The hop that ended the wait."),
        (before.span, "The hop before, from whose date the wait is counted."),
    ];
    let evidence = lines.into_iter().chain(evidence_of_stay);
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity,
        confidence,
        what: what(stay, confidence, wait, [&keeper, &taker], message),
        why: why(wait, is_too_long, is_doubtful),
        remedies: vec![remedy(stay, before, &keeper, &taker)],
        evidence: evidence
            .map(|(span, label)| Evidence { message: place, span, label: label.to_owned() })
            .collect(),
        culprit: None,
    })
}

/// Whether somebody sent the message on between two hops: until then it lay with a person, not with a server.
fn was_with_a_person(message: &Message<'_>, hop: &Hop, before: &Hop) -> bool {
    let Some((end, start)) = hop.received.date.zip(before.received.date) else { return false };
    let mut resent = message.header().named("Resent-Date").take(SHOWN);
    resent.any(|field| {
        parse_date(&field.unfolded()).is_some_and(|date| (start.epoch..=end.epoch).contains(&date.epoch))
    })
}

fn stay(message: &Message<'_>, wait: &Wait, hop: &Hop, before: &Hop) -> Stay {
    let is_neighbour = wait.since + 1 == wait.hop;
    let added = |sort: Sort| {
        let strata = message.route.strata.iter();
        strata.filter(move |stratum| stratum.sort == sort && stratum.hop == Some(wait.hop))
    };
    if hop.kind == Kind::Fetch {
        return Stay::Mailbox;
    }
    if let Some(note) = added(Sort::Filter).find(|stratum| stratum.name.eq_ignore_ascii_case("X-Greylist")) {
        let value = message.header().named("X-Greylist").find(|field| field.span() == note.span);
        if value.is_some_and(|field| field.unfolded().trim_start().starts_with("delayed")) {
            return Stay::Greylist(note.span);
        }
    }
    let is_list = || {
        [hop, before].iter().any(|hop| hop.kind == Kind::List)
            || added(Sort::List).next().is_some()
            || is_of_a_list(message, before)
    };
    let is_one_machine = hop.by_host.is_some() && hop.by_host == before.by_host;
    match is_one_machine {
        _ if (is_one_machine || (is_neighbour && hop.handover == Handover::Joins)) && is_list() => Stay::List,
        true => Stay::Machine,
        false if is_neighbour && hop.handover == Handover::Joins => Stay::Queue,
        false => Stay::Between,
    }
}

/// Whether the server of a hop belongs to the mailing list that passed the message on.
fn is_of_a_list(message: &Message<'_>, hop: &Hop) -> bool {
    let organisation_of = |field: &str| {
        let value = message.value(field)?;
        let word = value.trim_end().trim_end_matches('>');
        organisation(word.rsplit(['<', '@', ':', ' ']).next()?)
    };
    let server = hop.by_host.and_then(|host| message.route.hosts.get(host)?.organisation.as_deref());
    let lists = ["List-Id", "List-Post", "X-BeenThere", "X-Mailing-List", "X-Loop", "Sender"];
    let is_list = ["List-Id", "List-Post", "X-BeenThere", "X-Mailing-List", "X-Loop"];
    let has_list = is_list.iter().any(|field| message.header().first(field).is_some());
    has_list && lists.iter().any(|field| organisation_of(field).is_some_and(|list| server == Some(&list)))
}

fn what(stay: Stay, confidence: Confidence, wait: &Wait, hosts: [&str; 2], message: &Message<'_>) -> String {
    let [keeper, taker] = hosts;
    let time = roughly(wait.seconds);
    let lay = match confidence {
        Confidence::Possible => "The message seems to have lain",
        Confidence::Likely => "The message probably lay",
        Confidence::Certain => "The message lay",
    };
    let greylist = if is_first_door(message, wait) && wait.seconds <= HOUR {
        " A server that lets strangers wait at first (greylisting) would cause that."
    } else {
        ""
    };
    match stay {
        Stay::Mailbox => {
            let from = message.route.hops.get(wait.hop).and_then(|hop| hop.from_host);
            let from =
                from.and_then(|host| message.route.hosts.get(host)).map_or(keeper, |host| host.name.as_str());
            format!("{lay} in a mailbox at {from} for {time}, until {taker} fetched it.")
        }
        Stay::List => format!("{lay} on {keeper} for {time}, where a mailing list passed it on."),
        Stay::Machine => format!("{lay} on {taker} for {time}, between two programs of that server."),
        Stay::Greylist(_) => {
            format!("{taker} let {keeper} wait (greylisting) and took the message {time} later.")
        }
        Stay::Queue => {
            format!("{lay} in the queue of {keeper} for {time}, before {taker} took it.{greylist}")
        }
        Stay::Between => format!(
            "{lay} between {keeper} and {taker} for {time}; which of them kept it the lines do not tell."
        ),
    }
}

/// Whether the hop is the first at which one organisation handed the message to another.
fn is_first_door(message: &Message<'_>, wait: &Wait) -> bool {
    let is_door = |hop: &Hop| {
        let of = |host: Option<usize>| message.route.hosts.get(host?)?.organisation.as_deref();
        of(hop.from_host).zip(of(hop.by_host)).is_some_and(|(from, by)| from != by)
    };
    message.route.hops.iter().position(is_door) == Some(wait.hop)
}

/// Offsets within this many seconds of a whole hour are often wrong time zones.
const NEARLY: i64 = 120;

fn is_nearly_whole_hours(seconds: i64) -> bool {
    let rest = seconds.rem_euclid(HOUR);
    seconds > HOUR - NEARLY && !(NEARLY..=HOUR - NEARLY).contains(&rest)
}

fn why(wait: &Wait, is_too_long: bool, is_doubtful: bool) -> String {
    if is_too_long {
        return "Servers give up after about five days. A wait as long as this is more often a wrong clock, a copy that was sent again, or a date that was made up.".to_owned();
    }
    if is_doubtful {
        return "The wait is nearly a whole number of hours, so one of the two servers may as well have a wrong time zone.".to_owned();
    }
    let clocks = match wait.borne_out {
        2 => "Other dates of the header bear both ends of this wait out.",
        1 => "Other dates of the header bear one end of this wait out; the clock at the other may be off.",
        _ => "No other date of the header bears it out: one of the two clocks may be off.",
    };
    format!("{clocks} The other hops are not to blame for it.")
}

fn remedy(stay: Stay, before: &Hop, keeper: &str, taker: &str) -> Remedy {
    let software = before.received.software.as_ref().map(|software| software.name.as_str());
    let look_up = logs::look_up(software, before.received.id.as_deref());
    let (who, steps, reference) = match stay {
        Stay::Mailbox => (
            format!("Whoever administers {taker}, if the wait is a nuisance"),
            vec!["Fetch more often, or have the mail delivered by SMTP: an MX record that names your own server.".to_owned()],
            "RFC 5321, section 5.1",
        ),
        Stay::List => (
            "The owner of the mailing list".to_owned(),
            vec!["See whether the message was held for approval; otherwise whether the list sends to many members, one after another.".to_owned()],
            "RFC 5321, section 4.5.4.1",
        ),
        Stay::Greylist(_) => (
            format!("Whoever administers {taker}, if the wait is a nuisance"),
            vec!["Put servers that write often on the list of those who need not wait (postgrey: `/etc/postgrey/whitelist_clients`). The next message of the same sender passes at once anyway.".to_owned()],
            "RFC 6647",
        ),
        Stay::Machine => (
            format!("Whoever administers {taker}"),
            vec![look_up, "Look at the filters that the message passes there (virus and spam filters, disclaimers), and how busy the machine was.".to_owned()],
            "RFC 5321, section 4.5.4.1",
        ),
        Stay::Queue | Stay::Between => (
            format!("Whoever administers {keeper}"),
            vec![
                look_up,
                format!("If {} refused it for the time being, tell its administrator what it said; if it did not answer, look at the network between them and at its MX record.", in_words(taker)),
            ],
            "RFC 5321, section 4.5.4.1",
        ),
    };
    Remedy { who, steps, disturbs_mail_flow: false, references: vec![reference.to_owned()] }
}

/// Waits that the dates show and that were none.
fn near_misses(place: usize, message: &Message<'_>) -> Vec<NearMiss> {
    let hops = &message.route.hops;
    let clocks: HashMap<usize, i64> =
        message.transit.offsets.iter().map(|offset| (offset.host, offset.seconds)).collect();
    let pairs = hops.iter().zip(hops.iter().skip(1)).enumerate();
    let long = pairs.filter(|(_, (_, hop))| hop.clock.delay_seconds.is_some_and(|delay| delay >= LEAST_WAIT));
    let told = long.filter_map(move |(at, (before, hop))| {
        let evidence =
            |hop: &Hop, label: &str| Evidence { message: place, span: hop.span, label: label.into() };
        Some(RULE.near_miss(
            format!(
                "The dates of hops {} and {} lie {} apart.",
                at + 1,
                at + 2,
                roughly(hop.clock.delay_seconds?)
            ),
            no_wait(message, &clocks, [at, at + 1])?,
            vec![evidence(hop, "The later date."), evidence(before, "The earlier date.")],
        ))
    });
    told.take(SHOWN).collect()
}

/// Why nothing waited between two hops, or why that is no fault; absent where it is, or nothing tells. `clocks` are those that are off, by
/// machine, each with its seconds.
fn no_wait(message: &Message<'_>, clocks: &HashMap<usize, i64>, hops: [usize; 2]) -> Option<String> {
    let [before, hop] = hops.map(|at| message.route.hops.get(at));
    let (before, hop) = before.zip(hop)?;
    if was_with_a_person(message, hop, before) {
        return Some("A person had the message meanwhile and sent it on (Resent-Date).".into());
    }
    let waits = &message.transit.waits;
    let wait = waits.binary_search_by_key(&hops[1], |wait| wait.hop).ok().and_then(|at| waits.get(at));
    if hop.kind == Kind::Fetch && wait.is_some_and(|wait| wait.seconds < HOUR) {
        return Some("It lay in a mailbox until the next fetch; less than an hour is usual.".into());
    }
    if wait.is_some() {
        return None;
    }
    let mut hosts = [hop.by_host, before.by_host].into_iter().flatten();
    let (host, seconds) = hosts.find_map(|host| Some((host, clocks.get(&host)?)))?;
    let name = &message.route.hosts.get(host)?.name;
    Some(format!(
        "The clock of {name} is off by about {}: put right, nothing waited there.",
        roughly(*seconds)
    ))
}
