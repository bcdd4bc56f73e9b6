//! Finds Chromium and its driver for the tests, and installs them where that can be done without asking.

use crate::shell;
use crate::tools::Toolbox;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the browser is started with by wasm-bindgen's runner. It loads pages of this project only; without
/// `--no-sandbox` Chromium does not start for root or in most containers.
const ARGUMENTS: [&str; 4] = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"];

/// The packages of Debian.
const DEBIAN: [&str; 3] = ["chromium", "chromium-driver", "fonts-noto-core"];

/// The packages of Ubuntu, which bring snaps of both programs.
const UBUNTU: [&str; 3] = ["chromium-browser", "chromium-chromedriver", "fonts-noto-core"];

/// A browser and the driver that goes with it.
pub struct Browser {
    browser: PathBuf,
    driver: PathBuf,
}

impl Browser {
    /// Tells a test program where both are.
    pub fn announce_to<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env("CHROME", &self.browser).env("CHROMEDRIVER", &self.driver)
    }

    /// Cargo, to run something of the library's inside a page. The patience is for all of it together, in seconds.
    pub fn cargo(&self, toolbox: &Toolbox, patience: u32) -> Result<Command> {
        let mut cargo = toolbox.cargo();
        cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
        cargo.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", self.write_settings()?);
        cargo.env("WASM_BINDGEN_TEST_TIMEOUT", patience.to_string());
        self.announce_to(&mut cargo);
        Ok(cargo)
    }

    /// Writes the settings that wasm-bindgen-test-runner passes on to the driver.
    fn write_settings(&self) -> Result<PathBuf> {
        let path = crate::root().join("target/webdriver.json");
        let settings = format!(
            "{{\"goog:chromeOptions\": {{\"binary\": {:?}, \"args\": {ARGUMENTS:?}}}}}\n",
            self.browser.display().to_string()
        );
        fs::write(&path, settings).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(path)
    }
}

/// The browser that is there, or else the one that can be installed.
pub fn find_or_install() -> Result<Browser> {
    if let Some(browser) = find() {
        return checked(browser);
    }
    let packages = packages();
    let Some(packages) = packages.filter(|_| may_install()) else {
        bail!(
            "the tests need Chromium and chromedriver of the same version. On Debian or Ubuntu type\n    \
             sudo apt-get install {}\n\
             elsewhere install them as your system does, or name them in the variables CHROME and CHROMEDRIVER",
            packages.unwrap_or(DEBIAN).join(" ")
        );
    };
    println!("Installing {} with apt-get; this happens once and takes some minutes …", packages.join(", "));
    shell::run(as_root("apt-get").args(["update", "--quiet"]))?;
    let mut install = as_root("apt-get");
    install.env("DEBIAN_FRONTEND", "noninteractive");
    shell::run(install.args(["install", "--quiet", "--yes", "--no-install-recommends"]).args(packages))?;
    checked(find().context("apt-get installed Chromium, but it is not on PATH")?)
}

fn find() -> Option<Browser> {
    let browser =
        named("CHROME", &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])?;
    let driver = named("CHROMEDRIVER", &["chromedriver"])?;
    Some(Browser { browser, driver })
}

/// The program that a variable names, or else the first of these names on PATH.
fn named(variable: &str, names: &[&str]) -> Option<PathBuf> {
    if let Some(path) = std::env::var_os(variable) {
        return Some(path.into());
    }
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let mut candidates = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    candidates.find(|candidate| candidate.is_file())
}

/// A driver of another version starts, and then fails with an error that says little.
fn checked(found: Browser) -> Result<Browser> {
    let (browser, driver) = (major_version(&found.browser)?, major_version(&found.driver)?);
    if browser != driver {
        bail!(
            "{} is of version {browser} and {} of version {driver}; install them from the same place, or name a pair \
             that fits in the variables CHROME and CHROMEDRIVER",
            found.browser.display(),
            found.driver.display()
        );
    }
    Ok(found)
}

fn major_version(program: &Path) -> Result<u32> {
    let answer = shell::output(shell::program(program).arg("--version"))?;
    first_number(&answer).with_context(|| format!("{} does not say its version: {answer}", program.display()))
}

/// The first number of "Chromium 156.0.1 built on Debian" or of "ChromeDriver 156.0.1 (a1b2)".
fn first_number(answer: &str) -> Option<u32> {
    answer.split_whitespace().find_map(|word| word.split('.').next()?.parse().ok())
}

/// The packages of this system; absent where it has no apt-get that knows them.
fn packages() -> Option<[&'static str; 3]> {
    let system = fs::read_to_string("/etc/os-release").ok()?;
    system.lines().find_map(|line| match line {
        "ID=debian" => Some(DEBIAN),
        "ID=ubuntu" => Some(UBUNTU),
        _ => None,
    })
}

/// Nothing is installed on somebody's desk without being asked: only for root, or on a machine that runs tests.
fn may_install() -> bool {
    is_root() || std::env::var_os("CI").is_some_and(|value| value == "true")
}

fn is_root() -> bool {
    shell::output(shell::program("id").arg("-u")).is_ok_and(|answer| answer.trim() == "0")
}

fn as_root(name: &str) -> Command {
    if is_root() {
        return shell::program(name);
    }
    let mut command = shell::program("sudo");
    command.args(["--non-interactive", name]);
    command
}

#[cfg(test)]
mod tests {
    use super::first_number;

    #[test]
    fn major_version_is_the_first_number_of_the_answer() {
        assert_eq!(first_number("Chromium 156.0.7000.1 built on Debian GNU/Linux 12"), Some(156));
        assert_eq!(first_number("ChromeDriver 154.0.1 (a1b2c3)"), Some(154));
        assert_eq!(first_number("unknown"), None);
    }
}
