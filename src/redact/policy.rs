//! What a field holds, by its name: it decides how unknown words in it are called, and which words stay.

use super::table::Kind;

/// How the words of a text are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Words of servers and programs; what is not known is replaced.
    Words,
    /// Names and addresses of people, and what to call a word that is no address.
    People(Kind),
    /// A line of the route.
    Trace,
    /// The results of checks, with the name of the server that made them at the start.
    Results,
    /// Message ids and the like.
    Ids,
    /// What a person wrote as the subject.
    Subject,
    /// `a=…; d=…; b=…` of signatures.
    Signature,
    /// Media types and their parameters.
    Media,
    /// The name of a program, or a plain number.
    Program,
    /// What filters write: names of rules, in capitals, and their numbers.
    Filter,
    /// Flags that Outlook.com packs into base64: `V=1.1;D=0;SCL=9`.
    Flags,
    /// The name of a field.
    FieldName,
}

/// How the field of this name is taken.
pub fn of_field(name: &str) -> Policy {
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        "received" | "x-received" | "old-received" | "x-originally-received" | "x-gmail-received" => {
            Policy::Trace
        }
        "subject"
        | "thread-topic"
        | "comments"
        | "keywords"
        | "content-description"
        | "x-original-subject" => Policy::Subject,
        "from" | "sender" | "to" | "cc" | "bcc" | "reply-to" | "organization" | "organisation"
        | "mail-reply-to" | "mail-followup-to" | "x-sender" | "list-id" | "x-list" | "apparently-to" => {
            Policy::People(Kind::Name)
        }
        "return-path"
        | "delivered-to"
        | "envelope-to"
        | "errors-to"
        | "original-recipient"
        | "final-recipient"
        | "x-failed-recipients"
        | "x-original-sender"
        | "x-loop"
        | "x-beenthere"
        | "return-receipt-to"
        | "disposition-notification-to"
        | "x-authenticated-user"
        | "x-authenticated-sender"
        | "x-hmailserver-externalaccount" => Policy::People(Kind::Person),
        "message-id" | "in-reply-to" | "references" | "resent-message-id" | "content-id" | "supersedes"
        | "thread-index" => Policy::Ids,
        "content-type" | "content-disposition" => Policy::Media,
        "x-mailer"
        | "user-agent"
        | "x-mimeole"
        | "content-length"
        | "lines"
        | "x-mailer-version"
        | "date"
        | "resent-date"
        | "delivery-date"
        | "x-spam-checker-version"
        | "x-virus-scanned"
        | "mime-version" => Policy::Program,
        "authentication-results" | "arc-authentication-results" | "authentication-results-original" => {
            Policy::Results
        }
        "dkim-signature"
        | "domainkey-signature"
        | "arc-seal"
        | "arc-message-signature"
        | "x-google-dkim-signature" => Policy::Signature,
        "x-message-delivery" => Policy::Flags,
        _ if name.starts_with("resent-") => Policy::People(Kind::Name),
        _ if is_recipient(&name) => Policy::People(Kind::Person),
        _ if is_filter(&name) => Policy::Filter,
        _ => Policy::Words,
    }
}

/// `X-Original-To`, `X-Envelope-From`, `X-RCPT-TO`
fn is_recipient(name: &str) -> bool {
    const ENDS: [&str; 6] = ["-to", "-from", "-rcpt", "-rcptto", "-sender", "-recipient"];
    name.starts_with("x-") && ENDS.iter().any(|end| name.ends_with(end))
}

fn is_filter(name: &str) -> bool {
    const STARTS: [&str; 9] = [
        "x-spam",
        "x-rspamd",
        "x-forefront-antispam",
        "x-microsoft-antispam",
        "x-proofpoint",
        "x-mimecast",
        "x-barracuda",
        "x-ms-exchange-organization-scl",
        "x-sid-result",
    ];
    STARTS.iter().any(|start| name.starts_with(start))
}
