//! Content filters in front of Postfix's queue: each takes the mail and gives it back to the same host.

use crate::lab::site::{File, Site};

/// amavisd-new on port 10024, which gives the mail back on port 10025.
pub fn amavis(site: Site) -> Site {
    let host = site.host.clone();
    let domain = site.own_domain().to_owned();
    site.with("amavisd-new")
        .config("content_filter = smtp-amavis:[127.0.0.1]:10024")
        .file(File::new(
            "/etc/amavis/conf.d/50-user",
            format!(
                "use strict;\n$myhostname = '{host}';\n$mydomain = '{domain}';\n\
                 @bypass_virus_checks_maps = (1);\n@bypass_spam_checks_maps = (1);\n@bypass_banned_checks_maps = (1);\n\
                 $max_servers = 1;\n$sa_local_tests_only = 1;\n$inet_socket_port = 10024;\n\
                 @local_domains_maps = ( [\".$mydomain\"] );\n1;\n"
            ),
        ))
        .start(
            "postconf -M smtp-amavis/unix='smtp-amavis unix - - n - 2 smtp -o smtp_send_xforward_command=yes'\n\
             postconf -M 127.0.0.1:10025/inet='127.0.0.1:10025 inet n - n - - smtpd -o content_filter= \
             -o smtpd_authorized_xforward_hosts=127.0.0.0/8'\n\
             postfix reload\n\
             mkdir -p /run/amavis; chown amavis:amavis /run/amavis\n\
             amavisd </dev/null >/dev/null 2>&1\n\
             for wait in $(seq 100); do grep -q ':2728 ' /proc/net/tcp && break; sleep 0.2; done",
        )
}

/// Postfix's own second listener: out on port 10026, back in on port 10025, with a relaying instance between.
pub fn second_instance(site: Site) -> Site {
    site.config("content_filter = smtp:[127.0.0.1]:10026").start(
        "postconf -M 127.0.0.1:10026/inet='127.0.0.1:10026 inet n - n - - smtpd -o content_filter=smtp:[127.0.0.1]:10025 \
         -o myhostname=filter.example.org'\n\
         postconf -M 127.0.0.1:10025/inet='127.0.0.1:10025 inet n - n - - smtpd -o content_filter='\n\
         postfix reload",
    )
}

/// A script that reads the mail and hands it in again with the command `sendmail`.
pub fn pipe(site: Site) -> Site {
    site.file(
        File::new(
            "/etc/lab/filter",
            "#!/bin/sh\ncat > /tmp/filter.$$\n/usr/sbin/sendmail -G -i \"$@\" < /tmp/filter.$$\n",
        )
        .mode(0o755),
    )
    .start(
        "postconf -M lab-filter/unix='lab-filter unix - n n - 10 pipe flags=Rq user=filter \
         argv=/etc/lab/filter -f ${sender} -- ${recipient}'\n\
         postconf -M smtp/inet='smtp inet n - n - - smtpd -o content_filter=lab-filter:'\n\
         postfix reload",
    )
}
