//! All scenarios, one file for each family.

mod healthy;

use super::scenario::Scenario;

pub fn all() -> Vec<Scenario> {
    let mut all = Vec::new();
    all.extend(healthy::scenarios());
    all
}
