//! Analysis beside the page, so that typing never waits for it: the two ends of a web worker.
//!
//! Page and worker run the same WebAssembly module. The page compiles it once and posts it to the worker, which says `ready`. From
//! then on the page posts `{ number, inputs, options, redact }` and the worker answers `{ number, report }`, with `texts` where it put
//! pseudonyms into them, one request at a time. The report is
//! packed into bytes, which cross faster than objects. Bytes change hands without being copied, and of a file only a handle crosses:
//! the worker reads it, straight into the one place where the whole of it lies.

pub mod client;
mod reading;
mod script;
pub mod server;
mod text;

pub use text::{Content, Text};
