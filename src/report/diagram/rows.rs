//! What is drawn below one another: stops, hops that are folded, and the round of a loop.

use std::ops::Range;

use super::super::Message;
use super::stops::{Link, Sort, Stop};
use super::view::{Opening, View};

/// A row of the drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// One stop, by its place.
    Stop(usize),
    /// Stops that are folded.
    Folded(Run),
    /// The head of a run that was opened.
    Opened(Run),
    /// The round of a loop.
    Reel,
}

/// A run of stops that can be folded.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The stops.
    pub stops: Range<usize>,
    /// Their hops, first and last.
    pub hops: [usize; 2],
    /// Whether there is room to open it.
    pub can_open: bool,
}

/// More stops than this are not drawn one by one.
const MANY: usize = 40;

/// Of a run within one organisation, so many in a row are folded then.
const RUN: usize = 4;

/// So many are drawn at each end, whatever they are.
const ENDS: usize = 40;

/// Of an opened run so many are shown at each of its ends, and so many runs can be open.
const SHOWN: usize = 20;
const OPEN: usize = 8;

/// The rows of a route. `reel` are the stops of its loop.
pub fn of(message: &Message, stops: &[Stop], reel: Option<Range<usize>>, view: &View) -> Vec<Row> {
    let mut folder = Folder { message, stops, view, left: OPEN, rows: Vec::new() };
    let beside = reel.as_ref().map_or(stops.len(), |reel| stops.len() - reel.len());
    let is_long = beside > MANY;
    match reel {
        Some(reel) => {
            folder.add(0..reel.start, is_long);
            folder.rows.push(Row::Reel);
            folder.add(reel.end..stops.len(), is_long);
        }
        None => folder.add(0..stops.len(), is_long),
    }
    folder.rows
}

struct Folder<'a> {
    message: &'a Message,
    stops: &'a [Stop],
    view: &'a View,
    /// How many runs may still be opened.
    left: usize,
    rows: Vec<Row>,
}

impl Folder<'_> {
    fn add(&mut self, stops: Range<usize>, is_long: bool) {
        if !is_long {
            self.rows.extend(stops.map(Row::Stop));
            return;
        }
        let pieces = self.pieces(stops);
        if pieces.len() <= 2 * ENDS + 1 {
            pieces.into_iter().for_each(|piece| self.piece(piece));
            return;
        }
        // Where folding within the organisations is not enough, all between the ends is folded.
        let (head, rest) = pieces.split_at(ENDS);
        let (middle, tail) = rest.split_at(rest.len() - ENDS);
        let between = middle.first().zip(middle.last()).map(|(first, last)| first.start..last.end);
        for piece in head.iter().cloned().chain(between).chain(tail.iter().cloned()) {
            self.piece(piece);
        }
    }

    /// Runs that are folded, and single stops.
    fn pieces(&self, stops: Range<usize>) -> Vec<Range<usize>> {
        let mut pieces: Vec<Range<usize>> = Vec::new();
        let mut start = stops.start;
        for place in stops.clone() {
            if self.stays(place, &stops) {
                push(&mut pieces, start..place);
                pieces.push(place..place + 1);
                start = place + 1;
            }
        }
        push(&mut pieces, start..stops.end);
        pieces
    }

    /// Whether a stop is drawn whatever stands around it: the first and the last of an organisation, and the two ends of a hop that
    /// took long or that a finding is about.
    fn stays(&self, place: usize, among: &Range<usize>) -> bool {
        let at = |place: usize| self.stops.get(place).filter(|_| among.contains(&place));
        let Some(stop) = at(place) else { return true };
        let is_of = |other: Option<&Stop>| other.is_some_and(|other| other.organisation == stop.organisation);
        let is_kept = |stop: &Stop| matches!(stop.link, Link::Hop(hop) if self.view.stays(self.message, hop));
        place == 0
            || !is_of(at(place.wrapping_sub(1)))
            || !is_of(at(place + 1))
            || matches!(stop.sort, Sort::Waiting | Sort::Refused)
            || is_kept(stop)
            || at(place + 1).is_some_and(is_kept)
    }

    fn piece(&mut self, stops: Range<usize>) {
        let Some(hops) = self.hops(&stops).filter(|_| stops.len() > 1) else {
            self.rows.extend(stops.map(Row::Stop));
            return;
        };
        let run = Run { stops: stops.clone(), hops, can_open: self.left > 0 };
        if self.left == 0 || !self.view.is_open(Opening::Run(hops[0])) {
            self.rows.push(Row::Folded(run));
            return;
        }
        self.left -= 1;
        self.rows.push(Row::Opened(run));
        if stops.len() <= 2 * SHOWN + RUN {
            self.rows.extend(stops.map(Row::Stop));
            return;
        }
        let (head, tail) = (stops.start + SHOWN, stops.end - SHOWN);
        self.rows.extend((stops.start..head).map(Row::Stop));
        self.piece(head..tail);
        self.rows.extend((tail..stops.end).map(Row::Stop));
    }

    fn hops(&self, stops: &Range<usize>) -> Option<[usize; 2]> {
        let mut hops = None;
        for stop in self.stops.get(stops.clone()).unwrap_or_default() {
            if let Link::Hop(hop) = stop.link {
                let last = stop.inside.map_or(hop, |[_, last]| last);
                hops = hops.map_or(Some([hop, last]), |[first, _]: [usize; 2]| Some([first, last]));
            }
        }
        hops
    }
}

/// A run, or the stops one by one where folding saves nothing.
fn push(pieces: &mut Vec<Range<usize>>, run: Range<usize>) {
    if run.len() >= RUN {
        pieces.push(run);
    } else {
        pieces.extend(run.map(|place| place..place + 1));
    }
}
