//! What to do where the sending side has to change something: its encryption, its greeting, its rights, its own lists.

use super::{in_command, remedy, sender};
use crate::finding::Remedy;

/// The group is not there, or closed to the sender.
#[must_use]
pub fn group(address: &str) -> Remedy {
    remedy(
        sender(),
        &[
            &format!("Compare {address} letter by letter with what you were given."),
            "If it is right, ask the owner of the group to let you write to it. Google Groups: Group settings, Who can post. Microsoft 365: the group's delivery management, “Senders inside and outside of my organization”.",
        ],
        &[
            "https://support.google.com/a/answer/167430",
            "https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/fix-error-code-5-7-133-in-exchange-online",
        ],
    )
}

/// Greylisting: the first try of an unknown server is put off (RFC 6647).
#[must_use]
pub fn later() -> Remedy {
    remedy(
        "Whoever administers the sending server".to_owned(),
        &[
            "Nothing is wrong with the message: send it once more.",
            "See to it that the server itself tries again after some minutes, always from the same address. If a program hands mail over directly and never tries twice, let it send through a mail server.",
        ],
        &["RFC 6647, section 2"],
    )
}

/// No encrypted connection that can be trusted.
#[must_use]
pub fn encryption(domain: &str) -> Remedy {
    let typed = in_command(domain, "DOMAIN");
    remedy(
        format!("The administrators of the sending server and of {domain}"),
        &[
            &format!(
                "Try it: `openssl s_client -starttls smtp -connect <server>:25 -servername <server>`, with the server from `dig MX {typed}`. Look at the dates and the names of the certificate."
            ),
            &format!(
                "At {domain}: renew the certificate, and make the DANE (TLSA) record or the MTA-STS policy fit it."
            ),
            "At the sender: if encryption is asked for by a rule of your own (Postfix: `smtp_tls_policy_maps`; Exchange: the connector), ask whether that rule still fits.",
        ],
        &["RFC 3207", "RFC 7672", "RFC 8461"],
    )
}

/// The name in HELO or EHLO was not accepted.
#[must_use]
pub fn greeting() -> Remedy {
    remedy(
        "Whoever administers the sending server".to_owned(),
        &[
            "Let the server greet with its full name, which leads to its address in the DNS. Postfix: `myhostname` or `smtp_helo_name`; Exim: `primary_hostname` or `helo_data`; Exchange: `Set-SendConnector <connector> -Fqdn mail.example.com`.",
            "A program on a workstation sends through a mail server, with a login on port 587, and not directly.",
        ],
        &["RFC 5321, section 4.1.1.1"],
    )
}

/// The account may not send in the name of this sender.
#[must_use]
pub fn send_as() -> Remedy {
    remedy(
        "Whoever administers the sender's mail".to_owned(),
        &[
            "Let the program or person send from the account's own address, or give the account the right. Exchange: `Add-RecipientPermission <mailbox> -Trustee <account> -AccessRights SendAs` (Exchange Online), `Add-ADPermission <mailbox> -User <account> -ExtendedRights \"Send As\"` (Exchange Server). Postfix: `smtpd_sender_login_maps`.",
        ],
        &["https://learn.microsoft.com/en-us/powershell/module/exchange/add-recipientpermission"],
    )
}

/// A sending service does not write to the address any more.
#[must_use]
pub fn suppressed(address: &str) -> Remedy {
    remedy(
        "Whoever administers the sending service".to_owned(),
        &[
            &format!("Make sure that {address} exists and takes mail: send to it from an ordinary mailbox."),
            "Then take it off the service's list. Amazon SES: Suppression list; SendGrid and Mailgun: Suppressions.",
        ],
        &["https://docs.aws.amazon.com/ses/latest/dg/sending-email-suppression-list.html"],
    )
}
