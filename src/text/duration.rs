//! Durations in words.

/// A duration to read aloud, rounded to what matters: `40 seconds`, `13 minutes`, `5 hours 10 minutes`, `3 days 4 hours`. The sign is
/// left out.
#[must_use]
pub fn roughly(seconds: i64) -> String {
    let seconds = seconds.unsigned_abs();
    let minutes = (seconds + MINUTE / 2) / MINUTE;
    match seconds {
        0..MINUTE => counted(seconds, "second"),
        _ if minutes < 120 => counted(minutes, "minute"),
        _ if minutes < 48 * 60 => joined((minutes / 60, "hour"), (minutes % 60, "minute")),
        _ => joined((minutes / 1440, "day"), (minutes % 1440 / 60, "hour")),
    }
}

const MINUTE: u64 = 60;

fn joined(large: (u64, &str), small: (u64, &str)) -> String {
    let words = counted(large.0, large.1);
    if small.0 == 0 { words } else { format!("{words} {}", counted(small.0, small.1)) }
}

fn counted(count: u64, unit: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural}")
}

#[cfg(test)]
mod tests {
    use super::roughly;

    #[test]
    fn durations_are_rounded_to_what_matters() {
        let words = [40, 419, 3599, 7200, 12_600, -259_200].map(roughly);
        assert_eq!(
            words,
            ["40 seconds", "7 minutes", "60 minutes", "2 hours", "3 hours 30 minutes", "3 days"]
        );
    }
}
