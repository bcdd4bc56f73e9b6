//! By which ways two copies of one message came: out of a mailbox, through a list, by a mailbox that forwards, for two recipients.

use std::collections::HashSet;

use super::{Ruling, Two, first_own, proof};
use crate::copies::pair::{Proof, Shows, Side, Sure, Verdict};
use crate::copies::recipients::{Recipients, of_delivery, of_ends, of_fork, stored_for};
use crate::copies::{Candidate, Fetched};
use crate::fields::address::comparable;
use crate::fields::host::{is_same, organisation};
use crate::route::Kind;
use crate::text::Span;

impl Two<'_, '_> {
    /// Both were collected from a mailbox by the same server: the mailbox held two, or one was collected twice.
    pub(super) fn collected(&self) -> Option<Ruling> {
        let [relative, copy] = self.sides();
        let (one, other) = (collected_last(relative.one)?, collected_last(copy.one)?);
        let is_other_server = one.server.zip(other.server).is_some_and(|(one, other)| !is_same(one, other));
        let delivery = of_delivery(self.sides());
        if is_other_server || matches!(delivery, Recipients::Different(_)) {
            return None;
        }
        let stored = stored_for([(relative, one), (copy, other)]);
        let numbers = one.uidl.zip(other.uidl);
        let holds_two = numbers.is_some_and(|(one, other)| one != other);
        if matches!(stored, Recipients::Different(_)) || (holds_two && self.copy.common > 0) {
            return Some(self.stored_for_several(&stored, &delivery, [one, other]));
        }
        // Two fetches in one second, by a line without a number, look like one: the mailbox held two.
        let is_behind =
            |side: &Side<'_, '_>, fetch: &Fetched<'_>| fetch.hop.is_some_and(|hop| hop + 1 == side.common);
        if is_behind(relative, one) && is_behind(copy, other) && numbers.is_none() && copy.tail().len() == 1 {
            return Some(self.stored_for_several(&stored, &delivery, [one, other]));
        }
        let is_at = |side: &Side<'_, '_>, fetch: &Fetched<'_>| {
            fetch.hop.map_or(side.common > 0, |hop| hop == side.common)
        };
        (is_at(relative, one) && is_at(copy, other)).then(|| {
            let mut proofs = self.fetch_lines([one, other]);
            proofs.extend(self.last_common());
            let sure = if other.hop.is_some() { Sure::Certain } else { Sure::Likely };
            let host = other.server.map(str::to_owned);
            let fork = self.fork(host.clone(), other.hop);
            Ruling::new(Verdict::Refetched, sure, proofs).at(Some(fork)).by(host)
        })
    }

    /// The mailbox held a copy for each of several recipients, and one person got both.
    fn stored_for_several(
        &self,
        stored: &Recipients,
        delivery: &Recipients,
        fetches: [&Fetched<'_>; 2],
    ) -> Ruling {
        let mut proofs = Vec::new();
        if let Recipients::Different([first, second]) = stored {
            proofs.push(proof(&self.copy, second.1, Shows::Stored));
            proofs.push(proof(&self.relative, first.1, Shows::Stored));
        }
        proofs.extend(self.fetch_lines(fetches));
        let [_, fetch] = fetches;
        let is_one_person = *delivery == Recipients::Same && *stored != Recipients::Unknown;
        if fetch.sorts == Some(false) {
            // Nothing was sorted: the mailbox is one for both addresses.
            let sure = if is_one_person { Sure::Likely } else { Sure::Possible };
            let ruling = Ruling::new(Verdict::TwoAddresses, sure, proofs).at(self.fork_at_common());
            return ruling.between(stored);
        }
        let sure = if is_one_person && fetch.sorts.is_some() { Sure::Likely } else { Sure::Possible };
        let host = fetch.server.map(str::to_owned);
        let fork = self.fork(host.clone(), fetch.hop);
        Ruling::new(Verdict::Multidrop, sure, proofs).at(Some(fork)).by(host).between(stored)
    }

    fn fetch_lines(&self, [one, other]: [&Fetched<'_>; 2]) -> Vec<Proof> {
        vec![proof(&self.copy, other.span, Shows::Fetch), proof(&self.relative, one.span, Shows::Fetch)]
    }

    /// A list passed one of them on and not the other; or two lists did.
    pub(super) fn by_a_list(&self) -> Option<Ruling> {
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
    pub(super) fn passed_on(&self) -> Option<Ruling> {
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
    pub(super) fn extra_server(&self) -> Option<(Sure, &Side<'_, '_>, usize)> {
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
        // Where it was collected, the server before is the provider with the mailbox; and what has no own line ended where the other went on.
        let is_collected = |side: &&Side<'_, '_>| side.tail().iter().any(|hop| hop.kind == Kind::Fetch);
        if self.sides().iter().any(|side| is_collected(side) || side.tail().is_empty()) {
            return None;
        }
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

    /// One of the two is the other, further on its way: it stayed with somebody, and went on from there.
    pub(super) fn went_on(&self) -> Option<Ruling> {
        let ended = self.sides().map(|side| side.tail().is_empty());
        let (stayed, gone) = match ended {
            [true, false] => (&self.relative, &self.copy),
            [false, true] => (&self.copy, &self.relative),
            _ => return None,
        };
        let mut proofs: Vec<Proof> = first_own(gone).into_iter().collect();
        proofs.extend(self.parting(stayed));
        let fork = self.fork_at_common();
        let recipients = of_ends([&self.relative, &self.copy]);
        let Recipients::Different([one, other]) = &recipients else {
            let sure = if recipients == Recipients::Same { Sure::Likely } else { Sure::Possible };
            let last = stayed.one.route.hops.len().saturating_sub(1);
            let by = stayed.one.server_of(last).map(str::to_owned);
            return Some(Ruling::new(Verdict::Forwarded, sure, proofs).at(fork).through(by));
        };
        let is_one_site = site(&one.0).is_some() && site(&one.0) == site(&other.0);
        let verdict = if is_one_site { Verdict::TwoAddresses } else { Verdict::NotDuplicates };
        let fork = fork.filter(|_| is_one_site);
        Some(Ruling::new(verdict, Sure::Possible, proofs).at(fork).between(&recipients))
    }

    /// Each of the two is for another recipient.
    pub(super) fn to_two(&self) -> Option<Ruling> {
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
}

/// The organisation of an address.
fn site(address: &str) -> Option<String> {
    organisation(address.rsplit_once('@')?.1)
}

/// The newest fetch that has a line, or else one that only a field tells of.
fn collected_last<'c, 'm>(one: &'c Candidate<'m>) -> Option<&'c Fetched<'m>> {
    one.fetches.iter().rev().find(|fetch| fetch.hop.is_some()).or(one.fetches.last())
}
