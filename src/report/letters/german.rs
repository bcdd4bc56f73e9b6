//! The same letters in German, each in words of its own: no translation of the findings' sentences, which are English.

mod loops;

use std::collections::HashSet;
use std::fmt::Write;

use super::{SHOWN, addressee, name, one_line, quoted};
use crate::copies::{CopySet, Maker, Means};
use crate::report::duration::utc;
use crate::report::model::{Confidence, Finding, Letter, Message};

/// What a letter tells.
struct Telling {
    subject: String,
    /// What was seen.
    seen: String,
    /// Why it matters.
    why: String,
    /// What would help.
    steps: Vec<String>,
}

/// The German text on a finding; absent where there is none in English. `lines` is what stands at each place of the evidence.
pub fn letter(finding: &Finding, lines: &[String], messages: &[Message]) -> Option<Letter> {
    let english = finding.letter.as_ref()?;
    let (_, server) = addressee(finding.culprit.as_ref()?)?;
    let telling = tell(finding, server, messages);
    // Of a line that shows two things, the reasons stand in English only.
    let mut seen = HashSet::new();
    let places = finding.evidence.iter().map(|evidence| (evidence.message, evidence.span));
    let lines: Vec<String> = lines
        .iter()
        .zip(places)
        .filter(|(_, place)| seen.insert(*place))
        .map(|(line, _)| line.clone())
        .collect();
    Some(written(english.to.clone(), telling, &lines))
}

/// The German text for a site that made copies of a message.
pub fn of_maker(maker: &Maker, set: &CopySet, english: &Letter, server: &str, lines: &[String]) -> Letter {
    let (made, total) = (maker.copies, set.messages.len());
    let copies = if made == 1 { "Eine davon stammt".to_owned() } else { format!("{made} davon stammen") };
    let mut seen = format!(
        "Uns liegen {total} Exemplare derselben Nachricht vor. {copies} von {server}: Der Server hat die Post aus einem Postfach abgeholt und noch einmal an die Adressen in To und Cc versendet, wo sie schon angekommen war."
    );
    if let Some((first, last)) = maker.times {
        seen.push_str(&format!(
            " Das erste dieser Exemplare ging dort um {} UTC ab, das letzte um {} UTC.",
            utc(first),
            utc(last)
        ));
    }
    let others: Vec<&str> =
        set.makers.iter().filter(|other| *other != maker).filter_map(name).take(SHOWN).collect();
    if !others.is_empty() {
        seen.push_str(&format!(
            " Er ist nicht der einzige: {} taten dasselbe, und solche Server füttern einander. Wir schreiben allen Beteiligten.",
            others.join(", ")
        ));
    }
    let steps = if maker.means == Some(Means::Connector) { stop_connector() } else { stop_fetcher(server) };
    let telling = Telling {
        subject: format!("{server} versendet abgeholte Post noch einmal"),
        seen,
        why: FED_BACK.to_owned(),
        steps,
    };
    written(english.to.clone(), telling, lines)
}

fn written(to: String, telling: Telling, lines: &[String]) -> Letter {
    let mut text = "Guten Tag,\n\n".to_owned();
    // Writing to a String does not fail.
    let _ = write_body(&mut text, &telling, lines);
    Letter { to, subject: one_line(&telling.subject), text }
}

fn write_body(text: &mut String, telling: &Telling, lines: &[String]) -> std::fmt::Result {
    writeln!(
        text,
        "wir haben die Kopfzeilen einer E-Mail geprüft, die über Ihren Server lief. Sie zeigen eine Störung, die Sie vermutlich am besten beheben können.\n"
    )?;
    writeln!(text, "Was zu sehen ist: {}\n", one_line(&telling.seen))?;
    writeln!(text, "Warum das wichtig ist: {}\n", one_line(&telling.why))?;
    if !lines.is_empty() {
        writeln!(text, "Diese Zeilen zeigen es, so wie sie in den Kopfzeilen stehen:\n")?;
    }
    for line in lines.iter().take(SHOWN) {
        writeln!(text, "{}\n", quoted(line))?;
    }
    writeln!(text, "Was helfen würde:\n")?;
    for (nth, step) in (1..).zip(&telling.steps) {
        writeln!(text, "{nth}. {}", one_line(step))?;
    }
    writeln!(
        text,
        "\nWir sehen nur diese Nachricht, nicht Ihren Server. Falls wir uns irren oder jemand anders ihn betreibt, geben Sie uns bitte kurz Bescheid. Vielen Dank für Ihre Mühe.\n\nMit freundlichen Grüßen"
    )
}

fn tell(finding: &Finding, server: &str, messages: &[Message]) -> Telling {
    match finding.id.as_str() {
        "backscatter-source" => backscatter(finding, server),
        "bounce-reports-loop" => loops::reported(finding, server, messages),
        "duplicate-multidrop" => multidrop(server),
        "duplicate-reinjected" | "pop3-connector-reinjection" | "recipient-reinjection" => {
            fed_back(finding, server)
        }
        "list-loop" => list(finding, server),
        "routing-loop" => loops::seen(finding, server, messages),
        id => other(id, server),
    }
}

/// How sure a sentence sounds.
const fn surely(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Certain => "",
        Confidence::Likely => "wahrscheinlich ",
        Confidence::Possible => "möglicherweise ",
    }
}

fn backscatter(finding: &Finding, server: &str) -> Telling {
    let is_by_fetchmail = has_step_with(finding, "set no bouncemail");
    let at_once = is_by_fetchmail.then(|| {
        "Unterbinden Sie als Erstes, dass fetchmail selbst Berichte verschickt: „set no bouncemail“ am Anfang seiner Konfiguration schickt sie stattdessen an den Postmaster vor Ort.".to_owned()
    });
    let steps = [
        "Schalten Sie ein Sammelpostfach für unbekannte Adressen (Catch-all) ab, beim Anbieter und auf dem Server. Legen Sie für häufige Tippfehler Aliasadressen an.",
        "Lassen Sie die Post per SMTP an Ihren eigenen Server zustellen und lehnen Sie unbekannte Empfänger ab, solange der einliefernde Server noch verbunden ist (bei RCPT TO). Was ein POP3-Programm abholt, ist bereits angenommen und kann nicht mehr abgelehnt werden.",
        "Muss POP3 bleiben, richten Sie für jeden Benutzer ein eigenes Postfach ein.",
    ];
    Telling {
        subject: format!("{server} schickt bereits angenommene Post zurück"),
        seen: format!(
            "{server} hat eine Nachricht {}zuerst angenommen oder aus einem Postfach abgeholt und danach als unzustellbar an den angeblichen Absender zurückgeschickt. Wessen Adresse gefälscht wird, der bekommt solche Berichte, ohne geschrieben zu haben.",
            surely(finding.confidence)
        ),
        why: "Was nicht zugestellt werden kann, sollte ein Server ablehnen, bevor er es annimmt. Spätere Berichte treffen Unbeteiligte, und Ihr Server kann dadurch auf Sperrlisten geraten.".to_owned(),
        steps: at_once.into_iter().chain(steps.map(str::to_owned)).collect(),
    }
}

fn multidrop(server: &str) -> Telling {
    Telling {
        subject: format!("{server} stellt jede abgeholte Kopie allen Empfängern zu"),
        seen: format!(
            "{server} hat mehrere Exemplare derselben Nachricht abgeholt, die für verschiedene Empfänger gespeichert waren, und derselben Person mehr als eines davon zugestellt."
        ),
        why: "Der Anbieter speichert im gemeinsamen Postfach für jeden Empfänger ein eigenes Exemplar und vermerkt, für wen es ist. Das Abholprogramm liest stattdessen To und Cc und gibt jedes Exemplar an alle weiter: Bei fünf Empfängern bekommt jeder die Nachricht fünfmal. Der Absender hat sie nur einmal gesendet.".to_owned(),
        steps: vec![
            ASK_PROVIDER.to_owned(),
            "Lassen Sie das Programm den Empfänger nur aus diesem Feld lesen (fetchmail: „envelope“, getmail: „envelope_recipient“).".to_owned(),
            LEAVE_POP3.to_owned(),
        ],
    }
}

/// Mail that was collected and sent out again.
fn fed_back(finding: &Finding, server: &str) -> Telling {
    let is_connector = finding.id == "pop3-connector-reinjection" || has_step_with(finding, "KB 835734");
    let subject = if is_connector {
        format!("POP3-Connector von {server} versendet abgeholte Post noch einmal")
    } else {
        format!("{server} versendet abgeholte Post noch einmal")
    };
    let what = if finding.id == "duplicate-reinjected" {
        "wenigstens ein Exemplar einer Nachricht"
    } else {
        "eine Nachricht"
    };
    Telling {
        subject,
        seen: format!(
            "{server} hat {what} {}aus einem Postfach abgeholt und noch einmal an Adressen aus To und Cc versendet, wo sie schon angekommen war.",
            surely(finding.confidence)
        ),
        why: FED_BACK.to_owned(),
        steps: if is_connector { stop_connector() } else { stop_fetcher(server) },
    }
}

const FED_BACK: &str = "POP3 überliefert nicht, für wen eine Nachricht bestimmt war. Wer abgeholte Post an alle Adressen in To und Cc schickt, erzeugt deshalb bei jeder solchen Nachricht Kopien für alle, die dort stehen; arbeiten mehrere Server so, vermehren sich die Kopien, bis alle angehalten sind. Der Absender hat nur einmal gesendet und kann nichts dafür.";

const ASK_PROVIDER: &str = "Fragen Sie Ihren Anbieter, ob er für jeden Empfänger ein eigenes Exemplar speichert und in welchem Feld der Empfänger aus dem Umschlag steht (oft X-Original-To, Delivered-To oder Envelope-To).";

const LEAVE_POP3: &str = "Noch besser: Lassen Sie die Post per SMTP an Ihren eigenen Server zustellen, oder richten Sie für jeden Benutzer ein eigenes Postfach ein.";

fn stop_connector() -> Vec<String> {
    vec![
        "Halten Sie den Dienst „Microsoft Connector for POP3 Mailboxes“ an und entfernen Sie die Kopien aus den Warteschlangen.".to_owned(),
        "Leeren Sie den Ordner PickUp und installieren Sie KB 835734, bevor Sie den Dienst wieder starten.".to_owned(),
        LEAVE_POP3.to_owned(),
    ]
}

fn stop_fetcher(server: &str) -> Vec<String> {
    vec![
        format!("Halten Sie das Programm an, das auf {server} Post abholt, und entfernen Sie die Kopien aus der Warteschlange."),
        ASK_PROVIDER.to_owned(),
        "Lassen Sie nur an Ihre eigenen Benutzer zustellen, und zwar nach diesem Feld, nie nach To und Cc. Aufrufe wie „sendmail -t“ lesen gerade To und Cc.".to_owned(),
        LEAVE_POP3.to_owned(),
    ]
}

fn list(finding: &Finding, server: &str) -> Telling {
    Telling {
        subject: format!("Eine Nachricht lief mehrfach durch dieselbe Mailingliste: {server}"),
        seen: format!(
            "Eine Nachricht lief {}mehr als einmal durch dieselbe Mailingliste unter {server}.",
            surely(finding.confidence)
        ),
        why: "Jedes Mitglied bekommt sie mit jeder Runde noch einmal, und die Antworten darauf ebenso.".to_owned(),
        steps: vec![
            "Lassen Sie die Liste verwerfen, was bereits ihr eigenes Kennzeichen trägt (X-BeenThere, List-Post oder X-Loop). Mailman tut das von selbst, solange unterwegs niemand diese Felder entfernt.".to_owned(),
            "Stellen Sie die Liste bis dahin auf Moderation um.".to_owned(),
            "Suchen Sie unter den Mitgliedern nach Adressen, die zur Liste zurückführen: andere Listen und Weiterleitungen.".to_owned(),
        ],
    }
}

/// What is true of every finding that names a server.
fn other(id: &str, server: &str) -> Telling {
    Telling {
        subject: format!("Störung bei der Zustellung: {server}"),
        seen: format!(
            "Die Kopfzeilen weisen auf {server} als Ursache hin. Unser Prüfprogramm nennt den Befund „{id}“."
        ),
        why: "Andere Nachrichten, die denselben Weg nehmen, sind vermutlich ebenso betroffen.".to_owned(),
        steps: vec![
            format!(
                "Sehen Sie sich bitte die Zeilen oben an und prüfen Sie in den Protokollen von {server}, was mit dieser Nachricht geschah."
            ),
            "Wenn Sie mehr brauchen, senden wir Ihnen gern die vollständigen Kopfzeilen.".to_owned(),
        ],
    }
}

fn has_step_with(finding: &Finding, words: &str) -> bool {
    finding.remedies.iter().flat_map(|remedy| &remedy.steps).any(|step| step.contains(words))
}
