//! The route as the page shows it: what is said of each hop, the sides, machines and clocks.
#![cfg(all(feature = "page", not(target_arch = "wasm32")))]

mod common;

use common::page::render;
use common::report_on;
use hopscope::ui::state::Choice;
use hopscope::ui::window;

/// A header out of the values of its Received fields, the oldest first.
fn route(oldest_first: &[&str]) -> String {
    let lines: String = oldest_first.iter().rev().map(|value| format!("Received: {value}\n")).collect();
    format!("{lines}Subject: test\n")
}

/// The whole result, with all rows closed.
async fn page(text: &str) -> String {
    render(report_on(text), text, 0, None).await
}

/// The rows of each hop, the oldest first: all that stands in its part of the table.
async fn rows(oldest_first: &[&str]) -> Vec<String> {
    let html = page(&route(oldest_first)).await;
    let table =
        html.split(r#"data-testid="hops""#).nth(1).and_then(|rest| rest.split("</table>").next()).unwrap();
    let rows: Vec<String> = table.split("<tbody").skip(1).map(str::to_owned).collect();
    assert_eq!(rows.len(), oldest_first.len());
    rows
}

const FROM_OTHERS: &str = "from pc.example.org by out.example.org with ESMTP; Mon, 2 Nov 2026 10:00:00 +0000";
const TO_US: &str = "from out.example.org (out.example.org [192.0.2.7]) by mx.example.com with ESMTP; Mon, 2 Nov 2026 10:00:01 +0000";
const AMONG_US: &str = "from mx.example.com by store.example.com with LMTP; Mon, 2 Nov 2026 10:00:02 +0000";

#[tokio::test]
async fn a_route_on_which_nothing_is_odd_has_no_remarks() {
    let rows = rows(&[FROM_OTHERS, TO_US, AMONG_US]).await.concat();
    assert!(!rows.contains(r#"data-testid="remark""#), "{rows}");
}

#[tokio::test]
async fn a_warning_has_an_icon_and_a_word_and_a_plain_fact_has_neither() {
    let odd = rows(&["from a.example.org by b.example.org"]).await;
    assert!(
        odd[0].contains(r#"<span class="hidden">Warning: </span>No date stands at its end"#),
        "{}",
        odd[0]
    );
    assert!(odd[0].contains(r#"class="is-warning""#));
    let plain =
        rows(&["by a.example.org for ann@example.com, ben@example.com; Mon, 2 Nov 2026 10:00:00 +0000"])
            .await;
    assert!(
        plain[0].contains("The line names 2 recipients: ann@example.com, ben@example.com."),
        "{}",
        plain[0]
    );
    assert!(!plain[0].contains("Warning") && !plain[0].contains("is-warning"));
}

#[tokio::test]
async fn one_recipient_is_no_remark() {
    let rows = rows(&["by a.example.org for ann@example.com; Mon, 2 Nov 2026 10:00:00 +0000"]).await;
    assert!(!rows[0].contains("recipients"), "{}", rows[0]);
}

#[tokio::test]
async fn a_remark_stands_in_a_row_of_its_own_and_not_among_the_dates() {
    let rows = rows(&["from a.example.org by b.example.org"]).await;
    let (row, below) = rows[0].split_once("</tr>").unwrap();
    assert!(!row.contains("No date stands") && below.contains("No date stands"), "{}", rows[0]);
}

#[tokio::test]
async fn a_missing_line_is_a_warning() {
    let there = "from pc.example.org by out.example.org with ESMTP; Mon, 2 Nov 2026 10:00:00 +0000";
    let elsewhere = "from gate.example.net (gate.example.net [198.51.100.7]) by mx.example.com with ESMTP; Mon, 2 Nov 2026 10:00:01 +0000";
    let rows = rows(&[there, elsewhere]).await;
    assert!(
        rows[1].contains("Warning: </span>It came from gate.example.net, but hop 1 ended at out.example.org"),
        "{}",
        rows[1]
    );
}

#[tokio::test]
async fn a_line_divides_what_others_wrote_from_what_the_receiving_side_wrote() {
    let rows = rows(&[FROM_OTHERS, TO_US, AMONG_US]).await;
    let boundary = r#"data-testid="boundary""#;
    assert_eq!([0, 1, 2].map(|hop| rows[hop].contains(boundary)), [false, true, false]);
    assert!(rows[1].find(boundary) < rows[1].find(r#"data-testid="hop""#), "it stands above the row");
    assert!(rows[1].contains("From here on example.com wrote the lines itself."));
    assert_eq!([0, 1, 2].map(|hop| rows[hop].contains("is-of-others")), [true, false, false]);
}

#[tokio::test]
async fn where_one_side_wrote_all_lines_nothing_divides_them() {
    let rows = rows(&[
        AMONG_US,
        "from store.example.com by archive.example.com with LMTP; Mon, 2 Nov 2026 10:00:03 +0000",
    ])
    .await;
    assert!(rows.iter().all(|row| !row.contains("boundary") && !row.contains("is-of-others")), "{rows:?}");
}

const ON_ONE_MACHINE: [&str; 4] = [
    "from pc.example.com by mx.example.com with ESMTP; Mon, 2 Nov 2026 10:00:01 +0000",
    "from localhost (localhost [127.0.0.1]) by mx.example.com with ESMTP; Mon, 2 Nov 2026 10:00:02 +0000",
    "from localhost (localhost [127.0.0.1]) by mx.example.com with ESMTP; Mon, 2 Nov 2026 10:00:03 +0000",
    AMONG_US,
];

/// With the second hop chosen, which opens the row that it shares.
#[tokio::test]
async fn hops_on_one_machine_hang_on_a_rail() {
    let text = route(&ON_ONE_MACHINE);
    let html = render(report_on(text.as_str()), &text, 0, Some(Choice::Hop(0, 1))).await;
    let rows: Vec<&str> = html.split("<tbody").skip(1).filter(|row| row.contains("data-hop")).collect();
    for (row, rail) in rows.iter().zip(["rail-starts", "rail-goes-on", "rail-ends"]) {
        assert!(row.contains(rail), "{rail} is not in {row}");
    }
    assert_eq!(
        [0, 1, 2, 3].map(|hop| rows[hop].contains("Still on mx.example.com.")),
        [false, true, true, false]
    );
    assert!(!rows[3].contains("rail-"), "the store is another machine: {}", rows[3]);
}

#[tokio::test]
async fn hops_inside_one_machine_share_a_row_unless_one_of_them_has_to_be_seen() {
    let html = page(&route(&ON_ONE_MACHINE)).await;
    let row = html.split("<tbody").find(|row| row.contains(r#"data-testid="fold-row""#)).unwrap();
    assert!(row.contains(r#"aria-expanded="false""#), "{row}");
    assert!(row.contains("Hops 2, 3 · inside <bdi>mx.example.com</bdi> · 2 s"), "{row}");
    assert_eq!(html.matches(r#"data-testid="hop""#).count(), 2);

    let slow = ON_ONE_MACHINE.map(|line| line.replace("10:00:03", "10:04:03"));
    let html = page(&route(&slow.each_ref().map(String::as_str))).await;
    assert!(!html.contains(r#"data-testid="fold-row""#), "a wait inside the machine is hidden");
    assert_eq!(html.matches(r#"data-testid="hop""#).count(), 4);
}

#[tokio::test]
async fn the_hops_stand_in_the_order_of_the_header_until_the_reader_sorts_them() {
    let html = page(&route(&[FROM_OTHERS, TO_US, AMONG_US])).await;
    assert_eq!(html.matches("aria-sort=").count(), 1);
    let (_, head) = html.split_once(r#"aria-sort="ascending""#).unwrap();
    assert!(head.find(">Hop<") < head.find("</th>"), "{head}");
    for column in ["sort-hop", "sort-received", "sort-delay"] {
        assert!(html.contains(column), "{column}");
    }
    assert!(html.contains("oldest first") && !html.contains(r#"data-testid="sorted""#));
}

#[tokio::test]
async fn an_address_that_is_not_public_says_what_it_is_good_for() {
    let rows = rows(&[
        "from laptop ([192.168.1.23]) by out.example.org (10.0.0.7) with ESMTP; Mon, 2 Nov 2026 10:00:00 +0000",
        "from [127.0.0.1] by mx.example.org with ESMTP; Mon, 2 Nov 2026 10:00:00 +0000",
    ])
    .await;
    assert!(rows[0].contains("<bdi>192.168.1.23</bdi> · private address"), "{}", rows[0]);
    assert!(rows[0].contains("<bdi>10.0.0.7</bdi> · private address"), "{}", rows[0]);
    assert!(rows[1].contains("<small>this machine</small>"), "the name is the address: {}", rows[1]);
}

#[tokio::test]
async fn a_public_address_and_one_for_examples_stand_in_the_row_alone() {
    for address in ["8.8.8.8", "192.0.2.7"] {
        let rows = rows(&[&format!(
            "from a.example.org ([{address}]) by b.example.org; Mon, 2 Nov 2026 10:00:00 +0000"
        )])
        .await;
        assert!(rows[0].contains(&format!("<small><bdi>{address}</bdi></small>")), "{}", rows[0]);
    }
}

#[tokio::test]
async fn the_clients_other_names_stand_below_the_first_each_once() {
    let rows = rows(&[
        "from [192.0.2.7] (helo=pc) by a.example.org with esmtp (Exim 4.98); Mon, 2 Nov 2026 10:00:00 +0000",
        "from a.example.org (A.example.org [192.0.2.8]) by b.example.org; Mon, 2 Nov 2026 10:00:00 +0000",
    ])
    .await;
    assert!(rows[0].contains("<small><bdi>pc</bdi></small>"), "the address is the name: {}", rows[0]);
    assert!(rows[1].contains("<small><bdi>192.0.2.8</bdi></small>"), "only the case differs: {}", rows[1]);
}

#[tokio::test]
async fn a_machine_with_several_names_says_so_wherever_another_one_is_shown() {
    let first = "from pc.example.com by gw.example.com with ESMTP; Mon, 2 Nov 2026 10:00:00 +0000";
    let second =
        "from gw.example.com (out.example.com [192.0.2.7]) by mx.example.com; Mon, 2 Nov 2026 10:00:01 +0000";
    let rows = rows(&[first, second]).await;
    assert!(rows[0].contains(r#"<small class="also">also <bdi>out.<wbr"#), "{}", rows[0]);
    // There both names stand in the line.
    assert!(!rows[1].contains("also "), "{}", rows[1]);
}

#[tokio::test]
async fn a_machine_with_one_name_and_a_client_without_any_have_no_other_name() {
    let rows = rows(&[
        "from pc.example.com by mx.example.com with ESMTP; Mon, 2 Nov 2026 10:00:01 +0000",
        "from localhost (localhost [127.0.0.1]) by mx.example.com with ESMTP; Mon, 2 Nov 2026 10:00:02 +0000",
        "by mx.example.com (Postfix, from userid 1004); Mon, 2 Nov 2026 10:04:03 +0000",
    ])
    .await;
    assert!(rows.iter().all(|row| !row.contains("also ")), "{rows:?}");
}

/// Three machines; the clock of the second is an hour ahead.
fn route_with_a_clock_that_is_off() -> [&'static str; 4] {
    [
        "from pc.example.com by a.example.com; Mon, 2 Nov 2026 10:00:00 +0000",
        "from a.example.com by b.example.com; Mon, 2 Nov 2026 11:00:04 +0000",
        "from b.example.com by c.example.com; Mon, 2 Nov 2026 10:00:05 +0000",
        "from c.example.com by d.example.com; Mon, 2 Nov 2026 10:00:09 +0000",
    ]
}

#[tokio::test]
async fn the_delay_with_clocks_put_right_stands_before_the_one_by_the_dates() {
    let rows = rows(&route_with_a_clock_that_is_off()).await;
    let (delay, _) =
        rows[1].split_once(r#"data-testid="raw-delay""#).unwrap_or_else(|| panic!("{}", rows[1]));
    assert!(delay.contains(r#"<span class="delay">"#), "a minute that never passed is no wait: {delay}");
    assert!(rows[1].contains("by the dates </span><s>1 h</s>"), "{}", rows[1]);
    assert!(rows[1].contains("Warning: </span>The clock of b.example.com is"), "{}", rows[1]);
    assert!(rows[2].contains("<s>−59 min 59 s</s>") && !rows[2].contains("Warning"), "{}", rows[2]);
    assert!(rows[3].contains("4 s") && !rows[3].contains("<s>"), "{}", rows[3]);
}

#[tokio::test]
async fn a_date_before_that_of_the_hop_before_is_remarked_on_but_a_second_is_not() {
    let late = "from pc.example.com by a.example.com; Mon, 2 Nov 2026 10:00:30 +0000";
    let early = |second| format!("from a.example.com by b.example.com; Mon, 2 Nov 2026 10:00:{second} +0000");
    let far = rows(&[late, &early(10)]).await;
    assert!(far[1].contains("Warning: </span>Its date lies 20 seconds before that of hop 1"), "{}", far[1]);
    let near = rows(&[late, &early(29)]).await;
    assert!(near[1].contains("−1 s") && !near[1].contains("remark"), "{}", near[1]);
}

#[tokio::test]
async fn a_hop_after_one_without_a_date_says_since_when_its_delay_counts() {
    let rows = rows(&[
        "from pc.example.com by a.example.com; Mon, 2 Nov 2026 10:00:00 +0000",
        "from a.example.com by b.example.com",
        "from b.example.com by c.example.com; Mon, 2 Nov 2026 10:02:00 +0000",
        "from c.example.com by d.example.com; Mon, 2 Nov 2026 10:02:03 +0000",
    ])
    .await;
    assert!(rows[2].contains("<small>since hop 1</small>") && rows[2].contains("2 min"), "{}", rows[2]);
    assert!(!rows[3].contains("since hop"), "{}", rows[3]);
}

#[tokio::test]
async fn the_protocol_stands_as_it_is_written_and_its_cipher_behind_it() {
    let line = "from a.example.com by b.example.com with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 1.2.3; Mon, 2 Nov 2026 10:00:00 +0000";
    let rows = rows(&[line]).await;
    assert!(rows[0].contains("<bdi>Microsoft SMTP Server</bdi>"), "{}", rows[0]);
    assert!(rows[0].contains(r#"title="TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384""#), "{}", rows[0]);
}

#[tokio::test]
async fn names_that_run_from_right_to_left_are_kept_apart_from_their_surroundings() {
    let rows = rows(&["from \u{5d0}\u{5d1}.example.org by b.example.org"]).await;
    assert!(rows[0].contains("<bdi class=\"host\">\u{5d0}\u{5d1}.<wbr"), "{}", rows[0]);
}

#[tokio::test]
async fn of_ten_thousand_hops_on_one_machine_a_part_is_drawn() {
    let text = "Received: by a.example.com; Mon, 2 Nov 2026 10:00:00 +0000\n".repeat(10_000);
    let html = page(&text).await;
    assert_eq!(html.matches(r#"data-testid="hop""#).count(), 1);
    assert!(html.contains("Hops 2 to 10000 · inside "));
    let opened = render(report_on(text.as_str()), &text, 0, Some(Choice::Hop(0, 5000))).await;
    let shown = opened.matches(r#"data-testid="hop""#).count();
    assert!((window::ROWS - 1..=window::ROWS).contains(&shown), "{shown}");
}

/// The drawing is one stop for the tab key; from there the arrow keys go on.
#[tokio::test]
async fn of_the_drawing_one_mark_is_a_stop_for_the_tab_key() {
    let html = page(&route(&[FROM_OTHERS, TO_US, AMONG_US])).await;
    let marks: Vec<&str> = html.split(r#"role="button""#).skip(1).collect();
    assert_eq!(marks.len(), 3);
    let stops: Vec<bool> = marks.iter().map(|mark| mark.starts_with(r#" tabindex="0""#)).collect();
    assert_eq!(stops, [true, false, false]);
    assert!(marks[1].contains(r#"aria-label="Hop 2, 1 s""#), "{}", marks[1]);
}

#[tokio::test]
async fn a_clock_that_is_off_brings_a_button_and_a_right_one_does_not() {
    let off = page(&route(&route_with_a_clock_that_is_off())).await;
    assert!(off.contains(r#"aria-pressed="true" data-testid="clocks">Clocks corrected</button>"#));
    let right = page(&route(&[FROM_OTHERS, TO_US, AMONG_US])).await;
    assert!(!right.contains("Clocks corrected") && right.contains(">Linear</button>"));
}
