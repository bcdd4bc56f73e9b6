//! The tree of a set: the routes of its copies lined up from the origin. Hops that several copies have in common are one; where they part
//! is a fork.
//!
//! The tree is made by laying one route after the other into it, from the oldest hop on, and costs a step for each hop. Copies of one
//! Message-ID start at one root; those that connectors made have a new one and start at their own. A route whose oldest lines somebody
//! cut off is laid to where its first line is known.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::Candidate;
use super::hop_key::{HopKey, Mark, is_telling, key, mark, recipient};
use super::identity::{message_id, written};
use crate::route::Hop;

/// A stretch of hops that the same copies have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The branch from which it leaves; absent for the first.
    pub parent: Option<usize>,
    /// A message that has these hops, by its place in the case.
    pub message: usize,
    /// Its hops in this branch: the first, and the one behind the last. Empty where copies have no hop in common.
    pub hops: (usize, usize),
    /// How many copies went this way.
    pub copies: usize,
    /// The copies that end here, by their places in the case.
    pub ends: Vec<usize>,
    /// When the first of them arrived, in seconds since 1970 UTC.
    pub first_epoch: Option<i64>,
    /// When the last of them arrived.
    pub last_epoch: Option<i64>,
}

/// A copy in the tree.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place {
    /// The message, by its place in the case.
    pub message: usize,
    /// The node of its last hop.
    leaf: usize,
    /// How many hops of the tree stand before its first one: not 0 where its oldest lines were cut off.
    offset: usize,
}

/// A hop in the tree, or a place where routes start.
#[derive(Debug)]
struct Node {
    parent: usize,
    /// How many hops lead here.
    depth: usize,
    /// The copies that end here, by their places in the set.
    ends: Vec<usize>,
    /// A copy that has this hop, by its place in the set.
    one: usize,
    /// Of all copies that have it, the one nearest to the original.
    best: usize,
    copies: usize,
    children: usize,
    times: Option<(i64, i64)>,
}

/// The tree.
#[derive(Debug, Default)]
pub struct Tree {
    nodes: Vec<Node>,
    /// The copies, in the order of the set.
    places: Vec<Place>,
}

/// A copy's nearest relative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kin {
    /// The relative, by its place in the set.
    pub relative: usize,
    /// How many of the copy's own hops they have in common, cut-off lines not counted.
    pub own_hops: usize,
    /// The same of the relative's.
    pub relative_hops: usize,
}

const ROOT: usize = 0;

impl Tree {
    /// Lays the routes of these messages into a tree. `ranks` says for each of them how near it is to the original; the lowest is nearest.
    #[must_use]
    pub fn new(candidates: &[Candidate<'_>], messages: &[usize], ranks: &[usize]) -> Self {
        let mut planting = Planting::default();
        planting.tree.nodes.push(Node::new(ROOT, 0, 0));
        planting.tree.places = vec![Place::default(); messages.len()];
        // The longest first, so that a route whose oldest lines were cut off finds the whole one.
        let mut order: Vec<(usize, usize, &Candidate<'_>)> = (messages.iter().enumerate())
            .filter_map(|(nth, message)| Some((nth, *message, candidates.get(*message)?)))
            .collect();
        order.sort_by_key(|(_, _, candidate)| Reverse(candidate.route.hops.len()));
        for (nth, message, candidate) in order {
            planting.plant(candidate, nth, message);
        }
        let mut tree = planting.tree;
        tree.gather(candidates, ranks);
        tree
    }

    /// Sums up, from the ends of the tree to its root, how many copies took each way, when, and which is the nearest to the original.
    fn gather(&mut self, candidates: &[Candidate<'_>], ranks: &[usize]) {
        let rank = |nth: usize| ranks.get(nth).copied().unwrap_or(usize::MAX);
        for at in (0..self.nodes.len()).rev() {
            let Some(node) = self.nodes.get_mut(at) else { continue };
            for nth in &node.ends {
                let message = self.places.get(*nth).map_or(0, |place| place.message);
                let time = candidates.get(message).and_then(Candidate::arrival);
                node.times = span(node.times, time.map(|time| (time, time)));
                node.copies += 1;
                if node.best == usize::MAX || rank(*nth) < rank(node.best) {
                    node.best = *nth;
                }
            }
            let (parent, best, copies, times) = (node.parent, node.best, node.copies, node.times);
            let Some(parent) = self.nodes.get_mut(parent).filter(|_| at != ROOT) else { continue };
            parent.copies += copies;
            parent.children += 1;
            parent.times = span(parent.times, times);
            if parent.best == usize::MAX || rank(best) < rank(parent.best) {
                parent.best = best;
            }
        }
    }

    /// The relative with which each copy has most in common; absent for the one nearest to the original.
    #[must_use]
    pub fn kin(&self) -> Vec<Option<Kin>> {
        self.places.iter().enumerate().map(|(nth, place)| self.kin_of(nth, place)).collect()
    }

    fn kin_of(&self, nth: usize, place: &Place) -> Option<Kin> {
        let mut at = place.leaf;
        // Each node has one best copy, so all walks together pass each node once.
        loop {
            let node = self.nodes.get(at)?;
            if node.best != nth {
                let relative = self.places.get(node.best)?;
                return Some(Kin {
                    relative: node.best,
                    own_hops: node.depth.saturating_sub(place.offset),
                    relative_hops: node.depth.saturating_sub(relative.offset),
                });
            }
            if at == ROOT {
                return None;
            }
            at = node.parent;
        }
    }

    /// The branches, and for each copy the one in which it ends.
    #[must_use]
    pub fn branches(&self) -> (Vec<Branch>, Vec<usize>) {
        let mut branches: Vec<Branch> = Vec::new();
        let mut branch_of: Vec<usize> = Vec::with_capacity(self.nodes.len());
        for (at, node) in self.nodes.iter().enumerate() {
            let parent = self.nodes.get(node.parent).filter(|_| at != ROOT);
            let goes_on = parent.is_some_and(|parent| parent.children == 1 && parent.ends.is_empty());
            let above = branch_of.get(node.parent).copied();
            let branch = match above.filter(|_| goes_on) {
                Some(branch) => branch,
                None => {
                    branches.push(self.branch(node, above.filter(|_| at != ROOT)));
                    branches.len() - 1
                }
            };
            branch_of.push(branch);
            if let Some(branch) = branches.get_mut(branch) {
                self.lengthen(branch, node);
            }
        }
        let leaves = self.places.iter().map(|place| branch_of.get(place.leaf).copied().unwrap_or_default());
        let leaves = leaves.collect();
        (branches, leaves)
    }

    fn branch(&self, node: &Node, parent: Option<usize>) -> Branch {
        let one = self.places.get(node.one).copied().unwrap_or_default();
        let from = node.depth.saturating_sub(one.offset);
        let is_start =
            node.depth == 0 || node.depth == self.nodes.get(node.parent).map_or(0, |above| above.depth);
        let first = if is_start { from } else { from.saturating_sub(1) };
        Branch {
            parent,
            message: one.message,
            hops: (first, first),
            copies: node.copies,
            ends: Vec::new(),
            first_epoch: node.times.map(|(first, _)| first),
            last_epoch: node.times.map(|(_, last)| last),
        }
    }

    /// Adds a node to the branch in which it stands.
    fn lengthen(&self, branch: &mut Branch, node: &Node) {
        let one = self.places.get(node.one).copied().unwrap_or_default();
        // Above a place where routes start there are no hops, so the first copy with one gives the places.
        if branch.hops.0 == branch.hops.1 {
            branch.message = one.message;
        }
        branch.hops.1 = branch.hops.1.max(node.depth.saturating_sub(one.offset));
        branch.ends.extend(node.ends.iter().filter_map(|nth| Some(self.places.get(*nth)?.message)));
    }
}

impl Node {
    const fn new(parent: usize, depth: usize, one: usize) -> Self {
        let (copies, children, best) = (0, 0, usize::MAX);
        Self { parent, depth, ends: Vec::new(), one, best, copies, children, times: None }
    }
}

fn span(one: Option<(i64, i64)>, other: Option<(i64, i64)>) -> Option<(i64, i64)> {
    match (one, other) {
        (Some((first, last)), Some((from, to))) => Some((first.min(from), last.max(to))),
        (one, other) => one.or(other),
    }
}

/// The tree while it grows, with the ways to find a node.
#[derive(Default)]
struct Planting {
    tree: Tree,
    /// Where the copies of one identity start.
    starts: HashMap<String, usize>,
    /// The nodes behind a node, by all that a line says.
    numbered: HashMap<(usize, HopKey, Mark), usize>,
    /// The nodes behind a node whose number is not known yet, by all else.
    unnumbered: HashMap<(usize, HopKey, Option<String>), usize>,
    /// The first node behind a node with a number, by all else.
    first_numbered: HashMap<(usize, HopKey, Option<String>), usize>,
    /// The nodes of lines that tell by themselves which hop they are.
    telling: HashMap<(HopKey, Mark), usize>,
}

impl Planting {
    fn plant(&mut self, candidate: &Candidate<'_>, nth: usize, message: usize) {
        let hops = &candidate.route.hops;
        let known = hops.first().filter(|hop| is_telling(hop));
        let known = known.and_then(|hop| self.telling.get(&(key(hop), mark(hop))).copied());
        let (mut at, offset, rest) =
            match known.and_then(|node| Some((node, self.tree.nodes.get(node)?.depth))) {
                Some((node, depth)) => (node, depth.saturating_sub(1), 1),
                None => (self.start(candidate, nth), 0, 0),
            };
        for hop in hops.iter().skip(rest) {
            at = self.next(at, hop, nth);
        }
        if let Some(node) = self.tree.nodes.get_mut(at) {
            node.ends.push(nth);
        }
        if let Some(place) = self.tree.places.get_mut(nth) {
            *place = Place { message, leaf: at, offset };
        }
    }

    /// Where routes of messages with this identity start.
    fn start(&mut self, candidate: &Candidate<'_>, nth: usize) -> usize {
        let identity = message_id(candidate).map(|(id, _)| id);
        let identity =
            identity.or_else(|| written(candidate).map(|(epoch, _)| epoch.to_string())).unwrap_or_default();
        match self.starts.get(&identity) {
            Some(node) => *node,
            None => {
                let node = self.add(ROOT, 0, nth);
                self.starts.insert(identity, node);
                node
            }
        }
    }

    /// The node of this hop behind another.
    fn next(&mut self, at: usize, hop: &Hop, nth: usize) -> usize {
        let (key, mark) = (key(hop), mark(hop));
        let numbered = (at, key.clone(), mark.clone());
        if let Some(node) = self.numbered.get(&numbered) {
            return *node;
        }
        let alike = (at, key.clone(), recipient(hop));
        if let Mark::Number(_) = mark {
            let adopted = self.unnumbered.remove(&alike);
            let node = adopted.unwrap_or_else(|| self.add_hop(at, nth));
            self.numbered.insert(numbered, node);
            self.first_numbered.entry(alike).or_insert(node);
            self.telling.entry((key, mark)).or_insert(node);
            return node;
        }
        let known = self.unnumbered.get(&alike).or_else(|| self.first_numbered.get(&alike)).copied();
        let node = known.unwrap_or_else(|| {
            let node = self.add_hop(at, nth);
            self.unnumbered.insert(alike, node);
            node
        });
        self.numbered.insert(numbered, node);
        node
    }

    fn add_hop(&mut self, parent: usize, nth: usize) -> usize {
        let depth = self.tree.nodes.get(parent).map_or(0, |node| node.depth);
        self.add(parent, depth + 1, nth)
    }

    fn add(&mut self, parent: usize, depth: usize, nth: usize) -> usize {
        self.tree.nodes.push(Node::new(parent, depth, nth));
        self.tree.nodes.len() - 1
    }
}
