//! Dovecot: POP3 and IMAP for the mailboxes in /home, delivery by LMTP, and the logins of mail servers.

use crate::lab::site::{File, Setup, Site};

const CONFIGURATION: &str = "\
protocols = pop3 imap lmtp
listen = *
ssl = yes
ssl_cert = </etc/lab/tls.crt
ssl_key = </etc/lab/tls.key
disable_plaintext_auth = no
mail_location = maildir:~/Maildir
auth_username_format = %n
first_valid_uid = 500
log_path = /var/log/dovecot.log
maildir_copy_with_hardlinks = no
passdb {
  driver = static
  args = nopassword=y
}
userdb {
  driver = passwd
}
protocol lmtp {
  mail_plugins = sieve
}
plugin {
  sieve = ~/.dovecot.sieve
}
service lmtp {
  unix_listener lmtp {
    mode = 0666
  }
}
service auth {
  unix_listener auth-lab {
    mode = 0666
  }
  # The same under the names that the mail servers look for.
  unix_listener auth-client {
    mode = 0666
  }
}
";

pub fn setup(site: &Site) -> Setup {
    let text = format!("{CONFIGURATION}postmaster_address = postmaster@{}\n", site.own_domain());
    Setup {
        files: vec![File::new("/etc/dovecot/dovecot.conf", text)],
        start: "dovecot </dev/null >/dev/null 2>&1\n".into(),
    }
}

/// Adds Dovecot's POP3 and IMAP server to a site.
pub fn pop3(site: Site) -> Site {
    let setup = setup(&site);
    let mut site = site.with("Dovecot").start(&setup.start);
    site.files.extend(setup.files);
    site
}

/// A person's Sieve script. Delivery has to go through LMTP for it to run.
pub fn sieve(site: Site, user: &str, script: &str) -> Site {
    let file = format!("/home/{user}/.dovecot.sieve");
    let site = site.with("Sieve").start(&format!("chown {user}:{user} {file}"));
    site.file(File::new(file, script))
}
