//! Several copies of one message: which of the messages belong together.
//!
//! For now the same Message-ID decides. Copies that a POP3 connector made have a new one each and are not found by it.

use std::collections::BTreeMap;

/// Messages that are copies of one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopySet {
    /// The Message-ID they share, with its angle brackets.
    pub message_id: String,
    /// Their places in the list of messages, in its order; at least two.
    pub messages: Vec<usize>,
}

/// Groups messages by their Message-ID. A message without one, or that nobody shares it with, is in no set.
#[must_use]
pub fn group(message_ids: &[Option<String>]) -> Vec<CopySet> {
    let mut sets: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, id) in message_ids.iter().enumerate() {
        if let Some(id) = id {
            sets.entry(id).or_default().push(place);
        }
    }
    let mut sets: Vec<CopySet> = sets
        .into_iter()
        .filter(|(_, messages)| messages.len() > 1)
        .map(|(id, messages)| CopySet { message_id: id.to_owned(), messages })
        .collect();
    sets.sort_by(|a, b| a.messages.cmp(&b.messages));
    sets
}
