//! Barracuda: `X-Barracuda-Spam-Status: No, SCORE=0.00 using global scores of TAG_LEVEL=3.5 QUARANTINE_LEVEL=1000.0 KILL_LEVEL=9.0
//! tests=BSF_SC0_MISMATCH_TO`

use super::{Filtered, GUESS, Judgement, Meaning, number};

pub fn read(name: &str, value: &str) -> Filtered {
    let mut filtered = Filtered::by("Barracuda");
    let value = value.trim();
    match name {
        "x-barracuda-spam-flag" if value.eq_ignore_ascii_case("yes") => {
            filtered.judge(Judgement::Spam);
            let text = "It was found to be spam.";
            filtered.meanings.push(Meaning::new("X-Barracuda-Spam-Flag", value, text, GUESS));
        }
        "x-barracuda-spam-score" if number(value).is_some() => {
            let text = "The score, from 0 to 9 and more: the more, the more like spam.";
            filtered.meanings.push(Meaning::new("X-Barracuda-Spam-Score", value, text, GUESS));
        }
        "x-barracuda-spam-status" => status(&mut filtered, value),
        _ => {}
    }
    filtered
}

fn status(filtered: &mut Filtered, value: &str) {
    let (word, rest) = value.split_once(',').unwrap_or((value, ""));
    let (text, judgement) = match word.trim().to_ascii_lowercase().as_str() {
        "yes" => ("It was found to be spam.", Judgement::Spam),
        "no" => ("It was found not to be spam.", Judgement::Clean),
        _ => return,
    };
    filtered.judge(judgement);
    filtered.meanings.push(Meaning::new("X-Barracuda-Spam-Status", word.trim(), text, GUESS));
    for (key, value) in rest.split_ascii_whitespace().filter_map(|word| word.split_once('=')).take(20) {
        let text = match key {
            "SCORE" => "The score, from 0 to 9 and more: the more, the more like spam.",
            "TAG_LEVEL" => "From this score on the subject is marked.",
            "QUARANTINE_LEVEL" => "From this score on it is put into quarantine.",
            "KILL_LEVEL" => "From this score on it is refused.",
            _ => continue,
        };
        if number(value).is_some() {
            filtered.meanings.push(Meaning::new(key, value, text, GUESS));
        }
    }
}
