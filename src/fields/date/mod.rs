//! Dates (RFC 5322 section 3.3, its obsolete forms of section 4.3, the order of C's `ctime`, ISO 8601, and what some programs write
//! instead).
//!
//! The words are told apart by their shape, not by their position, so that `Fri, 7 Feb 2003 10:18:12 -0800`, `Fri Feb 07 10:18:12
//! 2003 -0800` and `2003-02-07 10:18:12 -0800` are the same. A date that cannot be, or that can be read in two ways, is absent; it is
//! never guessed.

mod words;

use mail_parser::DateTime;
use words::{Day, Zone};

/// A point in time, as a header field gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// Seconds since 1970-01-01 00:00:00 UTC.
    pub epoch: i64,
    /// The zone it was written in, in minutes east of UTC. Absent where the date names none, or one that nobody knows; it is read as
    /// UTC then (RFC 5322 section 4.3), and can be off by up to half a day.
    pub utc_offset_minutes: Option<i32>,
}

/// Reads a date. Absent where a part is missing or cannot be, such as 30 February. What stands behind a whole date, such as
/// `m=+6810.8`, does not count.
#[must_use]
pub fn parse_date(text: &str) -> Option<Date> {
    let text = words::without_comments(text);
    let mut parts = Parts::default();
    for word in
        text.split(|letter: char| letter.is_whitespace() || letter == ',').filter(|word| !word.is_empty())
    {
        // A word that no date has makes the text none, unless the date is whole before it.
        if !parts.take(word)
            && word.contains(char::is_alphanumeric)
            && (!parts.are_whole() || parts.could_be_zone(word))
        {
            return None;
        }
    }
    parts.into_date()
}

/// Whether a date could start with this word: a day of the week, a day, a month, or a date in figures.
#[must_use]
pub fn could_start_date(word: &str) -> bool {
    let word = word.trim_end_matches(',');
    words::is_weekday(word)
        || words::month(word).is_some()
        || words::day(word).is_some()
        || words::is_small_number(word)
}

/// The parts of a date found so far.
#[derive(Default)]
struct Parts {
    day: Option<u8>,
    month: Option<u8>,
    year: Option<u16>,
    /// Hour, minute, second; hours to 12 where `is_afternoon` is known.
    time: Option<(u8, u8, u8)>,
    is_afternoon: Option<bool>,
    zone: Option<Zone>,
}

impl Parts {
    const fn are_whole(&self) -> bool {
        self.day.is_some() && self.month.is_some() && self.year.is_some() && self.time.is_some()
    }

    /// Whether a word stands where the zone should and could be one that nobody knows: `MES`, `IST` (India's, Ireland's or Israel's),
    /// `+9900`. Then the date is not known.
    fn could_be_zone(&self, word: &str) -> bool {
        let is_name = (2..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase());
        self.zone.is_none() && (is_name || word.starts_with(['+', '-']))
    }

    /// Files one word under what it looks like; whether it looks like something that is still missing.
    fn take(&mut self, word: &str) -> bool {
        if words::is_weekday(word) {
            return true;
        }
        if let Some(day) = words::day(word).filter(|_| self.year.is_none()) {
            self.set_day(day);
            return true;
        }
        // ISO 8601 glues the day to the time: `2026-11-02T09:00:00Z`.
        if let Some((day, time)) = word.split_once('T').and_then(|(day, time)| Some((words::day(day)?, time)))
        {
            self.set_day(day);
            return self.take_time(time);
        }
        if self.time.is_none() && word.contains(':') {
            return self.take_time(word);
        }
        if let Some(zone) = words::zone(word).filter(|zone| self.wants(*zone)) {
            self.zone = Some(zone);
        } else if let (None, Some(is_afternoon), Some(_)) =
            (self.is_afternoon, words::half_of_day(word), self.time)
        {
            self.is_afternoon = Some(is_afternoon);
        } else if let (None, Some(month)) = (self.month, words::month(word)) {
            self.month = Some(month);
        } else if let (None, true, Ok(day)) = (self.day, words::is_small_number(word), word.parse()) {
            self.day = Some(day);
        } else if let (None, Some(year)) = (self.year, words::year(word)) {
            self.year = Some(year);
        } else {
            return false;
        }
        true
    }

    fn set_day(&mut self, (day, month, year): Day) {
        (self.day, self.month, self.year) = (Some(day), Some(month), Some(year));
    }

    /// A time, with or without half of the day and zone: `10:18:12`, `10:18:12PM`, `10:18:12.345+01:00`.
    fn take_time(&mut self, word: &str) -> bool {
        let end = word.find(|letter: char| !matches!(letter, '0'..='9' | ':' | '.')).unwrap_or(word.len());
        let (time, behind) = word.split_at_checked(end).unwrap_or((word, ""));
        self.time = words::time(time);
        if behind.is_empty() {
            return self.time.is_some();
        }
        self.is_afternoon = words::half_of_day(behind);
        self.zone = words::zone(behind);
        self.time.is_some() && (self.is_afternoon.is_some() || self.zone.is_some())
    }

    /// Whether a zone says more than the one that is there: a number counts for more than a name.
    const fn wants(&self, zone: Zone) -> bool {
        match self.zone {
            None => true,
            Some(known) => !known.is_number && zone.is_number,
        }
    }

    fn into_date(self) -> Option<Date> {
        let (hour, minute, second) = self.time?;
        let (day, month, year) = (self.day?, self.month?, self.year?);
        if day == 0 || day > days_in(month, year) {
            return None;
        }
        let hour = match self.is_afternoon {
            None => hour,
            Some(_) if hour == 0 || hour > 12 => return None,
            Some(is_afternoon) => hour % 12 + if is_afternoon { 12 } else { 0 },
        };
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
        let zone = self.zone.map(|zone| zone.minutes);
        let epoch = local.to_timestamp() + i64::from(second / 60) - i64::from(zone.unwrap_or(0)) * 60;
        Some(Date { epoch, utc_offset_minutes: zone })
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
