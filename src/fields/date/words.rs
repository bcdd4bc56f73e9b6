//! The words of a date, each by its shape.

/// Day, month and year.
pub type Day = (u8, u8, u16);

/// A time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone {
    /// Minutes east of UTC.
    pub minutes: i32,
    /// Whether it was given in figures.
    pub is_number: bool,
}

/// A day in figures: `2026-11-02`, `2-Nov-2026`, `11/20/2026`, `20/11/2026`. Absent where both orders of day and month can be:
/// `3/4/2026`.
pub fn day(word: &str) -> Option<Day> {
    // With dots only where the year is written out: `28.07.2026`; `10.20.30` is a time or a version.
    let joint = word.find(['-', '/', '.']).and_then(|at| word.get(at..)?.chars().next())?;
    let mut parts = word.split(joint);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    if first.len() == 4 {
        return Some((small(third)?, small(second).filter(is_month)?, year(first)?));
    }
    if joint == '.' && third.len() != 4 {
        return None;
    }
    let year = year(third)?;
    if let Some(month) = month(second) {
        return Some((small(first)?, month, year));
    }
    let (first, second) = (small(first)?, small(second)?);
    match (is_month(&first), is_month(&second)) {
        (true, false) => Some((second, first, year)),
        (false, true) => Some((first, second, year)),
        (true, true) if first == second => Some((first, second, year)),
        _ => None,
    }
}

const fn is_month(number: &u8) -> bool {
    matches!(number, 1..=12)
}

/// Whether the word is a number of one or two figures.
pub fn is_small_number(word: &str) -> bool {
    small(word).is_some()
}

fn small(word: &str) -> Option<u8> {
    (word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit())).then(|| word.parse().ok())?
}

/// `10:18`, `10:18:12`, `10:18:12.345`; hours to 23, minutes to 59, seconds to 60 (a leap second).
pub fn time(word: &str) -> Option<(u8, u8, u8)> {
    let (whole, fraction) = word.split_once('.').unwrap_or((word, ""));
    let mut parts = whole.split(':').map(small);
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    let is_time = parts.next().is_none() && hour < 24 && minute < 60 && second <= 60;
    (is_time && fraction.bytes().all(|byte| byte.is_ascii_digit())).then_some((hour, minute, second))
}

/// `AM` or `PM`: whether it is the afternoon.
pub fn half_of_day(word: &str) -> Option<bool> {
    match word {
        "AM" | "am" | "a.m." => Some(false),
        "PM" | "pm" | "p.m." => Some(true),
        _ => None,
    }
}

/// A zone: `+0130`, `+01:30`, `GMT+0130`, a name of RFC 5322 section 4.3, or another name that means one zone wherever mail programs
/// write it. Military letters other than Z are no known zone (section 4.3); `IST` and its like are several.
pub fn zone(word: &str) -> Option<Zone> {
    /// Hours east of UTC.
    const NAMES: [(&str, i32); 41] = [
        ("UT", 0),
        ("UTC", 0),
        ("GMT", 0),
        ("Z", 0),
        ("EST", -5),
        ("EDT", -4),
        ("CST", -6),
        ("CDT", -5),
        ("MST", -7),
        ("MDT", -6),
        ("PST", -8),
        ("PDT", -7),
        ("AKST", -9),
        ("AKDT", -8),
        ("HST", -10),
        ("WET", 0),
        ("WEST", 1),
        ("BST", 1),
        ("CET", 1),
        ("CEST", 2),
        ("MET", 1),
        ("MEZ", 1),
        ("MEST", 2),
        ("MESZ", 2),
        ("METDST", 2),
        ("MET-DST", 2),
        ("EET", 2),
        ("EEST", 3),
        ("SAST", 2),
        ("MSK", 3),
        ("MSD", 4),
        ("HKT", 8),
        ("SGT", 8),
        ("AWST", 8),
        ("WIB", 7),
        ("JST", 9),
        ("KST", 9),
        ("AEST", 10),
        ("AEDT", 11),
        ("NZST", 12),
        ("NZDT", 13),
    ];
    let named = NAMES.iter().find(|(name, _)| word.eq_ignore_ascii_case(name));
    if let Some((_, hours)) = named {
        return Some(Zone { minutes: hours * 60, is_number: false });
    }
    let figures = word.strip_prefix("GMT").or_else(|| word.strip_prefix("UTC")).unwrap_or(word);
    offset(figures).map(|minutes| Zone { minutes, is_number: true })
}

/// `+0130` or `+01:30` in minutes; less than a day either way.
fn offset(word: &str) -> Option<i32> {
    let (sign, figures) = match word.strip_prefix('-') {
        Some(figures) => (-1, figures),
        None => (1, word.strip_prefix('+')?),
    };
    let (hours, minutes) =
        figures.split_once(':').or_else(|| (figures.len() == 4).then(|| figures.split_at_checked(2))?)?;
    if hours.len() != 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes) = (i32::from(small(hours)?), i32::from(small(minutes)?));
    (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

/// `Feb` or `February`, as 1 to 12.
pub fn month(word: &str) -> Option<u8> {
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

/// `Mon` or `Monday`.
pub fn is_weekday(word: &str) -> bool {
    ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
        .iter()
        .any(|name| is_name_or_short(word, name))
}

/// Whether the word is `name` or its first three letters; both may end in a dot.
fn is_name_or_short(word: &str, name: &str) -> bool {
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    word == name || (name.starts_with(&word) && (word.len() == 3 || word == "sept"))
}

/// A year. Those of two and three figures by RFC 5322 section 4.3: 00 to 49 are in this century, the others count from 1900. There was
/// no mail before 1970, and there is none from after 2199.
pub fn year(word: &str) -> Option<u16> {
    if !word.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match (word.len(), word.parse::<u16>().ok()?) {
        (2, year @ 0..50) => Some(year + 2000),
        (2 | 3, year) => Some(year + 1900),
        (4, year @ 1970..=2199) => Some(year),
        _ => None,
    }
}

/// The text without comments such as `(CEST)`; they nest (RFC 5322 section 3.2.2).
pub fn without_comments(text: &str) -> String {
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
