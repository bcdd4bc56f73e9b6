//! What is saved as a file: comma-separated values, drawings, and the HTML report. Whatever a mail says, each is well-formed and holds no
//! markup, no formula and no link of the mail.

mod common;

use std::fs;

use common::markup::{elements, rows};
use common::{assert_snapshot, files, project, report_on};
use hopscope::report::diagram::{Space, draw};
use hopscope::report::{Report, csv, html, markdown, source, svg, ticket};
use hopscope::{Input, Options, analyze};

fn html_of(report: &Report, text: &[u8]) -> String {
    let lines = |place| (place, source::lines_of(report, place, text));
    html::write(report, &html::shown(report).into_iter().map(lines).collect::<Vec<_>>())
}

fn svg_of(report: &Report) -> String {
    svg::write(&draw(&report.messages[0], Space::Wide).expect("a route"), &report.verdict.headline)
}

fn sample(name: &str) -> Vec<u8> {
    fs::read(project("www/samples").join(name).with_extension("eml")).unwrap()
}

/// The text without what stands between two marks.
fn without(text: &str, start: &str, end: &str) -> String {
    let mut parts = text.split(start);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + part.split_once(end).map_or("", |(_, behind)| behind))
}

#[test]
fn the_files_on_a_sample_read_as_reviewed() {
    let mail = sample("forwarding-loop");
    let report = report_on(&mail);
    assert_snapshot("forwarding-loop.csv", &csv::write(&report));
    assert_snapshot("forwarding-loop-ticket.md", &ticket::markdown(&report));
    let html = without(&html_of(&report, &mail), "<style>", "</style>\n");
    assert_snapshot("forwarding-loop.html", &without(&html, "<svg", "</svg>\n"));
}

/// What could break out of a format.
const HOSTILE: [&str; 14] = [
    "=HYPERLINK(\"http://x.example.com\",\"a\")",
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\" =1",
    "a|b|c",
    "`code` ``more``",
    "</style><script>alert(1)</script>",
    "</pre></svg><img src=x onerror=alert(1)>",
    "\"><a href=\"http://x.example.com\">x</a>",
    "]]><!--x--><![CDATA[",
    "nul\0esc\u{1b}[31m\u{7f}\u{9b}\u{fffe}",
    "exe.\u{202e}fdp\u{2066}\u{200f}",
    "&lt;b&gt; &#60; %3Cb%3E",
];

/// A mail with a hostile value wherever a value can stand.
fn hostile(value: &str) -> String {
    format!(
        "Return-Path: <{value}>\r\nDelivered-To: {value}\r\nDelivered-To: {value}\r\n\
         Received: from {value} ({value} [192.0.2.7]) by {value} ({value}) with {value} id {value} for <{value}>; {value}\r\n\
         Received: from a.example.org (HELO {value}) by mx.example.com with ESMTP id {value} for <b@example.com>; Mon, 2 Nov 2026 09:00:09 +0100\r\n\
         Received: from {value}.example.net by a.example.org; Mon, 2 Nov 2026 09:00:00 +0100\r\n\
         From: {value} <ann@example.org>\r\nTo: {value}\r\nSubject: {value}\r\nMessage-ID: <{value}>\r\nDate: {value}\r\n\r\nbody\r\n"
    )
}

fn hostile_reports() -> Vec<(Vec<u8>, Report)> {
    let long = "x".repeat(100_000);
    let texts =
        HOSTILE.iter().map(|value| hostile(value)).chain([hostile(&long), hostile("\u{e4}\u{1f600}")]);
    let mut texts: Vec<Vec<u8>> = texts.map(String::into_bytes).collect();
    // Half of a surrogate pair, as some programs write it, and bytes of another encoding.
    texts.push(
        hostile("LONE")
            .replace("LONE", "\u{1}")
            .into_bytes()
            .split(|byte| *byte == 1)
            .collect::<Vec<_>>()
            .join(&b"\xed\xa0\x80\xff"[..]),
    );
    texts
        .into_iter()
        .map(|text| {
            let inputs = [Input { name: Some("=cmd|' /C calc'!A0<b>.eml"), bytes: &text }];
            let report = analyze(&inputs, &Options::default());
            assert!(!report.messages[0].hops.is_empty());
            (text, report)
        })
        .collect()
}

#[test]
fn no_cell_is_a_formula_and_every_row_is_whole() {
    for (_, report) in hostile_reports() {
        let rows = rows(&csv::write(&report)).unwrap();
        assert_eq!(rows[0], csv::COLUMNS);
        assert_eq!(rows.len(), 1 + report.messages.iter().map(|message| message.hops.len()).sum::<usize>());
        for row in &rows {
            assert_eq!(row.len(), csv::COLUMNS.len(), "{row:?}");
            for (cell, column) in row.iter().zip(csv::COLUMNS) {
                let start = cell.trim_start_matches([' ', '"']);
                let is_number = column.ends_with("_seconds") && cell.parse::<i64>().is_ok();
                assert!(is_number || !start.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
            }
        }
    }
}

/// Whether an attribute could lead somewhere or run something.
fn is_dangerous(name: &str) -> bool {
    name.starts_with("on") || ["href", "xlink:href", "src", "style", "action", "srcdoc"].contains(&name)
}

fn assert_is_harmless(text: &str, allowed: &[&str]) {
    let elements = elements(text)
        .unwrap_or_else(|error| panic!("{error} in\n{}", text.chars().take(20_000).collect::<String>()));
    for (name, attributes) in elements {
        assert!(allowed.contains(&name.as_str()), "<{name}>");
        for (attribute, value) in attributes {
            assert!(!is_dangerous(&attribute), "<{name} {attribute}={value}>");
        }
    }
    let bidi = ['\u{202e}', '\u{2066}', '\u{200f}'];
    assert!(!text.contains(bidi), "a mark that turns the text");
}

const SVG: [&str; 9] = ["svg", "title", "desc", "style", "g", "rect", "path", "circle", "text"];

#[test]
fn a_drawing_is_well_formed_and_holds_nothing_that_runs_or_leads_away() {
    for (_, report) in hostile_reports() {
        assert_is_harmless(&svg_of(&report), &SVG);
    }
    for path in files("www/samples", ".eml") {
        let svg = svg_of(&report_on(fs::read(path).unwrap()));
        assert_is_harmless(&svg, &SVG);
        assert!(svg.contains("prefers-color-scheme:dark") && svg.contains("xml:lang=\"en\""));
        assert!(!svg.contains("var("), "drawing programs do not know custom properties");
    }
}

#[test]
fn every_class_of_a_drawing_has_a_style_in_the_file() {
    let mut count = 0;
    for path in files("www/samples", ".eml") {
        let svg = svg_of(&report_on(fs::read(path).unwrap()));
        for (_, attributes) in elements(&svg).unwrap() {
            for (_, classes) in attributes.into_iter().filter(|(name, _)| name == "class") {
                let first = classes.split(' ').next().unwrap().to_owned();
                let is_styled =
                    [" {", "{", ",", " .", "."].iter().any(|end| svg.contains(&format!(".{first}{end}")));
                assert!(is_styled || ["diagram", "pill", "ruler-text"].contains(&first.as_str()), "{first}");
                count += 1;
            }
        }
    }
    assert!(count > 100);
}

const HTML: [&str; 37] = [
    "html", "head", "meta", "title", "style", "body", "main", "footer", "section", "article", "h1", "h2",
    "h3", "p", "b", "bdi", "span", "code", "pre", "ul", "ol", "li", "dl", "dt", "dd", "div", "table",
    "thead", "tbody", "tr", "th", "td", "svg", "desc", "g", "rect", "path",
];

#[test]
fn an_html_report_is_well_formed_and_holds_nothing_that_runs_or_leads_away() {
    let allowed = [&HTML[..], &SVG[..]].concat();
    for (text, report) in hostile_reports() {
        assert_is_harmless(&html_of(&report, &text), &allowed);
    }
    let folders = ["tests/fixtures/findings", "tests/fixtures/bounces", "www/samples"];
    for path in folders.iter().flat_map(|folder| files(folder, ".eml")) {
        let text = fs::read(&path).unwrap();
        let report = report_on(&text);
        let html = html_of(&report, &text);
        assert_is_harmless(&html, &allowed);
        for finding in report.findings.iter().take(5) {
            assert!(
                html.contains(&finding.title.replace('\'', "&#39;")),
                "{}: {}",
                path.display(),
                finding.id
            );
        }
    }
}

#[test]
fn an_html_report_may_load_nothing() {
    let mail = sample("ordinary");
    let html = html_of(&report_on(&mail), &mail);
    assert!(html.contains(
        "content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\""
    ));
    for mark in ["http:", "https:", "url(", "@import"] {
        assert!(!html.replace("http://www.w3.org/2000/svg", "").contains(mark), "{mark}");
    }
}

#[test]
fn an_html_report_shows_the_lines_that_prove_a_finding() {
    let mail = sample("forwarding-loop");
    let report = report_on(&mail);
    let html = html_of(&report, &mail);
    assert!(html.contains("<pre>Delivered-To: "), "{html}");
    assert_eq!(html.matches("<ol class=\"source\">").count(), report.messages.len());
}

#[test]
fn large_mailboxes_and_long_routes_make_files_of_sane_size_that_say_what_is_missing() {
    let hop = "Received: from a.example.org by b.example.com with ESMTP; Mon, 2 Nov 2026 09:00:00 +0100\n";
    let long = hop.repeat(5_000);
    let html = html_of(&report_on(&long), long.as_bytes());
    assert!(html.len() < 2_000_000, "{}", html.len());
    assert!(
        html.contains("And 4700 more hops, not in this file.")
            && html.contains("And 4500 more lines, not in this file.")
    );

    let pop3 = report_on("Received: by a.example.com with POP3\n".repeat(5_000));
    assert!(markdown::write(&pop3).contains("And 4990 more findings like these, not in this report."));

    let mailbox = format!("From a@example.org Mon Nov  2 09:00:00 2026\n{hop}Subject: Hello\n\nText\n\n")
        .repeat(10_000);
    let report = report_on(&mailbox);
    let html = html_of(&report, mailbox.as_bytes());
    assert!(html.len() < 2_000_000, "{}", html.len());
    assert!(html.contains("And 9980 more messages, not in this file."), "{}", html.len());
    let markdown = markdown::write(&report);
    assert!(markdown.len() < 1_000_000, "{}", markdown.len());
    assert!(markdown.contains("And 9980 more messages, not in this report."), "{}", markdown.len());
}

#[test]
fn markdown_holds_no_markup_and_no_link_of_a_mail() {
    for (_, report) in hostile_reports() {
        for text in [markdown::write(&report), ticket::markdown(&report)] {
            let mut written = String::new();
            let options = pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_GFM;
            for event in pulldown_cmark::Parser::new_ext(&text, options) {
                use pulldown_cmark::{Event, Tag};
                match event {
                    Event::Html(html) | Event::InlineHtml(html) => panic!("{html} in {text}"),
                    Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                        panic!("{dest_url} in {text}")
                    }
                    Event::Text(text) => written.push_str(&text),
                    _ => {}
                }
            }
            assert!(
                !written.contains("ann@example.org"),
                "GitHub makes a link of an address in plain text: {text}"
            );
        }
    }
}

#[test]
fn a_markdown_ticket_gives_the_route_as_a_list() {
    let report = report_on(sample("ordinary"));
    let ticket = ticket::markdown(&report);
    for hop in 1..=report.messages[0].hops.len() {
        assert!(ticket.contains(&format!("\n{hop}. ")), "{ticket}");
    }
    let long = "Received: by b.example.com; Mon, 2 Nov 2026 09:00:00 +0100\n".repeat(40);
    let ticket = ticket::markdown(&report_on(long));
    assert!(ticket.contains("\n28 more hops\n") && ticket.contains("\n40. "), "{ticket}");
}
