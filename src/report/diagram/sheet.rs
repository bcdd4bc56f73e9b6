//! The measures of a drawing, and how much room its texts take.

use super::{Anchor, Name, Part, Space};

/// The measures of a drawing, in units.
pub struct Sheet {
    pub width: f64,
    /// Where the lanes end and the times begin.
    pub lanes_end: f64,
    pub lane: f64,
    /// The height of the lanes' heads.
    pub head: f64,
    pub has_times: bool,
}

/// From one rail to the next, where there is no room for lanes.
const RAIL: f64 = 24.0;

impl Sheet {
    pub fn of(space: Space, lanes: usize) -> Self {
        let (width, times) = match space {
            Space::Wide => (872.0, 176.0),
            Space::Middle => (656.0, 168.0),
            Space::Narrow => {
                return Self { width: 326.0, lanes_end: 326.0, lane: RAIL, head: 12.0, has_times: false };
            }
        };
        let lane = ((width - times - 14.0) / lanes.max(1) as f64).floor();
        Self { width, lanes_end: lane * lanes as f64, lane, head: 56.0, has_times: true }
    }

    /// The middle of a lane's line of stops.
    pub fn x(&self, lane: usize) -> f64 {
        let edge = if self.has_times { 24.0 } else { 14.0 };
        lane as f64 * self.lane + edge
    }

    /// Where the names of the stops in a lane start, without what stands out of the stop itself.
    pub fn label(&self, lane: usize, lanes: usize) -> f64 {
        if self.has_times { self.x(lane) + 17.0 } else { RAIL * lanes as f64 + 20.0 }
    }

    /// How much room there is from there to the end of the lane, or of the sheet.
    pub fn room(&self, lanes: usize) -> f64 {
        if self.has_times { self.lane - 44.0 } else { self.width - self.label(0, lanes) - 8.0 }
    }
}

/// The width of a letter of a name, in units.
pub const NAME_LETTER: f64 = 7.6;

/// The width of a letter of other texts.
pub const LETTER: f64 = 6.2;

/// The width of a text in letters. Those of East Asia are wide; marks that stand on or between others have no width.
pub fn letters(text: &str) -> f64 {
    text.chars().map(letter).sum()
}

fn letter(letter: char) -> f64 {
    match letter {
        '\u{300}'..='\u{36f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' => 0.0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{1f300}'..='\u{3fffd}' => 1.8,
        _ => 1.0,
    }
}

/// As much of a text as fits into so many units, at so many a letter.
pub fn fitting(text: &str, room: f64, width: f64) -> String {
    let most = (room / width).max(3.0);
    let mut taken = 0.0;
    // The text ends here if it has to be cut.
    let mut end = 0;
    for (at, one) in text.char_indices() {
        taken += letter(one);
        if taken > most {
            return format!("{}…", text.get(..end).unwrap_or_default());
        }
        if taken <= most - 1.0 {
            end = at + one.len_utf8();
        }
    }
    text.to_owned()
}

/// As many parts as fit, the last ones left out first.
pub fn fitting_parts(parts: &[String], room: f64) -> String {
    let fits = |count: &usize| {
        let joined = parts.get(..*count).unwrap_or_default().join(" · ");
        letters(&joined) * LETTER <= room
    };
    let count = (1..=parts.len()).rev().find(fits).unwrap_or(1);
    fitting(&parts.get(..count).unwrap_or_default().join(" · "), room, LETTER)
}

/// A name: whole where it fits, else what stands before the organisation, else its start.
pub fn short_name(name: &str, organisation: Option<&str>, room: f64) -> String {
    let is_too_long = letters(name) * NAME_LETTER > room;
    let before = organisation.and_then(|end| name.strip_suffix(end)?.strip_suffix('.'));
    let name = before.filter(|before| is_too_long && !before.is_empty()).unwrap_or(name);
    fitting(name, room, NAME_LETTER)
}

/// What a mail says within words of ours: whichever way it runs, they go on from left to right (Unicode FSI and PDI).
pub fn isolated(value: &str) -> String {
    format!("\u{2068}{value}\u{2069}")
}

pub fn text(class: &'static str, x: f64, y: f64, text: String) -> Part {
    Part::Text { class, place: [x, y], anchor: Anchor::Start, text }
}

/// A name of which `text` is shown.
pub fn name(class: &'static str, place: [f64; 2], anchor: Anchor, text: String, full: &str) -> Part {
    let full = (text != full).then(|| fitting(full, TIP, 1.0));
    Part::Name(Name { class, place, anchor, text, full })
}

/// No tip has more letters.
const TIP: f64 = 300.0;

/// `3`, `3, 4`, `3 to 8`, counted from 1.
pub fn numbers([first, last]: [usize; 2]) -> String {
    match last - first {
        0 => format!("{}", first + 1),
        1 => format!("{}, {}", first + 1, last + 1),
        _ => format!("{} to {}", first + 1, last + 1),
    }
}

/// `hop 3`, `hops 3, 4`
pub fn hops(hops: [usize; 2]) -> String {
    let noun = if hops[0] == hops[1] { "hop" } else { "hops" };
    format!("{noun} {}", numbers(hops))
}
