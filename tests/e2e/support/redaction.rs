//! What must hold of the switch for pseudonyms, on every kind of the page.

use crate::page::{Page, eventually};
use crate::visit::Visit;
use crate::{Outcome, mail};
use anyhow::ensure;
use thirtyfour::prelude::*;

/// Waits until the page says that it shows pseudonyms, or that it does not.
async fn redacted(page: &Page, is_redacted: bool) -> Outcome {
    page.status_once(|status| status.contains("hop") && status.starts_with("Redacted. ") == is_redacted)
        .await
        .map(drop)
}

async fn shown(page: &Page) -> Outcome<String> {
    page.ask("return document.querySelector('main').innerText", vec![]).await
}

/// With the keyboard: switched on, the page names nobody; switched off, it shows the reader's text again. The switch keeps the focus.
pub async fn the_switch_puts_pseudonyms_in_and_takes_them_out_again(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.paste(mail::COPY_OF_A_CONNECTOR).await?;
    page.rows_once_there_are(2).await?;
    let before = shown(page).await?;
    ensure!(before.contains("example.net"), "{before}");
    page.tab_to("redact").await?;
    page.press(Key::Space).await?;
    redacted(page, true).await?;
    let checked = page.part("redact").await?.attr("aria-checked").await?;
    ensure!(checked.as_deref() == Some("true"), "{checked:?}");
    let during = shown(page).await?;
    ensure!(!during.contains("example") && during.contains("site1"), "{during}");
    ensure!(page.rows().await?.len() == 2);
    ensure!(page.focused().await? == "redact", "the focus is elsewhere");
    page.press(Key::Space).await?;
    redacted(page, false).await?;
    ensure!(shown(page).await? == before);
    Ok(())
}

/// While the names are being replaced, the result that still has them is neither seen nor copied.
pub async fn what_is_about_to_be_replaced_is_withheld(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.paste(mail::COPY_OF_A_CONNECTOR).await?;
    page.rows_once_there_are(2).await?;
    let watch = "window.seen = []; new MutationObserver(() => { \
        const visibility = id => getComputedStyle(document.querySelector(`[data-testid=${id}]`)).visibility; \
        if (document.querySelector('[data-testid=redact]').textContent.includes('Redacting')) \
            window.seen.push(visibility('summary'), visibility('hop'), visibility('export')); \
        }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });";
    page.driver.execute(watch, vec![]).await?;
    page.part("redact").await?.click().await?;
    redacted(page, true).await?;
    let seen: Vec<String> = page.ask("return window.seen", vec![]).await?;
    ensure!(!seen.is_empty() && seen.iter().all(|visibility| visibility == "hidden"), "{seen:?}");
    ensure!(page.part("summary").await?.is_displayed().await?);
    Ok(())
}

/// Nor does the key for the ticket copy it: only afterwards, with pseudonyms.
pub async fn the_key_for_the_ticket_waits_for_the_pseudonyms(visit: &Visit) -> Outcome {
    let page = &visit.page;
    let hop = "Received: from a.example.org by b.example.com with ESMTP; Mon, 2 Nov 2026 09:00:00 +0100\n";
    page.paste(&hop.repeat(20_000)).await?;
    redacted(page, false).await?;
    let watch =
        "window.copied = []; navigator.clipboard.writeText = async (text) => { window.copied.push(text); };";
    page.driver.execute(watch, vec![]).await?;
    page.part("redact").await?.click().await?;
    page.status_once(|status| status.starts_with("Redacting")).await?;
    page.press_letter('t').await?;
    let is_early: bool =
        page.ask("return document.querySelector('.page.is-redacting') !== null", vec![]).await?;
    ensure!(is_early, "the key was pressed too late to prove anything");
    redacted(page, true).await?;
    page.press_letter('t').await?;
    eventually("the ticket", async || {
        let copied: Vec<String> = page.ask("return window.copied", vec![]).await?;
        Ok(if matches!(&copied[..], [one] if !one.contains("example")) {
            Ok(())
        } else {
            Err(format!("{copied:?}"))
        })
    })
    .await
}

/// What comes while the switch is on is shown with pseudonyms at once.
pub async fn the_next_mail_is_redacted_as_well(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.part("redact").await?.click().await?;
    page.paste(mail::ONE_HOP).await?;
    page.rows_once_there_are(1).await?;
    redacted(page, true).await?;
    eventually("no name of the mail on the page", async || {
        let text = shown(page).await?;
        Ok(if text.contains("example.") { Err(text) } else { Ok(()) })
    })
    .await
}
