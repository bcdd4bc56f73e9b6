//! Times and durations in words and figures for people. Times are UTC.

use mail_parser::DateTime;

/// `0 s`, `59 s`, `14 min 32 s`, `2 h 5 min`, `3 d 4 h`; negative ones with a minus sign.
#[must_use]
pub fn for_people(seconds: i64) -> String {
    const MINUTE: u64 = 60;
    const HOUR: u64 = 60 * MINUTE;
    const DAY: u64 = 24 * HOUR;
    let sign = if seconds < 0 { "−" } else { "" };
    let (big, big_unit, small, small_unit) = match seconds.unsigned_abs() {
        total @ 0..MINUTE => return format!("{sign}{total} s"),
        total @ MINUTE..HOUR => (total / MINUTE, "min", total % MINUTE, "s"),
        total @ HOUR..DAY => (total / HOUR, "h", total % HOUR / MINUTE, "min"),
        total => (total / DAY, "d", total % DAY / HOUR, "h"),
    };
    if small == 0 {
        format!("{sign}{big} {big_unit}")
    } else {
        format!("{sign}{big} {big_unit} {small} {small_unit}")
    }
}

/// A point in time, in seconds since 1970 UTC, as `2026-11-02 08:00:00`.
#[must_use]
pub fn utc(epoch: i64) -> String {
    let time = DateTime::from_timestamp(epoch);
    format!(
        "{:04}-{:02}-{:02} {:02}:{:02}:{:02}",
        time.year, time.month, time.day, time.hour, time.minute, time.second
    )
}
