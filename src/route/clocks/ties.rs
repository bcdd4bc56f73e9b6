//! Which clock is off where the number of those that agree does not tell: the one in the middle of two that fit closely.
//!
//! In 100, 400, 102 either the second clock is ahead by 298 seconds, or the third is behind by 298 and the message happened to lie for
//! just as long before. The second reading needs two causes of the same size. In 100, 400, 390 it needs no such chance: there the
//! delay may well have been 300 seconds and the third clock 10 seconds behind, and nothing is determined.

use super::visits::Visit;
use super::{ROUNDING, Verdict};

/// The time between the two neighbours must be this many times shorter than the offset. If delays of a second, a minute and an hour were
/// equally common, one case in six would still be chance; long ones are rare, so it is much less.
const CLOSE: i64 = 4;

/// The machines that are off in this sense, in the order of the route. Those that are passed once only are looked at: others are bounded by
/// what happens between their visits. Where a neighbour could be the one in the middle as well, neither is it.
pub fn between(visits: &[Visit], verdicts: &[Verdict]) -> Vec<usize> {
    let mut passages = vec![0_usize; verdicts.len()];
    for visit in visits {
        if let Some(passages) = passages.get_mut(visit.machine) {
            *passages += 1;
        }
    }
    let is_open = |visit: &Visit| {
        verdicts.get(visit.machine) == Some(&Verdict::Open) && passages.get(visit.machine) == Some(&1)
    };
    let in_doubt: Vec<Visit> =
        visits.iter().filter(|visit| verdicts.get(visit.machine) != Some(&Verdict::Off)).copied().collect();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, three) in in_doubt.windows(3).enumerate() {
        if let [before, visit, after] = three
            && is_open(visit)
            && is_between(*before, *visit, *after)
        {
            found.push((at, visit.machine));
        }
    }
    let has_rival = |nth: usize, at: usize| {
        let places = [nth.checked_sub(1), nth.checked_add(1)];
        places
            .into_iter()
            .flatten()
            .filter_map(|nth| found.get(nth))
            .any(|(other, _)| other.abs_diff(at) == 1)
    };
    let alone = found.iter().enumerate().filter(|(nth, (at, _))| !has_rival(*nth, *at));
    alone.map(|(_, (_, machine))| *machine).collect()
}

/// Whether two visits of different machines agree closely, and the one in the middle agrees with only one of them, by far.
fn is_between(before: Visit, visit: Visit, after: Visit) -> bool {
    let window = after.at - before.at;
    let offset = (visit.at - after.at).max(before.at - visit.at);
    before.machine != after.machine
        && window >= -ROUNDING
        && offset > ROUNDING
        && window.saturating_mul(CLOSE) <= offset
}
