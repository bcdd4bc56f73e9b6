//! How far the clocks are off that are not right.

use super::visits::Visit;
use super::{ROUNDING, Verdict};

/// For each machine how far its clock is ahead, in seconds: 0 where it is right, and the smallest offset that puts all its dates between
/// those of the right machines before and after it where it is off. Absent where nothing is determined.
pub fn skews(visits: &[Visit], verdicts: &[Verdict]) -> Vec<Option<i64>> {
    let mut ranges = vec![Range::default(); verdicts.len()];
    let verdict = |visit: &Visit| verdicts.get(visit.machine);
    let mut before: Option<i64> = None;
    for visit in visits {
        if verdict(visit) == Some(&Verdict::Right) {
            before = before.max(Some(visit.at));
        } else if let (Some(before), Some(range)) = (before, ranges.get_mut(visit.machine)) {
            range.most = range.most.min(visit.at - before);
        }
    }
    let mut after: Option<i64> = None;
    for visit in visits.iter().rev() {
        if verdict(visit) == Some(&Verdict::Right) {
            after = Some(after.map_or(visit.at, |after| after.min(visit.at)));
        } else if let (Some(after), Some(range)) = (after, ranges.get_mut(visit.machine)) {
            range.least = range.least.max(visit.at - after);
        }
    }
    let skew = |(verdict, range): (&Verdict, &Range)| match verdict {
        Verdict::Right => Some(0),
        Verdict::Off => range.nearest(),
        Verdict::Open => None,
    };
    verdicts.iter().zip(&ranges).map(skew).collect()
}

/// Between which offsets a clock must be, in seconds.
#[derive(Clone, Copy)]
struct Range {
    least: i64,
    most: i64,
}

impl Default for Range {
    fn default() -> Self {
        Self { least: i64::MIN / 2, most: i64::MAX / 2 }
    }
}

impl Range {
    /// The offset nearest to none. Absent where none at all is allowed, so that the right machines alone do not show that it is off, and
    /// where no offset is: more time passed on this clock than between the machines around it.
    const fn nearest(self) -> Option<i64> {
        if self.least > self.most.saturating_add(ROUNDING) {
            None
        } else if self.least > ROUNDING {
            Some(self.least)
        } else if self.most < -ROUNDING {
            Some(self.most)
        } else {
            None
        }
    }
}
