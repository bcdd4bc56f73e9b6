//! The POP3 connector of Small Business Server 2000 and 2003, which sends mail out again to everybody in To and Cc.

use super::in_words;
use crate::finding::Remedy;

/// The server that does it.
#[derive(Clone, Copy, Debug)]
pub struct Site<'s> {
    /// Its name, where it is known.
    pub host: Option<&'s str>,
    /// Its domain.
    pub domain: &'s str,
}

impl Site<'_> {
    fn server(&self) -> String {
        match self.host {
            Some(host) if !host.eq_ignore_ascii_case(self.domain) => {
                format!("{host} ({})", self.domain)
            }
            _ => format!("the mail server of {}", self.domain),
        }
    }
}

/// Stop the connector, clear what it has put into the queues, patch.
///
/// Microsoft's Knowledge Base article 835734 (withdrawn; the update is of 21 May 2004), UNIRAS alert 899/05 of 28 October 2005. The
/// folders and menus are those of Small Business Server 2003 and its Exchange System Manager.
#[must_use]
pub fn stop(site: Site<'_>) -> Remedy {
    Remedy {
        who: format!("Whoever runs {} (postmaster@{})", site.server(), site.domain),
        steps: vec![
            "Does somebody else look after the server? Pass this on to them. Whether the connector is in use shows Exchange System Manager › Connectors › POP3 Connector Manager: it lists the mailboxes that are fetched.".into(),
            "Stop the copies now: Start › Administrative Tools › Services › “Microsoft Connector for POP3 Mailboxes” › Stop, and set its startup type to Disabled.".into(),
            "Take the server off the line or stop the “Simple Mail Transfer Protocol (SMTP)” service until the queues are clean.".into(),
            "Clear what waits: Exchange System Manager › Servers › the server › Queues: in each queue find the copies and choose “Delete (no NDR)”, so that no bounces go to the innocent sender.".into(),
            "Delete the copies in the folders `Exchsrvr\\Mailroot\\vsi 1\\PickUp` and `…\\Networking\\POP3\\Incoming Mail`, and look into `…\\POP3\\Failed Mail`. At the provider, delete the mail from the POP3 mailbox, or it is fetched again.".into(),
            "See whether update KB 835734 is installed: Control Panel › Add or Remove Programs, with “Show updates”, at the very end of the list. Install it and all service packs of Small Business Server 2003. Microsoft has withdrawn the page; if you have no copy of the update, leave the connector switched off.".into(),
            "Start SMTP again, and watch the queues: with very many messages they show more for some hours after a clean-up. Copies that are under way at other servers go on arriving for hours or days.".into(),
            "Small Business Server 2003 gets no updates any more: plan to replace it.".into(),
        ],
        disturbs_mail_flow: true,
        references: vec![
            "Microsoft Knowledge Base 835734 (withdrawn)".into(),
            "UNIRAS alert 899/05, 28 October 2005".into(),
        ],
    }
}

/// What those who got copies do meanwhile.
#[must_use]
pub fn meanwhile(site: Site<'_>, others: &[String]) -> Remedy {
    let domain = in_words(site.domain);
    let mut steps = vec![
        format!(
            "Do not reply to all, not even to complain: your answer would be multiplied in the same way. Take every address that starts with “mspop3connector.” out of what you write, also to {domain}."
        ),
        format!("Send postmaster@{domain} this text, or better, telephone: “{}”", letter(&domain)),
    ];
    if !others.is_empty() {
        steps.push(format!(
            "Ask the same of the postmasters of {}: these names are on the way of the message as well and belong neither to you nor to the sender, so their servers may do the same.",
            in_words(&others.join(", "))
        ));
    }
    steps.push("It is neither a virus nor spam, even if an antivirus program stops copies whose headers have grown long, and the sender is not to blame.".into());
    steps.push("Let your server refuse or delete the copies: a rule on “mspop3connector.” in To or Cc finds them all. Expect some for hours or days after the cause is gone.".into());
    Remedy {
        who: "Those who receive the copies, and their helpdesk".into(),
        steps,
        disturbs_mail_flow: false,
        references: Vec::new(),
    }
}

fn letter(domain: &str) -> String {
    format!(
        "Your mail server at {domain} fetches mail by POP3 and sends it out again to all addresses in To and Cc. Please stop the service “Microsoft Connector for POP3 Mailboxes”, clear the SMTP queues and the PickUp folder, and install KB 835734. The header of a copy is attached; the address mspop3connector.… and the line “mail pickup service” show your server."
    )
}

/// What the sender should know: nothing is wrong on that side.
#[must_use]
pub fn sender(sender: Option<&str>) -> Remedy {
    let who = sender.map_or_else(|| "The sender".to_owned(), |address| format!("The sender, {address}"));
    Remedy {
        who,
        steps: vec![
            "You sent one mail and did nothing wrong: no virus, no fault of your server, nothing to apologise for.".into(),
            "Do not send the mail again, and do not write to the same list of people until the copies have stopped.".into(),
            "Full mailboxes among the recipients will answer you with bounces. Delete them, and do not let your server bounce the bounces.".into(),
            "From now on write to many people in Bcc, with your own address in To, or through a mailing list: who is not in To or Cc cannot be written to by such a server.".into(),
        ],
        disturbs_mail_flow: false,
        references: Vec::new(),
    }
}
