//! Files that are no plain text: what text they hold, or what they are instead.

mod outlook;

use std::borrow::Cow;

use crate::text::Span;

/// An input, opened: the text that is read.
#[derive(Clone, Debug)]
pub struct Opened<'a> {
    /// The text. Spans of this input are places in it.
    pub text: Cow<'a, [u8]>,
    /// What the input was.
    pub container: Container,
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

/// Opens an input. Never fails: what is not known is read as text.
#[must_use]
pub fn open(bytes: &[u8]) -> Opened<'_> {
    if let Some(opened) = outlook::open(bytes) {
        return opened;
    }
    Opened { text: Cow::Borrowed(bytes), container: Container::Text, messages: Vec::new() }
}
