//! Finds the programs that a build needs in the exact versions it needs, and installs those that are missing.

use crate::shell;
use anyhow::{Context, Result, bail};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The last one that rustc 1.95 can build.
const TRUNK: &str = "0.21.14";

/// A program that `cargo install` can bring.
struct Tool {
    package: &'static str,
    version: String,
    /// Every program of the package that is used here.
    programs: &'static [&'static str],
    /// Whether the published Cargo.lock of the package is used.
    locked: bool,
    /// How long the install takes on a small machine, in words.
    takes: &'static str,
}

/// The tools of one run.
pub struct Toolbox {
    /// PATH with the folders of the tools in front.
    path: OsString,
}

impl Toolbox {
    /// One of trunk's commands. Everything it needs is on its PATH, so it never downloads.
    pub fn trunk(&self, command: &str) -> Command {
        let mut trunk = shell::program(self.program("trunk"));
        trunk.args([command, "--offline"]).env("PATH", &self.path);
        // Trunk takes `true` only, where everybody else takes any value; and its traces hide what the compiler said.
        if std::env::var_os("NO_COLOR").is_some() {
            trunk.env("NO_COLOR", "true");
        }
        trunk.env("RUST_BACKTRACE", "0");
        trunk
    }

    /// Cargo with wasm-bindgen's programs on its PATH.
    pub fn cargo(&self) -> Command {
        let mut cargo = shell::cargo();
        cargo.env("PATH", &self.path);
        cargo
    }

    /// Where a program lies. A bare name would be looked up on the PATH of this process, not on the toolbox's.
    fn program(&self, name: &str) -> PathBuf {
        let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        std::env::split_paths(&self.path)
            .map(|folder| folder.join(&file))
            .find(|path| path.is_file())
            .unwrap_or(file.into())
    }
}

/// Makes sure that the page can be built: the wasm target, trunk, wasm-bindgen and every crate in Cargo.lock.
pub fn for_building() -> Result<Toolbox> {
    wasm_target()?;
    let trunk = Tool {
        package: "trunk",
        version: TRUNK.into(),
        programs: &["trunk"],
        locked: true,
        takes: "six minutes",
    };
    // The published Cargo.lock of wasm-bindgen-cli names crates that a registry may have withdrawn.
    let wasm_bindgen = Tool {
        package: "wasm-bindgen-cli",
        version: locked_version("wasm-bindgen")?,
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        locked: false,
        takes: "two minutes",
    };
    let mut folders = Vec::new();
    for tool in [trunk, wasm_bindgen] {
        folders.extend(find_or_install(&tool)?);
    }
    // Trunk runs cargo with --offline, which works only once every crate has been fetched.
    shell::run(shell::cargo().args(["fetch", "--quiet"]))
        .context("the crates of Cargo.lock cannot be fetched")?;
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(folders.into_iter().chain(std::env::split_paths(&inherited)))
        .context("a folder's name does not fit into PATH")?;
    Ok(Toolbox { path })
}

/// Adds the target that browsers run, unless its libraries are there already, from whatever source.
fn wasm_target() -> Result<()> {
    let target = "wasm32-unknown-unknown";
    let folder =
        shell::output(shell::program("rustc").args(["--print", "target-libdir", "--target", target]))?;
    let installed = fs::read_dir(folder.trim()).is_ok_and(|mut files| files.next().is_some());
    if installed {
        return Ok(());
    }
    println!("Adding the Rust target {target} (some seconds) …");
    shell::run(shell::program("rustup").args(["target", "add", target])).with_context(|| {
        format!("the Rust target {target} is missing; install it with rustup (`rustup target add {target}`) or with the packages of your system")
    })
}

/// The version of a package in Cargo.lock.
fn locked_version(package: &str) -> Result<String> {
    let path = crate::root().join("Cargo.lock");
    let lock = fs::read_to_string(&path).context("Cargo.lock cannot be read; run `cargo fetch`")?;
    version_in_lock(&lock, package).with_context(|| format!("Cargo.lock names no package {package}"))
}

fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{package}\""));
    let version = lines.nth(1)?.strip_prefix("version = \"")?;
    version.strip_suffix('"').map(str::to_owned)
}

/// The folder to put on PATH, or `None` when PATH has the right version already.
fn find_or_install(tool: &Tool) -> Result<Option<PathBuf>> {
    if tool.programs.iter().all(|name| is_version(Path::new(name), &tool.version)) {
        return Ok(None);
    }
    let root = tools_folder().join(format!("{}-{}", tool.package, tool.version));
    let bin = root.join("bin");
    // A program that starts and names its version was installed completely: cargo moves it there as its last step.
    if tool.programs.iter().all(|name| is_version(&bin.join(name), &tool.version)) {
        return Ok(Some(bin));
    }
    let Tool { package, version, takes, .. } = tool;
    println!("Installing {package} {version} into target/tools; this happens once and takes about {takes} …");
    let mut install = shell::cargo();
    install.args(["install", "--force", "--root"]).arg(&root).arg(format!("{package}@{version}"));
    if tool.locked {
        install.arg("--locked");
    }
    // Flags that are meant for the project's own code must not reach a tool.
    install.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    shell::run(&mut install).with_context(|| {
        format!("{package} {version} could not be installed; the lines above say why. Run the same command again to go on")
    })?;
    match tool.programs.iter().find(|name| !is_version(&bin.join(name), version)) {
        Some(name) => bail!("{package} {version} was installed, but its `{name}` does not start"),
        None => Ok(Some(bin)),
    }
}

/// Where tools are installed.
pub fn tools_folder() -> PathBuf {
    crate::root().join("target/tools")
}

/// Whether a program starts and says that it is of this version.
pub fn is_version(program: &Path, version: &str) -> bool {
    let Ok(answer) = shell::output(shell::program(program).arg("--version")) else { return false };
    answer.split_whitespace().any(|word| word == version)
}

#[cfg(test)]
mod tests {
    use super::version_in_lock;

    const LOCK: &str = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.1\"\n\n\
        [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n";

    #[test]
    fn lock_gives_the_version_of_exactly_the_named_package() {
        assert_eq!(version_in_lock(LOCK, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in_lock(LOCK, "wasm"), None);
    }
}
