//! The table in the README of the fixtures: what stands in each scenario's folder, read from the folders themselves.

use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const BEGIN: &str = "<!-- Written by `cargo xtask lab`: -->";
const END: &str = "<!-- until here. -->";

/// Writes the table anew between its two marks. A folder without a README has none.
pub fn write(fixtures: &Path) -> Result<()> {
    let readme = fixtures.join("README.md");
    let Ok(text) = fs::read_to_string(&readme) else { return Ok(()) };
    let (Some((head, _)), Some((_, tail))) = (text.split_once(BEGIN), text.split_once(END)) else {
        return Ok(());
    };
    let text = format!("{head}{BEGIN}\n\n{}\n{END}{tail}", tables(fixtures)?);
    fs::write(&readme, text).context("the README of the fixtures cannot be written")
}

fn tables(fixtures: &Path) -> Result<String> {
    let real = rows(fixtures)?;
    let hand = rows(&fixtures.join("hand-written")).unwrap_or_default();
    let messages: usize = real.iter().map(|row| row.messages).sum();
    let programs: BTreeSet<&str> =
        real.iter().flat_map(|row| row.programs.iter().map(String::as_str)).collect();
    let programs: Vec<&str> = programs.into_iter().collect();
    let mut text = format!(
        "{messages} messages in {} scenarios, by {} programs: {}.\n\n{HEAD}",
        real.len(),
        programs.len(),
        programs.join(", ")
    );
    real.iter().for_each(|row| text.push_str(&row.line));
    if !hand.is_empty() {
        text.push_str(&format!("\nWritten by hand:\n\n{HEAD}"));
        hand.iter().for_each(|row| text.push_str(&row.line));
    }
    Ok(text)
}

const HEAD: &str = "| scenario | software, in the order of the route | what came | to be found | laps |\n|---|---|---|---|---|\n";

struct Row {
    line: String,
    messages: usize,
    programs: BTreeSet<String>,
}

fn rows(folder: &Path) -> Result<Vec<Row>> {
    let mut folders: Vec<_> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    folders.sort();
    let truths = folders.iter().filter_map(|folder| {
        let truth = fs::read_to_string(folder.join("truth.json")).ok()?;
        Some((folder.file_name()?.to_string_lossy().into_owned(), serde_json::from_str(&truth).ok()?))
    });
    Ok(truths.map(|(name, truth)| row(&name, &truth)).collect())
}

fn row(name: &str, truth: &Value) -> Row {
    let places = truth["topology"].as_array().cloned().unwrap_or_default();
    let software: Vec<&str> = places.iter().filter_map(|place| place["software"].as_str()).collect();
    let programs = software.iter().flat_map(|names| names.split(", ")).map(str::to_owned).collect();
    let files: Vec<String> =
        truth["messages"].as_object().map(|messages| messages.keys().cloned().collect()).unwrap_or_default();
    let bounces = files.iter().filter(|file| file.contains("bounce")).count();
    let passing = files.iter().filter(|file| file.starts_with("pass-")).count();
    let delivered = files.len() - bounces - passing;
    let counts = [(delivered, "delivered"), (passing, "on the way"), (bounces, "bounced")];
    let came: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let expected = truth["expected"].as_array().cloned().unwrap_or_default();
    let found: Vec<&str> = expected.iter().filter_map(|finding| finding["id"].as_str()).collect();
    let laps = truth["laps"].as_u64().map(|laps| laps.to_string()).unwrap_or_default();
    let line = format!(
        "| {name} | {} | {} | {} | {laps} |\n",
        software.join(" → "),
        came.join(", "),
        found.join(", ")
    );
    Row { line, messages: files.len(), programs }
}
