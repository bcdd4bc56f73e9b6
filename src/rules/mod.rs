//! The rules: one file for each finding, and the table that lists them.
//!
//! A rule reads the case and reports what it finds; it changes nothing and knows no other rule.

mod auto_reply_loop;
mod bounce_reports_loop;
mod delivered_to_loop;
mod exchange_online_loop;
mod forwarding_loop_marker;
mod hop_limit_near;
mod host_revisited;
mod list_loop;
mod pop3_fetch;
mod routing_loop;

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
    auto_reply_loop::RULE,
    bounce_reports_loop::RULE,
    delivered_to_loop::RULE,
    exchange_online_loop::RULE,
    forwarding_loop_marker::RULE,
    hop_limit_near::RULE,
    host_revisited::RULE,
    list_loop::RULE,
    pop3_fetch::RULE,
    routing_loop::RULE,
];

/// What the rules find in a case, the worst and surest first.
#[must_use]
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = RULES.iter().flat_map(|rule| (rule.check)(case)).collect();
    findings.sort_by(|a, b| (b.severity, b.confidence, a.id).cmp(&(a.severity, a.confidence, b.id)));
    findings
}
