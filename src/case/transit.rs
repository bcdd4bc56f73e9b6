//! How long the hops took with the clocks put right, and whose clocks are off: what the dates of the route say together with the date
//! that the sender's program wrote into the message.
//!
//! The route alone cannot tell a slow hop from a slow clock where only two machines took part. The Date field is a third clock: where
//! it lies behind the first server's date and right before the second's, the first server's clock is slow, and nothing waited.

use crate::fields::date::parse_date;
use crate::header::Header;
use crate::route::{Hop, Route};
use crate::text::Span;

/// What the dates tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transit {
    /// The hops before which the message waited for [`LEAST_WAIT`] or more, the oldest first.
    pub waits: Vec<Wait>,
    /// The machines whose clocks are off by more than [`LEAST_OFFSET`], in the order of the route.
    pub offsets: Vec<Offset>,
    /// The hops whose date lies before that of their predecessor where nothing tells whose clock is off.
    pub contradictions: Vec<usize>,
}

/// Shorter waits, in seconds, are the day's work of mail servers.
pub const LEAST_WAIT: i64 = 5 * 60;

/// Smaller offsets, in seconds, disturb nobody.
pub const LEAST_OFFSET: i64 = 60;

/// A wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// The hop that ended it.
    pub hop: usize,
    /// The hop from which it is counted: the one before, or the last one that has a date.
    pub since: usize,
    /// How long, in seconds, with the clocks put right.
    pub seconds: i64,
    /// How many of its two ends a third clock bears out: another machine, or the sender's, that agrees with it.
    pub borne_out: u8,
}

/// A clock that is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offset {
    /// The machine, by its place in [`Route::hosts`].
    pub host: usize,
    /// The first hop whose date it wrote.
    pub hop: usize,
    /// How far it is ahead at least, in seconds; negative where it is behind.
    pub seconds: i64,
    /// What shows it.
    pub witness: Witness,
    /// The next hop by another machine and the seconds it took with the clock put right; absent where that is not known.
    pub next: Option<(usize, i64)>,
}

/// What shows that a clock is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Witness {
    /// Other machines, whose dates agree with one another: of how many organisations.
    Route(usize),
    /// The Date field, which agrees with the other of two servers.
    Sender(Span),
}

/// The date that the sender's program wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Seconds since 1970 UTC.
    pub epoch: i64,
    /// The place of the Date field.
    pub span: Span,
}

/// The date of the Date field; absent where there is none, or none that can be compared.
#[must_use]
pub fn sent(header: &Header<'_>) -> Option<Sent> {
    let field = header.first("Date")?;
    let date = parse_date(&field.unfolded()).filter(|date| date.utc_offset_minutes.is_some())?;
    Some(Sent { epoch: date.epoch, span: field.span() })
}

/// Reads the dates.
#[must_use]
pub fn read(route: &Route, sent: Option<Sent>) -> Transit {
    let by_sender = sent.and_then(|sent| by_sender(route, sent));
    let mut offsets = by_route(route);
    offsets.retain(|offset| by_sender.is_none_or(|other| other.host != offset.host));
    offsets.extend(by_sender);
    offsets.sort_by_key(|offset| offset.hop);
    Transit {
        waits: waits(route, sent, by_sender),
        contradictions: contradictions(route, by_sender),
        offsets,
    }
}

/// Two dates are of one moment if no more seconds lie between them: what it takes to hand a message on.
const MOMENT: i64 = 60;

/// Whole seconds are rounded this way and that.
const ROUNDING: i64 = 2;

fn zoned(hop: &Hop) -> Option<i64> {
    hop.received.date.filter(|date| date.utc_offset_minutes.is_some()).map(|date| date.epoch)
}

/// The offsets that the route itself determines, one for each machine.
fn by_route(route: &Route) -> Vec<Offset> {
    let witness = Witness::Route(organisations_that_agree(route));
    let mut is_told = vec![false; route.hosts.len()];
    let mut offsets = Vec::new();
    for (at, hop) in route.hops.iter().enumerate() {
        let seconds = hop.clock.skew_seconds.filter(|seconds| seconds.abs() > LEAST_OFFSET);
        let (Some(seconds), Some(host)) = (seconds, hop.by_host) else { continue };
        if is_told.get_mut(host).is_none_or(|is_told| std::mem::replace(is_told, true)) {
            continue;
        }
        let next = route.hops.get(at + 1).and_then(|next| next.clock.corrected_delay_seconds);
        offsets.push(Offset { host, hop: at, seconds, witness, next: next.map(|seconds| (at + 1, seconds)) });
    }
    offsets
}

/// To how many organisations the machines belong whose clocks are right.
fn organisations_that_agree(route: &Route) -> usize {
    let right = route.hops.iter().filter(|hop| hop.clock.skew_seconds == Some(0));
    let hosts = right.filter_map(|hop| route.hosts.get(hop.by_host?));
    let mut names: Vec<&str> = hosts.filter_map(|host| host.organisation.as_deref()).collect();
    names.sort_unstable();
    names.dedup();
    names.len()
}

/// The offset of one of the first two machines that the Date field shows where the route leaves it open.
fn by_sender(route: &Route, sent: Sent) -> Option<Offset> {
    let first = route.hops.first()?;
    let host = first.by_host?;
    let second = route.hops.iter().position(|hop| hop.by_host.is_some_and(|by_host| by_host != host))?;
    let last = route.hops.get(second.checked_sub(1)?)?;
    let next = route.hops.get(second)?;
    let is_open = |hop: &Hop| hop.clock.skew_seconds.is_none_or(|skew| skew == 0);
    if !is_open(first) || !is_open(next) {
        return None;
    }
    let (earlier, later) = (zoned(last)?, zoned(next)?);
    let is_of = |date: i64| (-ROUNDING..=MOMENT).contains(&(date - sent.epoch));
    let witness = Witness::Sender(sent.span);
    let offset = |host, hop, seconds| Offset { host, hop, seconds, witness, next: None };
    if is_of(later) && (earlier - sent.epoch).abs() > LEAST_OFFSET {
        // Written and taken by the second server in one moment: what the first one wrote between lies elsewhere.
        let took = later - sent.epoch;
        let next = Some((second, took.max(0)));
        return Some(Offset { next, ..offset(host, 0, earlier - sent.epoch) });
    }
    let falls = earlier - later > LEAST_OFFSET;
    (falls && is_of(earlier)).then(|| Some(offset(next.by_host?, second, later - earlier)))?
}

/// The hops whose date falls and of which nothing tells whose clock is off.
fn contradictions(route: &Route, by_sender: Option<Offset>) -> Vec<usize> {
    let is_open = |hop: &Hop| hop.clock.skew_seconds.is_none() && zoned(hop).is_some();
    let is_explained = |hop: &Hop| by_sender.is_some_and(|offset| hop.by_host == Some(offset.host));
    let pairs = route.hops.iter().zip(route.hops.iter().skip(1)).enumerate();
    let falls = pairs.filter(|(_, (before, hop))| {
        hop.clock.delay_seconds.is_some_and(|delay| delay < -LEAST_OFFSET)
            && is_open(before)
            && is_open(hop)
            && !is_explained(before)
            && !is_explained(hop)
    });
    falls.map(|(at, _)| at + 1).collect()
}

fn waits(route: &Route, sent: Option<Sent>, by_sender: Option<Offset>) -> Vec<Wait> {
    let neighbours = Neighbours::of(route, sent);
    let pairs = route.hops.iter().enumerate().skip(1);
    let waits = pairs.filter_map(|(at, hop)| {
        let (since, raw) = match hop.clock.delay_since {
            Some((since, seconds)) => (since, seconds),
            None => (at - 1, hop.clock.delay_seconds?),
        };
        let before = route.hops.get(since)?;
        let is_one_clock = hop.by_host.is_some() && hop.by_host == before.by_host;
        let seconds = match by_sender {
            _ if is_one_clock => raw,
            Some(offset) if [hop.by_host, before.by_host].contains(&Some(offset.host)) => offset.next?.1,
            // Of clocks that contradict others nothing is known.
            _ => {
                hop.clock.skew_seconds.zip(before.clock.skew_seconds)?;
                hop.clock.corrected_delay_seconds.unwrap_or(raw)
            }
        };
        let borne_out = if is_one_clock { 2 } else { neighbours.bear_out(since, at, seconds) };
        (seconds >= LEAST_WAIT).then_some(Wait { hop: at, since, seconds, borne_out })
    });
    waits.collect()
}

/// For each hop the dates of the nearest other machines before and after it.
struct Neighbours {
    dates: Vec<Option<i64>>,
    before: Vec<Option<i64>>,
    after: Vec<Option<i64>>,
}

impl Neighbours {
    fn of(route: &Route, sent: Option<Sent>) -> Self {
        let dates: Vec<_> = route.hops.iter().map(|hop| Some((hop.by_host?, put_right(hop)?))).collect();
        let before = nearest(dates.iter(), sent.map(|sent| sent.epoch));
        let mut after = nearest(dates.iter().rev(), None);
        after.reverse();
        let dates = dates.into_iter().map(|date| Some(date?.1)).collect();
        Self { dates, before, after }
    }

    /// How many ends of a wait have a neighbour that agrees with them: that lies far nearer than the wait is long.
    fn bear_out(&self, since: usize, at: usize, seconds: i64) -> u8 {
        let get = |of: &[Option<i64>], at: usize| of.get(at).copied().flatten();
        let is_near = |earlier: Option<i64>, later: Option<i64>| {
            earlier.zip(later).is_some_and(|(earlier, later)| {
                (-ROUNDING..=MOMENT.max(seconds / 4)).contains(&(later - earlier))
            })
        };
        let older = is_near(get(&self.before, since), get(&self.dates, since));
        let newer = is_near(get(&self.dates, at), get(&self.after, at));
        u8::from(older) + u8::from(newer)
    }
}

fn put_right(hop: &Hop) -> Option<i64> {
    Some(zoned(hop)? - hop.clock.skew_seconds.unwrap_or(0))
}

/// For each date that of the last other machine before it.
fn nearest<'d>(
    dates: impl Iterator<Item = &'d Option<(usize, i64)>>,
    first: Option<i64>,
) -> Vec<Option<i64>> {
    let mut current: Option<(usize, i64)> = None;
    let mut other = first;
    let mut nearest = Vec::new();
    for date in dates {
        if let Some((host, epoch)) = *date {
            if let Some((last, before)) = current
                && last != host
            {
                other = Some(before);
            }
            current = Some((host, epoch));
        }
        nearest.push(other);
    }
    nearest
}
