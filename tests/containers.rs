//! Files that are no plain text: what is read out of them, and what their owner is told.

mod common;

use std::time::{Duration, Instant};

use common::outlook::{Mail, Texts, document, mail, streams_shared, utf16};
use common::report_on;
use hopscope::input::{Extent, LONGEST, open};
use hopscope::report::Report;
use hopscope::{Input, Options, analyze};

const HEADER: &str =
    "Received: from a.example.org by mx.example.com with ESMTP; Mon, 2 Nov 2026 09:00:00 +0100\r
From: =?utf-8?Q?Ann?= <ann@example.org>\r
Subject: Hello\r\n";

const ATTACHED: &str =
    "Received: from b.example.net by mx.example.org with ESMTP; Mon, 2 Nov 2026 08:00:00 +0100\r
Subject: Inside\r\n\r\n";

fn subjects(report: &Report) -> Vec<&str> {
    report.messages.iter().filter_map(|message| message.subject.as_deref()).collect()
}

fn repairs(report: &Report) -> Vec<&str> {
    report.messages[0].repairs.iter().map(|repair| repair.kind.as_str()).collect()
}

/// The text of the only input, which was opened.
fn opened(report: &Report) -> &str {
    report.inputs[0].text.as_deref().expect("the input was opened")
}

/// Messages and hops point at the text that was taken out.
fn assert_places_lie_in_the_opened_text(report: &Report) {
    for message in &report.messages {
        let [start, end] = message.origin.span;
        assert!(opened(report).get(start..end).is_some(), "{start}..{end}");
        for hop in &message.hops {
            assert_eq!(opened(report)[hop.span[0]..hop.span[1]], hop.raw);
        }
    }
}

#[test]
fn the_header_of_an_outlook_message_is_read() {
    let file = mail(HEADER, "Hello Ben\r\n").file();
    let report = report_on(&file);
    assert_eq!(subjects(&report), ["Hello"]);
    assert_eq!(report.messages[0].hops[0].by.as_deref(), Some("mx.example.com"));
    assert_eq!(report.inputs[0].bytes, file.len());
    assert_eq!(report.inputs[0].note, None);
    assert_eq!(opened(&report), format!("{HEADER}\r\nHello Ben\r\n"));
    assert_places_lie_in_the_opened_text(&report);
}

#[test]
fn messages_attached_to_an_outlook_message_are_read_to_a_depth_of_three() {
    let nested = (1..=4).rev().fold(None, |inner: Option<Mail>, level| {
        let outer = mail(&HEADER.replace("Hello", &format!("Level {level}")), "text");
        Some(inner.into_iter().fold(outer, Mail::with))
    });
    let report = report_on(mail(HEADER, "no line end").with(nested.unwrap()).with(mail(ATTACHED, "")).file());
    assert_eq!(subjects(&report), ["Hello", "Level 1", "Level 2", "Level 3", "Inside"]);
    assert!(opened(&report).contains("no line end\r\n\r\nReceived:"), "{}", opened(&report));
    assert_places_lie_in_the_opened_text(&report);
}

#[test]
fn a_draft_with_a_received_message_attached_gives_that_message() {
    let report = report_on(Mail { header: None, ..mail("", "see attached") }.with(mail(ATTACHED, "")).file());
    assert_eq!(subjects(&report), ["Inside"]);
}

#[test]
fn texts_in_a_code_page_are_read_as_that_code_page() {
    for (page, text, expected) in [
        (1252, &b"J\xfcrgen \x80"[..], "Jürgen €"),
        (1251, b"\xcf\xf0\xe8\xe2\xe5\xf2", "Привет"),
        (28592, b"\xa3\xf3d\xbc", "Łódź"),
        (20866, b"\xf0\xf2\xe9", "ПРИ"),
        (65001, "Jürgen".as_bytes(), "Jürgen"),
        (9, b"J\xfcrgen", "J\u{fffd}rgen"),
    ] {
        let header = Some([ATTACHED.as_bytes(), b"\0"].concat());
        let narrow =
            Mail { header, body: Some(text.to_vec()), texts: Texts::Narrow(page), ..Mail::default() };
        for file in [narrow.file(), mail(HEADER, "").with(narrow).file()] {
            let report = report_on(file);
            assert_eq!(report.messages.last().unwrap().subject.as_deref(), Some("Inside"), "{page}");
            assert!(
                opened(&report).ends_with(&format!("Inside\r\n\r\n{expected}")),
                "{page}: {}",
                opened(&report)
            );
        }
    }
}

#[test]
fn an_outlook_message_without_internet_header_says_so() {
    for header in [None, Some(Vec::new()), Some(b"\r\n \0".to_vec())] {
        let report =
            report_on(Mail { header, ..mail("", "From: the body\r\nSubject: is no header\r\n") }.file());
        assert!(report.messages.is_empty());
        assert!(
            report.verdict.headline.starts_with("This Outlook file holds no internet header"),
            "{}",
            report.verdict.headline
        );
    }
}

#[test]
fn of_many_attached_messages_the_first_are_read_and_that_is_said() {
    let attached = |count: usize| Mail { attached: vec![mail(ATTACHED, ""); count], ..mail(HEADER, "") };
    let whole = report_on(attached(255).file());
    assert_eq!((whole.messages.len(), whole.inputs[0].note.as_deref()), (256, None));
    let part = report_on(attached(300).file());
    assert_eq!(part.messages.len(), 256);
    assert_eq!(
        part.inputs[0].note.as_deref(),
        Some("Only the first of the messages that are attached in this text were read.")
    );
}

#[test]
fn utf16_is_read_with_and_without_a_mark_at_both_ends() {
    let text = format!("{HEADER}X-Name: J\u{fc}rgen \u{1f600}\r\n\r\nHello Ben\r\n");
    let swapped = |text: &str| utf16(text).chunks(2).flat_map(|pair| [pair[1], pair[0]]).collect::<Vec<u8>>();
    let marked = format!("\u{feff}{text}");
    for bytes in [utf16(&text), utf16(&marked), swapped(&text), swapped(&marked)] {
        let report = report_on(&bytes);
        assert_eq!(subjects(&report), ["Hello"]);
        assert_eq!(opened(&report), text);
        assert_eq!(repairs(&report), ["body"]);
        assert_places_lie_in_the_opened_text(&report);
    }
}

#[test]
fn half_a_letter_of_utf16_costs_only_itself() {
    let mut bytes = utf16(&format!("\u{feff}{HEADER}X: "));
    bytes.extend([0x00, 0xD8, b'y', 0, b'z']);
    let report = report_on(&bytes);
    assert_eq!(subjects(&report), ["Hello"]);
    assert_eq!(opened(&report), format!("{HEADER}X: \u{fffd}y\u{fffd}"));
}

#[test]
fn a_text_with_few_zero_bytes_is_no_utf16() {
    for text in [&b"\0\0\0\0\0\0\0\0\0\0"[..], b"a\0b\0", b"Subject: a\0b\0c\0d\0e\0f\0g\0h\0"] {
        assert_eq!(report_on(text).inputs[0].text, None, "{text:?}");
    }
}

#[test]
fn files_that_hold_no_mail_are_named_with_a_way_on() {
    let behind = |start: &[u8]| [start, b"\r\n", HEADER.as_bytes()].concat();
    for (file, word) in [
        (behind(b"PK\x03\x04"), "ZIP"),
        (behind(b"PK\x05\x06"), "ZIP"),
        (behind(b"\x1F\x8B\x08"), "gzip"),
        (behind(b"7z\xBC\xAF\x27\x1C"), "7-Zip"),
        (behind(b"Rar!\x1A\x07\x01\x00"), "RAR"),
        (behind(b"%PDF-1.7"), "PDF"),
        (behind(b"\x89PNG\r\n\x1A\n"), "picture"),
        (behind(b"\xFF\xD8\xFF\xE0"), "picture"),
        (behind(b"GIF89a"), "picture"),
        (behind(b"RIFF....WEBPVP8 "), "picture"),
        (behind(b"\0\0\0\x18ftypheic"), "picture"),
        (behind(b"{\\rtf1\\ansi"), "RTF"),
        (behind(b"!BDN"), "PST"),
        (behind(b"\x78\x9F\x3E\x22"), "winmail.dat"),
        (document(), "Office"),
        (behind(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "damaged"),
    ] {
        let report = report_on(&file);
        let input = &report.inputs[0];
        assert!(report.messages.is_empty(), "{word}");
        assert!(report.verdict.headline.contains(word), "{}", report.verdict.headline);
        assert_eq!(input.note.as_ref(), Some(&report.verdict.headline));
        assert_eq!((input.bytes, input.lines, input.text.as_deref()), (file.len(), 0, None), "{word}");
    }
}

#[test]
fn a_mail_that_speaks_of_a_magic_word_is_a_mail() {
    for text in [
        HEADER.to_owned(),
        format!("{HEADER}\r\n%PDF-1.7 PK\x03\x04 {{\\rtf"),
        "PK-Received: by mx.example.com\nSubject: x\n".to_owned(),
        "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n".to_owned(),
    ] {
        assert_eq!(report_on(&text).inputs[0].note, None, "{text}");
    }
}

#[test]
fn a_foreign_file_beside_a_mail_is_counted_and_noted() {
    let inputs = [
        Input { name: Some("a.eml"), bytes: HEADER.as_bytes() },
        Input { name: Some("a.pdf"), bytes: b"%PDF-1.7 ..." },
    ];
    let report = analyze(&inputs, &Options::default());
    assert_eq!(subjects(&report), ["Hello"]);
    assert!(
        report.verdict.headline.ends_with("One of the texts holds no mail header."),
        "{}",
        report.verdict.headline
    );
    assert!(report.inputs[1].note.as_deref().is_some_and(|note| note.starts_with("This is a PDF")));
}

#[test]
fn the_mail_is_cut_out_of_a_file_of_apple_mail() {
    let text = format!("{HEADER}\r\nHello Ben\r\n");
    let list = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict/></plist>\n";
    let file = format!("{:<10}\n{text}{list}", text.len());
    let start = file.find("Received").unwrap();
    let report = report_on(&file);
    let message = &report.messages[0];
    assert_eq!(subjects(&report), ["Hello"]);
    assert_eq!(message.origin.span, [start, start + text.len()]);
    assert_eq!(repairs(&report), ["body"]);
    assert_eq!(report.inputs[0].text, None, "the places are those of the file itself");
}

#[test]
fn a_number_above_a_mail_makes_no_file_of_apple_mail() {
    for first in ["5", "99999999999999999999999", "4000000000", "twelve", "-3"] {
        let report = report_on(format!("{first}\n{HEADER}"));
        assert_eq!(subjects(&report), ["Hello"], "{first:?}");
    }
}

#[test]
fn of_more_than_100_mb_the_first_100_mb_are_read_and_that_is_said() {
    let line = format!("{}\r\n", "a".repeat(1 << 20));
    let mut text = format!("{HEADER}\r\n").into_bytes();
    while text.len() <= LONGEST {
        text.extend(line.as_bytes());
    }
    let name = Some("big.eml");
    let report = analyze(&[Input { name, bytes: &text }], &Options::default());
    assert_eq!(subjects(&report), ["Hello"]);
    assert_eq!(report.inputs[0].bytes, text.len());
    assert_eq!(report.inputs[0].note.as_deref(), Some("Only the first 100 MB of big.eml were read."));
    let end = report.messages[0].origin.span[1];
    assert!(end <= LONGEST && end > LONGEST - 2 * line.len(), "{end}");
    text.truncate(LONGEST);
    assert_eq!(open(&text).extent, Extent::Whole);
}

/// A message with everything that a compound file has: streams long and short, storages in storages.
fn rich() -> Vec<u8> {
    let long = format!("X-Long: {}\r\n", "long ".repeat(400));
    let inner = mail(ATTACHED, &"long ".repeat(420)).with(mail(ATTACHED, ""));
    mail(&format!("{HEADER}{long}"), "Hello").with(inner).file()
}

/// Where the header of a compound file names a sector ([MS-CFB] section 2.2).
fn sector_named_at(file: &[u8], offset: usize) -> usize {
    let number = u32::from_le_bytes(file[offset..offset + 4].try_into().unwrap());
    (number as usize + 1) * 512
}

/// Reads the file; whatever comes of it, what it says must hold.
fn assert_bears(file: &[u8]) {
    let report = report_on(file);
    match &report.inputs[0].text {
        Some(_) => assert_places_lie_in_the_opened_text(&report),
        None => assert!(report.inputs[0].note.is_some()),
    }
}

#[test]
fn chains_of_sectors_may_lead_anywhere() {
    let file = rich();
    assert_eq!(report_on(&file).messages.len(), 3);
    // The first sector of the allocation table, and that of the table of small sectors.
    for table in [76, 60] {
        let start = sector_named_at(&file, table);
        for entry in 0..32_usize {
            for target in (0..40_u32).chain([1 << 20, 0xFFFF_FFFA, 0xFFFF_FFFE, 0xFFFF_FFFF]) {
                let mut file = file.clone();
                file[start + entry * 4..][..4].copy_from_slice(&target.to_le_bytes());
                assert_bears(&file);
            }
        }
    }
}

#[test]
fn the_tree_of_storages_may_be_a_knot_and_sizes_may_be_lies() {
    let file = rich();
    let directory = sector_named_at(&file, 48);
    // The first four entries stand in the first sector. Their siblings, child, first sector and both halves of their length.
    for (entry, field) in (0..4).flat_map(|entry| [68, 72, 76, 116, 120, 124].map(|field| (entry, field))) {
        for target in (0..40_u32).chain([4096, 1 << 20, 1 << 31, 0xFFFF_FFF0, 0xFFFF_FFFF]) {
            let mut file = file.clone();
            file[directory + entry * 128 + field..][..4].copy_from_slice(&target.to_le_bytes());
            assert_bears(&file);
        }
    }
}

#[test]
fn a_file_may_end_anywhere() {
    let file = rich();
    for end in (0..file.len()).step_by(512).chain([7, 8, 9, 511, 513, file.len() - 1]) {
        let report = report_on(&file[..end]);
        assert!(end < 8 || report.inputs[0].text.is_some() || report.inputs[0].note.is_some(), "{end}");
    }
}

#[test]
fn bytes_may_be_wrong_anywhere() {
    let file = rich();
    let mut state = 2026_u64;
    let mut next = |below: usize| {
        // The constants are Knuth's for MMIX.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for _ in 0..3000 {
        let mut file = file.clone();
        for _ in 0..=next(8) {
            // Every other one in the tables, which are a small part of the file.
            let place = if next(2) == 0 { next(file.len()) } else { next(2048) };
            if place >= 8 {
                file[place] = [0, 1, 0xFF, 0x7F, next(256) as u8][next(5)];
            }
        }
        assert_bears(&file);
    }
}

#[test]
fn streams_that_share_their_bytes_give_no_more_than_the_file_holds() {
    let body = "long ".repeat(100_000);
    let many = Mail { attached: vec![mail(ATTACHED, "short"); 250], ..mail(HEADER, &body) };
    let mut file = many.file();
    assert_eq!(streams_shared(&mut file, "__substg1.0_1000001F"), 250);
    let report = report_on(&file);
    assert_eq!(report.messages.len(), 251);
    assert!(opened(&report).len() < file.len(), "{} of {}", opened(&report).len(), file.len());
}

#[test]
fn forged_tables_cost_no_more_than_their_file() {
    let mut start = rich()[..512].to_vec();
    let ones = [&start[..], &[0xFF; 1 << 20]].concat();
    // The header and every sector list one sector of the table again and again, and then the next list.
    start.truncate(68);
    start.extend([0, 1].into_iter().chain([1; 109]).flat_map(u32::to_le_bytes));
    let nexts = (1..16_384_u32).chain([0xFFFF_FFFE]);
    let numbers = nexts.flat_map(|next| [1; 127].into_iter().chain([next]));
    let lists = start.into_iter().chain(numbers.flat_map(u32::to_le_bytes)).collect();
    for file in [ones, lists] {
        let before = Instant::now();
        let report = report_on(&file);
        assert!(report.verdict.headline.contains("damaged"), "{}", report.verdict.headline);
        assert!(before.elapsed() < Duration::from_millis(500), "{:?}", before.elapsed());
    }
}
