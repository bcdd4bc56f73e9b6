//! Puts pseudonyms into mail headers from files or standard input and prints what comes out.
//!
//! `redact [FILE…]`: all files make one case, so that what is equal in them stays equal.

use std::error::Error;
use std::io::{self, Read, Write};
use std::{env, fs};

use hopscope::{Input, redact};

fn main() -> Result<(), Box<dyn Error>> {
    let mut texts = Vec::new();
    for path in env::args().skip(1) {
        texts.push(fs::read(path)?);
    }
    if texts.is_empty() {
        let mut text = Vec::new();
        io::stdin().lock().read_to_end(&mut text)?;
        texts.push(text);
    }
    let inputs: Vec<Input<'_>> = texts.iter().map(|bytes| Input { name: None, bytes }).collect();
    let mut out = io::stdout().lock();
    for text in redact(&inputs) {
        out.write_all(&text.bytes)?;
    }
    Ok(())
}
