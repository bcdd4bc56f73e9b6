//! What must hold of an opened hop, on every kind of the page. All of it is done without a mouse.

use crate::page::{Page, eventually};
use crate::visit::Visit;
use crate::{Outcome, mail};
use anyhow::ensure;
use thirtyfour::prelude::*;

/// Opens the oldest hop of a route.
async fn open_the_oldest_hop(page: &Page) -> Outcome {
    page.paste(mail::CROOKED_ROUTE).await?;
    page.rows_once_there_are(5).await?;
    page.tab_to("show-raw").await?;
    page.press(Key::Enter).await?;
    page.part("opened").await.map(drop)
}

/// The parts of a line are named below it, and the chosen one is lit in the line. Opening moves no column.
pub async fn an_opened_hop_shows_its_parts_and_the_arrow_keys_walk_through_them(visit: &Visit) -> Outcome {
    let page = &visit.page;
    let columns = "return [...document.querySelectorAll('[data-testid=hops] thead th')].map((cell) => cell.clientWidth)";
    page.paste(mail::CROOKED_ROUTE).await?;
    page.rows_once_there_are(5).await?;
    let before: Vec<u32> = page.ask(columns, vec![]).await?;
    open_the_oldest_hop(page).await?;
    let after: Vec<u32> = page.ask(columns, vec![]).await?;
    ensure!(before == after, "the columns were {before:?} and are {after:?}");

    let text = page.part("opened").await?.text().await?;
    for words in ["laptop", "private address", "cy@example.com", "TLS_AES_128_GCM_SHA256"] {
        ensure!(text.contains(words), "{words:?} is not in {text}");
    }
    page.tab_to("choose-part").await?;
    page.press(Key::Space).await?;
    only_this_part_is_lit(page, "192.168.1.23").await?;
    page.press(Key::Down).await?;
    only_this_part_is_lit(page, "laptop").await
}

async fn only_this_part_is_lit(page: &Page, part: &str) -> Outcome {
    let lit = "return [...document.querySelectorAll('[data-testid=raw] .part')].filter((part) => \
        getComputedStyle(part).backgroundColor !== 'rgba(0, 0, 0, 0)').map((part) => part.innerText)";
    eventually(&format!("{part:?} lit in the line"), async || {
        let parts: Vec<String> = page.ask(lit, vec![]).await?;
        Ok(if parts == [part] { Ok(()) } else { Err(format!("{parts:?}")) })
    })
    .await
}

/// One selection ties the fields to the source, as it does the hops.
pub async fn a_field_that_a_server_added_is_lit_in_the_source(visit: &Visit) -> Outcome {
    let page = &visit.page;
    open_the_oldest_hop(page).await?;
    page.tab_to("choose-field").await?;
    page.press(Key::Enter).await?;
    eventually("the line of the signature", async || {
        let lines = page.lit_lines().await?;
        Ok(if lines == [28] { Ok(()) } else { Err(format!("{lines:?}")) })
    })
    .await?;
    ensure!(page.rows().await?.iter().all(|row| !row.lit), "a hop is lit with it");
    Ok(())
}
