//! The name server of the sandbox: one dnsmasq that knows the hosts of the scenario and says NXDOMAIN to the rest.

use super::host::NAME_SERVER;
use super::scenario::Scenario;
use super::site::{File, Setup, Site, Software};

/// The host it runs on. It belongs to the sandbox, not to any scenario's topology.
pub fn site() -> Site {
    Site::new("ns.example.org", NAME_SERVER, Software::Desk, "answers for all domains")
}

pub fn setup(scenario: &Scenario) -> Setup {
    let mut lines = vec![
        "no-resolv".to_owned(),
        "no-hosts".to_owned(),
        // Answers of its own for everything: what is not listed does not exist, at once.
        "local=/#/".to_owned(),
        "user=root".to_owned(),
        "log-facility=/var/log/dnsmasq.log".to_owned(),
        "host-record=ns.example.org,192.0.2.53".to_owned(),
    ];
    for site in &scenario.sites {
        let six = site.address6.as_ref().map(|address| format!(",{address}")).unwrap_or_default();
        lines.push(format!("host-record={},{}{six}", site.host, site.address));
        for domain in &site.domains {
            if !scenario.mx.iter().any(|(name, _)| name == domain) && *domain != site.host {
                lines.push(format!("mx-host={domain},{},10", site.host));
            }
        }
    }
    for (domain, hosts) in &scenario.mx {
        for (place, host) in hosts.iter().enumerate() {
            lines.push(format!("mx-host={domain},{host},{}", 10 * (place + 1)));
        }
    }
    Setup {
        files: vec![File::new("/etc/dnsmasq.conf", lines.join("\n") + "\n")],
        start: "dnsmasq --conf-file=/etc/dnsmasq.conf".into(),
    }
}
