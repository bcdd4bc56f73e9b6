//! Times and durations in words and figures for people. Times are UTC.

use mail_parser::DateTime;

/// `0 s`, `59 s`, `14 min 32 s`, `2 h 5 min`, `3 d 4 h`; negative ones with a minus sign.
#[must_use]
pub fn short(seconds: i64) -> String {
    let sign = if seconds < 0 { "−" } else { "" };
    let parts: Vec<String> = parts(seconds).map(|(count, unit)| format!("{count} {}", unit.short)).collect();
    format!("{sign}{}", parts.join(" "))
}

/// The same to read aloud: `1 second`, `14 minutes 32 seconds`. The sign is left out.
#[must_use]
pub fn spoken(seconds: i64) -> String {
    let plural = |count| if count == 1 { "" } else { "s" };
    let parts: Vec<String> =
        parts(seconds).map(|(count, unit)| format!("{count} {}{}", unit.spoken, plural(count))).collect();
    parts.join(" ")
}

struct Unit {
    seconds: u64,
    short: &'static str,
    spoken: &'static str,
}

const UNITS: [Unit; 4] = [
    Unit { seconds: 24 * 60 * 60, short: "d", spoken: "day" },
    Unit { seconds: 60 * 60, short: "h", spoken: "hour" },
    Unit { seconds: 60, short: "min", spoken: "minute" },
    Unit { seconds: 1, short: "s", spoken: "second" },
];

/// The largest unit that fits, and the next smaller one unless it is zero.
fn parts(seconds: i64) -> impl Iterator<Item = (u64, &'static Unit)> {
    let mut rest = seconds.unsigned_abs();
    let largest = UNITS.iter().position(|unit| unit.seconds <= rest).unwrap_or(UNITS.len() - 1);
    UNITS.iter().skip(largest).take(2).enumerate().filter_map(move |(nth, unit)| {
        let count = rest / unit.seconds;
        rest %= unit.seconds;
        (nth == 0 || count > 0).then_some((count, unit))
    })
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
