//! The page on a web server, below a path that is not the root.

use anyhow::ensure;
use hopscope_e2e::page::eventually;
use hopscope_e2e::server::{self, Server};
use hopscope_e2e::{Outcome, mail, settings, try_on, visit};

try_on!(visit::hosted);

#[tokio::test]
async fn only_files_beside_the_page_are_asked_for_and_all_of_them_exist() -> Outcome {
    let visit = visit::hosted().await?;
    visit.page.paste(mail::ONE_HOP).await?;
    visit.page.rows_once_there_are(1).await?;
    let asked = visit.server.as_ref().map(Server::asked).unwrap_or_default();
    ensure!(
        asked.iter().any(|asked| asked.path.ends_with("_bg.wasm")),
        "the wasm was not asked for: {asked:?}"
    );
    for asked in &asked {
        ensure!(asked.path.starts_with(server::PATH) && asked.status < 400, "{asked:?}");
    }
    Ok(())
}

#[tokio::test]
async fn pasting_asks_the_network_for_nothing() -> Outcome {
    let visit = visit::hosted().await?;
    visit.page.paste(mail::ONE_HOP).await?;
    visit.page.rows_once_there_are(1).await?;
    let before = visit.server.as_ref().map(Server::asked);
    visit.requests().await?;

    visit.page.paste(mail::THREE_HOPS).await?;
    visit.page.rows_once_there_are(3).await?;
    visit.page.press_in_row(0, "choose-hop").await?;
    ensure!(visit.server.as_ref().map(Server::asked) == before, "the server was asked again");
    let requests = visit.requests().await?;
    ensure!(requests.is_empty(), "the page asked for {requests:?}");
    visit.console_is_quiet().await
}

/// A script in the page gets the same report as the page itself.
#[tokio::test]
async fn javascript_in_the_page_can_ask_for_a_report() -> Outcome {
    let visit = visit::hosted().await?;
    visit.page.is_ready().await?;
    let by = "return wasmBindings.analyze(arguments[0]).messages[0].hops.map((hop) => hop.by).join()";
    let by: String = visit.page.ask(by, vec![mail::THREE_HOPS.into()]).await?;
    ensure!(by == "out.example.org,mx.example.net,store.example.net", "{by}");
    Ok(())
}

/// Without this, the test above could pass because nobody looks.
#[tokio::test]
async fn a_request_that_is_made_on_purpose_is_seen() -> Outcome {
    let visit = visit::hosted().await?;
    visit.requests().await?;
    visit.page.driver.execute("fetch('./made-on-purpose').catch(() => {})", vec![]).await?;
    eventually("the request in the server's record", async || {
        let asked = visit.server.as_ref().map(Server::asked).unwrap_or_default();
        let seen = asked.iter().any(|asked| asked.path.ends_with("/made-on-purpose") && asked.status == 404);
        Ok(if seen { Ok(()) } else { Err(format!("{asked:?}")) })
    })
    .await?;
    let requests = visit.requests().await?;
    ensure!(requests.iter().any(|address| address.ends_with("/made-on-purpose")), "{requests:?}");
    Ok(())
}

/// The page, and a worker that it starts, can reach its own server and nobody else's.
#[tokio::test]
async fn the_policy_keeps_the_page_and_its_workers_from_other_servers() -> Outcome {
    let visit = visit::hosted().await?;
    let other = Server::start().await?;
    let outcome = visit.page.try_to_reach(&other.page()).await?;
    ensure!(outcome == ["page: blocked", "worker: blocked", "image: blocked"], "{outcome:?}");
    ensure!(other.asked().is_empty(), "another server was asked: {:?}", other.asked());
    ensure!(!visit.page.violations().await?.is_empty(), "the browser reported no breach of the policy");
    Ok(())
}

#[tokio::test]
async fn the_single_file_also_works_on_a_web_server() -> Outcome {
    let visit = visit::hosted_single_file().await?;
    visit.page.paste(mail::THREE_HOPS).await?;
    visit.page.rows_once_there_are(3).await?;
    let asked = visit.server.as_ref().map(Server::asked).unwrap_or_default();
    ensure!(asked.len() == 1, "more than the one file was asked for: {asked:?}");
    visit.console_is_quiet().await
}

#[tokio::test]
async fn defaults_of_a_help_desk_stand_in_the_page_itself() -> Outcome {
    let visit = visit::hosted_with_defaults(settings::DEFAULTS).await?;
    settings::defaults_in_the_page_count_below_what_the_reader_sets(&visit).await
}

#[tokio::test]
async fn defaults_that_cannot_be_read_are_told_in_the_settings() -> Outcome {
    let visit = visit::hosted_with_defaults(settings::WRONG_DEFAULTS).await?;
    settings::wrong_defaults_leave_the_page_working(&visit).await
}
