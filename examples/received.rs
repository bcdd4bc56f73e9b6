//! Reads JSON lines with a `received` key from a file or standard input and writes what each Received line says, one JSON object
//! a line.

use std::error::Error;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};

use hopscope::fields::received::{Part, parse_received};
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
        writeln!(out, "{}", answer(text))?;
    }
    Ok(out.flush()?)
}

fn answer(value: &str) -> Value {
    let received = parse_received(value);
    let text = |part: &Option<Part>| part.as_ref().map(|part| part.value.clone());
    let protocol = received.protocol.map(|protocol| protocol.name.to_owned());
    json!({
        "from_token": text(&received.from_token),
        "helo": text(&received.helo),
        "rdns": text(&received.rdns),
        "ip": received.ip.as_ref().map(|ip| ip.value.to_string()),
        "by": text(&received.by),
        "with": protocol.or_else(|| text(&received.with)),
        "id": text(&received.id),
        "for": received.recipient().map(|part| part.value.clone()),
        "via": text(&received.via),
        "ident": text(&received.ident),
        "envelope_from": text(&received.envelope_from),
        "epoch": received.date.map(|date| date.epoch),
    })
}
