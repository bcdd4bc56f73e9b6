//! Reads what trunk wrote and tells the parts of the page apart.

use super::{html, release::Release};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};

/// The page in a folder of trunk's. It holds one wasm file and the script of the same name.
pub fn read(folder: &Path) -> Result<Release> {
    let mut files = Vec::new();
    collect(folder, Path::new(""), &mut files)?;
    let wasm_files = files.iter().filter(|(name, _)| name.to_string_lossy().ends_with("_bg.wasm")).count();
    ensure!(
        wasm_files == 1,
        "trunk wrote {wasm_files} wasm files into {}; one was expected",
        folder.display()
    );
    let (wasm_name, wasm) = take(&mut files, |name| name.ends_with("_bg.wasm"))?;
    let glue_name = format!("{}.js", wasm_name.trim_end_matches("_bg.wasm"));
    let (_, glue) = take(&mut files, |name| name == glue_name)?;
    let (_, page) = take(&mut files, |name| name == "index.html")?;
    Ok(Release {
        html: html::without_comments(&String::from_utf8(page).context("index.html is not UTF-8")?),
        wasm_name,
        wasm,
        glue_name,
        glue: String::from_utf8(glue).context("the script of the wasm is not UTF-8")?,
        files,
    })
}

fn take(files: &mut Vec<(PathBuf, Vec<u8>)>, is_it: impl Fn(&str) -> bool) -> Result<(String, Vec<u8>)> {
    let position = files.iter().position(|(name, _)| is_it(&name.to_string_lossy()));
    let position =
        position.context("trunk did not write the page, its wasm and the script of the same name")?;
    let (name, content) = files.swap_remove(position);
    Ok((name.to_string_lossy().into_owned(), content))
}

fn collect(folder: &Path, below: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) -> Result<()> {
    let path = folder.join(below);
    let mut entries = fs::read_dir(&path)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = below.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            collect(folder, &name, files)?;
        } else {
            files.push((name, fs::read(entry.path())?));
        }
    }
    Ok(())
}
