//! Cyrus behind Postfix. What Cyrus stores is copied to where the lab looks for mail.

use super::postfix;
use crate::lab::site::{File, Setup, Site};

const CYRUS_CONF: &str = "\
START {
  recover cmd=\"/usr/sbin/cyrus ctl_cyrusdb -r\"
}
SERVICES {
  pop3 cmd=\"pop3d -U 30\" listen=\"pop3\" prefork=0 maxchild=50
  lmtpunix cmd=\"lmtpd\" listen=\"/run/cyrus/socket/lmtp\" prefork=0 maxchild=20
}
EVENTS {
  checkpoint cmd=\"/usr/sbin/cyrus ctl_cyrusdb -c\" period=30
}
";

/// Cyrus names a message by its number and a dot, in a folder that it alone can name.
const COPY: &str = "\
#!/bin/sh
while sleep 1; do
  for user in alice bob carol dave; do
    folder=$(su -s /bin/sh cyrus -c \"/usr/lib/cyrus/bin/mbpath user.$user\" 2>/dev/null) || continue
    for file in $folder/[0-9]*.; do
      own=/home/$user/Maildir; name=$(basename $file)
      [ -e $own/new/$name ] || { cp -p $file $own/tmp/ && mv $own/tmp/$name $own/new/; }
    done
  done
done
";

pub fn setup(site: &Site) -> Setup {
    let mut main_cf = postfix::main_cf(site);
    main_cf.push_str("mailbox_transport = lmtp:unix:/run/cyrus/socket/lmtp\n");
    Setup {
        files: vec![
            File::new("/etc/postfix/main.cf", main_cf),
            File::new("/etc/cyrus.conf", CYRUS_CONF),
            File::new("/etc/lab/imapd", "autocreate_quota: 0\nautocreate_post: yes\nservername: "),
            File::new("/etc/lab/copy", COPY).mode(0o755),
        ],
        start: format!(
            "sed -i /^autocreate_quota/d /etc/imapd.conf; cat /etc/lab/imapd >> /etc/imapd.conf; \
             echo {} >> /etc/imapd.conf\n\
             mkdir -p /run/cyrus/socket /run/cyrus/proc /run/cyrus/lock; chown -R cyrus:mail /run/cyrus; \
             chmod 755 /run/cyrus /run/cyrus/socket\n\
             /usr/sbin/cyrmaster -d </dev/null >/dev/null 2>&1\n\
             /etc/lab/copy </dev/null >/dev/null 2>&1 &\n\
             postconf -F '*/*/chroot = n'\npostalias /etc/aliases\npostfix start\n",
            site.host
        ),
    }
}
