//! The report as one HTML file that stands alone: styles within, no script, and a policy that lets it load nothing.
//!
//! Every value of the mail is escaped, and isolated where its letters run from right to left. Of long routes and large mailboxes a part is
//! shown, and the file says how much more there is.

mod message;

use std::fmt::{self, Write};

use super::escape::markup;
use super::source::Line;
use super::steps::{Piece, pieces};
use super::style;
use super::{Evidence, Finding, Letter, Remedy, Report, Severity, copies, findings};

/// So many messages are shown with their routes.
pub const MESSAGES: usize = 20;

/// So many places are shown of each finding.
const PLACES: usize = 12;

/// So many letters of one line of the mail are shown.
const LINE: usize = 2_000;

/// Behind so many bytes no further message starts.
const LARGEST: usize = 4_000_000;

/// The messages that the file shows, by their places: the first ones, and the one that the verdict is about.
#[must_use]
pub fn shown(report: &Report) -> Vec<usize> {
    let mut places: Vec<usize> = (0..report.messages.len().min(MESSAGES)).collect();
    if let Some(place) =
        report.verdict.message.filter(|place| *place >= MESSAGES && *place < report.messages.len())
    {
        places.pop();
        places.push(place);
    }
    places
}

/// A message that is shown, and the lines of its header, as far as they can be had.
pub type Shown = (usize, Vec<Line>);

/// The report as a file. `messages` are the ones that [`shown`] names, each with its lines.
#[must_use]
pub fn write(report: &Report, messages: &[Shown]) -> String {
    let mut out = String::new();
    // Writing to a String does not fail.
    let _ = write_file(&mut out, report, messages);
    out
}

/// The styles stand in an element of their own, so inline styles have to be allowed; nothing of the mail stands there.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

fn write_file(out: &mut String, report: &Report, messages: &[Shown]) -> fmt::Result {
    let styles = [style::REPORT, style::DIAGRAM].map(style::light_and_dark).concat();
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">"
    )?;
    writeln!(
        out,
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"format-detection\" content=\"telephone=no, email=no, address=no\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>",
        cut(&report.verdict.headline, 120)
    )?;
    writeln!(out, "<style>\n{styles}{}</style>\n</head>\n<body>\n<main>", style::print_rules())?;
    write_verdict(out, report)?;
    let (listed, further) = findings::listed(report);
    for (nth, finding) in listed.into_iter().enumerate() {
        if nth == 0 {
            writeln!(out, "<h2>Findings</h2>")?;
        }
        write_finding(out, report, finding, messages)?;
    }
    left_out(out, further, "findings like these")?;
    write_copies(out, report)?;
    let mut written = 0;
    for (place, lines) in messages {
        if out.len() > LARGEST {
            break;
        }
        message::write(out, report, *place, lines)?;
        written += 1;
    }
    left_out(out, report.messages.len().saturating_sub(written), "messages")?;
    writeln!(
        out,
        "</main>\n<footer>Made by Hopscope from the headers alone. Lines that others wrote may be forged; the report says where that matters.</footer>\n</body>\n</html>"
    )
}

fn write_verdict(out: &mut String, report: &Report) -> fmt::Result {
    let verdict = &report.verdict;
    let finding = verdict.finding.and_then(|place| report.findings.get(place));
    let confidence = finding.map_or(String::new(), |finding| format!(" {}", finding.confidence.label()));
    writeln!(
        out,
        "<p>{}{confidence}</p>\n<h1>{}</h1>",
        badge(verdict.severity),
        cut(&verdict.headline, LINE)
    )?;
    if let Some(finding) = finding {
        writeln!(out, "<p class=\"lead\">{}</p>", cut(&finding.why, LINE))?;
    }
    if let Some(who) = &verdict.who_acts {
        writeln!(out, "<p><b>Who acts:</b> <bdi>{}</bdi></p>", cut(who, LINE))?;
    }
    for note in report.inputs.iter().filter_map(|input| input.note.as_ref()).take(PLACES) {
        writeln!(out, "<p>{}</p>", cut(note, LINE))?;
    }
    Ok(())
}

fn badge(severity: Severity) -> String {
    let class = match severity {
        Severity::High => "is-high",
        Severity::Medium => "is-medium",
        Severity::Low => "is-low",
        Severity::Info => "is-info",
        Severity::Ok => "is-ok",
    };
    format!("<span class=\"badge {class}\">{}</span>", severity.label())
}

fn write_finding(out: &mut String, report: &Report, finding: &Finding, messages: &[Shown]) -> fmt::Result {
    writeln!(out, "<article>\n<h3>{}</h3>", markup(&finding.title))?;
    let (badge, confidence) = (badge(finding.severity), finding.confidence.label());
    writeln!(out, "<p class=\"weight\">{badge} {confidence} <code>{}</code></p>", markup(&finding.id))?;
    writeln!(out, "<p>{}</p>\n<p class=\"quiet\">{}</p>", cut(&finding.what, LINE), cut(&finding.why, LINE))?;
    writeln!(out, "<ul>")?;
    for evidence in finding.evidence.iter().take(PLACES) {
        write_evidence(out, report, evidence, messages)?;
    }
    writeln!(out, "</ul>")?;
    left_out(out, finding.evidence.len().saturating_sub(PLACES), "places")?;
    match finding.explained_by.and_then(|cause| report.findings.get(cause)) {
        Some(cause) => writeln!(out, "<p>What to do stands with “{}”.</p>", markup(&cause.title))?,
        None => write_remedies(out, &finding.remedies)?,
    }
    writeln!(out, "</article>")?;
    for (language, letter) in [("en", &finding.letter), ("de", &finding.letter_german)] {
        if let Some(letter) = letter.as_ref().filter(|_| finding.explained_by.is_none()) {
            write_letter(out, language, letter)?;
        }
    }
    Ok(())
}

fn write_evidence(out: &mut String, report: &Report, evidence: &Evidence, messages: &[Shown]) -> fmt::Result {
    let [first, last] = evidence.lines;
    let of = if report.messages.len() > 1 {
        format!(" of message {}", evidence.message + 1)
    } else {
        String::new()
    };
    write!(out, "<li>Line {first}{of}: {}", cut(&evidence.label, LINE))?;
    let lines =
        messages.iter().find(|(place, _)| *place == evidence.message).map(|(_, lines)| lines.as_slice());
    let lines = lines.unwrap_or_default();
    let from = lines.partition_point(|line| line.number < first);
    let quoted = lines.iter().skip(from).take_while(|line| line.number <= last).take(PLACES);
    let quoted: Vec<String> = quoted.map(|line| cut(&line.text, LINE)).collect();
    if !quoted.is_empty() {
        write!(out, "\n<pre>{}</pre>", quoted.join("\n"))?;
    }
    writeln!(out, "</li>")
}

fn write_remedies(out: &mut String, remedies: &[Remedy]) -> fmt::Result {
    for remedy in remedies {
        writeln!(out, "<p><b><bdi>{}</bdi></b></p>", cut(&remedy.who, LINE))?;
        if remedy.disturbs_mail_flow {
            writeln!(out, "<p class=\"quiet\">Changes how mail flows: choose the time.</p>")?;
        }
        writeln!(out, "<ol>")?;
        for step in &remedy.steps {
            let pieces = pieces(step).map(|piece| match piece {
                Piece::Words(words) => markup(words),
                Piece::Code(code) => format!("<code>{}</code>", markup(code)),
            });
            writeln!(out, "<li>{}</li>", pieces.collect::<String>())?;
        }
        writeln!(out, "</ol>")?;
    }
    Ok(())
}

fn write_letter(out: &mut String, language: &str, letter: &Letter) -> fmt::Result {
    let (to, subject) = (markup(&letter.to), markup(&letter.subject));
    let name = if language == "de" { "Text to the postmaster, in German" } else { "Text to the postmaster" };
    writeln!(
        out,
        "<article>\n<h3>{name}</h3>\n<dl><dt>To</dt><dd><bdi>{to}</bdi></dd><dt>Subject</dt><dd lang=\"{language}\"><bdi>{subject}</bdi></dd></dl>"
    )?;
    writeln!(out, "<pre lang=\"{language}\">{}</pre>\n</article>", markup(&letter.text))
}

fn write_copies(out: &mut String, report: &Report) -> fmt::Result {
    let (sets, further) = copies::shown(report);
    for set in sets {
        let what = if copies::is_real(set) { "Copies of one message" } else { "Messages that look alike" };
        writeln!(out, "<h2>{what}</h2>\n<p>{}</p>\n<ul>", cut(&set.sentence, LINE))?;
        let makers = set.makers.iter().take(copies::LISTED).map(copies::maker);
        for line in copies::reasons(set).into_iter().chain(copies::spread(set)).chain(makers) {
            writeln!(out, "<li>{}</li>", cut(&line, LINE))?;
        }
        writeln!(out, "</ul>\n<ul>")?;
        for member in set.members.iter().take(copies::LISTED) {
            writeln!(out, "<li>{}</li>", cut(&copies::member(set, member), LINE))?;
        }
        writeln!(out, "</ul>")?;
        left_out(out, set.members.len().saturating_sub(copies::LISTED), "copies")?;
        let makers = set.makers.iter().take(PLACES);
        for (language, letter) in
            makers.flat_map(|maker| [("en", &maker.letter), ("de", &maker.letter_german)])
        {
            if let Some(letter) = letter {
                write_letter(out, language, letter)?;
            }
        }
    }
    left_out(out, further, "sets of copies")
}

/// Says how much is not shown, where something is not.
fn left_out(out: &mut String, count: usize, what: &str) -> fmt::Result {
    if count > 0 {
        writeln!(out, "<p class=\"quiet\">And {count} more {what}, not in this file.</p>")?;
    }
    Ok(())
}

/// A text, or its first `longest` letters and how many more there are, escaped.
fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => {
            let more = text.chars().count() - longest;
            format!("{} … ({more} more characters)", markup(text.get(..end).unwrap_or_default()))
        }
        None => markup(text),
    }
}
