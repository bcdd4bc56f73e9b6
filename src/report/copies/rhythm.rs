//! Whether copies come at regular times. A program that collects a mailbox on a timer sends its copies on that timer.

/// Copies of one collection come together.
const TOGETHER: i64 = 5;

/// So many gaps make a rhythm.
const GAPS: usize = 3;

/// The seconds from one copy to the next where they are regular; `times` are in order. Copies within [`TOGETHER`] of one another count as
/// one. At least [`GAPS`] gaps must remain, and four of five must lie within a tenth of their median.
#[must_use]
pub fn interval(times: &[i64]) -> Option<i64> {
    let mut gaps: Vec<i64> = times
        .windows(2)
        .filter_map(|pair| match pair {
            [one, next] => Some(next - one),
            _ => None,
        })
        .filter(|gap| *gap > TOGETHER)
        .collect();
    if gaps.len() < GAPS {
        return None;
    }
    gaps.sort_unstable();
    let median = gaps.get(gaps.len() / 2).copied()?;
    let tolerance = (median / 10).max(2);
    let regular = gaps.iter().filter(|gap| (**gap - median).abs() <= tolerance).count();
    (regular * 5 >= gaps.len() * 4).then(|| rounded(median))
}

/// Whole minutes where a few seconds are missing or too many: mail takes them on its way.
const fn rounded(seconds: i64) -> i64 {
    const MINUTE: i64 = 60;
    let near = (seconds + MINUTE / 2) / MINUTE * MINUTE;
    if near >= 2 * MINUTE && (seconds - near).abs() <= 10 { near } else { seconds }
}

#[cfg(test)]
mod tests {
    use super::interval;

    #[test]
    fn a_timer_is_heard_through_the_seconds_that_mail_takes() {
        assert_eq!(interval(&[0, 903, 1_799, 2_705, 3_600]), Some(900));
        // Two copies in each collection, and one collection without a copy.
        assert_eq!(interval(&[0, 1, 900, 902, 1_800, 1_801, 2_700, 2_701, 4_500, 5_400, 6_300]), Some(900));
        assert_eq!(interval(&[0, 20, 40, 60, 80]), Some(20));
    }

    #[test]
    fn three_copies_or_scattered_ones_have_no_rhythm() {
        assert_eq!(interval(&[0, 900, 1_800]), None);
        assert_eq!(interval(&[0, 100, 900, 1_000, 5_000, 5_500]), None);
        assert_eq!(interval(&[0, 1, 2, 3, 4, 5, 6]), None);
        assert_eq!(interval(&[]), None);
    }
}
