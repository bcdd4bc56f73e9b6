//! What tells that two messages are one: their keys. Messages with an equal key belong together.
//!
//! Copies that a connector made have a new Message-ID and Date, so other fields have to tell: the Thread-Index, which Outlook writes once
//! and its answers lengthen; the references; the signature; the body.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::Candidate;
use super::groups::Link;
use crate::fields::date::parse_date;
use crate::fields::tags::{parse_tags, tag};
use crate::text::Span;

/// A key, with what it is made of and where that stands.
#[derive(Clone, Debug)]
pub struct Key {
    /// The sort.
    pub link: Link,
    /// What has to be equal.
    pub text: String,
    /// The place of the field; of a body, that of the Subject.
    pub span: Option<Span>,
}

/// More signatures than this are forged or useless.
const MOST_SIGNATURES: usize = 8;

/// What tells one message of a sender from another, and what is common to all copies.
#[must_use]
pub fn keys(candidate: &Candidate<'_>) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut add = |link: Link, text: String, span: Option<Span>| {
        // What a bounce returned was not delivered; it is compared with its like only.
        let side = if candidate.is_returned { "returned " } else { "" };
        keys.push(Key { link, text: format!("{side}{text}"), span });
    };
    let header = candidate.header;
    if let Some((id, span)) = message_id(candidate) {
        add(Link::MessageId, id, Some(span));
    }
    for (signed, span) in signatures(candidate) {
        add(Link::Signature, signed, Some(span));
    }
    let Some(author) = author(candidate) else { return keys };
    let subject = header.first("Subject").map(|field| field.span());
    if let Some((index, span)) = thread_index(candidate) {
        add(Link::ThreadIndex, format!("{author} {index}"), Some(span));
    }
    if let Some((epoch, span)) = written(candidate) {
        add(Link::Date, format!("{author} {epoch}"), Some(span));
    }
    if let Some(hash) = body_hash(candidate) {
        add(Link::Body, format!("{author} {hash:x}"), subject);
    }
    if let Some((answered, span)) = answered_with_place(candidate) {
        add(Link::References, format!("{author} {answered}"), Some(span));
    }
    add(Link::Subject, author, subject);
    keys
}

/// The message that this one answers.
pub fn answered(candidate: &Candidate<'_>) -> Option<String> {
    answered_with_place(candidate).map(|(answered, _)| answered)
}

fn answered_with_place(candidate: &Candidate<'_>) -> Option<(String, Span)> {
    let header = candidate.header;
    let field = header.first("In-Reply-To").or_else(|| header.first("References"))?;
    let answered = field.unfolded().split_whitespace().next_back()?.to_owned();
    Some((answered, field.span()))
}

/// The values of the signatures, of which each mail has another, and their places.
pub fn signatures<'c>(candidate: &'c Candidate<'_>) -> impl Iterator<Item = (String, Span)> + 'c {
    candidate.header.named("DKIM-Signature").take(MOST_SIGNATURES).filter_map(|field| {
        let tags = parse_tags(&field.unfolded());
        let signed = tag(&tags, "b").filter(|signed| signed.len() >= SHORTEST_SIGNATURE)?;
        let domain = tag(&tags, "d").map(|part| part.value.as_str()).unwrap_or_default();
        Some((format!("{domain} {}", signed.value), field.span()))
    })
}

/// The Thread-Index, and its place.
pub fn thread_index(candidate: &Candidate<'_>) -> Option<(String, Span)> {
    let field = candidate.header.first("Thread-Index")?;
    let index: String = field.unfolded().split_whitespace().collect();
    (index.len() >= SHORTEST_INDEX).then(|| (index, field.span()))
}

/// RSA with 512 bits, the weakest that was ever in use, has 88 letters, as has Ed25519 (RFC 8463).
const SHORTEST_SIGNATURE: usize = 64;

/// 22 bytes in base64 ([MS-OXOMSG] section 2.2.1.3).
const SHORTEST_INDEX: usize = 28;

/// The Message-ID without blanks and brackets, and its place; absent where there is none.
pub fn message_id(candidate: &Candidate<'_>) -> Option<(String, Span)> {
    let field = candidate.header.first("Message-ID")?;
    let value = field.unfolded();
    let id = value.trim().trim_matches(['<', '>']).trim();
    (!id.is_empty()).then(|| (id.to_owned(), field.span()))
}

/// The sender and the subject in the form for comparison; absent where one of them is missing.
fn author(candidate: &Candidate<'_>) -> Option<String> {
    let subject = candidate.header.first("Subject")?.decoded();
    let subject = subject_key(&subject);
    let from = candidate.from?;
    (!subject.is_empty()).then(|| format!("{from} {subject}"))
}

/// The date that the sender's program wrote, in seconds since 1970 UTC, and its place.
pub fn written(candidate: &Candidate<'_>) -> Option<(i64, Span)> {
    let field = candidate.header.first("Date")?;
    Some((parse_date(&field.unfolded())?.epoch, field.span()))
}

/// So many bytes of a body are compared, blanks left out. Lists add a footer at the end.
const COMPARED: usize = 4096;

/// A body of fewer bytes tells nothing.
const SHORTEST_BODY: usize = 16;

/// The start of the body as a number; absent where there is hardly any body.
pub fn body_hash(candidate: &Candidate<'_>) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    let letters = candidate.body.iter().filter(|byte| !byte.is_ascii_whitespace()).take(COMPARED);
    let mut count = 0;
    for letter in letters {
        letter.hash(&mut hasher);
        count += 1;
    }
    (count >= SHORTEST_BODY).then(|| hasher.finish())
}

/// A subject in the form for comparison: in lower case, without `Re:` and its kin, and without the tag of a mailing list.
#[must_use]
pub fn subject_key(subject: &str) -> String {
    let mut rest = subject.trim();
    loop {
        let untagged = rest.strip_prefix('[').and_then(|tagged| tagged.split_once(']')).map(|(_, rest)| rest);
        let bare = untagged.filter(|bare| !bare.trim().is_empty()).or_else(|| without_prefix(rest));
        let Some(bare) = bare else { break };
        rest = bare.trim_start();
    }
    rest.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// What mail programs put before the subject of an answer or a forwarded mail, in the languages they speak.
const PREFIXES: [&str; 16] =
    ["re", "fw", "fwd", "aw", "wg", "sv", "vs", "vb", "antw", "rif", "r", "tr", "rv", "ynt", "odp", "enc"];

fn without_prefix(subject: &str) -> Option<&str> {
    let (word, rest) = subject.split_once(':')?;
    // `Re[2]:`, as The Bat! writes.
    let word = word.split('[').next().unwrap_or(word).trim();
    PREFIXES.iter().any(|prefix| prefix.eq_ignore_ascii_case(word)).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::subject_key;

    #[test]
    fn answers_and_lists_do_not_change_a_subject() {
        for subject in ["Minutes", "RE: Minutes", "AW: Re[2]: [talk] minutes ", "[talk] Re:  Minutes"] {
            assert_eq!(subject_key(subject), "minutes", "{subject}");
        }
    }

    #[test]
    fn a_subject_that_is_all_tag_is_kept() {
        assert_eq!(subject_key("[backup]"), "[backup]");
        assert_eq!(subject_key("Re:"), "");
    }
}
