//! Mimecast: `X-Mimecast-Spam-Score: 3`, `X-Mimecast-Impersonation-Protect: Policy=Default;Similar Internal Domain=false;…`

use super::{Filtered, GUESS, Judgement, Meaning, number};

pub fn read(name: &str, value: &str) -> Filtered {
    let mut filtered = Filtered::by("Mimecast");
    let value = value.trim();
    match name {
        "x-mimecast-spam-score" if number(value).is_some() => {
            let text = "The score of the spam check: the more, the more like spam.";
            filtered.meanings.push(Meaning::new("X-Mimecast-Spam-Score", value, text, GUESS));
        }
        "x-mimecast-bulk-signature" if value.eq_ignore_ascii_case("yes") => {
            filtered.judge(Judgement::Bulk);
            let text = "It has the marks of bulk mail.";
            filtered.meanings.push(Meaning::new("X-Mimecast-Bulk-Signature", value, text, GUESS));
        }
        "x-mimecast-spam-signature" if value.eq_ignore_ascii_case("yes") => {
            filtered.judge(Judgement::Spam);
            let text = "It has the marks of known spam.";
            filtered.meanings.push(Meaning::new("X-Mimecast-Spam-Signature", value, text, GUESS));
        }
        "x-mimecast-impersonation-protect" => impersonation(&mut filtered, value),
        _ => {}
    }
    filtered
}

fn impersonation(filtered: &mut Filtered, value: &str) {
    for (key, value) in value.split(';').filter_map(|pair| pair.trim().split_once('=')).take(100) {
        if !value.trim().eq_ignore_ascii_case("true") {
            continue;
        }
        let text = match key.to_ascii_lowercase().as_str() {
            "similar internal domain" => "The sender's domain is like one of the recipient's organisation.",
            "similar monitored external domain" | "custom external domain" | "mimecast external domain" => {
                "The sender's domain is like a known one."
            }
            "newly observed domain" => "The sender's domain is new.",
            "internal user name" => "The sender has the name of somebody in the recipient's organisation.",
            "reply-to address mismatch" => "Answers go to another address than that of the sender.",
            "targeted threat dictionary" => "The text has words that impostors use.",
            _ => "This sign of an impostor was seen.",
        };
        filtered.meanings.push(Meaning::new(key, value.trim(), text, GUESS));
    }
}
