//! Mailing lists on a site: mlmmj behind the alias file, Mailman 3 by LMTP.

use super::mailman;
use crate::lab::site::{Site, Software};

/// Adds the list `name` at the site's own domain. Everybody may post, and `tocc` takes posts that name another list in To.
pub fn mlmmj(site: Site, name: &str, members: &[&str]) -> Site {
    let address = format!("{name}@{}", site.own_domain());
    let folder = format!("/var/spool/mlmmj/{name}");
    let queues = "incoming queue queue/discarded archive text subconf unsubconf bounce control moderation \
                  subscribers.d digesters.d requeue nomailsubs.d";
    let mut script = format!(
        "for queue in {queues}; do mkdir -p {folder}/$queue; done\n\
         cp /usr/share/mlmmj/text.skel/en/* {folder}/text/ 2>/dev/null || true\n\
         echo {address} > {folder}/control/listaddress\n\
         echo postmaster@{domain} > {folder}/control/owner\n\
         echo 127.0.0.1 > {folder}/control/relayhost\n\
         printf 'List-Id: <{name}.{domain}>\\nList-Post: <mailto:{address}>\\nPrecedence: list\\n' \
         > {folder}/control/customheaders\n\
         echo [{name}] > {folder}/control/prefix\n\
         touch {folder}/control/tocc\n",
        domain = site.own_domain()
    );
    for member in members {
        script.push_str(&format!("echo {member} >> {folder}/subscribers.d/{}\n", &member[..1]));
    }
    script.push_str("chown -R lists:lists /var/spool/mlmmj\n");
    let pipe = format!("\"|/usr/bin/mlmmj-receive -L {folder} -F\"");
    let site =
        site.with("mlmmj").alias(name, &pipe).alias(&format!("{name}+bounces"), "archive").start(&script);
    match site.software {
        Software::Postfix => site.config("default_privs = lists").config("recipient_delimiter = +"),
        _ => site,
    }
}

/// Adds a list to a site that runs Mailman.
pub fn mailman(site: Site, address: &str, members: &[&str]) -> Site {
    site.start(&mailman::make_list(address, members))
}
