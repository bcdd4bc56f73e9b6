//! Dates (RFC 5322 section 3.3, its obsolete forms of section 4.3, and the order of C's `ctime`).
//!
//! The words are told apart by their shape, not by their position, so that `Fri, 7 Feb 2003 10:18:12 -0800` and
//! `Fri Feb 07 10:18:12 2003 -0800` are the same. A date that cannot be is absent; it is never guessed.

use mail_parser::DateTime;

/// A point in time, as a header field gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// Seconds since 1970-01-01 00:00:00 UTC.
    pub epoch: i64,
    /// The zone it was written in, in minutes east of UTC.
    pub utc_offset_minutes: i32,
}

/// Reads a date. Absent where a part is missing (also the zone) or cannot be, such as 30 February. What stands behind the
/// zone, such as `UTC m=+6810.8`, does not count.
#[must_use]
pub fn parse_date(text: &str) -> Option<Date> {
    let mut parts = Parts::default();
    for word in without_comments(text).split([' ', '\t', '\r', '\n', ',']).filter(|word| !word.is_empty()) {
        parts.take(word)?;
    }
    parts.into_date()
}

/// The parts of a date found so far.
#[derive(Default)]
struct Parts {
    day: Option<u8>,
    month: Option<u8>,
    year: Option<u16>,
    time: Option<(u8, u8, u8)>,
    zone_minutes: Option<i32>,
}

impl Parts {
    /// Files one word under what it looks like. Absent where it looks like nothing that belongs there.
    fn take(&mut self, word: &str) -> Option<()> {
        if word.contains(':') && self.time.is_none() {
            self.time = Some(parse_time(word)?);
        } else if let (None, Some(minutes)) = (self.zone_minutes, parse_zone(word)) {
            self.zone_minutes = Some(minutes);
        } else if let (None, Some(month)) = (self.month, parse_month(word)) {
            self.month = Some(month);
        } else if let (None, true, Ok(day)) = (self.day, word.len() <= 2, word.parse()) {
            self.day = Some(day);
        } else if let (None, Ok(year)) = (self.year, word.parse()) {
            self.year = Some(full_year(year, word.len())?);
        } else if !is_weekday(word) && self.zone_minutes.is_none() {
            return None;
        }
        Some(())
    }

    fn into_date(self) -> Option<Date> {
        let (hour, minute, second) = self.time?;
        let (day, month, year, zone) = (self.day?, self.month?, self.year?, self.zone_minutes?);
        if day == 0 || day > days_in(month, year) {
            return None;
        }
        let local = DateTime {
            year,
            month,
            day,
            hour,
            minute,
            // A leap second is the first second of the next minute for everybody who computes with it.
            second: second.min(59),
            tz_before_gmt: false,
            tz_hour: 0,
            tz_minute: 0,
        };
        let epoch = local.to_timestamp() + i64::from(second / 60) - i64::from(zone) * 60;
        Some(Date { epoch, utc_offset_minutes: zone })
    }
}

/// `10:18`, `10:18:12`, `10:18:12.345`; hours to 23, minutes to 59, seconds to 60 (a leap second).
fn parse_time(word: &str) -> Option<(u8, u8, u8)> {
    let whole = word.split('.').next()?;
    let mut parts = whole.split(':').map(|part| if part.len() <= 2 { part.parse::<u8>().ok() } else { None });
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    (parts.next().is_none() && hour < 24 && minute < 60 && second <= 60).then_some((hour, minute, second))
}

/// `+0130`, or one of the names of RFC 5322 section 4.3, in minutes. Military letters other than Z are no known zone there.
fn parse_zone(word: &str) -> Option<i32> {
    let hours = match word.to_ascii_uppercase().as_str() {
        "UT" | "UTC" | "GMT" | "Z" => 0,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        _ => return parse_numeric_zone(word),
    };
    Some(hours * 60)
}

/// `+0130`; at most a day either way.
fn parse_numeric_zone(word: &str) -> Option<i32> {
    let (sign, digits) = match word.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, word.strip_prefix('+')?),
    };
    if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i32 = digits.parse().ok()?;
    let (hours, minutes) = (number / 100, number % 100);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

/// `Feb` or `February`, as 1 to 12.
fn parse_month(word: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let number = (1..).zip(MONTHS).find(|(_, name)| is_name_or_short(word, name))?.0;
    Some(number)
}

fn is_weekday(word: &str) -> bool {
    ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
        .iter()
        .any(|name| is_name_or_short(word, name))
}

/// Whether the word is `name` or its first three letters; both may end in a dot.
fn is_name_or_short(word: &str, name: &str) -> bool {
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    word == name || (word.len() == 3 && name.starts_with(&word))
}

/// Years of two and three digits by RFC 5322 section 4.3: 00 to 49 are in this century, the others count from 1900.
fn full_year(year: u16, digits: usize) -> Option<u16> {
    match (digits, year) {
        (2, 0..50) => Some(year + 2000),
        (2 | 3, _) => Some(year + 1900),
        (4, 1970..=2199) => Some(year),
        _ => None,
    }
}

fn days_in(month: u8, year: u16) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The text without comments such as `(CEST)`; they nest (RFC 5322 section 3.2.2).
fn without_comments(text: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '(' => depth += 1,
            ')' if depth > 0 => {
                depth -= 1;
                kept.push(' ');
            }
            _ if depth == 0 => kept.push(letter),
            _ => {}
        }
    }
    kept
}
