//! The rails beside a list of copies: one for the mail itself, and one for each server that made copies, which leaves it where its first
//! copy stands. Each row is drawn by itself, so that a list of ten thousand copies costs what is in view.

use std::ops::RangeInclusive;

use super::{Part, units};

/// The rails of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Rails {
    /// From which row to which the mail itself goes; absent where no copy came straight.
    trunk: Option<RangeInclusive<usize>>,
    /// The same of each server, by its rail.
    makers: Vec<Option<RangeInclusive<usize>>>,
    /// The rail of each row: 0 is the mail itself.
    of_row: Vec<usize>,
}

/// So many servers have a rail; the others share the last.
const MOST: usize = 3;

/// The height of a row.
pub const ROW: f64 = 30.0;

/// From one rail to the next.
const PITCH: f64 = 18.0;

impl Rails {
    /// The rails of a list in which each row has this maker, or none.
    #[must_use]
    pub fn of(makers: &[Option<usize>]) -> Self {
        let of_row: Vec<usize> =
            makers.iter().map(|maker| maker.map_or(0, |maker| maker.min(MOST - 1) + 1)).collect();
        let span = |rail: usize| {
            let first = of_row.iter().position(|of| *of == rail)?;
            Some(first..=of_row.iter().rposition(|of| *of == rail)?)
        };
        let makers: Vec<_> = (1..=MOST).map(span).collect();
        // The mail goes on to where the last server takes it from it.
        let starts = || makers.iter().flatten().map(|span| *span.start());
        let trunk = span(0).map(|span| {
            let first = starts().min().map_or(*span.start(), |start| start.min(*span.start()));
            first..=starts().max().map_or(*span.end(), |start| start.max(*span.end()))
        });
        Self { trunk, makers, of_row }
    }

    /// The width of the rails.
    #[must_use]
    pub fn width(&self) -> f64 {
        let used = self.makers.iter().rposition(Option::is_some).map_or(1, |last| last + 2);
        PITCH * used as f64
    }

    /// The rails of one row.
    #[must_use]
    pub fn row(&self, row: usize) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let rail = self.of_row.get(row).copied().unwrap_or_default();
        // Where the mail's rail ends with a turn, the turn is all of it.
        let ends_here = |trunk: &RangeInclusive<usize>| *trunk.end() == row && rail != 0;
        if let Some(trunk) = self.trunk.as_ref().filter(|trunk| !ends_here(trunk)) {
            parts.extend(stretch(trunk, row, 0));
        }
        for (nth, span) in self.makers.iter().enumerate() {
            let Some(span) = span.as_ref().filter(|span| span.contains(&row)) else { continue };
            if *span.start() == row && self.trunk.is_some() {
                parts.push(turn(nth + 1));
            }
            parts.extend(stretch(span, row, nth + 1));
        }
        let (x, middle) = (x(rail), ROW / 2.0);
        parts.push(if rail == 0 {
            path("first", format!("M{} {}h10l-5 11z", units(x - 5.0), units(middle - 6.0)))
        } else {
            Part::Circle { class: "dot", place: [x, middle, 4.5] }
        });
        parts
    }
}

fn x(rail: usize) -> f64 {
    8.0 + PITCH * rail as f64
}

/// A rail in a row: through it, or from or to its middle.
fn stretch(span: &RangeInclusive<usize>, row: usize, rail: usize) -> Option<Part> {
    let from = if *span.start() == row { ROW / 2.0 } else { 0.0 };
    let to = if *span.end() == row { ROW / 2.0 } else { ROW };
    (span.contains(&row) && from < to)
        .then(|| path("rail", format!("M{} {}V{}", units(x(rail)), units(from), units(to))))
}

/// From the mail itself to a rail that starts here.
fn turn(rail: usize) -> Part {
    let middle = units(ROW / 2.0);
    path(
        "rail",
        format!(
            "M{} 0V4Q{} {middle} {} {middle}H{}",
            units(x(0)),
            units(x(0)),
            units(x(0) + 10.0),
            units(x(rail))
        ),
    )
}

fn path(class: &'static str, d: String) -> Part {
    Part::Path { class, hops: None, d }
}

#[cfg(test)]
mod tests {
    use super::{Part, Rails};

    fn paths(rails: &Rails, row: usize) -> Vec<String> {
        let path = |part: Part| match part {
            Part::Path { class: "rail", d, .. } => Some(d),
            _ => None,
        };
        rails.row(row).into_iter().filter_map(path).collect()
    }

    #[test]
    fn a_server_s_rail_leaves_the_mail_s_and_ends_at_its_last_copy() {
        let rails = Rails::of(&[None, Some(0), Some(1), Some(0), Some(1)]);
        assert_eq!(paths(&rails, 0), ["M8 15V30"]);
        assert_eq!(paths(&rails, 1), ["M8 0V30", "M8 0V4Q8 15 18 15H26", "M26 15V30"]);
        assert_eq!(paths(&rails, 2), ["M26 0V30", "M8 0V4Q8 15 18 15H44", "M44 15V30"]);
        assert_eq!(paths(&rails, 3), ["M26 0V15", "M44 0V30"]);
        assert_eq!(paths(&rails, 4), ["M44 0V15"]);
    }

    #[test]
    fn copies_without_an_original_have_no_rail_to_leave() {
        let rails = Rails::of(&[Some(0), Some(0)]);
        assert_eq!(paths(&rails, 0), ["M26 15V30"]);
        assert_eq!(paths(&rails, 1), ["M26 0V15"]);
    }

    #[test]
    fn a_thousand_servers_share_the_last_rail() {
        let makers: Vec<Option<usize>> = (0..1_000).map(Some).collect();
        let rails = Rails::of(&makers);
        assert!(rails.width() < 100.0);
        assert!((0..1_000).all(|row| rails.row(row).len() < 9));
    }
}
