//! The ways of the copies laid one on the other: machines of the same name behind the same way are one.
//!
//! What a server sends out again starts at that server. How the mail came there is drawn once, and not again for every lap of a storm.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::super::super::{CopyMember, CopySet, Message, Report};
use super::super::stops::{self, Link, Sort, Stop};
use super::super::{Space, View};

/// The ways.
#[derive(Default)]
pub struct Ways {
    /// The places, each behind the one from which the mail came.
    pub nodes: Vec<Node>,
    /// Copies on ways that were too many to lay.
    pub further: usize,
}

/// A place on the ways.
pub struct Node {
    /// Where the mail came from; absent where a way starts.
    pub parent: Option<usize>,
    /// The places behind it.
    pub children: Vec<usize>,
    /// What it is.
    pub stop: Stop,
    /// The server that sent out again what comes here, by its place in [`CopySet::makers`], where that cut off the lines from before.
    pub cut: Option<usize>,
    /// A message that came here, by its place in the report.
    pub message: usize,
    /// The line that tells of it.
    pub hop: Option<usize>,
    /// Who made the copies that came here; absent where several did, or nobody.
    pub maker: Option<usize>,
    /// Of two copies the one that came here first: 0 or 1.
    pub side: usize,
    /// How often the mail came here.
    pub times: usize,
    /// The messages that end here.
    pub ends: Vec<usize>,
    /// From when to when.
    pub epochs: Option<(i64, i64)>,
}

/// More places than this are not drawn.
const PLACES: usize = 60;

/// Of a longer way so many places are drawn at its start and at its end.
const HEAD: usize = 6;
const TAIL: usize = 8;

/// Lays the ways of these members. Where `is_pair`, only what is one hop for both is laid together; `first` is the side of the first.
pub fn of(report: &Report, set: &CopySet, members: &[usize], is_pair: bool, first: usize) -> Ways {
    let mut laying = Laying {
        set,
        is_pair,
        starts: starts(set),
        ways: Ways::default(),
        behind: HashMap::new(),
        known: HashMap::new(),
        sources: HashMap::new(),
        seen: HashSet::new(),
    };
    for (side, member) in members.iter().enumerate() {
        let Some(member) = set.members.get(*member) else { continue };
        let Some(message) = report.messages.get(member.message) else { continue };
        laying.lay(member, message, first + side);
    }
    laying.ways
}

/// How many hops of the tree stand before each branch.
fn starts(set: &CopySet) -> Vec<usize> {
    let mut starts: Vec<usize> = Vec::with_capacity(set.tree.len());
    for branch in &set.tree {
        let above = branch.parent.and_then(|parent| Some((starts.get(parent)?, set.tree.get(parent)?)));
        starts.push(above.map_or(0, |(start, above)| start + above.hops[1].saturating_sub(above.hops[0])));
    }
    starts
}

/// A place on the way of a message, and the station there.
type Step = (usize, Option<usize>);

/// Behind which place or which cut, by name; for two copies also by the hop in the tree.
type Key = (Option<usize>, Option<usize>, String, Option<(usize, usize)>);

/// The maker, whether it cut the way off, and the names on the way.
type Known<'r> = (Option<usize>, bool, Vec<&'r str>);

struct Laying<'r> {
    set: &'r CopySet,
    is_pair: bool,
    starts: Vec<usize>,
    ways: Ways,
    behind: HashMap<Key, usize>,
    /// Ways that were laid before, by the maker and the names.
    known: HashMap<Known<'r>, Rc<Vec<Step>>>,
    /// Where each maker stands.
    sources: HashMap<usize, Option<usize>>,
    /// The places with the branches of the tree that lead there.
    seen: HashSet<(usize, Option<usize>)>,
}

impl<'r> Laying<'r> {
    fn lay(&mut self, member: &CopyMember, message: &'r Message, side: usize) {
        // Two copies are drawn whole.
        let maker = member.maker.filter(|_| member.generation > 0 && (!self.is_pair || message.is_cut));
        let from = member.fork.as_ref().and_then(|fork| fork.hop).unwrap_or(0);
        let from = maker.filter(|_| !message.is_cut).map(|_| from);
        let first = from.map_or(0, |hop| message.stations.partition_point(|station| station.last < hop));
        let names: Vec<&str> =
            message.stations.iter().skip(first).map(|station| name(message, station.host)).collect();
        let key = (maker, message.is_cut, names);
        let steps = match self.known.get(&key).filter(|_| !self.is_pair) {
            Some(steps) => Rc::clone(steps),
            None => {
                let steps = Rc::new(self.steps(member, message, side, maker, from));
                self.known.insert(key, Rc::clone(&steps));
                steps
            }
        };
        match steps.last() {
            Some((last, _)) => {
                if let Some(node) = self.ways.nodes.get_mut(*last) {
                    node.ends.push(member.message);
                }
            }
            None => self.ways.further += 1,
        }
        self.count(member, message, &steps);
    }

    /// Counts the message on its way.
    fn count(&mut self, member: &CopyMember, message: &Message, steps: &[Step]) {
        for (place, station) in steps {
            let hop = station.and_then(|station| message.stations.get(station)).map(|station| station.first);
            let branch = hop.and_then(|hop| self.branch(member, message, hop)).map(|(branch, _)| branch);
            let is_new = self.seen.insert((*place, branch));
            let Some(node) = self.ways.nodes.get_mut(*place) else { continue };
            node.times += usize::from(is_new);
            if node.maker != member.maker {
                node.maker = None;
            }
            let epoch = hop.and_then(|hop| message.hops.get(hop)?.epoch);
            if let Some(epoch) = epoch {
                let (first, last) = node.epochs.unwrap_or((epoch, epoch));
                node.epochs = Some((first.min(epoch), last.max(epoch)));
            }
        }
    }

    /// The branch of the tree in which a hop stands, and its place among all hops of the tree.
    fn branch(&self, member: &CopyMember, message: &Message, hop: usize) -> Option<(usize, usize)> {
        let leaf = self.set.tree.get(member.branch)?;
        let depth = self.starts.get(member.branch)? + leaf.hops[1].saturating_sub(leaf.hops[0]);
        let place = hop + depth.saturating_sub(message.hops.len());
        let mut at = member.branch;
        while self.starts.get(at).is_some_and(|start| *start > place) {
            at = self.set.tree.get(at)?.parent?;
        }
        Some((at, place))
    }

    /// Lays a way that was not known; nothing where there are too many.
    fn steps(
        &mut self,
        member: &CopyMember,
        message: &Message,
        side: usize,
        maker: Option<usize>,
        from: Option<usize>,
    ) -> Vec<Step> {
        let all: Vec<(Stop, Option<usize>)> = stops::of(message, &View::new(Space::Wide))
            .into_iter()
            .map(|stop| stationed(stop, message))
            .collect();
        let source = from.and_then(|hop| {
            let station = message.stations.partition_point(|station| station.last < hop);
            all.iter().position(|(_, of)| *of == Some(station))
        });
        let own = all.get(source.map_or(0, |source| source + 1)..).unwrap_or_default();
        if !self.ways.nodes.is_empty() && self.ways.nodes.len() + own.len().min(HEAD + TAIL) > PLACES {
            return Vec::new();
        }
        let mut at = None;
        if let Some((maker, source)) = maker.zip(source) {
            at = match self.sources.get(&maker) {
                Some(known) => *known,
                None => {
                    let before = all.get(..=source).unwrap_or_default();
                    let steps = self.walk(None, None, before, member, message, side);
                    self.count(member, message, &steps);
                    let at = steps.last().map(|(place, _)| *place);
                    self.sources.insert(maker, at);
                    at
                }
            };
        }
        let cut = maker.filter(|_| message.is_cut);
        let steps = self.walk(at, cut, own, member, message, side);
        // What a server kept for itself ends there.
        if steps.is_empty() { at.map(|at| (at, None)).into_iter().collect() } else { steps }
    }

    /// Walks from a place on, laying what is not there yet.
    fn walk(
        &mut self,
        mut at: Option<usize>,
        cut: Option<usize>,
        stops: &[(Stop, Option<usize>)],
        member: &CopyMember,
        message: &Message,
        side: usize,
    ) -> Vec<Step> {
        let mut steps = Vec::new();
        for (stop, station) in shortened(stops) {
            let hop = station.and_then(|station| message.stations.get(station)).map(|station| station.first);
            let cut = cut.filter(|_| at.is_none());
            let in_tree = hop.filter(|_| self.is_pair).and_then(|hop| self.branch(member, message, hop));
            let key = (at, cut, stop.name.clone(), in_tree);
            let place = self.behind.get(&key).copied().unwrap_or_else(|| {
                let node = Node {
                    parent: at,
                    children: Vec::new(),
                    stop,
                    cut,
                    message: member.message,
                    hop,
                    maker: member.maker,
                    side,
                    times: 0,
                    ends: Vec::new(),
                    epochs: None,
                };
                self.ways.nodes.push(node);
                let place = self.ways.nodes.len() - 1;
                if let Some(parent) = at.and_then(|at| self.ways.nodes.get_mut(at)) {
                    parent.children.push(place);
                }
                self.behind.insert(key, place);
                place
            });
            steps.push((place, station));
            at = Some(place);
        }
        steps
    }
}

/// The name of a machine, for telling ways apart.
fn name(message: &Message, host: Option<usize>) -> &str {
    host.and_then(|host| message.hosts.get(host)).map_or("", |host| host.name.as_str())
}

/// A stop with its place in [`Message::stations`].
fn stationed(stop: Stop, message: &Message) -> (Stop, Option<usize>) {
    let hop = match stop.link {
        Link::Hop(hop) => Some(hop),
        Link::Start | Link::Inferred => stop.inside.map(|[first, _]| first),
    };
    let station = hop.map(|hop| message.stations.partition_point(|station| station.last < hop));
    (stop, station)
}

/// The stops, of a very long way only those at its ends.
fn shortened(stops: &[(Stop, Option<usize>)]) -> Vec<(Stop, Option<usize>)> {
    if stops.len() <= HEAD + TAIL + 1 {
        return stops.to_vec();
    }
    let (head, rest) = stops.split_at(HEAD);
    let (middle, tail) = rest.split_at(rest.len() - TAIL);
    let folded = middle.first().map(|(stop, _)| Stop {
        name: format!("{} more servers", middle.len()),
        detail: "in the table of hops".to_owned(),
        sort: Sort::Inferred,
        link: Link::Inferred,
        inside: None,
        host: None,
        epoch: None,
        is_off: false,
        organisation: stop.organisation.clone(),
    });
    let folded = folded.map(|stop| (stop, None));
    head.iter().cloned().chain(folded).chain(tail.iter().cloned()).collect()
}
