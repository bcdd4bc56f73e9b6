//! The release build: what trunk wrote, with the wasm optimised and renamed by its content.

use super::{csp, html, output, wasm};
use crate::shell;
use crate::tools::Toolbox;
use anyhow::{Context, Result, ensure};
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};

/// Everything that a page is made of.
pub struct Release {
    /// The page, without a policy yet.
    pub html: String,
    pub wasm_name: String,
    pub wasm: Vec<u8>,
    /// The script that wasm-bindgen wrote to load the wasm.
    pub glue_name: String,
    pub glue: String,
    /// Every other file, such as styles and icons, by its path below dist/.
    pub files: Vec<(PathBuf, Vec<u8>)>,
}

/// A finished page and the hashes of what stands inline in it.
pub struct Page {
    pub html: String,
    pub hashes: csp::Hashes,
}

impl Release {
    /// Runs trunk and wasm-opt.
    pub fn build(toolbox: &Toolbox, wasm_opt: Option<&Path>) -> Result<Self> {
        let folder = crate::root().join("target/trunk-release");
        let mut trunk = toolbox.trunk("build");
        trunk
            .arg("--release")
            .arg("--dist")
            .arg(&folder)
            .env("CARGO_ENCODED_RUSTFLAGS", wasm::remap_flags()?);
        shell::run(&mut trunk)?;
        let mut release = output::read(&folder)?;
        if let Some(wasm_opt) = wasm_opt {
            release.wasm = wasm::optimise(wasm_opt, &release.wasm)?;
        }
        release.wasm = wasm::without_custom_sections(&release.wasm)?;
        release.rename_by_content()?;
        Ok(release)
    }

    /// Trunk names files by what they held before wasm-opt. A server that lets browsers keep files for ever needs a
    /// new name for new content.
    fn rename_by_content(&mut self) -> Result<()> {
        let old = self.glue_name.trim_end_matches(".js").to_owned();
        let mut hasher = Sha256::new();
        hasher.update(&self.wasm);
        hasher.update(self.glue.replace(&old, ""));
        let hash: String = hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let new = format!("hopscope-{hash}");
        ensure!(self.html.contains(&old), "the page does not name {old}");
        for text in [&mut self.html, &mut self.glue, &mut self.glue_name, &mut self.wasm_name] {
            *text = text.replace(&old, &new);
        }
        Ok(())
    }

    /// The page for a web server, with its policy.
    pub fn hosted_page(&self) -> Result<Page> {
        let scripts = html::inline_scripts(&self.html);
        ensure!(
            scripts.len() == 1,
            "the page has {} inline scripts; trunk is known to write one",
            scripts.len()
        );
        ensure!(
            !self.html.contains("<style"),
            "the hosted page has an inline style; styles belong into www/css"
        );
        let preload =
            html::links(&self.html).into_iter().find(|link| link.attribute("rel") == Some("modulepreload"));
        let href = preload.as_ref().and_then(|link| link.attribute("href"));
        ensure!(
            href == Some(&format!("./{}", self.glue_name)),
            "the page has no <link rel=\"modulepreload\"> to {}; the worker finds its script there",
            self.glue_name
        );
        let hashes = csp::Hashes { scripts: vec![csp::hash(&scripts[0].text)], styles: Vec::new() };
        let html = html::with_policy(&self.html, &csp::meta(&csp::hosted(&hashes)))
            .context("the policy cannot be put into the page")?;
        Ok(Page { html, hashes })
    }
}
