//! What must hold for those who use the keyboard, on every kind of the page.

use crate::page::eventually;
use crate::visit::Visit;
use crate::{Outcome, mail};
use anyhow::ensure;
use thirtyfour::prelude::*;

/// E brings the text back, Escape folds it away, T copies for the ticket, N starts anew: in this order, without a mouse.
pub async fn single_keys_bring_the_text_back_copy_the_ticket_and_start_anew(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.paste(mail::COPY_OF_A_CONNECTOR).await?;
    page.rows_once_there_are(2).await?;
    focus_is_on(visit, "summary").await?;
    page.press_letter('e').await?;
    focus_is_on(visit, "input").await?;
    page.press(Key::Escape).await?;
    focus_is_on(visit, "summary").await?;
    page.press_letter('t').await?;
    eventually("the button's word that it copied", async || {
        let text = page.part("copy-ticket").await?.text().await?;
        Ok(if text.contains("Copied") { Ok(()) } else { Err(text) })
    })
    .await?;
    page.press_letter('n').await?;
    focus_is_on(visit, "input").await?;
    ensure!(page.parts("summary").await?.is_empty(), "the result is still there");
    Ok(())
}

/// Whoever types an n wants an n.
pub async fn single_keys_are_letters_in_the_box_and_can_be_switched_off(visit: &Visit) -> Outcome {
    let page = &visit.page;
    let input = page.show_input().await?;
    input.focus().await?;
    for letter in ['n', 'e', 't'] {
        page.press_letter(letter).await?;
    }
    eventually("the letters in the box", async || {
        let value = input.value().await?.unwrap_or_default();
        Ok(if value == "net" { Ok(()) } else { Err(value) })
    })
    .await?;

    page.paste(mail::THREE_HOPS).await?;
    page.rows_once_there_are(3).await?;
    page.press_key_on("show-help", Key::Enter).await?;
    page.press_key_on("has-shortcuts", Key::Space).await?;
    page.press(Key::Escape).await?;
    focus_is_on(visit, "show-help").await?;
    page.press_letter('n').await?;
    // Had the key been heard, the rows would be gone when the next event has been handled.
    page.press_in_row(0, "choose-hop").await?;
    page.rows_once_there_are(3).await?;
    Ok(())
}

/// The help opens by a key, holds the focus, closes at Escape, and gives the focus back.
pub async fn the_help_opens_by_a_key_and_gives_the_focus_back(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.paste(mail::THREE_HOPS).await?;
    page.rows_once_there_are(3).await?;
    page.tab_to("copy-ticket").await?;
    page.press_letter('?').await?;
    focus_is_on(visit, "close-help").await?;
    let said = page.part("help").await?.text().await?;
    ensure!(said.contains("Nothing leaves this page") && said.contains("Copy the summary"), "{said}");
    page.press(Key::Escape).await?;
    focus_is_on(visit, "copy-ticket").await
}

/// From the address bar to the end of the page: Tab reaches everything that can be used, in the order of the page, and nothing that has
/// the focus lies hidden under the bar (WCAG 2.4.3, 2.4.11).
pub async fn tab_walks_through_everything_and_nothing_hides_under_the_bar(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.paste(mail::COPY_OF_A_CONNECTOR).await?;
    page.rows_once_there_are(2).await?;
    page.ask::<()>("window.scrollTo(0, 0); document.activeElement.blur(); document.body.focus()", vec![])
        .await?;
    let mut walked = 0;
    let seen = "const here = document.activeElement; if (!here || here === document.body) return null; \
        const box = here.getBoundingClientRect(), bar = document.querySelector('.bar'); \
        const hides = !bar.contains(here) && !here.closest('.skip') && box.height > 0 && box.bottom <= bar.getBoundingClientRect().bottom; \
        const name = `${here.tagName} ${here.dataset.testid ?? here.textContent.slice(0, 30)}`; \
        const order = [...document.querySelectorAll('*')].indexOf(here); \
        return [name, hides, order]";
    let mut last = -1;
    for _ in 0..300 {
        page.press(Key::Tab).await?;
        let Some((name, hides, order)) = page.ask::<Option<(String, bool, i64)>>(seen, vec![]).await? else {
            break;
        };
        ensure!(!hides, "{name} has the focus under the bar");
        ensure!(order > last, "{name} comes after something that stands below it");
        (last, walked) = (order, walked + 1);
    }
    println!("{walked} stops");
    ensure!(walked > 15, "only {walked} stops");
    focus_left(visit).await
}

async fn focus_left(visit: &Visit) -> Outcome {
    let focused = visit.page.focused().await?;
    ensure!(focused.is_empty(), "Tab did not come to the end of the page, but stays at {focused:?}");
    Ok(())
}

async fn focus_is_on(visit: &Visit, name: &str) -> Outcome {
    eventually(&format!("the focus on {name}"), async || {
        let focused = visit.page.focused().await?;
        Ok(if focused == name { Ok(()) } else { Err(focused) })
    })
    .await
}
