//! What the checks of the sender found, as rows to read: each with who says so, and why that counts or not.

use super::fields::server;
use super::model::{AuthOutcome, AuthStatement, Message};

/// The checks, as they are named in the header.
pub const CHECKS: [&str; 4] = ["spf", "dkim", "dmarc", "arc"];

/// At most so many results of one check are shown; a message with more was made to be read by nobody.
const MOST: usize = 10;

/// One check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check<'r> {
    /// Its name for people: `SPF`.
    pub name: String,
    /// How it came out, as written; absent where nobody on the reader's side says.
    pub result: Option<&'r str>,
    /// What that tells of the sender.
    pub tone: Tone,
    /// The same in a sentence.
    pub text: String,
    /// The field that says so.
    pub statement: Option<&'r AuthStatement>,
}

/// What a result tells of the sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The check was passed.
    Good,
    /// The check failed.
    Bad,
    /// It says neither.
    Neutral,
}

/// The results that count, in the order of [`CHECKS`]; for a check of which nobody says anything, a row that says that.
#[must_use]
pub fn checks(message: &Message) -> Vec<Check<'_>> {
    CHECKS.iter().flat_map(|method| of_method(message, method)).collect()
}

/// Whether a server wrote anything about the sender, or the sender signed.
#[must_use]
pub fn is_told(message: &Message) -> bool {
    let auth = &message.auth;
    !(auth.statements.is_empty() && auth.signatures.is_empty() && auth.seals.is_empty())
}

/// The fields of results none of whose results counts, topmost first.
pub fn uncounted(message: &Message) -> impl Iterator<Item = &AuthStatement> {
    let counts = |statement: &AuthStatement| statement.results.iter().any(|outcome| outcome.counts);
    message.auth.statements.iter().filter(move |statement| !counts(statement))
}

/// The server that wrote a field of results.
#[must_use]
pub fn writer<'r>(message: &'r Message, statement: &'r AuthStatement) -> Option<&'r str> {
    statement.hop.and_then(|hop| server(message, hop)).or(statement.writer.as_deref())
}

/// Why a field of results is believed, or is not.
#[must_use]
pub fn reason(statement: &AuthStatement) -> &'static str {
    match statement.trust.as_str() {
        _ if statement.arc_instance.is_some() => {
            "What a forwarder says it found; it counts only for those who trust the forwarder."
        }
        "proven" => "It stands where only your side can write.",
        "named" => "It names your server and stands where that server’s filters write.",
        "appended" => "It names your server, but stands where the sender could write as well.",
        "earlier" => "It was written before your side had the message, and the sender could forge it.",
        _ => "Nothing tells who wrote it.",
    }
}

/// The results of a field in short: `spf=pass, dkim=fail`.
#[must_use]
pub fn summary(statement: &AuthStatement) -> String {
    let shown = statement.results.iter().take(MOST);
    let results: Vec<String> =
        shown.map(|outcome| format!("{}={}", outcome.method, outcome.result)).collect();
    if results.is_empty() { "no results".to_owned() } else { results.join(", ") }
}

fn of_method<'r>(message: &'r Message, method: &str) -> Vec<Check<'r>> {
    let name = method.to_ascii_uppercase();
    let outcomes = message
        .auth
        .statements
        .iter()
        .flat_map(|statement| statement.results.iter().map(move |outcome| (statement, outcome)));
    let counted = outcomes.filter(|(_, outcome)| outcome.counts && outcome.method == method);
    let check = |(statement, outcome): (&'r AuthStatement, &'r AuthOutcome)| Check {
        name: name.clone(),
        result: Some(&outcome.result),
        tone: tone(&outcome.result),
        text: text(message, method, outcome),
        statement: Some(statement),
    };
    let checks: Vec<Check<'r>> = counted.take(MOST).map(check).collect();
    if checks.is_empty() { vec![untold(message, method, name)] } else { checks }
}

fn untold<'r>(message: &Message, method: &str, name: String) -> Check<'r> {
    let auth = &message.auth;
    let text = match method {
        "arc" if auth.seals.is_empty() => {
            "No forwarder sealed the message, so there is nothing to check.".to_owned()
        }
        "arc" => {
            "Forwarders sealed the message; no server on your side says whether the seals hold.".to_owned()
        }
        "dkim" if auth.signatures.is_empty() => "The message is not signed.".to_owned(),
        "dkim" => "The message is signed; no server on your side says whether the signature fits.".to_owned(),
        _ => "No server on your side says anything.".to_owned(),
    };
    Check { name, result: None, tone: Tone::Neutral, text, statement: None }
}

fn tone(result: &str) -> Tone {
    match result.to_ascii_lowercase().as_str() {
        "pass" | "bestguesspass" => Tone::Good,
        "fail" | "softfail" | "permerror" | "hardfail" => Tone::Bad,
        _ => Tone::Neutral,
    }
}

fn text(message: &Message, method: &str, outcome: &AuthOutcome) -> String {
    let result = outcome.result.to_ascii_lowercase();
    let domain = outcome.domain.as_deref().unwrap_or("the sender’s domain");
    let from = message.auth.from_domain.as_deref().unwrap_or("the From line");
    match method {
        "spf" => spf(&result, domain, outcome),
        "dkim" => dkim(&result, domain, outcome),
        "dmarc" => match result.as_str() {
            "pass" => format!("It is proved that the message is from {from}."),
            "bestguesspass" => format!("{from} has no policy, but the message would have passed one."),
            "fail" => format!("Nothing proves that the message is from {from}."),
            "none" => format!("{from} has no policy to check by."),
            _ => format!("The policy of {from} could not be checked."),
        },
        _ => match result.as_str() {
            "pass" => "The seals of the forwarders hold.".to_owned(),
            "fail" => "The seals of the forwarders do not hold.".to_owned(),
            "none" => "No forwarder sealed the message.".to_owned(),
            _ => "The seals of the forwarders could not be checked.".to_owned(),
        },
    }
}

fn spf(result: &str, domain: &str, outcome: &AuthOutcome) -> String {
    let client = outcome.ip.as_deref().unwrap_or("The client");
    match result {
        "pass" => format!("{client} may send for {domain}{}.", alignment(outcome)),
        "fail" | "hardfail" => format!("{client} may not send for {domain}."),
        "softfail" => format!("{client} probably may not send for {domain}."),
        "neutral" => format!("{domain} does not say whether {client} may send for it."),
        "none" => format!("{domain} does not say who may send for it."),
        "permerror" => format!("What {domain} says of who may send for it cannot be read."),
        _ => format!("What {domain} says of who may send for it could not be had then."),
    }
}

fn dkim(result: &str, domain: &str, outcome: &AuthOutcome) -> String {
    let why = outcome.reason.as_deref().map_or_else(String::new, |why| format!(" ({why})"));
    match result {
        "pass" => format!("The signature of {domain} fits{}.", alignment(outcome)),
        "none" => "The message is not signed.".to_owned(),
        "fail" | "hardfail" | "permerror" => format!("The signature of {domain} does not fit{why}."),
        _ => format!("The signature of {domain} could not be judged{why}."),
    }
}

fn alignment(outcome: &AuthOutcome) -> &'static str {
    if outcome.is_aligned {
        ", the domain of the From line"
    } else {
        ", which is not the domain of the From line"
    }
}
