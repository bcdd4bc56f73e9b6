//! Hopscope reads mail headers and says what happened to the message, who caused it and what to do.
//!
//! [`analyze`] is the whole interface: texts in, a [`report::Report`] out. It does no input or output, reads no clock and cannot
//! fail; a text that makes no sense gives a smaller report and a plain word about it.
//!
//! ```
//! let text = b"Received: from a.example.org by mx.example.com with ESMTP; Mon, 2 Nov 2026 09:00:00 +0100\nSubject: Hello\n";
//! let inputs = [hopscope::Input { name: None, bytes: text }];
//! let report = hopscope::analyze(&inputs, &hopscope::Options::default());
//! assert_eq!(report.messages[0].hops[0].by.as_deref(), Some("mx.example.com"));
//! ```

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::string_slice
    )
)]

pub mod advice;
pub mod bounce;
pub mod case;
pub mod copies;
pub mod fields;
pub mod finding;
pub mod header;
pub mod input;
#[cfg(feature = "page")]
pub mod js_api;
pub mod mime;
pub mod redact;
pub mod report;
pub mod route;
pub mod rules;
pub mod text;
#[cfg(feature = "page")]
pub mod ui;
#[cfg(feature = "page")]
pub mod worker;

use case::Case;
use redact::Redacted;
use report::Report;

/// One text to read: what was pasted, or a file.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The file's name; absent for pasted text.
    pub name: Option<&'a str>,
    /// The text, in whatever encoding it came.
    pub bytes: &'a [u8],
}

/// What an analysis may know besides the texts.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// The time of the analysis in seconds since 1970 UTC. Without it no date counts as lying in the future.
    pub now: Option<i64>,
}

/// Reads the texts as one case and reports what they tell.
#[must_use]
pub fn analyze(inputs: &[Input<'_>], options: &Options) -> Report {
    let opened: Vec<_> = inputs.iter().map(|input| (input.name, input::open(input.bytes))).collect();
    let case = Case::new(&opened, options.now);
    let findings = rules::check(&case);
    report::build(&case, findings)
}

/// The texts with pseudonyms in place of what tells who wrote to whom and whose servers they were. Analysing them gives the same
/// findings. They are one case: what is equal stays equal in all of them.
#[must_use]
pub fn redact(inputs: &[Input<'_>]) -> Vec<Redacted> {
    let opened: Vec<_> = inputs.iter().map(|input| (input.name, input::open(input.bytes))).collect();
    redact::texts(&opened)
}
