//! Postfix: main.cf written whole, master.cf as Debian ships it but without chroot.

use super::nets;
use crate::lab::site::{File, Mailbox, Setup, Site};

pub fn setup(site: &Site) -> Setup {
    Setup {
        files: vec![File::new("/etc/postfix/main.cf", main_cf(site))],
        start: "postconf -F '*/*/chroot = n'\npostalias /etc/aliases\npostfix start\n".into(),
    }
}

pub fn main_cf(site: &Site) -> String {
    let host = &site.host;
    let domains = site.domains.join(", ");
    let mut lines = vec![
        "compatibility_level = 3.6".to_owned(),
        format!("myhostname = {host}"),
        format!("mydomain = {}", site.own_domain()),
        format!("myorigin = {}", site.own_domain()),
        format!("mynetworks = {} [::1]/128 [2001:db8::]/32", nets(" ")),
        "smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination"
            .into(),
        format!("inet_protocols = {}", if site.address6.is_some() { "all" } else { "ipv4" }),
        "alias_maps = hash:/etc/aliases".into(),
        "alias_database = hash:/etc/aliases".into(),
        "home_mailbox = Maildir/".into(),
        "append_dot_mydomain = no".into(),
        "biff = no".into(),
        "maillog_file = /var/log/mail.log".into(),
        "notify_classes =".into(),
        "queue_run_delay = 5s".into(),
        "minimal_backoff_time = 5s".into(),
        "maximal_backoff_time = 10s".into(),
        "smtp_address_preference = any".into(),
    ];
    if let Some(user) = &site.catch_all {
        lines.push(format!("mydestination = {host}, localhost"));
        lines.push(format!("virtual_alias_domains = {domains}"));
        let maps: Vec<String> =
            site.domains.iter().map(|domain| format!("{{@{domain} = {user}@{host}}}")).collect();
        lines.push(format!("virtual_alias_maps = inline:{{ {} }}", maps.join(", ")));
    } else {
        lines.push(format!("mydestination = {host}, localhost, {domains}"));
    }
    if !site.routes.is_empty() {
        let routes: Vec<String> =
            site.routes.iter().map(|(domain, host)| format!("{{{domain} = smtp:[{host}]}}")).collect();
        lines.push(format!("transport_maps = inline:{{ {} }}", routes.join(", ")));
    }
    if let Some(smart_host) = &site.smart_host {
        lines.push(format!("relayhost = [{smart_host}]"));
    }
    if let Some(limit) = site.hop_limit {
        lines.push(format!("hopcount_limit = {limit}"));
    }
    if site.archive {
        lines.push(format!("always_bcc = archive@{host}"));
    }
    if site.tls {
        lines.extend([
            "smtpd_tls_cert_file = /etc/lab/tls.crt".into(),
            "smtpd_tls_key_file = /etc/lab/tls.key".into(),
            "smtpd_tls_security_level = may".into(),
            "smtpd_tls_received_header = yes".into(),
            "smtp_tls_security_level = may".into(),
        ]);
    }
    match site.mailbox {
        Mailbox::Own => {}
        Mailbox::Procmail => lines.push("mailbox_command = /usr/bin/procmail".into()),
        Mailbox::Maildrop => lines.push("mailbox_command = /usr/bin/maildrop".into()),
        Mailbox::DovecotLmtp => lines.push("mailbox_transport = lmtp:unix:/run/dovecot/lmtp".into()),
    }
    lines.extend(site.config.iter().cloned());
    lines.join("\n") + "\n"
}
