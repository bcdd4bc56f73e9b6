//! What is measured, the same natively and in the browser: Received lines read one by one, whole analyses, and redaction.

mod way;

use hopscope::fields::received::parse_received;
use hopscope::{Input, Options, analyze, redact};
use std::hint::black_box;
use way::Way;

/// One thing to measure.
pub struct Task<'a> {
    /// What is done: `received` reads the Received lines of the text, `analyze` everything, `redact` puts pseudonyms in.
    pub group: &'static str,
    /// What it is done to.
    pub text: &'static str,
    /// How many bytes are read.
    pub bytes: usize,
    /// Does it once.
    pub run: &'a dyn Fn(),
}

/// A text: how many messages it holds, and how many hops each of them has.
struct Text {
    name: &'static str,
    messages: usize,
    hops: usize,
}

const TEXTS: [Text; 5] = [
    Text { name: "20 hops", messages: 1, hops: 20 },
    Text { name: "60 hops", messages: 1, hops: 60 },
    Text { name: "300 hops", messages: 1, hops: 300 },
    Text { name: "10000 hops", messages: 1, hops: 10_000 },
    Text { name: "10000 messages", messages: 10_000, hops: 4 },
];

/// How many copies of one message a mailbox holds, and its name.
const COPIES: [(&str, usize); 3] = [("100 copies", 100), ("1000 copies", 1_000), ("10000 copies", 10_000)];

/// Of the hops of a copy so many are the same in all, and so many its own.
const COMMON: usize = 6;
const OWN: usize = 4;

/// The time of the analysis, in seconds since 1970 UTC: after all dates of the texts.
const NOW: i64 = 1_794_000_000;

/// Hands over one task after the other. No more than one text at a time is in memory.
pub fn each(mut measure: impl FnMut(&Task<'_>)) {
    let way = Way::new();
    for text in TEXTS {
        let lines: Vec<String> = (0..text.messages * text.hops).map(|nth| way.received(nth)).collect();
        let bytes = lines.iter().map(String::len).sum();
        let run = || {
            for line in &lines {
                black_box(parse_received(black_box(line)));
            }
        };
        measure(&Task { group: "received", text: text.name, bytes, run: &run });
    }
    let mut options = Options::default();
    options.now = Some(NOW);
    for text in TEXTS {
        let source = match text.messages {
            1 => way.message(0, text.hops),
            _ => way.mailbox(text.messages, text.hops),
        };
        let inputs = || [Input { name: None, bytes: black_box(source.as_bytes()) }];
        let run = || drop(black_box(analyze(&inputs(), &options)));
        measure(&Task { group: "analyze", text: text.name, bytes: source.len(), run: &run });
        let run = || drop(black_box(redact(&inputs())));
        measure(&Task { group: "redact", text: text.name, bytes: source.len(), run: &run });
    }
    for (name, copies) in COPIES {
        let source = way.copies(copies, COMMON, OWN);
        let run = || {
            let inputs = [Input { name: None, bytes: black_box(source.as_bytes()) }];
            black_box(analyze(&inputs, &options));
        };
        measure(&Task { group: "analyze", text: name, bytes: source.len(), run: &run });
    }
}
