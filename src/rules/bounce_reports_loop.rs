//! # What it finds
//!
//! A bounce that was sent because the message went round: the server that gave up says so, by its words (“too many hops”, “mail loops back
//! to myself”, “it already has my Delivered-To line”) or by the status code X.4.6. Microsoft's own codes 5.4.14 and 5.7.128 count where
//! Exchange wrote them. The returned header then shows the loop, as far as it went; where the bounce gives no reason at all, as Exim's does
//! not, that header alone tells.
//!
//! # Why it matters
//!
//! The message did not arrive, and the next one will not either: the fault is not with the sender, nor with the recipient's mailbox, but
//! with the way in between. There is one false loop: a server that fetches its mail takes the provider's Delivered-To line for its own.
//!
//! # How to fix
//!
//! What was said tells the sort of loop: two servers that hold each other responsible, a server that does not know a domain whose mail is
//! sent to it, two addresses that forward to each other, a rule that redirects its own mail, or Exchange Online and another system.
//!
//! # When it stays quiet
//!
//! On the same words in an ordinary mail, and in an answer or a complaint: only what a bounce reports on a recipient counts. Codes that
//! somebody else uses with another meaning do not count by themselves.
//!
//! # References
//!
//! RFC 3463, section 3.5 (X.4.6); RFC 5321, section 6.3; the texts of the programs. Microsoft: "Fix NDR error code 550 5.4.6 through 5.4.20
//! in Exchange Online".

use super::{Group, Rule};
use crate::advice::{Program, loops};
use crate::bounce::{Bounce, Kind, Recipient};
use crate::case::{Case, Message};
use crate::fields::status;
use crate::finding::{Confidence, Culprit, Evidence, Finding, Remedy, Severity};
use crate::route::{Circle, Kind::Fetch};

pub(super) const RULE: Rule = Rule {
    id: "bounce-reports-loop",
    title: "The bounce reports a loop",
    group: Group::Loops,
    check,
    spared: None,
};

/// The sort of a loop, as a server tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// Too many lines: the message went round.
    Hops,
    /// An address had it already.
    Forward,
    /// The server is sent mail for a domain that it does not know as its own.
    Itself,
    /// The message was fetched from a mailbox, and the line that the provider wrote there looks like the server's own.
    Fetched,
    /// A mail flow rule of Exchange redirects what it redirected.
    Rule,
}

/// What servers write, in lower case. All words of an entry have to be there.
const TEXTS: [(&[&str], Sort); 22] = [
    (&["mail forwarding loop for"], Sort::Forward),
    (&["already has my delivered-to"], Sort::Forward),
    (&["already have my delivered-to"], Sort::Forward),
    (&["maximum forwarding loop count exceeded"], Sort::Forward),
    (&["loops back to myself"], Sort::Itself),
    (&["loops back to me"], Sort::Itself),
    (&["remote host address is the local host"], Sort::Itself),
    (&["lowest numbered mx record points to local host"], Sort::Itself),
    (&["mx list for", "points back to"], Sort::Itself),
    (&["best-preference mx", "control/locals"], Sort::Itself),
    (&["transport rules loop count exceeded"], Sort::Rule),
    (&["hop count exceeded"], Sort::Hops),
    (&["too many hops"], Sort::Hops),
    (&["too many received"], Sort::Hops),
    (&["message is looping"], Sort::Hops),
    (&["routing loop"], Sort::Hops),
    (&["possible mail loop"], Sort::Hops),
    (&["suspected mail loop"], Sort::Hops),
    (&["forwarded more than the maximum allowed times"], Sort::Hops),
    (&["message exceeded 50 hops"], Sort::Hops),
    (&["loop detected"], Sort::Hops),
    (&["forwarding loop"], Sort::Forward),
];

fn check(case: &Case<'_>) -> Vec<Finding> {
    let found = case.messages.iter().enumerate().filter_map(|(place, message)| {
        let bounce = message.item.bounce.as_ref()?;
        if !matches!(bounce.kind, Kind::Failed | Kind::Delayed) {
            return None;
        }
        let returned = returned(case, place);
        let (recipient, sort) = bounce
            .recipients
            .iter()
            .find_map(|recipient| Some((recipient, sort(bounce, recipient, returned)?)))?;
        Some(Report { place, bounce, recipient, sort, returned }.finding())
    });
    found.collect()
}

/// The header that the bounce returned.
fn returned<'c, 'a>(case: &'c Case<'a>, place: usize) -> Original<'c, 'a> {
    // It follows its bounce.
    let mut behind = case.messages.iter().enumerate().skip(place + 1);
    behind.next().filter(|(_, message)| message.item.parent == Some(place))
}

/// The message that a bounce returned, with its place; absent where none was.
type Original<'c, 'a> = Option<(usize, &'c Message<'a>)>;

fn sort(bounce: &Bounce, recipient: &Recipient, returned: Original<'_, '_>) -> Option<(Sort, Confidence)> {
    let said = recipient.diagnostic.as_deref().unwrap_or_default();
    let by_text = by_text_of(said);
    let by_text =
        by_text.or_else(|| by_text_of(bounce.words.as_deref().filter(|_| bounce.recipients.len() == 1)?));
    match by_text {
        Some((_, Sort::Forward)) if was_fetched(returned) => {
            return Some((Sort::Fetched, Confidence::Likely));
        }
        Some((_, sort)) => return Some((*sort, Confidence::Certain)),
        None => {}
    }
    let code = recipient.status.as_deref().unwrap_or_default();
    let detail = code.split_once('.').map_or("", |(_, detail)| detail);
    match detail {
        // Zoho gives 5.4.6 for "Unusual sending activity detected".
        "4.6" if !matches!(status::by_words(said), None | Some(status::Sort::Loop)) => None,
        "4.6" => Some((Sort::Hops, Confidence::Likely)),
        "4.14" if is_microsoft(bounce, recipient) => Some((Sort::Hops, Confidence::Likely)),
        "7.128" if is_microsoft(bounce, recipient) => Some((Sort::Rule, Confidence::Likely)),
        // Exim keeps the reason to itself in its bounce; the returned header tells it.
        "" | "0.0" if said.is_empty() && goes_round(returned) => Some((Sort::Hops, Confidence::Likely)),
        _ => None,
    }
}

/// The sort of loop that a text tells of.
fn by_text_of(text: &str) -> Option<&'static (&'static [&'static str], Sort)> {
    let text = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    TEXTS.iter().find(|(words, _)| words.iter().all(|word| text.contains(word)))
}

fn goes_round(returned: Original<'_, '_>) -> bool {
    returned.is_some_and(|(_, message)| message.route.circle.as_ref().is_some_and(Circle::is_loop))
}

fn was_fetched(returned: Original<'_, '_>) -> bool {
    returned.is_some_and(|(_, message)| message.route.hops.iter().any(|hop| hop.kind == Fetch))
}

/// Whether Exchange produced the answer: by the server that refused or reported, or by the marks of its text.
fn is_microsoft(bounce: &Bounce, recipient: &Recipient) -> bool {
    let servers = [recipient.remote.as_deref(), bounce.reporter.as_deref()];
    let is_theirs = |server: &str| {
        [".outlook.com", ".office365.us", ".exchangelabs.com"]
            .iter()
            .any(|end| server.to_ascii_lowercase().ends_with(end))
    };
    let said = recipient.diagnostic.as_deref().unwrap_or_default();
    servers.into_iter().flatten().any(is_theirs)
        || said.contains("ATTR")
        || said.contains(".outlook.com")
        || said.contains("TRANSPORT.RULES")
}

/// One bounce that tells of a loop.
struct Report<'c, 'a> {
    place: usize,
    bounce: &'c Bounce,
    recipient: &'c Recipient,
    sort: (Sort, Confidence),
    returned: Original<'c, 'a>,
}

impl Report<'_, '_> {
    fn finding(&self) -> Finding {
        let circle = self.circle().filter(|circle| circle.is_loop());
        Finding {
            id: RULE.id,
            title: RULE.title,
            severity: Severity::High,
            confidence: self.sort.1,
            what: self.what(),
            why: self.why(),
            remedies: self.remedies(),
            evidence: self.evidence(),
            culprit: circle.and_then(|circle| {
                let host = self.returned?.1.route.hosts.get(circle.returner?)?;
                Some(Culprit { host: Some(host.name.clone()), domain: host.domain() })
            }),
        }
    }

    fn circle(&self) -> Option<&Circle> {
        self.returned?.1.route.circle.as_ref()
    }

    /// The server that refused.
    fn server(&self) -> Option<&str> {
        self.recipient.remote.as_deref().or(self.bounce.reporter.as_deref())
    }

    fn domain(&self) -> Option<&str> {
        self.recipient.address.as_deref()?.rsplit_once('@').map(|(_, domain)| domain)
    }

    fn what(&self) -> String {
        let system = self.bounce.system.as_ref().map(|domain| format!("The mail system of {domain}"));
        let system = system.as_deref().unwrap_or("A server");
        let server = self.server().unwrap_or(system);
        let whom =
            self.recipient.address.as_deref().map_or_else(String::new, |address| format!(" to {address}"));
        let probably = if self.sort.1 == Confidence::Certain { "" } else { "probably " };
        let because = match self.sort.0 {
            Sort::Hops => format!("because it was {probably}going round{}", self.between()),
            Sort::Forward => {
                format!(
                    "because it had been delivered to the same address before: forwards lead round{}",
                    self.between()
                )
            }
            Sort::Itself => "because the next server on the way would have been itself".to_owned(),
            Sort::Fetched => {
                "because it probably took the line that the mailbox provider wrote (Delivered-To) for its own"
                    .to_owned()
            }
            Sort::Rule => format!("because a mail flow rule {probably}redirects what it redirected before"),
        };
        let did = if self.recipient.remote.is_some() { "refused" } else { "gave up" };
        format!("{server} {did} the message{whom}, {because}.")
    }

    /// Between whom the returned header shows it going round.
    fn between(&self) -> String {
        let names: Vec<String> = self.circle().map_or_else(Vec::new, |circle| {
            circle.members.iter().map(|member| member.name.clone()).collect()
        });
        if names.len() < 2 { String::new() } else { format!(" between {}", crate::advice::joined(&names)) }
    }

    fn why(&self) -> String {
        let said = self.recipient.diagnostic.as_deref().map_or_else(String::new, |said| {
            let short: String = said.chars().take(200).collect();
            format!(" Its words: “{}”.", short.trim_end_matches('.'))
        });
        let shown = self.circle().map_or_else(String::new, |circle| {
            let names: Vec<String> = circle.members.iter().map(|member| member.name.clone()).collect();
            format!(
                " The returned header shows where: between {}, back at {} {}.",
                crate::advice::joined(&names),
                names.first().map_or("", |name| name),
                if circle.laps() == 1 { "once".to_owned() } else { format!("{} times", circle.laps()) }
            )
        });
        format!(
            "The message did not arrive, and sending it again will not help until somebody changes the way it takes.{said}{shown}"
        )
    }

    fn remedies(&self) -> Vec<Remedy> {
        let server = self.server().unwrap_or("the server that gave up");
        let program = self.program();
        let domain = self.domain();
        let address = self.recipient.address.as_deref().unwrap_or("the recipient");
        match self.sort.0 {
            Sort::Forward => vec![self.forward(address, server, program)],
            Sort::Itself => {
                vec![loops::itself(program, self.bounce.reporter.as_deref().unwrap_or(server), domain)]
            }
            Sort::Fetched => vec![fetched(server)],
            Sort::Rule => vec![rule()],
            Sort::Hops if program == Program::ExchangeOnline => vec![loops::exchange_online(domain)],
            Sort::Hops => vec![self.one_owner(server, program, domain)],
        }
    }

    fn forward(&self, address: &str, server: &str, program: Program) -> Remedy {
        let ends = self.circle().map(|circle| circle.members.as_slice()).unwrap_or_default();
        let hops = self.returned.map(|(_, message)| message.route.hops.as_slice()).unwrap_or_default();
        let mut known: Vec<(String, String, Program)> = Vec::new();
        for member in ends {
            let Some(hop) = hops.get(member.hop) else { continue };
            let software = hop.received.software.as_ref().map_or("", |software| &software.name);
            if let [one] = hop.received.recipients.as_slice()
                && !known.iter().any(|(address, ..)| address.eq_ignore_ascii_case(one))
            {
                known.push((one.value.clone(), member.name.clone(), Program::named(software, &member.name)));
            }
        }
        if known.is_empty() {
            known.push((address.to_owned(), server.to_owned(), program));
        }
        loops::mutual_forward(&known)
    }

    fn one_owner(&self, server: &str, program: Program, domain: Option<&str>) -> Remedy {
        let returner = self.circle().and_then(|circle| {
            let (_, message) = self.returned?;
            let host = message.route.hosts.get(circle.returner?)?;
            let hop = message.route.hops.iter().rev().find(|hop| hop.by_host == circle.returner);
            let software =
                hop.and_then(|hop| hop.received.software.as_ref()).map_or("", |software| &software.name);
            let next = circle.members.iter().find(|member| member.host != circle.returner);
            Some(loops::one_owner(
                Program::named(software, &host.name),
                &host.name,
                next.map_or("the next server", |member| &member.name),
                domain,
            ))
        });
        returner.unwrap_or_else(|| loops::one_owner(program, server, "the next server", domain))
    }

    /// The program that gave up, told from its words and from the lines of the returned header.
    fn program(&self) -> Program {
        let server = self.server().unwrap_or_default();
        let said = self.recipient.diagnostic.as_deref().unwrap_or_default().to_lowercase();
        let by_words = [
            ("x-postfix", Program::Postfix),
            ("loops back to myself", Program::Postfix),
            ("mail forwarding loop for", Program::Postfix),
            ("(mx problem?)", Program::Sendmail),
            ("points back to", Program::Sendmail),
            ("too many \"received\"", Program::Exim),
            ("remote host address is the local host", Program::Exim),
            ("control/locals", Program::Qmail),
            ("my delivered-to line", Program::Qmail),
            ("my delivered-to: header", Program::Courier),
            ("routing loop detected -- too many received", Program::Courier),
            ("routing loop detected: loop detected", Program::OpenSmtpd),
            ("message exceeded 50 hops", Program::Google),
            ("maximum hop count exceeded", Program::Domino),
            ("maximum forwarding loop count", Program::Domino),
            ("attr34", Program::ExchangeOnline),
            ("maximum allowed times", Program::SmtpService),
            ("hop count exceeded - possible mail loop", Program::Exchange),
        ];
        if Program::named("", server) == Program::ExchangeOnline {
            return Program::ExchangeOnline;
        }
        let found = by_words.iter().find(|(words, _)| said.contains(words)).map(|(_, program)| *program);
        let by_line = || {
            let hop = self
                .returned?
                .1
                .route
                .hops
                .iter()
                .rev()
                .find(|hop| hop.received.by.as_deref() == Some(server))?;
            Some(Program::named(&hop.received.software.as_ref()?.name, server))
        };
        found.or_else(by_line).unwrap_or(Program::Other)
    }

    /// What was said of the recipient; then, in the returned header, the passes.
    fn evidence(&self) -> Vec<Evidence> {
        let said = Evidence {
            message: self.place,
            span: self.recipient.span,
            label: "The bounce tells that the message was given up, and why.".into(),
        };
        let passes = self.circle().zip(self.returned).into_iter().flat_map(|(circle, (place, message))| {
            let name = circle.members.first().map_or("", |member| &member.name);
            let newest = circle.passes.iter().enumerate().rev().take(3);
            newest.filter_map(move |(nth, hop)| {
                let label = format!("In the returned header: pass {} at {name}.", nth + 1);
                Some(Evidence { message: place, span: message.route.hops.get(*hop)?.span, label })
            })
        });
        std::iter::once(said).chain(passes).filter(|evidence| !evidence.span.is_empty()).collect()
    }
}

/// fetchmail(1), "dropdelivered"; local(8) of Postfix.
fn fetched(server: &str) -> Remedy {
    Remedy {
        who: format!("Whoever runs {server} and the program that fetches its mail by POP3 or IMAP"),
        steps: vec![
            "The provider wrote Delivered-To with the address that the mail has here, so every fetched message looks like one that comes back. Give the mailbox here another address than the one at the provider, and let the fetcher deliver to it.".into(),
            "If that cannot be: have the fetcher take the line out (fetchmail: the option `dropdelivered`). That also takes out the protection against real loops.".into(),
            "Better: have the mail delivered by SMTP, with an MX record that names your own server.".into(),
        ],
        disturbs_mail_flow: true,
        references: vec!["fetchmail(1), dropdelivered".into(), "RFC 9228, section 4".into()],
    }
}

/// <https://learn.microsoft.com/exchange/security-and-compliance/mail-flow-rules/mail-flow-rules>.
fn rule() -> Remedy {
    Remedy {
        who: "The administrator of the Exchange organisation or Microsoft 365 tenant".into(),
        steps: vec![
            "`Get-TransportRule | fl Name,State,RedirectMessageTo,AddToRecipients,CopyTo,BlindCopyTo`: find the rules that redirect or add recipients.".into(),
            "Give the rule an exception, so that it leaves its own messages alone: a header that it sets itself, or the recipient to which it redirects.".into(),
        ],
        disturbs_mail_flow: true,
        references: vec!["https://learn.microsoft.com/exchange/security-and-compliance/mail-flow-rules/mail-flow-rules".into()],
    }
}
