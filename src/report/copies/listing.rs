//! The copies of a set one by one, in the order in which they arrived.

use super::super::{CopyMember, CopySet, Message, Report};
use super::words;

/// A copy in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its place in [`CopySet::members`].
    pub member: usize,
    /// The message, by its place in [`Report::messages`].
    pub message: usize,
    /// Who made it, by its place in [`CopySet::makers`].
    pub maker: Option<usize>,
    /// When it arrived, in seconds since 1970 UTC.
    pub arrived: Option<i64>,
    /// Seconds since the copy before it in the list.
    pub gap: Option<i64>,
    /// How many hops it has.
    pub hops: usize,
}

/// All copies of the set; those without a date come last.
#[must_use]
pub fn by_arrival(report: &Report, set: &CopySet) -> Vec<Row> {
    let row = |(member, of): (usize, &CopyMember)| {
        let message = report.messages.get(of.message);
        Row {
            member,
            message: of.message,
            maker: of.maker,
            arrived: message.and_then(arrival),
            gap: None,
            hops: message.map_or(0, |message| message.hops.len()),
        }
    };
    let mut rows: Vec<Row> = set.members.iter().enumerate().map(row).collect();
    rows.sort_by_key(|row| (row.arrived.unwrap_or(i64::MAX), row.message));
    let mut before = None;
    for row in &mut rows {
        row.gap = row.arrived.zip(before).map(|(arrived, before)| arrived - before);
        before = row.arrived.or(before);
    }
    rows
}

/// When a message arrived: the date of its newest line, by the clock of the server that wrote it.
#[must_use]
pub fn arrival(message: &Message) -> Option<i64> {
    message.hops.last()?.epoch
}

/// Who made a copy: `sbs.example.net`, or `direct` where it is no server's copy.
#[must_use]
pub fn made_by<'s>(set: &'s CopySet, member: &CopyMember) -> &'s str {
    match member.maker.and_then(|maker| set.makers.get(maker)) {
        Some(maker) => maker.host.as_deref().or(maker.site.as_deref()).unwrap_or("not named"),
        None if !super::is_real(set) => "its sender",
        None if member.generation > 0 => "not named",
        None => "direct",
    }
}

/// What a copy is, in a few words.
#[must_use]
pub fn what(set: &CopySet, member: &CopyMember) -> &'static str {
    match member.verdict.as_deref() {
        Some(verdict) => words(verdict),
        None if !super::is_real(set) => "the first of them",
        None if member.generation > 0 => "sent out again",
        None => "nearest to the original",
    }
}
