//! Several texts at once: which messages are copies of one another.

use hopscope::{Input, Options, analyze};

fn mail(message_id: &str) -> String {
    format!("Received: by mx.example.com; Mon, 2 Nov 2026 09:00:00 +0100\nMessage-ID: {message_id}\n")
}

#[test]
fn messages_with_the_same_message_id_are_copies() {
    let texts = [mail("<1@example.com>"), mail("<2@example.com>"), mail("<1@example.com>")];
    let inputs: Vec<Input<'_>> =
        texts.iter().map(|text| Input { name: None, bytes: text.as_bytes() }).collect();
    let copies = analyze(&inputs, &Options::default()).copies.expect("several messages");
    assert_eq!(copies.sets.len(), 1);
    assert_eq!(copies.sets[0].messages, [0, 2]);
    assert_eq!(copies.sets[0].message_id, "<1@example.com>");
}

#[test]
fn messages_without_a_message_id_are_nobodys_copies() {
    let text = "Received: by mx.example.com; Mon, 2 Nov 2026 09:00:00 +0100\nMessage-ID:\n";
    let inputs = [Input { name: None, bytes: text.as_bytes() }; 2];
    assert!(analyze(&inputs, &Options::default()).copies.expect("several messages").sets.is_empty());
}

#[test]
fn one_message_has_no_copies() {
    let text = mail("<1@example.com>");
    let inputs = [Input { name: Some("one.eml"), bytes: text.as_bytes() }];
    assert_eq!(analyze(&inputs, &Options::default()).copies, None);
}
