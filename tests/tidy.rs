//! The house rules: which room may know which, what no file may call, how every file starts and how long it may be.

mod common;

use std::fs;

use common::{files, project};

/// Which rooms a room may import.
const ARROWS: [(&str, &[&str]); 18] = [
    ("text", &[]),
    ("input", &["text", "header", "mime", "bounce"]),
    ("header", &["text"]),
    ("mime", &["text", "header"]),
    // What servers say in words is a field's business: the same words tell whether a text is a report.
    ("bounce", &["text", "header", "mime", "fields"]),
    ("fields", &["text", "header"]),
    ("route", &["text", "fields"]),
    ("copies", &["text", "header", "fields", "route"]),
    ("case", &["text", "input", "header", "bounce", "fields", "route", "copies"]),
    ("finding", &["text"]),
    ("advice", &["finding"]),
    // The case, and the types that its facts are made of.
    (
        "rules",
        &["case", "finding", "advice", "text", "input", "header", "bounce", "fields", "route", "copies"],
    ),
    ("report", &["case", "finding", "rules", "text", "input", "header", "bounce", "route", "copies"]),
    // Text to text: it reads what the case is made of, and nobody below knows of it.
    ("redact", &["text", "input", "header", "mime", "bounce", "fields", "route"]),
    ("js_api", &["report", "redact"]),
    ("worker", &["report", "redact", "js_api"]),
    ("ui", &["report", "worker"]),
    // The façade and the program know the rooms they join.
    ("main", &["ui", "worker"]),
];

/// What only rooms that face the browser may name.
const BROWSER: [&str; 5] = ["yew", "web_sys", "gloo", "wasm_bindgen", "js_sys"];
const FACING_THE_BROWSER: [&str; 4] = ["ui", "worker", "js_api", "main"];

/// Ways of sending something out. None may stand anywhere in the sources.
const NETWORK: [&str; 12] = [
    "fetch(",
    "fetch_with",
    "Request::",
    "XmlHttpRequest",
    "XMLHttpRequest",
    "WebSocket",
    "EventSource",
    "send_beacon",
    "sendBeacon",
    "RtcPeerConnection",
    "RTCPeerConnection",
    "WebTransport",
];

struct File {
    room: String,
    name: String,
    text: String,
}

fn sources() -> Vec<File> {
    let root = project("src");
    let file = |path: std::path::PathBuf| {
        let name = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
        let room = name.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
        File { room, text: fs::read_to_string(&path).unwrap(), name }
    };
    files("src", ".rs").into_iter().map(file).collect()
}

/// The rooms that a source names, as `crate::room` or, in the program, `hopscope::room`.
fn rooms_named(text: &str) -> Vec<String> {
    let after = |prefix: &'static str| {
        text.match_indices(prefix).map(move |(at, _)| {
            let rest = &text[at + prefix.len()..];
            rest.chars()
                .take_while(|letter| letter.is_ascii_lowercase() || *letter == '_')
                .collect::<String>()
        })
    };
    after("crate::").chain(after("hopscope::")).filter(|room| !room.is_empty()).collect()
}

#[test]
fn rooms_know_only_the_rooms_below_them() {
    let rooms: Vec<&str> = ARROWS.iter().map(|(room, _)| *room).collect();
    for file in sources().iter().filter(|file| file.room != "lib") {
        assert!(!file.text.contains("crate::{"), "{}: name rooms one by one, as crate::room", file.name);
        let (_, may_know) = ARROWS
            .iter()
            .find(|(room, _)| *room == file.room)
            .unwrap_or_else(|| panic!("no arrows for {}", file.name));
        for named in rooms_named(&file.text).iter().filter(|named| rooms.contains(&named.as_str())) {
            assert!(
                *named == file.room || may_know.contains(&named.as_str()),
                "{} must not know {named}",
                file.name
            );
        }
    }
}

#[test]
fn rules_do_not_know_one_another() {
    let rules: Vec<File> =
        sources().into_iter().filter(|file| file.room == "rules" && file.name != "rules/mod.rs").collect();
    assert!(!rules.is_empty());
    for rule in &rules {
        for other in rules.iter().filter(|other| other.name != rule.name) {
            let stem = other.name.trim_start_matches("rules/").trim_end_matches(".rs");
            for way in ["super", "crate::rules"] {
                let name = format!("{way}::{stem}");
                let is_named = rule.text.match_indices(&name).any(|(at, _)| {
                    let after = rule.text[at + name.len()..].chars().next();
                    !after.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
                });
                assert!(!is_named, "{} names {stem}", rule.name);
            }
        }
    }
}

#[test]
fn only_what_faces_the_browser_names_it() {
    for file in sources().iter().filter(|file| !FACING_THE_BROWSER.contains(&file.room.as_str())) {
        for name in BROWSER {
            assert!(!file.text.contains(&format!("{name}::")), "{} names {name}", file.name);
        }
    }
}

#[test]
fn nothing_in_the_sources_can_send_anything_out() {
    for file in sources() {
        for call in NETWORK {
            assert!(!file.text.contains(call), "{} names {call}", file.name);
        }
    }
    let manifest = fs::read_to_string(project("Cargo.toml")).unwrap();
    for feature in [
        "\"Request",
        "\"Response",
        "\"Xml",
        "\"WebSocket",
        "\"EventSource",
        "\"Rtc",
        "\"Location",
        "\"net\"",
        "reqwest",
    ] {
        assert!(!manifest.contains(feature), "Cargo.toml switches on {feature}");
    }
}

#[test]
fn internal_types_cannot_be_written_out() {
    for file in
        sources().iter().filter(|file| !["report", "ui", "worker", "js_api"].contains(&file.room.as_str()))
    {
        assert!(!file.text.contains("Serialize"), "{} makes internal types serialisable", file.name);
    }
}

#[test]
fn every_file_says_first_what_it_is_responsible_for() {
    for folder in ["src", "tests", "examples", "xtask"] {
        for path in files(folder, ".rs") {
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.starts_with("//! "), "{}", path.display());
        }
    }
}

#[test]
fn no_file_is_longer_than_400_lines() {
    for folder in ["src", "tests", "examples", "xtask"] {
        for path in files(folder, ".rs") {
            let lines = fs::read_to_string(&path).unwrap().lines().count();
            assert!(lines <= 400, "{} has {lines} lines", path.display());
        }
    }
}

#[test]
fn colours_stand_in_the_tokens_only() {
    for path in files("www/css", ".css") {
        if path.ends_with("tokens.css") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for mark in ["#[0-9a-f]", "rgb(", "hsl(", "light-dark("] {
            let found = if mark.starts_with('#') { has_hex_colour(&text) } else { text.contains(mark) };
            assert!(!found, "{} names a colour of its own: {mark}", path.display());
        }
    }
}

fn has_hex_colour(text: &str) -> bool {
    text.match_indices('#').any(|(at, _)| {
        let digits = text[at + 1..].bytes().take_while(u8::is_ascii_hexdigit).count();
        digits == 3 || digits == 6 || digits == 8
    })
}

#[test]
fn fixtures_and_samples_use_names_and_addresses_kept_for_examples() {
    let mails =
        [files("tests/fixtures", ".eml"), files("www/samples", ".eml"), files("tests/fixtures", ".txt")];
    for path in mails.concat() {
        let bytes = fs::read(&path).unwrap();
        let text = String::from_utf8_lossy(&bytes).replace('\0', "");
        for domain in text
            .split(['@', '<', '>', ' ', '\t', '\n', '(', ')', ';', '='])
            .filter(|word| looks_like_a_domain(word))
        {
            let is_reserved = ["example.com", "example.net", "example.org"]
                .iter()
                // Some are broken inside a word.
                .any(|name| domain.to_lowercase().ends_with(name) || name.ends_with(domain));
            assert!(is_reserved || is_of_a_provider(domain), "{}: {domain}", path.display());
        }
    }
}

/// Whether it names a machine of a provider whose mail is told by its names alone: they appear in everybody's mail and are nobody's.
fn is_of_a_provider(name: &str) -> bool {
    let name = name.to_lowercase();
    [
        ".mimecast.com",
        ".outlook.office365.com",
        ".prod.outlook.com",
        ".protection.outlook.com",
        "mx.google.com",
    ]
    .iter()
    .any(|end| name.ends_with(end))
}

/// A word with a dot whose last label is one of the usual ends of real domains.
fn looks_like_a_domain(word: &str) -> bool {
    let end = word.rsplit('.').next().unwrap_or_default().to_lowercase();
    word.contains('.') && ["com", "net", "org", "de", "fr", "uk", "edu", "info", "io"].contains(&end.as_str())
}
