//! A Chromium of its own for every test, driven by a chromedriver of its own. Both end with the test, even when it panics.

use crate::Outcome;
use anyhow::{Context, bail};
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use thirtyfour::common::capabilities::chrome::ChromeCapabilities;
use thirtyfour::{ChromiumLikeCapabilities, LoggingPrefsLogLevel, WebDriver};

/// Nothing but this machine can be reached, whatever the page or the browser itself tries. Without `--no-sandbox`
/// Chromium does not start for root or in most containers.
const ARGUMENTS: [&str; 11] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--window-size=1280,900",
];

/// A running browser with a fresh profile.
pub struct Browser {
    /// The session.
    pub driver: WebDriver,
    // The order matters: the driver has to end before the profile of its browser can be removed.
    _chromedriver: Chromedriver,
    _profile: TempDir,
}

impl Browser {
    /// Starts chromedriver and, through it, the browser. CHROMEDRIVER and CHROME name them; otherwise PATH is searched.
    pub async fn start() -> Outcome<Self> {
        let chromedriver = Chromedriver::start()?;
        let profile = TempDir::with_prefix("hopscope-e2e-")?;
        let mut wishes = ChromeCapabilities::new();
        for argument in ARGUMENTS {
            wishes.add_arg(argument)?;
        }
        wishes.add_arg(&format!("--user-data-dir={}", profile.path().display()))?;
        if let Some(browser) = std::env::var_os("CHROME") {
            wishes.set_binary(&browser.to_string_lossy())?;
        }
        wishes.set_logging_prefs("browser", LoggingPrefsLogLevel::All)?;
        wishes.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
        let address = format!("http://127.0.0.1:{}", chromedriver.port);
        let driver =
            WebDriver::new(address, wishes).await.context("chromedriver cannot start the browser")?;
        Ok(Self { driver, _chromedriver: chromedriver, _profile: profile })
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Chromedriver ends the session when it is shut down. The session's own drop would need a running executor.
        // The error means that the session has ended already.
        let _ = self.driver.clone().leak();
    }
}

struct Chromedriver {
    process: Child,
    port: u16,
    // Kept open, so that the driver can go on writing.
    _output: BufReader<ChildStdout>,
}

/// So often chromedriver is started. It takes a free port of IPv4 and needs the same one of IPv6; where that is taken, it ends.
const STARTS: usize = 5;

impl Chromedriver {
    fn start() -> Outcome<Self> {
        (1..STARTS).fold(Self::start_once(), |started, _| started.or_else(|_| Self::start_once()))
    }

    fn start_once() -> Outcome<Self> {
        let program = std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| OsString::from("chromedriver"));
        let mut command = Command::new(&program);
        command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().with_context(|| {
            format!("cannot start {}; `cargo xtask test` finds or installs it", program.to_string_lossy())
        })?;
        let mut output = BufReader::new(process.stdout.take().context("chromedriver has no output")?);
        match announced_port(&mut output) {
            Ok(port) => Ok(Self { process, port, _output: output }),
            Err(error) => {
                process.kill()?;
                process.wait()?;
                Err(error)
            }
        }
    }

    /// Asks the driver to close its browsers and to end, which it does when it can.
    fn ask_to_end(&mut self) -> std::io::Result<()> {
        let mut connection = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        connection.set_read_timeout(Some(Duration::from_secs(10)))?;
        connection.write_all(b"GET /shutdown HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
        connection.read_to_end(&mut Vec::new())?;
        Ok(())
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        let _ = self.ask_to_end();
        let asked = Instant::now();
        while asked.elapsed() < Duration::from_secs(5) {
            if matches!(self.process.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Reads "ChromeDriver was started successfully on port 43211."
fn announced_port(output: &mut impl BufRead) -> Outcome<u16> {
    let mut said = String::new();
    for line in output.lines() {
        let line = line?;
        if let Some((_, port)) = line.split_once("started successfully on port ") {
            return port.trim_end_matches('.').parse().context("chromedriver names no port");
        }
        said += &line;
        said.push('\n');
    }
    bail!("chromedriver ended before it was ready; it said: {said}")
}
