//! Mail that arrives as it should: nothing here may raise an alarm.

use crate::lab::scenario::{Mail, Scenario};
use crate::lab::site::{Site, Software};

pub fn scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    for (sender, receiver) in [
        (Software::Postfix, Software::Exim),
        (Software::Exim, Software::Sendmail),
        (Software::Sendmail, Software::OpenSmtpd),
        (Software::OpenSmtpd, Software::Courier),
        (Software::Courier, Software::Postfix),
        (Software::Postfix, Software::Chasquid),
        (Software::Exim, Software::Cyrus),
    ] {
        all.push(direct(sender, receiver));
    }
    all
}

pub fn desk() -> Site {
    Site::new("pc.example.com", "192.0.2.100", Software::Desk, "the sender's desk")
}

fn pair(name: &str, sender: Software, receiver: Software) -> String {
    format!("{name}-{}-{}", sender.id(), receiver.id())
}

fn direct(sender: Software, receiver: Software) -> Scenario {
    Scenario::new(
        pair("direct", sender, receiver),
        "A mail goes from the sender's server straight to the recipient's.",
    )
    .site(desk())
    .site(Site::new("mail.example.com", "192.0.2.10", sender, "the sender's server").domain("example.com"))
    .site(
        Site::new("mx.example.org", "198.51.100.10", receiver, "the recipient's server").domain("example.org"),
    )
    .send(Mail::new("pc.example.com", "mail.example.com", "alice@example.com", "bob@example.org", "Minutes"))
    .wait(1, 60)
    .healthy()
}
