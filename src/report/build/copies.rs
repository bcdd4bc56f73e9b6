//! From the sets of copies to the report.

use std::collections::HashMap;

use super::{lines, place};
use crate::case::Case;
use crate::copies::{self, Branch, Copy, Maker, Reason, Sure, Verdict};
use crate::report::model::{
    Confidence, Copies, CopyBranch, CopyEvidence, CopyMaker, CopyMember, CopyReason, CopySet, Finding, Fork,
};
use crate::report::{letters, own};
use crate::rules;
use crate::text::Span;

/// The findings, by their id and a message that they show.
type Places<'f> = HashMap<(&'f str, usize), usize>;

/// The sets, each with the finding that explains it.
pub fn read(case: &Case<'_>, findings: &[Finding]) -> Copies {
    let mut places = Places::new();
    for (place, finding) in findings.iter().enumerate() {
        for evidence in &finding.evidence {
            places.entry((&finding.id, evidence.message)).or_insert(place);
        }
    }
    // A mailbox that was collected a second time has a set for each message and one finding, which shows the first.
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (place, finding) in findings.iter().enumerate() {
        first.entry(&finding.id).or_insert(place);
    }
    let set = |set: &copies::CopySet| {
        let id = set.verdict.id();
        let shown = set.shown().and_then(|(copy, _)| places.get(&(id, copy.message)));
        self::set(case, set, shown.or_else(|| first.get(id)).copied())
    };
    Copies { sets: case.copies.iter().map(set).collect() }
}

fn set(case: &Case<'_>, set: &copies::CopySet, finding: Option<usize>) -> CopySet {
    CopySet {
        message_id: set.message_id.as_ref().map(|id| format!("<{id}>")).unwrap_or_default(),
        messages: set.messages.clone(),
        reasons: set.reasons.iter().map(|reason| self::reason(case, reason)).collect(),
        verdict: set.verdict.id().to_owned(),
        confidence: confidence(set.sure),
        sentence: rules::told(set),
        finding,
        fork: set.fork().map(fork),
        makers: set.makers.iter().map(|maker| self::maker(case, set, maker)).collect(),
        members: set.copies.iter().map(|copy| member(case, copy)).collect(),
        tree: set.branches.iter().map(branch).collect(),
        first_epoch: set.times.map(|(first, _)| first),
        last_epoch: set.times.map(|(_, last)| last),
    }
}

fn reason(case: &Case<'_>, reason: &Reason) -> CopyReason {
    let label = format!("{} of the messages have {}.", reason.messages, reason.link.words());
    let evidence =
        reason.evidence.iter().filter_map(|(message, span)| evidence(case, *message, *span, &label));
    CopyReason {
        kind: reason.link.id().to_owned(),
        text: reason.link.words().to_owned(),
        confidence: confidence(reason.link.sure()),
        messages: reason.messages,
        evidence: evidence.collect(),
    }
}

fn evidence(case: &Case<'_>, message: usize, span: Span, label: &str) -> Option<CopyEvidence> {
    let source = case.source_of(case.messages.get(message)?)?;
    Some(CopyEvidence { message, span: place(span), lines: lines(source, span), label: label.to_owned() })
}

fn maker(case: &Case<'_>, set: &copies::CopySet, maker: &Maker) -> CopyMaker {
    let texts = maker.lines.iter().filter_map(|(message, span)| {
        let source = case.source_of(case.messages.get(*message)?)?;
        Some(source.text(*span).into_owned())
    });
    let is_reader = own::is_reader(maker.host.as_deref(), maker.site.as_deref(), &case.own);
    let is_worth_a_letter = set.verdict == Verdict::Reinjected && !is_reader;
    let letters = is_worth_a_letter.then(|| letters::of_maker(maker, set, &texts.collect::<Vec<_>>()));
    let (letter, letter_german) = letters.flatten().map(|[english, german]| (english, german)).unzip();
    CopyMaker {
        host: maker.host.clone(),
        site: maker.site.clone(),
        copies: maker.copies,
        first_epoch: maker.times.map(|(first, _)| first),
        last_epoch: maker.times.map(|(_, last)| last),
        letter,
        letter_german,
    }
}

fn member(case: &Case<'_>, copy: &Copy) -> CopyMember {
    let pair = copy.pair.as_ref();
    let proofs = pair.map(|pair| pair.proofs.as_slice()).unwrap_or_default();
    let evidence = proofs
        .iter()
        .filter_map(|proof| self::evidence(case, proof.message, proof.span, proof.shows.label()));
    CopyMember {
        message: copy.message,
        branch: copy.branch,
        relative: copy.relative,
        verdict: pair.map(|pair| pair.verdict.id().to_owned()),
        confidence: pair.map(|pair| confidence(pair.sure)),
        fork: pair.and_then(|pair| pair.fork.as_ref()).map(fork),
        maker: copy.maker,
        generation: copy.generation,
        later_seconds: pair.and_then(|pair| pair.later_seconds),
        evidence: evidence.collect(),
    }
}

fn fork(fork: &copies::Fork) -> Fork {
    Fork { host: fork.host.clone(), message: fork.message, hop: fork.hop }
}

fn branch(branch: &Branch) -> CopyBranch {
    CopyBranch {
        parent: branch.parent,
        message: branch.message,
        hops: [branch.hops.0, branch.hops.1],
        copies: branch.copies,
        ends: branch.ends.clone(),
        first_epoch: branch.first_epoch,
        last_epoch: branch.last_epoch,
    }
}

const fn confidence(sure: Sure) -> Confidence {
    match sure {
        Sure::Possible => Confidence::Possible,
        Sure::Likely => Confidence::Likely,
        Sure::Certain => Confidence::Certain,
    }
}
