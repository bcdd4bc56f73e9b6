//! From the case and the findings to the report: copies of the facts, in plain types.

mod auth;
mod copies;
mod route;

use crate::bounce;
use crate::case::{self, Case};
use crate::finding;
use crate::header;
use crate::input::{Container, Extent, Form, LONGEST, Opened};
use crate::report::model::{
    Bounce, BounceRecipient, Confidence, Culprit, Envelope, Evidence, Field, Finding, Input, Message,
    NearMiss, Origin, Remedy, Report, SCHEMA, Severity,
};
use crate::report::{causes, letters, own, repair_texts, verdict};
use crate::text::{Source, Span};

/// Writes the report of a case.
pub fn build(
    case: &Case<'_>,
    findings: Vec<finding::Finding>,
    near_misses: Vec<finding::NearMiss>,
) -> Report {
    let messages: Vec<Message> = case
        .messages
        .iter()
        .enumerate()
        .filter_map(|(place, message)| Some(self::message(case, case.source_of(message)?, place, message)))
        .collect();
    let mut findings: Vec<Finding> =
        findings.into_iter().map(|finding| self::finding(case, &messages, finding)).collect();
    causes::link(&mut findings, &messages);
    let inputs: Vec<Input> = case
        .sources
        .iter()
        .zip(&case.opened)
        .zip(messages_of_each(case))
        .map(|((source, opened), count)| input(source, opened, count))
        .collect();
    let copies = (messages.len() > 1).then(|| copies::read(case, &findings));
    Report {
        schema: SCHEMA,
        verdict: verdict::of(&inputs, &messages, copies.as_ref(), &findings),
        inputs,
        copies,
        messages,
        findings,
        left_out: Vec::new(),
        near_misses: near_misses.into_iter().map(|miss| near_miss(case, miss)).collect(),
    }
}

/// How many messages each source holds, in the order of the sources.
fn messages_of_each(case: &Case<'_>) -> Vec<usize> {
    let mut counts = vec![0; case.sources.len()];
    for message in &case.messages {
        if let Some(count) = counts.get_mut(message.source) {
            *count += 1;
        }
    }
    counts
}

fn input(source: &Source<'_>, opened: &Opened<'_>, messages: usize) -> Input {
    let is_text = !matches!(opened.container, Container::Foreign(_));
    Input {
        name: source.name().map(str::to_owned),
        bytes: opened.length,
        lines: if is_text { source.line_count() } else { 0 },
        messages,
        text: is_opened(opened.container)
            .then(|| source.text(Span::new(0, source.bytes().len())).into_owned()),
        note: note(source, opened),
    }
}

fn message(case: &Case<'_>, source: &Source<'_>, place_of: usize, message: &case::Message<'_>) -> Message {
    let (item, route) = (&message.item, &message.route);
    let header = item.header.span().unwrap_or(Span::new(item.span.start, item.span.start));
    Message {
        origin: Origin {
            input: message.source,
            file: source.name().map(str::to_owned),
            form: form_name(item.form).to_owned(),
            parent: item.parent,
            span: place(item.span),
            header: place(header),
            header_lines: lines(source, header),
        },
        subject: message.value("Subject"),
        from: message.value("From"),
        date: message.value("Date"),
        message_id: message.value("Message-ID"),
        fields: item.header.fields().map(|field| self::field(source, &field)).collect(),
        repairs: item
            .repairs
            .iter()
            .map(|repair| repair_texts::repair(source, repair.kind, repair.span))
            .collect(),
        notes: message_notes(message),
        hops: route.hops.iter().enumerate().map(|(index, hop)| route::hop(source, index, hop)).collect(),
        hosts: route.hosts.iter().map(route::host).collect(),
        stations: route.stations.iter().map(route::station).collect(),
        boundary: route.boundary.as_ref().map(route::boundary),
        is_cut: message.connector.is_reinjected(),
        circle: route.circle.as_ref().map(route::circle),
        strata: route.strata.iter().map(|stratum| route::stratum(source, stratum)).collect(),
        auth: auth::auth(message),
        filters: message.filters.iter().map(auth::filter).collect(),
        envelope: Envelope {
            return_path: message.value("Return-Path"),
            delivered_to: message.deliveries.iter().map(|delivery| delivery.address.clone()).collect(),
        },
        bounce: item.bounce.as_ref().map(|bounce| self::bounce(case, place_of, bounce)),
    }
}

fn field(source: &Source<'_>, field: &header::Field<'_>) -> Field {
    let span = field.span();
    let [first, last] = lines(source, span);
    let ends = source.line(first).zip(source.line(last));
    let whole = ends.map(|(first, last)| source.slice(Span::new(first.start, last.end)));
    let read = field.text();
    let is_whole = whole.is_some_and(|whole| whole.trim_ascii() == read.trim_ascii());
    Field {
        span: place(span),
        lines: [first, last],
        read: (!is_whole).then(|| String::from_utf8_lossy(read).into_owned()),
    }
}

const fn form_name(form: Form) -> &'static str {
    match form {
        Form::Headers => "headers",
        Form::Message => "eml",
        Form::Mailbox => "mbox",
        Form::Outlook => "msg",
        Form::Attached => "attached",
        Form::Forwarded => "forwarded",
        Form::BounceReport => "bounce-report",
        Form::BounceOriginal => "bounce-original",
    }
}

fn bounce(case: &Case<'_>, place_of: usize, bounce: &bounce::Bounce) -> Bounce {
    let recipients = bounce.recipients.iter().map(|recipient| BounceRecipient {
        address: recipient.address.clone(),
        status: recipient.status.clone(),
        reply_code: recipient.reply_code,
        diagnostic: recipient.diagnostic.clone(),
        remote: recipient.remote.clone(),
        span: place(recipient.span),
    });
    // What stands in a message comes right behind it.
    let below = case.messages.iter().enumerate().skip(place_of + 1);
    let mut inner =
        below.take_while(|(_, message)| message.item.parent.is_some_and(|parent| parent >= place_of));
    let original = inner.find(|(_, message)| {
        message.item.form == Form::BounceOriginal && message.item.parent == Some(place_of)
    });
    Bounce {
        kind: bounce_name(bounce.kind).to_owned(),
        reporter: bounce.reporter.clone(),
        recipients: recipients.collect(),
        original: original.map(|(place, _)| place),
    }
}

const fn bounce_name(kind: bounce::Kind) -> &'static str {
    match kind {
        bounce::Kind::Failed => "failed",
        bounce::Kind::Delayed => "delayed",
        bounce::Kind::Delivered => "delivered",
        bounce::Kind::Feedback => "feedback",
        bounce::Kind::AutoReply => "auto-reply",
    }
}

const fn is_opened(container: Container) -> bool {
    matches!(container, Container::Utf16 | Container::Outlook)
}

fn note(source: &Source<'_>, opened: &Opened<'_>) -> Option<String> {
    if let Container::Foreign(words) = opened.container {
        return Some(words.to_owned());
    }
    let whole = source.name().unwrap_or("this text");
    match opened.extent {
        Extent::Whole => None,
        Extent::FirstBytes => {
            Some(format!("Only the first {} MB of {whole} were read.", LONGEST / (1024 * 1024)))
        }
        Extent::FirstMessages => {
            Some(format!("Only the first of the messages that are attached in {whole} were read."))
        }
    }
}

fn message_notes(message: &case::Message<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    let has_header = message.header().fields().len() > 0;
    if !has_header {
        notes.push(
            "Only the text of the bounce was pasted, without its own header. Its own route is therefore not known.".to_owned(),
        );
    } else if message.route.hops.is_empty() {
        notes.push(
            "The header has no Received line, so there is no route to show. Mail that was never sent, or a copy from the Sent folder, has none."
                .to_owned(),
        );
    }
    let further = message.item.received_in_body;
    if further > 0 {
        notes.push(format!(
            "Lines that start with “Received:” in the body that were not read: {further}. If they are the header of another message, paste them alone."
        ));
    }
    notes
}

fn finding(case: &Case<'_>, messages: &[Message], finding: finding::Finding) -> Finding {
    let texts: Vec<String> = finding.evidence.iter().filter_map(|evidence| text(case, evidence)).collect();
    let evidence = finding.evidence.into_iter().enumerate();
    let mut finding = Finding {
        id: finding.id.to_owned(),
        title: finding.title.to_owned(),
        severity: severity(finding.severity),
        confidence: confidence(finding.confidence),
        what: finding.what,
        why: finding.why,
        remedies: finding.remedies.into_iter().map(|one| remedy(case, one)).collect(),
        evidence: evidence.filter_map(|(nth, evidence)| self::evidence(case, nth, evidence)).collect(),
        culprit: finding.culprit.map(|culprit| Culprit { host: culprit.host, domain: culprit.domain }),
        explained_by: None,
        letter: None,
        letter_german: None,
    };
    let is_of_reader = finding
        .culprit
        .as_ref()
        .is_some_and(|culprit| own::is_reader(culprit.host.as_deref(), culprit.domain.as_deref(), &case.own));
    if !is_of_reader {
        finding.letter = letters::letter(&finding, &texts);
        finding.letter_german = letters::german(&finding, &texts, messages);
    }
    finding
}

fn near_miss(case: &Case<'_>, miss: finding::NearMiss) -> NearMiss {
    let evidence = miss.evidence.into_iter().enumerate();
    NearMiss {
        id: miss.id.to_owned(),
        title: miss.title.to_owned(),
        looks_like: miss.looks_like,
        because: miss.because,
        evidence: evidence.filter_map(|(nth, evidence)| self::evidence(case, nth, evidence)).collect(),
    }
}

/// What stands at the place that shows a finding.
fn text(case: &Case<'_>, evidence: &finding::Evidence) -> Option<String> {
    let source = case.source_of(case.messages.get(evidence.message)?)?;
    Some(source.text(evidence.span).into_owned())
}

fn remedy(case: &Case<'_>, remedy: finding::Remedy) -> Remedy {
    Remedy {
        who: own::who(&remedy.who, &case.own),
        steps: remedy.steps,
        disturbs_mail_flow: remedy.disturbs_mail_flow,
        references: remedy.references,
    }
}

fn evidence(case: &Case<'_>, nth: usize, evidence: finding::Evidence) -> Option<Evidence> {
    let source = case.source_of(case.messages.get(evidence.message)?)?;
    Some(Evidence {
        message: evidence.message,
        span: place(evidence.span),
        lines: lines(source, evidence.span),
        label: evidence.label,
        primary: nth == 0,
    })
}

const fn severity(severity: finding::Severity) -> Severity {
    match severity {
        finding::Severity::Ok => Severity::Ok,
        finding::Severity::Info => Severity::Info,
        finding::Severity::Low => Severity::Low,
        finding::Severity::Medium => Severity::Medium,
        finding::Severity::High => Severity::High,
    }
}

const fn confidence(confidence: finding::Confidence) -> Confidence {
    match confidence {
        finding::Confidence::Possible => Confidence::Possible,
        finding::Confidence::Likely => Confidence::Likely,
        finding::Confidence::Certain => Confidence::Certain,
    }
}

const fn place(span: Span) -> [usize; 2] {
    [span.start, span.end]
}

fn lines(source: &Source<'_>, span: Span) -> [usize; 2] {
    let (first, last) = source.lines_of(span);
    [first, last]
}
