//! What the comments say of the envelope and the login.

use super::Part;
use super::clauses::Line;
use super::lexer::Piece;

/// The envelope sender; empty for the null reverse-path.
pub fn sender(line: &Line<'_>) -> Option<Part> {
    let clause = || line.value_of("envelope-from").and_then(|word| word.trim(&['<', '>']).part());
    line.comments().find_map(sender_in).or_else(clause).or_else(|| xmail_sender(line))
}

/// The account that logged in, where a comment is on the login alone.
pub fn login(line: &Line<'_>) -> Option<Part> {
    line.comments().find_map(login_in)
}

/// Exim and others: `(envelope-from <a@example.com>)`; qmail-ldap: `(envelope-sender <a@example.com>)`.
fn sender_in(comment: Piece<'_>) -> Option<Part> {
    let rest = ["envelope-from", "envelope-sender"].iter().find_map(|name| comment.strip_prefix(name));
    let rest = rest.or_else(|| Some(comment.after(comment.text.find(CHASQUID)? + CHASQUID.len())))?;
    let address =
        rest.words().map(|word| word.trim(&['<', '>', ':', ',', '"'])).find(|word| !word.text.is_empty());
    Some(address.and_then(Piece::part).unwrap_or(Part { value: String::new(), span: comment.span() }))
}

/// How chasquid says it: `(over SMTP, plain text!, envelope from "a@example.com")`.
const CHASQUID: &str = "envelope from ";

/// XMail: `with [XMail 1.27 ESMTP Server] id <S72E> for <ann@example.com> from <bob@example.org>`.
fn xmail_sender(line: &Line<'_>) -> Option<Part> {
    let is_xmail = line.with.first().is_some_and(|word| word.is("[XMail"));
    let sender = line.rest.first().filter(|_| is_xmail && line.recipient.first().is_some())?;
    sender.trim(&['<', '>']).part()
}

/// Who logged in. Postfix: `(Authenticated sender: ann@example.com)`; Courier: `(AUTH: LOGIN ann, TLS: …)`; SquirrelMail: `(SquirrelMail
/// authenticated user ann)`; Exim and others: `(authenticated as ann)`; smtp-auth of qmail: `(smtp-auth username ann, mechanism plain)`.
fn login_in(comment: Piece<'_>) -> Option<Part> {
    if let Some(rest) = comment.strip_prefix("Authenticated sender:") {
        return rest.part();
    }
    let words: Vec<Piece<'_>> =
        comment.split(|letter| letter.is_whitespace() || matches!(letter, ',' | ':')).take(5).collect();
    let name = match words.as_slice() {
        [auth, _, name, ..] if auth.text == "AUTH" => name,
        [_, authenticated, user, name, ..] if authenticated.is("authenticated") && user.is("user") => name,
        [authenticated, link, name, ..]
            if authenticated.is("authenticated") && (link.is("as") || link.is("user")) =>
        {
            name
        }
        [auth, user, name, ..] if auth.is("smtp-auth") && user.is("username") => name,
        _ => return None,
    };
    name.part()
}
