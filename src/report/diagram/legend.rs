//! What the signs of a drawing mean.

use super::{Drawing, Part};

/// A sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A circle.
    Machine,
    /// A dot in a circle.
    Origin,
    /// A tray.
    Mailbox,
    /// A clock.
    Waiting,
    /// Circles behind one another.
    Inside,
    /// A ladder.
    Run,
    /// A closed lock.
    Encrypted,
    /// An open lock.
    NotEncrypted,
    /// A triangle.
    Slow,
    /// A clock in a pill, and dots beside its time.
    Clock,
    /// A dotted line or circle.
    Inferred,
    /// A stop sign.
    Refused,
    /// The border of the receiving side.
    Border,
}

impl Sign {
    /// What it means.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Machine => "Server",
            Self::Origin => "Start of the header",
            Self::Mailbox => "Last server",
            Self::Waiting => "Mailbox, fetched later",
            Self::Inside => "Several lines of one machine",
            Self::Run => "Hops that are folded",
            Self::Encrypted => "Encrypted",
            Self::NotEncrypted => "Not encrypted",
            Self::Slow => "A minute or more",
            Self::Clock => "A clock was wrong",
            Self::Inferred => "Inferred: no line tells of it",
            Self::Refused => "Refused",
            Self::Border => "Beyond it the receiving side wrote the lines",
        }
    }

    /// Whether a part bears it.
    fn is_on(self, part: &Part) -> bool {
        let is = |class: &str| match part {
            Part::Path { class: of, .. } | Part::Circle { class: of, .. } => *of == class,
            _ => false,
        };
        match (self, part) {
            (Self::Encrypted, Part::Pill(pill)) => pill.is_encrypted == Some(true),
            (Self::NotEncrypted, Part::Pill(pill)) => pill.is_encrypted == Some(false),
            (Self::Slow, Part::Pill(pill)) => pill.is_slow && !pill.is_off,
            (Self::Clock, Part::Pill(pill)) => pill.is_off,
            (Self::Clock, _) => is("leader is-off"),
            (Self::Machine, Part::Circle { class, place }) => *class == "station" && place[2] < 8.0,
            (Self::Origin, _) => is("station-dot"),
            // Of all stops, only the tray is no circle.
            (Self::Mailbox, Part::Path { class, .. }) => *class == "station",
            (Self::Waiting, _) => is("hand"),
            (Self::Inside, _) => is("station-back"),
            (Self::Run, _) => is("rungs"),
            (Self::Inferred, _) => is("station is-inferred") || is("edge is-inferred"),
            (Self::Refused, _) => is("refused"),
            (Self::Border, _) => is("border"),
            _ => false,
        }
    }
}

const SIGNS: [Sign; 13] = [
    Sign::Origin,
    Sign::Machine,
    Sign::Mailbox,
    Sign::Waiting,
    Sign::Inside,
    Sign::Run,
    Sign::Encrypted,
    Sign::NotEncrypted,
    Sign::Slow,
    Sign::Clock,
    Sign::Inferred,
    Sign::Refused,
    Sign::Border,
];

/// The signs that a drawing uses.
#[must_use]
pub fn legend(drawing: &Drawing) -> Vec<Sign> {
    SIGNS.into_iter().filter(|sign| drawing.parts.iter().any(|part| sign.is_on(part))).collect()
}
