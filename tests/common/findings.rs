//! What a redacted text must tell as the original does: everything that is no name, address or number of somebody's.

use hopscope::report::{CopySet, Message, Report};

/// The facts of a report, one a line.
pub fn facts(report: &Report) -> Vec<String> {
    let verdict = &report.verdict;
    let mut facts =
        vec![format!("verdict {:?} {:?} {:?}", verdict.severity, verdict.finding, verdict.message)];
    facts.extend(
        report.inputs.iter().map(|input| format!("input {} lines {} messages", input.lines, input.messages)),
    );
    for (nth, message) in report.messages.iter().enumerate() {
        facts.extend(of_message(nth, message));
    }
    for finding in &report.findings {
        facts.push(format!(
            "finding {} {:?} {:?} explained by {:?}, {} remedies, letter {}, culprit {}",
            finding.id,
            finding.severity,
            finding.confidence,
            finding.explained_by,
            finding.remedies.len(),
            finding.letter.is_some(),
            finding.culprit.as_ref().is_some_and(|culprit| culprit.domain.is_some()),
        ));
        facts.extend(finding.evidence.iter().map(|evidence| {
            format!("  evidence {} {:?} {}", evidence.message, evidence.lines, evidence.primary)
        }));
    }
    for set in report.copies.iter().flat_map(|copies| &copies.sets) {
        facts.extend(of_set(set));
    }
    facts
}

fn of_message(nth: usize, message: &Message) -> Vec<String> {
    let origin = &message.origin;
    let mut facts = vec![format!(
        "message {nth} {} {:?} {:?} input {}",
        origin.form, origin.parent, origin.header_lines, origin.input
    )];
    for hop in &message.hops {
        facts.push(format!(
            "  hop {} {} {:?} epoch {:?} delay {:?} skew {:?} hosts {:?} {:?} {:?} {:?} {:?} {:?} {:?} {}",
            hop.index,
            hop.kind,
            hop.lines,
            hop.epoch,
            hop.delay_seconds,
            hop.skew_seconds,
            hop.from_host,
            hop.by_host,
            hop.handover,
            hop.ip_scope.map(|scope| format!("{scope:?}").replace("Documentation", "Public")),
            hop.protocol,
            hop.software.is_some(),
            hop.tls.as_ref().and_then(|tls| tls.version.as_deref()),
            hop.encrypted,
        ));
    }
    facts.extend(message.boundary.iter().map(|boundary| format!("  boundary {}", boundary.hop)));
    facts.extend(
        message.strata.iter().map(|one| format!("  stratum {:?} {:?} {}", one.lines, one.hop, one.is_named)),
    );
    facts.extend(
        message
            .circle
            .iter()
            .map(|circle| format!("  circle {} {:?} {}", circle.is_loop, circle.passes, circle.laps)),
    );
    if let Some(bounce) = &message.bounce {
        facts.push(format!(
            "  bounce {} original {:?} reporter {}",
            bounce.kind,
            bounce.original,
            bounce.reporter.is_some()
        ));
        facts.extend(bounce.recipients.iter().map(|recipient| {
            let has = [&recipient.address, &recipient.diagnostic, &recipient.remote].map(Option::is_some);
            format!("  recipient {:?} {:?} {has:?}", recipient.status, recipient.reply_code)
        }));
    }
    facts
}

fn of_set(set: &CopySet) -> Vec<String> {
    let fork = set.fork.as_ref().map(|fork| (fork.message, fork.hop));
    let mut facts =
        vec![format!("set {:?} {} {:?} fork {fork:?}", set.messages, set.verdict, set.confidence)];
    facts.extend(
        set.reasons
            .iter()
            .map(|reason| format!("  reason {} {:?} {}", reason.kind, reason.confidence, reason.messages)),
    );
    facts.extend(
        set.makers
            .iter()
            .map(|maker| format!("  maker {} {:?} {:?}", maker.copies, maker.first_epoch, maker.last_epoch)),
    );
    facts.extend(set.members.iter().map(|member| {
        let fork = member.fork.as_ref().map(|fork| (fork.message, fork.hop));
        format!(
            "  member {} of {:?} {:?} {:?} {fork:?}",
            member.message, member.relative, member.verdict, member.confidence
        )
    }));
    facts.extend(set.tree.iter().map(|branch| {
        format!("  branch {:?} {} {:?} {:?}", branch.parent, branch.message, branch.hops, branch.ends)
    }));
    facts
}
