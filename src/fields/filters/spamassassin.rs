//! SpamAssassin, and others that write fields of its form: `X-Spam-Status: Yes, score=7.4 required=5.0 tests=BAYES_99,HTML_MESSAGE
//! autolearn=no version=4.0.0`. amavis writes `tagged_above=-999` between, old versions `hits=`.

use super::{Filtered, Judgement, Meaning, score_text};

/// Rspamd writes `X-Spam-Status: Yes, score=8.20` as well, with nothing behind the score: SpamAssassin always says how much is required.
fn is_of_rspamd(name: &str, value: &str) -> bool {
    name == "x-spam-status" && value.contains("score=") && !value.contains("required=")
}

/// Mail::SpamAssassin::Conf, "add_header".
const CONF: &str = "spamassassin.apache.org/full/4.0.x/doc/Mail_SpamAssassin_Conf.html";

pub fn read(name: &str, value: &str) -> Filtered {
    let product = if is_of_rspamd(name, value) { "SpamAssassin or Rspamd" } else { "SpamAssassin" };
    let mut filtered = Filtered::by(product);
    match name {
        "x-spam-status" => status(&mut filtered, value),
        "x-spam-flag" => {
            verdict(&mut filtered, "X-Spam-Flag", value.trim());
        }
        "x-spam-level" => {
            let stars = value.trim();
            if !stars.is_empty() && stars.bytes().all(|byte| byte == b'*' || byte == b'+' || byte == b's') {
                let text = format!("{} full points; the more, the more like spam.", stars.len());
                filtered.meanings.push(Meaning::new("X-Spam-Level", stars, text, CONF));
            }
        }
        _ => {
            let score = value.split_ascii_whitespace().next().unwrap_or_default();
            if super::number(score).is_some() {
                filtered.meanings.push(Meaning::new("X-Spam-Score", score, score_text(score, None), CONF));
            }
        }
    }
    filtered
}

/// `Yes` or `No`; other words are kept for what other programs make of them.
fn verdict(filtered: &mut Filtered, key: &str, word: &str) -> bool {
    let (text, judgement) = match word.to_ascii_lowercase().as_str() {
        "yes" => ("It was found to be spam.", Judgement::Spam),
        "no" => ("It was found not to be spam.", Judgement::Clean),
        _ => return false,
    };
    filtered.judge(judgement);
    filtered.meanings.push(Meaning::new(key, word, text, CONF));
    true
}

fn status(filtered: &mut Filtered, value: &str) {
    let (word, rest) = value.split_once([',', ' ']).unwrap_or((value, ""));
    if !verdict(filtered, "X-Spam-Status", word.trim()) {
        return;
    }
    // The names of tests follow each other with commas and, where the line was folded, with blanks.
    let (before, tests) = rest.split_once("tests=").unwrap_or((rest, ""));
    let of = |name: &str| {
        let mut words = before.split([' ', ',', '\t']);
        words.find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
    };
    let limit = of("required");
    if let Some(score) = of("score").or_else(|| of("hits")) {
        filtered.meanings.push(Meaning::new("score", score, score_text(score, limit), CONF));
    }
    let names: Vec<&str> = tests
        .split([',', ' ', '\t', '[', ']'])
        .take_while(|word| !word.contains('=') || word.contains("=-") || is_scored(word))
        .filter(|word| !word.is_empty())
        .take(100)
        .collect();
    if !names.is_empty() && names != ["none"] {
        let text = "The tests that spoke.";
        filtered.meanings.push(Meaning::new("tests", &names.join(", "), text, CONF));
    }
}

/// `BAYES_00=-1.9`, as amavis writes the tests.
fn is_scored(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, score)| {
        name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
            && super::number(score).is_some()
    })
}
