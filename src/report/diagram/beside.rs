//! What stands around a reel: the names of its members, and the marks of the hops that lead from one to the next.

use super::super::Message;
use super::lanes::Lanes;
use super::reel::{self, Reel};
use super::ring::{Frame, RADIUS, letter};
use super::sheet::{LETTER, NAME_LETTER, Sheet, fitting, letters, name, text};
use super::view::View;
use super::{Anchor, Part, Pill, units};

/// Around a reel of more members than this no names find room; they stand in a list below.
pub const AROUND: usize = 12;

/// Of more members than this only the first and the turning point get their names.
const NAMED: usize = 8;

/// Of more members than this the list shows no further ones.
const LISTED: usize = 60;

/// What there is to say of one member.
pub struct Words {
    name: String,
    detail: String,
    organisation: Option<String>,
    /// Whether it is named where not all are.
    is_first_named: bool,
    /// The mark of the hops that lead on from it; absent where no line tells of them.
    pill: Option<Pill>,
    /// The mark of those that lead to it.
    to: Option<[usize; 2]>,
}

impl Words {
    /// Whether it is the member to which the last hop of the round led.
    pub fn hops_to_it(&self, last: usize) -> bool {
        self.to.is_some_and(|[_, to]| to == last)
    }
}

/// What there is to say of the members, in the order of a lap.
pub fn words(message: &Message, reel: &Reel<'_>, view: &View) -> Vec<Words> {
    let ways = reel::ways(message, reel, view);
    let count = reel.circle.members.len();
    let members = reel.circle.members.iter().enumerate();
    let words = members.map(|(place, member)| {
        let host = member.host.and_then(|host| message.hosts.get(host));
        let of = |place: usize| ways.get(place % count.max(1)).cloned().flatten();
        Words {
            name: member.name.clone(),
            detail: match member.is_turning_point {
                true => "turning point".to_owned(),
                false if place == 0 => format!("{} passes", reel.circle.passes.len()),
                false => String::new(),
            },
            organisation: host.map_or_else(|| Some(member.name.clone()), |host| host.organisation.clone()),
            is_first_named: place == 0 || member.is_turning_point,
            pill: of(place),
            to: of(place + count - 1).map(|pill| pill.hops),
        }
    });
    words.collect()
}

/// A name or a mark beside the reel.
struct Item<'w> {
    /// The middle of its place on the circle.
    angle: f64,
    /// The member whose name it is, or from which the hops lead on.
    words: &'w Words,
    is_name: bool,
    /// The height of its middle.
    y: f64,
}

impl Item<'_> {
    fn height(&self) -> f64 {
        match (self.is_name, self.words.detail.is_empty()) {
            (true, false) => 30.0,
            (true, true) => 16.0,
            (false, _) => Pill::HEIGHT,
        }
    }

    fn width(&self) -> f64 {
        match &self.words.pill {
            Some(pill) if !self.is_name => pill.width,
            _ => (letters(&self.words.name) * NAME_LETTER).max(letters(&self.words.detail) * LETTER),
        }
    }
}

/// The names and marks of one side, from top to bottom, moved apart where they would lie on one another.
fn side<'w>(words: &'w [Words], frame: &Frame, is_right: bool) -> Vec<Item<'w>> {
    let mut items: Vec<Item<'w>> = Vec::new();
    for (place, one) in words.iter().enumerate() {
        let mut add = |angle: f64, is_name| {
            if (angle.cos() > -1e-6) == is_right {
                items.push(Item { angle, words: one, is_name, y: frame.y + (RADIUS + 20.0) * angle.sin() });
            }
        };
        if words.len() <= NAMED || one.is_first_named {
            add(frame.angle(place), true);
        }
        if one.pill.is_some() {
            add(frame.angle(place) + frame.step / 2.0, false);
        }
    }
    items.sort_by(|one, other| one.y.total_cmp(&other.y));
    let mut end = f64::NEG_INFINITY;
    let mut moved = 0.0;
    for item in &mut items {
        let y = item.y.max(end + 5.0 + item.height() / 2.0);
        moved += y - item.y;
        item.y = y;
        end = y + item.height() / 2.0;
    }
    let back = moved / items.len().max(1) as f64;
    items.iter_mut().for_each(|item| item.y -= back);
    items
}

/// How far from the middle of the reel its words start, at a height.
fn clearance(frame: &Frame, item: &Item<'_>) -> f64 {
    // The nearer edge of the words counts.
    let away = ((item.y - frame.y).abs() - item.height() / 2.0).max(0.0);
    // A name stands beside a capsule, which stands out of the ring.
    let outer = RADIUS + if item.is_name { 20.0 } else { 14.0 };
    let clear = (outer * outer - away * away).max(0.0).sqrt().max(12.0);
    // The way in comes from above.
    let (entry, entry_y) = frame.at(frame.start, RADIUS + 15.0);
    let is_left_of_it = item.angle.cos() < 0.0 && item.y - item.height() / 2.0 < entry_y + 4.0;
    if is_left_of_it { clear.max(frame.x - entry + 8.0) } else { clear }
}

/// Where the middle of a reel stands so that most of its members are in their own lanes and all words fit: a multiple of a quarter of a
/// lane. Absent where that is not to be had.
pub fn centre(words: &[Words], frame: &Frame, lanes: &Lanes, sheet: &Sheet) -> Option<f64> {
    if words.len() > AROUND {
        return None;
    }
    let reach = |is_right| {
        let items = side(words, frame, is_right);
        items.iter().map(|item| clearance(frame, item) + item.width()).fold(RADIUS + 12.0, f64::max)
    };
    let (left, right) = (reach(false) + 4.0, reach(true) + 4.0);
    let own = |x: f64| {
        let in_lane = words.iter().enumerate().filter(|(place, one)| {
            let (x, _) = Frame { x, ..frame.clone() }.at(frame.angle(*place), RADIUS);
            let lane =
                lanes.names.iter().position(|name| Some(name) == one.organisation.as_ref()).or(lanes.others);
            lane == Some((x / sheet.lane).max(0.0) as usize)
        });
        in_lane.count()
    };
    let places = (1..4 * lanes.names.len()).map(|quarter| sheet.lane * quarter as f64 / 4.0);
    let fit = places.filter(|x| *x >= left && x + right <= sheet.lanes_end);
    let off = |x: f64| -> f64 { -(x - frame.x).abs() };
    let best =
        fit.max_by(|one, other| own(*one).cmp(&own(*other)).then(off(*one).total_cmp(&off(*other))))?;
    (own(best) * 2 > words.len()).then_some(best)
}

/// Draws names and marks around a reel, in so many units.
pub fn draw(words: &[Words], frame: &Frame, width: f64) -> Vec<Part> {
    let mut parts = Vec::new();
    for is_right in [true, false] {
        for item in side(words, frame, is_right) {
            let clear = clearance(frame, &item);
            let x = if is_right { frame.x + clear } else { frame.x - clear };
            let (ring_x, ring_y) = frame.at(item.angle, RADIUS + 5.0);
            if (item.y - ring_y).abs() > 30.0 {
                let d = format!("M{} {}L{} {}", units(ring_x), units(ring_y), units(x), units(item.y));
                parts.push(Part::Path { class: "leader", hops: None, d });
            }
            place(&mut parts, &item, x, is_right, width);
        }
    }
    parts
}

fn place(parts: &mut Vec<Part>, item: &Item<'_>, x: f64, is_right: bool, width: f64) {
    if let (false, Some(pill)) = (item.is_name, &item.words.pill) {
        let left = if is_right { x } else { x - pill.width };
        let left = left.min(width - pill.width).max(0.0);
        parts.push(Part::Pill(Pill { place: [left, item.y - Pill::HEIGHT / 2.0], ..pill.clone() }));
        return;
    }
    let (anchor, room) = if is_right { (Anchor::Start, width - x) } else { (Anchor::End, x) };
    let shown = fitting(&item.words.name, room - 4.0, NAME_LETTER);
    let y = if item.words.detail.is_empty() { item.y + 4.0 } else { item.y - 3.0 };
    parts.push(name("name", [x, y], anchor, shown, &item.words.name));
    if !item.words.detail.is_empty() {
        parts.push(Part::Text {
            class: "detail",
            place: [x, y + 15.0],
            anchor,
            text: item.words.detail.clone(),
        });
    }
}

/// Lists the members below a reel, each with the mark of the hops that lead on from it; gives back where the list ends.
pub fn list(parts: &mut Vec<Part>, words: &[Words], sheet: &Sheet, top: f64) -> f64 {
    const ROW: f64 = 30.0;
    let columns = ((sheet.lanes_end / 320.0) as usize).max(1);
    let column = sheet.lanes_end / columns as f64;
    let listed = words.len().min(LISTED);
    let rows = listed.div_ceil(columns);
    for (place, one) in words.iter().take(LISTED).enumerate() {
        let x = (place / rows.max(1)) as f64 * column + 8.0;
        let y = top + (place % rows.max(1)) as f64 * ROW + ROW / 2.0;
        let taken = one.pill.as_ref().map_or(0.0, |pill| pill.width + 8.0);
        let shown = fitting(&one.name, column - 36.0 - taken, NAME_LETTER);
        parts.push(text("letter-mark", x, y + 4.0, letter(place)));
        parts.push(name("name", [x + 22.0, y + 4.0], Anchor::Start, shown, &one.name));
        if let Some(pill) = &one.pill {
            let left = x + column - 12.0 - pill.width;
            parts.push(Part::Pill(Pill { place: [left, y - Pill::HEIGHT / 2.0], ..pill.clone() }));
        }
    }
    let bottom = top + rows as f64 * ROW;
    if words.len() == listed {
        return bottom + 8.0;
    }
    parts.push(text(
        "detail",
        30.0,
        bottom + 14.0,
        format!("and {} more, in the table below", words.len() - listed),
    ));
    bottom + 30.0
}
