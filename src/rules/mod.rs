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
