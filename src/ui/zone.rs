//! In which time zone the page shows times. The report itself is in UTC.

use crate::report::{CopySet, Hop, Report, duration};

/// The zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Zone {
    /// UTC.
    #[default]
    Utc,
    /// For each time the zone of the line that tells it.
    Written,
    /// The zone of this computer, with its summer time.
    Computer,
    /// So many minutes east of UTC.
    Fixed(i32),
}

/// The offsets that are in use, in minutes east of UTC.
pub const OFFSETS: [i32; 38] = [
    -720, -660, -600, -570, -540, -480, -420, -360, -300, -240, -210, -180, -120, -60, 0, 60, 120, 180, 210,
    240, 270, 300, 330, 345, 360, 390, 420, 480, 525, 540, 570, 600, 630, 660, 720, 765, 780, 840,
];

impl Zone {
    /// Its name in a file of settings: `utc`, `written`, `computer`, `+05:30`.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Utc => "utc".to_owned(),
            Self::Written => "written".to_owned(),
            Self::Computer => "computer".to_owned(),
            Self::Fixed(minutes) => offset(minutes),
        }
    }

    /// The zone of this name; absent where there is none.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        match name {
            "utc" => Some(Self::Utc),
            "written" => Some(Self::Written),
            "computer" => Some(Self::Computer),
            _ => OFFSETS.into_iter().find(|minutes| offset(*minutes) == name).map(Self::Fixed),
        }
    }

    /// What it is called above a column of times.
    #[must_use]
    pub fn heading(self) -> String {
        match self {
            Self::Utc => "UTC".to_owned(),
            Self::Written => "zone of each line".to_owned(),
            Self::Computer => "time of this computer".to_owned(),
            Self::Fixed(minutes) => format!("UTC{}", offset(minutes)),
        }
    }

    /// A point in time, in seconds since 1970 UTC, as `2026-11-02 09:00:00`; with the offset behind it where that is not the same for all.
    /// `written` are the minutes east of UTC in the line that tells it.
    #[must_use]
    pub fn time(self, epoch: i64, written: Option<i32>) -> String {
        let minutes = self.minutes(epoch, written);
        let time = duration::utc(epoch.saturating_add(i64::from(minutes) * 60));
        match self {
            Self::Utc | Self::Fixed(_) => time,
            Self::Written | Self::Computer => format!("{time} {}", offset(minutes)),
        }
    }

    /// One zone for all times of a route, which then can be compared: in place of the zone of each line, that of the newest.
    #[must_use]
    pub fn of_route(self, hops: &[Hop]) -> Self {
        let newest = || hops.iter().rev().find_map(|hop| hop.utc_offset_minutes);
        match self {
            Self::Written => newest().map_or(Self::Utc, Self::Fixed),
            _ => self,
        }
    }

    /// One zone for all copies of a set: in place of that of each line, or of a computer whose clock changes with the season, the one that
    /// the first copy arrived in.
    #[must_use]
    pub fn of_copies(self, report: &Report, set: &CopySet) -> Self {
        let first = set.messages.first().and_then(|message| report.messages.get(*message)?.hops.last());
        let minutes = first.map(|hop| self.minutes(hop.epoch.unwrap_or_default(), hop.utc_offset_minutes));
        match minutes.unwrap_or_default() {
            0 => Self::Utc,
            minutes => Self::Fixed(minutes),
        }
    }

    /// How far east of UTC the zone is at a point in time. `written` are the minutes in the line that tells it.
    #[must_use]
    pub fn minutes(self, epoch: i64, written: Option<i32>) -> i32 {
        match self {
            Self::Utc => 0,
            Self::Written => written.unwrap_or(0),
            Self::Computer => of_computer(epoch),
            Self::Fixed(minutes) => minutes,
        }
    }
}

/// `+01:00`, `−03:30` with a hyphen in the place of the minus sign, as in dates of mails and of ISO 8601.
fn offset(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.unsigned_abs();
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// How far east of UTC this computer is at a point in time, in minutes.
#[cfg(target_arch = "wasm32")]
fn of_computer(epoch: i64) -> i32 {
    // Seconds in a header are far below 2^52. Beyond the years that the browser knows the offset is no number, which becomes 0.
    let date = js_sys::Date::new(&(epoch as f64 * 1000.0).into());
    -(date.get_timezone_offset() as i32)
}

/// Outside a browser nothing tells.
#[cfg(not(target_arch = "wasm32"))]
fn of_computer(_: i64) -> i32 {
    0
}

#[cfg(test)]
mod tests {
    use super::{OFFSETS, Zone};

    /// 2 November 2026, 08:00 UTC.
    const EPOCH: i64 = 1_793_606_400;

    #[test]
    fn a_time_is_shown_in_the_zone_that_was_chosen() {
        for (zone, time) in [
            (Zone::Utc, "2026-11-02 08:00:00"),
            (Zone::Fixed(60), "2026-11-02 09:00:00"),
            (Zone::Fixed(-570), "2026-11-01 22:30:00"),
            (Zone::Written, "2026-11-02 13:30:00 +05:30"),
        ] {
            assert_eq!(zone.time(EPOCH, Some(330)), time);
        }
        assert_eq!(
            Zone::Written.time(EPOCH, None),
            "2026-11-02 08:00:00 +00:00",
            "no known zone counts as UTC"
        );
        assert_eq!(Zone::Fixed(840).time(i64::MAX, None).len(), Zone::Utc.time(i64::MAX, None).len());
    }

    #[test]
    fn every_zone_is_found_by_its_name_and_nothing_else_is() {
        for zone in OFFSETS.map(Zone::Fixed).into_iter().chain([Zone::Utc, Zone::Written, Zone::Computer]) {
            assert_eq!(Zone::of_name(&zone.name()), Some(zone));
        }
        for name in ["", "+1", "+00:61", "UTC", "+99:00", "Europe/Berlin"] {
            assert_eq!(Zone::of_name(name), None, "{name}");
        }
    }
}
