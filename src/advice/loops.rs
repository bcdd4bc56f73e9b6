//! How to end a loop, by the program on the server where it turns: the domain has to have one owner, or one of two forwards has to go.

use super::{Program, in_command, in_words};
use crate::finding::Remedy;

/// What belongs to every loop.
const LIMIT: &str = "Do not raise the hop limit: the message would only go round longer.";

fn who(host: &str, program: Program) -> String {
    program
        .name()
        .map_or_else(|| format!("Whoever runs {host}"), |name| format!("Whoever runs {host} ({name})"))
}

/// The domain within a command.
fn typed(domain: Option<&str>) -> &str {
    domain.map_or("DOMAIN", |domain| in_command(domain, "DOMAIN"))
}

/// Two servers that hold each other responsible for a domain. `domain` is that of the recipient; `next` is where the server sent the
/// message each time.
///
/// Postfix: postconf(5), transport(5), <https://www.postfix.org/BASIC_CONFIGURATION_README.html>. Exim: specification, chapters "Domain,
/// host, address, and local part lists" and "The dnslookup router". sendmail: cf/README, mailertable. qmail: qmail-send(8),
/// qmail-remote(8). OpenSMTPD: smtpd.conf(5). Courier: makehosteddomains(8), esmtproutes in courier(8). Exchange:
/// <https://learn.microsoft.com/exchange/mail-flow/accepted-domains/accepted-domains>. Domino: "Global domain documents".
#[must_use]
pub fn one_owner(program: Program, host: &str, next: &str, domain: Option<&str>) -> Remedy {
    if program == Program::ExchangeOnline {
        return exchange_online(domain);
    }
    let named = &in_words(domain.unwrap_or("the recipient's domain"));
    let typed = typed(domain);
    if program == Program::Google {
        let (mut steps, references) = program_steps(program, named, typed);
        steps.push(LIMIT.into());
        let who = format!("Whoever administers {named} in Google Workspace, or the Gmail mailbox");
        return Remedy { who, steps, disturbs_mail_flow: true, references };
    }
    let decide = format!(
        "Decide who keeps the mail for {named}: {} passes it on to {}, and it comes back from there.",
        in_words(host),
        in_words(next)
    );
    let (steps, references) = program_steps(program, named, typed);
    let mut all = vec![decide];
    all.extend(steps);
    all.push(LIMIT.into());
    Remedy { who: who(host, program), steps: all, disturbs_mail_flow: true, references }
}

fn program_steps(program: Program, named: &str, typed: &str) -> (Vec<String>, Vec<String>) {
    let steps: Vec<String>;
    let references: &[&str];
    match program {
        Program::Postfix => {
            steps = vec![
                format!("See what it makes of the domain: `postconf mydestination virtual_mailbox_domains relay_domains transport_maps relayhost`, and, for each table named in `transport_maps`, `postmap -q {typed} TABLE`."),
                format!("If the mailboxes are on this server: put {named} into `mydestination`, or into `virtual_mailbox_domains`, but not into both."),
                format!("If they are on another: put `{typed} smtp:[NAME-OF-THAT-SERVER]` into the transport table. The brackets keep it from asking for the MX, which may lead back. Then type `postmap TABLE` and `postfix reload`."),
                "Behind address translation set `proxy_interfaces` to the public address, and give each server a `myhostname` of its own.".into(),
                "See what is still going round with `postqueue -p`, hold it with `postsuper -h QUEUE-ID` until this is mended.".into(),
            ];
            references = &[
                "https://www.postfix.org/postconf.5.html#mydestination",
                "https://www.postfix.org/transport.5.html",
                "https://www.postfix.org/postconf.5.html#proxy_interfaces",
            ];
        }
        Program::Exim => {
            steps = vec![
                format!("Ask it where such mail goes: `exim -bt postmaster@{typed}`. The answer names the router and the host."),
                format!("If the mailboxes are on this server: add {named} to the domainlist `local_domains` (on Debian: `dpkg-reconfigure exim4-config`, \"Other destinations for which mail is accepted\")."),
                format!("If they are on another: name that server in a manualroute router above the others, `route_list = \"{typed} NAME-OF-THAT-SERVER\"`, and leave the domain in `relay_to_domains` only."),
                "If a smart host sends mail for this domain back here, the `route_list` of the smart host is what has to change, there or here.".into(),
                "See what is going round with `exim -bp`, freeze it with `exim -Mf MESSAGE-ID`.".into(),
            ];
            references = &[
                "Exim specification, chapter \"The manualroute router\"",
                "Exim specification, chapter \"The dnslookup router\", option self",
            ];
        }
        Program::Sendmail => {
            steps = vec![
                format!("Ask it where such mail goes: `sendmail -bv postmaster@{typed}`."),
                format!("If the mailboxes are on this server: add {named} to `/etc/mail/local-host-names`."),
                format!("If they are on another: put `{typed} esmtp:[NAME-OF-THAT-SERVER]` into `/etc/mail/mailertable` and type `makemap hash /etc/mail/mailertable < /etc/mail/mailertable`."),
                "See that `SMART_HOST` in `sendmail.mc` does not name a server that sends this domain here. Then restart sendmail.".into(),
            ];
            references = &["sendmail cf/README, \"USING MAILERTABLES\"", "sendmail cf/README, confMAX_HOP"];
        }
        Program::Qmail => {
            steps = vec![
                format!(
                    "If the mailboxes are on this server: put {named} into `control/locals`, or into `control/virtualdomains` with its owner, and send HUP to qmail-send."
                ),
                format!(
                    "If they are on another: put `{typed}:NAME-OF-THAT-SERVER` into `control/smtproutes`, and the domain into `control/rcpthosts` only."
                ),
                "Type `qmail-showctl` to see what is in force.".into(),
            ];
            references = &["qmail-send(8)", "qmail-remote(8)"];
        }
        Program::OpenSmtpd => {
            steps = vec![
                format!("Look in `smtpd.conf` which `match` rule takes {named}; the first that fits counts."),
                format!(
                    "If the mailboxes are on this server: `match from any for domain \"{typed}\" action \"local_mail\"`, above the rule that relays."
                ),
                format!(
                    "If they are on another: `action \"elsewhere\" relay host smtp://NAME-OF-THAT-SERVER`, and `match from any for domain \"{typed}\" action \"elsewhere\"`."
                ),
                "Check with `smtpd -n`, restart, and look at the queue with `smtpctl show queue`.".into(),
            ];
            references = &["smtpd.conf(5)"];
        }
        Program::Courier => {
            steps = vec![
                format!(
                    "If the mailboxes are on this server: put {named} into `hosteddomains` and type `makehosteddomains`, or into `locals`."
                ),
                format!(
                    "If they are on another: put `{typed}:NAME-OF-THAT-SERVER` into `esmtproutes`, and the domain into `esmtpacceptmailfor`; then type `makeacceptmailfor`."
                ),
                "Restart it: `courier restart`.".into(),
            ];
            references = &["courier(8), esmtproutes", "makehosteddomains(8)"];
        }
        Program::Exchange => {
            steps = vec![
                "See which domains it takes for its own: `Get-AcceptedDomain | ft Name,DomainName,DomainType`.".into(),
                format!("If all recipients are here: `Set-AcceptedDomain -Identity {typed} -DomainType Authoritative`. Keep `InternalRelay` only where another system has a part of the recipients and is the last to look for them."),
                "`Get-SendConnector | fl Name,AddressSpaces,DNSRoutingEnabled,SmartHosts`: the connector for this domain must name the server that keeps the mail, not one that sends it back, and not the MX if that leads here.".into(),
                "`Get-ReceiveConnector | fl Name,Fqdn,Bindings`: no Fqdn may be the name of another server.".into(),
                "After a change: `Restart-Service MSExchangeTransport`, and `Restart-Service MSExchangeFrontEndTransport`. Follow one message with `Get-MessageTrackingLog`.".into(),
            ];
            references = &[
                "https://learn.microsoft.com/exchange/mail-flow/accepted-domains/accepted-domains",
                "https://learn.microsoft.com/powershell/module/exchange/get-sendconnector",
            ];
        }
        Program::SmtpService => {
            steps = vec![
                format!("Exchange System Manager › Recipients › Recipient Policies › E-Mail Addresses (Policy): for {named}, tick \"This Exchange Organization is responsible for all mail delivery to this address\" only if that is so."),
                "Servers › Protocols › SMTP › virtual server › Properties › Delivery › Advanced, and the SMTP connectors: the smart host must not be a server that sends this domain back.".into(),
                "In the SMTP service without Exchange: Domains › New › Remote, \"Forward all mail to smart host\", with the name of the server that keeps the mail.".into(),
            ];
            references = &["IIS 6.0, SMTP virtual server, Delivery tab"];
        }
        Program::Domino => {
            steps = vec![
                format!("Domino Directory › Configuration › Messaging › Domains: {named} has to stand in the Global Domain document of each directory that takes its mail, as primary or as alternate domain."),
                "Configuration document › Router/SMTP › Basics: look at \"Relay host for messages leaving the local internet domain\" and at the smart host for all recipients of the local domain. Neither may name a server that sends this domain back.".into(),
                "At the console: `tell router update config`; then look at the routes.".into(),
            ];
            references = &["HCL Domino Administrator, \"Global domain documents\""];
        }
        Program::Google => {
            steps = vec![
                format!("In the Google Admin console, Apps › Google Workspace › Gmail › Routing (and Default routing, Hosts): a rule for {named} that hands mail to another server is right only if that server is the last to look for the recipient, and does not send what it does not know back to Google."),
                "See whether the recipient's mailbox forwards: Gmail › Settings › Forwarding and POP/IMAP, and Filters.".into(),
            ];
            references = &["https://support.google.com/a/answer/2685650"];
        }
        Program::ExchangeOnline | Program::Other => {
            steps = vec![
                format!("If the server is a provider's: look into the settings of {named} there (MX, forwarding, external mail server), or ask the provider's support; you cannot change the server itself."),
                format!("If the mailboxes are on this server: enter {named} there as a domain of its own (local, hosted, authoritative)."),
                "If they are on another: give the domain a fixed route to that server, which must not lead back here by the MX or a smart host.".into(),
            ];
            references = &["RFC 5321, section 6.3"];
        }
    }
    (steps, references.iter().map(|reference| (*reference).to_owned()).collect())
}

/// Mail that Exchange Online sends out and gets back.
///
/// <https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/fix-error-code-550-5-4-6-through-5-4-20-in-exchange-online>,
/// <https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/use-connectors-to-configure-mail-flow>.
#[must_use]
pub fn exchange_online(domain: Option<&str>) -> Remedy {
    let typed = typed(domain);
    Remedy {
        who: "The administrator of the Microsoft 365 tenant".into(),
        steps: vec![
            format!("See which domains it takes for its own: `Get-AcceptedDomain | ft Name,DomainName,DomainType`. If all recipients of the domain are in Exchange Online: `Set-AcceptedDomain -Identity {typed} -DomainType Authoritative`. `InternalRelay` is only right where another system has a part of the recipients and is the last to look for them."),
            "Look at the one recipient: `Get-Recipient ADDRESS`; `Get-MailUser ADDRESS | fl ExternalEmailAddress`; `Get-Mailbox ADDRESS | fl Forwarding*,DeliverToMailboxAndForward`; `Get-InboxRule -Mailbox ADDRESS`. On the servers at home: `Get-RemoteMailbox ADDRESS | fl RemoteRoutingAddress`. An address there (targetAddress) that leads back is the cause where only one recipient is concerned.".into(),
            "Look at the connectors: `Get-OutboundConnector | fl Name,Enabled,ConnectorType,SmartHosts,UseMXRecord,RecipientDomains,RouteAllMessagesViaOnPremises`. That of a hybrid must name your own servers (SmartHosts), not the MX. Where it does not, run the Hybrid Configuration Wizard again.".into(),
            "Where a gateway, signature or filter service gives the mail back: its header must be an exception in the mail flow rule that sends mail to it (Exchange admin centre › Mail flow › Rules), and the inbound connector for it must be recognised by certificate or address.".into(),
            "Follow one message with `Get-MessageTraceV2`. Hop limits cannot be raised, and that would cure nothing.".into(),
        ],
        disturbs_mail_flow: true,
        references: vec![
            "https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/fix-error-code-550-5-4-6-through-5-4-20-in-exchange-online".into(),
            "https://learn.microsoft.com/exchange/mail-flow-best-practices/manage-accepted-domains/manage-accepted-domains".into(),
        ],
    }
}

/// How to see, on a server, where an address forwards to.
///
/// Postfix: postmap(1), local(8), aliases(5). Exim: "Address testing", option -bt. sendmail: option -bv. qmail: dot-qmail(5). Courier:
/// dot-courier(5). Exchange: Get-Mailbox.
#[must_use]
pub fn see_forward(program: Program, address: &str) -> String {
    let typed = in_command(address, "ADDRESS");
    let address = in_words(address);
    match program {
        Program::Postfix => format!(
            "`postconf virtual_alias_maps alias_maps`, and then, for each table named there, `postmap -q {typed} TABLE` or, with the name before the @, `postalias -q NAME TABLE`; the file `.forward` in the home folder"
        ),
        Program::Exim => {
            format!("`exim -bt {typed}`; aliases in `/etc/aliases`; the file `.forward` in the home folder")
        }
        Program::Sendmail => format!(
            "`sendmail -bv {typed}`; `/etc/mail/virtusertable`, `/etc/mail/aliases`; the file `.forward` in the home folder"
        ),
        Program::Qmail => format!(
            "the `.qmail` files of the owner of {address}; for virtual domains see in `control/virtualdomains` who that is"
        ),
        Program::OpenSmtpd => format!(
            "the table behind \"virtual\" or \"alias\" in `smtpd.conf` for {address}; the file `.forward` in the home folder"
        ),
        Program::Courier => {
            format!(
                "the `.courier` files of the owner of {address}; `/etc/courier/aliases`, then `makealiases`"
            )
        }
        Program::Exchange | Program::ExchangeOnline => format!(
            "`Get-Mailbox {typed} | fl Forwarding*,DeliverToMailboxAndForward`; `Get-InboxRule -Mailbox {typed}`"
        ),
        Program::SmtpService => format!(
            "Active Directory Users and Computers › {address} › Exchange General › Delivery Options › Forwarding address"
        ),
        Program::Google => format!(
            "Gmail › Settings › Forwarding and POP/IMAP, and Filters, of {address}; Admin console › Apps › Google Workspace › Gmail › Routing"
        ),
        Program::Domino => {
            format!("Person document of {address} › Basics › Forwarding address; mail rules of the mailbox")
        }
        Program::Other => {
            format!("the forwarding of the mailbox {address}, its Sieve rules, aliases, `.forward`")
        }
    }
}

/// Two addresses that forward to each other. Each is told with its server.
///
/// RFC 9228, section 4; what each program offers is at [`see_forward`].
#[must_use]
pub fn mutual_forward(ends: &[(String, String, Program)]) -> Remedy {
    let owners: Vec<String> =
        ends.iter().map(|(address, host, _)| format!("{address} (on {host})")).collect();
    let mut steps: Vec<String> = ends
        .iter()
        .map(|(address, host, program)| {
            let see = see_forward(*program, address);
            format!("On {} see where {} forwards to: {see}.", in_words(host), in_words(address))
        })
        .collect();
    steps.push("Take out one of these forwards; which one depends on where the mail shall stay.".into());
    steps.push(LIMIT.into());
    Remedy {
        who: format!("Whoever administers {}", super::joined(&owners)),
        steps,
        disturbs_mail_flow: false,
        references: vec!["RFC 9228, section 4".into(), "RFC 5321, section 6.3".into()],
    }
}

/// Servers that fetch mail from a mailbox and send it out again to those who stand in To and Cc.
///
/// fetchmail(1), "The use and abuse of multidrop mailboxes"; getmail6, "MultidropPOP3Retriever".
#[must_use]
pub fn fed_back(hosts: &str) -> Remedy {
    Remedy {
        who: format!("Whoever runs the fetching of mail by POP3 or IMAP on {hosts}"),
        steps: vec![
            "Stop the fetching now: each fetch starts another round. Then empty the mail queue.".into(),
            "What is fetched must go to the own mailboxes only, never to the addresses in To and Cc: no \"sendmail -t\" as delivery program (fetchmail: `mda`; getmail: `MDA_external`).".into(),
            "Have the provider record the envelope recipient, and read it: fetchmail, `envelope \"Delivered-To\"` (or the field that is there) with `localdomains`; getmail, `MultidropPOP3Retriever` with `envelope_recipient = delivered-to:1`.".into(),
            "Better: one mailbox for each user, or delivery by SMTP with an MX record that names your own server.".into(),
        ],
        disturbs_mail_flow: true,
        references: vec!["RFC 5321, section 7.2".into(), "fetchmail(1), \"The use and abuse of multidrop mailboxes\"".into()],
    }
}

/// A server that gives a filter what the filter has given back.
///
/// Postfix: <https://www.postfix.org/FILTER_README.html>, "Advanced content filter: Postfix configuration".
#[must_use]
pub fn fed_by_filter(program: Program, host: &str) -> Remedy {
    let mut steps = vec![format!(
        "{} hands the message to a filter on the machine itself, and hands it there again when it comes back. What comes back from the filter must not go to it once more.",
        in_words(host)
    )];
    steps.push(if program == Program::Postfix {
        "In `master.cf`, the smtpd to which the filter gives the mail back (often 127.0.0.1:10025) needs the options `-o content_filter=` (empty) and `-o receive_override_options=no_unknown_recipient_checks,no_header_body_checks,no_milters`. See that the filter gives it back to that port, and not to 25. Then type `postfix reload`.".into()
    } else {
        "Let the rule that hands mail to the filter leave out what comes from 127.0.0.1 or ::1 at the port to which the filter gives it back, and see that the filter uses that port, and not 25.".into()
    });
    steps.push(LIMIT.into());
    Remedy {
        who: who(host, program),
        steps,
        disturbs_mail_flow: true,
        references: vec!["https://www.postfix.org/FILTER_README.html".into()],
    }
}

/// A server that finds itself to be the next one on the way.
///
/// Postfix: <https://www.postfix.org/BASIC_CONFIGURATION_README.html>; Exim: "The dnslookup router", self; sendmail: op guide; qmail:
/// qmail-remote(8).
#[must_use]
pub fn itself(program: Program, host: &str, domain: Option<&str>) -> Remedy {
    let named = &in_words(domain.unwrap_or("the recipient's domain"));
    let typed = typed(domain);
    let (steps, references) = program_steps(program, named, typed);
    let mut all = vec![format!(
        "See where the MX record of {named} leads: `dig +short MX {typed}`. If it is right that it leads to {}, the server has to know the domain as its own.",
        in_words(host)
    )];
    all.extend(steps);
    Remedy { who: who(host, program), steps: all, disturbs_mail_flow: true, references }
}
