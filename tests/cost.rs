//! Cost grows in step with the length of the input, also on input that was made to hurt. A test file of its own, so that it runs
//! alone.

mod common;

use std::time::Duration;

use common::outlook::{Mail, mail, streams_shared, utf16};
use common::{report_on, shortest};

/// Inputs of a given length that have brought other parsers to a standstill.
fn hostile(length: usize) -> Vec<(&'static str, Vec<u8>)> {
    let texts = texts(length).into_iter().map(|(about, text)| (about, text.into_bytes()));
    let wrapped = wrapped(length).into_iter().map(|(about, text)| (about, text.into_bytes()));
    let routes = routes(length).into_iter().map(|(about, text)| (about, text.into_bytes()));
    let mailboxes = mailboxes(length).into_iter().map(|(about, text)| (about, text.into_bytes()));
    texts.chain(wrapped).chain(routes).chain(mailboxes).chain(files(length)).chain([bytes(length)]).collect()
}

/// Texts whose wrappings, gaps and inner messages have to be found.
fn wrapped(length: usize) -> Vec<(&'static str, String)> {
    let repeat = |piece: &str| piece.repeat(length / piece.len());
    let below = |head: &str, piece: &str| format!("{head}{}", repeat(piece));
    let numbered = |piece: &dyn Fn(usize) -> String| {
        (0..)
            .map(piece)
            .scan(0, |written, piece| {
                *written += piece.len();
                (*written < length).then_some(piece)
            })
            .collect::<String>()
    };
    const REPORT: &str = "From: MAILER-DAEMON@example.com\nSubject: failure notice\nReturn-Path: <>\n";
    const PARTS: &str = "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n";
    vec![
        ("a field behind nested quotes", format!("{} Received: from a by b\n", repeat(">"))),
        ("fields behind nested quotes", repeat(">>>>>>>>>>>>>>>>>>>>>>>> Received: a\n")),
        ("elements that do not end", below("Received: &lt;a&gt;\n", "<br ")),
        ("elements", below("Received: &lt;a&gt;", "<br>")),
        ("references", below("Received: &lt;a&gt;", "&#60;")),
        ("references that do not end", below("Received: &lt;a&gt;", "&#")),
        ("escapes", below("Subject: ", "=3D")),
        ("cut lines", below("Subject: a=3D\n", "a=\n")),
        ("fields on one line", below("Received: a", " Received: from a")),
        ("names on one line", below("Received: a", " Subject:")),
        ("fields set off by blank lines", repeat("X-A: b\n\n")),
        ("fields that cannot be one header, set off by blank lines", repeat("To: b\n\n")),
        ("Received fields cut by blank lines", repeat("Received: from a\n\n\tby b\n\n")),
        ("headers one after the other", repeat("Received: from a by b\nSubject: x\n\n")),
        (
            "headers of multiparts that do not end",
            repeat("Received: by a\nContent-Type: multipart/mixed; boundary=b\n\n"),
        ),
        ("letters without width", below("Received: a", "\u{200b}")),
        ("blanks that do not break", below("Subject: a", "\u{a0}")),
        ("lines that lost their indent", below("Received: from a\n", "b\n")),
        ("lines cut at a column", below("Received: from a\n", &format!("{}\n", "b".repeat(76)))),
        (
            "lines below a value of blanks",
            format!("Subject:{}x\n{}", " ".repeat(length / 2), " y\n".repeat(length / 6)),
        ),
        (
            "words above a header with letters that cannot be seen",
            format!("{}Received: x\n{}", "a\n".repeat(length / 4), "a: \u{a0}b\n".repeat(length / 14)),
        ),
        ("lines of several fields", repeat("Received: from a Received: from b\n")),
        ("a mailbox", repeat("From a@example.com Mon Nov  2 09:00:00 2026\nSubject: x\n\nbody\n\n")),
        ("separators of a mailbox", repeat("From a@example.com Mon Nov  2 09:00:00 2026\n\n")),
        ("boundaries", below(PARTS, "--b\n")),
        (
            "attached messages",
            below(PARTS, "--b\nContent-Type: message/rfc822\n\nReceived: by b\nSubject: x\n\n"),
        ),
        ("attached messages within one another", repeat("Subject: x\nContent-Type: message/rfc822\n\n")),
        (
            "parts within one another",
            numbered(&|nth| {
                format!("Subject: x\nContent-Type: multipart/mixed; boundary=b{nth}\n\n--b{nth}\n")
            }),
        ),
        (
            "base64",
            below(
                "Subject: x\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n",
                "QUFBQUFBQUFBQUFBQUFB\n",
            ),
        ),
        (
            "a bounce of recipients",
            below(&format!("{REPORT}\n"), "<a@example.com>: host b said: 550 5.1.1 no\n"),
        ),
        ("a bounce of codes", below(&format!("{REPORT}\n"), "550 5.1.1 (#5.1.1) ")),
        ("a bounce of addresses", below(&format!("{REPORT}\n"), "<a@example.com>:\n")),
        (
            "a bounce of fields",
            below(
                &format!("{REPORT}Content-Type: message/delivery-status\n\n"),
                "Final-Recipient: rfc822; a@example.com\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no\n\n",
            ),
        ),
        (
            "a bounce of returned headers",
            below(&format!("{REPORT}\n"), "Original message headers:\nReceived: by a; b\n\n"),
        ),
        ("forwarded headers", below("Subject: x\n\n", "> Received: from a (b) by c\n> Subject: x\n\nfine\n")),
    ]
}

/// Many messages that have to be compared.
fn mailboxes(length: usize) -> Vec<(&'static str, String)> {
    let mailbox = |message: &dyn Fn(usize) -> String| {
        let one = |nth: usize| format!("From a@example.com Mon Nov  2 09:00:00 2026\n{}\n", message(nth));
        (0..length / one(10_000).len()).map(one).collect::<String>()
    };
    const AUTHOR: &str = "From: ann@example.com\nTo: ben@example.org\nSubject: x\n";
    let origin =
        "Received: from pc by mail.example.com with SMTP id A1B2C3D4; Mon, 2 Nov 2026 09:00:00 +0100\n";
    let hop = |nth: usize| {
        format!(
            "Received: from mail.example.com by mx.example.org with SMTP id {nth:08X}; Mon, 2 Nov 2026 09:00:01 +0100\n"
        )
    };
    let copies = |nth: usize| format!("{}{origin}Message-ID: <1@example.com>\n{AUTHOR}", hop(nth));
    let long =
        format!("{}Message-ID: <1@example.com>\n{AUTHOR}", (0..length / 400).map(hop).collect::<String>());
    vec![
        ("copies of one message", mailbox(&copies)),
        (
            "pairs of copies",
            mailbox(&|nth| {
                let pair = nth / 2;
                format!(
                    "Received: from a by b{pair}.example.org with SMTP id {nth:08X}; Mon, 2 Nov 2026 09:00:01 +0100\n{origin}Message-ID: <{pair}@example.com>\n{AUTHOR}"
                )
            }),
        ),
        ("copies without a number", mailbox(&|nth| copies(nth).replace(" id ", " no "))),
        ("messages without a Message-ID", mailbox(&|nth| format!("{}{AUTHOR}", hop(nth)))),
        (
            "messages of one subject",
            mailbox(&|nth| format!("{}Message-ID: <{nth}@example.com>\n{AUTHOR}", hop(nth))),
        ),
        (
            "copies of a message with a long route",
            format!("From a@example.com Mon Nov  2 09:00:00 2026\n{long}\n{}", mailbox(&copies)),
        ),
        (
            "copies that a connector made",
            mailbox(&|nth| {
                format!(
                    "Received: from mail pickup service by a{nth}.example.net with Microsoft SMTPSVC; Mon, 2 Nov 2026 09:00:00 +0100\nMessage-ID: <{nth}@inside.local>\nFrom: ann@example.com\nTo: \"IMB Recipient 1\" <mspop3connector.b@a{nth}.example.net>\nSubject: x\n"
                )
            }),
        ),
        (
            "copies that were collected",
            mailbox(&|nth| {
                format!(
                    "Received: from p.example.net by h{nth}.example.org with POP3; Mon, 2 Nov 2026 09:00:00 +0100\nDelivered-To: b{nth}@example.org\n{origin}Message-ID: <1@example.com>\n{AUTHOR}"
                )
            }),
        ),
    ]
}

/// Files that are no plain text.
fn files(length: usize) -> Vec<(&'static str, Vec<u8>)> {
    let received = |length: usize| format!("Received: {}\r\nSubject: x\r\n", "(".repeat(length));
    let attached = |body: &str| Mail {
        attached: vec![mail("Subject: x", body); length / 4096],
        ..mail("Subject: x", "")
    };
    let shared = |mail: Mail| {
        let mut file = mail.file();
        assert!(streams_shared(&mut file, "__substg1.0_1000001F") > 0);
        file
    };
    vec![
        ("UTF-16", utf16(&received(length / 2))),
        ("an Outlook message with a long header", mail(&received(length / 2), "").file()),
        ("an Outlook message with many others attached", attached("text").file()),
        (
            "an Outlook file whose streams are all the same",
            shared(attached("text").with(mail("A: b", &"b".repeat(length / 4)))),
        ),
        (
            "an Outlook file whose small streams are all the same",
            shared(attached("t").with(mail("A: b", &"b".repeat(2000)))),
        ),
        (
            "an Outlook file of nothing",
            [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], &*vec![0xFF; length]].concat(),
        ),
    ]
}

/// A line that is not UTF-8.
fn bytes(length: usize) -> (&'static str, Vec<u8>) {
    (
        "a Received line that is not UTF-8",
        [b"Received: from (", vec![0xFF; length].as_slice(), b") by a.example.com\n"].concat(),
    )
}

fn texts(length: usize) -> Vec<(&'static str, String)> {
    let repeat = |piece: &str| piece.repeat(length / piece.len());
    let received = |piece: &str| format!("Received: {}\nSubject: x\n", repeat(piece));
    vec![
        ("a Received line of brackets", received("(")),
        (
            "a Received line of nested comments",
            format!("Received: {}{}\n", "(".repeat(length / 2), ")".repeat(length / 2)),
        ),
        ("a Received line of quotes", received("\"")),
        ("a Received line of angle brackets", received("<")),
        ("a Received line of backslashes in a comment", format!("Received: ({}\n", repeat("\\"))),
        ("a Received line of semicolons", received(";")),
        ("a Received line of keywords", received("from by with id for ")),
        ("a Received line of dots", received("1.")),
        ("a Received line of colons", received("::")),
        ("folds", format!("Received: from a{}\n", repeat("\n\t"))),
        ("a text without a colon", repeat("a")),
        ("blanks", repeat(" ")),
        ("line ends", repeat("\n")),
        ("tiny fields", repeat("a:\n")),
        ("tiny Received fields", repeat("Received:\n")),
        ("encoded words that do not end", format!("Subject: {}\n", repeat("=?UTF-8?Q?"))),
        ("encoded words that hardly start", format!("Subject: {}\n", repeat("=?"))),
        ("addresses that do not end", format!("Delivered-To: {}\nSubject: x\n", repeat("<a@b,"))),
        ("addresses of quotes", format!("Delivered-To: {}\nSubject: x\n", repeat("\""))),
        ("addresses of comments", format!("Delivered-To: {}\nSubject: x\n", repeat("("))),
        ("deliveries", repeat("Delivered-To: a@example.com\n")),
        (
            "deliveries between hops",
            repeat("Delivered-To: a@example.com\nReceived: by b.example.com with LMTP\n"),
        ),
        ("stray lines", format!("Subject: x\n{}", repeat("no colon here\n"))),
        ("dates", format!("Received: by a.example.com;{}\n", repeat(" Mon, 2 Nov 2026"))),
        ("a Received line of dates", received("; Mon, 2 Nov 2026 09:00:00 +0100")),
        ("a Received line of words that start dates", received("by 2 Nov ")),
        ("a Received line of greetings", received("(HELO a) ")),
        (
            "a Received line of one greeting",
            format!("Received: from a (HELO {}) by b\n", repeat("[192.0.2.1] ")),
        ),
        ("a Received line of addresses", format!("Received: from a {} by b\n", repeat("(a@b [192.0.2.1]) "))),
        ("a Received line of recipients", format!("Received: for {}\n", repeat("a@b, "))),
        ("a Received line of encryptions", received("(using TLSv1.3 with cipher A-AES (1/1 bits)) ")),
        ("a comment of ciphers", format!("Received: from a (TLS {}) by b\n", repeat("bits=1 cipher=A-AES "))),
    ]
}

/// Long routes, and what stands between their hops.
fn routes(length: usize) -> Vec<(&'static str, String)> {
    let repeat = |piece: &str| piece.repeat(length / piece.len());
    let hops = |hop: &dyn Fn(usize) -> String| (0..length / hop(99_999).len()).map(hop).collect::<String>();
    let time = |nth: usize| {
        format!("Mon, 2 Nov 2026 {:02}:{:02}:{:02} +0100", nth / 3600 % 24, nth / 60 % 60, nth % 60)
    };
    vec![
        (
            "hops to and fro between two machines",
            repeat(
                "Received: from a.example.com by b.example.net; Mon, 2 Nov 2026 09:00:00 +0100\nReceived: from b.example.net by a.example.com; Mon, 2 Nov 2026 09:00:01 +0100\n",
            ),
        ),
        (
            "hops through many machines",
            hops(&|nth| {
                format!(
                    "Received: from h{}.example.com by h{nth}.example.com; {}\n",
                    nth + 1,
                    time(99_999 - nth)
                )
            }),
        ),
        (
            "hops whose clocks run backwards",
            hops(&|nth| {
                format!("Received: from h{}.example.com by h{nth}.example.com; {}\n", nth + 1, time(nth))
            }),
        ),
        (
            "hops of one machine under many names",
            hops(&|nth| {
                format!(
                    "Received: from h{}.example.com (h{nth}.example.net [192.0.2.1]) by h{nth}.example.com; x\n",
                    nth + 1
                )
            }),
        ),
        (
            "hops on one machine",
            repeat("Received: from localhost (localhost [127.0.0.1]) by a.example.com; x\n"),
        ),
        (
            "trace fields of one hop",
            format!(
                "{}Received: by a.example.com\n",
                repeat("Authentication-Results: a.example.com; spf=pass\n")
            ),
        ),
        (
            "trace fields between hops",
            repeat("Authentication-Results: a.example.com; spf=pass\nReceived: from b by a.example.com; x\n"),
        ),
        ("a writer of many parts", format!("Authentication-Results: {}; x\nReceived: by a\n", repeat("a."))),
    ]
}

/// Four times the length may take four times as long, and for the noise of a busy machine twice that. Quadratic cost would take
/// sixteen times as long.
#[test]
fn cost_grows_with_the_length_and_no_faster() {
    const SHORT: usize = 128 * 1024;
    let read = |text: &[u8]| drop(report_on(text));
    let mut dear = Vec::new();
    for ((about, short), (_, long)) in hostile(SHORT).into_iter().zip(hostile(4 * SHORT)) {
        let once = shortest(|| read(&short)).max(Duration::from_millis(4));
        let taken = shortest(|| read(&long));
        println!("{about}: {once:?} for 128 kB, {taken:?} for 512 kB");
        if taken >= once * 8 {
            dear.push(format!("{about}: {once:?} for 128 kB, {taken:?} for 512 kB"));
        }
    }
    assert!(dear.is_empty(), "{}", dear.join("\n"));
}
