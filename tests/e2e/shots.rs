//! Takes pictures of the page in dist/ in several states and widths, light and dark, for people to look at.
//!
//! `cargo xtask shots [folder]` finds the browser and runs this.

use anyhow::{Context, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hopscope_e2e::page::{Page, eventually};
use hopscope_e2e::{Outcome, mail, visit};
use serde_json::json;
use std::path::{Path, PathBuf};

const WIDTHS: [u32; 4] = [1440, 768, 390, 1920];
const SCHEMES: [&str; 2] = ["light", "dark"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("target/shots"), PathBuf::from);
    std::fs::create_dir_all(&folder)?;
    let visit = visit::hosted().await?;
    for width in WIDTHS {
        for scheme in SCHEMES {
            visit.page.emulate(width, scheme).await?;
            let name = |state: &str| folder.join(format!("{state}-{width}-{scheme}.png"));
            states(&visit.page, name).await?;
        }
    }
    println!("The pictures are in {}", folder.display());
    Ok(())
}

/// The start, every sample, the first with its oldest hop chosen, the last with its repairs, an odd route with hops closed and opened, and
/// a text that is no header.
async fn states(page: &Page, name: impl Fn(&str) -> PathBuf) -> Outcome {
    page.driver.refresh().await?;
    page.is_ready().await?;
    picture(page, &name("1-start")).await?;
    let samples = page.parts("sample").await?.len();
    for nth in 0..samples {
        open_sample(page, nth).await?;
        picture(page, &name(&format!("2-sample-{}", nth + 1))).await?;
        if nth == 0 {
            page.press_in_row(0, "choose-hop").await?;
            eventually("a lit line", async || {
                let lit = page.lit_lines().await?;
                Ok(if lit.is_empty() { Err("none".into()) } else { Ok(()) })
            })
            .await?;
            picture(page, &name("3-hop-chosen")).await?;
        }
        // The bounce, the last sample: what was set right in its text.
        if nth + 1 == samples {
            page.part("show-repairs").await?.click().await?;
            page.parts("repair").await?.last().context("no repair")?.click().await?;
            picture(page, &name("5-repairs")).await?;
        }
        page.part("new").await?.click().await?;
    }
    page.paste(mail::CROOKED_ROUTE).await?;
    page.rows_once_there_are(5).await?;
    picture(page, &name("6-crooked-route")).await?;
    page.press_in_row(0, "show-raw").await?;
    page.press_in_row(2, "show-raw").await?;
    page.press_in_row(2, "choose-hop").await?;
    picture(page, &name("7-hops-opened")).await?;
    page.part("new").await?.click().await?;
    page.paste("Hello Ben, the printer is broken again.").await?;
    page.status_once(|status| status == "No mail header found.").await?;
    picture(page, &name("4-no-header")).await
}

async fn open_sample(page: &Page, nth: usize) -> Outcome {
    let samples = page.parts("sample").await?;
    samples.get(nth).context("no such sample")?.click().await?;
    eventually("a hop in the sample", async || {
        let rows = page.rows().await?;
        Ok(if rows.is_empty() { Err("none".into()) } else { Ok(()) })
    })
    .await
}

/// The whole page, below the window's edge too.
async fn picture(page: &Page, path: &Path) -> Outcome {
    page.ask::<()>("window.scrollTo(0, 0)", vec![]).await?;
    let wish = json!({"format": "png", "captureBeyondViewport": true});
    let answer = page.driver.cdp().send_raw("Page.captureScreenshot", wish).await?;
    let picture = STANDARD.decode(answer["data"].as_str().context("the browser took no picture")?)?;
    ensure!(!picture.is_empty(), "the picture is empty");
    std::fs::write(path, picture).with_context(|| format!("cannot write {}", path.display()))
}
