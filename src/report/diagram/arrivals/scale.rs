//! A true scale of time with labels that people read: full minutes, hours and days. It knows no zones: whoever
//! wants another than UTC moves the times.

use super::super::super::duration::utc;

/// From which time to which, and where these stand.
pub struct Scale {
    first: i64,
    last: i64,
    /// The times themselves.
    times: [i64; 2],
    step: i64,
    from: f64,
    to: f64,
}

/// A labelled time.
pub struct Tick {
    pub x: f64,
    pub label: String,
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The steps from one label to the next, in seconds.
const STEPS: [i64; 24] = [
    1,
    2,
    5,
    10,
    15,
    30,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    30 * DAY,
    90 * DAY,
    365 * DAY,
];

/// A label takes so many units.
const LABEL: f64 = 74.0;

impl Scale {
    /// The scale for these times, between these places.
    pub fn of(first: i64, last: i64, from: f64, to: f64) -> Self {
        let most = ((to - from) / LABEL).floor().max(1.0) as i64;
        let ends = |step: i64| (first.div_euclid(step) * step, (last.div_euclid(step) + 1) * step);
        let fits = |step: &&i64| {
            let (first, last) = ends(**step);
            (last - first) / **step <= most
        };
        // Dates that are wrong by centuries still get a scale.
        let years = (last.saturating_sub(first) / most).saturating_add(1);
        let step = STEPS.iter().find(fits).copied().unwrap_or_else(|| years.max(365 * DAY));
        let times = [first, last];
        let (first, last) = ends(step);
        Self { first, last, times, step, from, to }
    }

    /// Where a time stands.
    pub fn x(&self, time: i64) -> f64 {
        // Seconds in a header are far below 2^52.
        let share = (time - self.first) as f64 / (self.last - self.first).max(1) as f64;
        self.from + (self.to - self.from) * share
    }

    /// The labelled times.
    pub fn ticks(&self) -> impl Iterator<Item = Tick> {
        let count = (self.last - self.first) / self.step;
        (0..=count).map(|nth| {
            let time = self.first + nth * self.step;
            Tick { x: self.x(time), label: self.label(time) }
        })
    }

    /// `09:00`, `09:00:05`, and the day where one begins.
    fn label(&self, time: i64) -> String {
        let written = utc(time);
        let clock = written.split(' ').nth(1).unwrap_or_default();
        if time.rem_euclid(DAY) == 0 {
            return day(time, self.step >= 90 * DAY);
        }
        let letters = if self.step < MINUTE { 8 } else { 5 };
        clock.get(..letters).unwrap_or(clock).to_owned()
    }

    /// The days from the first time to the last.
    pub fn days(&self) -> String {
        let [first, last] = self.times.map(|time| day(time, true));
        if first == last { first } else { format!("{first} to {last}") }
    }
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `2 Nov`, `2 Nov 2026`
fn day(time: i64, has_year: bool) -> String {
    let written = utc(time);
    let mut parts = written.split([' ', '-']);
    let (year, month, day) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let month = month.and_then(|month| month.parse::<usize>().ok()).unwrap_or(1);
    let month = MONTHS.get(month - 1).copied().unwrap_or_default();
    let day = day.unwrap_or_default().trim_start_matches('0');
    if has_year { format!("{day} {month} {year}") } else { format!("{day} {month}") }
}

#[cfg(test)]
mod tests {
    use super::{DAY, HOUR, Scale};

    fn labels(first: i64, last: i64, width: f64) -> Vec<String> {
        Scale::of(first, last, 0.0, width).ticks().map(|tick| tick.label).collect()
    }

    #[test]
    fn labels_are_full_hours_minutes_and_days() {
        // 2 November 2026, 08:20:05 UTC.
        let start = 1_793_607_605;
        assert_eq!(labels(start, start + 7 * HOUR, 692.0).first().map(String::as_str), Some("08:00"));
        assert_eq!(labels(start, start + 7 * HOUR, 692.0).len(), 9);
        assert_eq!(
            labels(start, start + 3, 300.0),
            ["08:20:05", "08:20:06", "08:20:07", "08:20:08", "08:20:09"]
        );
        assert!(labels(start, start + 20 * HOUR, 300.0).contains(&"3 Nov".to_owned()));
        assert_eq!(labels(start, start + 3 * DAY, 400.0), ["2 Nov", "3 Nov", "4 Nov", "5 Nov", "6 Nov"]);
    }

    #[test]
    fn any_two_dates_have_a_scale_with_few_labels() {
        for (first, last) in [(0, 0), (0, 4_000_000_000), (-62_000_000_000, 250_000_000_000), (5, 6)] {
            for width in [300.0, 440.0, 690.0] {
                let count = labels(first, last, width).len();
                assert!((2..=11).contains(&count), "{first} to {last} in {width}: {count}");
            }
        }
    }
}
