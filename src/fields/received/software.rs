//! The program that wrote a Received line, as it names itself there, and whether it was handed the message on its own machine.

use super::clauses::Line;

/// The program's name and version; absent where the line has none.
pub fn software(line: &Line<'_>) -> Option<String> {
    named_in_protocol(line.with.words().as_deref())
        .or_else(|| line.before.comments().find_map(qmail))
        .or_else(|| line.by.comments().find_map(named_in_comment))
        .or_else(|| line.with.comments().find_map(named_in_comment))
        .or_else(|| line.tls.comments().chain(line.id.comments()).find_map(exim))
}

/// Exchange: `with Microsoft SMTP Server`; the SMTP service of Windows, also below Exchange 2003: `with Microsoft SMTPSVC(6.0.3790.0)`.
fn named_in_protocol(with: Option<&str>) -> Option<String> {
    let with = with?;
    if with.starts_with("Microsoft SMTP Server") {
        Some("Microsoft Exchange".to_owned())
    } else {
        with.starts_with("Microsoft SMTPSVC").then(|| "Microsoft SMTPSVC".to_owned())
    }
}

/// `(qmail 1234 invoked by uid 0)`, the whole line of qmail's own hand-overs.
fn qmail(comment: &str) -> Option<String> {
    comment.starts_with("qmail ").then(|| "qmail".to_owned())
}

/// `(Exim 4.98)`, which Exim puts behind the encryption or the id.
fn exim(comment: &str) -> Option<String> {
    comment.starts_with("Exim ").then(|| comment.to_owned())
}

/// `(Postfix)`, `(Postfix, from userid 1003)`, `(8.17.1/8.17.1/Submit)`, `(fetchmail-6.4.37)`, `(amavisd-new, port 10024)`.
fn named_in_comment(comment: &str) -> Option<String> {
    if let Some(version) = sendmail_version(comment) {
        return Some(format!("sendmail {version}"));
    }
    let name = comment.split(',').next()?.trim();
    let is_name = name.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && name.len() <= 40
        && !name.contains(['=', '[', ':', '@'])
        && !CONNECTION_WORDS.iter().any(|word| name.starts_with(word));
    is_name.then(|| name.to_owned())
}

/// Comments that start like this speak of the connection, not of the program.
const CONNECTION_WORDS: [&str; 8] =
    ["using", "TLS", "SSL", "envelope-", "authenticated", "Authenticated", "no ", "verified"];

/// sendmail writes its version and that of its configuration file: `8.17.1/8.17.1` (`$v/$Z` in its `Received` definition).
fn sendmail_version(comment: &str) -> Option<&str> {
    let (version, configuration) = comment.split_once('/')?;
    (version.starts_with("8.") && configuration.starts_with("8.")).then_some(version)
}

/// Windows: `from mail pickup service by sbs.example.net with Microsoft SMTPSVC`. Postfix: `by mx.example.com (Postfix, from userid
/// 1003)`. sendmail: `(from ann@localhost) by mx.example.com (8.17.1/8.17.1/Submit)`.
pub fn is_handed_in(line: &Line<'_>) -> bool {
    line.from.words().as_deref() == Some("mail pickup service")
        || line
            .by
            .comments()
            .any(|comment| comment.contains(", from userid ") || comment.ends_with("/Submit"))
}
