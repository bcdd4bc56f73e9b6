//! Letters on messages that go round, in German.

use super::{Telling, surely};
use crate::report::letters::is_domain;
use crate::report::model::{Circle, CircleMember, Finding, Hop, Message};

/// A loop that the route shows.
pub(super) fn seen(finding: &Finding, server: &str, messages: &[Message]) -> Telling {
    let message = finding.evidence.first().and_then(|evidence| messages.get(evidence.message));
    let circle = message.and_then(|message| message.circle.as_ref());
    let was_returned = message.is_some_and(|message| message.origin.form == "bounce-original");
    let course = circle.map_or_else(
        || {
            format!(
                "Eine Nachricht läuft {}im Kreis, und {server} ist daran beteiligt.",
                surely(finding.confidence)
            )
        },
        |circle| format!("Eine Nachricht {}", course(circle, was_returned, surely(finding.confidence))),
    );
    let turn = if circle.is_some_and(|circle| circle.members.len() > 1) {
        format!(" {server} hat sie als erster Server dorthin zurückgeschickt, wo sie schon gewesen war.")
    } else {
        String::new()
    };
    Telling {
        subject: format!("Mailschleife: {server}"),
        seen: format!("{course}{turn}"),
        why: "So kommt die Nachricht nie an. Andere Nachrichten an diesen Empfänger nehmen wahrscheinlich denselben Weg, und jede Runde belastet alle beteiligten Server.".to_owned(),
        steps: steps(message, server),
    }
}

/// A loop of which a bounce tells.
pub(super) fn reported(finding: &Finding, server: &str, messages: &[Message]) -> Telling {
    let report = finding.evidence.first().and_then(|evidence| messages.get(evidence.message));
    let bounce = report.and_then(|report| report.bounce.as_ref());
    let original = bounce.and_then(|bounce| messages.get(bounce.original?));
    let recipient = bounce.and_then(|bounce| bounce.recipients.first()?.address.as_deref());
    let to = recipient.map_or_else(String::new, |recipient| format!(" an {recipient}"));
    let course = original.and_then(|original| original.circle.as_ref()).map_or_else(String::new, |circle| {
        format!(" Die zurückgesandten Kopfzeilen zeigen es: Sie {}", course(circle, true, ""))
    });
    Telling {
        subject: format!("Unzustellbar wegen einer Mailschleife: {server}"),
        seen: format!(
            "Ein Unzustellbarkeitsbericht meldet, dass eine Nachricht{to} aufgegeben wurde, weil sie {}im Kreis lief. Die Spur führt zu {server}.{course}",
            surely(finding.confidence)
        ),
        why: "Die Nachricht ist nicht angekommen. Sie noch einmal zu senden hilft nicht, solange niemand ihren Weg ändert.".to_owned(),
        steps: steps(original.or(report), server),
    }
}

/// More names than this are not read.
const NAMED: usize = 4;

/// `läuft zwischen a und b im Kreis: Sie kam 3-mal zu a zurück, etwa alle 6 Sekunden.`
fn course(circle: &Circle, was_returned: bool, surely: &str) -> String {
    let runs = if was_returned { "lief" } else { "läuft" };
    let names: Vec<&str> = circle.members.iter().map(|member| member.name.as_str()).collect();
    let first = names.first().copied().unwrap_or_default();
    let among = match names.as_slice() {
        [one] => format!("auf {one}"),
        [one, other] => format!("zwischen {one} und {other}"),
        many if many.len() > NAMED => {
            let more = names.len() - (NAMED - 1);
            let named: Vec<&str> = many.iter().take(NAMED - 1).copied().collect();
            format!("über {} Server ({} und {more} weitere)", many.len(), named.join(", "))
        }
        [front @ .., last] => format!("über {} und {last}", front.join(", ")),
        [] => String::new(),
    };
    let every = circle.seconds_per_lap.map_or_else(String::new, |seconds| format!(", {}", every(seconds)));
    let again = match circle.laps {
        1 => "Sie kam einmal zurück und nahm denselben Weg noch einmal".to_owned(),
        laps => format!("Sie kam {laps}-mal zu {first} zurück{every}"),
    };
    let end = if was_returned { "; danach wurde sie als unzustellbar zurückgeschickt" } else { "" };
    format!("{runs} {surely}{among} im Kreis: {again}{end}.")
}

fn every(seconds: i64) -> String {
    match seconds {
        ..=0 => "mehrmals in der Sekunde".to_owned(),
        1 => "etwa jede Sekunde".to_owned(),
        2..120 => format!("etwa alle {seconds} Sekunden"),
        120..7200 => format!("etwa alle {} Minuten", (seconds + 30) / 60),
        _ => format!("etwa alle {} Stunden", (seconds + 1800) / 3600),
    }
}

const LIMIT: &str =
    "Erhöhen Sie bitte nicht die Grenze für die Zahl der Stationen: Die Nachricht liefe nur länger im Kreis.";

fn steps(message: Option<&Message>, server: &str) -> Vec<String> {
    let lap = message.map(lap).unwrap_or_default();
    if lap.iter().any(|hop| hop.kind == "fetch") {
        return [
            "In jeder Runde wird die Nachricht aus einem Postfach abgeholt und neu eingeliefert. Lassen Sie das Abholprogramm nur an Ihre eigenen Benutzer zustellen, nach dem Empfänger, den der Anbieter vermerkt hat, nie nach To und Cc.",
            "Prüfen Sie, ob das Postfach oder ein Alias dahin weiterleitet, woher die Post kommt, und entfernen Sie diese Weiterleitung.",
            LIMIT,
        ]
        .map(str::to_owned)
        .to_vec();
    }
    let addresses = addresses(message, lap);
    if let [one, other, ..] = addresses.as_slice() {
        return vec![
            format!("Es scheinen zwei Weiterleitungen aufeinander zu zeigen: {one} und {other}. Prüfen Sie, wohin die Adresse auf Ihrem Server weiterleitet (Aliasse, .forward, Sieve, Regeln des Postfachs)."),
            "Entfernen Sie eine der beiden Weiterleitungen. Welche, hängt davon ab, wo die Post bleiben soll.".to_owned(),
            LIMIT.to_owned(),
        ];
    }
    let domain = addresses.first().and_then(|address| address.rsplit_once('@')).map(|(_, domain)| domain);
    one_owner(program(message, lap, server), server, domain)
}

/// The hops from the first pass to the last.
fn lap(message: &Message) -> &[Hop] {
    let passes = message.circle.as_ref().map(|circle| circle.passes.as_slice()).unwrap_or_default();
    let ends = passes.first().zip(passes.last());
    ends.and_then(|(first, last)| message.hops.get(*first..=*last)).unwrap_or_default()
}

/// The different recipients that the message has where it turns.
fn addresses<'m>(message: Option<&Message>, lap: &'m [Hop]) -> Vec<&'m str> {
    let circle = message.and_then(|message| message.circle.as_ref());
    let members = circle.map(|circle| circle.members.as_slice()).unwrap_or_default();
    let mut addresses: Vec<&str> = Vec::new();
    for member in members.iter().filter(|member| member.is_turning_point) {
        let own = recipient_at(member, lap);
        addresses.extend(own.filter(|own| !addresses.iter().any(|known| known.eq_ignore_ascii_case(own))));
    }
    addresses
}

fn recipient_at<'m>(member: &CircleMember, lap: &'m [Hop]) -> Option<&'m str> {
    let hop = lap.iter().find(|hop| member.host.is_some() && hop.by_host == member.host)?;
    hop.recipient.as_deref().filter(|_| hop.recipients.len() == 1)
}

/// The program on the server that is written to, in lower case.
fn program(message: Option<&Message>, lap: &[Hop], server: &str) -> String {
    let hosts = message.map(|message| message.hosts.as_slice()).unwrap_or_default();
    let is_its =
        |hop: &&Hop| hop.by_host.and_then(|host| hosts.get(host)).is_some_and(|host| host.name == server);
    let software = lap.iter().filter(is_its).find_map(|hop| hop.software.as_deref());
    software.and_then(|software| software.split(' ').next()).unwrap_or_default().to_ascii_lowercase()
}

/// Two servers that hold each other responsible for a domain.
fn one_owner(program: String, server: &str, domain: Option<&str>) -> Vec<String> {
    let typed = domain.filter(|domain| is_domain(domain)).unwrap_or("IHRE-DOMAIN");
    let of = domain.map_or_else(|| "die Domain des Empfängers".to_owned(), str::to_owned);
    let [look, here, elsewhere] = match program.as_str() {
        "postfix" => [
            format!(
                "Sehen Sie nach, wohin Postfix diese Domain schickt: „postconf mydestination virtual_mailbox_domains relay_domains transport_maps relayhost“, und für jede Tabelle in transport_maps „postmap -q {typed} TABELLE“."
            ),
            "tragen Sie die Domain in mydestination oder in virtual_mailbox_domains ein, aber nicht in beide"
                .to_owned(),
            format!(
                "tragen Sie „{typed} smtp:[NAME-DES-SERVERS]“ in die Transporttabelle ein; die eckigen Klammern verhindern, dass der MX befragt wird, der zurückführen kann"
            ),
        ],
        "exim" => [
            format!(
                "Sehen Sie nach, wohin Exim solche Post schickt: „exim -bt postmaster@{typed}“ nennt den Router und den Zielserver."
            ),
            "tragen Sie die Domain in die Liste local_domains ein".to_owned(),
            format!(
                "nennen Sie ihn in einem manualroute-Router vor den anderen: „route_list = \"{typed} NAME-DES-SERVERS\"“"
            ),
        ],
        "sendmail" => [
            format!("Sehen Sie nach, wohin sendmail solche Post schickt: „sendmail -bv postmaster@{typed}“."),
            "tragen Sie die Domain in /etc/mail/local-host-names ein".to_owned(),
            format!(
                "tragen Sie „{typed} esmtp:[NAME-DES-SERVERS]“ in /etc/mail/mailertable ein und erzeugen Sie die Tabelle neu"
            ),
        ],
        _ => [
            "Sehen Sie nach, wohin Ihr Server Post für diese Domain schickt.".to_owned(),
            "muss er die Domain als seine eigene kennen".to_owned(),
            "nennen Sie diesen fest, nicht über den MX, der zurückführen kann".to_owned(),
        ],
    };
    vec![
        format!(
            "Legen Sie fest, welcher Server die Post für {of} behält: {server} gibt sie weiter, und von dort kommt sie zurück."
        ),
        look,
        format!("Liegen die Postfächer auf diesem Server, {here}."),
        format!("Liegen sie auf einem anderen Server, {elsewhere}."),
        LIMIT.to_owned(),
    ]
}
