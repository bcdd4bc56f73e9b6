//! What must hold of the panels about the header: a search leads to what it finds, and every field and reason to its lines.

use crate::page::eventually;
use crate::visit::Visit;
use crate::{Outcome, mail};
use anyhow::ensure;
use thirtyfour::prelude::*;

/// With the keyboard: the search keeps fields that hold the words, says how many, and Escape brings all back.
pub async fn a_search_keeps_the_fields_that_hold_the_words_and_escape_brings_all_back(
    visit: &Visit,
) -> Outcome {
    let page = &visit.page;
    page.paste(mail::COPY_OF_A_CONNECTOR).await?;
    page.rows_once_there_are(2).await?;
    let all = page.parts("field").await?.len();
    let search = page.part("search-headers").await?;
    search.send_keys("received").await?;
    eventually("fewer fields", async || {
        let (kept, count) = (page.parts("field").await?.len(), page.part("field-count").await?.text().await?);
        let is_told = count.starts_with(&format!("{kept} of {all}"));
        Ok(if kept < all && is_told { Ok(()) } else { Err(format!("{kept} of {all}: {count}")) })
    })
    .await?;
    page.press(Key::Escape).await?;
    eventually("all fields", async || {
        let kept = page.parts("field").await?.len();
        Ok(if kept == all { Ok(()) } else { Err(kept.to_string()) })
    })
    .await
}

/// A field opens, says what it is for, and lights its lines; chosen again, it closes.
pub async fn a_field_opens_says_what_it_is_for_and_lights_its_lines(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.paste(mail::COPY_OF_A_CONNECTOR).await?;
    page.rows_once_there_are(2).await?;
    page.tab_to("open-field").await?;
    page.press(Key::Enter).await?;
    eventually("lit lines", async || {
        let lines = page.lit_lines().await?;
        Ok(if lines.is_empty() { Err("none".to_owned()) } else { Ok(()) })
    })
    .await?;
    ensure!(page.part("field-more").await?.text().await?.contains("Documented"));
    page.press(Key::Enter).await?;
    eventually("the field closed", async || {
        let open = page.parts("field-more").await?.len();
        Ok(if open == 0 { Ok(()) } else { Err(open.to_string()) })
    })
    .await
}

/// Enter goes from match to match in the source and round again; each is marked, and the count says which it is.
pub async fn a_search_in_the_source_goes_from_match_to_match(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.paste(mail::COPY_OF_A_CONNECTOR).await?;
    page.rows_once_there_are(2).await?;
    page.part("search-source").await?.send_keys("example").await?;
    let total = eventually("matches", async || {
        let total = page.parts("found").await?.len();
        Ok(if total > 1 { Ok(total) } else { Err(total.to_string()) })
    })
    .await?;
    for nth in (2..=total).chain([1]) {
        page.press(Key::Enter).await?;
        let wanted = format!("{nth} of {total}");
        eventually(&wanted, async || {
            let told = page.part("found-count").await?.text().await?;
            Ok(if told == wanted { Ok(()) } else { Err(told) })
        })
        .await?;
    }
    Ok(())
}

/// What looks like a finding and is none says why, and leads to its lines.
pub async fn a_near_miss_says_why_and_lights_its_lines(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.paste(mail::FORWARDING_PATH).await?;
    page.rows_once_there_are(3).await?;
    let told = page.part("near-misses").await?.text().await?;
    ensure!(told.contains("an ordinary forwarding path"), "{told}");
    page.tab_to("choose-near-miss").await?;
    page.press(Key::Enter).await?;
    eventually("the three deliveries lit", async || {
        let lines = page.lit_lines().await?;
        Ok(if lines.len() == 3 { Ok(()) } else { Err(format!("{lines:?}")) })
    })
    .await
}
