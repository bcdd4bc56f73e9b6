//! Exchange and Microsoft 365: X-Forefront-Antispam-Report, X-Microsoft-Antispam, the spam confidence level, where the mailbox put the
//! message, and the composite authentication in Authentication-Results. Sample: `CIP:192.0.2.7;CTRY:DE;LANG:en;SCL:5;SRV:;IPV:NLI;SFV:SPM;
//! H:mail.example.org;PTR:mail.example.org;CAT:SPM;SFS:(13230040);DIR:INB;`

use super::{Filtered, GUESS, Judgement, Meaning};
use crate::fields::auth_results::{Verdict, parse_auth_results};

/// "Anti-spam message headers in cloud organizations".
const HEADERS: &str = "learn.microsoft.com/defender-office-365/message-headers-eop-mdo";
/// "Spam confidence level (SCL)".
const SCL: &str = "learn.microsoft.com/defender-office-365/anti-spam-spam-confidence-level-scl-about";
/// "Bulk complaint level (BCL)".
const BCL: &str = "learn.microsoft.com/defender-office-365/anti-spam-bulk-complaint-level-bcl-about";
/// "Anti-spam stamps" of Exchange Server.
const STAMPS: &str =
    "learn.microsoft.com/exchange/antispam-and-antimalware/antispam-protection/antispam-stamps";

pub fn read(name: &str, value: &str) -> Filtered {
    let mut filtered = Filtered::by("Microsoft 365");
    match name {
        "authentication-results" => composite(&mut filtered, value),
        "x-ms-exchange-organization-scl" => level(&mut filtered, value.trim()),
        "x-ms-exchange-organization-pcl" => phishing(&mut filtered, value.trim()),
        "x-microsoft-antispam-mailbox-delivery" => {
            pairs(value).for_each(|(key, value)| delivery(&mut filtered, key, value));
        }
        _ => pairs(value).for_each(|(key, value)| report(&mut filtered, key, value)),
    }
    filtered
}

fn pairs(value: &str) -> impl Iterator<Item = (&str, &str)> {
    let pairs = value.split(';').filter_map(|pair| pair.trim().split_once(':'));
    pairs.map(|(key, value)| (key.trim(), value.trim())).filter(|(_, value)| !value.is_empty())
}

fn report(filtered: &mut Filtered, key: &str, value: &str) {
    let text = match key {
        "SCL" => return level(filtered, value),
        "BCL" => return bulk(filtered, value),
        "PCL" => return phishing(filtered, value),
        "SFV" => {
            let Some((text, judgement)) = filtering(value) else { return };
            filtered.judge(judgement);
            text
        }
        "CAT" => {
            let Some((text, judgement)) = category(value) else { return };
            if let Some(judgement) = judgement {
                filtered.judge(judgement);
            }
            text
        }
        "IPV" => match value {
            "CAL" => {
                "Spam filtering was skipped: the sending address is in the IP Allow List of the connection filter."
            }
            "NLI" => "The sending address is in no list of good or bad senders.",
            _ => return,
        },
        "SRV" if value == "BULK" => {
            filtered.judge(Judgement::Bulk);
            "It is bulk mail by the threshold that the organisation has set."
        }
        "DIR" => match value {
            "INB" => "It came in from outside.",
            "OUT" => "It went out.",
            "INT" => "It stayed within the organisation.",
            _ => return,
        },
        "SFTY" => match value {
            "9.19" => "A warning about a look-alike domain was shown.",
            "9.20" => "A warning about a look-alike sender was shown.",
            "9.25" => "The hint “You don't often get email from this sender” was shown.",
            _ => return,
        },
        "CIP" => "The address from which Microsoft took the message.",
        "CTRY" => "The country that this address is registered for.",
        "H" => "The name with which that machine introduced itself.",
        "PTR" => "The reverse name of that address.",
        "LANG" => "The language in which the message is written.",
        "EFV" => {
            let text = "The result of an earlier check of the sending address; NLI: in no list.";
            return filtered.meanings.push(Meaning::new(key, value, text, GUESS));
        }
        _ => return,
    };
    filtered.meanings.push(Meaning::new(key, value, text, HEADERS));
}

/// SFV, what spam filtering did.
fn filtering(value: &str) -> Option<(&'static str, Judgement)> {
    Some(match value {
        "NSPM" => ("Spam filtering found it not to be spam.", Judgement::Clean),
        "SPM" => ("Spam filtering found it to be spam.", Judgement::Spam),
        "SKA" => (
            "Not filtered: an anti-spam policy lists the sender or its domain as allowed.",
            Judgement::Skipped,
        ),
        "SKB" => ("Spam: an anti-spam policy lists the sender or its domain as blocked.", Judgement::Spam),
        "SKI" => (
            "Not filtered: marked as no spam before, for example because it stayed inside.",
            Judgement::Skipped,
        ),
        "SKN" => {
            ("Not filtered: marked as no spam before, by a mail flow rule or SCL -1.", Judgement::Skipped)
        }
        "SKQ" => ("Released from quarantine.", Judgement::Skipped),
        "SKS" => ("Spam: marked so before filtering, by a mail flow rule.", Judgement::Spam),
        "SFE" => ("Not filtered: the sender is in the recipient's list of safe senders.", Judgement::Skipped),
        "BLK" => ("Blocked: the sender is in the recipient's list of blocked senders.", Judgement::Spam),
        _ => return None,
    })
}

/// CAT, the policy that decided.
fn category(value: &str) -> Option<(&'static str, Option<Judgement>)> {
    let (text, judgement) = match value {
        "NONE" => return Some(("No protection policy decided about it.", None)),
        "AMP" => ("Taken for malware by the anti-malware policy.", Judgement::Malware),
        "BIMP" => ("Taken for somebody who pretends to be a known brand.", Judgement::Phishing),
        "BULK" => ("Taken for bulk mail.", Judgement::Bulk),
        "DIMP" => ("Taken for a sender with a look-alike domain.", Judgement::Phishing),
        "FTBP" => {
            ("Held by the common attachments filter: a type of file that is not allowed.", Judgement::Malware)
        }
        "GIMP" => ("Taken for somebody who pretends to be a known contact.", Judgement::Phishing),
        "HPHSH" | "HPHISH" => ("Phishing, with high confidence.", Judgement::Phishing),
        "HSPM" => ("Spam, with high confidence.", Judgement::Spam),
        "INTOS" => ("Phishing from inside the organisation.", Judgement::Phishing),
        "MALW" => ("Malware.", Judgement::Malware),
        "OSPM" => ("Spam that goes out.", Judgement::Spam),
        "PHSH" => ("Phishing.", Judgement::Phishing),
        "SAP" => ("Taken for malware by Safe Attachments.", Judgement::Malware),
        "SPM" => ("Spam.", Judgement::Spam),
        "SPOOF" => ("Taken for a forged sender.", Judgement::Spoofing),
        "UIMP" => ("Taken for somebody who pretends to be a protected user.", Judgement::Phishing),
        _ => return None,
    };
    Some((text, Some(judgement)))
}

/// The spam confidence level.
fn level(filtered: &mut Filtered, value: &str) {
    let (text, judgement) = match value {
        "-1" => ("Spam filtering was skipped.", Judgement::Skipped),
        "0" | "1" => ("Spam filtering found it not to be spam.", Judgement::Clean),
        "5" | "6" => ("Spam.", Judgement::Spam),
        "8" | "9" => ("Spam, with high confidence.", Judgement::Spam),
        "2" | "3" | "4" | "7" => {
            let text = "A level that Microsoft 365 does not set; Exchange Server and mail flow rules may.";
            return filtered.meanings.push(Meaning::new("SCL", value, text, SCL));
        }
        _ => return,
    };
    filtered.judge(judgement);
    filtered.meanings.push(Meaning::new("SCL", value, text, SCL));
}

/// The bulk complaint level. Whether it makes a message bulk mail is a setting of the organisation.
fn bulk(filtered: &mut Filtered, value: &str) {
    let text = match value.parse::<u8>() {
        Ok(0) => "The sender does not send bulk mail.",
        Ok(1..=3) => "The sender sends bulk mail that few complain of.",
        Ok(4..=7) => "The sender sends bulk mail that some complain of.",
        Ok(8..=9) => "The sender sends bulk mail that many complain of.",
        _ => return,
    };
    filtered.meanings.push(Meaning::new("BCL", value, text, BCL));
}

/// The phishing confidence level.
fn phishing(filtered: &mut Filtered, value: &str) {
    let text = match value.parse::<u8>() {
        Ok(0..=3) => "The text does not look like phishing.",
        Ok(4..=8) => "The text looks like phishing.",
        _ => return,
    };
    filtered.meanings.push(Meaning::new("PCL", value, text, STAMPS));
}

/// What the mailbox did. Microsoft does not explain this field.
fn delivery(filtered: &mut Filtered, key: &str, value: &str) {
    let text = match (key, value) {
        ("dest", "I") => "The mailbox put it into the Inbox.",
        ("dest", "J") => "The mailbox put it into Junk Email.",
        ("dest", "D" | "R") => "The mailbox did not put it into a folder that the user sees.",
        ("dest", "C") => "A rule of the mailbox chose the folder.",
        ("OFR", "SpamFilterAuthJ") => "It went to Junk Email because of the spam filter's verdict.",
        ("OFR", "SpamFilterPass") => "The spam filter let it pass.",
        ("OFR", "CustomRules") => "A rule of the mailbox decided.",
        ("OFR", "ExclusiveSettings") => {
            "The mailbox puts into the Inbox only what comes from safe senders; all else goes to Junk Email."
        }
        ("ucf", "0") => "No setting of the user decided.",
        ("ucf", "1") => "A setting of the user decided.",
        ("jmr", "0") => "The junk mail rule of the mailbox did not act.",
        ("jmr", "1") => "The junk mail rule of the mailbox acted.",
        _ => return,
    };
    filtered.meanings.push(Meaning::new(key, value, text, GUESS));
}

/// The composite authentication: `compauth=fail reason=001`.
fn composite(filtered: &mut Filtered, value: &str) {
    if !value.contains("compauth=") {
        return;
    }
    let results = parse_auth_results(value).results;
    let Some(outcome) = results.iter().find(|outcome| outcome.is_of("compauth")) else { return };
    if let Some(text) = match &outcome.verdict {
        Verdict::Pass => Some("Microsoft believes the From address."),
        Verdict::Fail => Some("Microsoft does not believe the From address."),
        Verdict::None => Some("Microsoft did not judge the From address."),
        Verdict::Other(word) if word == "softpass" => {
            Some("Microsoft believes the From address, with doubts.")
        }
        _ => None,
    } {
        filtered.meanings.push(Meaning::new("compauth", &outcome.word, text, HEADERS));
    }
    if let Some(reason) = &outcome.reason
        && let Some(text) = reason_text(reason)
    {
        filtered.meanings.push(Meaning::new("reason", reason, text, HEADERS));
    }
}

fn reason_text(reason: &str) -> Option<&'static str> {
    Some(match (reason, reason.get(..1)?) {
        ("000", _) => "DMARC failed, and the From domain asks for quarantine or rejection.",
        ("001", _) => {
            "The From domain publishes no records that would prove the sender, or only weak ones (SPF ~all or ?all, DMARC p=none)."
        }
        ("002", _) => "The organisation has forbidden this sender to use this From domain.",
        ("010", _) => "DMARC failed, and the From domain is one of the recipient's organisation.",
        ("130", _) => {
            "DMARC failed, but a sealer that the organisation trusts vouches for the message (ARC)."
        }
        (_, "1") => "The sender was proved by SPF, DKIM or DMARC.",
        (_, "7") => "The sender was taken for genuine by other signs, such as its history.",
        (_, "2") => "The sender was proved in part, by signs other than records.",
        (_, "3") => "The sender was not checked in this way.",
        (_, "4" | "9") => "The check was bypassed.",
        (_, "6") => {
            "The sender could not be proved, and the From domain is one of the recipient's organisation."
        }
        _ => return None,
    })
}
