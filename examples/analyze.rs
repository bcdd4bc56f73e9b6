//! Reads mail headers from files or standard input and prints the report.
//!
//! `analyze [--json|--markdown|--ticket|--ticket-markdown|--csv|--svg|--html] [--each] [--files-from LIST] [OPTION…] [FILE…]`: all files make one
//! case, or with `--each` every file makes its own. `--json` with `--each` prints one report a line, with the path as `"file"`. `--csv`
//! lists the hops of all messages, `--svg` draws the route of the message that the verdict is about, `--html` is a report in one file.
//!
//! `--own-domain` names a domain of the reader's, `--trusted-host` a host, an address or a network whose lines the reader trusts.
//! `--redact` puts pseudonyms into the texts first.

use std::error::Error;
use std::io::{self, Read, Write};
use std::{env, fs, process};

use hopscope::report::diagram::{Space, draw};
use hopscope::report::{Report, csv, html, json, markdown, own, source, svg, text, ticket};
use hopscope::{Input, Options, Redacted, analyze, redact_with};

const USAGE: &str = "usage: analyze [--json|--markdown|--ticket|--ticket-markdown|--csv|--svg|--html] [--redact] [--each] [--files-from LIST] [--own-domain DOMAIN]… [--trusted-host HOST]… [FILE…]
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
            let inputs = [Input { name: Some(path), bytes: &bytes }];
            write_one_of_many(&mut out, &call, path, &inputs)?;
        }
    } else {
        let texts = call.texts()?;
        let inputs: Vec<Input<'_>> =
            texts.iter().map(|(name, bytes)| Input { name: name.as_deref(), bytes }).collect();
        let redacted = call.is_redacted.then(|| redact_with(&inputs, &call.options));
        let (inputs, options) = match &redacted {
            Some((texts, options)) => (of_redacted(texts), options),
            None => (inputs, &call.options),
        };
        let report = analyze(&inputs, options);
        match call.format {
            Format::Json => writeln!(out, "{}", json::pretty(&report))?,
            format => write!(out, "{}", written(format, &report, &inputs))?,
        }
    }
    Ok(out.flush()?)
}

/// The report in a format other than JSON.
fn written(format: Format, report: &Report, inputs: &[Input<'_>]) -> String {
    match format {
        Format::Text => text::write(report),
        Format::Markdown => markdown::write(report),
        Format::Ticket => ticket::write(report),
        Format::TicketMarkdown => ticket::markdown(report),
        Format::Csv => csv::write(report),
        Format::Svg => {
            let message = report.messages.get(report.verdict.message.unwrap_or_default());
            let drawing = message.and_then(|message| draw(message, Space::Wide));
            drawing.map(|drawing| svg::write(&drawing, &report.verdict.headline)).unwrap_or_default()
        }
        Format::Html => {
            let lines = |place: usize| {
                let input = report.messages.get(place).and_then(|message| inputs.get(message.origin.input));
                (place, source::lines_of(report, place, input.map_or(&[], |input| input.bytes)))
            };
            html::write(report, &html::shown(report).into_iter().map(lines).collect::<Vec<_>>())
        }
        Format::Json => json::line(report),
    }
}

fn of_redacted(texts: &[Redacted]) -> Vec<Input<'_>> {
    texts.iter().map(|text| Input { name: text.name.as_deref(), bytes: &text.bytes }).collect()
}

fn write_one_of_many(
    out: &mut impl Write,
    call: &Call,
    path: &str,
    inputs: &[Input<'_>],
) -> Result<(), Box<dyn Error>> {
    let redacted = call.is_redacted.then(|| redact_with(inputs, &call.options));
    let with_pseudonyms = redacted.as_ref().map(|(texts, options)| (of_redacted(texts), options));
    let (inputs, options) = match &with_pseudonyms {
        Some((inputs, options)) => (inputs.as_slice(), *options),
        None => (inputs, &call.options),
    };
    let report = analyze(inputs, options);
    match call.format {
        Format::Json => {
            let mut value = serde_json::to_value(&report)?;
            value["file"] = path.into();
            writeln!(out, "{value}")?;
        }
        Format::Markdown | Format::TicketMarkdown | Format::Html => {
            writeln!(out, "<!-- {path} -->\n{}", written(call.format, &report, inputs))?;
        }
        _ => writeln!(out, "== {path}\n{}", written(call.format, &report, inputs))?,
    }
    Ok(())
}

#[derive(Clone, Copy)]
enum Format {
    Csv,
    Html,
    Json,
    Markdown,
    Svg,
    Text,
    Ticket,
    TicketMarkdown,
}

/// A file's name, absent for standard input, and what is in it.
type Text = (Option<String>, Vec<u8>);

struct Call {
    format: Format,
    each: bool,
    is_redacted: bool,
    files: Vec<String>,
    options: Options,
}

impl Call {
    fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let mut call = Self {
            format: Format::Text,
            each: false,
            is_redacted: false,
            files: Vec::new(),
            options: Options::default(),
        };
        while let Some(word) = words.next() {
            match word.as_str() {
                "--json" => call.format = Format::Json,
                "--markdown" => call.format = Format::Markdown,
                "--ticket" => call.format = Format::Ticket,
                "--ticket-markdown" => call.format = Format::TicketMarkdown,
                "--csv" => call.format = Format::Csv,
                "--svg" => call.format = Format::Svg,
                "--html" => call.format = Format::Html,
                "--each" => call.each = true,
                "--redact" => call.is_redacted = true,
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
