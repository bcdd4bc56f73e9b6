//! What made two copies of one message: the decision, for a copy and its nearest relative.
//!
//! Every pair gets exactly one verdict. The order of the questions is that of what rules the rest out: a site that sent the mail out again
//! leaves traces that nothing else leaves; then whether it is one message at all; then the fetch, the list, the mailbox that forwards, the
//! recipients; and only what is left was sent or delivered twice.

mod likeness;
mod ways;

use super::identity::message_id;
use super::pair::{Fork, Means, Pair, Proof, Server, Shows, Side, Sure, Verdict};
use super::recipients::{Recipients, of_delivery, of_fork};
use super::{Candidate, Reinjection, hop_key};
use crate::fields::host::organisation;
use crate::route::Kind;
use crate::text::Span;
use likeness::Likeness;

/// Judges a copy and its nearest relative.
#[must_use]
pub fn decide(relative: Side<'_, '_>, copy: Side<'_, '_>) -> Pair {
    let case = Two { relative, copy };
    let ruling = case.reinjected().unwrap_or_else(|| match case.likeness() {
        Likeness::Same => case.one_message(),
        Likeness::Alike => case.two_messages(),
        Likeness::None => case.different(),
    });
    let arrivals = relative.one.arrival().zip(copy.one.arrival());
    Pair {
        verdict: ruling.verdict,
        sure: ruling.sure,
        fork: ruling.fork,
        maker: ruling.maker,
        recipients: ruling.recipients,
        through: ruling.through,
        later_seconds: arrivals.map(|(first, second)| second.saturating_sub(first)),
        proofs: ruling.proofs,
    }
}

/// What one question came to.
struct Ruling {
    verdict: Verdict,
    sure: Sure,
    fork: Option<Fork>,
    maker: Option<Server>,
    recipients: Option<[String; 2]>,
    through: Option<String>,
    proofs: Vec<Proof>,
}

impl Ruling {
    const fn new(verdict: Verdict, sure: Sure, proofs: Vec<Proof>) -> Self {
        Self { verdict, sure, fork: None, maker: None, recipients: None, through: None, proofs }
    }

    fn at(self, fork: Option<Fork>) -> Self {
        Self { fork, ..self }
    }

    fn by(self, host: Option<String>) -> Self {
        let site = host.as_deref().and_then(organisation);
        Self { maker: host.map(|host| Server { host: Some(host), site }), ..self }
    }

    fn through(self, through: Option<String>) -> Self {
        Self { through, ..self }
    }

    fn between(self, recipients: &Recipients) -> Self {
        let Recipients::Different([one, other]) = recipients else { return self };
        Self { recipients: Some([one.0.clone(), other.0.clone()]), ..self }
    }
}

struct Two<'c, 'm> {
    relative: Side<'c, 'm>,
    copy: Side<'c, 'm>,
}

impl Two<'_, '_> {
    const fn sides(&self) -> [&Side<'_, '_>; 2] {
        [&self.relative, &self.copy]
    }

    /// A recipient's site sent the copy out again, behind what it has in common with its relative.
    fn reinjected(&self) -> Option<Ruling> {
        let own = |made: &&Reinjection| made.hop >= self.copy.common;
        let made = self.copy.one.reinjections.iter().rev().find(own).or_else(|| self.reset())?;
        let hops = &self.copy.one.route.hops;
        let line = hops.get(made.line)?;
        let mut proofs = vec![proof(&self.copy, line.span, Shows::Reinjection(made.means))];
        if made.line != made.hop {
            proofs.extend(hops.get(made.hop).map(|hop| proof(&self.copy, hop.span, Shows::FirstOwn)));
        }
        proofs.extend(self.parting(&self.relative));
        let sure = match made.means {
            Means::Connector => Sure::Certain,
            Means::Fetch => Sure::Likely,
            Means::Reset if line.kind == Kind::Pickup => Sure::Likely,
            Means::Reset => Sure::Possible,
        };
        let fork = Fork { host: Some(made.host.clone()), message: self.copy.message, hop: Some(made.line) };
        let maker = Server { host: Some(made.host.clone()), site: Some(made.site.clone()) };
        let ruling = Ruling::new(Verdict::Reinjected, sure, proofs).at(Some(fork));
        Some(Ruling { maker: Some(maker), ..ruling })
    }

    /// A trace that starts at a recipient's site, where the relative has the lines before, and with another Message-ID.
    fn reset(&self) -> Option<&Reinjection> {
        let reset = self.copy.one.reset.as_ref().filter(|_| self.copy.common == 0)?;
        let of_relative = self.relative.one.reset.as_ref().map(|reset| &reset.site);
        let [one, other] = self.sides().map(|side| message_id(side.one).map(|(id, _)| id));
        (one.is_some() && one != other && of_relative != Some(&reset.site) && self.resembles())
            .then_some(reset)
    }

    /// Two copies of one message.
    fn one_message(&self) -> Ruling {
        None.or_else(|| self.one_delivery())
            .or_else(|| self.collected())
            .or_else(|| self.by_a_list())
            .or_else(|| self.passed_on())
            .or_else(|| self.went_on())
            .or_else(|| self.to_two())
            .unwrap_or_else(|| if self.copy.common == 0 { self.sent_twice() } else { self.redelivered() })
    }

    /// No line tells the two apart, or one of them has none at all.
    fn one_delivery(&self) -> Option<Ruling> {
        let hops = self.sides().map(|side| side.one.route.hops.len());
        if hops[0] != hops[1] && hops.contains(&0) {
            let unsent = self.sides().into_iter().filter(|side| side.one.route.hops.is_empty());
            let mut proofs: Vec<Proof> =
                unsent.filter_map(|side| Some(proof(side, field_span(side.one)?, Shows::NoRoute))).collect();
            proofs.extend(self.sides().into_iter().filter_map(|side| self.newest(side)));
            return Some(Ruling::new(Verdict::StoredTwice, Sure::Likely, proofs));
        }
        let has_tail = self.sides().iter().any(|side| !side.tail().is_empty());
        let delivery = of_delivery(self.sides());
        if has_tail || matches!(delivery, Recipients::Different(_)) {
            return None;
        }
        let marks = self.sides().map(|side| side.one.fetches.iter().find(|fetch| fetch.hop.is_none()));
        if let [Some(_), Some(fetch)] = marks {
            let proofs = self.sides().into_iter().zip(marks.into_iter().flatten());
            let proofs = proofs.map(|(side, fetch)| proof(side, fetch.span, Shows::Fetch)).collect();
            let server = self.copy.one.server_of(hops[1].saturating_sub(1)).map(str::to_owned);
            let host = fetch.server.map(str::to_owned).or(server);
            let fork = self.fork(host.clone(), hops[1].checked_sub(1));
            return Some(Ruling::new(Verdict::Refetched, Sure::Possible, proofs).at(Some(fork)).by(host));
        }
        let last = hops[1].checked_sub(1);
        let host = last.and_then(|last| self.copy.one.server_of(last)).map(str::to_owned);
        let proofs: Vec<Proof> = self.sides().into_iter().filter_map(|side| self.newest(side)).collect();
        let newest = self.copy.one.route.hops.last();
        let is_sure = newest
            .is_some_and(|hop| hop_key::is_telling(hop) && hop.received.recipient().is_some())
            || delivery == Recipients::Same;
        // One delivery may have been for several people, and each handed in what came to them.
        let sure = if is_sure { Sure::Certain } else { Sure::Possible };
        let fork = self.fork(host, last);
        Some(Ruling::new(Verdict::StoredTwice, sure, proofs).at(Some(fork)))
    }

    fn sent_twice(&self) -> Ruling {
        let host = self.copy.one.client_of(0).map(str::to_owned);
        let sure = if of_fork(self.sides()) == Recipients::Same { Sure::Likely } else { Sure::Possible };
        let proofs = [&self.copy, &self.relative].into_iter().filter_map(|side| first_own(side)).collect();
        let fork = self.fork(host.clone(), (!self.copy.one.route.hops.is_empty()).then_some(0));
        Ruling::new(Verdict::SentTwice, sure, proofs).at(Some(fork)).by(host)
    }

    fn redelivered(&self) -> Ruling {
        let servers = self.sides().map(|side| side.one.server_of(side.common));
        let is_same_server = servers[0].is_some() && servers[0] == servers[1];
        let is_plain = is_same_server && of_fork(self.sides()) == Recipients::Same;
        let mut proofs: Vec<Proof> =
            [&self.copy, &self.relative].into_iter().filter_map(|side| first_own(side)).collect();
        proofs.extend(self.last_common());
        let sure = if is_plain { Sure::Likely } else { Sure::Possible };
        let ruling = Ruling::new(Verdict::Redelivered, sure, proofs).at(self.fork_at_common());
        ruling.by(servers[1].map(str::to_owned))
    }

    fn fork(&self, host: Option<String>, hop: Option<usize>) -> Fork {
        Fork { host, message: self.copy.message, hop }
    }

    /// The fork at the last server that both passed; where they have none in common, at the machine that handed the copy in.
    fn fork_at_common(&self) -> Option<Fork> {
        match self.copy.common.checked_sub(1) {
            Some(hop) => Some(self.fork(self.copy.one.server_of(hop).map(str::to_owned), Some(hop))),
            None => Some(self.fork(self.copy.one.client_of(0).map(str::to_owned), Some(0))),
        }
    }

    fn last_common(&self) -> Option<Proof> {
        let hop = self.copy.one.route.hops.get(self.copy.common.checked_sub(1)?)?;
        Some(proof(&self.copy, hop.span, Shows::LastCommon))
    }

    /// What the side of the one that nobody did anything to shows: its first own line, or else the last that both have.
    fn parting(&self, side: &Side<'_, '_>) -> Option<Proof> {
        first_own(side).or_else(|| {
            let hop = side.one.route.hops.get(side.common.checked_sub(1)?)?;
            Some(proof(side, hop.span, Shows::LastCommon))
        })
    }

    fn newest(&self, side: &Side<'_, '_>) -> Option<Proof> {
        Some(proof(side, side.one.route.hops.last()?.span, Shows::SameDelivery))
    }
}

const fn proof(side: &Side<'_, '_>, span: Span, shows: Shows) -> Proof {
    Proof { message: side.message, span, shows }
}

fn first_own(side: &Side<'_, '_>) -> Option<Proof> {
    let hop = side.tail().first();
    let hop = hop.or_else(|| side.one.route.hops.first().filter(|_| side.common == 0))?;
    Some(proof(side, hop.span, Shows::FirstOwn))
}

fn field_span(one: &Candidate<'_>) -> Option<Span> {
    one.header.first("Message-ID").or_else(|| one.header.fields().next()).map(|field| field.span())
}
