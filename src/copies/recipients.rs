//! For whom each of two copies was taken, behind the hops that they have in common.

use super::pair::Side;
use super::{Candidate, Fetched};
use crate::fields::address::comparable;
use crate::text::Span;

/// More records than this tell nothing more.
const MOST: usize = 20;

/// How the recipients of two copies compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipients {
    /// Both name the same.
    Same,
    /// They name different ones: of the relative and of the copy, as written, with their places.
    Different([(String, Span); 2]),
    /// One of them names nobody.
    Unknown,
}

/// Compares the recipients of the deliveries: the records above the last hop, or else what the newest line says.
#[must_use]
pub fn of_delivery(sides: [&Side<'_, '_>; 2]) -> Recipients {
    let records = sides.map(|side| delivery_records(side.one));
    let [one, other] = &records;
    // Each program has its own field, so only fields of one name can be compared.
    let pair = one.iter().find_map(|(name, address, span)| {
        let same = other.iter().find(|(other, ..)| other == name)?;
        Some(judged([(address, *span), (same.1, same.2)]))
    });
    pair.unwrap_or_else(|| {
        let lines = sides.map(|side| newest_line(side));
        match lines {
            [Some(one), Some(other)] => judged([one, other]),
            _ => Recipients::Unknown,
        }
    })
}

/// Compares for whom the first hop took the copies that they do not have in common.
#[must_use]
pub fn of_fork(sides: [&Side<'_, '_>; 2]) -> Recipients {
    let lines = sides.map(|side| {
        let hop = side.tail().iter().find(|hop| hop.received.recipient().is_some())?;
        Some((&**hop.received.recipient()?, hop.span))
    });
    match lines {
        [Some(one), Some(other)] => judged([one, other]),
        _ => Recipients::Unknown,
    }
}

fn judged([one, other]: [(&str, Span); 2]) -> Recipients {
    if comparable(one.0) == comparable(other.0) {
        return Recipients::Same;
    }
    Recipients::Different([one, other].map(|(address, span)| (address.to_owned(), span)))
}

/// Compares where the ways of two copies end: the last record or line of a recipient, in whatever field.
#[must_use]
pub fn of_ends(sides: [&Side<'_, '_>; 2]) -> Recipients {
    let ends = sides.map(|side| {
        let record = delivery_records(side.one).into_iter().next().map(|(_, address, span)| (address, span));
        let line = || newest_line(side);
        let hop =
            || side.one.route.hops.last().and_then(|hop| Some((&**hop.received.recipient()?, hop.span)));
        let older = || side.one.recorded.first().map(|record| (record.address, record.span));
        record.or_else(hop).or_else(line).or_else(older)
    });
    match ends {
        [Some(one), Some(other)] => judged([one, other]),
        _ => Recipients::Unknown,
    }
}

/// The fields that the last server added, each with the address.
fn delivery_records<'m>(one: &Candidate<'m>) -> Vec<(&'static str, &'m str, Span)> {
    let last = one.route.hops.len().checked_sub(1);
    let records = one.recorded.iter().take(MOST).filter(|record| record.hop == last);
    records.map(|record| (record.name, record.address, record.span)).collect()
}

fn newest_line<'s>(side: &'s Side<'_, '_>) -> Option<(&'s str, Span)> {
    let hop = side.tail().iter().rev().find(|hop| hop.received.recipient().is_some())?;
    Some((&**hop.received.recipient()?, hop.span))
}

/// Compares for whom the side of the mailbox stored the copies, each with where it was collected.
#[must_use]
pub fn stored_for(sides: [(&Side<'_, '_>, &Fetched<'_>); 2]) -> Recipients {
    let records = sides.map(|(side, fetch)| {
        let all = side.one.recorded.get(fetch.records.0..fetch.records.1).unwrap_or_default();
        all.get(..MOST).unwrap_or(all)
    });
    let [one, other] = records;
    let pair = one.iter().find_map(|record| {
        let same = other.iter().find(|same| same.name == record.name)?;
        Some(judged([(record.address, record.span), (same.address, same.span)]))
    });
    pair.unwrap_or_else(|| {
        let lines = sides.map(|(side, fetch)| {
            let below = side.one.route.hops.get(fetch.hop?.checked_sub(1)?)?;
            Some((&**below.received.recipient()?, below.span))
        });
        match lines {
            [Some(one), Some(other)] => judged([one, other]),
            _ => Recipients::Unknown,
        }
    })
}
