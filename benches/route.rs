//! Measures natively, with criterion, which also says what changed since the last time: `cargo bench --bench route`.
#![cfg(not(target_arch = "wasm32"))]

mod inputs;

use criterion::{Criterion, Throughput};
use std::time::Duration;

fn main() {
    let criterion = Criterion::default().without_plots().sample_size(10).nresamples(2000);
    let timed = criterion.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    let mut criterion = timed.configure_from_args();
    inputs::each(|task| {
        let mut group = criterion.benchmark_group(task.group);
        group.throughput(Throughput::Bytes(task.bytes as u64));
        group.bench_function(task.text, |bencher| bencher.iter(task.run));
        group.finish();
    });
    criterion.final_summary();
}
