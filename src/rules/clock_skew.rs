//! # What it finds
//!
//! A server whose clock is off by more than a minute: its dates contradict those of the other servers on the route. It says by how much,
//! and how long the hop really took.
//!
//! # Why it matters
//!
//! With a wrong clock a swift hop looks like a long wait, and a long wait like none. Logs of two servers cannot be compared, and some
//! filters count a date in the future as a sign of unwanted mail.
//!
//! # How to fix
//!
//! Let the server set its clock by NTP. Where it is off by whole hours, its time zone is wrong.
//!
//! # When it stays quiet
//!
//! On differences of up to 60 seconds, and on dates without a time zone. It is certain only where machines of two organisations agree
//! with each other; where two dates contradict and no third clock helps, it names both servers and blames neither.
//!
//! # References
//!
//! RFC 5321, section 4.4 (dates in Received lines). RFC 5905 (NTP).

use super::{Group, Rule, near_misses_in};
use crate::case::transit::{LEAST_OFFSET, Offset, Witness};
use crate::case::{Case, Message};
use crate::finding::{Confidence, Culprit, Evidence, Finding, NearMiss, Remedy, Severity};
use crate::route::{Hop, Host};
use crate::text::duration::roughly;

pub(super) const RULE: Rule = Rule {
    id: "clock-skew",
    title: "A server's clock is off",
    group: Group::Transit,
    check,
    spared: Some(|case| near_misses_in(case, near_misses)),
};

/// More clocks than this are not told of one message.
const SHOWN: usize = 10;

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().flat_map(|(place, message)| findings(place, message)).collect()
}

fn findings(place: usize, message: &Message<'_>) -> impl Iterator<Item = Finding> {
    let offsets = message.transit.offsets.iter().filter_map(move |offset| clock(place, message, offset));
    let pairs =
        message.transit.contradictions.iter().filter_map(move |hop| contradiction(place, message, *hop));
    offsets.chain(pairs).take(SHOWN)
}

fn clock(place: usize, message: &Message<'_>, offset: &Offset) -> Option<Finding> {
    let host = message.route.hosts.get(offset.host)?;
    let hop = message.route.hops.get(offset.hop)?;
    let confidence = match offset.witness {
        Witness::Route(organisations) if organisations > 1 => Confidence::Certain,
        _ => Confidence::Likely,
    };
    let is = if confidence == Confidence::Certain { "is" } else { "is probably" };
    let way = if offset.seconds > 0 { "fast" } else { "slow" };
    let by = match offset.witness {
        Witness::Route(_) => format!("{} or more", roughly(offset.seconds)),
        Witness::Sender(_) => format!("about {}", roughly(offset.seconds)),
    };
    let took = offset.next.filter(|(_, seconds)| *seconds >= 0);
    let took = took.map_or_else(String::new, |(_, seconds)| {
        format!(" Put right, the next hop took {}.", roughly(seconds))
    });
    let mut evidence = vec![Evidence {
        message: place,
        span: hop.span,
        label: "The line with the date of this clock.".into(),
    }];
    match offset.witness {
        Witness::Sender(span) => evidence.push(Evidence {
            message: place,
            span,
            label: "The date of the sender's program, which agrees with the other server.".into(),
        }),
        Witness::Route(_) => {
            let others =
                message.route.hops.iter().filter(|other| {
                    other.by_host != Some(offset.host) && other.clock.skew_seconds == Some(0)
                });
            evidence.extend(others.take(3).map(|other| Evidence {
                message: place,
                span: other.span,
                label: "A date that agrees with the others.".into(),
            }));
        }
    }
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: Severity::Info,
        confidence,
        what: format!("The clock of {} {is} {way} by {by}.{took}", host.name),
        why: why(offset.seconds),
        remedies: vec![remedy(&host.name)],
        evidence,
        culprit: Some(culprit(host)),
    })
}

fn culprit(host: &Host) -> Culprit {
    Culprit { host: Some(host.name.clone()), domain: host.organisation.clone() }
}

/// Offsets within this many seconds of a whole hour are more often a wrong zone than a wrong clock.
const NEARLY: i64 = 120;

fn why(seconds: i64) -> String {
    let rest = seconds.abs().rem_euclid(HOUR);
    let is_whole = seconds.abs() > HOUR - NEARLY && !(NEARLY..=HOUR - NEARLY).contains(&rest);
    let zone = if is_whole {
        " That is nearly whole hours: a wrong time zone is more likely than a wrong clock."
    } else {
        ""
    };
    format!("The waits before and after this server are not as long as its dates make them.{zone}")
}

const HOUR: i64 = 60 * 60;

fn contradiction(place: usize, message: &Message<'_>, at: usize) -> Option<Finding> {
    let hop = message.route.hops.get(at)?;
    let before = message.route.hops.get(at.checked_sub(1)?)?;
    let name = |host: Option<usize>| message.route.hosts.get(host?).map(|host| host.name.as_str());
    let (one, other) = (name(before.by_host)?, name(hop.by_host)?);
    let seconds = hop.clock.delay_seconds?;
    let both = if one == other {
        format!(
            "The clock of {one} was set back while the message was there, or several machines go by its name"
        )
    } else {
        format!("The clock of {one} may be fast, or that of {other} slow")
    };
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: Severity::Info,
        confidence: Confidence::Possible,
        what: format!("{both}, by {} or more: the message seems to arrive before it was sent.", roughly(seconds)),
        why: "How long this hop took cannot be told. Which of the two clocks is wrong the header does not say; a forged line is possible as well.".into(),
        remedies: vec![remedy(&if one == other { one.to_owned() } else { format!("{one} or {other}") })],
        evidence: vec![
            Evidence { message: place, span: hop.span, label: "The later hop with the earlier date.".into() },
            Evidence { message: place, span: before.span, label: "The earlier hop with the later date.".into() },
        ],
        culprit: None,
    })
}

fn remedy(server: &str) -> Remedy {
    Remedy {
        who: format!("Whoever administers {server}"),
        steps: vec![
            "See whether the clock is set by NTP: on Linux, `timedatectl`, or `chronyc tracking`; on Windows, `w32tm /query /status`.".into(),
            "If not, switch that on: `timedatectl set-ntp true`; on Windows, `w32tm /resync`. In a virtual machine only one should set the clock, the guest or the host.".into(),
            "See whether the time zone is right: `timedatectl`, or `tzutil /g` on Windows.".into(),
        ],
        disturbs_mail_flow: false,
        references: vec!["RFC 5321, section 4.4".into(), "RFC 5905".into()],
    }
}

/// A smaller step back is rounding.
const NOTICED: i64 = 5;

/// Dates that step back by less than a clock may be off.
fn near_misses(place: usize, message: &Message<'_>) -> Vec<NearMiss> {
    let hops = &message.route.hops;
    let pairs = hops.iter().zip(hops.iter().skip(1)).enumerate();
    let told = pairs.filter_map(move |(at, (before, hop))| {
        let delay = hop.clock.delay_seconds.filter(|delay| (-LEAST_OFFSET..=-NOTICED).contains(delay))?;
        let evidence =
            |hop: &Hop, label: &str| Evidence { message: place, span: hop.span, label: label.into() };
        Some(RULE.near_miss(
            format!("Hop {} is dated {} before the hop that came first.", at + 2, roughly(delay)),
            "Clocks of two machines differ by so much in ordinary life; up to a minute disturbs nobody.",
            vec![evidence(hop, "The later hop."), evidence(before, "The hop before it.")],
        ))
    });
    told.take(SHOWN).collect()
}
