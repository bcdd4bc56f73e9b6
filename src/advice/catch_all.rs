//! Catch-all mailboxes and bounces to people who wrote nothing (backscatter).

use super::{in_command, in_words};
use crate::finding::Remedy;

/// Refuse unknown recipients while the sending server is still connected, instead of taking the mail and returning it later.
///
/// Microsoft: Set-RecipientFilterConfig, Set-ReceiveConnector, "Use Directory-Based Edge Blocking". Postfix: BACKSCATTER_README,
/// local_recipient_maps(5). RFC 5321 section 6.2.
#[must_use]
pub fn refuse_unknown(who: String) -> Remedy {
    Remedy {
        who,
        steps: vec![
            "Switch the catch-all off, at the provider and on the server: with it every invented address is valid, and the mail to them is nearly all unwanted. Watch instead which real addresses are misspelt, and add those as aliases.".into(),
            "Have the mail delivered by SMTP. What a POP3 connector fetches has been accepted already, so no recipient filter can refuse it any more. If POP3 has to stay, take one mailbox for each user.".into(),
            "Switch off “Send copy of Non-Delivery Report to” (Exchange 2003: properties of the SMTP virtual server, Messages): the bounce still goes to the forged sender.".into(),
            "Exchange Edge: `Set-RecipientFilterConfig -Enabled $true -RecipientValidationEnabled $true`, and against guessing of addresses `Set-ReceiveConnector \"<name>\" -TarpitInterval 00:00:05`. Do not use the recipient filter on the Mailbox role of Exchange 2013 and later: it refuses the whole mail.".into(),
            "Exchange 2003: Global Settings › Message Delivery › Recipient Filtering › “Filter recipients who are not in the Directory”, then switch the filter on at the SMTP virtual server, with the tarpit of Windows Server 2003 SP1. On Windows 2000 there is no tarpit, and the filter would answer those who guess addresses: put a gateway in front that knows the recipients.".into(),
            "Exchange Online: `Set-AcceptedDomain -Identity <domain> -DomainType Authoritative`, so that unknown addresses are refused at the edge.".into(),
            "Postfix: keep `local_recipient_maps` and `relay_recipient_maps` set, and define no `luser_relay` and no `@domain` entry in `virtual_alias_maps`. A backup MX needs the same lists.".into(),
            "Look at the queue for bounces from postmaster or <> that cannot be delivered, and delete them. Behind a smart host the queue is the provider's: ask there. What a POP3 connector brings may be missing in message tracking, so no trace there proves nothing.".into(),
            "If the server is on block lists, ask to be taken off only when it sends no such bounces any more.".into(),
        ],
        disturbs_mail_flow: true,
        references: vec![
            "RFC 5321, section 6.2".into(),
            "Postfix BACKSCATTER_README".into(),
            "Microsoft: Set-RecipientFilterConfig; Use Directory-Based Edge Blocking".into(),
        ],
    }
}

/// What somebody does whose address was forged. `domain` is theirs, where it is known.
#[must_use]
pub fn victim(domain: Option<&str>) -> Remedy {
    let typed = domain.map_or("DOMAIN", |domain| in_command(domain, "DOMAIN"));
    let domain = in_words(domain.unwrap_or("your domain"));
    Remedy {
        who: format!("Whoever looks after the mail of {domain}"),
        steps: vec![
            "Delete such bounces. Your mailbox is not broken into by this alone, and the mail did not come from your server: anybody can write any sender.".into(),
            format!("Publish for {domain} an SPF record that names your servers, sign with DKIM, and publish DMARC (`_dmarc.{typed} TXT \"v=DMARC1; p=none; rua=mailto:ADDRESS\"` at first, later `p=reject`), so that servers refuse the forged mail instead of returning it."),
            "Do not answer, and do not bounce the bounces.".into(),
        ],
        disturbs_mail_flow: false,
        references: vec!["RFC 7208 (SPF)".into(), "RFC 6376 (DKIM)".into(), "RFC 7489 (DMARC)".into()],
    }
}

/// What to ask of the site that returned the mail.
#[must_use]
pub fn ask_to_refuse(reporter: &str) -> Remedy {
    let reporter = in_words(reporter);
    Remedy {
        who: format!("The postmaster of {reporter}, if the bounces go on"),
        steps: vec![format!(
            "Send postmaster at {reporter} this text: “Your server accepts mail for addresses that it cannot deliver to, and returns it to senders who are forged. Please refuse such mail during the SMTP dialogue, at RCPT TO, instead of returning it later. One of these bounces is attached.”"
        )],
        disturbs_mail_flow: false,
        references: vec!["RFC 5321, section 6.2".into()],
    }
}
