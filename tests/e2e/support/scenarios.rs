//! What must hold on every kind of the page: on a web server, and as one file from the disk.

pub use crate::copies::*;
pub use crate::exports::*;
pub use crate::findings::*;
pub use crate::headers::*;
pub use crate::keyboard::*;
pub use crate::opened_hop::*;
use crate::page::{Page, eventually};
pub use crate::redaction::*;
pub use crate::route_view::*;
pub use crate::settings::*;
use crate::visit::Visit;
use crate::{Outcome, mail};
use anyhow::{Context, ensure};
use serde_json::json;
use std::io::Write;
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;

/// From, by, protocol and delay of every hop, in the order of time.
pub async fn three_hops_become_three_rows_with_the_oldest_first(visit: &Visit) -> Outcome {
    visit.page.paste(mail::THREE_HOPS).await?;
    let rows = visit.page.rows_once_there_are(3).await?;
    let expected = [
        ("0", ["desk.example.org", "out.example.org", "ESMTPSA", ""]),
        ("1", ["out.example.org", "mx.example.net", "ESMTPS", "2 s"]),
        ("2", ["mx.example.net", "store.example.net", "LMTP", "1 min"]),
    ];
    for (row, (hop, words)) in rows.iter().zip(expected) {
        ensure!(row.hop == hop, "{row:?} is not hop {hop}");
        for word in words {
            ensure!(row.text.contains(word), "hop {hop} does not say {word:?}: {}", row.text);
        }
    }
    let status = visit.page.status_once(|status| status.contains("3 hops")).await?;
    ensure!(status.contains("1 message"), "{status:?}");
    let summary = visit.page.part("summary").await?.text().await?;
    ensure!(!summary.trim().is_empty(), "the summary is empty");
    Ok(())
}

/// Nothing is lost: what cannot be read is shown as it is.
pub async fn a_received_line_that_cannot_be_read_is_a_row_all_the_same(visit: &Visit) -> Outcome {
    visit.page.paste(mail::UNREADABLE_HOP).await?;
    visit.page.rows_once_there_are(2).await?;
    visit.page.press_in_row(1, "show-raw").await?;
    let raw = visit.page.part("raw").await?.text().await?;
    ensure!(raw.contains("the gateway was here %%%"), "{raw}");
    Ok(())
}

/// The raw text of a hop opens on demand, and its button says so to a screen reader.
pub async fn a_row_opens_to_show_the_field_as_it_was_pasted(visit: &Visit) -> Outcome {
    visit.page.paste(mail::THREE_HOPS).await?;
    visit.page.rows_once_there_are(3).await?;
    ensure!(visit.page.parts("raw").await?.is_empty(), "a raw field shows before anybody asked for it");
    visit.page.press_in_row(1, "show-raw").await?;
    let raw = visit.page.part("raw").await?.text().await?;
    ensure!(raw.contains("by mx.example.net (Postfix) with ESMTPS id 4Zk3gQ"), "{raw}");
    let button = By::Css("[data-hop='1'] [data-testid=show-raw]");
    let expanded = visit.page.driver.find(button).await?.attr("aria-expanded").await?;
    ensure!(expanded.as_deref() == Some("true"), "aria-expanded is {expanded:?}");
    Ok(())
}

/// One selection ties the table and the source together.
pub async fn choosing_a_hop_lights_exactly_its_lines(visit: &Visit) -> Outcome {
    visit.page.paste(mail::THREE_HOPS).await?;
    visit.page.rows_once_there_are(3).await?;
    for hop in [1, 0, 2] {
        visit.page.press_in_row(hop, "choose-hop").await?;
        only_this_hop_is_lit(&visit.page, hop).await?;
    }
    Ok(())
}

/// Replacing the text is all that it takes to see the next message.
pub async fn replacing_the_text_analyses_again(visit: &Visit) -> Outcome {
    visit.page.paste(mail::THREE_HOPS).await?;
    visit.page.rows_once_there_are(3).await?;
    visit.page.paste(mail::ONE_HOP).await?;
    let rows = visit.page.rows_once_there_are(1).await?;
    ensure!(rows[0].text.contains("relay.example.com"), "{}", rows[0].text);
    ensure!(visit.page.lit_lines().await?.is_empty(), "a line of the message before is still lit");
    Ok(())
}

/// Text that is typed counts as much as text that is pasted.
pub async fn typing_another_hop_analyses_again(visit: &Visit) -> Outcome {
    visit.page.paste(mail::ONE_HOP).await?;
    visit.page.rows_once_there_are(1).await?;
    let input = visit.page.show_input().await?;
    input.send_keys(Key::Control + Key::Home).await?;
    input.send_keys(mail::LATER_HOP).await?;
    let rows = visit.page.rows_once_there_are(2).await?;
    ensure!(rows[1].text.contains("archive.example.net"), "{}", rows[1].text);
    Ok(())
}

/// Somebody without a mail at hand can see at once what the page does.
pub async fn every_sample_opens_and_shows_a_hop(visit: &Visit) -> Outcome {
    let samples = visit.page.parts("sample").await?.len();
    ensure!(samples > 0, "there is no sample");
    for number in 0..samples {
        visit.page.show_input().await?;
        let sample =
            visit.page.parts("sample").await?.into_iter().nth(number).context("a sample went away")?;
        let name = sample.text().await?;
        sample.scroll_into_view().await?;
        sample.click().await?;
        eventually(&format!("a hop in the sample {name:?}"), async || {
            let rows = visit.page.rows().await?;
            Ok(if rows.is_empty() { Err("none".into()) } else { Ok(()) })
        })
        .await?;
        visit.page.driver.refresh().await?;
        visit.page.is_ready().await?;
    }
    Ok(())
}

/// A message that was saved as a file.
pub async fn opening_a_file_shows_its_hops(visit: &Visit) -> Outcome {
    let mut file = tempfile::Builder::new().suffix(".eml").tempfile()?;
    file.write_all(mail::THREE_HOPS.as_bytes())?;
    visit.page.part("open-file").await?.send_keys(file.path().to_string_lossy()).await?;
    visit.page.rows_once_there_are(3).await?;
    Ok(())
}

/// Several that were saved are opened together.
pub async fn opening_files_reads_all_of_them(visit: &Visit) -> Outcome {
    let mut paths = Vec::new();
    for text in [mail::THREE_HOPS, mail::ONE_HOP] {
        let mut file = tempfile::Builder::new().suffix(".eml").tempfile()?;
        file.write_all(text.as_bytes())?;
        paths.push(file.into_temp_path());
    }
    let names: Vec<_> = paths.iter().map(|path| path.to_string_lossy()).collect();
    visit.page.part("open-file").await?.send_keys(names.join("\n")).await?;
    visit.page.status_once(|status| status.starts_with("4 hops in 2 messages")).await?;
    Ok(())
}

/// Files that are dropped anywhere on the page are read together.
pub async fn dropping_files_reads_all_of_them(visit: &Visit) -> Outcome {
    let drop = "new DragEvent('drop', {bubbles: true, cancelable: true, dataTransfer: files})";
    hand_over_two_files(visit, drop).await
}

/// So are files that were copied in a file manager and are pasted.
pub async fn pasting_files_reads_all_of_them(visit: &Visit) -> Outcome {
    let paste = "new ClipboardEvent('paste', {bubbles: true, cancelable: true, clipboardData: files})";
    hand_over_two_files(visit, paste).await
}

async fn hand_over_two_files(visit: &Visit, event: &str) -> Outcome {
    let script = format!(
        "const files = new DataTransfer(); \
         [...arguments].forEach((text, nth) => files.items.add(new File([text], `mail-${{nth}}.eml`))); \
         document.querySelector('main').dispatchEvent({event})"
    );
    visit.page.ask::<()>(&script, vec![json!(mail::THREE_HOPS), json!(mail::ONE_HOP)]).await?;
    visit.page.status_once(|status| status.starts_with("4 hops in 2 messages")).await?;
    visit.page.rows_once_there_are(3).await?;
    Ok(())
}

/// A page cannot look into a folder; whoever drops one is told what to do instead.
pub async fn a_folder_gets_a_plain_word(visit: &Visit) -> Outcome {
    let folder = tempfile::tempdir()?;
    let cdp = visit.page.driver.cdp();
    let data = json!({"items": [], "files": [folder.path()], "dragOperationsMask": 1});
    for kind in ["dragEnter", "dragOver", "drop"] {
        let event = json!({"type": kind, "x": 300, "y": 300, "data": data});
        cdp.send_raw("Input.dispatchDragEvent", event).await?;
    }
    let notes = visit.page.part("input-notes").await?.text().await?;
    ensure!(notes.contains("A folder cannot be read; drop the mails in it."), "{notes}");
    Ok(())
}

/// Of a file, the page itself reads only the lines that it shows.
pub async fn the_lines_of_a_file_are_shown_and_lit(visit: &Visit) -> Outcome {
    let mut file = tempfile::Builder::new().suffix(".eml").tempfile()?;
    write!(file, "{}\nThe text of the mail.\n", mail::THREE_HOPS)?;
    visit.page.part("open-file").await?.send_keys(file.path().to_string_lossy()).await?;
    visit.page.rows_once_there_are(3).await?;
    visit.page.press_in_row(1, "choose-hop").await?;
    only_this_hop_is_lit(&visit.page, 1).await
}

/// What had to be set right is told in a sentence, and every entry behind it leads to its lines.
pub async fn a_quoted_header_says_what_was_set_right_and_leads_to_the_line(visit: &Visit) -> Outcome {
    let page = &visit.page;
    page.paste(&mail::quoted()).await?;
    page.rows_once_there_are(40).await?;
    let strip = page.part("show-repairs").await?;
    let sentence = strip.text().await?;
    ensure!(sentence.contains("uoting was taken off"), "{sentence}");
    ensure!(sentence.contains("1 line belongs to no field"), "{sentence}");
    strip.scroll_into_view().await?;
    strip.click().await?;
    let wanted = format!("Line {}", mail::STRAY_LINE);
    for entry in page.parts("repair").await? {
        if entry.text().await?.starts_with(&wanted) {
            entry.click().await?;
        }
    }
    eventually(&format!("{wanted} lit and in view"), async || {
        let lines = page.lit_lines().await?;
        let in_view = "const pane = document.querySelector('[data-testid=source]').getBoundingClientRect(); \
            const line = document.querySelector('[data-testid=source-line][data-lit]')?.getBoundingClientRect(); \
            return !!line && line.top >= pane.top && line.bottom <= pane.bottom";
        let in_view: bool = page.ask(in_view, vec![]).await?;
        let fits = lines == [mail::STRAY_LINE] && in_view;
        Ok(if fits { Ok(()) } else { Err(format!("lines {lines:?}, in view: {in_view}")) })
    })
    .await
}

/// Of a bounce, the message that came back is shown: its route is what counts. The bounce itself is one step away.
pub async fn a_bounce_opens_with_the_returned_message_and_turns_to_the_bounce_and_back(
    visit: &Visit,
) -> Outcome {
    let page = &visit.page;
    page.paste(&mail::bounce()).await?;
    let rows = page.rows_once_there_are(1).await?;
    ensure!(rows[0].text.contains("relay.example.com"), "{}", rows[0].text);
    let options = page.part("choose-message").await?.text().await?;
    ensure!(options.contains("1 of 2: bounce") && options.contains("2 of 2: returned message"), "{options}");

    page.part("show-parent").await?.click().await?;
    let way_on = page.part("show-original").await?;
    let said = page.part("recipient").await?.text().await?;
    for word in ["ben@example.net", "5.1.1", "no such user"] {
        ensure!(said.contains(word), "the bounce does not say {word:?}: {said}");
    }
    ensure!(
        page.rows_once_there_are(1).await?[0].text.contains("mail.example.com"),
        "not the bounce's route"
    );
    way_on.click().await?;
    eventually("the route of the returned message", async || {
        let text = page.rows().await?.first().map(|row| row.text.clone()).unwrap_or_default();
        Ok(if text.contains("relay.example.com") { Ok(()) } else { Err(text) })
    })
    .await
}

/// Who pasted goes on reading at the answer, not at the place where the text field was.
pub async fn the_answer_takes_the_focus_after_a_paste(visit: &Visit) -> Outcome {
    visit.page.paste(mail::THREE_HOPS).await?;
    visit.page.rows_once_there_are(3).await?;
    eventually("the focus on the answer", async || {
        let focused = visit.page.focused().await?;
        Ok(if focused == "summary" { Ok(()) } else { Err(focused) })
    })
    .await
}

/// A person who pasted the wrong thing is told so.
pub async fn text_that_is_no_mail_header_gets_a_plain_word_and_no_row(visit: &Visit) -> Outcome {
    visit.page.paste(mail::NO_MAIL).await?;
    let before = visit.page.status_once(|status| !status.trim().is_empty()).await?;
    let status = visit.page.status_once(|status| status.to_lowercase().contains("header")).await;
    status.with_context(|| format!("the status was first {before:?}"))?;
    ensure!(visit.page.rows().await?.is_empty(), "there is a row");
    Ok(())
}

/// Headers come from strangers; nothing in them may become a part of the page.
pub async fn markup_in_a_header_is_shown_and_never_runs(visit: &Visit) -> Outcome {
    visit.page.paste(mail::MARKUP).await?;
    visit.page.rows_once_there_are(1).await?;
    visit.page.press_in_row(0, "show-raw").await?;
    let raw = visit.page.part("raw").await?.text().await?;
    ensure!(raw.contains("<script>window.hopscopeWasTricked=1</script>"), "{raw}");
    let tricked: bool = visit.page.ask("return 'hopscopeWasTricked' in window", vec![]).await?;
    ensure!(!tricked, "a script in a header ran");
    let images: u32 =
        visit.page.ask("return document.querySelectorAll('img, [onload], [onerror]').length", vec![]).await?;
    ensure!(images == 0, "a header added {images} elements to the page");
    Ok(())
}

/// The page can do without a worker, at the price of standing still meanwhile; here it must not have to.
pub async fn the_analysis_runs_in_a_worker(visit: &Visit) -> Outcome {
    visit.page.paste(mail::THREE_HOPS).await?;
    visit.page.rows_once_there_are(3).await?;
    let answers = visit.page.answers_of_workers().await?;
    ensure!(
        answers >= 2,
        "a worker spoke {answers} times; it should have been ready, and then have sent a report"
    );
    Ok(())
}

/// The page answers while a megabyte that is made to cost time is analysed, and the result comes soon.
pub async fn a_hostile_megabyte_leaves_the_page_responsive(visit: &Visit) -> Outcome {
    stays_responsive(visit, &mail::hostile_megabyte()).await
}

/// So it does with a hundred thousand hops: most are drawn only when somebody turns to them.
pub async fn a_hundred_thousand_hops_leave_the_page_responsive(visit: &Visit) -> Outcome {
    stays_responsive(visit, &"Received:\n".repeat(100_000)).await
}

async fn stays_responsive(visit: &Visit, text: &str) -> Outcome {
    let watch = "window.longestPause = 0; let last = performance.now(); setInterval(() => { \
        const now = performance.now(); window.longestPause = Math.max(window.longestPause, now - last); last = now; }, 20)";
    let () = visit.page.driver.execute(watch, vec![]).await.map(drop)?;
    let start = Instant::now();
    visit.page.paste(text).await?;
    visit.page.status_once(|status| status.contains("hops")).await?;
    let took = start.elapsed();
    ensure!(took < Duration::from_secs(15), "the result took {took:?}");
    let pause: f64 = visit.page.ask("return window.longestPause", vec![]).await?;
    println!("result after {took:.1?}, longest pause {pause:.0} ms");
    ensure!(pause < 2_000.0, "the page did not answer for {pause} milliseconds");
    Ok(())
}

/// Long lists are drawn in parts; turning and choosing lead to every row and to its line.
pub async fn a_long_route_is_turned_in_parts(visit: &Visit) -> Outcome {
    let page = &visit.page;
    let hop = |nth| format!("Received: by mx{nth}.example.net; Mon, 02 Nov 2026 10:00:00 +0000\n");
    page.paste(&(0..600).map(hop).collect::<String>()).await?;
    page.rows_once_there_are(100).await?;
    page.driver
        .find(By::XPath("//section[@aria-labelledby='hops-title']//button[.='Later hops']"))
        .await?
        .click()
        .await?;
    eventually("the second part of the route", async || {
        let first = page.rows().await?.first().map(|row| row.hop.clone());
        Ok(if first.as_deref() == Some("100") { Ok(()) } else { Err(format!("{first:?}")) })
    })
    .await?;
    page.press_in_row(150, "choose-hop").await?;
    // The oldest hop stands in the last of the 600 lines.
    eventually("the line of the chosen hop", async || {
        let lines = page.lit_lines().await?;
        Ok(if lines == [450] { Ok(()) } else { Err(format!("{lines:?}")) })
    })
    .await
}

/// Everything that matters can be done without a mouse.
pub async fn the_keyboard_alone_reaches_the_input_and_chooses_a_hop(visit: &Visit) -> Outcome {
    let page = &visit.page;
    let name: String = page.accessible_name("input").await?;
    ensure!(name == "Mail headers", "a screen reader calls the text field {name:?}");
    page.ask::<()>("document.activeElement.blur()", vec![]).await?;
    page.tab_to("input").await?;
    page.driver.cdp().send_raw("Input.insertText", json!({"text": mail::THREE_HOPS})).await?;
    page.rows_once_there_are(3).await?;
    page.tab_to("choose-hop").await?;
    page.press(Key::Enter).await?;
    only_this_hop_is_lit(page, 0).await?;
    page.press(Key::Tab).await?;
    page.tab_to("choose-hop").await?;
    page.press(Key::Space).await?;
    only_this_hop_is_lit(page, 1).await
}

async fn only_this_hop_is_lit(page: &Page, hop: usize) -> Outcome {
    let [first, last] = mail::LINES_OF_THREE_HOPS[hop];
    let expected: Vec<u32> = (first..=last).collect();
    eventually(&format!("hop {hop} and lines {expected:?} lit"), async || {
        let lines = page.lit_lines().await?;
        let rows: Vec<_> = page.rows().await?.into_iter().filter(|row| row.lit).map(|row| row.hop).collect();
        let fits = lines == expected && rows == [hop.to_string()];
        Ok(if fits { Ok(()) } else { Err(format!("lines {lines:?}, hops {rows:?}")) })
    })
    .await
}
