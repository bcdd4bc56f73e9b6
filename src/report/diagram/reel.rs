//! The loop of a message: which stops it stands for, which hops lead from one member to the next, and how long its laps took.

use std::ops::Range;

use super::super::{Circle, Message, duration};
use super::Pill;
use super::pills::{SLOW, delay, pill};
use super::stops::{Link, Sort, Stop};
use super::view::View;

/// A loop within the stops.
pub struct Reel<'m> {
    /// The stops that it stands for.
    pub stops: Range<usize>,
    /// The hop by which the message came into it; absent where the header begins there.
    pub entry: Option<usize>,
    /// Who takes part.
    pub circle: &'m Circle,
    /// The last hop of the round.
    pub last: usize,
    /// Whether the message was refused where the round ends.
    pub is_refused: bool,
}

/// The loop of a message; absent where it does not go round.
pub fn of<'m>(message: &'m Message, stops: &[Stop]) -> Option<Reel<'m>> {
    let circle = message.circle.as_ref().filter(|circle| circle.is_loop && circle.members.len() > 1)?;
    let first = *circle.passes.first()?;
    let hop_of = |stop: &Stop| match stop.link {
        Link::Hop(hop) => Some(hop),
        Link::Start | Link::Inferred => None,
    };
    let start = stops.iter().position(|stop| {
        hop_of(stop) == Some(first) || stop.inside.is_some_and(|[from, to]| (from..=to).contains(&first))
    })?;
    let is_member = |stop: &Stop| {
        stop.sort != Sort::Refused
            && circle.members.iter().any(|member| {
                (member.host.is_some() && member.host == stop.host)
                    || (member.host.is_none() && stop.organisation.as_deref() == Some(&member.name))
            })
    };
    let end = stops.iter().rposition(is_member)? + 1;
    let last = stops.get(end - 1).and_then(hop_of)?;
    let is_refused = stops.get(end).is_some_and(|stop| stop.sort == Sort::Refused);
    (end > start + 2).then(|| Reel {
        is_refused,
        stops: start..end,
        entry: stops.get(start).and_then(hop_of),
        circle,
        last,
    })
}

/// For each member the mark of the hops that lead on from it; absent where no line tells of them.
pub fn ways(message: &Message, reel: &Reel<'_>, view: &View) -> Vec<Option<Pill>> {
    let members = &reel.circle.members;
    let first = *reel.circle.passes.first().unwrap_or(&0);
    let hops = message.hops.get(first + 1..=reel.last).unwrap_or_default();
    let mut of_member: Vec<Vec<usize>> = vec![Vec::new(); members.len()];
    for hop in hops {
        let host = hop.by_host.and_then(|host| message.hosts.get(host));
        let organisation = host.and_then(|host| host.organisation.as_deref());
        let to = members.iter().position(|member| match member.host {
            Some(host) => hop.by_host == Some(host),
            None => organisation == Some(&member.name),
        });
        let from = to.map(|to| (to + members.len() - 1) % members.len());
        if let Some(list) = from.and_then(|from| of_member.get_mut(from)) {
            list.push(hop.index);
        }
    }
    of_member.iter().map(|hops| way(message, hops, view)).collect()
}

fn way(message: &Message, hops: &[usize], view: &View) -> Option<Pill> {
    let (first, last) = (*hops.first()?, *hops.last()?);
    let of = || hops.iter().filter_map(|hop| message.hops.get(*hop));
    let seconds = of().filter_map(|hop| delay(hop, view.is_corrected));
    let (least, most) = (seconds.clone().min(), seconds.max());
    let delay = least.zip(most).map(|(least, most)| {
        if least == most { duration::short(most) } else { format!("{least}–{}", duration::short(most)) }
    });
    let is_encrypted = if of().any(|hop| hop.encrypted == "no") {
        Some(false)
    } else {
        of().all(|hop| hop.encrypted == "yes").then_some(true)
    };
    let number =
        if first == last { format!("{}", first + 1) } else { format!("{} … {}", first + 1, last + 1) };
    let pill = pill([first, last], number, delay, most >= Some(SLOW), is_encrypted);
    let name = if first == last { pill.name } else { pill.name.replacen("Hop ", "Hops ", 1) };
    Some(Pill { name, ..pill })
}

/// The seconds of each lap, the oldest first; empty where the dates do not tell.
pub fn laps(message: &Message, reel: &Reel<'_>, view: &View) -> Vec<i64> {
    let time = |hop: &usize| {
        let hop = message.hops.get(*hop)?;
        Some(hop.epoch? - hop.skew_seconds.filter(|_| view.is_corrected).unwrap_or(0))
    };
    let times: Option<Vec<i64>> = reel.circle.passes.iter().map(time).collect();
    times.unwrap_or_default().windows(2).filter_map(|pair| Some(pair.last()? - pair.first()?)).collect()
}
