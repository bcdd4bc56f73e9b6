//! Measures, in the built page, how long it takes from a paste, or from the choice of a file, until the answer is painted, and how long the
//! page stands still meanwhile.
//!
//! `cargo xtask bench` finds the browser and runs this.

#[path = "../../benches/inputs/way.rs"]
mod way;

use hopscope_e2e::visit::{self, Visit};
use hopscope_e2e::{Outcome, mail};
use serde_json::json;
use std::io::Write;
use way::Way;

/// So many visits for each text; the median counts.
const VISITS: usize = 5;

/// Notes the time of the event, and calls back once the answer stands there and the browser has painted it.
const WATCH: &str = "let start, last; window.pause = 0; window.painted = null; \
    const began = () => { start = last = performance.now(); \
        setInterval(() => { const now = performance.now(); window.pause = Math.max(window.pause, now - last); last = now; }, 5); }; \
    document.addEventListener(arguments[0], began, {capture: true, once: true}); \
    new MutationObserver((_, observer) => { \
        if (!document.querySelector('[data-testid=summary]')) return; \
        observer.disconnect(); \
        requestAnimationFrame(() => { const channel = new MessageChannel(); \
            channel.port1.onmessage = () => window.painted = performance.now() - start; channel.port2.postMessage(0); }); \
    }).observe(document.body, {childList: true, subtree: true})";

/// Calls back with the two times once there are both.
const TIMES: &str = "const done = arguments[0]; const look = () => \
    window.painted === null ? setTimeout(look, 20) : done([window.painted, window.pause]); look()";

/// How a text comes to the page.
enum By {
    Paste,
    File,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let way = Way::new();
    let texts = [
        ("60 header fields, 8 hops", By::Paste, sixty_fields(&way)),
        ("300 hops", By::Paste, way.message(0, 300)),
        ("10000 hops", By::Paste, way.message(0, 10_000)),
        ("10000 messages", By::File, way.mailbox(10_000, 4)),
        ("10000 copies", By::File, way.copies(10_000, 6, 4)),
    ];
    println!("{:<28}{:>12}{:>14}{:>20}", "", "bytes", "painted ms", "longest pause ms");
    for (name, by, text) in texts {
        let mut times = Vec::new();
        for _ in 0..VISITS {
            times.push(one_visit(&by, &text).await?);
        }
        times.sort_by(|one, other| one.0.total_cmp(&other.0));
        let (painted, pause) = times[VISITS / 2];
        println!("{name:<28}{:>12}{painted:>14.0}{pause:>20.0}", text.len());
    }
    Ok(())
}

/// What a mail between two companies looks like: eight hops, and the fields of filters and lists.
fn sixty_fields(way: &Way) -> String {
    let text = way.message(0, 8);
    let fields = text.split("\n\n").next().unwrap_or_default();
    let count = fields.lines().filter(|line| !line.starts_with([' ', '\t'])).count();
    let further = (count..60).map(|nth| format!("X-Field-{nth}: the value of a field that nobody reads\n"));
    let further: String = further.collect();
    format!("{further}{text}")
}

/// Milliseconds until the answer was painted, and of the longest pause.
async fn one_visit(by: &By, text: &str) -> Outcome<(f64, f64)> {
    let visit = visit::hosted().await?;
    // The worker has started when it has read something.
    visit.page.paste(mail::ONE_HOP).await?;
    visit.page.rows_once_there_are(1).await?;
    visit.page.part("new").await?.click().await?;
    match by {
        By::Paste => {
            visit.page.ask::<()>(WATCH, vec![json!("paste")]).await?;
            visit.page.paste(text).await?;
            times(&visit).await
        }
        By::File => {
            let mut file = tempfile::Builder::new().suffix(".mbox").tempfile()?;
            file.write_all(text.as_bytes())?;
            visit.page.ask::<()>(WATCH, vec![json!("change")]).await?;
            visit.page.part("open-file").await?.send_keys(file.path().to_string_lossy()).await?;
            times(&visit).await
        }
    }
}

async fn times(visit: &Visit) -> Outcome<(f64, f64)> {
    visit.page.driver.set_script_timeout(std::time::Duration::from_secs(120)).await?;
    Ok(visit.page.driver.execute_async(TIMES, vec![]).await?.convert()?)
}
