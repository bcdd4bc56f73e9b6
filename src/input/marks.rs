//! Lines in and around a header that are no fields, though some look like one.

use super::RepairKind;
use super::mailbox::is_like_separator;
use crate::header::{FieldLine, is_known};

/// `Subject:Date:Message-ID; bh=…`: the list of signed fields in a signature (RFC 6376 section 3.5, `h=`), on a line that lost its
/// indent.
pub fn is_list_of_names(line: &[u8], found: FieldLine) -> bool {
    let value = line.get(found.value..).unwrap_or_default();
    let list = value.split(|byte| *byte == b';' || byte.is_ascii_whitespace()).next().unwrap_or_default();
    let is_plain =
        |name: &[u8]| name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let is_name = |name: &[u8]| name.is_empty() || is_known(name) || (name.contains(&b'-') && is_plain(name));
    let goes_on = list.contains(&b':') || value.get(list.len()) == Some(&b';');
    !list.is_empty() && list.split(|byte| *byte == b':').all(is_name) && goes_on
}

pub fn is_signature(name: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(b"signature") || name == b"arc-seal"
}

/// A line that is no field and yet ends no header: `>From …` and `From …` of mailbox files, and the line that Outlook put above a
/// header that it copied.
pub fn is_passed_over(line: &[u8]) -> bool {
    is_like_separator(line) || is_outlook_line(line)
}

pub fn passed_over(line: &[u8]) -> RepairKind {
    if is_outlook_line(line) { RepairKind::OutlookLine } else { RepairKind::MboxSeparator }
}

/// `Microsoft Mail Internet Headers Version 2.0`
pub fn is_outlook_line(line: &[u8]) -> bool {
    line.trim_ascii().starts_with(b"Microsoft Mail Internet Headers Version")
}

/// A fence of a ticket or a chat, or the boundary of a MIME part that follows without a blank line.
pub fn ends_header(line: &[u8]) -> bool {
    is_fence(line) || line.starts_with(b"--")
}

/// A line that marks the start or the end of preformatted text: Markdown, Jira, BBCode.
pub fn is_fence(line: &[u8]) -> bool {
    let line = line.trim_ascii().to_ascii_lowercase();
    [&b"```"[..], b"~~~", b"{code", b"{noformat", b"{quote", b"[code", b"[/code", b"[quote", b"[/quote"]
        .iter()
        .any(|fence| line.starts_with(fence))
}
