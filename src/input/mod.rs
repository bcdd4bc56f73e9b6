//! What was handed in: which messages the text holds, in which form, and what had to be set right to read them.
//!
//! A repair never rewrites the text; it says where reading started or what was passed over.

mod block;
mod container;

pub use container::{Container, Opened, open};

use crate::bounce::{self, Bounce};
use crate::header::{Header, is_telling};
use crate::mime;
use crate::text::{Reading, Source, Span};

/// The wrapping in which a message came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Header fields, and nothing behind them.
    Headers,
    /// A header with its body.
    Message,
    /// One of the messages of a mailbox file (RFC 4155).
    Mailbox,
    /// A message file of Outlook.
    Outlook,
    /// A message that is attached to another.
    Attached,
    /// A message whose text, header included, stands in the text of another.
    Forwarded,
    /// A report on another message: a bounce, a delay notice and the like.
    BounceReport,
    /// The message that a report is about, as the report returns it.
    BounceOriginal,
}

/// What had to be set right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepairKind {
    /// The text starts with the mark U+FEFF, which editors put there.
    ByteOrderMark,
    /// Empty lines stand above the header.
    LeadingBlankLines,
    /// The text starts with the line `From sender date` that separates messages in an mbox file (RFC 4155).
    MboxSeparator,
    /// A line among the fields is not part of any: it has no colon.
    StrayLine,
}

/// One repair and the place it concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repair {
    /// What it was.
    pub kind: RepairKind,
    /// Where, in the source.
    pub span: Span,
}

/// One message found in a source.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    /// The wrapping it came in.
    pub form: Form,
    /// The message in or with which it came, by its place among the items; absent where it came by itself.
    pub parent: Option<usize>,
    /// From its first field to the end of its body, in the source.
    pub span: Span,
    /// Its header.
    pub header: Header<'a>,
    /// What it reports, where it is a report on another message.
    pub bounce: Option<Bounce>,
    /// How many lines of the body start like a Received field and were not read.
    pub received_in_body: usize,
    /// What had to be set right, in the order of the text.
    pub repairs: Vec<Repair>,
}

/// Finds the messages of a source. None is found where the text is no mail header.
#[must_use]
pub fn read<'a>(source: &Source<'a>, _opened: &Opened<'_>) -> Vec<Item<'a>> {
    let text = Reading::of(source, Span::new(0, source.bytes().len()));
    let block = block::read(&text, 0);
    if !block.header.fields().any(|field| is_telling(field.name().as_bytes())) {
        return Vec::new();
    }
    let body = text.part(Span::new(block.end, text.bytes().len()));
    let parts = mime::parts(&block.header, &body);
    let bounce = bounce::read(&block.header, &parts);
    let form = if bounce.is_some() { Form::BounceReport } else if body.bytes().is_empty() { Form::Headers } else { Form::Message };
    vec![Item { form, parent: None, span: text.place(text.span()), header: block.header, bounce, received_in_body: 0, repairs: block.repairs }]
}
