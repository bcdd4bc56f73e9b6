//! A ready text for the postmaster whose server caused a finding.
//!
//! It says what was seen, shows the lines as they are written, and what would help, so that a stranger can act on it without asking
//! back. Nothing is sent: the reader may change it and sends it or not.

mod german;

use std::fmt::Write;

use super::duration::utc;
use super::model::{Culprit, Finding, Letter, Remedy, Severity};
use super::steps::plain;
use crate::copies::{CopySet, Maker, Means};
pub use german::letter as german;

/// The text; absent where no server is named that a mail could be sent to, or the finding is less than medium. `lines` is what stands
/// at each place of the evidence.
pub fn letter(finding: &Finding, lines: &[String]) -> Option<Letter> {
    let culprit = finding.culprit.as_ref().filter(|_| finding.severity >= Severity::Medium)?;
    let (domain, server) = addressee(culprit)?;
    let mut text = format!("Dear postmaster of {domain},\n\n");
    // Writing to a String does not fail.
    let _ = write_body(&mut text, finding, lines, server, culprit);
    Some(Letter { to: format!("postmaster@{domain}"), subject: format!("{}: {server}", finding.title), text })
}

/// The texts for a site that made copies of a message, in English and in German; absent where it has no name that a mail could be sent
/// to. `lines` are those that name it.
pub fn of_maker(maker: &Maker, set: &CopySet, lines: &[String]) -> Option<[Letter; 2]> {
    let culprit = Culprit { host: maker.host.clone(), domain: maker.site.clone() };
    let (domain, server) = addressee(&culprit)?;
    let mut text = format!("Dear postmaster of {domain},\n\n");
    // Writing to a String does not fail.
    let _ = write_maker(&mut text, maker, set, server, lines);
    let subject = format!("{server} sends collected mail out again");
    let english = Letter { to: format!("postmaster@{domain}"), subject, text };
    let german = german::of_maker(maker, set, &english, server, lines);
    Some([english, german])
}

fn write_maker(
    text: &mut String,
    maker: &Maker,
    set: &CopySet,
    server: &str,
    lines: &[String],
) -> std::fmt::Result {
    let (made, total) = (maker.copies, set.messages.len());
    let copies = if made == 1 { "one".to_owned() } else { made.to_string() };
    writeln!(
        text,
        "we looked into {total} copies of one message. {copies} of them came from {server}: it collected the mail from a mailbox and sent it out again to the addresses in To and Cc, who had it already.\n"
    )?;
    if let Some((first, last)) = maker.times {
        writeln!(text, "The first of them left it at {} UTC, the last at {} UTC.\n", utc(first), utc(last))?;
    }
    let others: Vec<&str> =
        set.makers.iter().filter(|other| *other != maker).filter_map(name).take(SHOWN).collect();
    if !others.is_empty() {
        writeln!(
            text,
            "It is not the only one: {} did the same, and such servers feed each other. We write to each of them.\n",
            one_line(&others.join(", "))
        )?;
    }
    writeln!(text, "The lines that show it, as they stand in the headers:\n")?;
    for line in lines.iter().take(SHOWN) {
        writeln!(text, "{}\n", quoted(line))?;
    }
    let program = match maker.means {
        Some(Means::Connector) => "the service “Microsoft Connector for POP3 Mailboxes”",
        _ => "the program that collects your mail",
    };
    writeln!(text, "What would help:\n")?;
    writeln!(text, "1. Stop {program}, and clear the mail queues of the copies.")?;
    match maker.means {
        Some(Means::Connector) => {
            writeln!(text, "2. Clear the PickUp folder, and install KB 835734 before you start it again.")?
        }
        _ => writeln!(
            text,
            "2. Let it deliver to your own users only, by the field that records the envelope recipient, and never by To and Cc (“sendmail -t”)."
        )?,
    }
    writeln!(text, "3. Better: have your mail delivered by SMTP.\n")?;
    writeln!(
        text,
        "We see these messages only, not your server; if we are mistaken, or somebody else runs it, please tell us. Thank you for looking into it.\n\nKind regards"
    )
}

fn name(maker: &Maker) -> Option<&str> {
    maker.host.as_deref().or(maker.site.as_deref())
}

fn write_body(
    text: &mut String,
    finding: &Finding,
    lines: &[String],
    server: &str,
    culprit: &Culprit,
) -> std::fmt::Result {
    writeln!(
        text,
        "a message that we looked into passed {server}, and its header shows a trouble that you are probably in the best position to end.\n"
    )?;
    writeln!(text, "What was seen: {}\n", one_line(&finding.what))?;
    writeln!(text, "Why it matters: {}\n", one_line(&finding.why))?;
    writeln!(text, "The lines that show it, as they stand in the header:\n")?;
    for (line, evidence) in lines.iter().zip(&finding.evidence).take(SHOWN) {
        writeln!(text, "{}", quoted(line))?;
        writeln!(text, "  ({})\n", one_line(&evidence.label))?;
    }
    if let Some(remedy) = remedy(&finding.remedies, culprit) {
        writeln!(text, "What would help:\n")?;
        for (nth, step) in (1..).zip(&remedy.steps) {
            writeln!(text, "{nth}. {}", one_line(&plain(step)))?;
        }
        writeln!(text)?;
    }
    writeln!(
        text,
        "We see this message only, not your server; if we are mistaken, or somebody else runs it, please tell us. Thank you for looking into it.\n\nKind regards"
    )
}

/// More lines than this make a letter longer than anybody reads.
const SHOWN: usize = 6;

/// What the one who is written to can do: the remedy that names the server or the domain, or else the first.
fn remedy<'f>(remedies: &'f [Remedy], culprit: &Culprit) -> Option<&'f Remedy> {
    let names = [culprit.host.as_deref(), culprit.domain.as_deref()];
    let is_for = |remedy: &&Remedy| names.into_iter().flatten().any(|name| remedy.who.contains(name));
    remedies.iter().find(is_for).or_else(|| remedies.first())
}

/// The domain whose postmaster to write to, and the name of the server. RFC 5321 section 4.5.1 asks every host that takes mail for a
/// postmaster.
fn addressee(culprit: &Culprit) -> Option<(&str, &str)> {
    let names = [culprit.domain.as_deref(), culprit.host.as_deref()];
    let domain = names.into_iter().flatten().find(|name| is_domain(name))?;
    let server = culprit.host.as_deref().filter(|host| is_domain(host)).unwrap_or(domain);
    Some((domain, server))
}

/// Whether a name from a mail can stand behind the `@`: a name of the DNS with a dot that means something everywhere.
fn is_domain(name: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let end = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_inside = [
        "local",
        "localdomain",
        "localhost",
        "lan",
        "internal",
        "intranet",
        "home",
        "corp",
        "private",
        "arpa",
    ]
    .contains(&end.as_str());
    name.len() <= 253
        && name.contains('.')
        && name.split('.').all(is_label)
        && !end.bytes().all(|byte| byte.is_ascii_digit())
        && !is_inside
}

/// A line of the header, indented and with its folds kept. Very long ones are cut.
fn quoted(line: &str) -> String {
    let cut: String = line.chars().take(LONGEST).collect();
    let cut = if cut.len() < line.len() { format!("{cut} …") } else { cut };
    let lines: Vec<String> = cut.lines().map(|line| format!("  {}", one_line(line))).collect();
    lines.join("\n")
}

/// A Received line has some hundred letters.
const LONGEST: usize = 1200;

fn one_line(text: &str) -> String {
    text.replace(|letter: char| letter.is_control() && letter != '\t', " ")
}

#[cfg(test)]
mod tests {
    use super::super::model::{Confidence, Culprit, Evidence, Finding, Letter, Remedy, Severity};
    use super::letter;

    fn finding(severity: Severity, domain: &str) -> Finding {
        let remedy = |who: &str, step: &str| Remedy {
            who: who.to_owned(),
            steps: vec![step.to_owned()],
            disturbs_mail_flow: false,
            references: Vec::new(),
        };
        Finding {
            id: "routing-loop".to_owned(),
            title: "A routing loop".to_owned(),
            severity,
            confidence: Confidence::Likely,
            what: "mx.example.net sends the message back to mail.example.org.".to_owned(),
            why: "It goes round.".to_owned(),
            remedies: vec![
                remedy("Whoever administers mail.example.org", "Look at the MX record."),
                remedy("Whoever administers mx.example.net", "Add example.org to `relay_domains`."),
            ],
            evidence: vec![Evidence {
                message: 0,
                span: [0, 9],
                lines: [1, 2],
                label: "The way back.".to_owned(),
                primary: true,
            }],
            culprit: Some(Culprit {
                host: Some("mx.example.net".to_owned()),
                domain: Some(domain.to_owned()),
            }),
            explained_by: None,
            letter: None,
            letter_german: None,
        }
    }

    fn letter_on(severity: Severity, domain: &str) -> Option<Letter> {
        letter(&finding(severity, domain), &["Received: from a\n\tby b; now".to_owned()])
    }

    #[test]
    fn a_letter_names_the_server_quotes_the_lines_and_gives_the_steps_of_that_side() {
        let letter = letter_on(Severity::High, "example.net").unwrap();
        assert_eq!(letter.to, "postmaster@example.net");
        assert_eq!(letter.subject, "A routing loop: mx.example.net");
        for words in [
            "Dear postmaster of example.net,",
            "  Received: from a\n  \tby b; now\n  (The way back.)",
            "1. Add example.org to relay_domains.",
        ] {
            assert!(letter.text.contains(words), "{}", letter.text);
        }
        assert!(!letter.text.contains("MX record"), "{}", letter.text);
    }

    #[test]
    fn nobody_is_written_to_for_a_note() {
        assert_eq!(letter_on(Severity::Info, "example.net"), None);
        assert_eq!(letter_on(Severity::Low, "example.net"), None);
    }

    #[test]
    fn names_that_are_no_domain_get_no_address() {
        for domain in ["firm.local", "localhost", "10.0.0.1", "a b.example.net", "x@y.example.net"] {
            let mut finding = finding(Severity::High, domain);
            if let Some(culprit) = &mut finding.culprit {
                culprit.host = None;
            }
            assert_eq!(letter(&finding, &[]), None, "{domain}");
        }
    }
}
