//! Makes the wasm small and keeps the names of local folders out of everything that is shipped.

use crate::shell;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// The same module, smaller. rustc says in the module which features it uses and wasm-opt reads that; to allow it more
/// (`--all-features`) would let it write instructions that browsers reject.
pub fn optimise(wasm_opt: &Path, wasm: &[u8]) -> Result<Vec<u8>> {
    let folder = crate::root().join("target/wasm-opt");
    fs::create_dir_all(&folder)?;
    let (before, after) = (folder.join("before.wasm"), folder.join("after.wasm"));
    fs::write(&before, wasm)?;
    let mut command = shell::program(wasm_opt);
    command
        .args(["-Oz", "--strip-producers", "--strip-target-features"])
        .arg(&before)
        .arg("--output")
        .arg(&after);
    shell::run(&mut command)?;
    fs::read(&after).context("wasm-opt wrote nothing")
}

/// The module without its custom sections: the names of functions, the versions of tools. They are a quarter of it,
/// and no browser needs them.
pub fn without_custom_sections(wasm: &[u8]) -> Result<Vec<u8>> {
    let (header, mut rest) = wasm.split_at_checked(8).context("the wasm file is too short")?;
    let mut kept = header.to_vec();
    while let Some((&kind, after_kind)) = rest.split_first() {
        let (size, after_size) = leb128(after_kind).context("a section of the wasm has no size")?;
        let (_, next) = after_size.split_at_checked(size).context("a section of the wasm is cut off")?;
        if kind != 0 {
            kept.extend_from_slice(&rest[..rest.len() - next.len()]);
        }
        rest = next;
    }
    Ok(kept)
}

/// A number in the variable-length form that wasm uses for sizes, and what follows it.
fn leb128(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let length = bytes.iter().take(5).position(|byte| byte & 0x80 == 0)? + 1;
    let (number, rest) = bytes.split_at(length);
    let value = number.iter().rev().fold(0, |value, byte| value << 7 | usize::from(byte & 0x7f));
    Some((value, rest))
}

/// The folders whose names say something about the machine that built the page, most general first.
fn private_folders() -> Result<Vec<(PathBuf, &'static str)>> {
    let home = std::env::home_dir();
    let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo_home = cargo_home.or_else(|| home.as_ref().map(|home| home.join(".cargo")));
    let sysroot = shell::output(shell::program("rustc").args(["--print", "sysroot"]))?;
    let named = [
        (home, "/home"),
        (cargo_home, "/cargo"),
        (Some(PathBuf::from(sysroot.trim())), "/rust"),
        (Some(crate::root()), "/hopscope"),
    ];
    // A home of "/", as some containers have it, is no name that could be told from any other path.
    Ok(named
        .into_iter()
        .filter_map(|(path, name)| Some((path?, name)))
        .filter(|(path, _)| path.parent().is_some())
        .collect())
}

/// The value of CARGO_ENCODED_RUSTFLAGS under which panics name no folder of this machine. rustc applies the last
/// flag that fits.
pub fn remap_flags() -> Result<String> {
    let flags = private_folders()?.into_iter();
    let flags = flags.map(|(path, name)| format!("--remap-path-prefix={}={name}", path.display()));
    Ok(flags.collect::<Vec<_>>().join("\x1f"))
}

/// Fails when a file that is to be shipped holds the name of a private folder.
pub fn refuse_private_paths(files: &[(PathBuf, Vec<u8>)]) -> Result<()> {
    for (folder, _) in private_folders()? {
        let needle = format!("{}{}", folder.display(), std::path::MAIN_SEPARATOR);
        if let Some((name, _)) = files.iter().find(|(_, content)| contains(content, needle.as_bytes())) {
            bail!("{} would tell everybody the folder {needle}", name.display());
        }
    }
    Ok(())
}

fn contains(content: &[u8], needle: &[u8]) -> bool {
    content.windows(needle.len()).any(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::without_custom_sections;

    #[test]
    fn custom_sections_are_dropped_and_all_others_stay() {
        let header = b"\0asm\x01\0\0\0";
        let long = [&[0, 0x81, 0x01][..], &[7; 129]].concat();
        let code = [10, 2, 1, 2];
        let wasm = [&header[..], &long, &code, &[0, 1, 9]].concat();
        assert_eq!(
            without_custom_sections(&wasm).expect("the module is whole"),
            [&header[..], &code].concat()
        );
        assert!(without_custom_sections(&wasm[..20]).is_err());
    }
}
