//! What must hold of the settings, on every kind of the page.

use crate::page::{Page, eventually};
use crate::visit::Visit;
use crate::{Outcome, mail};
use anyhow::ensure;
use std::io::Write;
use thirtyfour::prelude::*;

/// What this browser keeps of the settings.
const KEPT: &str = "return localStorage.getItem('hopscope-settings')";

async fn open(page: &Page) -> Outcome {
    page.part("settings").await?.click().await?;
    page.part("settings-sheet").await?.wait_until().displayed().await?;
    Ok(())
}

async fn choose(page: &Page, part: &str) -> Outcome {
    page.part(part).await?.click().await?;
    Ok(())
}

async fn color_scheme(page: &Page) -> Outcome<String> {
    page.ask("return getComputedStyle(document.documentElement).colorScheme", vec![]).await
}

/// What a part says, once it says this.
async fn once_it_says(page: &Page, part: &str, words: &str) -> Outcome {
    eventually(&format!("{words:?} in {part}"), async || {
        let text = page.part(part).await?.text().await?;
        Ok(if text.contains(words) { Ok(()) } else { Err(format!("{text:?}")) })
    })
    .await
}

/// The domain counts as soon as the sheet is closed, by the keyboard alone, and the focus is back on the button then.
pub async fn an_own_domain_moves_the_boundary(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.paste(mail::THROUGH_A_GATEWAY).await?;
    page.rows_once_there_are(3).await?;
    once_it_says(page, "boundary", "Hops 1 and 2 were written by others").await?;
    page.part("settings").await?.focus().await?;
    page.press(Key::Enter).await?;
    page.tab_to("own-domains").await?;
    page.part("own-domains").await?.send_keys("example.com").await?;
    page.press(Key::Escape).await?;
    once_it_says(page, "boundary", "Hop 1 was written by others").await?;
    once_it_says(page, "boundary", "example.com").await?;
    ensure!(page.focused().await? == "settings", "the focus is on {:?}", page.focused().await?);
    Ok(())
}

/// An entry that nobody can mean is told beside the boxes.
pub async fn an_entry_that_cannot_be_meant_gets_a_plain_word(visit: &Visit) -> Outcome {
    let page = &visit.page;
    open(page).await?;
    page.part("own-domains").await?.send_keys("co.uk").await?;
    page.press(Key::Tab).await?;
    once_it_says(page, "odd-entries", "“co.uk” is left out: it would hold everybody.").await
}

/// What the page looks like follows the choice, and nothing is kept of it.
pub async fn the_theme_and_the_time_zone_count_at_once(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.paste(mail::THREE_HOPS).await?;
    page.rows_once_there_are(3).await?;
    open(page).await?;
    for theme in ["light", "dark"] {
        choose(page, &format!("theme-{theme}")).await?;
        eventually(theme, async || {
            let scheme = color_scheme(page).await?;
            Ok(if scheme == theme { Ok(()) } else { Err(scheme) })
        })
        .await?;
    }
    page.part("time-zone").await?.send_keys("UTC+05:30").await?;
    eventually("times of India", async || {
        let rows = page.rows().await?;
        let is_there = rows.first().is_some_and(|row| row.text.contains("2026-11-02 15:30:00"));
        Ok(if is_there { Ok(()) } else { Err(format!("{rows:?}")) })
    })
    .await?;
    once_it_says(page, "hops", "UTC+05:30").await?;
    let kept: Option<String> = page.ask(KEPT, vec![]).await?;
    ensure!(kept.is_none(), "nobody asked to keep {kept:?}");
    Ok(())
}

/// Nothing is kept before the reader asks, and nothing after the reader has taken the tick away.
pub async fn settings_are_kept_when_asked_and_forgotten_when_asked(visit: &Visit) -> Outcome {
    let page = &visit.page;
    open(page).await?;
    choose(page, "keep-settings").await?;
    choose(page, "theme-dark").await?;
    eventually("the theme in the storage", async || {
        let kept: Option<String> = page.ask(KEPT, vec![]).await?;
        let is_there = kept.as_ref().is_some_and(|kept| kept.contains(r#""theme": "dark""#));
        Ok(if is_there { Ok(()) } else { Err(format!("{kept:?}")) })
    })
    .await?;
    page.driver.refresh().await?;
    page.is_ready().await?;
    ensure!(color_scheme(page).await? == "dark", "the theme was not kept");
    open(page).await?;
    ensure!(
        page.part("keep-settings").await?.is_selected().await?,
        "the page does not say that it keeps them"
    );
    choose(page, "keep-settings").await?;
    once_it_says(page, "settings-note", "forgotten").await?;
    let kept: Option<String> = page.ask(KEPT, vec![]).await?;
    ensure!(kept.is_none(), "still there: {kept:?}");
    page.driver.refresh().await?;
    page.is_ready().await?;
    let scheme = color_scheme(page).await?;
    ensure!(scheme != "dark", "the theme is still {scheme}");
    Ok(())
}

/// A file counts as a whole or not at all.
pub async fn a_file_of_settings_is_read_and_a_wrong_one_changes_nothing(visit: &Visit) -> Outcome {
    let page = &visit.page;
    open(page).await?;
    import(page, r#"{"version": 1, "own_domains": ["example.com", "example.net"], "theme": "dark"}"#).await?;
    once_it_says(page, "settings-note", "The settings of the file count now.").await?;
    for (wrong, words) in [
        ("Received: by mx.example.com", "This is no JSON"),
        (r#"{"version": 1, "theme": "light", "colour": "red"}"#, "“colour” is no setting"),
        (r#"{"version": 7}"#, "another version"),
        (r#"["example.com"]"#, "“version” is missing"),
    ] {
        import(page, wrong).await?;
        once_it_says(page, "settings-note", "Nothing was changed.").await?;
        once_it_says(page, "settings-note", words).await?;
    }
    let domains = page.part("own-domains").await?.prop("value").await?;
    ensure!(domains.as_deref() == Some("example.com\nexample.net"), "{domains:?}");
    ensure!(color_scheme(page).await? == "dark", "a wrong file changed the theme");
    choose(page, "reset-settings").await?;
    once_it_says(page, "settings-note", "as it was at first").await?;
    let domains = page.part("own-domains").await?.prop("value").await?;
    ensure!(domains.as_deref() == Some(""), "{domains:?}");
    Ok(())
}

async fn import(page: &Page, text: &str) -> Outcome {
    let mut file = tempfile::Builder::new().suffix(".json").tempfile()?;
    file.write_all(text.as_bytes())?;
    let note = "document.querySelector('[data-testid=settings-note]').textContent";
    let before: String = page.ask(&format!("return {note}"), vec![]).await?;
    page.part("import-settings").await?.send_keys(file.path().to_string_lossy()).await?;
    // The file must stay until it is read.
    eventually("another note", async || {
        let now: String = page.ask(&format!("return {note}"), vec![]).await?;
        Ok(if now == before { Err(now) } else { Ok(()) })
    })
    .await
}

/// What a help desk puts into the page counts, until the reader sets something else.
pub const DEFAULTS: &str = r#"{"version": 1, "own_domains": ["example.com"], "theme": "dark"}"#;

/// The page with [`DEFAULTS`] in it.
pub async fn defaults_in_the_page_count_below_what_the_reader_sets(visit: &Visit) -> Outcome {
    let page = &visit.page;
    ensure!(color_scheme(page).await? == "dark", "the theme of the defaults does not count");
    page.paste(mail::THROUGH_A_GATEWAY).await?;
    page.rows_once_there_are(3).await?;
    once_it_says(page, "boundary", "Hop 1 was written by others").await?;
    open(page).await?;
    choose(page, "theme-light").await?;
    choose(page, "keep-settings").await?;
    eventually("the kept theme alone", async || {
        let kept: Option<String> = page.ask(KEPT, vec![]).await?;
        let is_alone =
            kept.as_ref().is_some_and(|kept| kept.contains("light") && !kept.contains("example.com"));
        Ok(if is_alone { Ok(()) } else { Err(format!("{kept:?}")) })
    })
    .await?;
    page.driver.refresh().await?;
    page.is_ready().await?;
    ensure!(color_scheme(page).await? == "light", "what is kept does not stand above the defaults");
    open(page).await?;
    let domains = page.part("own-domains").await?.prop("value").await?;
    ensure!(domains.as_deref() == Some("example.com"), "{domains:?}");
    choose(page, "reset-settings").await?;
    eventually("the theme of the defaults", async || {
        let scheme = color_scheme(page).await?;
        Ok(if scheme == "dark" { Ok(()) } else { Err(scheme) })
    })
    .await?;
    visit.console_is_quiet().await
}

/// A block in which a field has a wrong name.
pub const WRONG_DEFAULTS: &str = r#"{"version": 1, "domains": []}"#;

/// The page with [`WRONG_DEFAULTS`] in it.
pub async fn wrong_defaults_leave_the_page_working(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.paste(mail::ONE_HOP).await?;
    page.rows_once_there_are(1).await?;
    open(page).await?;
    once_it_says(page, "settings-note", "The defaults of this page were not read. “domains” is no setting")
        .await?;
    visit.console_is_quiet().await
}
