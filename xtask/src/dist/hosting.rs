//! Fills in the settings for common web servers, from the templates in www/hosting, and takes over the notes beside them.

use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};

/// What a template has in place of the policy.
const PLACEHOLDER: &str = "{{CSP}}";

/// Every template with the policy in it, and every note (`.txt`), by its path below dist/.
pub fn settings(policy: &str) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let folder = crate::root().join("www/hosting");
    let mut settings = Vec::new();
    for entry in fs::read_dir(&folder).context("www/hosting cannot be read")? {
        let entry = entry?;
        let template = fs::read_to_string(entry.path())?;
        let is_note = entry.path().extension().is_some_and(|extension| extension == "txt");
        ensure!(is_note || template.contains(PLACEHOLDER), "{} has no {PLACEHOLDER}", entry.path().display());
        let path = Path::new("hosting").join(entry.file_name());
        settings.push((path, template.replace(PLACEHOLDER, policy).into_bytes()));
    }
    ensure!(!settings.is_empty(), "www/hosting holds no template");
    Ok(settings)
}
