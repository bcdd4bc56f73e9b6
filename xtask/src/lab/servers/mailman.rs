//! Mailman 3 behind Postfix, without archives and web pages.

use super::postfix;
use crate::lab::site::{File, Setup, Site};

const MAPS: &str = "\
transport_maps = hash:/var/lib/mailman3/data/postfix_lmtp
local_recipient_maps = proxy:unix:passwd.byname $alias_maps hash:/var/lib/mailman3/data/postfix_lmtp
";

pub fn setup(site: &Site) -> Setup {
    let main_cf = postfix::main_cf(site) + MAPS;
    Setup {
        files: vec![File::new("/etc/postfix/main.cf", main_cf)],
        // The maps of the lists exist before Postfix looks for them; `list` owns all of Mailman.
        start: "mkdir -p /run/mailman3 /var/lib/mailman3/data; chown -R list:list /run/mailman3 /var/lib/mailman3 \
                /var/log/mailman3\n\
                chmod 755 /var/lib/mailman3 /var/lib/mailman3/data; sed -i s/changeme@example.com/postmaster@example.org/ \
                /etc/mailman3/mailman.cfg\n\
                su -s /bin/sh list -c 'touch /var/lib/mailman3/data/postfix_lmtp; \
                postmap /var/lib/mailman3/data/postfix_lmtp'\n\
                su -s /bin/sh list -c 'mailman start' </dev/null >/dev/null 2>&1\n\
                postconf -F '*/*/chroot = n'\npostalias /etc/aliases\npostfix start\n"
            .into(),
    }
}

/// Shell commands that make a list with members and tell Postfix about it.
pub fn make_list(address: &str, members: &[&str]) -> String {
    let members = members.join("\\n");
    format!(
        "su -s /bin/sh list -c 'mailman create {address}'\n\
         printf '{members}\\n' > /tmp/members; su -s /bin/sh list -c 'mailman addmembers -w /tmp/members {address}' || \
         su -s /bin/sh list -c 'mailman addmembers /tmp/members {address}'\n\
         su -s /bin/sh list -c 'mailman aliases; postmap /var/lib/mailman3/data/postfix_lmtp'\n"
    )
}
