//! # What it finds
//!
//! The receiving side found that nothing proves the domain in the From field (DMARC `fail`): neither SPF nor a DKIM signature passed for
//! that domain. Sample: `Authentication-Results: mx.example.com; dmarc=fail (p=reject dis=none) header.from=example.org`. Where a mailing
//! list, a server that forwards or a filter service stands between, it is named as the likely reason.
//!
//! # Why it matters
//!
//! Mail that fails is put aside or refused where the domain asks for it (`p=quarantine`, `p=reject`), and it may be forged.
//!
//! # How to fix
//!
//! The sender signs with the domain of its From field. A list puts its own address into From, or leaves messages as they are. A server
//! behind a filter service looks past that service.
//!
//! # When it stays quiet
//!
//! On results that the receiving side does not answer for, on `none`, `temperror` and Microsoft's `bestguesspass`. It is a mere note
//! where a list or a forwarder explains it, or where the receiving side accepted the message all the same: by the seal of a forwarder
//! (ARC), or by Microsoft's own judgement (`compauth=pass`).
//!
//! # References
//!
//! RFC 7489, sections 3.1 and 6.3. RFC 7960, sections 3 and 4. RFC 8617, section 7.2.

use super::{Group, Rule};
use crate::advice::authentication;
use crate::case::auth::{ArcPart, Believed, Trust};
use crate::case::relay::{Relay, Way};
use crate::case::{Case, Message};
use crate::fields::auth_results::Verdict;
use crate::finding::{Confidence, Culprit, Evidence, Finding, Remedy, Severity};

pub(super) const RULE: Rule = Rule {
    id: "dmarc-fail",
    title: "Nothing proves the domain in the From field",
    group: Group::Identity,
    check,
    spared: None,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.messages.iter().enumerate().filter_map(|(place, message)| check_message(place, message)).collect()
}

fn check_message(place: usize, message: &Message<'_>) -> Option<Finding> {
    let dmarc = message.auth.dmarc().filter(|result| result.outcome.verdict == Verdict::Fail)?;
    let view = View::of(message, dmarc);
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: view.severity(),
        confidence: if dmarc.statement.trust == Trust::Proven {
            Confidence::Certain
        } else {
            Confidence::Likely
        },
        what: view.what(),
        why: view.why(),
        remedies: view.remedies(),
        evidence: view.evidence(place),
        culprit: view.culprit(),
    })
}

/// What is known about the failure.
struct View<'m> {
    message: &'m Message<'m>,
    dmarc: Believed<'m>,
    domain: String,
    /// A result that passed for another domain than the one in the From field.
    other: Option<Believed<'m>>,
    /// The check that a server on the way passed.
    before: Option<Believed<'m>>,
    /// The seal that the receiving side accepted.
    sealer: Option<String>,
    /// Microsoft's own judgement of the sender, where it passed all the same: `compauth=pass reason=130`.
    accepted: Option<Believed<'m>>,
}

impl<'m> View<'m> {
    fn of(message: &'m Message<'_>, dmarc: Believed<'m>) -> Self {
        let auth = &message.auth;
        let named = dmarc.outcome.domain().or_else(|| auth.from_domain.clone());
        let passed = ["dkim", "spf"].into_iter().flat_map(|method| auth.believed(method));
        let mut passed = passed.filter(|result| result.outcome.is_pass());
        let is_sealed = auth.believed("arc").iter().any(|result| result.outcome.is_pass());
        Self {
            message,
            dmarc,
            domain: named.unwrap_or_else(|| "the From field".into()),
            other: passed.find(|result| result.outcome.domain().is_some()),
            before: auth.earlier_pass(),
            sealer: is_sealed.then(|| newest_sealer(message)).flatten(),
            accepted: auth.accepted(),
        }
    }

    fn relay(&self) -> Option<&'m Relay> {
        self.message.relay.as_ref()
    }

    /// Whether the domain asks to put such mail aside, or the receiver did.
    fn is_enforced(&self) -> bool {
        let words = [self.dmarc.outcome.dmarc_policy(), self.dmarc.outcome.disposition()];
        words.iter().flatten().any(|word| word.contains("quarantine") || word.contains("reject"))
    }

    fn severity(&self) -> Severity {
        match (self.relay().map(|relay| relay.way), self.is_enforced()) {
            _ if self.sealer.is_some() && self.before.is_some() => Severity::Info,
            _ if self.accepted.is_some() => Severity::Info,
            (Some(Way::Filter), true) | (None, false) => Severity::Low,
            (Some(_), _) => Severity::Info,
            (None, true) => Severity::Medium,
        }
    }

    fn what(&self) -> String {
        let server = self.dmarc.statement.server(&self.message.route);
        let domain = &self.domain;
        let head =
            format!("{server} found nothing that proves that the message comes from {domain} (DMARC fail)");
        match (self.relay(), &self.other) {
            (Some(relay), _) => {
                format!("{head}. It came by {}: that is the likely reason.", relay.words())
            }
            (None, Some(other)) => {
                let proved = other.outcome.domain().unwrap_or_default();
                let method = if other.outcome.is_of("spf") { "SPF" } else { "the signature" };
                if proved.eq_ignore_ascii_case(domain) {
                    return format!("{head}, although {method} passed for it; the header does not say why.");
                }
                format!("{head}: {method} passed, but for {proved}.")
            }
            (None, None) => format!("{head}: neither SPF nor a signature passed."),
        }
    }

    fn why(&self) -> String {
        let policy = match self.dmarc.outcome.dmarc_policy().as_deref() {
            Some("reject") => format!("{} asks to refuse such mail. ", self.domain),
            Some("quarantine") => format!("{} asks to put such mail aside. ", self.domain),
            _ => String::new(),
        };
        let rest = match (self.relay(), &self.other) {
            (Some(relay), _) if relay.way == Way::List => {
                "Lists that add a footer or mark the subject break the author's signature, and SPF is checked for the list. The author did nothing wrong."
            }
            (Some(relay), _) if relay.way == Way::Filter => {
                "The check saw the filter service in the sender's place, so it says nothing about the sender."
            }
            (Some(_), _) => {
                "Forwarding makes SPF fail, and a change on the way breaks the signature. It says nothing against the sender."
            }
            (None, Some(_)) => {
                "Either a service that sends for this domain is not set up for it, or somebody uses the name. The header does not tell which."
            }
            (None, None) => {
                "Either the message is forged, or the sender's domain has forgotten one of its servers. The header does not tell which."
            }
        };
        let accepted = match self.accepted.map(|result| result.outcome.reason.as_deref()) {
            Some(Some(reason)) => {
                format!(
                    " Microsoft's own judgement of the sender passed all the same (compauth=pass reason={reason})."
                )
            }
            Some(None) => {
                " Microsoft's own judgement of the sender passed all the same (compauth=pass).".to_owned()
            }
            None => String::new(),
        };
        format!("{policy}{rest}{accepted}")
    }

    fn remedies(&self) -> Vec<Remedy> {
        let domain = &self.domain;
        let mut remedies = match self.relay() {
            Some(relay) => match relay.way {
                Way::List => {
                    vec![authentication::list_munges_from(relay.name.as_deref().unwrap_or(relay.called()))]
                }
                Way::Forwarding => vec![authentication::forward_with_srs(relay.called())],
                Way::Filter => vec![authentication::look_past_filter(relay.called())],
            },
            None => vec![authentication::doubt_sender(domain), authentication::sign_as(domain)],
        };
        if let (Some(_), Some(sealer)) = (self.relay(), newest_sealer(self.message)) {
            remedies.push(authentication::trust_sealer(&sealer));
        }
        remedies
    }

    fn evidence(&self, place: usize) -> Vec<Evidence> {
        let show = |span, label: String| Evidence { message: place, span, label };
        let route = &self.message.route;
        let mut evidence = vec![show(
            self.dmarc.outcome.span,
            format!("The check of DMARC, as {} wrote it.", self.dmarc.statement.server(route)),
        )];
        if let Some(relay) = self.relay() {
            evidence.push(show(relay.span, relay.label().into()));
        } else if let Some(other) = &self.other {
            evidence.push(show(other.outcome.span, "What passed, for another domain.".into()));
        }
        if let Some(before) = &self.before {
            let server = before.statement.server(route);
            evidence.push(show(
                before.outcome.span,
                format!("Before that, {server} says, the check was passed."),
            ));
        }
        evidence
    }

    /// Who broke it: only where a check was passed before.
    fn culprit(&self) -> Option<Culprit> {
        let relay = self.relay().filter(|_| self.before.is_some())?;
        let domain = relay.name.as_deref().map(|name| name.rsplit('@').next().unwrap_or(name).to_owned());
        Some(Culprit { host: relay.host.clone(), domain })
    }
}

/// The domain of the seal with the greatest number.
fn newest_sealer(message: &Message<'_>) -> Option<String> {
    let seals = message.auth.seals.iter().filter_map(|sealed| match &sealed.part {
        ArcPart::Seal(seal) => Some((sealed.instance?, seal.domain.as_deref()?)),
        _ => None,
    });
    seals.max_by_key(|(instance, _)| *instance).map(|(_, domain)| domain.to_owned())
}
