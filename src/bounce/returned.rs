//! Where the message stands that a report returns: in a part of its own, or below a line in the text.

use super::Returned;
use super::scan::Line;
use crate::header::{field_line, is_telling};
use crate::mime::Part;

/// Media types of parts that hold a returned message or its header (RFC 6522 section 3, RFC 3462 section 2, RFC 6533 section 7);
/// the first piece of one is a message as well (RFC 2046 section 5.2.2).
const DECLARED: [&str; 7] = [
    "message/rfc822",
    "message/partial",
    "message/global",
    "text/rfc822-headers",
    "text/rfc822-header",
    "message/global-headers",
    "message/rfc822-headers",
];

/// Lines behind which the returned message starts, ornament left away, ASCII letters in lower case; and who writes them.
const MARKERS: [&str; 36] = [
    // Exchange 2007 and later, in three languages.
    "original message headers",
    "ursprüngliche nachrichtenkopfzeilen",
    "ursprüngliche nachrichtenköpfe",
    "ursprüngliche kopfzeilen der nachricht",
    "en-têtes de message d'origine",
    "en-têtes du message d'origine",
    // qmail, Yahoo
    "below this line is a copy of the message",
    "below this line is the original bounce",
    // Exim
    "this is a copy of the message, including all the headers",
    "this is a copy of your message, including all the headers",
    "this is a copy of the message's headers",
    "a copy of the message, including all the headers",
    // Kundenserver, GMX
    "the header of the original message is following",
    // Gmail
    "original message",
    "message header follows",
    // sendmail
    "unsent message follows",
    "original message follows",
    "message headers follow",
    "returned message follows",
    "returned text follows",
    // DragonFly
    "message headers follow.",
    "message follows.",
    // OpenSMTPD
    "below is a copy of the original message",
    // Smail
    "message text follows",
    // Lotus SMTP MTA
    "returned message",
    // McAfee, MXLogic
    "included is a copy of the message header",
    "your message reads",
    // m-FILTER, fml
    "original mail info",
    "original mail as follows",
    // Others
    "undelivered message",
    "header of the original message",
    "headers of the original message",
    "original headers",
    "original header",
    "returned message headers",
    "message headers",
];

/// Markers that are sentences of which only the start is fixed.
const STARTS: [&str; 9] = [
    "original message headers",
    "below this line is a copy of the message",
    "this is a copy of the message, including",
    "this is a copy of your message, including",
    "this is a copy of the message's header",
    "the header of the original message is following",
    "below is a copy of the original message",
    "included is a copy of the message header",
    "a copy of the original message follows",
];

/// Whether the returned message starts below this line.
pub fn is_marker(line: &Line) -> bool {
    let plain = line.plain().trim_end_matches([':', '.', ' ']).trim_end();
    MARKERS.contains(&plain) || STARTS.iter().any(|start| plain.starts_with(start))
}

/// The place of the returned message: a part that is declared as one, or else the first place in a text.
pub fn find(parts: &[Part<'_>], texts: &[(usize, Vec<Line>)]) -> Option<Returned> {
    let declared = parts.iter().position(|part| DECLARED.contains(&part.media_type.as_str()));
    let in_text = || {
        texts.iter().find_map(|(part, lines)| Some(Returned { part: *part, offset: start_in(lines)?.offset }))
    };
    declared.map(|part| Returned { part, offset: 0 }).or_else(in_text).or_else(|| behind_fields(parts))
}

/// The place behind the fields of a report, in whose part the message stands too where the boundary between them is damaged.
fn behind_fields(parts: &[Part<'_>]) -> Option<Returned> {
    let part = parts.iter().rposition(|part| part.media_type == "message/delivery-status")?;
    let lines = super::scan::read(&parts.get(part)?.content);
    Some(Returned { part, offset: start_in(&lines)?.offset })
}

/// The start of the returned message in a text.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    /// How many lines stand above it; that of a marker is not counted.
    pub line: usize,
    /// Where it starts in the content: behind the marker, or at the first field.
    pub offset: usize,
}

/// Finds the start in a text: behind the first marker below which fields stand, or at the first block of fields.
pub fn start_in(lines: &[Line]) -> Option<Start> {
    let mut is_above_blank = true;
    for (number, line) in lines.iter().enumerate() {
        let below = lines.get(number + 1..).unwrap_or_default();
        if is_marker(line) && leads_to_fields(below) {
            return Some(Start {
                line: number,
                offset: below.first().map_or(line.span.end, |next| next.span.start),
            });
        }
        if is_above_blank && is_block(lines.get(number..).unwrap_or_default()) {
            return Some(Start { line: number, offset: line.span.start });
        }
        is_above_blank = line.plain().is_empty();
    }
    None
}

/// Whether a field stands among the next lines; blank ones and ornament may stand above it.
fn leads_to_fields(below: &[Line]) -> bool {
    let mut told = below.iter().take(8).filter(|line| !line.is_blank() && !line.plain().is_empty());
    told.by_ref().take(2).any(|line| {
        field_line(line.text.trim_start_matches(['>', ' ']).as_bytes()).is_some()
            || line.lower.starts_with("from ")
    })
}

/// Fields that a block needs one of: a copy of a few lines for the reader ("From: … Subject: …") is no header.
const OF_THE_WAY: [&str; 6] =
    ["received", "return-path", "message-id", "mime-version", "dkim-signature", "x-received"];

/// How many lines of a block are looked at.
const LOOKED_AT: usize = 40;

/// Whether a header stands here: three fields that tell, one of them from the way, before the next blank line.
fn is_block(lines: &[Line]) -> bool {
    let Some(first) =
        lines.first().filter(|line| !line.is_indented && field_line(line.text.as_bytes()).is_some())
    else {
        return false;
    };
    let block = lines.iter().take(LOOKED_AT).take_while(|line| !line.is_blank());
    let names = block.filter(|line| !line.is_indented).filter_map(|line| {
        let found = field_line(line.text.as_bytes())?;
        line.lower.get(found.name.start..found.name.end)
    });
    let (mut telling, mut of_the_way) = (0, 0);
    for name in names {
        telling += usize::from(is_telling(name.as_bytes()));
        of_the_way += usize::from(OF_THE_WAY.contains(&name));
    }
    telling >= 3 && of_the_way >= 1 && !first.lower.starts_with("reporting-mta")
}
