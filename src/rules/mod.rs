//! The rules: one file for each finding, and the table that lists them.
//!
//! A rule reads the case and reports what it finds; it changes nothing and knows no other rule.

mod arc_broken;
mod auth_results_untrusted;
mod auto_reply_loop;
mod backscatter;
mod backscatter_source;
mod bounce;
mod bounce_reports_loop;
mod catch_all_delivery;
pub mod causes;
mod clock_skew;
mod delivered_to_loop;
mod dkim_fail;
mod dmarc_fail;
mod duplicate_forwarded;
mod duplicate_list_and_direct;
mod duplicate_multidrop;
mod duplicate_redelivered;
mod duplicate_refetched;
mod duplicate_reinjected;
mod duplicate_sent_twice;
mod duplicate_stored_twice;
mod duplicate_two_addresses;
mod envelope_recipients_exposed;
mod exchange_online_loop;
mod filter_verdict;
mod forged_trace;
mod forwarding_loop_marker;
mod hidden_characters;
mod hop_limit_near;
mod host_revisited;
mod identity_mismatch;
mod list_loop;
mod multidrop_guessing;
mod multidrop_readiness;
mod not_duplicates;
mod open_recipient_list;
mod pop3_connector_address;
mod pop3_connector_reinjection;
mod pop3_fetch;
mod recipient_reinjection;
mod repeated_singleton_header;
mod routing_loop;
mod slow_hop;
mod spf_fail;
mod stacked_delivered_to;
mod trace_gap;
mod unencrypted_hop;

use std::collections::{HashMap, HashSet};

use crate::case::{Case, Message};
use crate::copies::{CopySet, Pair, Sure, Verdict};
use crate::finding::{Confidence, Culprit, Evidence, Finding, NearMiss, Remedy, Severity};

/// One rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name, in kebab case; the file has the same name with underscores. It names the condition, never the advice.
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What it is about.
    pub group: Group,
    check: fn(&Case<'_>) -> Vec<Finding>,
    /// What looks like it and is not, for rules where that is common and worth a word. What a rule finds it need not spare: a near miss
    /// of a message with a finding of the same rule is dropped.
    spared: Option<fn(&Case<'_>) -> Vec<NearMiss>>,
}

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Messages that go round.
    Loops,
    /// Several copies of one message.
    Copies,
    /// Mail that is fetched: POP3, connectors, mailboxes of several people.
    Pop3,
    /// Bounces and other reports.
    Bounces,
    /// Waits, clocks, and how the message was carried.
    Transit,
    /// Who the sender is.
    Identity,
    /// How the header is written.
    Form,
}

impl Rule {
    /// A near miss of this rule.
    fn near_miss(
        &self,
        looks_like: impl Into<String>,
        because: impl Into<String>,
        evidence: Vec<Evidence>,
    ) -> NearMiss {
        let (looks_like, because) = (looks_like.into(), because.into());
        NearMiss { id: self.id, title: self.title, looks_like, because, evidence }
    }
}

/// All rules, in the order of their ids.
#[rustfmt::skip]
pub const RULES: &[Rule] = &[
    arc_broken::RULE,
    auth_results_untrusted::RULE,
    auto_reply_loop::RULE,
    backscatter::RULE,
    backscatter_source::RULE,
    bounce::RULE,
    bounce_reports_loop::RULE,
    catch_all_delivery::RULE,
    clock_skew::RULE,
    delivered_to_loop::RULE,
    dkim_fail::RULE,
    dmarc_fail::RULE,
    duplicate_forwarded::RULE,
    duplicate_list_and_direct::RULE,
    duplicate_multidrop::RULE,
    duplicate_redelivered::RULE,
    duplicate_refetched::RULE,
    duplicate_reinjected::RULE,
    duplicate_sent_twice::RULE,
    duplicate_stored_twice::RULE,
    duplicate_two_addresses::RULE,
    envelope_recipients_exposed::RULE,
    exchange_online_loop::RULE,
    filter_verdict::RULE,
    forged_trace::RULE,
    forwarding_loop_marker::RULE,
    hidden_characters::RULE,
    hop_limit_near::RULE,
    host_revisited::RULE,
    identity_mismatch::RULE,
    list_loop::RULE,
    multidrop_guessing::RULE,
    multidrop_readiness::RULE,
    not_duplicates::RULE,
    open_recipient_list::RULE,
    pop3_connector_address::RULE,
    pop3_connector_reinjection::RULE,
    pop3_fetch::RULE,
    recipient_reinjection::RULE,
    repeated_singleton_header::RULE,
    routing_loop::RULE,
    slow_hop::RULE,
    spf_fail::RULE,
    stacked_delivered_to::RULE,
    trace_gap::RULE,
    unencrypted_hop::RULE,
];

/// What the rules find in a case, the worst and surest first.
#[must_use]
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = RULES.iter().flat_map(|rule| (rule.check)(case)).collect();
    findings.sort_by(|a, b| (b.severity, b.confidence, a.id).cmp(&(a.severity, a.confidence, b.id)));
    findings
}

/// The near misses of a rule, message by message.
fn near_misses_in<I: IntoIterator<Item = NearMiss>>(
    case: &Case<'_>,
    near_misses: impl Fn(usize, &Message<'_>) -> I,
) -> Vec<NearMiss> {
    let messages = case.messages.iter().enumerate();
    messages.flat_map(|(place, message)| near_misses(place, message)).collect()
}

/// More near misses than this are not told.
const MOST_NEAR_MISSES: usize = 1000;

/// What looks like something that the rules look for and is not, in the order of the rules' ids; `findings` are what they found.
#[must_use]
pub fn spared(case: &Case<'_>, findings: &[Finding]) -> Vec<NearMiss> {
    let found: HashSet<(&str, usize)> = findings
        .iter()
        .flat_map(|finding| finding.evidence.iter().map(|evidence| (finding.id, evidence.message)))
        .collect();
    let is_found =
        |miss: &NearMiss| miss.evidence.iter().any(|evidence| found.contains(&(miss.id, evidence.message)));
    let all = RULES.iter().filter_map(|rule| rule.spared).flat_map(|spared| spared(case));
    all.filter(|miss| !is_found(miss)).take(MOST_NEAR_MISSES).collect()
}

/// A rule on several copies of one message.
struct OnCopies<'r> {
    rule: &'r Rule,
    verdict: Verdict,
    severity: Severity,
    tell: fn(&CopySet, &Pair) -> Telling,
}

/// What a rule says of a set.
struct Telling {
    what: String,
    why: String,
    remedies: Vec<Remedy>,
}

/// The findings of a rule on copies: one for each server that made some, over all sets. A mailbox that was collected a second time has
/// a set for each of its messages, and one cause.
fn on_copies(case: &Case<'_>, on: &OnCopies<'_>) -> Vec<Finding> {
    let mut findings: Vec<(Finding, usize)> = Vec::new();
    let mut places: HashMap<Option<&str>, usize> = HashMap::new();
    for set in &case.copies {
        let Some(pair) = set.worth_telling(on.verdict) else { continue };
        let server = pair.maker.as_ref().and_then(|maker| maker.host.as_deref());
        match places.get(&server).and_then(|place| findings.get_mut(*place)) {
            Some((_, further)) => *further += set.messages.len(),
            None => {
                places.insert(server, findings.len());
                findings.push((on_set(set, pair, on), 0));
            }
        }
    }
    let with_further = |(mut finding, further): (Finding, usize)| {
        if further > 0 {
            finding.what.push_str(&format!(" The same holds for {further} further messages."));
        }
        finding
    };
    findings.into_iter().map(with_further).collect()
}

fn on_set(set: &CopySet, pair: &Pair, on: &OnCopies<'_>) -> Finding {
    let Telling { what, why, remedies } = (on.tell)(set, pair);
    let culprit = pair.maker.as_ref().filter(|_| on.severity > Severity::Ok);
    Finding {
        id: on.rule.id,
        title: on.rule.title,
        severity: on.severity,
        confidence: match pair.sure {
            Sure::Possible => Confidence::Possible,
            Sure::Likely => Confidence::Likely,
            Sure::Certain => Confidence::Certain,
        },
        what,
        why,
        remedies,
        evidence: evidence(set, pair, on.verdict),
        culprit: culprit.map(|server| Culprit { host: server.host.clone(), domain: server.site.clone() }),
    }
}

/// So many further copies are shown besides the pair that shows it best.
const FURTHER_COPIES: usize = 3;

fn evidence(set: &CopySet, pair: &Pair, verdict: Verdict) -> Vec<Evidence> {
    let others = set.copies.iter().filter_map(|copy| copy.pair.as_ref());
    let others = others.filter(|other| other.verdict == verdict && *other != pair).take(FURTHER_COPIES);
    let proofs = pair.proofs.iter().chain(others.filter_map(|other| other.proofs.first()));
    let mut evidence: Vec<Evidence> = Vec::new();
    for proof in proofs {
        let label = proof.shows.label().to_owned();
        if evidence.iter().all(|one| (one.message, one.span) != (proof.message, proof.span)) {
            evidence.push(Evidence { message: proof.message, span: proof.span, label });
        }
    }
    evidence
}

/// `twice`, `3 times`
fn times(count: usize) -> String {
    if count == 2 { "twice".to_owned() } else { format!("{count} times") }
}

/// The verdict on a set in a sentence to read aloud.
#[must_use]
pub fn told(set: &CopySet) -> String {
    let Some((_, pair)) = set.shown() else { return String::new() };
    let tell = match set.verdict {
        Verdict::Reinjected => duplicate_reinjected::told,
        Verdict::Multidrop => duplicate_multidrop::told,
        Verdict::Refetched => duplicate_refetched::told,
        Verdict::Redelivered => duplicate_redelivered::told,
        Verdict::SentTwice => duplicate_sent_twice::told,
        Verdict::ListAndDirect => duplicate_list_and_direct::told,
        Verdict::Forwarded => duplicate_forwarded::told,
        Verdict::StoredTwice => duplicate_stored_twice::told,
        Verdict::TwoAddresses => duplicate_two_addresses::told,
        Verdict::NotDuplicates => not_duplicates::told,
    };
    tell(set, pair)
}
