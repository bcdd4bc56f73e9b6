//! The page as one file, opened from the disk.

use anyhow::ensure;
use hopscope_e2e::server::Server;
use hopscope_e2e::{Outcome, mail, network, try_on, visit};

try_on! { visit::single_file =>
    three_hops_become_three_rows_with_the_oldest_first,
    a_received_line_that_cannot_be_read_is_a_row_all_the_same,
    a_row_opens_to_show_the_field_as_it_was_pasted,
    choosing_a_hop_lights_exactly_its_lines,
    replacing_the_text_analyses_again,
    typing_another_hop_analyses_again,
    every_sample_opens_and_shows_a_hop,
    opening_a_file_shows_its_hops,
    dropping_files_reads_all_of_them,
    the_answer_takes_the_focus_after_a_paste,
    text_that_is_no_mail_header_gets_a_plain_word_and_no_row,
    markup_in_a_header_is_shown_and_never_runs,
    the_analysis_runs_in_a_worker,
    a_hostile_megabyte_leaves_the_page_responsive,
    a_hundred_thousand_hops_leave_the_page_responsive,
    the_keyboard_alone_reaches_the_input_and_chooses_a_hop,
}

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
