//! Measures natively and in the browser, shows both in one table, and fails where the time per byte grows with the size.

use crate::{browser, shell, tools};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// The text that larger ones are compared with.
const REFERENCE: &str = "60 hops";

/// Only texts of so many times its bytes are compared: what grows with the size shows there far above all noise.
const LARGE: f64 = 100.0;

/// So many times the reference's time per byte they may take.
const TOLERANCE: f64 = 2.0;

/// How long everything in the browser may take, in seconds. It takes about two minutes on a small machine.
const PATIENCE: u32 = 900;

/// One line of the table.
struct Row {
    /// What was done.
    group: String,
    /// What it was done to.
    text: String,
    bytes: f64,
    /// Nanoseconds for all of it, in the shortest of several samples: what else the machine does can only add to it.
    native: f64,
    /// The same in the browser.
    wasm: f64,
}

/// Measures, natively first.
pub fn bench() -> Result<()> {
    let toolbox = tools::for_building()?;
    let browser = browser::find_or_install()?;
    let folder = crate::root().join("target/bench");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(&folder)?;
    let (native, wasm) = (folder.join("native"), folder.join("wasm.json"));

    let library = ["bench", "--package", "hopscope", "--no-default-features"];
    shell::run(shell::cargo().args(library).args(["--bench", "route"]).env("CRITERION_HOME", &native))?;
    let mut in_the_browser = browser.cargo(&toolbox, PATIENCE)?;
    in_the_browser.args(library).args(["--bench", "browser", "--target", "wasm32-unknown-unknown"]);
    shell::run(in_the_browser.env("WASM_BINDGEN_BENCH_RESULT", &wasm))?;

    let rows = rows(&native, &read(&wasm)?)?;
    print(&rows);
    let (worst, too_dear) = growth(&rows)?;
    if !too_dear.is_empty() {
        bail!(
            "the time per byte grows with the size, unless something else kept this machine busy:\n{}",
            too_dear.join("\n")
        );
    }
    println!(
        "\nPer byte, large texts take at most {worst:.2} times as long as {REFERENCE}; {TOLERANCE} times would fail."
    );
    Ok(())
}

/// What criterion wrote into its folders, one for each group and in it one for each text, joined with what
/// wasm-bindgen wrote into one file.
fn rows(native: &Path, wasm: &Value) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for group in folders(native)? {
        for text in folders(&group)? {
            let about = read(&text.join("new/benchmark.json"))?;
            let sample = read(&text.join("new/sample.json"))?;
            let name = about["full_id"].as_str().context("criterion does not say what it measured")?;
            let (group, text) = name.split_once('/').context("criterion names no group")?;
            rows.push(Row {
                group: group.to_owned(),
                text: text.to_owned(),
                bytes: about["throughput"]["Bytes"]
                    .as_f64()
                    .context("criterion does not say how many bytes")?,
                native: shortest(&sample).with_context(|| format!("{name} was not measured"))?,
                wasm: shortest(&wasm[name])
                    .with_context(|| format!("{name} was not measured in the browser"))?,
            });
        }
    }
    rows.sort_by(|one, other| one.group.cmp(&other.group).then(one.bytes.total_cmp(&other.bytes)));
    Ok(rows)
}

/// The folders in a folder, without those for criterion's pages.
fn folders(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    Ok(paths.into_iter().filter(|path| path.is_dir() && !path.ends_with("report")).collect())
}

fn read(path: &Path) -> Result<Value> {
    let text = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("{} is no JSON", path.display()))
}

/// The shortest time for one run, of samples of several runs each.
fn shortest(sample: &Value) -> Option<f64> {
    let (runs, times) = (sample["iters"].as_array()?, sample["times"].as_array()?);
    let each = runs.iter().zip(times).filter_map(|(runs, time)| Some(time.as_f64()? / runs.as_f64()?));
    each.min_by(f64::total_cmp)
}

fn print(rows: &[Row]) {
    let heads = ["bytes", "native ms", "ns/byte", "wasm ms", "ns/byte"];
    let [bytes, native, native_each, wasm, wasm_each] = heads;
    println!("\n{:<26}{bytes:>10}{native:>12}{native_each:>10}{wasm:>12}{wasm_each:>10}", "");
    for row in rows {
        let (native, wasm) = (row.native / 1e6, row.wasm / 1e6);
        let (native_each, wasm_each) = (row.native / row.bytes, row.wasm / row.bytes);
        println!(
            "{:<10}{:<16}{:>10}{native:>12.3}{native_each:>10.1}{wasm:>12.3}{wasm_each:>10.1}",
            row.group, row.text, row.bytes
        );
    }
}

/// How many times the reference's time per byte the worst of the large texts takes, and a sentence on each that takes too long.
fn growth(rows: &[Row]) -> Result<(f64, Vec<String>)> {
    let (mut worst, mut too_dear) = (0.0_f64, Vec::new());
    for row in rows {
        let reference = rows.iter().find(|other| other.group == row.group && other.text == REFERENCE);
        let reference =
            reference.with_context(|| format!("{} was not measured on {REFERENCE}", row.group))?;
        let size = row.bytes / reference.bytes;
        if size < LARGE {
            continue;
        }
        for (place, factor) in [
            ("natively", row.native / reference.native / size),
            ("in wasm", row.wasm / reference.wasm / size),
        ] {
            worst = worst.max(factor);
            if factor > TOLERANCE {
                let Row { group, text, .. } = row;
                too_dear.push(format!("{group}, {text}: {factor:.1} times that of {REFERENCE}, {place}"));
            }
        }
    }
    Ok((worst, too_dear))
}

#[cfg(test)]
mod tests {
    use super::{Row, growth, shortest};
    use serde_json::json;

    fn row(text: &str, bytes: f64, native: f64, wasm: f64) -> Row {
        Row { group: "analyze".into(), text: text.into(), bytes, native, wasm }
    }

    #[test]
    fn a_hundred_times_the_bytes_may_take_a_hundred_times_as_long() {
        let rows = [row("60 hops", 10.0, 50.0, 80.0), row("many hops", 1000.0, 6000.0, 8000.0)];
        let (worst, too_dear) = growth(&rows).unwrap();
        assert!((worst - 1.2).abs() < 0.001, "{worst}");
        assert_eq!(too_dear, Vec::<String>::new());
    }

    #[test]
    fn what_grows_is_named_with_its_place() {
        let rows = [row("60 hops", 10.0, 50.0, 80.0), row("many hops", 1000.0, 6000.0, 80_000.0)];
        let (_, too_dear) = growth(&rows).unwrap();
        assert_eq!(too_dear, ["analyze, many hops: 10.0 times that of 60 hops, in wasm"]);
    }

    #[test]
    fn texts_of_similar_size_are_not_compared() {
        let rows = [row("60 hops", 10.0, 50.0, 80.0), row("300 hops", 50.0, 600.0, 900.0)];
        assert!(growth(&rows).unwrap().1.is_empty());
    }

    #[test]
    fn shortest_run_is_that_of_the_best_sample() {
        assert_eq!(shortest(&json!({"iters": [1.0, 2.0, 3.0], "times": [9.0, 10.0, 18.0]})), Some(5.0));
        assert_eq!(shortest(&json!({"iters": [], "times": []})), None);
        assert_eq!(shortest(&json!(null)), None);
    }

    #[test]
    fn without_the_reference_nothing_is_said() {
        assert!(growth(&[row("20 hops", 1.0, 50.0, 80.0)]).is_err());
    }
}
