//! How to leave POP3 behind as a way to feed a mail server.

use super::{in_command, in_words};
use crate::finding::Remedy;

/// Every way to have the mail of a domain delivered by SMTP, and what to do where POP3 has to stay. `who` has to act; `domain` is theirs,
/// where it is known.
///
/// RFC 5321 section 5.1 (MX records), section 4.5.4.1 (how long senders try), RFC 1985 (ETRN). RFC 1939: POP3 keeps no envelope.
#[must_use]
pub fn leave(who: String, domain: Option<&str>) -> Remedy {
    let typed = domain.map_or("DOMAIN", |domain| in_command(domain, "DOMAIN"));
    let domain = in_words(domain.unwrap_or("your domain"));
    Remedy {
        who,
        steps: vec![
            format!("Have mail delivered to your own server by SMTP: let port 25 through to it, and name it in the MX record of {domain}, such as `MX 10 mail.{typed}`. If the provider will not change that record, move the domain to a registrar where you can; the web site may stay where it is."),
            "No fixed IP address? Let a dynamic DNS client on the server keep a name up to date, and put that name into the MX record.".into(),
            "The provider blocks port 25? Name a relay service in the MX record that takes the mail, keeps it while your server is away, and hands it on at another port, such as 2525. Send your own mail through the provider's server (smart host).".into(),
            "The line is not always up? Ask the provider for ETRN: the mail waits in a queue there, and your server calls for it by SMTP with all its recipients.".into(),
            "Afraid that the line or the server fails? Senders go on trying for days. For more, add a second MX record, `MX 50`, with a dynamic DNS name that has the same address now (an address record of its own, no alias); when the line fails, let only that name point to another line or server, and mail comes there within minutes. Take no backup MX that does not know your users: it accepts what your server must then return.".into(),
            "People collect their mail from outside by POP3? Let them use your own server: its web mail, IMAP, or Outlook Anywhere (RPC over HTTPS).".into(),
            "Turn on the recipient filter of the server, so that unknown addresses are refused before the mail is taken.".into(),
            "POP3 has to stay for now? Then one mailbox at the provider for each user, fetched for that user alone. No catch-all: it makes every invented address valid, and POP3 does not tell for whom a mail was.".into(),
        ],
        disturbs_mail_flow: true,
        references: vec!["RFC 5321, sections 4.5.4.1, 5.1 and 7.2".into(), "RFC 1985 (ETRN)".into()],
    }
}
