//! Which finding of a report explains which other.

use std::collections::HashMap;

use super::model::{Confidence, Finding, Message, Severity};
use crate::rules::causes;

/// Says of each finding which other is its cause: one that would explain it, that is at least likely, that concerns the same message or
/// one that came with it, and that somebody has to act on. A note is the cause of notes only.
pub fn link(findings: &mut [Finding], messages: &[Message]) {
    let mut first: HashMap<(String, usize), usize> = HashMap::new();
    for (place, finding) in findings.iter().enumerate() {
        if finding.severity >= Severity::Info && finding.confidence > Confidence::Possible {
            for root in roots(finding, messages) {
                first.entry((finding.id.clone(), root)).or_insert(place);
            }
        }
    }
    let weights: Vec<Severity> = findings.iter().map(|finding| finding.severity).collect();
    for finding in findings {
        let roots = roots(finding, messages);
        let causes = causes::of(&finding.id).flat_map(|cause| roots.iter().map(move |root| (cause, *root)));
        let may_explain = |place: &usize| {
            weights
                .get(*place)
                .is_some_and(|weight| *weight > Severity::Info || finding.severity <= Severity::Info)
        };
        // The findings stand in the order of their weight.
        let places = causes.filter_map(|(cause, root)| first.get(&(cause.to_owned(), root)).copied());
        finding.explained_by = places.filter(may_explain).min();
    }
}

/// Evidence of more messages than this is not followed up.
const MOST: usize = 8;

/// The messages that a finding concerns; of those that came in or with another, that one.
pub fn roots(finding: &Finding, messages: &[Message]) -> Vec<usize> {
    let mut roots: Vec<usize> =
        finding.evidence.iter().take(MOST).map(|evidence| root(evidence.message, messages)).collect();
    roots.sort_unstable();
    roots.dedup();
    roots
}

fn root(place: usize, messages: &[Message]) -> usize {
    let mut root = place;
    // What stands in a message comes behind it, so this ends.
    while let Some(parent) = messages.get(root).and_then(|message| message.origin.parent) {
        if parent >= root {
            break;
        }
        root = parent;
    }
    root
}
