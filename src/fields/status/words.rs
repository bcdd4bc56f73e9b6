//! What servers say in words, where their codes leave it open.

use super::Sort;

/// The sort of trouble by the words of an answer; absent where no known words stand there.
#[must_use]
pub fn by_words(answer: &str) -> Option<Sort> {
    find(PLAIN, answer).or_else(|| find(BROAD, answer))
}

/// The same by words that name the trouble, so that they count wherever they stand in a report.
#[must_use]
pub fn by_plain_words(answer: &str) -> Option<Sort> {
    find(PLAIN, answer)
}

/// The first words of a table that stand in an answer.
fn find(table: &[(&str, Sort)], answer: &str) -> Option<Sort> {
    // Servers break their lines where they like.
    let answer = answer.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    table.iter().find(|(words, _)| answer.contains(words)).map(|(_, sort)| *sort)
}

/// Words that name the trouble, in lower case.
const PLAIN: &[(&str, Sort)] = &[
    ("hop count", Sort::Loop),
    ("too many hops", Sort::Loop),
    ("routing loop", Sort::Loop),
    ("mail loop", Sort::Loop),
    ("forwarding loop", Sort::Loop),
    ("loops back to", Sort::Loop),
    ("is looping", Sort::Loop),
    ("loop detected", Sort::Loop),
    ("remote host address is the local host", Sort::Loop),
    // Amazon SES: "Amazon SES has suppressed sending to this address". Mailgun: "605 Not delivering to previously bounced address".
    ("has suppressed sending to", Sort::Suppressed),
    ("suppression list", Sort::Suppressed),
    ("previously bounced address", Sort::Suppressed),
    // Postgrey: "Recipient address rejected: Greylisted". Many gateways: "Greylisting in action, please come back later".
    ("greylist", Sort::Later),
    ("graylist", Sort::Later),
    ("grey-list", Sort::Later),
    ("user unknown", Sort::NoMailbox),
    ("unknown user", Sort::NoMailbox),
    ("no such user", Sort::NoMailbox),
    ("no such recipient", Sort::NoMailbox),
    ("user not found", Sort::NoMailbox),
    ("user not exist", Sort::NoMailbox),
    ("mailbox not found", Sort::NoMailbox),
    ("recipient not found", Sort::NoMailbox),
    ("recipient unknown", Sort::NoMailbox),
    ("invalid recipient", Sort::NoMailbox),
    ("unknown recipient", Sort::NoMailbox),
    ("no mailbox here", Sort::NoMailbox),
    ("recipient name is not recognized", Sort::NoMailbox),
    ("not listed in domino directory", Sort::NoMailbox),
    ("not listed in public name & address book", Sort::NoMailbox),
    ("tried to reach does not exist", Sort::NoMailbox),
    ("address couldn't be found", Sort::NoMailbox),
    // Yahoo: "dd This user doesn't have a yahoo.com account (ann@yahoo.com)".
    ("this user doesn't have a", Sort::NoMailbox),
    // IMail
    ("invalid final delivery userid", Sort::NoMailbox),
    // Mimecast
    ("recipient email address is possibly incorrect", Sort::NoMailbox),
    // Yahoo, LINE: "This account has been disabled or discontinued". vpopmail: "account is locked". EZweb: "The user(s) account is
    // disabled". i.ua: "Mailbox is frozen".
    ("account has been disabled", Sort::Disabled),
    ("account is disabled", Sort::Disabled),
    ("account is locked", Sort::Disabled),
    ("mailbox is frozen", Sort::Disabled),
    ("mailbox is full", Sort::Full),
    ("mailbox full", Sort::Full),
    ("mailfolder is full", Sort::Full),
    ("over quota", Sort::Full),
    ("quota exceeded", Sort::Full),
    ("exceeds allowed size", Sort::Full),
    // RFC 5321 section 4.2.3, code 552.
    ("exceeded storage allocation", Sort::Full),
    ("recipient's mailbox exceeded", Sort::Full),
    ("size limit exceeded", Sort::TooLarge),
    ("message size exceeds", Sort::TooLarge),
    ("message too large", Sort::TooLarge),
    ("domain does not exist", Sort::NoDomain),
    ("no such domain", Sort::NoDomain),
    ("domain name not found", Sort::NoDomain),
    ("invalid domain name", Sort::NoDomain),
    ("no mx found", Sort::NoDomain),
    // GMX, WEB.DE
    ("no mx record found", Sort::NoDomain),
    // hMailServer: "No mail servers appear to exists for the recipient's address."
    ("no mail servers appear to exist", Sort::NoDomain),
    ("indicated no smtp service", Sort::NoDomain),
    ("host unknown", Sort::NoDomain),
    ("unknown host", Sort::NoDomain),
    // Postfix: "Name service error for name=example.com type=MX: Host not found, try again"; without the last words, there is no such
    // name.
    ("host not found, try again", Sort::NoRoute),
    ("host not found", Sort::NoDomain),
    ("dns lookup failure", Sort::NoRoute),
    ("dns query failed", Sort::NoRoute),
    ("name service error", Sort::NoRoute),
    ("host lookup did not complete", Sort::NoRoute),
    ("dns error", Sort::NoRoute),
    // Exim says so of addresses in its own domains as well.
    ("unrouteable address", Sort::Unrouteable),
    ("unroutable address", Sort::Unrouteable),
    // Google Groups
    ("may not have permission to post", Sort::Group),
    ("helo command rejected", Sort::Greeting),
    ("invalid helo", Sort::Greeting),
    ("need fully-qualified hostname", Sort::Greeting),
    ("tls is required, but was not offered", Sort::Encryption),
    ("does not support tls", Sort::Encryption),
    ("server certificate not trusted", Sort::Encryption),
    ("server certificate not verified", Sort::Encryption),
    ("tls negotiation failed", Sort::Encryption),
    ("must issue a starttls command", Sort::Encryption),
    ("failed dane validation", Sort::Encryption),
    ("does not have permissions to send as", Sort::SendAs),
    ("sendasdenied", Sort::SendAs),
    ("sender address rejected: not owned by user", Sort::SendAs),
    // GMX: "Sender address is not allowed." Exim: "Sender verify failed".
    ("sender address is not allowed", Sort::BadSender),
    ("sender verify failed", Sort::BadSender),
    ("unroutable sender address", Sort::BadSender),
    ("malformed address", Sort::BadAddress),
    ("bad spf", Sort::SenderChecks),
    ("spf hard fail", Sort::SenderChecks),
    ("check your spf", Sort::SenderChecks),
    // GoDaddy: "550 5.1.0 192.0.2.222 is not allowed to send from <example.org> per it's SPF Record".
    ("per it's spf record", Sort::SenderChecks),
    ("dmarc", Sort::SenderChecks),
    ("anti-spoofing policy", Sort::SenderChecks),
    ("no ptr record", Sort::ReverseName),
    ("have a ptr record", Sort::ReverseName),
    ("rdns record", Sort::ReverseName),
    // 1&1, GMX, mail.com: "Bad DNS PTR resource record." freenet: "inconsistent or no DNS PTR record".
    ("dns ptr", Sort::ReverseName),
    ("unauthenticated senders", Sort::Login),
    ("authentication required", Sort::Login),
    ("turn on smtp authentication", Sort::Login),
    ("relay access denied", Sort::Policy),
    ("relaying denied", Sort::Policy),
    ("unable to relay", Sort::Policy),
    ("too many recipients", Sort::TooMany),
    ("daily relay quota", Sort::TooMany),
    ("max emails per hour", Sort::TooMany),
    ("unusual sending activity", Sort::TooMany),
    ("temporarily rate limited", Sort::TooMany),
    ("retry timeout exceeded", Sort::Expired),
    ("failing for a long time", Sort::Expired),
    ("in the queue too long", Sort::Expired),
    ("giving up", Sort::Expired),
    ("envelope expired", Sort::Expired),
    ("connection timed out", Sort::Unreachable),
    ("operation timed out", Sort::Unreachable),
    ("connection refused", Sort::Unreachable),
    ("host not reachable", Sort::Unreachable),
    ("remote host is not responding", Sort::Unreachable),
    ("did not accept our requests to connect", Sort::Unreachable),
    ("server not contactable", Sort::Unreachable),
    ("service currently unavailable", Sort::System),
    ("temporarily unavailable", Sort::System),
    ("refused to talk to me: 421", Sort::System),
];

/// Words that tell only in the answer of a server, and only the direction.
const BROAD: &[(&str, Sort)] = &[
    ("virus", Sort::Content),
    ("blocked attachment", Sort::Content),
    ("content presents a potential", Sort::Content),
    ("content restrictions", Sort::Content),
    ("blacklist", Sort::Blocked),
    ("block list", Sort::Blocked),
    ("blocklist", Sort::Blocked),
    ("blocked", Sort::Blocked),
    ("dnsbl", Sort::Blocked),
    ("banned", Sort::Blocked),
    ("reputation", Sort::Blocked),
    ("permanently deferred", Sort::Blocked),
    ("open relay", Sort::Blocked),
    // T-Online: "554 IP=192.0.2.1 - A problem occurred. (Ask your postmaster for help or to contact tosa@rx.t-online.de to clarify.) (BL)".
    ("@rx.t-online.de", Sort::Blocked),
    ("spam", Sort::Content),
    ("unexpected volume", Sort::TooMany),
    // RFC 5321 section 4.2.3, codes 450 and 550: "mailbox not found, no access, or command rejected for policy reasons".
    ("mailbox unavailable", Sort::Unavailable),
    ("policy", Sort::Policy),
];
