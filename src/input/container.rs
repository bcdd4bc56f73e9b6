//! Files that are no plain text: what text they hold, or what they are instead.

mod apple;
mod compound;
mod foreign;
mod outlook;
mod utf16;

use std::borrow::Cow;

use crate::text::Span;

/// How many bytes of an input are read: 100 MB. Larger inputs are mailboxes, and a browser has no room for the lines of more.
pub const LONGEST: usize = 100 * 1024 * 1024;

/// An input, opened: the text that is read.
#[derive(Clone, Debug)]
pub struct Opened<'a> {
    /// The text. Spans of this input are places in it. Empty where the input holds none.
    pub text: Cow<'a, [u8]>,
    /// What the input was.
    pub container: Container,
    /// How much of the input was read.
    pub extent: Extent,
    /// The length of the input in bytes, before it was opened and cut.
    pub length: usize,
    /// The messages that the container holds, as places in the text; empty where the text itself has to tell.
    pub messages: Vec<Span>,
}

/// What an input was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// A text. It is read as it stands.
    Text,
    /// A text in UTF-16, as some editors save it.
    Utf16,
    /// A message file of Outlook (.msg, [MS-OXMSG]).
    Outlook,
    /// A file that holds no text to read; the words say what it is and what to do with it.
    Foreign(&'static str),
}

/// How much of an input was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// The first [`LONGEST`] bytes, up to a line end.
    FirstBytes,
    /// The message itself and the first of those that are attached to it.
    FirstMessages,
}

impl<'a> Opened<'a> {
    fn new(text: Cow<'a, [u8]>, container: Container, length: usize) -> Self {
        Self { text, container, extent: Extent::Whole, length, messages: Vec::new() }
    }

    /// A file without text to read. Its bytes are left out: no line of them is one of a mail.
    fn foreign(words: &'static str, length: usize) -> Self {
        Self::new(Cow::Borrowed(&[]), Container::Foreign(words), length)
    }
}

/// Opens an input. Never fails: what is not known is read as text.
#[must_use]
pub fn open(bytes: &[u8]) -> Opened<'_> {
    if let Some(opened) = outlook::open(bytes).or_else(|| utf16::open(bytes)) {
        return opened;
    }
    match foreign::kind(bytes) {
        Some(words) => Opened::foreign(words, bytes.len()),
        None => text(bytes),
    }
}

fn text(bytes: &[u8]) -> Opened<'_> {
    let (text, extent) = first_bytes(bytes);
    let clipped = |span: Span| Span::new(span.start.min(text.len()), span.end.min(text.len()));
    Opened {
        extent,
        messages: apple::message(bytes).map(clipped).into_iter().collect(),
        ..Opened::new(Cow::Borrowed(text), Container::Text, bytes.len())
    }
}

/// As much of a text as is read. It ends with a line; in a text of one endless line, anywhere.
fn first_bytes(bytes: &[u8]) -> (&[u8], Extent) {
    match bytes.get(..LONGEST) {
        Some(first) if bytes.len() > LONGEST => (whole_lines(first), Extent::FirstBytes),
        _ => (bytes, Extent::Whole),
    }
}

/// A text without a last line that has no end.
fn whole_lines(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|byte| matches!(byte, b'\n' | b'\r'));
    end.and_then(|end| bytes.get(..=end)).unwrap_or(bytes)
}
