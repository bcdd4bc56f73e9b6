//! What to do where SPF, DKIM or DMARC fail: at the sender's domain, at a forwarder, at a list, behind a filter service.

use super::{in_command, in_words};
use crate::finding::Remedy;

/// The sender's side adds a server to its SPF record (RFC 7208 section 4.6.4 limits the look-ups to ten).
#[must_use]
pub fn list_in_spf(domain: &str, client: Option<&str>) -> Remedy {
    let typed = in_command(domain, "DOMAIN");
    let client = client.unwrap_or("the address of the sending server");
    let mechanism = match client.parse::<std::net::IpAddr>() {
        Ok(std::net::IpAddr::V6(_)) => format!("ip6:{client}"),
        Ok(std::net::IpAddr::V4(_)) => format!("ip4:{client}"),
        Err(_) => "ip4:<address>".to_owned(),
    };
    Remedy {
        who: format!("Whoever administers the DNS of {domain}, if {client} is one of your servers or services"),
        steps: vec![
            format!("Read the present record: `dig +short TXT {typed}`, on Windows `Resolve-DnsName -Type TXT {typed}`."),
            format!("Add `{mechanism}` to the record that starts with `v=spf1`, or the `include:` that the sending service names in its instructions. Keep one such record only, with at most ten look-ups."),
            "If you do not know that server, change nothing: somebody else sends in your name, and the check did its work.".into(),
        ],
        disturbs_mail_flow: false,
        references: vec!["RFC 7208, sections 4.6.4 and 5".into()],
    }
}

/// The sender's side mends a record that cannot be read.
#[must_use]
pub fn mend_spf(domain: &str) -> Remedy {
    let typed = in_command(domain, "DOMAIN");
    Remedy {
        who: format!("Whoever administers the DNS of {domain}"),
        steps: vec![
            format!("Read the record: `dig +short TXT {typed}`, on Windows `Resolve-DnsName -Type TXT {typed}`."),
            "Make sure that exactly one record starts with `v=spf1`.".into(),
            "Count the look-ups (`include`, `a`, `mx`, `ptr`, `exists`, `redirect`, with those inside the includes): at most ten are allowed. Put the addresses of your own servers in as `ip4:` and `ip6:`, and take out services that you no longer use.".into(),
        ],
        disturbs_mail_flow: false,
        references: vec!["RFC 7208, sections 3.2 and 4.6.4".into()],
    }
}

/// The sending service signs with the domain of the From field. The commands are those of Exchange Online: `Get-DkimSigningConfig`,
/// <https://learn.microsoft.com/defender-office-365/email-authentication-dkim-configure>.
#[must_use]
pub fn sign_as(domain: &str) -> Remedy {
    let typed = in_command(domain, "DOMAIN");
    let domain = in_words(domain);
    Remedy {
        who: format!("Whoever sends mail for {domain}"),
        steps: vec![
            format!(
                "In the sending service or server, set up DKIM for {domain}, so that it signs with `d={typed}` and not with a domain of its own. Microsoft 365: `Get-DkimSigningConfig -Identity {typed}`, publish the two CNAME records that it shows, then `Set-DkimSigningConfig -Identity {typed} -Enabled $true`. Others call it “authenticate your domain”."
            ),
            format!(
                "Or have the service use a return address below {domain} (often called “custom return-path” or “bounce domain”), so that SPF is checked for your domain."
            ),
            "Send a message to a mailbox elsewhere and look for `dmarc=pass`.".into(),
        ],
        disturbs_mail_flow: false,
        references: vec!["RFC 7489, section 3.1".into()],
    }
}

/// A server that forwards rewrites the envelope sender and leaves the message as it is.
#[must_use]
pub fn forward_with_srs(forwarder: &str) -> Remedy {
    Remedy {
        who: format!("Whoever runs {forwarder}"),
        steps: vec![
            "Leave forwarded messages as they are: no added footer, no marked subject, no rewritten links. Then the sender's DKIM signature stays good, and with it DMARC.".into(),
            "Rewrite the envelope sender of forwarded mail (SRS). Postfix: install postsrsd, and set `sender_canonical_maps` and `recipient_canonical_maps` as its manual says. Exim 4.95 and later: `return_path = ${srs_encode {SRS_SECRET} {$return_path} {$original_domain}}` in the transport. Exchange Online does it by itself.".into(),
            "Better still, let the mailbox be read where it is, or moved, in place of forwarding.".into(),
        ],
        disturbs_mail_flow: false,
        references: vec!["RFC 7960, section 4.1.3".into()],
    }
}

/// A mailing list puts itself into the From field. Mailman 3: Settings › DMARC Mitigations,
/// <https://docs.mailman3.org/projects/mailman/en/latest/src/mailman/handlers/docs/dmarc-mitigations.html>.
#[must_use]
pub fn list_munges_from(list: &str) -> Remedy {
    Remedy {
        who: format!("Whoever administers the list {list}"),
        steps: vec![
            "Let the list write its own address into From where the author's domain has a DMARC policy. Mailman 3: Settings › DMARC Mitigations › “Replace From: with list address”. Mailman 2: Privacy options › Sender filters › dmarc_moderation_action “Munge From”. Sympa: `dmarc_protection.mode dmarc_reject`. Google Groups does it by itself.".into(),
            "Or leave the messages as they are: no footer, no prefix of the subject.".into(),
        ],
        disturbs_mail_flow: false,
        references: vec!["RFC 7960, section 4.1.3".into()],
    }
}

/// The receiving side trusts the seal of a list or forwarder. Exchange Online: "Configure trusted ARC sealers",
/// <https://learn.microsoft.com/defender-office-365/email-authentication-arc-configure>.
#[must_use]
pub fn trust_sealer(sealer: &str) -> Remedy {
    Remedy {
        who: "Whoever administers the receiving mail system, if such mail is refused or put aside".into(),
        steps: vec![format!(
            "If you know and trust the domain that seals the mail on the way ({}), list it as a trusted ARC sealer. Exchange Online: `Set-ArcConfig -Identity Default -ArcTrustedSealers \"{}\"` (this replaces the list; read it first with `Get-ArcConfig`).",
            in_words(sealer),
            in_command(sealer, "DOMAIN"),
        )],
        disturbs_mail_flow: false,
        references: vec!["RFC 8617, section 7.2".into()],
    }
}

/// The receiving side looks past its filter service. Exchange Online: "Enhanced Filtering for Connectors",
/// <https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/enhanced-filtering-for-connectors>.
#[must_use]
pub fn look_past_filter(service: &str) -> Remedy {
    let service = in_words(service);
    Remedy {
        who: format!("Whoever administers the receiving mail system behind {service}"),
        steps: vec![
            format!(
                "Tell the server that {service} stands in front of it, so that it checks the machine from which {service} had the mail. Exchange Online: Microsoft Defender › Policies & rules › Threat policies › Enhanced filtering, choose the inbound connector for {service}, “Automatically detect and skip the last IP address”; or `Set-InboundConnector -Identity \"<connector>\" -EFSkipLastIP $true`."
            ),
            format!("Leave the checks of SPF and DMARC to {service} where the server cannot look past it."),
        ],
        disturbs_mail_flow: false,
        references: vec!["RFC 7208, section 2.5".into()],
    }
}

/// Somebody who has such a message in front of him.
#[must_use]
pub fn doubt_sender(domain: &str) -> Remedy {
    Remedy {
        who: "Whoever has received the message".into(),
        steps: vec![format!(
            "Do not take it for granted that it comes from {}. Before you open a link, pay or answer, ask the sender in a way that you know, for example by telephone.",
            in_words(domain)
        )],
        disturbs_mail_flow: false,
        references: Vec::new(),
    }
}
