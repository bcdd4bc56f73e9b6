//! Reads JSON lines with a `received` key from a file or standard input and writes what each Received line says, one JSON object
//! a line.

use std::error::Error;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};

use hopscope::fields::received::parse_received;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let input: Box<dyn BufRead> = match std::env::args().nth(1) {
        Some(path) => Box::new(BufReader::new(File::open(path)?)),
        None => Box::new(io::stdin().lock()),
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in input.lines() {
        let case: Value = serde_json::from_str(&line?)?;
        let text = case["received"].as_str().ok_or("each line needs a \"received\" string")?;
        writeln!(out, "{}", answer(&text.replace(['\r', '\n'], "")))?;
    }
    Ok(out.flush()?)
}

fn answer(value: &str) -> Value {
    let received = parse_received(value);
    json!({
        "from_token": received.from_token,
        "helo": received.helo,
        "rdns": received.rdns,
        "ip": received.ip.map(|ip| ip.to_string()),
        "by": received.by,
        "with": received.with,
        "id": received.id,
        "for": received.recipient,
        "via": received.via,
        "ident": received.ident,
        "envelope_from": received.envelope_from,
        "epoch": received.date.map(|date| date.epoch),
    })
}
