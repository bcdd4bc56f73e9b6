//! What is said of each repair.

use super::model::Repair;
use crate::input::RepairKind;
use crate::text::{Source, Span};

/// A repair in words.
pub fn repair(source: &Source<'_>, kind: RepairKind, span: Span) -> Repair {
    let (line, last_line) = source.lines_of(span);
    let (name, text) = words(kind);
    let lines = last_line - line + 1;
    let text = match kind {
        RepairKind::Body if lines > 1 => format!("The text below the header ({lines} lines) was not read."),
        RepairKind::TextBefore if lines > 1 => format!("{lines} lines above the header were passed over."),
        _ => text.to_owned(),
    };
    Repair { kind: name.to_owned(), line, last_line, text }
}

macro_rules! words {
    ($($kind:ident => $name:literal, $text:literal;)+) => {
        /// The name of a kind, and a sentence.
        const fn words(kind: RepairKind) -> (&'static str, &'static str) {
            match kind {
                $(RepairKind::$kind => ($name, $text),)+
            }
        }

        /// The names of all kinds.
        #[cfg(test)]
        pub const NAMES: &[&str] = &[$($name),+];
    };
}

words! {
    ByteOrderMark => "byte-order-mark", "An invisible mark (U+FEFF) at the start was passed over.";
    MixedLineEnds => "mixed-line-ends",
        "From here on lines end in another way than above. All ways were read.";
    LeadingBlankLines => "leading-blank-lines", "Empty lines above the header were passed over.";
    BlankLine => "blank-line", "An empty line within the header was passed over.";
    DoubleSpacing => "double-spacing",
        "Each line was followed by an empty one. The empty ones were passed over.";
    Indentation => "indentation", "All lines were indented. The indent was taken off.";
    Quoting => "quoting", "Lines were quoted with “>”. The marks were taken off.";
    Bullets => "bullets", "Lines stood in a list. The bullets or numbers were taken off.";
    Emphasis => "emphasis", "The names of the fields were set in bold with “*”. The marks were taken off.";
    LostFold => "lost-fold", "This line had lost its indent. It was joined to the line above.";
    WordFold => "word-fold", "A word was broken at the end of the line above. It was put together again.";
    ValueOnNextLine => "value-on-next-line",
        "This line was read as the value of the field above, which had none.";
    BlankBeforeColon => "blank-before-colon", "The blank before the colon was passed over.";
    TableRow => "table-row", "A tab stood in place of the colon. The line was read as a field.";
    OneLine => "one-line", "Several fields stood on one line. They were read one by one.";
    QuotedPrintable => "quoted-printable",
        "The text was encoded as quoted-printable (“=3D” for “=”). It was decoded.";
    Html => "html", "The text was HTML (“&lt;” for “<”). It was read as plain text.";
    HiddenCharacters => "hidden-characters",
        "Letters that cannot be seen, or blanks of another kind, were read as what they stand for.";
    SmartQuotes => "smart-quotes", "Quotation marks of a word processor were read as plain ones.";
    MboxSeparator => "mbox-separator", "The line that separates messages in a mailbox file was passed over.";
    OutlookLine => "outlook-line", "The line that Outlook puts above a header it copies was passed over.";
    CodeFence => "code-fence", "The mark of a code block was passed over.";
    TextBefore => "text-before", "A line above the header was passed over.";
    TextSummary => "text-summary", "The overview that a web page shows above the header was passed over.";
    Body => "body", "The text below the header (1 line) was not read.";
    NulBytes => "nul-bytes", "Bytes of value 0 were passed over.";
    UnknownCharset => "unknown-charset",
        "From here on some bytes are no UTF-8 text. They were kept, and show as “\u{fffd}”.";
    StrayLine => "stray-line",
        "This line is no header field: it has no name with a colon behind it. It was passed over.";
}
