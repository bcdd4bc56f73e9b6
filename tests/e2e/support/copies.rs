//! What must hold of several copies of one message, on every kind of the page.

use crate::Outcome;
use crate::page::{Page, eventually};
use crate::visit::Visit;
use anyhow::ensure;
use serde_json::json;
use thirtyfour::prelude::*;

/// A mailbox file of so many copies that a server handed over again and again.
fn copies(count: usize) -> String {
    let copy = |nth: usize| {
        let (hour, minute, second) = (9 + nth / 3_600, nth / 60 % 60, nth % 60);
        format!(
            "From ann@example.com Mon Nov  2 09:00:00 2026\nReceived: from mail.example.com (mail.example.com [192.0.2.10])\n\tby mx.example.org (Postfix) with ESMTP id A1B2C3{nth:04X};\n\tMon, 2 Nov 2026 {hour:02}:{minute:02}:{second:02} +0000\nReceived: from pc.example.com (pc.example.com [192.0.2.100])\n\tby mail.example.com (Postfix) with ESMTP id 4F21D2A0C7;\n\tMon, 2 Nov 2026 08:59:02 +0000\nDate: Mon, 2 Nov 2026 08:59:00 +0000\nMessage-ID: <minutes.1@pc.example.com>\nFrom: ann@example.com\nTo: ben@example.org\nSubject: Minutes\n\n"
        )
    };
    (0..count).map(copy).collect()
}

/// The message of the row on which the keys act, once it is this one.
async fn active_is(page: &Page, message: usize) -> Outcome {
    let script = "const grid = document.querySelector('[data-testid=copy-window] table'); \
        return document.getElementById(grid.getAttribute('aria-activedescendant'))?.dataset.message ?? ''";
    eventually(&format!("the row of message {message}"), async || {
        let active: String = page.ask(script, vec![]).await?;
        Ok((active == message.to_string()).then_some(()).ok_or(active))
    })
    .await
}

/// Thirty rows are drawn, wherever the reader is; the keys go to the end and back, and Enter shows a copy's message.
pub async fn a_long_list_of_copies_scrolls_and_is_walked_by_the_keyboard(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.paste(&copies(600)).await?;
    page.part("copy-window").await?;
    ensure!(page.parts("copy-row").await?.len() == 30, "thirty rows are drawn");
    page.ask::<()>("document.querySelector('[data-testid=copy-window] table').focus()", vec![]).await?;
    page.press(Key::Down).await?;
    active_is(page, 2).await?;
    page.press(Key::End).await?;
    active_is(page, 600).await?;
    ensure!(page.parts("copy-row").await?.len() == 30, "thirty rows are drawn at the end");
    page.press(Key::PageUp).await?;
    active_is(page, 588).await?;
    page.press(Key::Enter).await?;
    let script =
        "return document.querySelector('[data-testid=copy-row][aria-current=true]')?.dataset.message ?? ''";
    eventually("message 588 to be shown", async || {
        let shown: String = page.ask(script, vec![]).await?;
        Ok((shown == "588").then_some(()).ok_or(shown))
    })
    .await
}

/// On paper all copies stand in the list, the drawings keep their marks, and what can only be pressed is gone.
pub async fn paper_shows_every_copy_and_nothing_to_press(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.paste(&copies(40)).await?;
    page.part("copy-window").await?;
    let media = async |media: &str| {
        page.driver.cdp().send_raw("Emulation.setEmulatedMedia", json!({"media": media})).await.map(drop)
    };
    media("print").await?;
    page.ask::<()>("window.dispatchEvent(new Event('beforeprint'))", vec![]).await?;
    eventually("forty rows", async || {
        let rows = page.parts("copy-row").await?.len();
        Ok((rows == 40).then_some(()).ok_or(rows.to_string()))
    })
    .await?;
    let script = "return [...document.querySelectorAll(arguments[0])].filter(one => one.getClientRects().length > 0).length";
    for (selector, is_on_paper) in [
        ("[data-testid=arrival] :is(.bar, .first)", true),
        ("[data-testid=fork] .station", true),
        ("[data-testid=hop]", true),
        ("[data-testid=summary]", true),
        ("header.bar", false),
        (".button", false),
        ("[data-testid=compare]", false),
    ] {
        let shown: usize = page.ask(script, vec![json!(selector)]).await?;
        ensure!((shown > 0) == is_on_paper, "{shown} of {selector} are on paper");
    }
    media("").await?;
    Ok(())
}

/// A copy is taken by its box, and stands beside the first.
pub async fn two_copies_are_taken_and_compared(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.paste(&copies(5)).await?;
    page.part("side-by-side").await?;
    let script =
        "document.querySelector('[data-testid=copy-row][data-message=\"4\"] [data-testid=compare]').click()";
    page.ask::<()>(script, vec![]).await?;
    eventually("message 4 beside message 1", async || {
        let script =
            "return [...document.querySelectorAll('[data-testid=compared]')].map((box) => box.value)";
        let compared: Vec<String> = page.ask(script, vec![]).await?;
        Ok((compared == ["1", "4"]).then_some(()).ok_or(format!("{compared:?}")))
    })
    .await?;
    let sides = page.part("sides").await?.text().await?;
    ensure!(sides.contains("They part here") && sides.contains("A1B2C30003"), "{sides}");
    Ok(())
}

/// The drawing has the way in common once, and a way on it is chosen like a hop.
pub async fn the_fork_of_two_copies_is_drawn_and_a_hop_of_it_is_chosen(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.paste(&copies(2)).await?;
    page.part("fork").await?;
    let script = "return [...document.querySelectorAll('[data-testid=fork] .pill-figure')].map((one) => one.textContent)";
    let pills: Vec<String> = page.ask(script, vec![]).await?;
    ensure!(pills == ["A1", "A2", "B2"], "{pills:?}");
    let press = "const way = [...document.querySelectorAll('[data-testid=fork] [data-testid=pill]')][arguments[0]]; \
        way.dispatchEvent(new MouseEvent('click', {bubbles: true}))";
    page.ask::<()>(press, vec![json!(2)]).await?;
    eventually("lit lines of message 2", async || {
        let lit = page.lit_lines().await?;
        Ok((lit == [15, 16, 17]).then_some(()).ok_or(format!("{lit:?}")))
    })
    .await
}
