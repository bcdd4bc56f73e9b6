//! Which findings a text lists where there are thousands.

use super::kinds::by_kind;
use super::{Finding, Report};

/// Of each rule so many are listed.
const OF_ONE_RULE: usize = 10;

/// The findings that a text lists, in their order: the first ones of each rule, so that many of one leave none of another out. The rest is
/// counted.
#[must_use]
pub fn listed(report: &Report) -> (Vec<&Finding>, usize) {
    let rules = by_kind(&report.findings, |finding| &finding.id);
    let mut listed: Vec<_> = rules.iter().flat_map(|alike| alike.iter().take(OF_ONE_RULE)).collect();
    listed.sort_by_key(|(place, _)| *place);
    let further = report.findings.len() - listed.len();
    (listed.into_iter().map(|(_, finding)| *finding).collect(), further)
}
