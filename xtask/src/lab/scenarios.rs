//! All scenarios, one file for each family.

mod backscatter;
mod copies;
mod healthy;
mod loops;
mod mailbox_loops;
mod mailboxes;
mod multidrop;
mod places;

use super::scenario::Scenario;

pub fn all() -> Vec<Scenario> {
    let mut all = Vec::new();
    all.extend(healthy::scenarios());
    all.extend(mailboxes::scenarios());
    all.extend(loops::scenarios());
    all.extend(mailbox_loops::scenarios());
    all.extend(multidrop::scenarios());
    all.extend(copies::scenarios());
    all.extend(backscatter::scenarios());
    all
}
