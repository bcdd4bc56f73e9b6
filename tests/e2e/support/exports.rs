//! What leaves the page on the reader's wish: files that are saved, and texts in either language.

use crate::page::{Page, eventually};
use crate::visit::Visit;
use crate::{Outcome, mail};
use anyhow::ensure;
use serde_json::json;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use thirtyfour::prelude::*;

/// The entries of the menu that save a file, and how each file starts.
const FILES: [(&str, &[u8]); 6] = [
    ("html", b"<!DOCTYPE html>\n<html lang=\"en\">"),
    ("md", b"# "),
    ("json", b"{\n  \"schema\": 1,"),
    ("csv", b"\xef\xbb\xbfmessage,subject,hop,line,"),
    ("svg", b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg "),
    ("png", b"\x89PNG\r\n\x1a\n"),
];

/// Each entry saves one file, the page stays where it is, and nothing is asked of a server.
pub async fn each_export_saves_a_file(visit: &Visit) -> Outcome {
    let (page, folder) = (&visit.page, TempDir::with_prefix("hopscope-saved-")?);
    save_into(page, folder.path()).await?;
    page.paste(mail::THREE_HOPS).await?;
    page.rows_once_there_are(3).await?;
    visit.requests().await?;
    for (ending, start) in FILES {
        page.part("export").await?.click().await?;
        page.part(&format!("export-{ending}")).await?.click().await?;
        let bytes = saved(folder.path(), ending).await?;
        ensure!(
            bytes.starts_with(start),
            "{ending} starts with {:?}",
            bytes.iter().take(40).collect::<Vec<_>>()
        );
        ensure!(page.focused().await? == "export", "the focus is on {:?}", page.focused().await?);
    }
    let requests = visit.requests().await?;
    let of_servers: Vec<_> = requests
        .iter()
        .filter(|address| address.starts_with("http") || address.starts_with("file"))
        .collect();
    ensure!(of_servers.is_empty(), "{of_servers:?}");
    page.rows_once_there_are(3).await?;
    Ok(())
}

/// With the keyboard: the menu opens, Escape closes it, and the focus is where it was.
pub async fn escape_closes_the_export_menu(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.paste(mail::THREE_HOPS).await?;
    page.rows_once_there_are(3).await?;
    page.tab_to("export").await?;
    page.press(Key::Enter).await?;
    page.part("export-ticket").await?;
    page.tab_to("export-json").await?;
    page.press(Key::Escape).await?;
    eventually("a closed menu and the focus on its button", async || {
        let (entries, focused) = (page.parts("export-json").await?.len(), page.focused().await?);
        Ok(if entries == 0 && focused == "export" {
            Ok(())
        } else {
            Err(format!("{entries} entries, focus on {focused}"))
        })
    })
    .await
}

/// The text to the postmaster in the other language, marked as such for those who have it read aloud.
pub async fn the_postmaster_s_text_is_there_in_german(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.paste(mail::COPY_OF_A_CONNECTOR).await?;
    page.rows_once_there_are(2).await?;
    page.part("letter-german").await?.click().await?;
    eventually("the German text", async || {
        let text = page.part("letter").await?.text().await?;
        Ok(if text.contains("Mit freundlichen Grüßen") { Ok(()) } else { Err(text) })
    })
    .await?;
    let language = page.driver.find(By::Css("[data-testid=letter] pre")).await?.attr("lang").await?;
    ensure!(language.as_deref() == Some("de"), "{language:?}");
    let pressed = page.part("letter-german").await?.attr("aria-pressed").await?;
    ensure!(pressed.as_deref() == Some("true"), "{pressed:?}");
    Ok(())
}

/// Has the browser save without asking.
async fn save_into(page: &Page, folder: &Path) -> Outcome {
    let wish = json!({"behavior": "allow", "downloadPath": folder});
    page.driver.cdp().send_raw("Browser.setDownloadBehavior", wish).await?;
    Ok(())
}

/// What is in the file with this ending, once all of it is there: until then the browser gives it another one.
async fn saved(folder: &Path, ending: &str) -> Outcome<Vec<u8>> {
    eventually(&format!("a saved .{ending}"), async || {
        let paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Outcome<Vec<_>>>()?;
        let found = paths.iter().find(|path| path.extension().is_some_and(|own| own == ending));
        match found {
            Some(path) if fs::metadata(path)?.len() > 0 => Ok(Ok(fs::read(path)?)),
            _ => Ok(Err(format!("{paths:?}"))),
        }
    })
    .await
}
