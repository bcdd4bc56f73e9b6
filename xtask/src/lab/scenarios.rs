//! All scenarios, one file for each family.

mod backscatter;
mod copies;
mod forwards;
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
    all.extend(forwards::scenarios());
    all.extend(loops::scenarios());
    all.extend(mailbox_loops::scenarios());
    all.extend(multidrop::scenarios());
    all.extend(copies::scenarios());
    all.extend(backscatter::scenarios());
    all
}

#[cfg(test)]
mod tests {
    use super::all;
    use std::collections::BTreeSet;

    #[test]
    fn every_scenario_has_a_name_of_its_own_and_hosts_with_addresses_of_their_own() {
        let mut names = BTreeSet::new();
        for scenario in all() {
            assert!(names.insert(scenario.name.clone()), "{} stands twice", scenario.name);
            let mut seen = BTreeSet::new();
            for site in &scenario.sites {
                assert!(seen.insert(&site.host), "{}: {} stands twice", scenario.name, site.host);
                assert!(seen.insert(&site.address), "{}: {} stands twice", scenario.name, site.address);
            }
        }
        assert!(names.len() > 100);
    }

    #[test]
    fn all_names_and_addresses_are_kept_for_documentation() {
        for scenario in all() {
            for site in &scenario.sites {
                let names = [".example.com", ".example.net", ".example.org"];
                assert!(names.iter().any(|name| site.host.ends_with(name)), "{}", site.host);
                let nets = ["192.0.2.", "198.51.100.", "203.0.113."];
                assert!(nets.iter().any(|net| site.address.starts_with(net)), "{}", site.address);
            }
        }
    }
}
