//! Whether two messages are one at all, and what they are where they only look like it.

use super::{Ruling, Two, field_span, proof};
use crate::copies::Candidate;
use crate::copies::identity::{
    answered, body_hash, message_id, signatures, subject_key, thread_index, written,
};
use crate::copies::pair::{Proof, Shows, Side, Sure, Verdict};
use crate::copies::recipients::{Recipients, of_delivery, of_fork};

/// Whether two messages are one.
pub(super) enum Likeness {
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

impl Two<'_, '_> {
    pub(super) fn likeness(&self) -> Likeness {
        let [one, other] = self.sides().map(|side| side.one);
        let ids = [one, other].map(|one| message_id(one).map(|(id, _)| id));
        let dates = [one, other].map(|one| written(one).map(|(epoch, _)| epoch));
        let has_same_date = dates[0].is_some() && dates[0] == dates[1];
        match &ids {
            [Some(one_id), Some(other_id)] if one_id == other_id => {
                // Broken programs give all their mails one Message-ID.
                let [bodies, subjects] = [[one, other].map(body), [one, other].map(|one| Some(subject(one)))];
                let is_other = |values: &[Option<String>; 2]| {
                    values[0].is_some() && values[1].is_some() && values[0] != values[1]
                };
                let has_other_date = dates[0].is_some() && dates[1].is_some() && !has_same_date;
                let differs = has_other_date && (is_other(&bodies) || is_other(&subjects));
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
    pub(super) fn resembles(&self) -> bool {
        let [one, other] = self.sides().map(|side| side.one);
        let is_same = |values: [Option<String>; 2]| values[0].is_some() && values[0] == values[1];
        is_same([one, other].map(|one| thread_index(one).map(|(index, _)| index)))
            || is_same([one, other].map(body))
            || is_same([one, other].map(|one| written(one).map(|(epoch, _)| epoch.to_string())))
    }

    /// Two messages that look like one: handed in twice by the sender, or different ones.
    pub(super) fn two_messages(&self) -> Ruling {
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
        let answered = [one, other].map(answered);
        let is_other_answer = answered[0].is_some() && answered[1].is_some() && answered[0] != answered[1];
        let is_resent = (has_body && within(RESENT_WITHIN)) || (has_index && within(DAY));
        if is_one_recipient && is_by_hand && !is_other_answer && (within(0) || is_resent) {
            let sure = if within(0) { Sure::Likely } else { Sure::Possible };
            return Ruling { sure, ..self.sent_twice() };
        }
        self.different()
    }

    pub(super) fn different(&self) -> Ruling {
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
}

fn subject(one: &Candidate<'_>) -> String {
    one.header.first("Subject").map(|field| subject_key(&field.decoded())).unwrap_or_default()
}

fn shares_signature(one: &Candidate<'_>, other: &Candidate<'_>) -> bool {
    let of_one: Vec<String> = signatures(one).map(|(signed, _)| signed).collect();
    signatures(other).any(|(signed, _)| of_one.contains(&signed))
}

fn body(one: &Candidate<'_>) -> Option<String> {
    body_hash(one).map(|hash| hash.to_string())
}
