//! sendmail: an m4 file of its own, compiled on the host. Procmail or maildrop puts mail into the mailboxes.

use super::nets;
use crate::lab::site::{File, Mailbox, Setup, Site};

const START: &str = "\
cp /etc/lab/tls.key /etc/mail/lab.key; chmod 600 /etc/mail/lab.key
cd /etc/mail
m4 lab.mc > sendmail.cf
for map in mailertable virtusertable access; do makemap hash $map < $map; done
newaliases
mkdir -p /run/sendmail/mta /run/sendmail/msp; chown smmta:smmsp /run/sendmail/mta; chown smmsp:smmsp /run/sendmail/msp
sendmail -bd -q5s
sendmail -L sm-msp -Ac -q5s
";

pub fn setup(site: &Site) -> Setup {
    let mut names = vec![site.host.clone(), "localhost".into()];
    names.extend(site.domains.iter().cloned());
    let routes: String =
        site.routes.iter().map(|(domain, host)| format!("{domain} esmtp:[{host}]\n")).collect();
    let virtual_users: String = match &site.catch_all {
        Some(user) => site.domains.iter().map(|domain| format!("@{domain} {user}\n")).collect(),
        None => String::new(),
    };
    // "192.0.2.0/24" becomes "192.0.2".
    let access: String = nets(" ")
        .split(' ')
        .filter_map(|net| net.strip_suffix(".0/24").or(net.strip_suffix(".0.0.0/8")))
        .map(|net| format!("Connect:{net} RELAY\n"))
        .collect();
    Setup {
        files: vec![
            File::new("/etc/mail/lab.mc", configuration(site)),
            File::new("/etc/mail/local-host-names", names.join("\n") + "\n"),
            File::new("/etc/mail/mailertable", routes),
            File::new("/etc/mail/virtusertable", virtual_users),
            File::new("/etc/mail/access", access),
        ],
        start: START.into(),
    }
}

fn configuration(site: &Site) -> String {
    let mut lines = vec![
        "include(`/usr/share/sendmail/cf/m4/cf.m4')dnl".to_owned(),
        "VERSIONID(`lab')dnl".into(),
        "OSTYPE(`debian')dnl".into(),
        "DOMAIN(`debian-mta')dnl".into(),
        "undefine(`confHOST_STATUS_DIRECTORY')dnl".into(),
        "FEATURE(`no_default_msa')dnl".into(),
        "DAEMON_OPTIONS(`Family=inet, Name=MTA-v4, Port=smtp, Addr=0.0.0.0')dnl".into(),
        format!("define(`confDOMAIN_NAME', `{}')dnl", site.host),
        // The lab has no identd, and asking for it takes five seconds.
        "define(`confTO_IDENT', `0')dnl".into(),
        "FEATURE(`use_cw_file')dnl".into(),
        "FEATURE(`access_db', `hash -T<TMPF> /etc/mail/access')dnl".into(),
        "FEATURE(`mailertable', `hash -o /etc/mail/mailertable')dnl".into(),
        "FEATURE(`virtusertable', `hash -o /etc/mail/virtusertable')dnl".into(),
        "FEATURE(`accept_unresolvable_domains')dnl".into(),
    ];
    if let Some(limit) = site.hop_limit {
        lines.push(format!("define(`confMAX_HOP', `{limit}')dnl"));
    }
    if let Some(smart_host) = &site.smart_host {
        lines.push(format!("define(`SMART_HOST', `esmtp:[{smart_host}]')dnl"));
    }
    if site.tls {
        lines.extend([
            "define(`confCACERT_PATH', `/etc/ssl/certs')dnl".into(),
            "define(`confCACERT', `/etc/lab/tls.crt')dnl".into(),
            "define(`confSERVER_CERT', `/etc/lab/tls.crt')dnl".into(),
            "define(`confSERVER_KEY', `/etc/mail/lab.key')dnl".into(),
            "define(`confCLIENT_CERT', `/etc/lab/tls.crt')dnl".into(),
            "define(`confCLIENT_KEY', `/etc/mail/lab.key')dnl".into(),
        ]);
    }
    lines.extend(site.config.iter().cloned());
    lines.push(match site.mailbox {
        Mailbox::Maildrop => "FEATURE(`local_procmail', `/usr/bin/maildrop', `maildrop -d $u')dnl".into(),
        _ => "FEATURE(`local_procmail', `/usr/bin/procmail')dnl".into(),
    });
    lines.push("MAILER_DEFINITIONS".into());
    lines.push("MAILER(`local')dnl".into());
    lines.push("MAILER(`smtp')dnl".into());
    lines.join("\n") + "\n"
}
