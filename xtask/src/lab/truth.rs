//! Writes what came out of a scenario: the messages, and beside them what is true about them.

use super::collect::{Kind, Message, unfolded};
use super::scenario::{On, Scenario};
use anyhow::{Context, Result, bail};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[derive(Serialize)]
struct Truth<'a> {
    about: &'a str,
    topology: Vec<Place<'a>>,
    at_fault: Option<&'a str>,
    expected: Vec<Finding<'a>>,
    forbidden: &'a [&'static str],
    cycle: &'a [String],
    laps: Option<usize>,
    fork: Option<&'a str>,
    messages: BTreeMap<&'a str, &'a str>,
}

#[derive(Serialize)]
struct Place<'a> {
    host: &'a str,
    software: String,
    addresses: Vec<&'a str>,
    role: &'a str,
    #[serde(skip_serializing_if = "is_zero")]
    clock_off_by_seconds: i64,
}

#[derive(Serialize)]
struct Finding<'a> {
    id: &'a str,
    severity: &'a str,
    /// The files that show it when each is read alone; empty when it takes all of them together.
    #[serde(rename = "in")]
    files: Vec<&'a str>,
}

fn is_zero(number: &i64) -> bool {
    *number == 0
}

/// Replaces the folder of the scenario.
pub fn write(scenario: &Scenario, messages: &[Message], fixtures: &Path) -> Result<()> {
    let truth = truth(scenario, messages);
    for expected in &scenario.truth.expected {
        let may_be_empty = [On::Together, On::BouncesWithReason].contains(&expected.on);
        if !may_be_empty && files(&expected.on, messages).is_empty() {
            bail!("no message came that could show {}", expected.id);
        }
    }
    let folder = fixtures.join(&scenario.name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    for message in messages {
        fs::write(folder.join(&message.file), &message.text)?;
    }
    let text = serde_json::to_string_pretty(&truth).context("the truth cannot be written as JSON")?;
    fs::write(folder.join("truth.json"), text + "\n")?;
    Ok(())
}

fn truth<'a>(scenario: &'a Scenario, messages: &'a [Message]) -> Truth<'a> {
    let topology = scenario.sites.iter().map(|site| Place {
        host: &site.host,
        software: site.programs(),
        addresses: std::iter::once(site.address.as_str()).chain(site.address6.as_deref()).collect(),
        role: &site.role,
        clock_off_by_seconds: site.clock,
    });
    let findings = scenario.truth.expected.iter().map(|expected| Finding {
        id: expected.id,
        severity: expected.severity,
        files: files(&expected.on, messages),
    });
    let together = |id: &str| {
        scenario.truth.expected.iter().any(|expected| expected.id == id && expected.on == On::Together)
    };
    let expected = findings.filter(|finding| !finding.files.is_empty() || together(finding.id));
    Truth {
        about: &scenario.about,
        topology: topology.collect(),
        at_fault: scenario.truth.at_fault.as_deref(),
        expected: expected.collect(),
        forbidden: &scenario.truth.forbidden,
        cycle: &scenario.truth.cycle,
        laps: laps(scenario, messages),
        fork: scenario.truth.fork.as_deref(),
        messages: messages.iter().map(|message| (message.file.as_str(), message.about.as_str())).collect(),
    }
}

fn files<'a>(on: &On, messages: &'a [Message]) -> Vec<&'a str> {
    let last_copy = messages
        .iter()
        .filter(|message| message.kind == Kind::LoopCopy)
        .max_by_key(|message| unfolded(&message.text).lines().filter(|line| is_received(line)).count());
    let shows = |message: &&Message| match on {
        On::All => true,
        On::Together => false,
        On::Bounces => message.kind == Kind::Bounce,
        On::BouncesWithReason => message.kind == Kind::Bounce && !is_by_exim(&message.text),
        On::Mailbox(mailbox) => message.mailbox == *mailbox,
        On::LastIn(mailbox) => {
            let mut in_it = messages.iter().filter(|other| other.mailbox == *mailbox);
            in_it.next_back().is_some_and(|last| last.file == message.file)
        }
        On::LateCopies => {
            message.kind == Kind::Bounce || last_copy.is_some_and(|last| last.file == message.file)
        }
    };
    messages.iter().filter(shows).map(|message| message.file.as_str()).collect()
}

/// Exim writes this field into its bounces, and nobody else does.
fn is_by_exim(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    text.lines().take_while(|line| !line.is_empty()).any(|line| line.starts_with("X-Failed-Recipients:"))
}

fn is_received(line: &str) -> bool {
    line.to_ascii_lowercase().starts_with("received:")
}

/// How often the message came back to the first host of the cycle, at most, over all that was collected.
fn laps(scenario: &Scenario, messages: &[Message]) -> Option<usize> {
    let first = scenario.truth.cycle.first()?;
    let most = messages.iter().map(|message| passes(message, first)).max()?;
    (most > 0).then_some(most.saturating_sub(1))
}

/// How often the message came to a host. What the host hands to itself in between is one pass.
fn passes(message: &Message, host: &str) -> usize {
    let text = unfolded(&message.text);
    // Of a bounce the returned message counts.
    let body = text.split_once("\n\n").map_or("", |(_, body)| body);
    let text = if message.kind == Kind::Bounce { body } else { &text };
    let received = text.lines().filter(|line| is_received(line));
    let mut writers: Vec<&str> = received.filter_map(written_by).collect();
    writers.dedup();
    writers.into_iter().filter(|writer| *writer == host).count()
}

/// The host behind the word `by`.
fn written_by(received: &str) -> Option<&str> {
    received.split_once(" by ")?.1.split_whitespace().next()
}
