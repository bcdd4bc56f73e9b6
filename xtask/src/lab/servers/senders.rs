//! Small programs that only hand mail to the next server: nullmailer and dma.

use crate::lab::site::{File, Setup, Site};

pub fn nullmailer(site: &Site) -> Setup {
    let next = site.smart_host.clone().unwrap_or_default();
    Setup {
        files: vec![
            File::new("/etc/nullmailer/me", format!("{}\n", site.host)),
            File::new("/etc/nullmailer/defaultdomain", format!("{}\n", site.own_domain())),
            File::new("/etc/nullmailer/defaulthost", format!("{}\n", site.own_domain())),
            File::new("/etc/nullmailer/remotes", format!("{next} smtp --port=25\n")),
            File::new("/etc/nullmailer/pausetime", "5\n"),
        ],
        start: "rm -f /var/spool/nullmailer/trigger; mkfifo -m 622 /var/spool/nullmailer/trigger; \
                chown mail:mail /var/spool/nullmailer/trigger\n\
                su -s /bin/sh mail -c nullmailer-send </dev/null >/var/log/nullmailer.log 2>&1 &\nsleep 1\n"
            .into(),
    }
}

pub fn dma(site: &Site) -> Setup {
    let next = site.smart_host.clone().unwrap_or_default();
    Setup {
        files: vec![File::new(
            "/etc/dma/dma.conf",
            format!("SMARTHOST {next}\nMAILNAME {}\n", site.own_domain()),
        )],
        start: String::new(),
    }
}
