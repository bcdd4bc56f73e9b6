//! Where the lines of a drawing run: behind a fork, the lines that wait for their row go down beside the stops.

use super::super::{Space, units};

/// The measures of a drawing, in units.
pub struct Sheet {
    pub width: f64,
    pub lane: f64,
    /// The height of the lanes' heads.
    pub head: f64,
    pub has_lanes: bool,
    lanes: usize,
}

/// From one rail to the next, where there is no room for lanes.
const RAIL: f64 = 30.0;

impl Sheet {
    pub fn of(space: Space, lanes: usize) -> Self {
        let lanes = lanes.max(1);
        let width = match space {
            Space::Wide => 872.0,
            Space::Middle => 656.0,
            Space::Narrow => {
                return Self { width: 326.0, lane: RAIL, head: 8.0, has_lanes: false, lanes };
            }
        };
        Self { width, lane: (width / lanes as f64).floor(), head: 56.0, has_lanes: true, lanes }
    }

    /// The middle of a lane's line of stops.
    pub fn x(&self, lane: usize) -> f64 {
        lane as f64 * self.lane + if self.has_lanes { 24.0 } else { 22.0 }
    }

    /// Where the names of the stops in a lane start.
    pub fn label(&self, lane: usize) -> f64 {
        if self.has_lanes { self.x(lane) + 20.0 } else { self.x(self.lanes - 1) + 22.0 }
    }

    /// How much room there is from there.
    pub fn room(&self) -> f64 {
        if self.has_lanes { self.lane - 48.0 } else { self.width - self.label(0) - 6.0 }
    }
}

/// A line that goes down beside the stops of a lane, from one row to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Track {
    pub lane: usize,
    pub rows: [usize; 2],
}

/// How far to the left of the stops each track runs. Those that overlap run beside one another; of more than two, the others share a place.
pub fn offsets(tracks: &[Track]) -> Vec<f64> {
    let mut slots: Vec<usize> = Vec::with_capacity(tracks.len());
    for (nth, track) in tracks.iter().enumerate() {
        let overlaps = |slot: usize| {
            let placed = tracks.iter().zip(&slots).take(nth);
            placed.filter(|(_, of)| **of == slot).any(|(other, _)| {
                other.lane == track.lane && other.rows[0] <= track.rows[1] && track.rows[0] <= other.rows[1]
            })
        };
        slots.push(usize::from(overlaps(0)));
    }
    slots.into_iter().map(|slot| 15.0 + 5.0 * slot as f64).collect()
}

/// A line from one place to another that turns at the height `middle`; `beside` is where it goes down to there, if not straight from its
/// start.
pub fn line(from: (f64, f64), to: (f64, f64), middle: f64, beside: Option<f64>) -> String {
    let down = beside.unwrap_or(from.0);
    let mut d = format!("M{} {}", units(from.0), units(from.1));
    if (down - from.0).abs() >= 1.0 {
        let bend = 6.0_f64.copysign(down - from.0);
        d += &format!(
            "H{}Q{} {} {} {}",
            units(down - bend),
            units(down),
            units(from.1),
            units(down),
            units(from.1 + 6.0)
        );
    }
    if (down - to.0).abs() >= 1.0 {
        let bend = 10.0_f64.min((to.0 - down).abs() / 2.0).copysign(to.0 - down);
        d += &format!(
            "V{}Q{} {middle} {} {middle}H{}Q{} {middle} {} {}",
            units(middle - bend.abs()),
            units(down),
            units(down + bend),
            units(to.0 - bend),
            units(to.0),
            units(to.0),
            units(middle + bend.abs()),
            middle = units(middle)
        );
    }
    d + &format!("V{}", units(to.1))
}

#[cfg(test)]
mod tests {
    use super::{Track, line, offsets};

    #[test]
    fn tracks_that_overlap_run_beside_one_another() {
        let track = |lane, from, to| Track { lane, rows: [from, to] };
        let tracks = [track(0, 0, 5), track(0, 2, 3), track(1, 0, 5), track(0, 6, 9)];
        assert_eq!(offsets(&tracks), [15.0, 20.0, 15.0, 15.0]);
    }

    #[test]
    fn a_line_turns_at_its_middle_and_only_where_it_has_to() {
        assert_eq!(line((24.0, 10.0), (24.0, 80.0), 40.0, None), "M24 10V80");
        assert_eq!(
            line((24.0, 10.0), (124.0, 80.0), 40.0, None),
            "M24 10V30Q24 40 34 40H114Q124 40 124 50V80"
        );
        let beside = line((17.0, 10.0), (24.0, 80.0), 40.0, Some(9.0));
        assert_eq!(beside, "M17 10H15Q9 10 9 16V32.5Q9 40 16.5 40H16.5Q24 40 24 47.5V80");
    }
}
