//! The mail lab: real mail software in known topologies writes the fixtures of `tests/fixtures/lab`.

mod collect;
mod dns;
mod host;
mod images;
mod sandbox;
mod scenario;
mod scenarios;
mod servers;
mod site;
mod table;
mod truth;

use anyhow::{Context, Result, bail};
use images::Images;
use scenario::Scenario;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

/// How many scenarios run at once. They mostly wait.
const AT_ONCE: usize = 4;
/// A scenario that takes longer is ended.
const TIME_LIMIT: &str = "400";

#[derive(Default)]
struct Options {
    names: Vec<String>,
    list: bool,
    /// Runs one scenario in this very process, which the outer one has put into namespaces of its own.
    inside: bool,
    folder: Option<PathBuf>,
    fixtures: Option<PathBuf>,
}

pub fn lab(arguments: &[String]) -> Result<ExitCode> {
    let options = options(arguments)?;
    let all = scenarios::all();
    let chosen = choose(&all, &options.names)?;
    if options.list {
        chosen.iter().for_each(|scenario| println!("{:44} {}", scenario.name, scenario.about));
        return Ok(ExitCode::SUCCESS);
    }
    let folder = options.folder.unwrap_or_else(|| crate::root().join("target/lab"));
    let folder = std::path::absolute(folder)?;
    let fixtures = options.fixtures.unwrap_or_else(|| crate::root().join("tests/fixtures/lab"));
    let fixtures = std::path::absolute(fixtures)?;
    if options.inside {
        // In a process namespace of its own this program is among the first processes.
        if std::process::id() > 9 {
            bail!("--inside is what the lab says to itself");
        }
        let scenario = chosen.first().context("no scenario is named")?;
        run_inside(scenario, &folder, &fixtures)?;
        return Ok(ExitCode::SUCCESS);
    }
    if fs::metadata("/proc/self").map_or(true, |process| process.uid() != 0) {
        bail!("the lab makes namespaces and mounts; it needs root on a Debian system");
    }
    fs::create_dir_all(&folder).context("the folder of the lab cannot be made")?;
    // A second lab in the same folder would delete the hosts of the first.
    let lock = fs::File::create(folder.join("lock"))?;
    lock.try_lock().context("another lab runs in this folder")?;
    Images::build(&folder)?;
    run_all(&chosen, &folder, &fixtures)
}

fn options(arguments: &[String]) -> Result<Options> {
    let mut options = Options::default();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--list" => options.list = true,
            "--inside" => options.inside = true,
            "--folder" => options.folder = Some(rest.next().context("--folder needs a path")?.into()),
            "--fixtures" => options.fixtures = Some(rest.next().context("--fixtures needs a path")?.into()),
            option if option.starts_with('-') => bail!("`cargo xtask lab` does not know {option}"),
            name => options.names.push(name.to_owned()),
        }
    }
    Ok(options)
}

/// The scenarios whose names are given or begin with one that is given; all of them when none is.
fn choose<'a>(all: &'a [Scenario], names: &[String]) -> Result<Vec<&'a Scenario>> {
    if names.is_empty() {
        return Ok(all.iter().collect());
    }
    let mut chosen: Vec<&Scenario> = Vec::new();
    for name in names {
        let exact: Vec<&Scenario> = all.iter().filter(|scenario| scenario.name == *name).collect();
        let family = all.iter().filter(|scenario| scenario.name.starts_with(name.as_str()));
        let matching = if exact.is_empty() { family.collect() } else { exact };
        if matching.is_empty() {
            bail!("there is no scenario called `{name}`; see `cargo xtask lab --list`");
        }
        chosen.extend(matching);
    }
    Ok(chosen)
}

struct Running<'a> {
    scenario: &'a Scenario,
    process: Child,
    begin: Instant,
    attempt: u32,
}

/// Runs each scenario in a process and namespaces of its own; one that fails is tried once more.
fn run_all(chosen: &[&Scenario], folder: &Path, fixtures: &Path) -> Result<ExitCode> {
    let begin = Instant::now();
    let mut waiting: Vec<(&Scenario, u32)> = chosen.iter().rev().map(|scenario| (*scenario, 1)).collect();
    let mut running: Vec<Running> = Vec::new();
    let mut failed = Vec::new();
    while !waiting.is_empty() || !running.is_empty() {
        while running.len() < AT_ONCE {
            let Some((scenario, attempt)) = waiting.pop() else { break };
            let process = start(scenario, folder, fixtures)?;
            running.push(Running { scenario, process, begin: Instant::now(), attempt });
        }
        let mut still = Vec::new();
        for mut run in running {
            let Some(status) = run.process.try_wait()? else {
                still.push(run);
                continue;
            };
            let (name, seconds) = (&run.scenario.name, run.begin.elapsed().as_secs());
            let output = fs::read_to_string(log_of(folder, name)).unwrap_or_default();
            if status.success() {
                println!("ok      {name:44} {seconds:3} s  {}", output.trim());
            } else if run.attempt == 1 {
                println!("again   {name:44} {seconds:3} s  {}", output.trim());
                waiting.push((run.scenario, 2));
            } else {
                println!("FAILED  {name:44} {seconds:3} s  {}", output.trim());
                failed.push(name.as_str());
            }
        }
        running = still;
        thread::sleep(Duration::from_millis(100));
    }
    table::write(fixtures)?;
    let minutes = begin.elapsed().as_secs_f64() / 60.0;
    println!("{} of {} scenarios in {minutes:.1} minutes", chosen.len() - failed.len(), chosen.len());
    if failed.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    println!("failed: {}", failed.join(" "));
    Ok(ExitCode::FAILURE)
}

fn log_of(folder: &Path, name: &str) -> PathBuf {
    folder.join("runs").join(format!("{name}.log"))
}

fn start(scenario: &Scenario, folder: &Path, fixtures: &Path) -> Result<Child> {
    fs::create_dir_all(folder.join("runs"))?;
    let log = fs::File::create(log_of(folder, &scenario.name))?;
    let machine = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    Command::new("unshare")
        .args(["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "timeout", TIME_LIMIT])
        .arg(std::env::current_exe()?)
        .args(["lab", "--inside", &scenario.name, "--folder"])
        .arg(folder)
        .arg("--fixtures")
        .arg(fixtures)
        .env(collect::MACHINE, machine.trim())
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()
        .context("cannot start `unshare`")
}

fn run_inside(scenario: &Scenario, folder: &Path, fixtures: &Path) -> Result<()> {
    let own = folder.join("runs").join(&scenario.name);
    if own.exists() {
        fs::remove_dir_all(&own).context("the hosts of the last run cannot be removed")?;
    }
    let sandbox = sandbox::Sandbox::start(scenario, &Images::at(folder), &own)?;
    for step in &scenario.steps {
        sandbox.step(step)?;
    }
    let messages = collect::collect(scenario, &sandbox.hosts)?;
    truth::write(scenario, &messages, fixtures)?;
    println!("{} messages", messages.len());
    Ok(())
}
