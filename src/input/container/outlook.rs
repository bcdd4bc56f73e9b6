//! Message files of Outlook (.msg and .oft, [MS-OXMSG]): the header that Outlook keeps of a message that came by internet, its
//! plain text, and the messages that are attached to it.

use std::borrow::Cow;

use mail_parser::decoders::charsets::map::charset_decoder;

use super::compound::{Compound, is_compound};
use super::utf16::{self, ByteOrder};
use super::{Container, Extent, Opened};
use crate::text::Span;

/// How deep messages that are attached to attached messages are looked for.
const DEPTH: usize = 3;

/// How many messages of a file are read. Each costs a walk through the file at most, so that a bound keeps the cost linear.
const MOST_MESSAGES: usize = 256;

/// PidTagTransportMessageHeaders ([MS-OXOMSG] section 2.2.1.61): the header as it came.
const HEADER: &str = "007D";
/// PidTagBody ([MS-OXCMSG] section 2.2.1.58.1): the plain text.
const BODY: &str = "1000";
/// Where the properties of fixed length stand ([MS-OXMSG] section 2.4).
const PROPERTIES: &str = "__properties_version1.0";

const DAMAGED: &str = "This Outlook or Office file is damaged or incomplete: save the message from Outlook \
                       once more, or copy its internet headers and paste them here.";

const NO_MESSAGE: &str = "This is an Office file, such as .doc or .xls, and no message: open it, copy the header as \
                          text and paste it here.";

const NO_HEADER: &str = "This Outlook file holds no internet header, as is usual for drafts, for sent mail and for \
                         mail inside one organisation: use the message as a recipient outside got it.";

/// Opens a message file; absent where the bytes are no compound file.
pub(super) fn open(bytes: &[u8]) -> Option<Opened<'static>> {
    if !is_compound(bytes) {
        return None;
    }
    let Some(mut file) = Compound::open(bytes) else {
        return Some(Opened::foreign(DAMAGED, bytes.len()));
    };
    if !file.has_stream(PROPERTIES) {
        return Some(Opened::foreign(NO_MESSAGE, bytes.len()));
    }
    let mut found = Found { text: String::new(), messages: Vec::new(), looked_into: 0 };
    found.take(&mut file, "", DEPTH);
    if found.messages.is_empty() {
        return Some(Opened::foreign(NO_HEADER, bytes.len()));
    }
    let extent = if found.looked_into > MOST_MESSAGES { Extent::FirstMessages } else { Extent::Whole };
    let text = Cow::Owned(found.text.into_bytes());
    Some(Opened { extent, messages: found.messages, ..Opened::new(text, Container::Outlook, bytes.len()) })
}

/// What was taken out of a file so far.
struct Found {
    text: String,
    messages: Vec<Span>,
    /// How many messages were met, also those without a header.
    looked_into: usize,
}

impl Found {
    /// Takes the message of a storage and those that are attached to it.
    fn take(&mut self, file: &mut Compound<'_>, storage: &str, depth: usize) {
        self.looked_into += 1;
        if self.looked_into > MOST_MESSAGES {
            return;
        }
        if let Some(header) = text(file, storage, HEADER).filter(|header| !header.trim().is_empty()) {
            let body = text(file, storage, BODY).unwrap_or_default();
            self.add(header.trim_end(), &body);
        }
        let Some(depth) = depth.checked_sub(1) else { return };
        for attachment in file.storages(storage, "__attach_version1.0_#") {
            let attachment = format!("{storage}/{attachment}");
            for message in file.storages(&attachment, "__substg1.0_3701000D") {
                self.take(file, &format!("{attachment}/{message}"), depth);
            }
        }
    }

    fn add(&mut self, header: &str, body: &str) {
        if !self.text.is_empty() {
            let gap = if self.text.ends_with('\n') { "\r\n" } else { "\r\n\r\n" };
            self.text.push_str(gap);
        }
        let start = self.text.len();
        for part in [header, "\r\n\r\n", body] {
            self.text.push_str(part);
        }
        self.messages.push(Span::new(start, self.text.len()));
    }
}

/// A property that is text, without the NUL that may close it: in UTF-16 (type 001F) or in an 8-bit code page (001E).
fn text(file: &mut Compound<'_>, storage: &str, property: &str) -> Option<String> {
    let stream = format!("{storage}/__substg1.0_{property}");
    let mut text = match file.stream(&format!("{stream}001F")) {
        Some(wide) => utf16::decode(&wide, ByteOrder::LittleEndian),
        None => {
            let bytes = file.stream(&format!("{stream}001E"))?;
            narrow(file, storage, bytes)
        }
    };
    text.truncate(text.trim_end_matches('\0').len());
    Some(text)
}

/// An 8-bit text of a message. Many programs write UTF-8 whatever code page they name.
fn narrow(file: &mut Compound<'_>, storage: &str, bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| {
        let bytes = error.as_bytes();
        match charset_decoder(code_page(file, storage).as_bytes()) {
            Some(decode) => decode(bytes),
            None => String::from_utf8_lossy(bytes).into_owned(),
        }
    })
}

/// The charset of a message's 8-bit texts: PidTagMessageCodepage ([MS-OXCMSG] section 2.2.1.4), which knows Windows' own numbers.
/// Where there is none it is that of western Europe.
fn code_page(file: &mut Compound<'_>, storage: &str) -> String {
    const MESSAGE_CODE_PAGE: [u8; 4] = 0x3FFD_0003_u32.to_le_bytes();
    // [MS-OXMSG] section 2.4.1: what stands before the properties is shorter in a message that is attached.
    let before = if storage.is_empty() { 32 } else { 24 };
    let properties = file.stream(&format!("{storage}/{PROPERTIES}")).unwrap_or_default();
    let mut each = properties.get(before..).unwrap_or_default().chunks_exact(16);
    let found = each.find_map(|property| match property {
        [a, b, c, d, _, _, _, _, low, high, ..] if [*a, *b, *c, *d] == MESSAGE_CODE_PAGE => {
            Some(u16::from_le_bytes([*low, *high]))
        }
        _ => None,
    });
    match found {
        Some(page @ 28591..=28606) => format!("iso-8859-{}", page - 28590),
        Some(20866) => "koi8-r".to_owned(),
        Some(21866) => "koi8-u".to_owned(),
        Some(page) if page != 65001 => format!("cp{page}"),
        _ => "cp1252".to_owned(),
    }
}
