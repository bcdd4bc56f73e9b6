//! The rules: one file for each finding, and the table that lists them.
//!
//! A rule reads the case and reports what it finds; it changes nothing and knows no other rule.

mod backscatter;
mod backscatter_source;
mod catch_all_delivery;
mod delivered_to_loop;
mod envelope_recipients_exposed;
mod multidrop_guessing;
mod multidrop_readiness;
mod open_recipient_list;
mod pop3_connector_address;
mod pop3_connector_reinjection;
mod pop3_fetch;
mod recipient_reinjection;
mod stacked_delivered_to;

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
    backscatter::RULE,
    backscatter_source::RULE,
    catch_all_delivery::RULE,
    delivered_to_loop::RULE,
    envelope_recipients_exposed::RULE,
    multidrop_guessing::RULE,
    multidrop_readiness::RULE,
    open_recipient_list::RULE,
    pop3_connector_address::RULE,
    pop3_connector_reinjection::RULE,
    pop3_fetch::RULE,
    recipient_reinjection::RULE,
    stacked_delivered_to::RULE,
];

/// What the rules find in a case, the worst and surest first.
#[must_use]
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = RULES.iter().flat_map(|rule| (rule.check)(case)).collect();
    findings.sort_by(|a, b| (b.severity, b.confidence, a.id).cmp(&(a.severity, a.confidence, b.id)));
    findings
}
