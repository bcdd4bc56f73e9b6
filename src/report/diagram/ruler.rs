//! The times beside the stops, and a ruler on which they stand to scale.

use super::super::duration;
use super::sheet::{letters, text};
use super::view::Scale;
use super::{Anchor, Part, units};

/// A stop's place on the drawing, and its time.
pub struct Moment {
    /// The height of the stop.
    pub y: f64,
    /// In seconds since 1970 UTC.
    pub epoch: i64,
    /// The hop that led there; absent where the header begins.
    pub hop: Option<usize>,
    /// Whether the clock that told it is wrong.
    pub is_off: bool,
}

/// Draws the column that starts at `x`. Without two different times there is no scale, and the times stand alone.
pub fn draw(moments: &[Moment], x: f64, scale: Scale) -> Vec<Part> {
    let Some(first) = moments.first() else { return Vec::new() };
    let mut parts = vec![
        text("lane-name", x, 20.0, "Received".to_owned()),
        Part::Clock { class: "lane-role", place: [x, 37.0], is_day: true, epoch: first.epoch },
    ];
    parts.extend(moments.iter().map(|moment| clock(moment, x)));
    let Some(ruler) = Ruler::of(moments, x + RULER, scale) else { return parts };
    let words = if scale == Scale::Log { "log scale" } else { "true scale" };
    parts.push(text("lane-role", ruler.x - 12.0, 20.0, words.to_owned()));
    parts.extend(spans(moments, &ruler));
    let d = format!("M{} {}V{}", units(ruler.x), units(ruler.top), units(ruler.bottom));
    parts.push(Part::Path { class: "ruler", hops: None, d });
    let is_crowded = moments.len() > LEADERS;
    for moment in moments {
        let [leader, dot] = leader(moment, &ruler, x);
        parts.extend((!is_crowded || moment.is_off).then_some(leader));
        parts.push(dot);
    }
    parts.extend(ticks(&ruler));
    parts
}

/// Below this height, in units, a scale shows nothing.
const LEAST: f64 = 40.0;

/// More leaders than this hide one another, and are left out.
const LEADERS: usize = 30;

/// From the column's left to the ruler.
const RULER: f64 = 96.0;

/// A scale from top to bottom.
struct Ruler {
    x: f64,
    top: f64,
    bottom: f64,
    /// The earliest time.
    start: i64,
    /// From the earliest to the latest, in seconds.
    span: i64,
    scale: Scale,
}

impl Ruler {
    /// Clocks that are off can run backwards, so the earliest time need not be the first.
    fn of(moments: &[Moment], x: f64, scale: Scale) -> Option<Self> {
        let times = moments.iter().map(|moment| moment.epoch);
        let (start, end) = (times.clone().min()?, times.max()?);
        let (top, bottom) = (moments.first()?.y, moments.last()?.y);
        let span = end.checked_sub(start)?;
        (span > 0 && bottom - top >= LEAST).then_some(Self { x, top, bottom, start, span, scale })
    }

    /// The height of a moment so many seconds after the start.
    fn y(&self, seconds: i64) -> f64 {
        // Seconds in a header are far below 2^52.
        let (seconds, span) = (seconds as f64, self.span as f64);
        let share = match self.scale {
            Scale::Linear => seconds / span,
            Scale::Log => seconds.ln_1p() / span.ln_1p(),
        };
        self.top + (self.bottom - self.top) * share
    }
}

fn clock(moment: &Moment, x: f64) -> Part {
    let class = if moment.is_off { "clock is-off" } else { "clock" };
    Part::Clock { class, place: [x, moment.y + 4.0], is_day: false, epoch: moment.epoch }
}

/// From the time of a stop to its place on the ruler.
fn leader(moment: &Moment, ruler: &Ruler, x: f64) -> [Part; 2] {
    let y = ruler.y(moment.epoch - ruler.start);
    let d = format!("M{} {}h8L{} {}h8", units(x + 62.0), units(moment.y), units(ruler.x - 8.0), units(y));
    let class = if moment.is_off { "leader is-off" } else { "leader" };
    [Part::Path { class, hops: None, d }, Part::Circle { class: "moment", place: [ruler.x, y, 3.0] }]
}

/// The time of each hop on the ruler.
fn spans(moments: &[Moment], ruler: &Ruler) -> Vec<Part> {
    let span = |pair: &[Moment]| {
        let [from, to] = pair else { return None };
        let hop = to.hop?;
        // Between the ends of a loop lies more than its last hop.
        let first = from.hop.filter(|from| from + 1 < hop).map_or(hop, |from| from + 1);
        let [from, to] = [from, to].map(|moment| units(ruler.y(moment.epoch - ruler.start)));
        let d = format!("M{} {from}V{to}", units(ruler.x));
        Some(Part::Path { class: "span", hops: Some([first, hop]), d })
    };
    moments.windows(2).filter_map(span).collect()
}

/// No two marks stand nearer to one another, in units.
const APART: f64 = 17.0;

/// The marks of the ruler, in the time since its start.
fn ticks(ruler: &Ruler) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut last = f64::NEG_INFINITY;
    for seconds in marks(ruler) {
        let y = ruler.y(seconds);
        if y - last < APART {
            continue;
        }
        last = y;
        parts.push(Part::Path {
            class: "tick",
            hops: None,
            d: format!("M{} {}h6", units(ruler.x), units(y)),
        });
        parts.push(text("tick-text", ruler.x + 10.0, y + 4.0, duration::short(seconds)));
    }
    parts
}

fn marks(ruler: &Ruler) -> Vec<i64> {
    match ruler.scale {
        Scale::Linear => {
            let step = step(ruler.span);
            (0..=ruler.span / step).map(|nth| nth * step).collect()
        }
        Scale::Log => [0].into_iter().chain(DECADES).take_while(|mark| *mark <= ruler.span).collect(),
    }
}

/// The steps that people count time in, in seconds.
const STEPS: [i64; 16] =
    [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600];

/// The marks where seconds and days stand on one ruler.
const DECADES: [i64; 12] =
    [1, 10, 60, 600, 3600, 6 * 3600, DAY, 7 * DAY, 30 * DAY, 365 * DAY, 3650 * DAY, 36_500 * DAY];

const DAY: i64 = 24 * 3600;

/// No more marks than this on a true ruler.
const MARKS: i64 = 5;

fn step(span: i64) -> i64 {
    STEPS.into_iter().find(|step| span / step <= MARKS).unwrap_or_else(|| DAY * (span / (MARKS * DAY) + 1))
}

/// Up to so many laps of a loop all are listed; of more, the first and the last three.
const LAPS: usize = 8;

/// How long each lap of a loop took, in the column that starts at `x`, with its middle at the height `middle`.
pub fn laps(laps: &[i64], x: f64, middle: f64) -> Vec<Part> {
    const ROW: f64 = 17.0;
    let longest = laps.iter().copied().max().unwrap_or_default();
    if laps.len() < 2 || longest <= 0 {
        return Vec::new();
    }
    let numbered = laps.iter().enumerate();
    let lines: Vec<Option<(usize, &i64)>> = if laps.len() <= LAPS {
        numbered.map(Some).collect()
    } else {
        let last = numbered.clone().skip(laps.len() - 3).map(Some);
        numbered.take(3).map(Some).chain([None]).chain(last).collect()
    };
    let mut y = middle - ROW * (lines.len() as f64) / 2.0;
    let height = ROW * lines.len() as f64 + 24.0;
    let place = [x - 4.0, y - 20.0, RULER - 6.0, height];
    let mut parts =
        vec![Part::Rect { class: "ground", place }, text("lane-role", x, y - 4.0, "Time per lap".to_owned())];
    let has_room = |seconds: &i64| letters(&duration::short(*seconds)) <= 9.0;
    let word = if laps.iter().all(has_room) { "lap " } else { "" };
    for line in lines {
        y += ROW;
        let Some((nth, seconds)) = line else {
            parts.push(text("tick-text", x, y, format!("{} more", laps.len() - 6)));
            continue;
        };
        let words = duration::short(*seconds);
        let time =
            Part::Text { class: "tick-text", place: [x + 90.0, y], anchor: Anchor::End, text: words.clone() };
        parts.extend([text("tick-text", x, y, format!("{word}{}", nth + 1)), time]);
        // A long time needs the room of the bar.
        let room = 88.0 - 6.3 * letters(&words) - 44.0;
        let width = (40.0 * (*seconds).max(0) as f64 / longest as f64).max(2.0);
        if room >= 16.0 {
            let place = [x + 40.0, y - 8.0, (width * 0.6).min(room), 8.0];
            parts.push(Part::Rect { class: "lap-bar", place });
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::{MARKS, step};

    #[test]
    fn no_ruler_has_more_marks_than_can_be_read() {
        for span in [1, 4, 6, 59, 61, 3_599, 86_400, 90_000, 31_536_000] {
            assert!(span / step(span) <= MARKS, "{span}: {}", step(span));
        }
    }
}
