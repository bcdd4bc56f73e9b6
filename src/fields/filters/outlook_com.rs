//! Outlook.com, Hotmail and their kin, as consumers use them: X-SID-Result, and X-Message-Delivery, which is base64. Sample:
//! `Vj0xLjE7dXM9MDtsPTA7YT0wO0Q9MTtHRD0xO1NDTD0tMQ==`, which is `V=1.1;us=0;l=0;a=0;D=1;GD=1;SCL=-1`.

use super::{Filtered, GUESS, Judgement, Meaning};

/// Sender ID: Authenticating E-Mail.
const SENDER_ID: &str = "RFC 4406";

pub fn read(name: &str, value: &str) -> Filtered {
    let mut filtered = Filtered::by("Outlook.com");
    if name == "x-sid-result" {
        let word = value.trim();
        let text = match word.to_ascii_lowercase().as_str() {
            "pass" => "The domain of the sender allows this machine to send for it (Sender ID).",
            "fail" => "The domain of the sender does not allow this machine to send for it (Sender ID).",
            "none" | "neutral" => "The domain of the sender does not say who may send for it (Sender ID).",
            _ => return filtered,
        };
        filtered.meanings.push(Meaning::new("X-SID-Result", word, text, SENDER_ID));
        return filtered;
    }
    let decoded = base64(value).unwrap_or_default();
    for (key, value) in decoded.split(';').filter_map(|pair| pair.split_once('=')) {
        let text = match (key, value) {
            ("SCL", "-1") => "Spam filtering was skipped.",
            ("SCL", "0" | "1") => "Spam filtering found it not to be spam.",
            ("SCL", "5" | "6" | "7" | "8" | "9") => "Spam filtering found it to be spam.",
            ("D", "1") => "It was put into the Inbox.",
            ("D", "0") => "It was put into Junk.",
            _ => continue,
        };
        match (key, value) {
            ("SCL", "-1") => filtered.judge(Judgement::Skipped),
            ("SCL", "0" | "1") => filtered.judge(Judgement::Clean),
            ("SCL", _) => filtered.judge(Judgement::Spam),
            _ => {}
        }
        filtered.meanings.push(Meaning::new(key, value, text, GUESS));
    }
    filtered
}

/// The text of base64 (RFC 4648 section 4); absent where it is none, or longer than this field ever is.
fn base64(text: &str) -> Option<String> {
    const LONGEST: usize = 1000;
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for letter in text.bytes().filter(|letter| !letter.is_ascii_whitespace()).take(LONGEST) {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(six)) & 0xff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).unwrap_or_default());
        }
    }
    String::from_utf8(bytes).ok().filter(|text| text.is_ascii())
}
