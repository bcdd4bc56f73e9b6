//! Reads mail headers from files or standard input and prints the report.
//!
//! `analyze [--json|--markdown|--ticket] [--redact] [--each] [--files-from LIST] [FILE…]`: all files make one case, or with `--each` every
//! file makes its own. `--redact` puts pseudonyms into the texts first. `--json` with `--each` prints one report a line, with the path as `"file"`.

use std::error::Error;
use std::io::{self, Read, Write};
use std::{env, fs, process};

use hopscope::report::{Report, json, markdown, text, ticket};
use hopscope::{Input, Options, analyze, redact};

const USAGE: &str =
    "usage: analyze [--json|--markdown|--ticket] [--redact] [--each] [--files-from LIST] [FILE…]
Reads mail headers from the files, or from standard input, and prints what they tell.";

fn main() {
    if let Err(error) = run() {
        // A reader that has seen enough, such as `head`, closes the pipe: that is no error.
        let closed =
            error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe);
        if !closed {
            eprintln!("{error}");
            process::exit(1);
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let call = Call::parse(env::args().skip(1))?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    if call.each {
        for path in &call.files {
            let bytes = read(path)?;
            let report = report_on(&[Input { name: Some(path), bytes: &bytes }], call.redact);
            write_one_of_many(&mut out, call.format, path, &report)?;
        }
    } else {
        let texts = call.texts()?;
        let inputs: Vec<Input<'_>> =
            texts.iter().map(|(name, bytes)| Input { name: name.as_deref(), bytes }).collect();
        let report = report_on(&inputs, call.redact);
        match call.format {
            Format::Text => write!(out, "{}", text::write(&report))?,
            Format::Markdown => write!(out, "{}", markdown::write(&report))?,
            Format::Ticket => write!(out, "{}", ticket::write(&report))?,
            Format::Json => writeln!(out, "{}", json::pretty(&report))?,
        }
    }
    Ok(out.flush()?)
}

fn report_on(inputs: &[Input<'_>], with_pseudonyms: bool) -> Report {
    if !with_pseudonyms {
        return analyze(inputs, &Options::default());
    }
    let texts = redact(inputs);
    let inputs: Vec<Input<'_>> =
        texts.iter().map(|text| Input { name: text.name.as_deref(), bytes: &text.bytes }).collect();
    analyze(&inputs, &Options::default())
}

fn write_one_of_many(
    out: &mut impl Write,
    format: Format,
    path: &str,
    report: &Report,
) -> Result<(), Box<dyn Error>> {
    match format {
        Format::Text => writeln!(out, "== {path}\n{}", text::write(report))?,
        Format::Markdown => writeln!(out, "<!-- {path} -->\n{}", markdown::write(report))?,
        Format::Ticket => writeln!(out, "== {path}\n{}", ticket::write(report))?,
        Format::Json => {
            let mut value = serde_json::to_value(report)?;
            value["file"] = path.into();
            writeln!(out, "{value}")?;
        }
    }
    Ok(())
}

#[derive(Clone, Copy)]
enum Format {
    Ticket,
    Text,
    Json,
    Markdown,
}

/// A file's name, absent for standard input, and what is in it.
type Text = (Option<String>, Vec<u8>);

struct Call {
    format: Format,
    each: bool,
    redact: bool,
    files: Vec<String>,
}

impl Call {
    fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let mut call = Self { format: Format::Text, each: false, redact: false, files: Vec::new() };
        while let Some(word) = words.next() {
            match word.as_str() {
                "--json" => call.format = Format::Json,
                "--markdown" => call.format = Format::Markdown,
                "--ticket" => call.format = Format::Ticket,
                "--each" => call.each = true,
                "--redact" => call.redact = true,
                "--files-from" => {
                    let list =
                        words.next().ok_or("--files-from needs the name of a list, one path a line")?;
                    let list = String::from_utf8(read(&list)?)?;
                    call.files.extend(list.lines().filter(|line| !line.is_empty()).map(str::to_owned));
                }
                "--help" | "-h" => {
                    println!("{USAGE}");
                    process::exit(0);
                }
                option if option.starts_with("--") => {
                    return Err(format!("unknown option {option}\n{USAGE}").into());
                }
                _ => call.files.push(word),
            }
        }
        Ok(call)
    }

    /// The files, or standard input where none is named.
    fn texts(&self) -> Result<Vec<Text>, Box<dyn Error>> {
        if self.files.is_empty() {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes)?;
            return Ok(vec![(None, bytes)]);
        }
        self.files.iter().map(|path| Ok((Some(path.clone()), read(path)?))).collect()
    }
}

fn read(path: &str) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("cannot read {path}: {error}"))
}
