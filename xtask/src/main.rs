//! Runs the project's own commands: the only place that knows tools, versions and browsers.

mod bench;
mod browser;
mod dist;
mod lab;
mod npm;
mod serve;
mod shell;
mod steps;
mod tools;

use anyhow::{Result, bail};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
Usage: cargo xtask <command>

  serve [--release] [trunk's own options]
                  builds the page, serves it on http://127.0.0.1:8080 and
                  builds it again whenever a source file changes
  test            checks format and lints, runs every test there is, builds
                  dist/ and tries it in a browser
  dist            writes dist/ (the page to put on a web server) and
                  dist/hopscope.html (the same page as one file)
  bench           measures how long texts of several sizes take, natively and in
                  a browser; fails where the time per byte grows with the size.
                  Then measures the built page, from a paste to the painted answer
  shots [folder]  takes pictures of the page in dist/ at several widths, light
                  and dark; the folder is target/shots unless another is named
  lab [--list] [name …] [--folder path]
                  lets real mail servers write the fixtures of tests/fixtures/lab,
                  all or those whose names begin so; Debian, root, no part of the
                  tests

Missing tools are installed into target/tools the first time they are needed.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.split_first() {
        Some((command, rest)) => run(command, rest),
        None => {
            println!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &str, rest: &[String]) -> Result<ExitCode> {
    match (command, rest) {
        ("serve", trunk_options) => serve::serve(trunk_options)?,
        ("dist", []) => dist::dist()?,
        ("test", []) => return steps::test(),
        ("bench", []) => {
            bench::bench()?;
            steps::painted()?;
        }
        ("lab", options) => return lab::lab(options),
        ("shots", []) => steps::shots(&root().join("target/shots"))?,
        ("shots", [folder]) => steps::shots(&std::path::absolute(folder)?)?,
        ("help" | "--help" | "-h", _) => println!("{HELP}"),
        ("dist" | "test" | "bench" | "shots", _) => bail!("`cargo xtask {command}` does not know {rest:?}"),
        _ => {
            println!("{HELP}");
            bail!("there is no command called `{command}`");
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The folder that holds the workspace's Cargo.toml.
fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}
