//! OpenSMTPD. Its limit of 100 hops is compiled in, and Debian's build cannot serve STARTTLS with OpenSSL 3.

use crate::lab::site::{File, Mailbox, Setup, Site};

pub fn setup(site: &Site) -> Setup {
    Setup { files: vec![File::new("/etc/smtpd.conf", configuration(site))], start: "smtpd\n".into() }
}

fn configuration(site: &Site) -> String {
    let host = &site.host;
    let mut names = vec![format!("\"{host}\"")];
    let mut lines =
        vec![format!("listen on 0.0.0.0 hostname {host}"), "table aliases file:/etc/aliases".into()];
    if site.address6.is_some() {
        lines.push(format!("listen on :: hostname {host}"));
    }
    let mailbox = match site.mailbox {
        Mailbox::Own => "maildir \"%{user.directory}/Maildir\"",
        Mailbox::Procmail => "mda \"/usr/bin/procmail\"",
        Mailbox::Maildrop => "mda \"/usr/bin/maildrop\"",
        Mailbox::DovecotLmtp => "lmtp \"/run/dovecot/lmtp\"",
    };
    lines.push(format!("action \"local\" {mailbox} alias <aliases>"));
    for (number, (_, next)) in site.routes.iter().enumerate() {
        lines.push(format!("action \"route{number}\" relay host \"smtp://{next}\" helo \"{host}\""));
    }
    let relay = site.smart_host.iter().map(|next| format!("host \"smtp://{next}\" ")).collect::<String>();
    lines.push(format!("action \"relay\" relay {relay}helo \"{host}\""));
    if let Some(user) = &site.catch_all {
        let entries: Vec<String> =
            site.domains.iter().map(|domain| format!("\"@{domain}\" = {user}")).collect();
        lines.insert(0, format!("table virtuals {{ {} }}", entries.join(", ")));
        lines.push(format!("action \"catch_all\" {mailbox} virtual <virtuals>"));
        for domain in &site.domains {
            lines.push(format!("match from any for domain \"{domain}\" action \"catch_all\""));
        }
    } else {
        names.extend(site.domains.iter().map(|domain| format!("\"{domain}\"")));
    }
    lines.push(format!("match from any for domain {{ {} }} action \"local\"", names.join(", ")));
    lines.push("match for local action \"local\"".into());
    for (number, (domain, _)) in site.routes.iter().enumerate() {
        lines.push(format!("match from any for domain \"{domain}\" action \"route{number}\""));
    }
    lines.extend(site.config.iter().cloned());
    lines.push("match from any for any action \"relay\"".into());
    lines.join("\n") + "\n"
}
