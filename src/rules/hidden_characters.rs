//! # What it finds
//!
//! Letters in From, Sender, Reply-To or Subject that a reader does not see or takes for others: marks that turn the direction of text
//! (U+202E), letters without width inside a word (U+200B), and Cyrillic or Greek look-alikes in a word of Latin letters.
//!
//! # Why it matters
//!
//! A name can be made to look like another, and filters that look for a word do not find it.
//!
//! # How to fix
//!
//! Nothing can be mended at the receiving side. Read the address itself, not the name. Honest senders of newsletters take such letters out.
//!
//! # When it stays quiet
//!
//! On joiners where a script needs them (Arabic, Persian, the scripts of India) and between pictures; on the marks of direction that text from
//! right to left has; on words of one script; on single Greek letters in formulas and on scripts that are written side by side, as in
//! Japanese.
//!
//! # References
//!
//! Unicode Standard Annex 9, section 2. Unicode Technical Standard 39, section 5. RFC 6532, section 3.

use super::{Group, Rule};
use crate::case::{Case, Message};
use crate::fields::letters::{Oddity, oddities};
use crate::finding::{Confidence, Evidence, Finding, Remedy, Severity};
use crate::header::Field;

pub(super) const RULE: Rule = Rule {
    id: "hidden-characters",
    title: "Letters that deceive the eye",
    group: Group::Form,
    check,
    spared: None,
};

/// The fields that a reader goes by, those of the sender first.
const FIELDS: [&str; 4] = ["From", "Sender", "Reply-To", "Subject"];

/// Longer values are looked at so far.
const LONGEST: usize = 10_000;

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().filter_map(|(place, message)| check_message(place, message)).collect()
}

fn check_message(place: usize, message: &Message<'_>) -> Option<Finding> {
    let fields = FIELDS.iter().filter_map(|name| Some((*name, message.header().first(name)?)));
    let odd: Vec<(&str, Field<'_>, Vec<Oddity>)> = fields
        .map(|(name, field)| (name, field, found(&field)))
        .filter(|(.., oddities)| !oddities.is_empty())
        .collect();
    let (name, _, first) = odd.first()?;
    let told = first.first().map(words)?;
    let is_of_sender = *name != "Subject";
    let is_turned = odd.iter().any(|(.., all)| all.iter().any(|one| matches!(one, Oddity::Direction(_))));
    let evidence = odd.iter().map(|(name, field, oddities)| Evidence {
        message: place,
        span: field.span(),
        label: format!("{name} has {}.", oddities.iter().map(words).collect::<Vec<_>>().join(", and ")),
    });
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: if is_of_sender && (is_turned || !message.auth.is_from_proved()) { Severity::Low } else { Severity::Info },
        confidence: if is_of_sender { Confidence::Likely } else { Confidence::Possible },
        what: format!("{name} has {told}: what it seems to say is probably not what stands there."),
        why: if is_of_sender {
            "A sender's name or address that looks like another deceives readers.".into()
        } else {
            "Such letters hide words from filters. Some newsletters have them without any such purpose.".into()
        },
        remedies: vec![Remedy {
            who: "Whoever has received the message".into(),
            steps: vec!["Go by the address of the sender, letter by letter, not by the name. Do not open links before you know who sent it.".into()],
            disturbs_mail_flow: false,
            references: vec!["Unicode Technical Standard 39".into()],
        }],
        evidence: evidence.collect(),
        culprit: None,
    })
}

fn found(field: &Field<'_>) -> Vec<Oddity> {
    let text = field.decoded();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => oddities(text.get(..end).unwrap_or_default()),
        None => oddities(&text),
    }
}

fn words(oddity: &Oddity) -> String {
    match oddity {
        Oddity::Direction(letter) => {
            format!("a mark that turns the direction of the text (U+{:04X})", u32::from(*letter))
        }
        Oddity::Width(letter) => {
            format!("a letter without width inside a word (U+{:04X})", u32::from(*letter))
        }
        Oddity::Mixed(word, script) => format!("{script} look-alikes among the Latin letters of “{word}”"),
    }
}
