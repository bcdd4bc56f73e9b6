//! Rspamd, module milter_headers: `X-Spamd-Result: default: False [-0.70 / 15.00]; R_SPF_ALLOW(-0.20)[+ip4:192.0.2.7]; …`

use super::{Filtered, Judgement, Meaning, score_text};

/// "Milter headers module".
const HEADERS: &str = "docs.rspamd.com/modules/milter_headers";
/// "Metric actions".
const ACTIONS: &str = "docs.rspamd.com/configuration/metrics";

pub fn read(name: &str, value: &str) -> Filtered {
    let mut filtered = Filtered::by("Rspamd");
    match name {
        "x-rspamd-action" => action(&mut filtered, value.trim()),
        "x-rspamd-score" => {
            let score = value.trim();
            if super::number(score).is_some() {
                filtered.meanings.push(Meaning::new(
                    "X-Rspamd-Score",
                    score,
                    score_text(score, None),
                    HEADERS,
                ));
            }
        }
        _ => result(&mut filtered, value),
    }
    filtered
}

fn result(filtered: &mut Filtered, value: &str) {
    let Some((head, rest)) = value.split_once('[') else { return };
    let is_spam = head.to_ascii_lowercase().contains("true");
    let Some((scores, symbols)) = rest.split_once(']') else { return };
    let (score, limit) = scores.split_once('/').unwrap_or((scores, ""));
    let (score, limit) = (score.trim(), limit.trim());
    if super::number(score).is_none() {
        return;
    }
    filtered.judge(if is_spam { Judgement::Spam } else { Judgement::Clean });
    let text = format!(
        "{score} points; from {limit} on the message is refused. Rspamd found it {}.",
        if is_spam { "to be spam" } else { "not to be spam" }
    );
    filtered.meanings.push(Meaning::new("X-Spamd-Result", scores.trim(), text, HEADERS));
    // `NAME(1.00)[options];` The options of a symbol may hold a `;`.
    let heaviest = symbols
        .split(';')
        .filter_map(|symbol| {
            let (name, score) = symbol.trim().split_once('(')?;
            let (score, _) = score.split_once(')')?;
            Some((name, score, super::number(score)?))
        })
        .filter(|(.., points)| *points >= 1.0)
        .take(100);
    let names: Vec<String> = heaviest.map(|(name, score, _)| format!("{name} ({score})")).collect();
    if !names.is_empty() {
        let text = "The signs with one point or more against the message.";
        filtered.meanings.push(Meaning::new("symbols", &names.join(", "), text, HEADERS));
    }
}

fn action(filtered: &mut Filtered, value: &str) {
    let (text, judgement) = match value {
        "no action" => ("It was let pass.", Judgement::Clean),
        "greylist" => ("It was asked to come again later.", Judgement::Clean),
        "add header" => ("It was marked as spam and let pass.", Judgement::Spam),
        "rewrite subject" => ("Its subject was marked as spam.", Judgement::Spam),
        "soft reject" => ("It was refused for the time being.", Judgement::Clean),
        "reject" => ("It was found to be spam that is to be refused.", Judgement::Spam),
        _ => return,
    };
    filtered.judge(judgement);
    filtered.meanings.push(Meaning::new("X-Rspamd-Action", value, text, ACTIONS));
}
