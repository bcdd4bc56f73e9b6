//! What was handed in: which messages the text holds, in which form, and what had to be set right to read them.
//!
//! A repair never rewrites the text; it is undone in a reading of it, which knows where each stretch came from.

mod above;
mod blanks;
mod block;
mod container;
mod edits;
mod joins;
mod mailbox;
mod marks;
mod messages;
mod peel;
mod trace_date;
mod trace_line;
mod word_fold;

pub use container::{Container, Extent, LONGEST, Opened, open};

use crate::bounce::Bounce;
use crate::header::Header;
use crate::text::{Reading, Source, Span};
use messages::{Finder, Place};

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
    /// Lines end in several ways: LF, CR LF, CR.
    MixedLineEnds,
    /// Empty lines stand above the header.
    LeadingBlankLines,
    /// An empty line slipped into the header.
    BlankLine,
    /// Each line is followed by an empty one.
    DoubleSpacing,
    /// All lines are indented.
    Indentation,
    /// `>` stands before the lines.
    Quoting,
    /// `- ` or another bullet stands before the fields, or a number before the lines.
    Bullets,
    /// The names are set in bold with the marks of Markdown.
    Emphasis,
    /// A line lost the blanks with which it continued the field above.
    LostFold,
    /// A line was broken inside a word.
    WordFold,
    /// The value stands on the line below the name.
    ValueOnNextLine,
    /// A blank stands before the colon.
    BlankBeforeColon,
    /// A tab stands in place of the colon.
    TableRow,
    /// Several fields stand on one line.
    OneLine,
    /// The text is encoded as quoted-printable.
    QuotedPrintable,
    /// The text is HTML.
    Html,
    /// Letters that cannot be seen, or blanks that are no ordinary ones.
    HiddenCharacters,
    /// Quotation marks of a word processor.
    SmartQuotes,
    /// The line `From sender date` of a mailbox file (RFC 4155), or `>From`.
    MboxSeparator,
    /// The line `Microsoft Mail Internet Headers Version 2.0`.
    OutlookLine,
    /// The mark of a code block.
    CodeFence,
    /// Words above the header.
    TextBefore,
    /// The few lines that a web page shows above the header, such as Gmail's table.
    TextSummary,
    /// The body behind the header, where nothing in it was read.
    Body,
    /// Bytes of value 0.
    NulBytes,
    /// Bytes that are no UTF-8.
    UnknownCharset,
    /// A line among the fields that is part of none.
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
    /// Its header; empty where only the text of a report was pasted.
    pub header: Header<'a>,
    /// What it reports, where it is a report on another message.
    pub bounce: Option<Bounce>,
    /// How many lines of the body start like a Received field and were not read.
    pub received_in_body: usize,
    /// What had to be set right.
    pub repairs: Vec<Repair>,
}

impl<'a> Item<'a> {
    const fn new(
        form: Form,
        parent: Option<usize>,
        span: Span,
        header: Header<'a>,
        bounce: Option<Bounce>,
        repairs: Vec<Repair>,
    ) -> Self {
        Self { form, parent, span, header, bounce, received_in_body: 0, repairs }
    }
}

impl RepairKind {
    /// Whether it concerns all lines of a stretch, and so the messages that stand within it.
    const fn is_wrapping(self) -> bool {
        matches!(
            self,
            Self::Quoting
                | Self::Indentation
                | Self::Bullets
                | Self::QuotedPrintable
                | Self::Html
                | Self::OneLine
        )
    }
}

impl Item<'_> {
    /// Takes over the wrappings that were taken off around the message in which this one stands.
    fn share(&mut self, wrapping: &[Repair]) {
        let Some(header) = self.header.span() else {
            return;
        };
        let is_around = |repair: &&Repair| repair.span.start <= header.start && header.end <= repair.span.end;
        let own = std::mem::take(&mut self.repairs);
        self.repairs = wrapping.iter().filter(is_around).copied().chain(own).collect();
    }
}

/// Finds the messages of a source. None is found where the text is no mail header.
#[must_use]
pub fn read<'a>(source: &Source<'a>, opened: &Opened<'_>) -> Vec<Item<'a>> {
    let mut finder = Finder::default();
    for span in &opened.messages {
        let place = match opened.container {
            Container::Outlook if finder.items.is_empty() => Place::top(Some(Form::Outlook)),
            Container::Outlook => Place::within_file(0),
            _ => Place::top(None),
        };
        finder.read_message(&Reading::of(source, *span), place, Vec::new());
    }
    if opened.messages.is_empty() {
        finder.read_text(&Reading::of(source, Span::new(0, source.bytes().len())));
    }
    finder.items
}
