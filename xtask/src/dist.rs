//! Writes dist/: the page for a web server, the same page as one file, and settings for common web servers.

mod csp;
mod hosting;
mod html;
mod output;
mod release;
mod single_file;
mod wasm;

use crate::{npm, tools};
use anyhow::{Context, Result};
use release::Release;
use std::fs;
use std::path::{Path, PathBuf};

/// The name of the page that is one file.
const SINGLE_FILE: &str = "hopscope.html";

/// Builds everything in memory first, so that dist/ is either complete or as it was.
pub fn dist() -> Result<()> {
    let toolbox = tools::for_building()?;
    let wasm_opt = npm::wasm_opt()?;
    let release = Release::build(&toolbox, wasm_opt.as_deref())?;
    let single = single_file::write(&release)?;
    let hosted = release.hosted_page()?;
    let policy = csp::header(&[hosted.hashes, single.hashes.clone()]);

    let mut files = release.files.clone();
    files.push(("index.html".into(), hosted.html.into_bytes()));
    files.push((release.glue_name.clone().into(), release.glue.clone().into_bytes()));
    files.push((release.wasm_name.clone().into(), release.wasm.clone()));
    files.push((SINGLE_FILE.into(), single.html.clone().into_bytes()));
    files.extend(hosting::settings(&policy)?);
    wasm::refuse_private_paths(&files)?;
    write(&crate::root().join("dist"), &files)?;
    report(&release, single.html.as_bytes(), wasm_opt.is_some());
    Ok(())
}

fn write(folder: &Path, files: &[(PathBuf, Vec<u8>)]) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    for (name, content) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, content).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

fn report(release: &Release, single: &[u8], optimised: bool) {
    println!("\n{:<36}{:>10}{:>14}", "dist/", "bytes", "as brotli");
    for (name, content) in
        [(&release.wasm_name, release.wasm.as_slice()), (&release.glue_name, release.glue.as_bytes())]
    {
        println!("{name:<36}{:>10}{:>14}", content.len(), brotli_size(content));
    }
    println!("{SINGLE_FILE:<36}{:>10}{:>14}", single.len(), "–");
    if !optimised {
        println!("Left out: wasm-opt, so the wasm is about 7 % larger than it could be.");
    }
}

/// What a web server would send at brotli's best quality.
fn brotli_size(content: &[u8]) -> usize {
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, ..Default::default() };
    let mut reader = content;
    match brotli::BrotliCompress(&mut reader, &mut compressed, &parameters) {
        Ok(_) => compressed.len(),
        Err(_) => content.len(),
    }
}
