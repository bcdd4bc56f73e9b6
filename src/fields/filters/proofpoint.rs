//! Proofpoint: `X-Proofpoint-Spam-Details: rule=notspam policy=default score=0 spamscore=0 suspectscore=0 phishscore=0 … engine=8.12.0`

use super::{Filtered, GUESS, Judgement, Meaning};

pub fn read(name: &str, value: &str) -> Filtered {
    let mut filtered = Filtered::by("Proofpoint");
    if name == "x-proofpoint-virus-version" {
        return filtered;
    }
    for (key, value) in value.split_ascii_whitespace().filter_map(|word| word.split_once('=')).take(100) {
        let text = match key {
            "rule" => {
                let (text, judgement) = rule(value);
                if let Some(judgement) = judgement {
                    filtered.judge(judgement);
                }
                text
            }
            "policy" => "The policy of the organisation that was used.",
            "score" => "The sum, from 0 to 100: the more, the more like spam.",
            "spamscore" if value != "0" => "How much it is like spam, from 0 to 100.",
            "suspectscore" if value != "0" => "How suspicious it is, from 0 to 100.",
            "phishscore" if value != "0" => "How much it is like phishing, from 0 to 100.",
            "malwarescore" if value != "0" => "How much it is like malware, from 0 to 100.",
            "bulkscore" if value != "0" => "How much it is like bulk mail, from 0 to 100.",
            "impostorscore" if value != "0" => "How much the sender is like an impostor, from 0 to 100.",
            _ => continue,
        };
        filtered.meanings.push(Meaning::new(key, value, text, GUESS));
    }
    filtered
}

/// The rule's name is chosen by the administrator; these are the names that rules have at first.
fn rule(value: &str) -> (&'static str, Option<Judgement>) {
    match value.to_ascii_lowercase() {
        name if name.contains("notspam") => ("The rule for mail that is no spam.", Some(Judgement::Clean)),
        name if name.contains("phish") => ("A rule for phishing.", Some(Judgement::Phishing)),
        name if name.contains("malware") => ("A rule for malware.", Some(Judgement::Malware)),
        name if name.contains("impostor") => ("A rule for impostors.", Some(Judgement::Phishing)),
        name if name.contains("bulk") => ("A rule for bulk mail.", Some(Judgement::Bulk)),
        name if name.contains("spam") => ("A rule for spam.", Some(Judgement::Spam)),
        _ => ("The rule that decided.", None),
    }
}
