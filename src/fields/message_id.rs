//! Message-ID (RFC 5322 section 3.6.4), and the time and address that Windows programs put into theirs.
//!
//! Outlook Express, Outlook and CDO write `<000001c58bca$f50976e0$0300a8c0@server>`: twelve figures of which the last eight are the upper
//! half of the time when the id was made, eight figures that are its lower half, and the four bytes of the machine's address from the
//! last to the first. Exchange and the SMTP service of Windows write the time when a message came to them as
//! `X-OriginalArrivalTime: 18 Jul 2005 … (UTC) FILETIME=[F50BE7E0:01C58BCA]`. Both count 100 nanoseconds since 1601.

use std::net::Ipv4Addr;

/// 100 nanoseconds since 1601-01-01 00:00 UTC.
pub type FileTime = u64;

/// A FILETIME counts so many in a second.
pub const FILETIME_SECOND: FileTime = 10_000_000;

/// A message id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageId {
    /// The whole id, as written, without angle brackets.
    pub text: String,
    /// What stands behind the last `@`: mostly the name of the machine or site that made it. Absent where there is no `@`.
    pub right: Option<String>,
    /// When it was made, where it is one of Windows programs.
    pub filetime: Option<FileTime>,
    /// The address of the machine that made it, where it is one of Windows programs.
    pub ip: Option<Ipv4Addr>,
}

/// Reads a Message-ID; absent where the value is empty.
#[must_use]
pub fn parse_message_id(value: &str) -> Option<MessageId> {
    let text = value.trim().trim_matches(['<', '>']).trim();
    let (left, right) = match text.rsplit_once('@') {
        Some((left, right)) => (left, Some(right)),
        None => (text, None),
    };
    let windows = windows_id(left);
    (!text.is_empty()).then(|| MessageId {
        text: text.to_owned(),
        right: right.filter(|right| !right.is_empty()).map(str::to_owned),
        filetime: windows.map(|(filetime, _)| filetime),
        ip: windows.map(|(_, ip)| ip),
    })
}

/// `000001c58bca$f50976e0$0300a8c0`
fn windows_id(left: &str) -> Option<(FileTime, Ipv4Addr)> {
    let mut groups = left.split('$');
    let (first, second, third) = (groups.next()?, groups.next()?, groups.next()?);
    if groups.next().is_some() || first.len() != 12 || second.len() != 8 || third.len() != 8 {
        return None;
    }
    let high = u32::from_str_radix(first.get(4..)?, 16).ok()?;
    let low = u32::from_str_radix(second, 16).ok()?;
    let address = u32::from_str_radix(third, 16).ok()?;
    Some((join(high, low), Ipv4Addr::from(address.swap_bytes())))
}

/// Reads the time out of X-OriginalArrivalTime: `FILETIME=[lower half:upper half]`.
#[must_use]
pub fn parse_filetime(value: &str) -> Option<FileTime> {
    let (_, behind) = value.split_once("FILETIME=[")?;
    let (halves, _) = behind.split_once(']')?;
    let (low, high) = halves.split_once(':')?;
    let [low, high] = [low, high].map(|half| u32::from_str_radix(half, 16).ok());
    Some(join(high?, low?))
}

fn join(high: u32, low: u32) -> FileTime {
    FileTime::from(high) << 32 | FileTime::from(low)
}
