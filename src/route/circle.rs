//! Whether the message came back to where it had been already, and whether it goes round.
//!
//! A machine that is passed twice is not a loop yet: mail returns from filters, from lists, and from addresses that forward. What counts
//! is, in this order:
//!
//! 1. the same way from one machine to the next, taken twice for the same recipient;
//! 2. a machine of an organisation, passed three times for the same recipient, with another organisation in between each time;
//! 3. a machine that hands over to itself, by its own address or through its router, time and again;
//! 4. the same two to four organisations, three times in the same order, whatever their machines are called.
//!
//! Each list and each resending that the header tells of explains one more pass. Machines of Exchange Online and Google are many, and are
//! left to the fourth; so is everybody who has no name outside its network, but for a way that is taken three times. Lines that cannot be
//! believed do not count ([`visits`]).

mod proof;
mod visits;

use super::strata::Stratum;
use super::{Boundary, Hop, Host, Sort, Station};
use visits::Visits;

/// A message that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circle {
    /// What shows it.
    pub proof: Proof,
    /// Whether no other reading is left: the way is taken three times, or twice for one recipient who is named each time.
    pub is_certain: bool,
    /// Who takes part, in the order of one lap. It starts with the one that the message came to first.
    pub members: Vec<Member>,
    /// The hops by which the first member had the message, the oldest first.
    pub passes: Vec<usize>,
    /// The hop by which the message came back for the first time.
    pub first_return: usize,
    /// The machine that sent it back then, by its place in [`super::Route::hosts`].
    pub returner: Option<usize>,
    /// Seconds for one lap on average, by the clock of one machine, or by corrected delays where that cannot be. Absent where dates are
    /// missing or fall.
    pub seconds_per_lap: Option<i64>,
    /// Received lines that one lap adds on average.
    pub lines_per_lap: usize,
    /// Bytes of header that one lap adds on average.
    pub bytes_per_lap: usize,
}

/// One of those between which a message goes round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The machine's name, or the organisation's.
    pub name: String,
    /// The machine, by its place in [`super::Route::hosts`]; absent where it is an organisation with several.
    pub host: Option<usize>,
    /// The hop by which it had the message last.
    pub hop: usize,
    /// Whether the message turns there: it comes from the machine to which it goes on.
    pub is_turning_point: bool,
}

/// What shows that a message came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// One return to a machine: no loop yet.
    Return,
    /// The same way was taken again.
    Way,
    /// One machine was passed three times or more.
    Passes,
    /// One machine handed over to itself.
    Itself,
    /// The same organisations were passed in the same order.
    Order,
}

impl Circle {
    /// How often the message came back to the first member.
    #[must_use]
    pub const fn laps(&self) -> usize {
        self.passes.len().saturating_sub(1)
    }

    /// Whether the message goes round. Otherwise it only came back once.
    #[must_use]
    pub fn is_loop(&self) -> bool {
        self.proof != Proof::Return
    }
}

/// Whether an organisation, by its domain, filters or signs the mail of others and gives it back.
#[must_use]
pub fn is_service(organisation: &str) -> bool {
    visits::is_service(organisation)
}

/// What a circle is looked for in.
pub(super) struct Way<'r> {
    pub hops: &'r [Hop],
    pub hosts: &'r [Host],
    pub stations: &'r [Station],
    pub boundary: Option<&'r Boundary>,
}

/// Finds the circle; absent where the message came to no machine twice, or that is explained.
pub(super) fn find(way: &Way<'_>, strata: &[Stratum]) -> Option<Circle> {
    // Two hops end at two machines at most.
    if way.hops.len() < 3 {
        return None;
    }
    let visits = Visits::of(way);
    proof::find(way, &visits, explained(strata, way.hops))
}

/// More lists or resendings than this are not believed to explain anything: a loop adds such lines itself.
const MOST_EXPLAINED: usize = 2;

/// How many passes the header explains: a list or a person sent the message on.
fn explained(strata: &[Stratum], hops: &[Hop]) -> usize {
    let count = |names: &[&str]| {
        let of_name =
            |name: &&str| strata.iter().filter(|field| field.name.eq_ignore_ascii_case(name)).count();
        names.iter().map(of_name).max().unwrap_or(0).min(MOST_EXPLAINED)
    };
    let lists = count(&[
        "List-Id",
        "List-Post",
        "X-BeenThere",
        "X-Mailing-List",
        "Mailing-List",
        "X-Mailman-Version",
    ]);
    let is_list = hops.iter().any(|hop| hop.kind == super::Kind::List);
    let resent = strata.iter().filter(|field| field.sort == Sort::Resent).count();
    let resent = if resent == 0 { 0 } else { count(&["Resent-From", "Resent-Date"]).max(1) };
    lists.max(usize::from(is_list)) + resent
}
