//! What must hold of the drawing of a route and of the order of its table, on every kind of the page. All of it is done without a mouse.

use crate::page::{Page, eventually};
use crate::visit::Visit;
use crate::{Outcome, mail};
use anyhow::ensure;
use thirtyfour::prelude::*;

/// The name of what has the focus.
async fn focused_name(page: &Page) -> Outcome<String> {
    page.ask("return document.activeElement?.getAttribute('aria-label') ?? ''", vec![]).await
}

async fn name_starts(page: &Page, start: &str) -> Outcome {
    eventually(&format!("the focus on {start:?}"), async || {
        let name = focused_name(page).await?;
        Ok(if name.starts_with(start) { Ok(()) } else { Err(name) })
    })
    .await
}

/// The drawing is one stop for the tab key, and the arrow keys go through its marks in the order of the hops.
pub async fn the_arrow_keys_walk_the_marks_of_the_drawing(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.paste(mail::THREE_HOPS).await?;
    page.rows_once_there_are(3).await?;
    page.tab_to("pill").await?;
    let stops: u32 = page
        .ask("return document.querySelectorAll('[data-testid=diagram] svg [tabindex=\"0\"]').length", vec![])
        .await?;
    ensure!(stops == 1, "{stops} stops for the tab key");
    name_starts(page, "Hop 1").await?;
    page.press(Key::Down).await?;
    name_starts(page, "Hop 2").await?;
    page.press(Key::End).await?;
    name_starts(page, "Hop 3").await?;
    page.press(Key::Home).await?;
    name_starts(page, "Hop 1").await?;
    page.press(Key::Right).await?;
    page.press(Key::Enter).await?;
    eventually("the row of the second hop lit", async || {
        let lit: Vec<String> =
            page.rows().await?.into_iter().filter(|row| row.lit).map(|row| row.hop).collect();
        Ok(if lit == ["1"] { Ok(()) } else { Err(format!("{lit:?}")) })
    })
    .await
}

/// The hops inside a machine open in place, and the button keeps the focus.
pub async fn the_hops_inside_a_machine_open_in_the_drawing(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.paste(mail::ON_ONE_MACHINE).await?;
    let marks = "return document.querySelectorAll('[data-testid=pill]').length";
    page.tab_to("pill").await?;
    page.press(Key::Down).await?;
    name_starts(page, "Hops 2, 3 on").await?;
    let before: u32 = page.ask(marks, vec![]).await?;
    page.press(Key::Enter).await?;
    eventually("two marks more", async || {
        let now: u32 = page.ask(marks, vec![]).await?;
        Ok((now == before + 2).then_some(()).ok_or(format!("{now} after {before}")))
    })
    .await?;
    name_starts(page, "Hops 2, 3 on").await?;
    page.press(Key::Space).await?;
    eventually("as many marks as before", async || {
        let now: u32 = page.ask(marks, vec![]).await?;
        Ok((now == before).then_some(()).ok_or(format!("{now} after {before}")))
    })
    .await
}

/// Sorting is a view: it says so, and leads back to the order of the header.
pub async fn sorting_the_hops_is_a_view_of_the_order_of_the_header(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.paste(mail::ON_ONE_MACHINE).await?;
    page.rows_once_there_are(2).await?;
    page.tab_to("sort-delay").await?;
    page.press(Key::Enter).await?;
    let order = async |hops: &[&str]| {
        eventually(&format!("the hops in the order {hops:?}"), async || {
            let now: Vec<String> = page.rows().await?.into_iter().map(|row| row.hop).collect();
            Ok(if now == hops { Ok(()) } else { Err(format!("{now:?}")) })
        })
        .await
    };
    order(&["3", "2", "1", "0"]).await?;
    let text = page.part("sorted").await?.text().await?;
    ensure!(text.contains("A view"), "{text}");
    page.press(Key::Enter).await?;
    order(&["1", "2", "3", "0"]).await?;
    page.tab_to("unsort").await?;
    page.press(Key::Enter).await?;
    order(&["0", "3"]).await
}

/// The scale changes the ruler, and is remembered for the next mail.
pub async fn the_scale_of_the_times_is_remembered(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.paste(mail::THREE_HOPS).await?;
    page.rows_once_there_are(3).await?;
    page.tab_to("scale-log").await?;
    page.press(Key::Space).await?;
    let is_log = async || {
        eventually("the log scale", async || {
            let pressed: String = page
                .ask("return document.querySelector('[data-testid=scale-log]')?.ariaPressed ?? ''", vec![])
                .await?;
            Ok(if pressed == "true" { Ok(()) } else { Err(pressed) })
        })
        .await
    };
    is_log().await?;
    page.paste(mail::ON_ONE_MACHINE).await?;
    page.rows_once_there_are(2).await?;
    is_log().await
}
