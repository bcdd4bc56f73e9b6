//! chasquid. It relays only what its own users hand in, so it stands at the ends of a route or forwards by alias.

use crate::lab::images::PASSWORD;
use crate::lab::site::{File, Setup, Site};

pub fn setup(site: &Site) -> Setup {
    let host = &site.host;
    let configuration = format!(
        "hostname: \"{host}\"\n\
         smtp_address: \":25\"\n\
         submission_address: \":587\"\n\
         submission_over_tls_address: \":465\"\n\
         mail_delivery_agent_bin: \"/usr/bin/maildrop\"\n\
         mail_delivery_agent_args: \"-f\"\n\
         mail_delivery_agent_args: \"%from%\"\n\
         mail_delivery_agent_args: \"-d\"\n\
         mail_delivery_agent_args: \"%to_user%\"\n\
         data_dir: \"/var/lib/chasquid\"\n\
         mail_log_path: \"/var/log/chasquid-mail.log\"\n{}\n",
        site.config.join("\n")
    );
    let mut aliases: String = site
        .aliases
        .iter()
        .chain(&site.forwards)
        .map(|(local, targets)| format!("{local}: {targets}\n"))
        .collect();
    aliases.push_str("postmaster: archive\n");
    if let Some(user) = &site.catch_all {
        aliases.push_str(&format!("*: {user}\n"));
    }
    let mut files = vec![File::new("/etc/chasquid/chasquid.conf", configuration)];
    let mut start = format!(
        "mkdir -p /etc/chasquid/certs/{host} /etc/chasquid/domains/{host} /var/lib/chasquid\n\
         rm -f /etc/chasquid/hooks/post-data\n\
         cp /etc/lab/tls.crt /etc/chasquid/certs/{host}/fullchain.pem\n\
         cp /etc/lab/tls.key /etc/chasquid/certs/{host}/privkey.pem\n"
    );
    for domain in &site.domains {
        files.push(File::new(format!("/etc/chasquid/domains/{domain}/aliases"), aliases.clone()));
        for user in ["alice", "bob", "carol", "dave", "archive", "catchall"] {
            start.push_str(&format!(
                "chasquid-util user-add {user}@{domain} --password={PASSWORD} </dev/null >/dev/null\n"
            ));
        }
    }
    start.push_str("chasquid </dev/null >/var/log/chasquid.log 2>&1 &\nsleep 1\n");
    Setup { files, start }
}
