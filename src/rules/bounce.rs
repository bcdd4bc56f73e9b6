//! # What it finds
//!
//! A report of a server on another message: that it could not be delivered, that it is late, or that it was delivered. It says who
//! refused the message, for whom, and what the status code means, which depends on who gave it. Where the code only names a field
//! (5.7.1, 5.0.0), the words of the server count, and what nobody has explained is quoted.
//!
//! # Why it matters
//!
//! The message did not arrive, or not yet. The answer of the refusing server says why, but in a code: 5.4.1 is an unreachable server
//! everywhere but with Microsoft, where it is an unknown mailbox.
//!
//! # How to fix
//!
//! By the reason: correct the address, wait, make the message smaller, mend the DNS record, get off a block list, ask the other side's
//! administrator.
//!
//! # When it stays quiet
//!
//! On automatic replies, such as absence notes, and on complaints of recipients (feedback reports): no delivery failed there. On mail of
//! people that quotes the words of a bounce.
//!
//! # References
//!
//! RFC 3464 (delivery status notifications), RFC 3463 (status codes) and the IANA registry "SMTP Enhanced Status Codes"; Microsoft,
//! "Email non-delivery reports and SMTP errors in Exchange Online".

use std::net::IpAddr;

use super::{Group, Rule};
use crate::advice::{bounces as advice, in_words};
use crate::bounce::{Bounce, Kind, Recipient};
use crate::case::{Case, Message};
use crate::fields::host::{is_this_machine, organisation};
use crate::fields::status::{self, Meaning, Producer, Sort};
use crate::finding::{Confidence, Evidence, Finding, Remedy, Severity};
use crate::text::Span;

pub(super) const RULE: Rule =
    Rule { id: "bounce", title: "A report on the delivery", group: Group::Bounces, check, spared: None };

fn check(case: &Case<'_>) -> Vec<Finding> {
    let each = case.messages.iter().enumerate();
    each.filter_map(|(place, message)| finding(place, message, message.item.bounce.as_ref()?)).collect()
}

fn finding(place: usize, message: &Message<'_>, bounce: &Bounce) -> Option<Finding> {
    if matches!(bounce.kind, Kind::Feedback | Kind::AutoReply) {
        return None;
    }
    let nobody = Recipient::default();
    let mut recipients = bounce.recipients.iter();
    let main = recipients.clone().find(|recipient| recipient.address.is_some()).or_else(|| recipients.next());
    let answer = Answer::of(bounce, main.unwrap_or(&nobody));
    let reporter = reporter(bounce);
    let is_told = bounce.kind == Kind::Failed && answer.recipient.status.is_none() && answer.sort.is_some();
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: Severity::Info,
        confidence: if is_told { Confidence::Likely } else { Confidence::Certain },
        what: what(bounce, &answer, &reporter),
        why: why(bounce, &answer),
        remedies: remedies(bounce, &answer, &reporter),
        evidence: evidence(place, message, bounce),
        culprit: None,
    })
}

/// What is reported on one recipient, and what it means.
struct Answer<'b> {
    recipient: &'b Recipient,
    meaning: Option<Meaning>,
    sort: Option<Sort>,
    /// The server that refused, or else the one that reports; absent where neither is named.
    server: Option<&'b str>,
}

impl<'b> Answer<'b> {
    fn of(bounce: &'b Bounce, recipient: &'b Recipient) -> Self {
        let server = recipient.remote.as_deref().or(bounce.reporter.as_deref());
        let said = recipient.diagnostic.as_deref().unwrap_or_default();
        let is_microsoft = |name: Option<&str>| name.and_then(organisation).is_some_and(|of| of == MICROSOFT);
        let code = recipient.status.as_deref();
        let is_registered = code.is_some_and(|code| status::meaning(code, Producer::Other).is_some());
        // A code that only Microsoft uses may be given by its server for another one that did not answer.
        let by_reporter = !is_registered && is_microsoft(bounce.reporter.as_deref());
        let producer = if is_microsoft(server) || by_reporter || is_exchange(said) {
            Producer::Microsoft
        } else {
            Producer::Other
        };
        let meaning = code.and_then(|code| status::meaning(code, producer));
        let sort = sort(code, meaning.and_then(|meaning| meaning.sort), status::by_words(said));
        Self { recipient, meaning, sort, server }
    }

    /// Half a sentence on the reason; absent where neither the code nor the words tell.
    fn reason(&self) -> Option<&'static str> {
        let by_code = self.meaning.map(|meaning| meaning.text);
        let by_words = self.sort.map(status::text);
        if self.meaning.is_some_and(|meaning| meaning.sort.is_some() && meaning.sort == self.sort) {
            by_code
        } else {
            by_words.or(by_code)
        }
    }

    /// Whether the reason is no more than the field that the code names.
    fn is_vague(&self) -> bool {
        let code = self.recipient.status.as_deref().filter(|code| status::is_broad(code));
        let by_code = self.meaning.filter(|meaning| meaning.sort == self.sort);
        code.is_some() && by_code.is_some()
    }

    fn server(&self) -> &'b str {
        self.server.unwrap_or("the refusing server")
    }

    fn address(&self) -> &'b str {
        self.recipient.address.as_deref().unwrap_or("the recipient")
    }

    fn domain(&self) -> &'b str {
        let domain = self.recipient.address.as_deref().and_then(|address| address.rsplit_once('@'));
        domain.map_or("the recipient's domain", |(_, domain)| domain)
    }

    /// `550 5.1.1`; empty where there is neither.
    fn codes(&self) -> String {
        let reply = self.recipient.reply_code.map(|code| code.to_string());
        reply.iter().map(String::as_str).chain(self.recipient.status.as_deref()).collect::<Vec<_>>().join(" ")
    }
}

/// The sort of trouble by the code and by the words. A code that says exactly what it is counts for more than words, but for those
/// that servers are known to give for something else.
fn sort(code: Option<&str>, by_code: Option<Sort>, by_words: Option<Sort>) -> Option<Sort> {
    match (by_code, by_words) {
        // There is no code of their own for these.
        (_, Some(Sort::Suppressed | Sort::Later)) => by_words,
        // Yahoo: "554 5.7.9 Message not accepted for policy reasons"; Zoho: "550 5.4.6 Unusual sending activity detected".
        (Some(Sort::Login | Sort::Loop), Some(_)) => by_words,
        _ if code.is_some_and(status::is_broad) => by_words.or(by_code),
        _ => by_code.or(by_words),
    }
}

/// How [`organisation`] calls all domains of Exchange Online.
const MICROSOFT: &str = "microsoft.com";

/// Whether Exchange itself said so: `RESOLVER.ADR.RecipNotFound; not found`, `STOREDRV.Deliver; …`, `QUEUE.Expired; message expired`; or
/// Exchange Online to a server that quotes it: `5.4.1 Recipient address rejected: Access denied. AS(201806281)`.
fn is_exchange(said: &str) -> bool {
    ["RESOLVER.", "STOREDRV.", "ROUTING.", "QUEUE.", "TRANSPORT.", "SMTPSEND.", "TenantAttribution", " AS("]
        .iter()
        .any(|word| said.contains(word))
}

/// The server that wrote the report, or else the mail system from which it comes.
fn reporter(bounce: &Bounce) -> String {
    let system = || bounce.system.as_ref().map(|domain| format!("the mail system of {domain}"));
    bounce.reporter.clone().or_else(system).unwrap_or_else(|| "a server".to_owned())
}

fn what(bounce: &Bounce, answer: &Answer<'_>, reporter: &str) -> String {
    let whom = whom(bounce, answer);
    capitalised(&match bounce.kind {
        Kind::Delayed => {
            let reason = told(answer).map_or_else(String::new, |reason| format!(": {reason}"));
            format!(
                "{reporter} has not yet been able to deliver the message to {whom} and goes on trying{reason}."
            )
        }
        Kind::Delivered => {
            format!("{reporter} reports that the message to {whom} was delivered or passed on.")
        }
        _ => failed(bounce, answer, reporter, &whom),
    })
}

fn failed(bounce: &Bounce, answer: &Answer<'_>, reporter: &str, whom: &str) -> String {
    let reason = told(answer).unwrap_or_else(|| "it gives no reason".to_owned());
    let remote =
        answer.recipient.remote.as_deref().filter(|remote| Some(*remote) != bounce.reporter.as_deref());
    let is_refusal = answer.recipient.reply_code.is_some()
        && !matches!(answer.sort, Some(Sort::Unreachable | Sort::NoRoute | Sort::Expired));
    let as_told = match &bounce.reporter {
        Some(reporter) => format!(", as {reporter} reports"),
        None => String::new(),
    };
    match remote {
        // A filter behind the mail server: "host 127.0.0.1[127.0.0.1] said: 554 5.7.0 Reject".
        Some(remote) if is_loopback(remote) => {
            format!("a program on the machine of {reporter} refused the message to {whom}: {reason}.")
        }
        Some(remote) if is_refusal => format!("{remote} refused the message to {whom}{as_told}: {reason}."),
        Some(remote) => {
            format!("{reporter} could not deliver the message to {whom} through {remote}: {reason}.")
        }
        None => format!("{reporter} could not deliver the message to {whom}: {reason}."),
    }
}

fn is_loopback(host: &str) -> bool {
    is_this_machine(host) || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// A sentence that starts with a small letter; the name of a server stays as it is.
fn capitalised(sentence: &str) -> String {
    let starts = ["a ", "the "].iter().any(|article| sentence.starts_with(article));
    let mut letters = sentence.chars();
    match letters.next().filter(|_| starts) {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => sentence.to_owned(),
    }
}

/// The reason, and the words of the server where the reason says little: `the server does not allow this message (550 5.7.1); it says
/// “Denied by rule 7”`. Absent where nothing tells it.
fn told(answer: &Answer<'_>) -> Option<String> {
    match (reason(answer), said(answer)) {
        (Some(_), Some(said)) if answer.sort.is_none() => Some(format!("it says {said}")),
        (Some(reason), Some(said)) if answer.is_vague() => Some(format!("{reason}; it says {said}")),
        (Some(reason), _) => Some(reason),
        (None, said) => said.map(|said| format!("it says {said}")),
    }
}

/// `there is no such mailbox (550 5.1.1)`
fn reason(answer: &Answer<'_>) -> Option<String> {
    // Codes and words that leave it open are told as they are.
    let reason = answer.reason()?;
    let codes = answer.codes();
    Some(if codes.is_empty() { reason.to_owned() } else { format!("{reason} ({codes})") })
}

/// The server's own words: `“550 Denied”`. Absent where there are none, or none that can be shown.
fn said(answer: &Answer<'_>) -> Option<String> {
    let codes = answer.codes();
    let words = answer.recipient.diagnostic.as_deref().unwrap_or(&codes).trim();
    // Japanese letters in seven bits (ISO-2022-JP) are switched on with an escape.
    if words.is_empty() || words.contains('\u{1b}') {
        return None;
    }
    let words = words.replace(char::is_control, " ");
    Some(match words.char_indices().nth(LONGEST) {
        Some((end, _)) => {
            let start = words.get(..end).unwrap_or_default();
            let whole = start.rsplit_once(' ').map_or(start, |(whole, _)| whole);
            format!("“{}…”", whole.trim_end_matches([' ', '.', ',', ';', ':', '-']))
        }
        None => format!("“{}”", words.trim_end_matches('.')),
    })
}

/// More of what a server said does not go into one sentence.
const LONGEST: usize = 140;

/// `ben@example.com and 2 others`
fn whom(bounce: &Bounce, answer: &Answer<'_>) -> String {
    let address = answer.recipient.address.as_deref().unwrap_or("a recipient that it does not name");
    match bounce.recipients.len() {
        0 | 1 => address.to_owned(),
        2 => format!("{address} and another recipient"),
        all => format!("{address} and {} others", all - 1),
    }
}

fn why(bounce: &Bounce, answer: &Answer<'_>) -> String {
    let mut sentences = Vec::new();
    if let (Some(code), Some(meaning)) = (answer.recipient.status.as_deref(), answer.meaning) {
        sentences.push(match meaning.producer {
            Producer::Other => format!("{code} means, by the registry of such codes: {}.", meaning.text),
            Producer::Microsoft => {
                format!("{code} means, where Microsoft's servers give it: {}.", meaning.text)
            }
        });
        let elsewhere = status::meaning(code, Producer::Other).filter(|other| other.text != meaning.text);
        if let Some(other) = elsewhere.filter(|_| meaning.producer == Producer::Microsoft) {
            sentences.push(format!("From other servers the same code would mean: {}.", other.text));
        }
        match () {
            () if meaning.sort == answer.sort => {}
            () if status::is_broad(code) => {
                sentences.push("That leaves much open; the words of the server tell more.".to_owned());
            }
            () if meaning.sort.is_some() => {
                sentences.push("The words of the server say otherwise, and count for more.".to_owned());
            }
            () => {}
        }
    } else if let Some(code) = answer.recipient.status.as_deref() {
        sentences.push(format!(
            "{code} is in no list of such codes that is known here; only the words of the server count."
        ));
    }
    sentences.push(match bounce.kind {
        Kind::Delayed => "Nothing is lost yet.".to_owned(),
        Kind::Delivered => "The sender had asked for this receipt. Nothing has to be done.".to_owned(),
        _ if bounce.returned.is_some() => {
            "The returned header shows how far the message came; its route is in this report.".to_owned()
        }
        _ => "Nothing of the message was returned, so its route is not known.".to_owned(),
    });
    sentences.join(" ")
}

fn remedies(bounce: &Bounce, answer: &Answer<'_>, reporter: &str) -> Vec<Remedy> {
    let [server, address, domain, reporter] =
        &[answer.server(), answer.address(), answer.domain(), reporter].map(in_words);
    match bounce.kind {
        Kind::Delivered => return Vec::new(),
        Kind::Delayed => {
            return vec![advice::wait(reporter)];
        }
        _ => {}
    }
    vec![match answer.sort {
        Some(Sort::NoMailbox) => advice::no_mailbox(address),
        Some(Sort::Moved) => advice::moved(address),
        Some(Sort::NoDomain) => advice::no_domain(domain),
        Some(Sort::BadAddress) => advice::bad_address(address),
        Some(Sort::BadSender) => advice::bad_sender(),
        Some(Sort::Disabled) => advice::disabled(address),
        Some(Sort::Full) => advice::full(address),
        Some(Sort::TooLarge) => advice::too_large(),
        Some(Sort::System) => advice::system(server),
        Some(Sort::Unreachable | Sort::Expired) => advice::unreachable(server, domain),
        Some(Sort::NoRoute) => advice::no_route(server, domain),
        Some(Sort::Loop) => advice::went_round(server),
        Some(Sort::Protocol) => advice::protocol(server),
        Some(Sort::Content) => advice::content(),
        Some(Sort::Policy) => advice::policy(server),
        Some(Sort::SenderChecks) => advice::sender_checks(),
        Some(Sort::ReverseName) => advice::reverse_name(),
        Some(Sort::Login) => advice::login(),
        Some(Sort::TooMany) => advice::too_many(),
        Some(Sort::Forwarding) => advice::forwarding(),
        Some(Sort::Blocked) => advice::blocked(),
        Some(Sort::Unavailable | Sort::Unrouteable) => advice::no_mailbox(address),
        Some(Sort::Group) => advice::group(address),
        Some(Sort::Later) => advice::later(),
        Some(Sort::Encryption) => advice::encryption(domain),
        Some(Sort::Greeting) => advice::greeting(),
        Some(Sort::SendAs) => advice::send_as(),
        Some(Sort::Suppressed) => advice::suppressed(address),
        None => advice::unknown(server),
    }]
}

/// More recipients than this prove nothing more.
const SHOWN: usize = 20;

fn evidence(place: usize, message: &Message<'_>, bounce: &Bounce) -> Vec<Evidence> {
    let shown = bounce.recipients.iter().filter(|recipient| !recipient.span.is_empty()).take(SHOWN);
    let of_recipient = |recipient: &Recipient| {
        let answer = Answer::of(bounce, recipient);
        let reason = reason(&answer).unwrap_or_else(|| "the words of the server".to_owned());
        Evidence {
            message: place,
            span: recipient.span,
            label: format!("What it says of {}: {reason}.", answer.address()),
        }
    };
    let mut evidence: Vec<Evidence> = shown.map(of_recipient).collect();
    if evidence.is_empty() {
        let label = "The report.".to_owned();
        evidence.push(Evidence { message: place, span: report_span(message), label });
    }
    evidence
}

/// Where nothing is said of a recipient: the header of the report, or its text where it has none.
fn report_span(message: &Message<'_>) -> Span {
    let subject = message.header().first("Subject").map(|field| field.span());
    subject.or_else(|| message.header().span()).filter(|span| !span.is_empty()).unwrap_or(message.item.span)
}
