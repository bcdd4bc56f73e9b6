//! Serves the page for development. What is built, and where it is served, stands in Trunk.toml.

use crate::{shell, tools};
use anyhow::Result;

/// Runs `trunk serve` until it is interrupted; `options` go to it unchanged.
pub fn serve(options: &[String]) -> Result<()> {
    let toolbox = tools::for_building()?;
    if !options.iter().any(|option| option.starts_with("--port") || option.starts_with("-p")) {
        println!("The page will be at http://127.0.0.1:8080 once it is built. Ctrl+C ends it.");
    }
    shell::run(toolbox.trunk("serve").args(options))
}
