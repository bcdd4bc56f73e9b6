//! Which findings a text lists where there are thousands.

use super::{Finding, Report};

/// Of each rule so many are listed.
const OF_ONE_RULE: usize = 10;

/// The findings that a text lists, in their order: the first ones of each rule, so that many of one leave none of another out. The rest is
/// counted.
#[must_use]
pub fn listed(report: &Report) -> (Vec<&Finding>, usize) {
    // As many rules as there are: few.
    let mut rules: Vec<(&str, usize)> = Vec::new();
    let mut listed = Vec::new();
    for finding in &report.findings {
        let known = rules.iter_mut().find(|(id, _)| *id == finding.id);
        let count = match known {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                rules.push((&finding.id, 1));
                1
            }
        };
        if count <= OF_ONE_RULE {
            listed.push(finding);
        }
    }
    let further = report.findings.len() - listed.len();
    (listed, further)
}
