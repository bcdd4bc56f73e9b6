//! By which signs a header shows that a server wrote the mail by itself.

use super::Kind;
use crate::header::Header;

/// What a header shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Signs {
    /// Whether it has no field at all: the text of a mail was handed in without its header.
    pub is_empty: bool,
    /// `Content-Type: multipart/report` (RFC 6522).
    pub is_declared: bool,
    /// The same with `report-type=delivery-status` (RFC 3464 section 2).
    pub is_delivery_status: bool,
    /// `Return-Path: <>` (RFC 5321 section 4.5.5).
    pub has_null_path: bool,
    /// From a role that only reports: MAILER-DAEMON, postmaster, Mail Delivery System.
    pub is_from_mailer: bool,
    /// From a postmaster by no other sign than the name of the role, which a person may have.
    pub is_from_postmaster: bool,
    /// A subject that servers give to reports of failure or delay.
    pub subject: Option<Kind>,
    /// Fields of mail software that only reports have: X-Failed-Recipients (Exim, Gmail).
    pub has_report_field: bool,
    /// `Auto-Submitted: auto-replied` or `auto-generated` (RFC 3834 section 5); X-MLServer, which fml writes.
    pub is_automatic: bool,
    /// Hotmail hands complaints on in a form of its own: "complaint about message from 192.0.2.1" with the message attached.
    pub is_complaint: bool,
    /// Whether it is an answer that a person's mailbox gave by itself.
    pub is_auto_reply: bool,
}

impl Signs {
    /// Reads the signs of a header.
    pub fn of(header: &Header<'_>) -> Self {
        let lower = |name: &str| {
            header.first(name).map(|field| field.decoded().trim().to_ascii_lowercase()).unwrap_or_default()
        };
        let subject = lower("Subject");
        let submitted = lower("Auto-Submitted");
        let content_type = lower("Content-Type");
        let senders = [lower("From"), lower("Sender"), lower("Return-Path")];
        let is_from =
            |roles: &[&str]| roles.iter().any(|role| senders.iter().any(|from| from.contains(role)));
        Self {
            is_empty: header.fields().len() == 0,
            is_declared: content_type.starts_with("multipart/report"),
            is_delivery_status: content_type.starts_with("multipart/report")
                && content_type.contains("delivery-status"),
            has_null_path: header.named("Return-Path").any(|field| field.unfolded().trim() == "<>"),
            is_from_mailer: is_from(&ROLES) || is_from(&POSTMASTERS),
            is_from_postmaster: is_from(&POSTMASTERS) && !is_from(&ROLES),
            subject: reported_by(&subject),
            has_report_field: header.first("X-Failed-Recipients").is_some(),
            is_automatic: submitted.starts_with("auto-") || header.first("X-MLServer").is_some(),
            is_complaint: subject.starts_with("complaint about message from "),
            is_auto_reply: is_auto_reply(header, &subject, &submitted),
        }
    }

    /// Whether anything shows that no person wrote it.
    pub const fn has_any(self) -> bool {
        self.is_declared
            || self.has_null_path
            || self.is_from_mailer
            || self.has_report_field
            || self.is_automatic
    }

    /// Whether anything shows so that a person's mail does not have: that of a postmaster may be from the role alone.
    pub const fn has_firm(self) -> bool {
        self.is_declared
            || self.has_null_path
            || (self.is_from_mailer && !self.is_from_postmaster)
            || self.has_report_field
            || self.is_automatic
    }

    /// Whether the text has to be looked at. That of other mails is passed over: most mail is no report.
    pub const fn may_be_report(self) -> bool {
        self.is_empty || self.has_any() || self.subject.is_some() || self.is_complaint || self.is_auto_reply
    }

    /// Whether the header alone is enough to call it a report.
    pub const fn is_sure(self) -> bool {
        self.has_report_field || self.is_delivery_status || (self.subject.is_some() && self.is_from_mailer)
    }
}

/// The roles under which servers report (RFC 5321 section 4.5.5, RFC 2142 section 5); Exchange has an address that is the same
/// everywhere.
const ROLES: [&str; 8] = [
    "mailer-daemon",
    "mailer_daemon",
    "mailerdaemon",
    "mail-daemon",
    "mail delivery s",
    "mail deliver system",
    "system administrator",
    "microsoftexchange329e71ec88ae4615bbc36ab6ce41109e",
];

/// The role of those who look after a server. Servers report under it; people write under it as well.
const POSTMASTERS: [&str; 2] = ["postmaster", "post_master"];

/// How subjects of reports start, and what they tell. ASCII letters in lower case.
const SUBJECTS: [(&str, Kind); 48] = [
    // Postfix
    ("undelivered mail returned to sender", Kind::Failed),
    ("delayed mail (still being retried)", Kind::Delayed),
    ("postfix smtp server: errors from", Kind::Failed),
    // qmail, Yahoo, Active!Hunter
    ("failure notice", Kind::Failed),
    ("failure delivery", Kind::Failed),
    ("failed delivery", Kind::Failed),
    // Exim
    ("mail delivery failed", Kind::Failed),
    ("warning: message", Kind::Delayed),
    ("mail failed, returning to sender", Kind::Failed),
    ("mail failure", Kind::Failed),
    // sendmail
    ("returned mail:", Kind::Failed),
    ("warning: could not send message", Kind::Delayed),
    ("warning--could not send mail", Kind::Delayed),
    ("postmaster notify:", Kind::Failed),
    // Exchange, hMailServer, IMail
    ("undeliverable", Kind::Failed),
    ("unzustellbar", Kind::Failed),
    ("nicht zustellbar", Kind::Failed),
    ("non remis", Kind::Failed),
    ("non délivré", Kind::Failed),
    ("delivery delayed", Kind::Delayed),
    ("zustellung verzögert", Kind::Delayed),
    ("message status - undeliverable", Kind::Failed),
    // Windows, Gmail, Courier
    ("delivery status notification (delay)", Kind::Delayed),
    ("delivery status notification(delay)", Kind::Delayed),
    ("delivery status notification", Kind::Failed),
    ("delivery notification: delivery has been delayed", Kind::Delayed),
    ("delivery notification", Kind::Failed),
    ("mail delivery status notification (delay)", Kind::Delayed),
    ("mail delivery status notification", Kind::Failed),
    ("mail delivery status report", Kind::Failed),
    ("delivery status", Kind::Failed),
    // Domino
    ("delivery failure", Kind::Failed),
    ("delivery report", Kind::Failed),
    // OpenSMTPD, X.400, gateways
    ("message delivery has failed", Kind::Failed),
    ("message delivery failed", Kind::Failed),
    ("message delivery failure", Kind::Failed),
    ("message delivery problem", Kind::Failed),
    ("mail delivery failure", Kind::Failed),
    ("mail could not be delivered", Kind::Failed),
    ("mail system error - returned mail", Kind::Failed),
    ("permanent delivery failure", Kind::Failed),
    ("non delivery", Kind::Failed),
    ("nondeliverable mail", Kind::Failed),
    ("non-deliverable", Kind::Failed),
    ("there was an error sending your mail", Kind::Failed),
    ("[postmaster] email delivery failure", Kind::Failed),
    ("unable to deliver", Kind::Failed),
    ("could not deliver", Kind::Failed),
];

fn reported_by(subject: &str) -> Option<Kind> {
    SUBJECTS.iter().find(|(start, _)| subject.starts_with(start)).map(|(_, kind)| *kind)
}

/// How subjects of automatic answers start; Exchange, vacation(1), Gmail and others.
const ANSWERS: [&str; 18] = [
    "automatic reply",
    "auto reply",
    "autoreply",
    "auto-reply",
    "auto response",
    "autoresponse",
    "auto-response",
    "autorespon",
    "automatische antwort",
    "automatische rückantwort",
    "abwesenheit",
    "réponse automatique",
    "respuesta automática",
    "risposta automatica",
    "out of office",
    "out-of-office",
    "vacation",
    "away from ",
];

/// Fields that only automatic answers have, beside that of RFC 3834.
const ANSWER_FIELDS: [&str; 4] = ["X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Autoresponse"];

/// RFC 3834 section 5: `auto-replied` is what answers say. A subject alone shows nothing: people write of vacations too. It has to
/// come with what all kinds of automatic mail have; mailing lists send in bulk as well.
fn is_auto_reply(header: &Header<'_>, subject: &str, submitted: &str) -> bool {
    let has_field = |names: &[&str]| names.iter().any(|name| header.first(name).is_some());
    let precedence = header
        .first("Precedence")
        .map(|field| field.unfolded().trim().to_ascii_lowercase())
        .unwrap_or_default();
    if submitted.starts_with("auto-replied") || has_field(&ANSWER_FIELDS) || precedence == "auto_reply" {
        return true;
    }
    let is_list = has_field(&["List-Id", "List-Unsubscribe", "List-Post"]);
    let is_automatic = submitted.starts_with("auto-")
        || has_field(&["X-Auto-Response-Suppress", "X-Apple-Action"])
        || (matches!(precedence.as_str(), "bulk" | "junk") && !is_list)
        || header.named("Return-Path").any(|field| field.unfolded().trim() == "<>");
    is_automatic && ANSWERS.iter().any(|start| subject.starts_with(start))
}
