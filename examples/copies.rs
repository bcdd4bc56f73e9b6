//! Measures the comparison of many copies: makes a mailbox of so many copies of one message, reads it once, and prints how long that took
//! and how much memory the program needed at most.
//!
//! `cargo run --release --no-default-features --example copies -- 100 1000 10000`. Linux says in /proc what a program needed; elsewhere
//! only the time is printed. Each count runs in a process of its own, so that one does not count for the next.

#[path = "../benches/inputs/way.rs"]
#[allow(dead_code, reason = "the benchmarks use the rest")]
mod way;

use std::error::Error;
use std::process::Command;
use std::time::Instant;
use std::{env, fs};

use hopscope::{Input, Options, analyze};

/// Of the hops of a copy so many are the same in all, and so many its own.
const COMMON: usize = 6;
const OWN: usize = 4;

fn main() -> Result<(), Box<dyn Error>> {
    let counts: Vec<usize> = env::args().skip(1).map(|word| word.parse()).collect::<Result<_, _>>()?;
    match counts.as_slice() {
        [] => println!("usage: copies COUNT…"),
        [count] => measure(*count),
        counts => {
            for count in counts {
                Command::new(env::current_exe()?).arg(count.to_string()).status()?;
            }
        }
    }
    Ok(())
}

fn measure(count: usize) {
    let mailbox = way::Way::new().copies(count, COMMON, OWN);
    let before = peak_kilobytes();
    let start = Instant::now();
    let report = analyze(&[Input { name: None, bytes: mailbox.as_bytes() }], &Options::default());
    let time = start.elapsed();
    let sets = report.copies.as_ref().map_or(0, |copies| copies.sets.len());
    let memory = peak_kilobytes().map_or_else(String::new, |peak| {
        format!(", {} MB at most ({} MB of it before the analysis)", peak / 1024, before.unwrap_or(0) / 1024)
    });
    println!(
        "{count} copies, {:.1} MB: {:.2} s{memory}; {sets} set: {}",
        mailbox.len() as f64 / 1e6,
        time.as_secs_f64(),
        report.verdict.headline
    );
}

/// The most memory that the program has needed so far.
fn peak_kilobytes() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
