//! The page as one file, opened from the disk.

use anyhow::ensure;
use hopscope_e2e::server::Server;
use hopscope_e2e::{Outcome, mail, network, settings, try_on, visit};

try_on!(visit::single_file);

#[tokio::test]
async fn opening_and_using_it_asks_the_network_for_nothing() -> Outcome {
    let visit = visit::single_file().await?;
    visit.page.paste(mail::THREE_HOPS).await?;
    visit.page.rows_once_there_are(3).await?;
    visit.page.press_in_row(0, "choose-hop").await?;
    let requests = visit.requests().await?;
    let file = visit::single_file_address()?;
    ensure!(requests.contains(&file), "the browser's log does not even name the file: {requests:?}");
    let outside: Vec<_> = requests.iter().filter(|address| !network::is_local(address)).collect();
    ensure!(outside.is_empty(), "the page asked for {outside:?}");
    let files: Vec<_> =
        requests.iter().filter(|address| address.starts_with("file:") && **address != file).collect();
    ensure!(files.is_empty(), "the page asked for other files: {files:?}");
    visit.console_is_quiet().await
}

/// Without this, the test above could pass because nobody looks.
#[tokio::test]
async fn the_policy_keeps_the_page_and_its_workers_from_every_server() -> Outcome {
    let visit = visit::single_file().await?;
    let server = Server::start().await?;
    let outcome = visit.page.try_to_reach(&server.page()).await?;
    ensure!(outcome == ["page: blocked", "worker: blocked", "image: blocked"], "{outcome:?}");
    ensure!(server.asked().is_empty(), "a server was asked: {:?}", server.asked());
    ensure!(!visit.page.violations().await?.is_empty(), "the browser reported no breach of the policy");
    Ok(())
}

#[tokio::test]
async fn defaults_of_a_help_desk_stand_in_the_page_itself() -> Outcome {
    let visit = visit::single_file_with_defaults(settings::DEFAULTS).await?;
    settings::defaults_in_the_page_count_below_what_the_reader_sets(&visit).await
}

#[tokio::test]
async fn defaults_that_cannot_be_read_are_told_in_the_settings() -> Outcome {
    let visit = visit::single_file_with_defaults(settings::WRONG_DEFAULTS).await?;
    settings::wrong_defaults_leave_the_page_working(&visit).await
}
