//! The rules: one file for each finding, and the table that lists them.
//!
//! A rule reads the case and reports what it finds; it changes nothing and knows no other rule.

mod bounce;
pub mod causes;
mod clock_skew;
mod delivered_to_loop;
mod forged_trace;
mod pop3_fetch;
mod slow_hop;
mod trace_gap;
mod unencrypted_hop;

use crate::case::Case;
use crate::finding::Finding;

/// One rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name, in kebab case; the file has the same name with underscores. It names the condition, never the advice.
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    check: fn(&Case<'_>) -> Vec<Finding>,
}

/// All rules, in the order of their ids.
pub const RULES: &[Rule] = &[
    bounce::RULE,
    clock_skew::RULE,
    delivered_to_loop::RULE,
    forged_trace::RULE,
    pop3_fetch::RULE,
    slow_hop::RULE,
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
