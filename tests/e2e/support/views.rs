//! The views of the page, each with data in it: for checks that must hold on all of them, and for pictures.

use crate::page::eventually;
use crate::visit::Visit;
use crate::{Outcome, mail};
use anyhow::Context;
use thirtyfour::prelude::*;

/// A view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// As the page opens.
    Start,
    /// A mail without trouble.
    Ordinary,
    /// A copy of a connector, with its finding and a hop opened.
    Opened,
    /// A loop.
    Loop,
    /// A route on which much is odd.
    Crooked,
    /// A bounce with the mail that it returned.
    Bounce,
    /// A damaged text, with the list of what was set right.
    Repairs,
    /// Text that is no header.
    NoHeader,
    /// A page of the manual.
    Manual,
    /// Seven copies of one mail.
    Copies,
    /// The same with pseudonyms.
    Redacted,
    /// The export menu.
    Export,
    /// The settings.
    Settings,
    /// The help.
    Help,
}

/// All views.
pub const VIEWS: [View; 14] = [
    View::Start,
    View::Ordinary,
    View::Opened,
    View::Loop,
    View::Crooked,
    View::Bounce,
    View::Repairs,
    View::NoHeader,
    View::Manual,
    View::Copies,
    View::Redacted,
    View::Export,
    View::Settings,
    View::Help,
];

impl View {
    /// Opens it on a page that was just loaded.
    pub async fn open(self, visit: &Visit) -> Outcome {
        let page = &visit.page;
        match self {
            Self::Start => page.is_ready().await,
            Self::Ordinary => page.paste(mail::THREE_HOPS).await,
            Self::Opened => {
                page.paste(mail::COPY_OF_A_CONNECTOR).await?;
                page.press_in_row(0, "show-raw").await?;
                page.press_key_on("choose-finding", Key::Enter).await?;
                Ok(())
            }
            Self::Loop => sample(visit, "loop").await,
            Self::Crooked => page.paste(mail::CROOKED_ROUTE).await,
            Self::Bounce => page.paste(&mail::bounce()).await,
            Self::Repairs => {
                page.paste(&mail::quoted()).await?;
                page.press_key_on("show-repairs", Key::Enter).await?;
                Ok(())
            }
            Self::NoHeader => page.paste(mail::NO_MAIL).await,
            Self::Manual => {
                page.driver.execute("location.hash = 'routing-loop'", vec![]).await?;
                Ok(())
            }
            Self::Copies => sample(visit, "seven times").await,
            Self::Redacted => {
                sample(visit, "seven times").await?;
                page.press_key_on("redact", Key::Enter).await?;
                page.status_once(|status| status.starts_with("Redacted")).await?;
                Ok(())
            }
            Self::Export => {
                page.paste(mail::THREE_HOPS).await?;
                page.press_key_on("export", Key::Enter).await
            }
            Self::Settings => page.press_key_on("settings", Key::Enter).await,
            Self::Help => page.press_key_on("show-help", Key::Enter).await,
        }?;
        match self {
            Self::Start | Self::NoHeader | Self::Manual | Self::Settings | Self::Help => Ok(()),
            _ => {
                eventually("a hop", async || {
                    Ok(if page.rows().await?.is_empty() { Err("none".into()) } else { Ok(()) })
                })
                .await
            }
        }
    }
}

/// Opens the first sample whose words hold this one.
async fn sample(visit: &Visit, word: &str) -> Outcome {
    for sample in visit.page.parts("sample").await? {
        if sample.text().await?.to_lowercase().contains(word) {
            sample.scroll_into_view().await?;
            return Ok(sample.click().await?);
        }
    }
    Err(anyhow::anyhow!("no sample tells of {word:?}")).context("the start page has other samples")
}
