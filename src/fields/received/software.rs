//! The program that wrote a Received line, as it names itself there, and whether it was handed the message on its own machine.

use std::fmt::{self, Display, Formatter};

use super::clauses::Line;
use super::lexer::Piece;

/// A program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Software {
    /// Its name, as written: `Postfix`, `Exim`, `Microsoft Exchange`.
    pub name: String,
    /// Its version, as written; absent where the line does not say.
    pub version: Option<String>,
}

impl Display for Software {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match &self.version {
            Some(version) => write!(out, "{} {version}", self.name),
            None => out.write_str(&self.name),
        }
    }
}

/// The program; absent where the line names none.
pub fn software(line: &Line<'_>) -> Option<Software> {
    named_in_protocol(line)
        .or_else(|| line.before.comments().find_map(qmail))
        .or_else(|| line.by.comments().find_map(named_in_comment))
        .or_else(|| line.with.comments().find_map(named_in_comment))
        .or_else(|| line.rest.words().iter().copied().find_map(qmail_scanner))
        .or_else(|| line.tls.comments().chain(line.id.comments()).find_map(exim))
}

/// Programs that name themselves behind `with`.
fn named_in_protocol(line: &Line<'_>) -> Option<Software> {
    let with = line.with.text()?;
    let version = || line.with.comments().next().map(|comment| comment.text.trim().to_owned());
    // Exchange 2007 and later write their version as the id: `with Microsoft SMTP Server id 15.20.7025.27`, `with mapi id 15.20.…`.
    let id = || line.id.first().map(|id| id.text).filter(|id| is_version(id)).map(str::to_owned);
    let of = |name: &str, version: Option<String>| Some(Software { name: name.to_owned(), version });
    match with.split_once(' ').unwrap_or((&with, "")) {
        ("Microsoft", rest) if rest.starts_with("SMTP Server") => of("Microsoft Exchange", id()),
        ("Microsoft", rest) if rest.starts_with("SMTPSVC") => of("Microsoft SMTPSVC", version()),
        ("mapi" | "MAPI" | "HTTPS" | "MailboxResubmission", _) if id().is_some() => {
            of("Microsoft Exchange", id())
        }
        ("Internet", "Mail Service") => of("Internet Mail Service", version()),
        ("[XMail", rest) => of("XMail", rest.split(' ').next().map(str::to_owned)),
        ("hMailServer", _) => of("hMailServer", None),
        ("MailEnable", _) => of("MailEnable", None),
        ("ECARTIS", _) => of(
            "Ecartis",
            version().and_then(|text| Some(text.trim_start_matches('v').split(';').next()?.to_owned())),
        ),
        ("Novell_GroupWise", _) => of("Novell GroupWise", None),
        // getmail6: `with POP3 getmail6 msgid:000012345a5b6c7d`.
        (_, rest) if rest.starts_with("getmail") => of(rest.split(' ').next()?, None),
        (word, _) => word
            .strip_prefix("qmail-scanner-")
            .and_then(|version| of("qmail-scanner", Some(version.to_owned()))),
    }
}

/// Whether an id is a version of Exchange: four numbers, `15.20.7025.27`.
fn is_version(id: &str) -> bool {
    id.split('.').count() == 4
        && id.split('.').all(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `(qmail 1234 invoked by uid 0)`, the whole line of qmail's own hand-overs; `(nullmailer pid 91 invoked by uid 1000)`.
fn qmail(comment: Piece<'_>) -> Option<Software> {
    let name =
        comment.words().next().map(|word| word.text).filter(|name| ["qmail", "nullmailer"].contains(name))?;
    Some(Software { name: name.to_owned(), version: None })
}

/// `by mx.example.com by uid 1009 with qmail-scanner-1.25`.
fn qmail_scanner(word: Piece<'_>) -> Option<Software> {
    let version = word.strip_prefix("qmail-scanner-")?;
    Some(Software { name: "qmail-scanner".to_owned(), version: Some(version.text.to_owned()) })
}

/// `(Exim 4.98)`, which Exim puts behind the encryption or the id.
fn exim(comment: Piece<'_>) -> Option<Software> {
    comment.strip_prefix("Exim ").and_then(|_| named_in_comment(comment))
}

/// `(Postfix)`, `(Postfix, from userid 1003)`, `(8.17.1/8.17.1/Submit)`, `(fetchmail-6.4.37)`, `(amavisd-new, port 10024)`.
fn named_in_comment(comment: Piece<'_>) -> Option<Software> {
    if let Some(version) = sendmail_version(comment.text) {
        return Some(Software { name: "sendmail".to_owned(), version: Some(version.to_owned()) });
    }
    let text = comment.text.split([',', ';']).next()?.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_of_connection = CONNECTION_WORDS.iter().any(|word| text.starts_with(word));
    let software = name_and_version(&text);
    let is_name = software.name.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && software.name.len() <= 60
        && !software.name.contains(['=', '[', ':', '@', '<']);
    (is_name && !is_of_connection && !is_host(&text)).then_some(software)
}

/// A lone word with dots and no figures behind a joint is a host's name: `by mx1 (mx1.example.com)`.
fn is_host(text: &str) -> bool {
    !text.contains([' ', '/'])
        && text.contains('.')
        && text.rsplit('.').next().is_some_and(|end| end.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

/// The name is what stands before the first number: `Exim 4.50 #1`, `fetchmail-6.4.37 polling pop.example.net`, `Haraka/3.0.2`,
/// `MDaemon.v3.5.7.R`, `CommuniGate Pro SMTP 6.3.1`. A name without a number is all of the comment.
fn name_and_version(text: &str) -> Software {
    let is_joint = |letter: char| matches!(letter, ' ' | '/' | '-' | '_' | '.');
    let starts = text.char_indices().filter(|(_, letter)| is_joint(*letter)).map(|(at, _)| at);
    let version_at = |at: usize| {
        let rest = text.get(at + 1..)?;
        let version = rest.strip_prefix(['v', 'V']).unwrap_or(rest);
        let version = version.split(' ').next()?;
        version.starts_with(|letter: char| letter.is_ascii_digit()).then_some(version)
    };
    let found = starts.filter_map(|at| Some((at, version_at(at)?))).next();
    match found {
        Some((at, version)) => Software {
            name: text.get(..at).unwrap_or_default().to_owned(),
            version: Some(version.to_owned()),
        },
        None => Software { name: text.to_owned(), version: None },
    }
}

/// Comments that start like this speak of the connection, not of the program.
const CONNECTION_WORDS: [&str; 12] = [
    "using",
    "TLS",
    "SSL",
    "envelope-",
    "authenticated",
    "Authenticated",
    "no ",
    "No ",
    "verified",
    "version",
    "Cipher",
    "built ",
];

/// sendmail writes its version and that of its configuration file: `8.17.1/8.17.1` (`$v/$Z` in its `Received` definition).
fn sendmail_version(comment: &str) -> Option<&str> {
    let (version, configuration) = comment.split_once('/')?;
    (version.starts_with("8.") && configuration.starts_with("8.")).then_some(version)
}

/// Windows: `from mail pickup service by sbs.example.net with Microsoft SMTPSVC`. Postfix: `by mx.example.com (Postfix, from userid
/// 1003)`. sendmail: `(from ann@localhost) by mx.example.com (8.17.1/8.17.1/Submit)`. qmail: `(qmail 1234 invoked by uid 1003)`.
/// Exim: `from ann by mx.example.com with local (Exim 4.98)`. Courier: `from localhost (localhost [127.0.0.1]) (uid 1003) by …`.
pub fn is_handed_in(line: &Line<'_>) -> bool {
    let from: Vec<&str> = line.from.words().iter().map(|word| word.text).collect();
    let is_user = from.len() == 1 && line.from.comments().next().is_none();
    let is_local = is_user && line.with.first().is_some_and(|word| word.is("local"));
    let of_sendmail =
        |comment: Piece<'_>| comment.strip_prefix("from ").is_some() && !comment.text.contains('[');
    let of_qmail = |comment: Piece<'_>| qmail(comment).is_some() && comment.text.contains(" invoked by uid ");
    from == ["mail", "pickup", "service"]
        || is_local
        || line.by.comments().any(|comment| comment.text.contains(", from userid "))
        || line.from.comments().any(|comment| comment.strip_prefix("uid ").is_some())
        || line.before.comments().any(|comment| of_sendmail(comment) || of_qmail(comment))
}

/// Whether the client came by a socket of the machine itself. OpenSMTPD: `from localhost (mx.example.com [local])`; Cyrus: `from
/// mx.example.com ([unix socket])`.
pub fn is_by_socket(line: &Line<'_>) -> bool {
    line.from
        .comments()
        .any(|comment| comment.text.contains("[local]") || comment.text.contains("[unix socket]"))
}
