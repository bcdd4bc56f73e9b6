//! Collecting the mail of several people from one mailbox (multidrop): what it needs, and the line of configuration for each program.
//!
//! The conditions are those of Matthias Andree, "Requisites for working multidrop mailboxes" (2004): the provider stores one copy for each
//! recipient, it records the envelope recipient in a header field, and the program that collects uses that field only.

use super::{in_command, in_words};
use crate::finding::Remedy;

/// What is known of a mailbox.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mailbox<'m> {
    /// The program that collects, by its name.
    pub program: Option<&'m str>,
    /// The server with the mailbox.
    pub host: Option<&'m str>,
    /// The account.
    pub account: Option<&'m str>,
    /// The domain whose mail it is.
    pub domain: Option<&'m str>,
    /// The field in which the envelope recipient is recorded; absent where none is.
    pub field: Option<&'m str>,
    /// How many fields of this name stand above the one that counts.
    pub skip: usize,
    /// What is put before the address there: `ispuser-` (qmail).
    pub prefix: Option<&'m str>,
}

impl<'m> Mailbox<'m> {
    /// The server, as it is typed.
    fn host(&self) -> &'m str {
        in_command(self.host.unwrap_or_default(), "pop.provider.example")
    }

    /// The account, as it is typed.
    fn account(&self) -> &'m str {
        in_command(self.account.unwrap_or_default(), "the-account")
    }

    /// The field, as it is typed.
    fn field(&self) -> &'m str {
        in_command(self.field.unwrap_or_default(), "X-Original-To")
    }
}

/// What to set in the program.
#[must_use]
pub fn set_up(who: String, mailbox: Mailbox<'_>) -> Remedy {
    let reads_received = matches!(mailbox.program, Some("fetchmail" | "Kerio Connect" | "MDaemon" | "VPOP3"));
    let field = mailbox.field.filter(|field| *field != "Received" || reads_received);
    let mailbox = Mailbox { field, ..mailbox };
    let mut steps = Vec::new();
    let host = in_words(mailbox.host.unwrap_or("the provider"));
    if mailbox.field.is_none() {
        steps.push(format!("Ask the support of {host} two things: is one copy stored for each recipient, and which header field holds the envelope recipient (often X-Original-To, Delivered-To, Envelope-To or X-Envelope-To)? If the answer is no or none, this mailbox cannot be sorted; take one mailbox for each user."));
    }
    steps.extend(lines(mailbox));
    steps.push("Never let the program read To or Cc, and never feed what it collects to “sendmail -t” or another command that sends to the addresses in the header.".into());
    steps.push("Let it delete what it has fetched, or keep the list of UIDLs it has seen, or the whole mailbox may come a second time.".into());
    Remedy { who, steps, disturbs_mail_flow: true, references: references(mailbox.program) }
}

/// The step for the program that was seen; for those that are used most, where none was.
fn lines(mailbox: Mailbox<'_>) -> Vec<String> {
    let field = mailbox.field();
    let account = in_words(mailbox.account.unwrap_or("the-account"));
    match mailbox.program {
        Some("fetchmail") => vec![fetchmail(mailbox, field)],
        Some("getmail") => vec![getmail(mailbox, field)],
        Some("mpop") => vec![format!("mpop cannot sort: give each user a mailbox at the provider and each an account in `~/.mpoprc`, such as `account ann`, `host {}`, `user ann`, `delivery mda \"/usr/sbin/sendmail -oi -- ann\"`. The recipient stands in that line and is not read from the mail. To keep one mailbox, use fetchmail or getmail, which read the field {field}.", mailbox.host())],
        Some("fdm") => vec![format!("In `~/.fdm.conf`, sort by the field alone, one line for each user: `match \"^{field}:.*ann@{}\" in headers action \"ann\"`. Let the last line, for all others, keep the mail aside: `match all action \"unsorted\"`.", in_command(mailbox.domain.unwrap_or_default(), "example.com"))],
        Some("Kerio Connect") => vec![format!("In the administration, Configuration › Delivery › POP3 Download, in the settings of the account {account}: choose {field} as “Preferred header”. “Drop duplicate messages” has no good setting while the field is missing: on, only one of several recipients gets the mail; off, each gets a copy for every recipient. SMTP or ETRN cures both.")],
        Some("MDaemon") => vec![format!("In the DomainPOP settings, under the header fields to parse: leave only {field} in the list, and take out To, Cc and the others. Let duplicates be deleted by Message-ID. For the mailbox of one person use MultiPOP, which does not sort.")],
        Some("VPOP3") => vec![format!("In the settings of the mail collector, under “Special header fields”: enter `{field}`, and switch off that To, Cc, Apparently-To and the Resent fields are read.")],
        Some("hMailServer") => vec![format!("In hMailServer Administrator, at the external account {account}: under “Deliver to recipients in MIME headers” leave only {field} in the list of headers, without To and Cc. If the mailbox is one person's, switch the option off.")],
        Some("POPcon") => vec![format!("In POPcon's configuration fill in “Accepted Recipient Domains” with your own domains only, so that no foreign address of To or Cc becomes a recipient, and let it read {field}. Set mailboxes of one person to single user, not catch-all.")],
        Some("Apache James") => vec!["In `fetchmail.xml`, give each mailbox of one person a fixed recipient in `account`, `recipient=\"ADDRESS\"`, with `ignorercpt-header=\"true\"`, so that the header is not read.".to_owned()],
        Some(name) => vec![format!("Tell {name} to take the recipient from {field} only, or give each user a mailbox of their own.")],
        None => vec![
            format!("The program does not name itself. Tell it to take the recipient from {field} only. With fetchmail: {}.", fetchmail_line(mailbox, field)),
            format!("With getmail: {}.", getmail_line(mailbox, field)),
        ],
    }
}

fn fetchmail(mailbox: Mailbox<'_>, field: &str) -> String {
    format!(
        "In the configuration of fetchmail (`~/.fetchmailrc` or `/etc/fetchmailrc`): {}.",
        fetchmail_line(mailbox, field)
    )
}

/// fetchmail(1), "The use and abuse of multidrop mailboxes": the number is how many fields of the name to skip.
fn fetchmail_line(mailbox: Mailbox<'_>, field: &str) -> String {
    let skip = if mailbox.skip == 0 { String::new() } else { format!("{} ", mailbox.skip) };
    let prefix = mailbox
        .prefix
        .map_or_else(String::new, |prefix| format!(" qvirtual \"{}\"", in_command(prefix, "PREFIX")));
    format!(
        "`poll {} protocol POP3 localdomains {} envelope {skip}\"{field}\"{prefix} user \"{}\" to * here`",
        mailbox.host(),
        in_command(mailbox.domain.unwrap_or_default(), "your-domain.example"),
        mailbox.account(),
    )
}

fn getmail(mailbox: Mailbox<'_>, field: &str) -> String {
    format!(
        "In the configuration of getmail (`~/.config/getmail/getmailrc`): {}.",
        getmail_line(mailbox, field)
    )
}

/// getmail's documentation of the multidrop retrievers: the number counts the fields of the name from the top.
fn getmail_line(mailbox: Mailbox<'_>, field: &str) -> String {
    format!(
        "`[retriever]`, `type = MultidropPOP3SSLRetriever`, `server = {}`, `username = {}`, `envelope_recipient = {}:{}`",
        mailbox.host(),
        mailbox.account(),
        field.to_ascii_lowercase(),
        mailbox.skip + 1,
    )
}

fn references(program: Option<&str>) -> Vec<String> {
    let mut references = vec![
        "Matthias Andree, Requisites for working multidrop mailboxes (2004)".to_owned(),
        "RFC 5321, section 7.2".to_owned(),
    ];
    match program {
        Some("fetchmail") => references.push("fetchmail(1), The use and abuse of multidrop mailboxes".into()),
        Some("getmail") => references.push("getmail documentation, multidrop retrievers".into()),
        _ => {}
    }
    references
}
