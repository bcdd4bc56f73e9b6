//! Measures how well bounces are read, on mails with known answers.
//!
//! `bounces JSONL FOLDER [--show N]`: JSONL has one mail a line, with the keys `file` (its name in FOLDER), `expected` (a list of
//! `status` and `replycode`, or null) and `received_in_returned_part`. `--show` prints the first N mails that were read wrongly.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::{env, fs};

use hopscope::report::{Bounce, Report};
use hopscope::{Input, Options, analyze};
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    let [answers, folder, rest @ ..] = args.as_slice() else {
        return Err("usage: bounces JSONL FOLDER [--show N]".into());
    };
    let shown = match rest {
        [flag, count] if flag == "--show" => count.parse()?,
        _ => 0,
    };
    let mut tally = Tally::default();
    for line in fs::read_to_string(answers)?.lines() {
        let answer: Value = serde_json::from_str(line)?;
        let name = answer["file"].as_str().ok_or("a line without file")?;
        let mail = fs::read(Path::new(folder).join(name))?;
        let report = analyze(&[Input { name: None, bytes: &mail }], &Options::default());
        tally.take(name, &String::from_utf8_lossy(&mail), &answer, &report);
    }
    tally.print(shown);
    Ok(())
}

/// Right ones of all that were asked.
#[derive(Default)]
struct Share {
    right: usize,
    all: usize,
}

impl Share {
    fn take(&mut self, is_right: bool) -> bool {
        self.right += usize::from(is_right);
        self.all += 1;
        is_right
    }

    fn line(&self, name: &str) {
        let percent = 100.0 * self.right as f64 / self.all.max(1) as f64;
        println!("{name:<32} {:>4} of {:>4}  {percent:5.1} %", self.right, self.all);
    }
}

#[derive(Default)]
struct Tally {
    recognised: Share,
    kinds: BTreeMap<String, usize>,
    status: Share,
    first_status: Share,
    left_out: usize,
    reply_code: Share,
    returned: Share,
    misses: Vec<String>,
}

impl Tally {
    fn take(&mut self, name: &str, mail: &str, answer: &Value, report: &Report) {
        let bounce = report.messages.first().and_then(|message| message.bounce.as_ref());
        if !self.recognised.take(bounce.is_some()) {
            self.misses.push(format!("{name}: not recognised"));
        }
        let kind = bounce.map_or("none", |bounce| bounce.kind.as_str());
        *self.kinds.entry(kind.to_owned()).or_default() += 1;
        let expected = answer["expected"].as_array();
        if let Some(expected) = expected {
            self.compare_status(name, mail, expected, bounce);
            self.compare_reply_code(name, expected, bounce);
        }
        if answer["received_in_returned_part"].as_u64() > Some(0) {
            let original =
                bounce.and_then(|bounce| bounce.original).and_then(|place| report.messages.get(place));
            if !self.returned.take(original.is_some_and(|message| !message.hops.is_empty())) {
                self.misses.push(format!("{name}: returned header not found"));
            }
        }
    }

    fn compare_status(&mut self, name: &str, mail: &str, expected: &[Value], bounce: Option<&Bounce>) {
        let wanted: Vec<&str> = expected.iter().filter_map(|one| one["status"].as_str()).collect();
        if wanted.is_empty() || wanted.iter().any(|status| !stands_in(mail, status)) {
            self.left_out += 1;
            return;
        }
        let recipients = bounce.map(|bounce| bounce.recipients.as_slice()).unwrap_or_default();
        let told: Vec<&str> =
            recipients.iter().map(|recipient| recipient.status.as_deref().unwrap_or("none")).collect();
        self.first_status.take(told.first() == wanted.first());
        let sorted = |list: &[&str]| {
            let mut list = list.to_vec();
            list.sort_unstable();
            list.into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        if !self.status.take(sorted(&told) == sorted(&wanted)) {
            self.misses.push(format!("{name}: status {told:?}, expected {wanted:?}"));
        }
    }

    fn compare_reply_code(&mut self, name: &str, expected: &[Value], bounce: Option<&Bounce>) {
        let wanted: Vec<u16> =
            expected.iter().filter_map(|one| one["replycode"].as_str()?.parse().ok()).collect();
        let Some(first) = wanted.first() else {
            return;
        };
        let told = bounce.and_then(|bounce| bounce.recipients.first()?.reply_code);
        if !self.reply_code.take(told == Some(*first)) {
            self.misses.push(format!("{name}: reply code {told:?}, expected {first}"));
        }
    }

    fn print(&self, shown: usize) {
        self.recognised.line("recognised");
        for (kind, count) in &self.kinds {
            println!("    {kind:<28} {count:>4}");
        }
        self.status.line("status, all recipients");
        self.first_status.line("status, first recipient");
        println!("    left out: {} whose status does not stand in the mail", self.left_out);
        self.reply_code.line("reply code, first recipient");
        self.returned.line("returned header");
        for miss in self.misses.iter().take(shown) {
            println!("{miss}");
        }
    }
}

/// Whether a status code stands in a mail; codes that a program made up for its own use do not.
fn stands_in(mail: &str, status: &str) -> bool {
    let is_made_up =
        status.split('.').nth(2).is_some_and(|detail| detail.len() == 3 && detail.starts_with('9'));
    !status.is_empty() && !is_made_up && mail.contains(status)
}
