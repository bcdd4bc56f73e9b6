//! What is drawn, from top to bottom.

use super::super::super::copies::listing::{arrival, by_arrival};
use super::super::super::copies::rhythm;
use super::super::super::{CopySet, Report, duration};
use super::super::stops::{Link, Sort, Stop};
use super::letter;
use super::ways::Ways;

/// A row of the drawing.
pub enum Item {
    /// The name of one of two copies.
    Separator(String),
    /// A place, by its place in [`Ways::nodes`].
    Node(usize),
    /// A mailbox from which a server must have collected the mail.
    Mailbox(Stop),
    /// The lines from before are gone.
    Band,
    /// A remark.
    Note(String),
}

/// The rows. `sides` are the members of a set of two, and empty for a larger one; `first` is the side of the first of them.
pub fn of(report: &Report, set: &CopySet, ways: &Ways, sides: &[usize], first: usize) -> Vec<Item> {
    let mut listing = Listing { report, set, ways, sides, first, items: Vec::new(), named: 0 };
    let starts = |is_cut: bool| {
        let nodes = ways.nodes.iter().enumerate();
        nodes
            .filter(move |(_, node)| node.parent.is_none() && node.cut.is_some() == is_cut)
            .map(|(place, _)| place)
    };
    for start in starts(false) {
        listing.walk(start);
    }
    let mut makers: Vec<usize> = starts(true).filter_map(|start| ways.nodes.get(start)?.cut).collect();
    makers.dedup();
    if !makers.is_empty() {
        // The second of two copies begins above the mailbox from which it was collected.
        if listing.named > 0 {
            listing.name(1);
        }
        for maker in makers {
            let mailbox = listing.mailbox(maker);
            listing.items.push(Item::Mailbox(mailbox));
        }
        listing.items.push(Item::Band);
        for start in starts(true) {
            listing.walk(start);
        }
    }
    listing.end();
    listing.items
}

struct Listing<'a> {
    report: &'a Report,
    set: &'a CopySet,
    ways: &'a Ways,
    sides: &'a [usize],
    first: usize,
    items: Vec<Item>,
    /// How many of the two have their separator.
    named: usize,
}

impl Listing<'_> {
    /// A place and all behind it: the first way to its end, then the others.
    fn walk(&mut self, start: usize) {
        let mut waiting = vec![start];
        while let Some(place) = waiting.pop() {
            let Some(node) = self.ways.nodes.get(place) else { continue };
            self.name(node.side.saturating_sub(self.first));
            self.items.push(Item::Node(place));
            waiting.extend(node.children.iter().rev());
        }
    }

    /// The separators up to this one of two copies.
    fn name(&mut self, side: usize) {
        while self.named <= side && self.named < self.sides.len() {
            let name = self.separator(self.named);
            self.items.push(Item::Separator(name));
            self.named += 1;
        }
    }

    fn end(&mut self) {
        let is_missing = self.named < self.sides.len();
        self.name(1);
        if is_missing {
            self.items.push(Item::Note("All its lines are lines of A.".to_owned()));
        }
        let further = self.ways.further;
        if further > 0 {
            let copies = if further == 1 { "1 copy".to_owned() } else { format!("{further} copies") };
            self.items.push(Item::Note(format!("And {copies} on ways that are not drawn.")));
        }
    }

    /// `A · Original`, `B · Copy, 26 minutes later`
    fn separator(&self, nth: usize) -> String {
        let member = |nth: usize| self.set.members.get(*self.sides.get(nth)?);
        let Some(of) = member(nth) else { return String::new() };
        let side = nth + self.first;
        let what = match (self.set.verdict.as_str(), of.generation) {
            ("duplicate-reinjected", 0) => "Original".to_owned(),
            ("duplicate-reinjected", _) => "Copy".to_owned(),
            ("not-duplicates", _) => format!("Message {}", of.message + 1),
            _ if side == 0 => "First copy".to_owned(),
            _ => "Second copy".to_owned(),
        };
        let arrived = |nth| arrival(self.report.messages.get(member(nth)?.message)?);
        let later = match (arrived(0), arrived(nth)) {
            (Some(first), Some(own)) if own > first => format!(", {} later", duration::spoken(own - first)),
            (Some(first), Some(own)) if own == first && nth > 0 => ", in the same second".to_owned(),
            (Some(first), Some(own)) if own < first => format!(", {} earlier", duration::spoken(first - own)),
            _ => String::new(),
        };
        format!("{} · {what}{later}", letter(side))
    }

    fn mailbox(&self, maker: usize) -> Stop {
        let times: Vec<i64> = (by_arrival(self.report, self.set).iter())
            .filter(|row| row.maker == Some(maker))
            .filter_map(|row| row.arrived)
            .collect();
        let every =
            rhythm::interval(&times).map(|seconds| format!("polled every {}", duration::short(seconds)));
        // Beside the server that collected it, whose lines come first behind the cut.
        let own = self.ways.nodes.iter().filter(|node| node.maker == Some(maker));
        let site = self.set.makers.get(maker).and_then(|maker| maker.site.clone());
        let organisation = own.filter_map(|node| node.stop.organisation.clone()).next().or(site);
        Stop {
            host: None,
            organisation,
            name: "POP3 mailbox".to_owned(),
            detail: every.unwrap_or_else(|| "inferred".to_owned()),
            sort: Sort::Waiting,
            link: Link::Inferred,
            inside: None,
            epoch: None,
            is_off: false,
        }
    }
}
