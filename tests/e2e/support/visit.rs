//! One visit to the page in a browser of its own, on a web server or straight from the disk.

use crate::Outcome;
use crate::browser::Browser;
use crate::network;
use crate::page::Page;
use crate::server::{self, Server};
use anyhow::{Context, ensure};
use tempfile::TempDir;

/// A browser that shows the page.
pub struct Visit {
    /// The page.
    pub page: Page,
    /// The server; absent when the page was opened from the disk.
    pub server: Option<Server>,
    browser: Browser,
    /// Where the page lies, if it is a changed copy.
    _copy: Option<TempDir>,
}

/// Opens the page as a visitor of a help desk's web server does.
pub async fn hosted() -> Outcome<Visit> {
    let server = Server::start().await?;
    let address = server.page();
    Visit::open(&address, Some(server)).await
}

/// Opens the single file as a person does who got it by mail.
pub async fn single_file() -> Outcome<Visit> {
    Visit::open(&single_file_address()?, None).await
}

/// Opens the single file where somebody has put it on a web server.
pub async fn hosted_single_file() -> Outcome<Visit> {
    let server = Server::start().await?;
    let address = format!("{}hopscope.html", server.page());
    Visit::open(&address, Some(server)).await
}

/// Opens the page as a help desk serves it that has put defaults of its own into it.
pub async fn hosted_with_defaults(defaults: &str) -> Outcome<Visit> {
    let copy = copy_with_defaults("index.html", defaults)?;
    let server = Server::start_with(copy.path()).await?;
    let address = server.page();
    let visit = Visit::open(&address, Some(server)).await?;
    Ok(Visit { _copy: Some(copy), ..visit })
}

/// Opens the single file after somebody has put defaults into it.
pub async fn single_file_with_defaults(defaults: &str) -> Outcome<Visit> {
    let copy = copy_with_defaults("hopscope.html", defaults)?;
    let address = format!("file://{}", copy.path().join("hopscope.html").display());
    let visit = Visit::open(&address, None).await?;
    Ok(Visit { _copy: Some(copy), ..visit })
}

/// The files of dist/ with something between the tags of the block for defaults.
fn copy_with_defaults(page: &str, defaults: &str) -> Outcome<TempDir> {
    const EMPTY: &str = r#"id="hopscope-defaults">{}<"#;
    let copy = TempDir::with_prefix("hopscope-copy-")?;
    for entry in std::fs::read_dir(server::dist())? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            std::fs::copy(entry.path(), copy.path().join(entry.file_name()))?;
        }
    }
    let path = copy.path().join(page);
    let html = std::fs::read_to_string(&path)?;
    ensure!(html.matches(EMPTY).count() == 1, "{page} has no empty block for defaults");
    std::fs::write(path, html.replace(EMPTY, &EMPTY.replace("{}", defaults)))?;
    Ok(copy)
}

/// The `file:` address of the single file.
pub fn single_file_address() -> Outcome<String> {
    let path = server::dist().join("hopscope.html");
    let path =
        path.canonicalize().context("dist/hopscope.html is not there; run `cargo xtask dist` first")?;
    Ok(format!("file://{}", path.display()))
}

impl Visit {
    async fn open(address: &str, server: Option<Server>) -> Outcome<Self> {
        let browser = Browser::start().await?;
        let page = Page::new(browser.driver.clone());
        page.watch().await?;
        // The browser opens with a page of its own, which must not count.
        browser.driver.goto("about:blank").await?;
        network::requests(&browser.driver).await?;
        browser.driver.goto(address).await?;
        page.is_ready().await?;
        Ok(Self { page, server, browser, _copy: None })
    }

    /// Every address that the page asked for since the last call.
    pub async fn requests(&self) -> Outcome<Vec<String>> {
        network::requests(&self.browser.driver).await
    }

    /// No error, no warning and no blocked attempt since the page was opened.
    pub async fn console_is_quiet(&self) -> Outcome {
        let violations = self.page.violations().await?;
        ensure!(violations.is_empty(), "the page tried what its policy forbids: {violations:?}");
        let entries = self.browser.driver.browser_log().await?;
        let loud: Vec<_> =
            entries.iter().filter(|entry| entry.level == "SEVERE" || entry.level == "WARNING").collect();
        ensure!(loud.is_empty(), "the console says: {loud:#?}");
        Ok(())
    }
}
