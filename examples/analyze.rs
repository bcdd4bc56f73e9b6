//! Reads mail headers from files or standard input and prints the report.
//!
//! `analyze [--json|--markdown|--ticket] [--each] [--files-from LIST] [--own-domain DOMAIN]… [--trusted-host HOST]… [FILE…]`: all files
//! make one case, or with `--each` every file makes its own. `--json` with `--each` prints one report a line, with the path as `"file"`.
//! `--own-domain` names a domain of the reader's, `--trusted-host` a host, an address or a network whose lines the reader trusts.

use std::error::Error;
use std::io::{self, Read, Write};
use std::{env, fs, process};

use hopscope::report::{Report, json, markdown, own, text, ticket};
use hopscope::{Input, Options, analyze};

const USAGE: &str = "usage: analyze [--json|--markdown|--ticket] [--each] [--files-from LIST] [--own-domain DOMAIN]… [--trusted-host HOST]… [FILE…]
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
    for sentence in own::odd_entries(&call.options.own_domains, &call.options.trusted_hosts) {
        eprintln!("{sentence}");
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    if call.each {
        for path in &call.files {
            let bytes = read(path)?;
            let report = analyze(&[Input { name: Some(path), bytes: &bytes }], &call.options);
            write_one_of_many(&mut out, call.format, path, &report)?;
        }
    } else {
        let texts = call.texts()?;
        let inputs: Vec<Input<'_>> =
            texts.iter().map(|(name, bytes)| Input { name: name.as_deref(), bytes }).collect();
        let report = analyze(&inputs, &call.options);
        match call.format {
            Format::Text => write!(out, "{}", text::write(&report))?,
            Format::Markdown => write!(out, "{}", markdown::write(&report))?,
            Format::Ticket => write!(out, "{}", ticket::write(&report))?,
            Format::Json => writeln!(out, "{}", json::pretty(&report))?,
        }
    }
    Ok(out.flush()?)
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
    files: Vec<String>,
    options: Options,
}

impl Call {
    fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let mut call =
            Self { format: Format::Text, each: false, files: Vec::new(), options: Options::default() };
        while let Some(word) = words.next() {
            match word.as_str() {
                "--json" => call.format = Format::Json,
                "--markdown" => call.format = Format::Markdown,
                "--ticket" => call.format = Format::Ticket,
                "--each" => call.each = true,
                "--files-from" => {
                    let list =
                        words.next().ok_or("--files-from needs the name of a list, one path a line")?;
                    let list = String::from_utf8(read(&list)?)?;
                    call.files.extend(list.lines().filter(|line| !line.is_empty()).map(str::to_owned));
                }
                "--own-domain" => {
                    let domain = words.next().ok_or("--own-domain needs a domain, such as example.com")?;
                    call.options.own_domains.push(domain);
                }
                "--trusted-host" => {
                    let host = words.next().ok_or("--trusted-host needs a host, an address or a network")?;
                    call.options.trusted_hosts.push(host);
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
