//! What made two copies of one message: the decision, for a copy and its nearest relative.
//!
//! Every pair gets exactly one verdict. The order of the questions is that of what rules the rest out: a site that sent the mail out again
//! leaves traces that nothing else leaves; then whether it is one message at all; then the fetch, the list, the mailbox that forwards, the
//! recipients; and only what is left was sent or delivered twice.

use std::collections::HashSet;

use super::identity::{body_hash, message_id, signatures, subject_key, thread_index, written};
use super::pair::{Fork, Means, Pair, Proof, Server, Shows, Side, Sure, Verdict};
use super::recipients::{Recipients, of_delivery, of_fork, stored_for};
use super::{Candidate, Fetched};
use crate::fields::address::comparable;
use crate::fields::host::{is_same, organisation};
use crate::route::Kind;
use crate::text::Span;

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

/// Whether two messages are one.
enum Likeness {
    /// They are one.
    Same,
    /// They were handed in as two, but look like one.
    Alike,
    /// They bear one Message-ID, and have nothing else in common.
    None,
}

/// Mails that a person sends once more have the same text and come within this time, in seconds. Reports of programs come as often as
/// every day, with the same text.
const RESENT_WITHIN: u64 = 30 * 60;

/// A mail that Outlook sends again keeps its Thread-Index, in seconds.
const DAY: u64 = 24 * 60 * 60;

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
        let own = |made: &&super::Reinjection| made.hop >= self.copy.common;
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
    fn reset(&self) -> Option<&super::Reinjection> {
        let reset = self.copy.one.reset.as_ref().filter(|_| self.copy.common == 0)?;
        let of_relative = self.relative.one.reset.as_ref().map(|reset| &reset.site);
        let [one, other] = self.sides().map(|side| message_id(side.one).map(|(id, _)| id));
        (one.is_some() && one != other && of_relative != Some(&reset.site) && self.resembles())
            .then_some(reset)
    }

    fn likeness(&self) -> Likeness {
        let [one, other] = self.sides().map(|side| side.one);
        let ids = [one, other].map(|one| message_id(one).map(|(id, _)| id));
        let dates = [one, other].map(|one| written(one).map(|(epoch, _)| epoch));
        let has_same_date = dates[0].is_some() && dates[0] == dates[1];
        match &ids {
            [Some(one_id), Some(other_id)] if one_id == other_id => {
                let subjects = [one, other].map(subject);
                let differs = !has_same_date && dates[0].is_some() && subjects[0] != subjects[1];
                if differs && self.copy.common == 0 { Likeness::None } else { Likeness::Same }
            }
            _ if self.copy.common > 0 => Likeness::Same,
            [Some(_), Some(_)] if !shares_signature(one, other) => Likeness::Alike,
            [Some(_), Some(_)] => Likeness::Same,
            _ if has_same_date => Likeness::Same,
            _ => Likeness::Alike,
        }
    }

    /// Whether two messages of different Message-IDs are the same mail, as far as other fields tell.
    fn resembles(&self) -> bool {
        let [one, other] = self.sides().map(|side| side.one);
        let is_same = |values: [Option<String>; 2]| values[0].is_some() && values[0] == values[1];
        is_same([one, other].map(|one| thread_index(one).map(|(index, _)| index)))
            || is_same([one, other].map(|one| body_hash(one).map(|hash| hash.to_string())))
            || is_same([one, other].map(|one| written(one).map(|(epoch, _)| epoch.to_string())))
    }

    /// Two copies of one message.
    fn one_message(&self) -> Ruling {
        None.or_else(|| self.one_delivery())
            .or_else(|| self.collected())
            .or_else(|| self.by_a_list())
            .or_else(|| self.passed_on())
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
        if has_tail || matches!(of_delivery(self.sides()), Recipients::Different(_)) {
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
        let is_sure = self.copy.one.route.hops.last().is_some_and(super::hop_key::is_telling);
        let sure = if is_sure { Sure::Certain } else { Sure::Likely };
        let fork = self.fork(host, last);
        Some(Ruling::new(Verdict::StoredTwice, sure, proofs).at(Some(fork)))
    }

    /// Both were collected from a mailbox by the same server: the mailbox held two, or one was collected twice.
    fn collected(&self) -> Option<Ruling> {
        let fetches = self.sides().map(|side| side.one.fetches.last());
        let [Some(one), Some(other)] = fetches else { return None };
        if one.server.zip(other.server).is_some_and(|(one, other)| !is_same(one, other)) {
            return None;
        }
        let [relative, copy] = self.sides();
        let delivery = of_delivery(self.sides());
        let host = other.server.map(str::to_owned);
        let fork = self.fork(host.clone(), other.hop);
        let stored = stored_for([(relative, one), (copy, other)]);
        let fetch_lines =
            || vec![proof(copy, other.span, Shows::Fetch), proof(relative, one.span, Shows::Fetch)];
        if let Recipients::Different([first, second]) = &stored {
            if matches!(delivery, Recipients::Different(_)) {
                return None;
            }
            let mut proofs =
                vec![proof(copy, second.1, Shows::Stored), proof(relative, first.1, Shows::Stored)];
            proofs.extend(fetch_lines());
            let sure = if delivery == Recipients::Same { Sure::Likely } else { Sure::Possible };
            let ruling = Ruling::new(Verdict::Multidrop, sure, proofs).at(Some(fork)).by(host);
            return Some(ruling.between(&stored));
        }
        let is_at = |side: &Side<'_, '_>, fetch: &Fetched<'_>| {
            fetch.hop.map_or(side.common > 0, |hop| hop == side.common)
        };
        let is_fork = is_at(relative, one) && is_at(copy, other);
        let has_hop = other.hop.is_some();
        is_fork.then(|| {
            let mut proofs = fetch_lines();
            proofs.extend(self.last_common());
            let sure = if has_hop { Sure::Certain } else { Sure::Likely };
            Ruling::new(Verdict::Refetched, sure, proofs).at(Some(fork)).by(host)
        })
    }

    /// A list passed one of them on and not the other; or two lists did.
    fn by_a_list(&self) -> Option<Ruling> {
        let lists = self.sides().map(|side| side.one.list.as_ref());
        let (side, list, is_one) = match lists {
            [Some(_), None] => (&self.relative, lists[0]?, true),
            [None, Some(_)] => (&self.copy, lists[1]?, true),
            [Some((one, _)), Some((other, _))] if one != other => (&self.copy, lists[1]?, false),
            _ => return None,
        };
        let mut proofs = vec![proof(side, list.1, Shows::List)];
        let fork = self.fork_at_common();
        if is_one {
            let other = if side.message == self.copy.message { &self.relative } else { &self.copy };
            proofs.extend(self.parting(other));
            let ruling = Ruling::new(Verdict::ListAndDirect, Sure::Certain, proofs).at(fork);
            return Some(ruling.through(Some(list.0.clone())));
        }
        proofs.extend(lists[0].map(|list| proof(&self.relative, list.1, Shows::List)));
        let names = lists.map(|list| list.map(|(name, _)| name.clone()).unwrap_or_default());
        let ruling = Ruling::new(Verdict::TwoAddresses, Sure::Likely, proofs).at(fork);
        Some(Ruling { recipients: Some(names), ..ruling })
    }

    /// A person or a mailbox passed one of them on.
    fn passed_on(&self) -> Option<Ruling> {
        let marked = |mark: fn(&Candidate<'_>) -> Option<Span>, shows: Shows| {
            let mut sides = self.sides().into_iter().filter_map(move |side| Some((side, mark(side.one)?)));
            let (side, span) = sides.next()?;
            sides.next().is_none().then_some((side, span, shows))
        };
        let by_hand = marked(|one| one.resent, Shows::Resent);
        let by_mark = || marked(|one| one.forwarded, Shows::Forwarding);
        let by_way = || {
            let (sure, side, hop) = self.extra_server()?;
            Some((sure, side, side.one.route.hops.get(hop)?.span))
        };
        let (sure, (side, span, shows)) = by_hand
            .map(|found| (Sure::Certain, found))
            .or_else(|| by_mark().map(|found| (Sure::Likely, found)))
            .or_else(|| by_way().map(|(sure, side, span)| (sure, (side, span, Shows::ExtraServer))))?;
        let mut proofs = vec![proof(side, span, shows)];
        let other = if side.message == self.copy.message { &self.relative } else { &self.copy };
        proofs.extend(self.parting(other));
        let server =
            || self.extra_server().and_then(|(_, side, hop)| Some(side.one.server_of(hop)?.to_owned()));
        let through = if shows == Shows::Resent {
            side.one.client_of(side.one.route.hops.len().saturating_sub(1)).map(str::to_owned)
        } else {
            server()
        };
        Some(Ruling::new(Verdict::Forwarded, sure, proofs).at(self.fork_at_common()).through(through))
    }

    /// A server of an organisation through which only one of the two went, and which is not the last.
    fn extra_server(&self) -> Option<(Sure, &Side<'_, '_>, usize)> {
        let sites = self.sides().map(|side| {
            let hops = side.common..side.common + side.tail().len();
            hops.filter_map(|hop| side.one.site_of(hop)).collect::<HashSet<&str>>()
        });
        let shared = self.copy.common.checked_sub(1).and_then(|hop| self.copy.one.site_of(hop));
        let extra = |nth: usize| {
            let side = *self.sides().get(nth)?;
            let other = sites.get(1 - nth)?;
            let last = side.one.site_of(side.one.route.hops.len().checked_sub(1)?);
            let hops = side.common..side.common + side.tail().len();
            let is_extra = |hop: &usize| {
                let site = side.one.site_of(*hop);
                site.is_some_and(|site| !other.contains(site)) && site != last && site != shared
            };
            let hop = hops.clone().find(is_extra)?;
            Some((side, hop))
        };
        let (side, hop) = match (extra(0), extra(1)) {
            (Some(found), None) | (None, Some(found)) => found,
            _ => return None,
        };
        let line = side.one.route.hops.get(hop)?;
        let taken_for = line.received.recipient().map(|part| comparable(part));
        let newest = side.tail().iter().rev().find_map(|hop| Some(comparable(hop.received.recipient()?)));
        match (taken_for, newest) {
            // A relay, such as a second MX, takes it for the same recipient as the last server.
            (Some(taken), Some(newest)) if taken == newest => None,
            (Some(_), Some(_)) => Some((Sure::Likely, side, hop)),
            _ => Some((Sure::Possible, side, hop)),
        }
    }

    /// Each of the two is for another recipient.
    fn to_two(&self) -> Option<Ruling> {
        let (fork, delivery) = (of_fork(self.sides()), of_delivery(self.sides()));
        let is_one_mailbox = delivery == Recipients::Same;
        let differing = [&delivery, &fork].into_iter().find(|one| matches!(one, Recipients::Different(_)))?;
        let Recipients::Different([one, other]) = differing else { return None };
        let proofs = vec![
            proof(&self.copy, other.1, Shows::Recipient),
            proof(&self.relative, one.1, Shows::Recipient),
        ];
        let last = self.sides().map(|side| side.one.site_of(side.one.route.hops.len().checked_sub(1)?));
        let is_one_site = (last[0].is_some() && last[0] == last[1]) || site(&one.0) == site(&other.0);
        let (verdict, sure) = match (is_one_mailbox, is_one_site) {
            (true, _) => (Verdict::TwoAddresses, Sure::Likely),
            (false, true) => (Verdict::TwoAddresses, Sure::Possible),
            (false, false) => (Verdict::NotDuplicates, Sure::Likely),
        };
        let fork = self.fork_at_common().filter(|_| verdict == Verdict::TwoAddresses);
        Some(Ruling::new(verdict, sure, proofs).at(fork).between(differing))
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

    /// Two messages that look like one: handed in twice by the sender, or different ones.
    fn two_messages(&self) -> Ruling {
        let [one, other] = self.sides().map(|side| side.one);
        let dates = [one, other].map(|one| written(one).map(|(epoch, _)| epoch));
        let apart = dates[0].zip(dates[1]).map(|(one, other)| one.abs_diff(other));
        let within = |most: u64| apart.is_some_and(|apart| apart <= most);
        let is_one_recipient = !matches!(of_delivery(self.sides()), Recipients::Different(_))
            && !matches!(of_fork(self.sides()), Recipients::Different(_))
            && one.to == other.to;
        let has_list = |one: &Candidate<'_>| one.list.is_some();
        if has_list(one) != has_list(other)
            && within(0)
            && let Some(ruling) = self.by_a_list()
        {
            return Ruling { sure: Sure::Likely, ..ruling };
        }
        let has_index = {
            let index = [one, other].map(|one| thread_index(one).map(|(index, _)| index));
            index[0].is_some() && index[0] == index[1]
        };
        let has_body = body_hash(one).is_some() && body_hash(one) == body_hash(other);
        let is_by_hand =
            !one.is_automatic && !other.is_automatic && one.list.is_none() && other.list.is_none();
        let is_resent = (is_by_hand && has_body && within(RESENT_WITHIN)) || (has_index && within(DAY));
        if is_one_recipient && (within(0) || is_resent) {
            let sure = if within(0) { Sure::Likely } else { Sure::Possible };
            return Ruling { sure, ..self.sent_twice() };
        }
        self.different()
    }

    fn different(&self) -> Ruling {
        let [one, other] = self.sides().map(|side| side.one);
        let is_other = |values: [Option<String>; 2]| {
            values[0].is_some() && values[1].is_some() && values[0] != values[1]
        };
        let other_date = is_other([one, other].map(|one| written(one).map(|(epoch, _)| epoch.to_string())));
        let other_id = is_other([one, other].map(|one| message_id(one).map(|(id, _)| id)));
        let sure = match (other_date, other_id) {
            (true, true) => Sure::Certain,
            (true, false) | (false, true) => Sure::Likely,
            (false, false) => Sure::Possible,
        };
        let marks = |side: &Side<'_, '_>| {
            let id = message_id(side.one).map(|(_, span)| proof(side, span, Shows::MessageId));
            let date = written(side.one).map(|(_, span)| proof(side, span, Shows::Date));
            [id, date]
        };
        let mut proofs: Vec<Proof> =
            [&self.copy, &self.relative].into_iter().flat_map(marks).flatten().collect();
        if proofs.is_empty() {
            let field = |side: &&Side<'_, '_>| Some(proof(side, field_span(side.one)?, Shows::FirstOwn));
            proofs.extend(self.sides().iter().filter_map(field));
        }
        Ruling::new(Verdict::NotDuplicates, sure, proofs)
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

fn subject(one: &Candidate<'_>) -> String {
    one.header.first("Subject").map(|field| subject_key(&field.decoded())).unwrap_or_default()
}

fn shares_signature(one: &Candidate<'_>, other: &Candidate<'_>) -> bool {
    let of_one: Vec<String> = signatures(one).map(|(signed, _)| signed).collect();
    signatures(other).any(|(signed, _)| of_one.contains(&signed))
}

/// The organisation of an address.
fn site(address: &str) -> Option<String> {
    organisation(address.rsplit_once('@')?.1)
}
