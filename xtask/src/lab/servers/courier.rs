//! Courier: a folder of small files. Forwards are `.courier` files, and its POP3 server reads the same mailboxes.

use super::nets;
use crate::lab::site::{File, Setup, Site};

const START: &str = "\
cat /etc/courier/lab-esmtpd >> /etc/courier/esmtpd
cat /etc/courier/lab-courierd >> /etc/courier/courierd
cat /etc/lab/tls.key /etc/lab/tls.crt > /etc/courier/esmtpd.pem
mkdir -p /run/courier/authdaemon; chown -R courier:courier /run/courier
makesmtpaccess; makeacceptmailfor; makealiases
authdaemond start; courierfilter start; courier start; esmtpd start; pop3d start
";

pub fn setup(site: &Site) -> Setup {
    let host = &site.host;
    let mut names = vec![host.clone(), "localhost".into()];
    names.extend(site.domains.iter().cloned());
    let names = names.join("\n") + "\n";
    let access: String = nets(" ")
        .split(' ')
        .filter_map(|net| net.strip_suffix(".0/24").or(net.strip_suffix(".0.0.0/8")))
        .map(|net| format!("{net}\tallow,RELAYCLIENT\n"))
        .collect();
    let mut routes: String = site.routes.iter().map(|(domain, host)| format!("{domain}: {host}\n")).collect();
    routes.push_str(&site.smart_host.iter().map(|host| format!(":{host}\n")).collect::<String>());
    let mut aliases: String =
        site.aliases.iter().map(|(local, targets)| format!("{local}: {targets}\n")).collect();
    aliases.push_str("postmaster: archive\n");
    if let Some(user) = &site.catch_all {
        for domain in &site.domains {
            aliases.push_str(&format!("@{domain}: {user}\n"));
        }
    }
    let tls = if site.tls { "" } else { "COURIERTLS=\nTLS_CERTFILE=\n" };
    let mut files = vec![
        File::new("/etc/courier/me", format!("{host}\n")),
        File::new("/etc/courier/defaultdomain", format!("{}\n", site.own_domain())),
        File::new("/etc/courier/dsnfrom", format!("\"Courier mail server at {host}\" <@>\n")),
        File::new("/etc/courier/esmtphelo", format!("{host}\n")),
        File::new("/etc/courier/locals", names.clone()),
        File::new("/etc/courier/esmtpacceptmailfor.dir/lab", names),
        File::new("/etc/courier/smtpaccess/default", access),
        File::new("/etc/courier/esmtproutes", routes),
        File::new("/etc/courier/aliases/system", aliases),
        File::new("/etc/courier/retryalpha", "5\n"),
        File::new("/etc/courier/lab-esmtpd", format!("MAXPERC=50\nMAXPERIP=50\nBLACKLISTS=\n{tls}")),
        // Without this Courier keeps its bounces to itself.
        File::new("/etc/courier/lab-courierd", "ESMTP_BLOCKBACKSCATTER=\n"),
    ];
    let mut start = START.to_owned();
    if let Some(user) = &site.catch_all {
        // Bob's mail comes as `user-bob`, which needs a file of its own.
        let file = format!("/home/{user}/.courier-default");
        start.push_str(&format!("chown {user}:{user} {file}; chmod 600 {file}\n"));
        files.push(File::new(file, "./Maildir\n"));
    }
    for (user, content) in &site.forwards {
        files.push(File::new(format!("/home/{user}/.courier"), dot_courier(content)));
        start.push_str(&format!(
            "rm -f /home/{user}/.forward; chown {user}:{user} /home/{user}/.courier; chmod 600 /home/{user}/.courier\n"
        ));
    }
    Setup { files, start }
}

/// The same instructions as in a `.forward` file, as Courier writes them.
fn dot_courier(forward: &str) -> String {
    let line = |target: &str| match target.trim() {
        own if own.starts_with('\\') => "./Maildir\n".to_owned(),
        pipe if pipe.starts_with("\"|") => format!("{}\n", pipe.trim_matches('"')),
        address => format!("&{address}\n"),
    };
    forward.split(", ").map(line).collect()
}
