//! Exim 4: one configuration file of its own instead of Debian's generated one.

use super::nets;
use crate::lab::site::{File, Mailbox, Setup, Site};

pub fn setup(site: &Site) -> Setup {
    let routes: String = site.routes.iter().map(|(domain, host)| format!("{domain}: {host}::25\n")).collect();
    Setup {
        files: vec![
            File::new("/etc/exim4/exim4.conf", configuration(site)).mode(0o640),
            File::new("/etc/lab/routes", routes),
        ],
        start: "chgrp Debian-exim /etc/exim4/exim4.conf\nexim4 -bd -q5s\n".into(),
    }
}

fn configuration(site: &Site) -> String {
    let host = &site.host;
    let locals = [host.as_str(), "localhost"].into_iter().chain(site.domains.iter().map(String::as_str));
    let locals = locals.collect::<Vec<_>>().join(" : ");
    let mut text = format!(
        "primary_hostname = {host}\n\
         qualify_domain = {}\n\
         domainlist local_domains = {locals}\n\
         hostlist relay_from = <; {} ; ::1 ; 2001:db8::/32\n\
         acl_smtp_rcpt = acl_rcpt\n\
         host_lookup = *\n\
         never_users =\n\
         keep_environment =\n\
         trusted_users = lists : filter\n\
         smtp_accept_max_per_host = 50\n\
         log_file_path = /var/log/exim4/%slog\n",
        site.own_domain(),
        nets(" ; "),
    );
    if site.address6.is_none() {
        text.push_str("disable_ipv6\n");
    }
    if let Some(limit) = site.hop_limit {
        text.push_str(&format!("received_headers_max = {limit}\n"));
    }
    if site.tls {
        text.push_str(
            "tls_advertise_hosts = *\ntls_certificate = /etc/lab/tls.crt\ntls_privatekey = /etc/lab/tls.key\n",
        );
    } else {
        text.push_str("tls_advertise_hosts =\n");
    }
    let special = ["router ", "dnslookup ", "smtp "];
    for line in site.config.iter().filter(|line| !special.iter().any(|word| line.starts_with(word))) {
        text.push_str(&format!("{line}\n"));
    }
    text.push_str(
        "begin acl\n\
         acl_rcpt:\n\
         \x20 accept hosts = :\n\
         \x20 accept domains = +local_domains\n\
         \x20        endpass\n\
         \x20        message = Unknown user\n\
         \x20        verify = recipient\n\
         \x20 accept authenticated = *\n\
         \x20        control = submission\n\
         \x20 accept hosts = +relay_from\n\
         \x20 deny message = relay not permitted\n",
    );
    text.push_str(&routers(site));
    text.push_str(&transports(site));
    text.push_str(
        "begin retry\n\
         * * F,5m,5s\n\
         begin authenticators\n\
         plain:\n\
         \x20 driver = plaintext\n\
         \x20 public_name = PLAIN\n\
         \x20 server_prompts = :\n\
         \x20 server_condition = ${if eq{$auth3}{lab}}\n\
         \x20 server_set_id = ${local_part:$auth2}\n\
         \x20 server_advertise_condition = yes\n",
    );
    text
}

fn routers(site: &Site) -> String {
    let mut text = String::from("begin routers\n");
    if site.archive {
        text.push_str(
            "archive:\n  driver = accept\n  unseen\n  no_verify\n  condition = ${if !eq{$local_part}{archive}}\n  \
             transport = archive_delivery\n",
        );
    }
    for line in site.config.iter().filter_map(|line| line.strip_prefix("router ")) {
        text.push_str(line);
        text.push('\n');
    }
    text.push_str(
        "routes:\n  driver = manualroute\n  domains = ! +local_domains\n  \
         route_data = ${lookup{$domain}lsearch{/etc/lab/routes}}\n  transport = remote_smtp\n",
    );
    if let Some(smart_host) = &site.smart_host {
        text.push_str(&format!(
            "smart_host:\n  driver = manualroute\n  domains = ! +local_domains\n  \
             route_list = * {smart_host} byname\n  transport = remote_smtp\n  no_more\n"
        ));
    } else {
        text.push_str(
            "dnslookup:\n  driver = dnslookup\n  domains = ! +local_domains\n  transport = remote_smtp\n",
        );
        text.push_str(&options(site, "dnslookup "));
        text.push_str("  no_more\n");
    }
    text.push_str(
        "aliases:\n  driver = redirect\n  allow_fail\n  allow_defer\n  \
         data = ${lookup{$local_part}lsearch{/etc/aliases}}\n  \
         user = lists\n  pipe_transport = address_pipe\n  file_transport = address_file\n",
    );
    if site.catch_all.is_some() {
        let domains = site.domains.join(" : ");
        text.push_str(&format!(
            "catch_all:\n  driver = accept\n  domains = {domains}\n  transport = catch_all_delivery\n"
        ));
    }
    text.push_str(
        "userforward:\n  driver = redirect\n  check_local_user\n  file = $home/.forward\n  no_verify\n  \
         check_ancestor\n  allow_filter\n  file_transport = address_file\n  pipe_transport = address_pipe\n  \
         reply_transport = address_reply\n\
         localuser:\n  driver = accept\n  check_local_user\n  transport = local_delivery\n  \
         cannot_route_message = Unknown user\n",
    );
    text
}

fn transports(site: &Site) -> String {
    let added = "  delivery_date_add\n  envelope_to_add\n  return_path_add\n";
    let maildir = "  driver = appendfile\n  maildir_format\n  create_directory\n";
    let local = match site.mailbox {
        Mailbox::Own => format!("local_delivery:\n{maildir}{added}  directory = $home/Maildir\n"),
        Mailbox::Procmail => format!(
            "local_delivery:\n  driver = pipe\n  command = /usr/bin/procmail -d $local_part_data\n{added}"
        ),
        Mailbox::Maildrop => format!(
            "local_delivery:\n  driver = pipe\n  command = /usr/bin/maildrop -d $local_part_data\n{added}  user = root\n"
        ),
        Mailbox::DovecotLmtp => {
            "local_delivery:\n  driver = lmtp\n  socket = /run/dovecot/lmtp\n  batch_max = 20\n  \
                                 user = mail\n"
                .to_owned()
        }
    };
    let mut text = format!(
        "begin transports\n\
         remote_smtp:\n  driver = smtp\n  hosts_try_fastopen =\n{}\
         address_pipe:\n  driver = pipe\n  return_output\n{added}\
         address_file:\n  driver = appendfile\n{added}\
         address_reply:\n  driver = autoreply\n\
         {local}\
         archive_delivery:\n{maildir}  directory = /home/archive/Maildir\n  user = archive\n",
        options(site, "smtp ")
    );
    if let Some(user) = &site.catch_all {
        // Debian ships Exim with the envelope recipient recorded; a site that says otherwise loses it here.
        let added = if site.config.iter().any(|line| line == "# no envelope recipient") {
            "  return_path_add\n"
        } else {
            added
        };
        text.push_str(&format!(
            "catch_all_delivery:\n{maildir}{added}  directory = /home/{user}/Maildir\n  user = {user}\n"
        ));
    }
    text
}

/// The lines of the site's configuration that belong to one router or transport.
fn options(site: &Site, prefix: &str) -> String {
    let lines = site.config.iter().filter_map(|line| line.strip_prefix(prefix));
    lines.map(|line| format!("  {line}\n")).collect()
}
