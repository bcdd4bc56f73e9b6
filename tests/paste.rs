//! What people paste: each text in tests/fixtures/input gives the messages, names of fields and repairs that the file beside it says.

mod common;

use std::fs;

use common::{files, report_on};
use hopscope::input;
use hopscope::text::Source;
use serde::Deserialize;

/// What a text must give.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// What the text is, and where such texts come from.
    about: String,
    /// The messages, in order.
    messages: Vec<ExpectedMessage>,
    /// Whether the line ends are part of the case, so that it is not run in others.
    #[serde(default)]
    keeps_line_ends: bool,
}

#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
struct ExpectedMessage {
    form: String,
    #[serde(default)]
    parent: Option<usize>,
    /// The names of the fields, topmost first, as they are written.
    names: Vec<String>,
    subject: Option<String>,
    hops: usize,
    /// Kind and line of each repair.
    #[serde(default)]
    repairs: Vec<(String, usize)>,
}

fn messages(text: &[u8]) -> Vec<ExpectedMessage> {
    let opened = input::open(text);
    let source = Source::new(None, &opened.text);
    let items = input::read(&source, &opened);
    let report = report_on(text);
    assert_eq!(items.len(), report.messages.len(), "what was found is reported");
    let both = items.iter().zip(report.messages);
    both.map(|(item, message)| ExpectedMessage {
        form: message.origin.form,
        parent: message.origin.parent,
        names: item.header.fields().map(|field| field.name().into_owned()).collect(),
        subject: message.subject,
        hops: message.hops.len(),
        repairs: message.repairs.into_iter().map(|repair| (repair.kind, repair.line)).collect(),
    })
    .collect()
}

/// A text with LF only, and the same with CR LF. Some pastes are no UTF-8.
fn byte_line_ends(text: &[u8]) -> [(&'static str, Vec<u8>); 2] {
    let lf: Vec<&[u8]> =
        text.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line)).collect();
    [("CR LF", lf.join(&b"\r\n"[..])), ("LF", lf.join(&b'\n'))]
}

#[test]
fn every_paste_gives_the_messages_and_repairs_that_stand_beside_it() {
    let pastes = files("tests/fixtures/input", ".txt");
    assert!(pastes.len() >= 40, "{} pastes", pastes.len());
    let mut differing = Vec::new();
    for path in pastes {
        let text = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let expected: Expected =
            serde_json::from_str(&fs::read_to_string(path.with_extension("json")).unwrap())
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(!expected.about.is_empty(), "{}", path.display());
        let texts =
            if expected.keeps_line_ends { vec![("as it is", text)] } else { byte_line_ends(&text).into() };
        for (ends, text) in texts {
            let found = messages(&text);
            if found != expected.messages {
                differing.push(format!(
                    "{} ({ends})\n  found    {found:?}\n  expected {:?}",
                    path.display(),
                    expected.messages
                ));
            }
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}
