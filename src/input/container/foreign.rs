//! Files that hold no mail that could be read, told by their first bytes.

/// What a file is and what to do with it, in words for its owner; absent where it may be a text.
pub(super) fn kind(bytes: &[u8]) -> Option<&'static str> {
    let starts = |(offset, magic, _): &&(usize, &[u8], &str)| {
        bytes.get(*offset..).is_some_and(|bytes| bytes.starts_with(magic))
    };
    KINDS.iter().find(starts).map(|(_, _, words)| *words)
}

/// Where a mark stands, the mark, and the words.
const KINDS: [(usize, &[u8], &str); 16] = [
    (0, b"PK\x03\x04", ZIP),
    (0, b"PK\x05\x06", ZIP),
    (0, b"\x1F\x8B", "This file is packed with gzip: unpack it, then open the file that comes out."),
    (0, b"7z\xBC\xAF\x27\x1C", "This is a 7-Zip archive: unpack it, then open the mail that comes out."),
    (0, b"Rar!\x1A\x07", "This is a RAR archive: unpack it, then open the mail that comes out."),
    (0, b"%PDF-", "This is a PDF: open it, copy the header out of it as text and paste it here."),
    (0, b"\x89PNG\r\n\x1A\n", PICTURE),
    (0, b"\xFF\xD8\xFF", PICTURE),
    (0, b"GIF87a", PICTURE),
    (0, b"GIF89a", PICTURE),
    // The screenshots and photographs of telephones.
    (0, b"RIFF", PICTURE),
    (4, b"ftypheic", PICTURE),
    (4, b"ftypmif1", PICTURE),
    (0, b"{\\rtf", "This is a formatted text (RTF): open it, copy the header out of it and paste it here."),
    (
        0,
        b"!BDN",
        "This is a data file of Outlook with whole mailboxes (PST or OST): open it in Outlook, drag the one \
         message out to a folder and open the .msg file that appears there.",
    ),
    (
        0,
        b"\x78\x9F\x3E\x22",
        "This is a winmail.dat, in which Outlook packs formatting and attachments but no header: open the mail \
         to which it was attached instead.",
    ),
];

const ZIP: &str = "This is a ZIP archive, as documents of Word, Excel and LibreOffice are too: unpack it and open the \
                   mail inside, or open the document, copy the header and paste it here.";

const PICTURE: &str =
    "This is a picture, and a header in a picture cannot be read: copy the header as text and paste it here.";
