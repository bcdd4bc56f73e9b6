//! Runs every check and every test in the order in which a mistake is cheapest to find, and counts the tests.

use crate::{browser, dist, npm, shell, tools};
use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::{Command, ExitCode};

/// How many tests did what.
#[derive(Default, Clone, Copy, Debug, PartialEq)]
struct Count {
    passed: u64,
    failed: u64,
    skipped: u64,
}

/// Runs all steps up to the first that fails. The last line says how many tests ran, whatever happened.
pub fn test() -> Result<ExitCode> {
    let mut count = Count::default();
    let outcome = all_steps(&mut count);
    if let Err(error) = &outcome {
        eprintln!("\nStopped: {error:#}.");
    }
    println!("\n{} passed, {} failed, {} skipped", count.passed, count.failed, count.skipped);
    Ok(if outcome.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Takes pictures of the page in dist/.
pub fn shots(folder: &Path) -> Result<()> {
    if !crate::root().join("dist/index.html").exists() {
        dist::dist()?;
    }
    in_the_page("shots", &[folder])
}

/// Measures how long the page, built anew, takes from a paste to the painted answer.
pub fn painted() -> Result<()> {
    dist::dist()?;
    in_the_page("painted", &[])
}

/// Runs a program that drives the page in dist/.
fn in_the_page(program: &str, arguments: &[&Path]) -> Result<()> {
    let browser = browser::find_or_install()?;
    let mut command = shell::cargo();
    command.args(["run", "--quiet", "--package", "hopscope-e2e", "--bin", program, "--"]).args(arguments);
    shell::run(browser.announce_to(&mut command))
}

fn all_steps(count: &mut Count) -> Result<()> {
    const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];
    const STRICT: [&str; 3] = ["--", "-D", "warnings"];
    check("format", shell::cargo().args(["fmt", "--all", "--check"]))?;
    check("lints", shell::cargo().args(["clippy", "--workspace", "--all-targets"]).args(STRICT))?;
    let library = ["clippy", "--package", "hopscope", "--lib", "--no-default-features"];
    check("lints of the library without the page", shell::cargo().args(library).args(STRICT))?;

    heading("tools");
    let toolbox = tools::for_building()?;
    let page = ["--lib", "--bin", "hopscope", "--test", "web", "--bench", "browser"];
    let lints = ["clippy", "--package", "hopscope"];
    check("lints of the page", shell::cargo().args(lints).args(page).args(WASM).args(STRICT))?;
    let native = ["test", "--no-fail-fast", "--workspace", "--exclude", "hopscope-e2e"];
    tests("native tests", shell::cargo().args(native), count)?;

    heading("browser");
    let browser = browser::find_or_install()?;
    // The default of 20 seconds is short for a busy machine.
    let mut in_the_browser = browser.cargo(&toolbox, 180)?;
    in_the_browser.arg("test").args(WASM).args(["--package", "hopscope", "--test", "web"]);
    tests("tests in the browser", &mut in_the_browser, count)?;
    heading("dist");
    dist::dist()?;
    let mut end_to_end = shell::cargo();
    // A failure says what was waited for and what was found instead; a backtrace would only hide that.
    end_to_end.args(["test", "--no-fail-fast", "--package", "hopscope-e2e"]).env("RUST_LIB_BACKTRACE", "0");
    end_to_end.env("AXE", npm::axe()?);
    // One browser at a time: some tests measure how long the page stands still.
    end_to_end.args(["--", "--test-threads=1"]);
    tests("end-to-end tests", browser.announce_to(&mut end_to_end), count)
}

fn heading(title: &str) {
    println!("\n=== {title} ===");
}

fn check(title: &str, command: &mut Command) -> Result<()> {
    heading(title);
    shell::run(command).with_context(|| format!("the step \"{title}\" failed"))
}

/// Runs tests and adds them up. A step that ran none has not tested anything, so it fails.
fn tests(title: &str, command: &mut Command, count: &mut Count) -> Result<()> {
    heading(title);
    let before = *count;
    let succeeded = shell::tee(command, |line| add(count, line))?;
    if count.failed > before.failed {
        bail!("{} of the {title} failed", count.failed - before.failed);
    }
    if !succeeded {
        bail!("the step \"{title}\" failed (`{}`)", shell::in_words(command));
    }
    if count.passed == before.passed {
        bail!("the step \"{title}\" ran no test");
    }
    Ok(())
}

/// Reads a line such as "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out".
fn add(count: &mut Count, line: &str) {
    let Some((_, result)) = line.split_once("test result: ") else { return };
    let number_before = |word: &str| -> u64 {
        let mut parts = result.split([';', '.']).map(str::trim);
        parts.find_map(|part| part.strip_suffix(word)?.trim().parse().ok()).unwrap_or(0)
    };
    count.passed += number_before("passed");
    count.failed += number_before("failed");
    count.skipped += number_before("ignored");
}

#[cfg(test)]
mod tests {
    use super::{Count, add};

    #[test]
    fn every_kind_of_result_line_is_counted() {
        let mut count = Count::default();
        for line in [
            "running 3 tests",
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 4 filtered out; finished in 1.50s",
            "test result: ok. 5 passed; 0 failed; 1 ignored; 0 filtered out; finished in 0.02s",
        ] {
            add(&mut count, line);
        }
        assert_eq!(count, Count { passed: 20, failed: 2, skipped: 2 });
    }
}
