//! Every view of the page, with data in it, keeps the rules of WCAG 2.2 that a program can check (axe-core), light and dark, wide and
//! narrow.

use anyhow::{Context, ensure};
use hopscope_e2e::views::VIEWS;
use hopscope_e2e::visit;
use hopscope_e2e::{Outcome, page::Page};
use serde::Deserialize;

/// All rules of WCAG 2.0 to 2.2 at levels A and AA, and what axe's authors hold for good practice.
const RUN: &str = "const done = arguments[0]; axe.run(document, {\
    resultTypes: ['violations'], \
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], \
    rules: {'target-size': {enabled: true}}}).then((results) => done({\
    checked: results.passes.length, \
    violations: results.violations.map(({id, nodes}) => \
        `${id}: ${nodes.slice(0, 4).map((node) => `${node.target} (${node.any.concat(node.all).map((check) => check.message)})`).join('; ')}`)}))";

/// What axe found.
#[derive(Debug, Deserialize)]
struct Outcomes {
    /// So many rules had something to check, and nothing to say.
    checked: usize,
    violations: Vec<String>,
}

#[tokio::test]
async fn no_view_breaks_a_rule_in_light() -> Outcome {
    every_view(1440, "light").await
}

#[tokio::test]
async fn no_view_breaks_a_rule_in_dark() -> Outcome {
    every_view(1440, "dark").await
}

#[tokio::test]
async fn no_view_breaks_a_rule_in_a_narrow_window() -> Outcome {
    every_view(390, "light").await
}

#[tokio::test]
async fn no_view_breaks_a_rule_in_a_narrow_dark_window() -> Outcome {
    every_view(390, "dark").await
}

/// A window of 320 pixels is what is left of one of 1280 at 400 % (WCAG 1.4.10). Tables may scroll, the page may not.
#[tokio::test]
async fn no_view_scrolls_sideways_at_400_percent() -> Outcome {
    for view in VIEWS {
        let visit = visit::hosted().await?;
        visit.page.emulate(320, "light").await?;
        view.open(&visit).await.with_context(|| format!("the view {view:?}"))?;
        let widest = "const wide = [...document.querySelectorAll('main *')].filter((part) => \
            part.getBoundingClientRect().right > 321 && !part.parentElement.closest('.scroll, pre, [role=region]')); \
            return [document.documentElement.scrollWidth, wide.slice(0, 3).map((part) => part.outerHTML.slice(0, 120)).join(' ')]";
        let (width, parts): (u32, String) = visit.page.ask(widest, vec![]).await?;
        ensure!(width <= 320, "{view:?} is {width} pixels wide: {parts}");
    }
    Ok(())
}

/// Without this, the tests above could pass because nobody looks.
#[tokio::test]
async fn a_breach_that_is_made_on_purpose_is_seen() -> Outcome {
    let visit = visit::hosted().await?;
    let breach = "document.querySelector('h1').insertAdjacentHTML('beforeend', '<button></button>')";
    visit.page.ask::<()>(breach, vec![]).await?;
    let outcomes = check(&visit.page).await?;
    ensure!(outcomes.violations.iter().any(|found| found.starts_with("button-name")), "{outcomes:?}");
    Ok(())
}

async fn every_view(width: u32, scheme: &str) -> Outcome {
    let mut breaches = Vec::new();
    for view in VIEWS {
        let visit = visit::hosted().await?;
        visit.page.emulate(width, scheme).await?;
        view.open(&visit).await.with_context(|| format!("the view {view:?}"))?;
        let found = check(&visit.page).await?;
        for breach in &found.violations {
            println!("  {breach}");
        }
        println!(
            "{view:?}, {width} px, {scheme}: {} rules kept, {} broken",
            found.checked,
            found.violations.len()
        );
        breaches.extend(found.violations.into_iter().map(|breach| format!("{view:?}: {breach}")));
    }
    ensure!(breaches.is_empty(), "{}", breaches.join("\n"));
    Ok(())
}

async fn check(page: &Page) -> Outcome<Outcomes> {
    let path = std::env::var_os("AXE").context("AXE does not name axe.min.js; `cargo xtask test` does it")?;
    page.ask::<()>(&std::fs::read_to_string(path)?, vec![]).await?;
    let outcomes: Outcomes = page.driver.execute_async(RUN, vec![]).await?.convert()?;
    ensure!(outcomes.checked > 5, "axe had nothing to check: {outcomes:?}");
    Ok(outcomes)
}
