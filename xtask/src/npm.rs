//! Installs packages of npm that a build or a test can use: wasm-opt (from binaryen), and axe-core for the tests of accessibility.

use crate::shell;
use crate::tools::{is_version, tools_folder};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// Carries wasm-opt as a plain npm package. Debian's binaryen is too old for what rustc writes.
const BINARYEN: &str = "132.0.0";

/// Looks for breaches of WCAG in a page.
const AXE: &str = "4.14.1";

/// wasm-opt, or `None` when it is neither there nor can be installed.
pub fn wasm_opt() -> Result<Option<PathBuf>> {
    // Its own number has no patch level: "wasm-opt version 132 (version_132)".
    let version = BINARYEN.split('.').next().unwrap_or(BINARYEN);
    if is_version(Path::new("wasm-opt"), version) {
        return Ok(Some("wasm-opt".into()));
    }
    if installed("binaryen", BINARYEN).is_none() && !has_npm() {
        println!(
            "There is no wasm-opt {version} and no npm to install it with: the wasm gets about 7 % larger, and works."
        );
        return Ok(None);
    }
    let program = package("binaryen", BINARYEN)?.join("bin/wasm-opt");
    Ok(is_version(&program, version).then_some(program))
}

/// The script of axe-core.
///
/// # Errors
/// Where it is not there yet and npm is missing.
pub fn axe() -> Result<PathBuf> {
    Ok(package("axe-core", AXE)?.join("axe.min.js"))
}

/// The folder of a package, which is installed where it is missing.
fn package(name: &str, version: &str) -> Result<PathBuf> {
    if let Some(folder) = installed(name, version) {
        return Ok(folder);
    }
    println!("Installing {name} {version} from npm into target/tools; this happens once and takes seconds …");
    let (unfinished, folder) = (tools_folder().join(format!("{name}.unfinished")), folder(name, version));
    // Installed beside the final folder and moved there at the end, so that a broken install never counts.
    for leftover in [&unfinished, &folder] {
        if leftover.exists() {
            fs::remove_dir_all(leftover).with_context(|| format!("cannot remove {}", leftover.display()))?;
        }
    }
    fs::create_dir_all(&unfinished)?;
    let mut install = shell::program(npm());
    install.args(["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]);
    shell::run(install.arg(&unfinished).arg(format!("{name}@{version}"))).with_context(|| {
        format!("{name} {version} could not be installed with npm, which comes with Node.js")
    })?;
    fs::rename(&unfinished, &folder).with_context(|| format!("cannot write {}", folder.display()))?;
    installed(name, version).with_context(|| format!("npm installed {name}, but its folder is not there"))
}

fn installed(name: &str, version: &str) -> Option<PathBuf> {
    Some(folder(name, version).join("node_modules").join(name)).filter(|folder| folder.is_dir())
}

fn folder(name: &str, version: &str) -> PathBuf {
    tools_folder().join(format!("{name}-{version}"))
}

fn has_npm() -> bool {
    shell::output(shell::program(npm()).arg("--version")).is_ok()
}

const fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}
