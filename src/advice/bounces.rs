//! What to do about a bounce, by what it says.

mod sending;

pub use sending::{encryption, greeting, group, later, send_as, suppressed};

use super::in_command;
use crate::finding::Remedy;

fn remedy(who: String, steps: &[&str], references: &[&str]) -> Remedy {
    Remedy {
        who,
        steps: steps.iter().map(|step| (*step).to_owned()).collect(),
        disturbs_mail_flow: false,
        references: references.iter().map(|reference| (*reference).to_owned()).collect(),
    }
}

fn sender() -> String {
    "The sender".to_owned()
}

/// The administrators of the side that refused.
fn refusing(server: &str) -> String {
    format!("Whoever administers {server}")
}

/// There is no such mailbox (RFC 3463 section 3.2).
#[must_use]
pub fn no_mailbox(address: &str) -> Remedy {
    let check = format!("Compare {address} letter by letter with what the recipient gave you.");
    remedy(
        sender(),
        &[
            &check,
            "In Outlook, take the old entry out of the list that comes up while you type (the cross beside it), and type the address anew.",
            "If the address is right, ask the recipient by another way: the mailbox may be new, renamed or closed.",
        ],
        &["RFC 3463, section 3.2"],
    )
}

/// The mailbox has moved, or belongs to somebody else now.
#[must_use]
pub fn moved(address: &str) -> Remedy {
    let ask = format!("Ask the recipient of {address} by another way for the new address.");
    remedy(sender(), &[&ask, "Put the new address into your address book in place of the old one."], &[])
}

/// The domain does not exist or takes no mail (RFC 7505 for the latter).
#[must_use]
pub fn no_domain(domain: &str) -> Remedy {
    let typed = in_command(domain, "DOMAIN");
    let check = format!("Look whether {domain} is spelt correctly; most often it is a typing error.");
    let ask = format!(
        "If it is right, ask its administrator to look at the MX record: `dig MX {typed}`, or `nslookup -type=MX {typed}`."
    );
    remedy(sender(), &[&check, &ask], &["RFC 5321, section 5.1", "RFC 7505"])
}

/// The address is not written as addresses are.
#[must_use]
pub fn bad_address(address: &str) -> Remedy {
    let check =
        format!("Look at {address} for blanks, commas, quotation marks and letters that are out of place.");
    remedy(
        sender(),
        &[&check, "Send the message again to the corrected address."],
        &["RFC 5321, section 4.1.2"],
    )
}

/// The sender's own address was refused.
#[must_use]
pub fn bad_sender() -> Remedy {
    remedy(
        "Whoever administers the sender's mail".to_owned(),
        &[
            "Look at the sender's address in the returned header (Return-Path, From): its domain must exist and have an MX or address record.",
            "Where a device or a program sent it, set an address there that can take answers.",
        ],
        &["RFC 5321, section 4.5.5"],
    )
}

/// The mailbox is full.
#[must_use]
pub fn full(address: &str) -> Remedy {
    let tell = format!(
        "Tell the owner of {address} by another way that the mailbox is full, and send the message again later."
    );
    remedy(
        format!("The owner of {address}"),
        &["Delete or archive mail, and empty the deleted items: they count too.", &tell],
        &["RFC 3463, section 3.3"],
    )
}

/// The mailbox is switched off.
#[must_use]
pub fn disabled(address: &str) -> Remedy {
    let ask = format!("Ask the administrator of {address} whether the account shall take mail.");
    remedy(
        sender(),
        &[&ask, "Write to another address of the recipient until then."],
        &["RFC 3463, section 3.3"],
    )
}

/// The message is too large.
#[must_use]
pub fn too_large() -> Remedy {
    remedy(
        sender(),
        &[
            "Make the attachments smaller, or send a link to them. In a mail they need a third more space than on disk.",
            "If such sizes are needed often, ask both administrators for their limits: the smallest on the way counts.",
        ],
        &["RFC 1870"],
    )
}

/// The server is out of order, overloaded or wrongly set up.
#[must_use]
pub fn system(server: &str) -> Remedy {
    remedy(
        refusing(server),
        &[
            "Look at the log of the mail server at the time of the bounce; its own words are in the report.",
            "Look at the space on its disks and at its queue.",
        ],
        &["RFC 3463, section 3.4"],
    )
}

/// The next server did not answer, or the time for trying was over.
#[must_use]
pub fn unreachable(server: &str, domain: &str) -> Remedy {
    let typed = in_command(domain, "DOMAIN");
    let look = format!(
        "See whether {domain} can be reached on port 25 from the sending server: `telnet <its MX> 25`."
    );
    let mx =
        format!("Compare with the MX record of {domain}: `dig MX {typed}`, or `nslookup -type=MX {typed}`.");
    remedy(
        refusing(server),
        &[
            &look,
            &mx,
            "Look at firewalls on both sides. When it answers again, the sender sends the message once more.",
        ],
        &["RFC 5321, section 4.5.4.1"],
    )
}

/// The DNS gave no answer.
#[must_use]
pub fn no_route(server: &str, domain: &str) -> Remedy {
    let typed = in_command(domain, "DOMAIN");
    let ask = format!("On {server}, ask the DNS: `dig MX {typed}`, or `nslookup -type=MX {typed}`.");
    remedy(
        refusing(server),
        &[
            &ask,
            "Where that gives no answer, look at the name servers that the machine asks, and at those of the domain.",
            "If the domain is a typing error, the sender corrects the address.",
        ],
        &["RFC 5321, section 5.1"],
    )
}

/// The message went round.
#[must_use]
pub fn went_round(server: &str) -> Remedy {
    remedy(
        refusing(server),
        &[
            "Look at the route of the returned message: the servers that come again and again are those that hand it to each other.",
            "Find out which of them shall deliver mail for the recipient's domain, and make it final there. More hops to allow would cure nothing.",
        ],
        &["RFC 5321, section 6.3"],
    )
}

/// The servers did not understand each other.
#[must_use]
pub fn protocol(server: &str) -> Remedy {
    remedy(
        refusing(server),
        &[
            "Compare the logs of both servers at the time of the bounce: which command was refused, and what stands between them (firewalls that look into SMTP, proxies).",
        ],
        &["RFC 3463, section 3.6"],
    )
}

/// The content was not accepted.
#[must_use]
pub fn content() -> Remedy {
    remedy(
        sender(),
        &[
            "Read the words of the refusing server: they often say which part it did not like, or have a link.",
            "Send it without attachments and links, to see whether it is the content.",
            "If it is, ask the administrator of the recipient, with the bounce, to let it pass.",
        ],
        &["RFC 3463, section 3.7"],
    )
}

/// A rule of the recipient's side forbids it.
#[must_use]
pub fn policy(server: &str) -> Remedy {
    remedy(
        "Whoever administers the sender's mail".to_owned(),
        &[
            "Read the words of the refusing server: they often name the rule, or have a link.",
            "If they name a block list, look there why the sending address is on it, mend that, and ask to be taken off.",
            &format!("Otherwise ask the postmaster of {server}, with the whole bounce."),
        ],
        &["RFC 3463, section 3.8"],
    )
}

/// SPF, DKIM or DMARC failed.
#[must_use]
pub fn sender_checks() -> Remedy {
    remedy(
        "Whoever administers the sender's domain".to_owned(),
        &[
            "Look which server handed the message over (the returned header or the words of the bounce name it), and whether the SPF record of the sender's domain lists it: `dig TXT <domain>`.",
            "Have the server sign with DKIM for the domain of the From address.",
            "If a forwarder or a list stands between, SPF must fail there: DKIM helps, or a forwarder that rewrites the sender (SRS).",
        ],
        &["RFC 7208", "RFC 6376", "RFC 7489", "RFC 7372"],
    )
}

/// The sending server has no fitting reverse name.
#[must_use]
pub fn reverse_name() -> Remedy {
    remedy(
        "Whoever administers the sending server".to_owned(),
        &[
            "Look its address up: `dig -x <address>`. There must be a name, and this name must lead back to the address.",
            "Ask the provider of the address to set the PTR record to the name with which the server greets.",
        ],
        &["RFC 7372", "RFC 1912, section 2.1"],
    )
}

/// The sender would have had to log in.
#[must_use]
pub fn login() -> Remedy {
    remedy(
        "Whoever set up the program or device that sent it".to_owned(),
        &[
            "Switch on authentication for outgoing mail, port 587 with STARTTLS, and give it the user name and password of a mailbox that may send.",
            "For Exchange Online: smtp.office365.com, port 587; for the mailbox, `Set-CASMailbox <mailbox> -SmtpClientAuthenticationDisabled $false`.",
        ],
        &[
            "RFC 6409",
            "https://learn.microsoft.com/en-us/exchange/mail-flow-best-practices/how-to-set-up-a-multifunction-device-or-application-to-send-email-using-microsoft-365-or-office-365",
        ],
    )
}

/// Too much mail at a time.
#[must_use]
pub fn too_many() -> Remedy {
    remedy(
        sender(),
        &[
            "Wait for an hour and send it again, to fewer recipients at once.",
            "For many recipients use a mailing list or a service for it. If nobody wrote so much, look for a loop or a stolen password.",
        ],
        &[],
    )
}

/// Exchange Online forbids forwarding to outside unless an outbound spam policy allows it.
/// Source: <https://learn.microsoft.com/en-us/defender-office-365/outbound-spam-policies-external-email-forwarding>.
#[must_use]
pub fn forwarding() -> Remedy {
    remedy(
        "Whoever administers the Microsoft 365 tenant that forwards".to_owned(),
        &[
            "Find the forward: `Get-Mailbox <mailbox> | fl Forwarding*,DeliverToMailboxAndForward`, and `Get-InboxRule -Mailbox <mailbox>`.",
            "Take it out; or allow it for this mailbox in an outbound spam policy: Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Anti-spam, Automatic forwarding rules.",
        ],
        &[
            "https://learn.microsoft.com/en-us/defender-office-365/outbound-spam-policies-external-email-forwarding",
        ],
    )
}

/// The sender's account or server is blocked.
/// Source: <https://learn.microsoft.com/en-us/defender-office-365/outbound-spam-restore-restricted-users>.
#[must_use]
pub fn blocked() -> Remedy {
    remedy(
        "Whoever administers the sender's mail".to_owned(),
        &[
            "Find out whether the account or the server sent unwanted mail: look at the queue and the log, change the password, look for forwarding rules.",
            "When that is mended, ask to be taken off the list that the bounce names. For an account in Microsoft 365: Microsoft Defender portal, Restricted entities; for the address of a server at Microsoft: https://sender.office.com.",
        ],
        &["https://learn.microsoft.com/en-us/defender-office-365/outbound-spam-restore-restricted-users"],
    )
}

/// The words of the server are all there is.
#[must_use]
pub fn unknown(server: &str) -> Remedy {
    remedy(
        sender(),
        &[
            "Read what the server wrote; the report has its words.",
            &format!("Ask the postmaster of {server}, with the whole bounce."),
        ],
        &["RFC 3464"],
    )
}

/// It is only late.
#[must_use]
pub fn wait(reporter: &str) -> Remedy {
    remedy(
        sender(),
        &[
            "Wait: the server goes on trying by itself, most often for two to five days.",
            "Do not send the message again meanwhile, or it will come twice.",
            &format!("If it is urgent, ask the postmaster of {reporter} what the message waits for."),
        ],
        &["RFC 5321, section 4.5.4.1"],
    )
}
