//! In which order the table shows the hops, and which of them share a row. The order of the header is the truth: any other is only a view.

use super::hop_cells::wait;
use crate::report::routes::{self, RemarkSort};
use crate::report::{Hop, Message};

/// A column by which the hops can be sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The number of the hop, which is the order of the header.
    Hop,
    /// When the server took the message.
    Time,
    /// How long the hop took.
    Delay,
}

/// An order of the hops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// The column.
    pub column: Column,
    /// Whether the greatest value comes first.
    pub is_falling: bool,
}

impl Order {
    /// The order of the header, the oldest hop first.
    pub const HEADER: Self = Self { column: Column::Hop, is_falling: false };

    /// The order after a click on a column's head: the other way round where it is the same column. The longest wait comes first, everything
    /// else starts with the oldest.
    pub fn clicked(self, column: Column) -> Self {
        let is_falling = if column == self.column { !self.is_falling } else { column == Column::Delay };
        Self { column, is_falling }
    }

    /// In words.
    pub const fn words(self) -> &'static str {
        match (self.column, self.is_falling) {
            (Column::Hop, false) => "oldest first",
            (Column::Hop, true) => "newest first",
            (Column::Time, false) => "sorted by time, the earliest first",
            (Column::Time, true) => "sorted by time, the latest first",
            (Column::Delay, true) => "sorted by delay, the longest first",
            (Column::Delay, false) => "sorted by delay, the shortest first",
        }
    }
}

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// A hop.
    Hop(usize),
    /// Hops inside one machine, first and last, and whether they are shown below.
    Inside([usize; 2], bool),
}

impl Row {
    /// Whether a hop stands in it.
    pub fn has(self, hop: usize) -> bool {
        match self {
            Self::Hop(own) => own == hop,
            Self::Inside([first, last], is_open) => !is_open && (first..=last).contains(&hop),
        }
    }
}

/// The rows of a route. `insides` share a row each, until `is_open` is true of their first hop and all of them. Only the order of the
/// header folds anything.
pub fn rows(
    hops: &[Hop],
    order: Order,
    insides: &[[usize; 2]],
    is_open: impl Fn(usize, &[Hop]) -> bool,
) -> Vec<Row> {
    if order != Order::HEADER {
        return sorted(hops, order).into_iter().map(Row::Hop).collect();
    }
    let mut rows = Vec::new();
    let mut next = 0;
    for [first, last] in insides {
        rows.extend((next..*first).map(Row::Hop));
        let is_open = is_open(*first, hops.get(*first..=*last).unwrap_or_default());
        rows.push(Row::Inside([*first, *last], is_open));
        next = if is_open { *first } else { last + 1 };
    }
    rows.extend((next..hops.len()).map(Row::Hop));
    rows
}

/// A hop without the value comes last, whichever way the others run.
fn sorted(hops: &[Hop], order: Order) -> Vec<usize> {
    let key = |hop: &usize| {
        let of = hops.get(*hop);
        let value = match order.column {
            Column::Hop => i64::try_from(*hop).ok(),
            Column::Time => of.and_then(|hop| hop.epoch),
            Column::Delay => of.and_then(wait),
        };
        (value.is_none(), value.map(|value| if order.is_falling { value.saturating_neg() } else { value }))
    };
    let mut places: Vec<usize> = (0..hops.len()).collect();
    places.sort_by_cached_key(key);
    places
}

/// The stretches of hops that share a row, first and last.
pub fn insides(message: &Message) -> Vec<[usize; 2]> {
    message.stations.iter().filter_map(|station| inside(message, station.first, station.last)).collect()
}

/// The hops of a station that share a row: those after the one that led there, when there are several and none of them has to be seen, for
/// its wait or for what is odd about it.
fn inside(message: &Message, station: usize, last: usize) -> Option<[usize; 2]> {
    const SLOW: i64 = 60;
    let first = station + 1;
    let hops = message.hops.get(first..=last).filter(|hops| hops.len() > 1)?;
    let is_plain = |remark: &routes::Remark| remark.sort == RemarkSort::Station;
    let has_to_be_seen = |hop| {
        wait(hop) >= Some(SLOW)
            || routes::boundary(message, hop).is_some()
            || !routes::remarks_on_hop(message, hop).iter().all(is_plain)
    };
    (!hops.iter().any(has_to_be_seen)).then_some([first, last])
}
