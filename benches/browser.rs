//! Measures the same as `route`, with the same statistics, as WebAssembly in a web worker, where the page does its analyses. `cargo
//! xtask bench` runs it.
#![cfg(target_arch = "wasm32")]

mod inputs;

use std::time::Duration;
use wasm_bindgen_test::*;

wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[wasm_bindgen_bench]
fn route(_: &mut Criterion) {
    let criterion = Criterion::default().sample_size(10).nresamples(2000);
    let mut criterion =
        criterion.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    inputs::each(|task| {
        let name = format!("{}/{}", task.group, task.text);
        console_log!("\n{name}, {} bytes", task.bytes);
        criterion.bench_function(&name, |bencher| bencher.iter(task.run));
    });
}
