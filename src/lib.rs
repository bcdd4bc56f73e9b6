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
pub use redact::Redacted;
use report::Report;
use route::Own;

/// One text to read: what was pasted, or a file.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The file's name; absent for pasted text.
    pub name: Option<&'a str>,
    /// The text, in whatever encoding it came.
    pub bytes: &'a [u8],
}

/// What an analysis may know besides the texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// The time of the analysis in seconds since 1970 UTC. Without it no date counts as lying in the future.
    pub now: Option<i64>,
    /// The domains of the reader, such as `example.com`: their hosts are the reader's side, and their addresses the reader's. Case, a final
    /// dot and a leading `*.`, `.` or `@` do not count. Entries that cannot be meant are left out; [`Report::left_out`] names them.
    pub own_domains: Vec<String>,
    /// Further hosts whose lines the reader trusts: names (with all below them), addresses, or networks such as `192.0.2.0/24`.
    pub trusted_hosts: Vec<String>,
}

/// Reads the texts as one case and reports what they tell.
#[must_use]
pub fn analyze(inputs: &[Input<'_>], options: &Options) -> Report {
    let opened: Vec<_> = inputs.iter().map(|input| (input.name, input::open(input.bytes))).collect();
    let (own, left_out) = Own::read(&options.own_domains, &options.trusted_hosts);
    let case = Case::new(&opened, options.now, own);
    let findings = rules::check(&case);
    let near_misses = rules::spared(&case, &findings);
    let mut report = report::build(&case, findings, near_misses);
    report.left_out = report::own::left_out(&left_out);
    report
}

/// The texts with pseudonyms in place of what tells who wrote to whom and whose servers they were. Analysing them gives the same
/// findings. They are one case: what is equal stays equal in all of them.
#[must_use]
pub fn redact(inputs: &[Input<'_>]) -> Vec<Redacted> {
    redact_with(inputs, &Options::default()).0
}

/// The same, and the options with the same pseudonyms in their names.
#[must_use]
pub fn redact_with(inputs: &[Input<'_>], options: &Options) -> (Vec<Redacted>, Options) {
    let opened: Vec<_> = inputs.iter().map(|input| (input.name, input::open(input.bytes))).collect();
    let (texts, [own_domains, trusted_hosts]) =
        redact::texts(&opened, &[&options.own_domains, &options.trusted_hosts]);
    (texts, Options { own_domains, trusted_hosts, ..*options })
}
