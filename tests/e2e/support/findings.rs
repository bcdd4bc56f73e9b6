//! What must hold of the findings, on every kind of the page: what is told can be copied, and everything told leads to its proof.

use crate::page::eventually;
use crate::visit::Visit;
use crate::{Outcome, mail};
use anyhow::{Context, ensure};
use thirtyfour::prelude::*;

/// The ticket, as somebody pastes it into the system of the helpdesk: here, into the page's own box.
pub async fn the_ticket_is_copied_and_says_what_happened_and_who_acts(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.paste(mail::COPY_OF_A_CONNECTOR).await?;
    page.rows_once_there_are(2).await?;
    page.part("copy-ticket").await?.click().await?;
    eventually("the button's word that it copied", async || {
        let text = page.part("copy-ticket").await?.text().await?;
        Ok(if text.contains("Copied") { Ok(()) } else { Err(text) })
    })
    .await?;
    let input = page.show_input().await?;
    input.send_keys(Key::Control + "a").await?;
    input.send_keys(Key::Control + "v").await?;
    let ticket = input.value().await?.context("the box has no value")?;
    ensure!(ticket.lines().count() < 15, "{ticket}");
    for words in ["example.net", "Who acts:", "pop3-connector-reinjection"] {
        ensure!(ticket.contains(words), "{words:?} is not in {ticket}");
    }
    Ok(())
}

/// What to do comes with the text to send to those who can do it.
pub async fn the_postmaster_s_text_stands_below_what_to_do(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.paste(mail::COPY_OF_A_CONNECTOR).await?;
    page.rows_once_there_are(2).await?;
    ensure!(page.part("to-do").await?.text().await?.contains("KB 835734"));
    let letter = page.part("letter").await?.text().await?;
    ensure!(letter.contains("postmaster@example.net") && letter.contains("mail pickup service"), "{letter}");
    Ok(())
}

/// With the keyboard: a finding opens, lights its lines, closes again, and leads to its manual page.
pub async fn a_finding_opens_lights_its_lines_and_leads_to_its_manual_page(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.paste(mail::COPY_OF_A_CONNECTOR).await?;
    page.rows_once_there_are(2).await?;
    page.tab_to("choose-finding").await?;
    page.press(Key::Enter).await?;
    eventually("lit lines", async || {
        let lines = page.lit_lines().await?;
        Ok(if lines.len() > 4 { Ok(()) } else { Err(format!("{lines:?}")) })
    })
    .await?;
    page.tab_to("manual-page").await?;
    page.press(Key::Enter).await?;
    let shown = "return [...document.querySelectorAll('.manual > article')].filter((page) => page.offsetHeight > 0).map((page) => page.id)";
    eventually("the manual page of this finding alone", async || {
        let pages: Vec<String> = page.ask(shown, vec![]).await?;
        Ok(if pages == ["pop3-connector-reinjection"] { Ok(()) } else { Err(format!("{pages:?}")) })
    })
    .await?;
    let finding = page.part("choose-finding").await?;
    finding.scroll_into_view().await?;
    finding.click().await?;
    eventually("nothing lit", async || {
        let lines = page.lit_lines().await?;
        Ok(if lines.is_empty() { Ok(()) } else { Err(format!("{lines:?}")) })
    })
    .await
}
