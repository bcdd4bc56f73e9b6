//! What servers on the way found out about the sender's identity, who of them said it, and whether that may be believed.
//!
//! Anybody can write an Authentication-Results field. It is believed where the receiving side wrote it: where it stands above the line with
//! which that side took the message, nobody else could put it; right below that line, where mail filters of the server put theirs, it is
//! believed if it names the server, because a server has to remove what strangers write in its name (RFC 8601 section 5).
//!
//! A machine that fetches its mail trusts the provider it fetches from: the provider's side is believed like its own.

use crate::fields::address::parse_addresses;
use crate::fields::arc::{Seal, parse_instance, parse_seal};
use crate::fields::auth_results::{Outcome, Verdict, parse_auth_results, parse_received_spf};
use crate::fields::dkim::{Signature, parse_signature};
use crate::fields::host::organisation;
use crate::header::{Field, Header};
use crate::route::{Kind, Own, Route, Stratum, boundary};
use crate::text::Span;

/// The facts on the sender's identity.
#[derive(Clone, Debug, Default)]
pub struct Auth {
    /// The fields of results (Authentication-Results, ARC-Authentication-Results, Received-SPF, and the names that others give them
    /// when they set them aside), topmost first.
    pub statements: Vec<Statement>,
    /// The DKIM-Signature fields, topmost first.
    pub signatures: Vec<Signed>,
    /// The fields of ARC sets, topmost first.
    pub seals: Vec<Sealed>,
    /// The domain of the From field, in lower case; absent where there is none, or more than one address of different domains.
    pub from_domain: Option<String>,
    /// The oldest hop that the side of the reader wrote, by its place in the route: the receiving side's, or its provider's where the mail
    /// was fetched. Absent where the route does not tell.
    pub door: Option<usize>,
}

/// One field of results.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Its place.
    pub span: Span,
    /// Its name, as written.
    pub name: String,
    /// What sort of field it is.
    pub form: Form,
    /// The server that it names as its writer; absent where it names none.
    pub writer: Option<String>,
    /// The hop whose server wrote it, by its place in the route; absent where nothing tells.
    pub hop: Option<usize>,
    /// Whether it names the server of that hop itself.
    pub is_named: bool,
    /// Whether it may be believed.
    pub trust: Trust,
    /// The results.
    pub results: Vec<Outcome>,
}

/// The sort of a field of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Authentication-Results.
    Results,
    /// The same, renamed by a server that set it aside: Authentication-Results-Original.
    SetAside,
    /// Received-SPF.
    Spf,
    /// ARC-Authentication-Results, with the number of its set where it has one.
    Arc(Option<u32>),
}

/// Whether a field of results may be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trust {
    /// Nothing tells who wrote it.
    Unknown,
    /// A server on the way wrote it, before the receiving side had the message. The sender can forge that.
    Earlier,
    /// It names the server with which the receiving side took the message, or one of its organisation, but stands at the end, where some
    /// filters write (Rspamd under Postfix), or right below that server's line. The sender could write there as well.
    Appended,
    /// It names the server with which the receiving side took the message, and stands where its filters write.
    Named,
    /// It stands where only the receiving side could write it.
    Proven,
}

impl Trust {
    /// Whether the receiving side answers for it.
    #[must_use]
    pub fn is_believed(self) -> bool {
        self >= Self::Appended
    }
}

/// One DKIM signature.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The place of the field.
    pub span: Span,
    /// What it says.
    pub signature: Signature,
}

/// One field of an ARC set.
#[derive(Clone, Debug)]
pub struct Sealed {
    /// The place of the field.
    pub span: Span,
    /// The number of its set; absent where it cannot be read.
    pub instance: Option<u32>,
    /// Which of the three fields of a set it is.
    pub part: ArcPart,
}

/// The fields of an ARC set (RFC 8617 section 4.1).
#[derive(Clone, Debug)]
pub enum ArcPart {
    /// ARC-Authentication-Results: what the checks said when the sealer had the message.
    Results,
    /// ARC-Message-Signature: the sealer's signature of the message.
    Signature,
    /// ARC-Seal: the sealer's signature of the sets.
    Seal(Seal),
}

/// One result that is believed, with the field it stands in.
#[derive(Clone, Copy, Debug)]
pub struct Believed<'a> {
    /// The field.
    pub statement: &'a Statement,
    /// The result.
    pub outcome: &'a Outcome,
}

impl Auth {
    /// Gathers the facts from a header and its route.
    pub(super) fn read(header: &Header<'_>, route: &Route, own: &Own) -> Self {
        let receiver = Receiver { route, door: door(route, own), own };
        let door = receiver.door;
        let mut auth = Self { door, from_domain: from_domain(header), ..Self::default() };
        let mut strata = route.strata.iter().peekable();
        for field in header.fields() {
            let span = field.span();
            // Strata stand in the order of the header.
            let stratum = strata.next_if(|stratum| stratum.span == span);
            let name = field.name();
            match name.to_ascii_lowercase().as_str() {
                "dkim-signature" => auth.signatures.push(signed(field)),
                "arc-seal" => auth.seals.push(seal(field)),
                "arc-message-signature" => {
                    let instance = parse_instance(&field.value().text);
                    auth.seals.push(Sealed { span, instance, part: ArcPart::Signature });
                }
                name => {
                    let Some(form) = form(name) else { continue };
                    let statement = statement(field, form, stratum, receiver);
                    if let Form::Arc(instance) = statement.form {
                        auth.seals.push(Sealed { span, instance, part: ArcPart::Results });
                    }
                    auth.statements.push(statement);
                }
            }
        }
        auth
    }

    /// The results of one check that the reader's side answers for. Where several of its servers checked, the first to have the message
    /// counts: only that one saw the client. What stands where only it could write counts before the rest, and Received-SPF says
    /// nothing that Authentication-Results does not say better.
    #[must_use]
    pub fn believed(&self, method: &str) -> Vec<Believed<'_>> {
        let believed = self.statements.iter().filter(|statement| {
            let is_own = !matches!(statement.form, Form::Arc(_) | Form::SetAside);
            is_own && statement.trust.is_believed() && has(statement, method)
        });
        let rank = |statement: &Statement| {
            let is_in_place = statement.trust > Trust::Appended;
            (is_in_place, std::cmp::Reverse(statement.hop), statement.form == Form::Results, statement.trust)
        };
        let Some(best) = believed.clone().map(rank).max() else { return Vec::new() };
        let best = believed.filter(|statement| rank(statement) == best);
        best.flat_map(|statement| {
            let outcomes = statement.results.iter().filter(|outcome| outcome.is_of(method));
            outcomes.map(move |outcome| Believed { statement, outcome })
        })
        .collect()
    }

    /// What DMARC said of the From field, where the reader's side answers for it. The topmost counts where there are several. A failure
    /// that only an inner server found is none where the server that took the message from outside had found the sender right: footers
    /// and filters break signatures on the way in.
    #[must_use]
    pub fn dmarc(&self) -> Option<Believed<'_>> {
        let dmarc = self.believed("dmarc").into_iter().next()?;
        let is_failed = dmarc.outcome.verdict == Verdict::Fail;
        let is_older = |other: &Believed<'_>| other.statement.hop < dmarc.statement.hop;
        let is_inner =
            is_failed && dmarc.statement.hop.is_some() && self.bound_passes().any(|pass| is_older(&pass));
        (!is_inner).then_some(dmarc)
    }

    /// The checks that are bound to the From domain and were passed.
    fn bound_passes(&self) -> impl Iterator<Item = Believed<'_>> {
        let passed = ["dkim", "spf"].into_iter().flat_map(|method| self.believed(method));
        passed.filter(|result| result.outcome.is_pass() && self.is_aligned(result.outcome))
    }

    /// Microsoft's own judgement of the sender, where it passed: `compauth=pass reason=130`. It decides in DMARC's place.
    #[must_use]
    pub fn accepted(&self) -> Option<Believed<'_>> {
        self.believed("compauth").into_iter().find(|result| result.outcome.is_pass())
    }

    /// Whether DMARC failed, and the reader's side did not accept the sender all the same.
    #[must_use]
    pub fn is_dmarc_failed(&self) -> bool {
        let is_failed = |result: Believed<'_>| result.outcome.verdict == Verdict::Fail;
        self.dmarc().is_some_and(is_failed) && self.accepted().is_none()
    }

    /// Whether the reader's side found that the From field is right: DMARC passed, or in its place a check that is bound to the From
    /// domain.
    #[must_use]
    pub fn is_from_proved(&self) -> bool {
        match self.dmarc() {
            Some(dmarc) if dmarc.outcome.is_pass() => true,
            // Microsoft's word for a domain without a policy that would have passed.
            Some(dmarc) if dmarc.outcome.word.eq_ignore_ascii_case("bestguesspass") => true,
            Some(dmarc) if dmarc.outcome.verdict == Verdict::Fail => false,
            _ => self.bound_passes().next().is_some(),
        }
    }

    /// A check that is bound to the From domain and was passed before the receiving side had the message, as a server on the way or a
    /// seal claims.
    #[must_use]
    pub fn earlier_pass(&self) -> Option<Believed<'_>> {
        let earlier = self.statements.iter().filter(|statement| statement.trust == Trust::Earlier);
        let mut outcomes = earlier.flat_map(|statement| {
            statement.results.iter().map(move |outcome| Believed { statement, outcome })
        });
        outcomes.find(|result| {
            let is_about_content = result.outcome.is_of("dkim") || result.outcome.is_of("dmarc");
            is_about_content && result.outcome.is_pass() && self.is_aligned(result.outcome)
        })
    }

    /// Whether a check was about the organisation of the From field.
    #[must_use]
    pub fn is_aligned(&self, outcome: &Outcome) -> bool {
        match (&self.from_domain, outcome.domain()) {
            (Some(from), Some(domain)) => is_of_one(from, &domain),
            _ => false,
        }
    }
}

impl Statement {
    /// The server that wrote it, by name: that of the hop, or else the one that the field names.
    #[must_use]
    pub fn server<'s>(&'s self, route: &'s Route) -> &'s str {
        let hop = self.hop.and_then(|hop| route.hops.get(hop));
        let host = hop.and_then(|hop| route.hosts.get(hop.by_host?)).map(|host| host.name.as_str());
        host.or(self.writer.as_deref()).unwrap_or("The receiving server")
    }
}

/// Whether two domains are of one organisation.
#[must_use]
pub fn is_of_one(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other) || organisation(one).is_some_and(|own| organisation(other) == Some(own))
}

fn has(statement: &Statement, method: &str) -> bool {
    statement.results.iter().any(|outcome| outcome.is_of(method))
}

fn form(name: &str) -> Option<Form> {
    Some(match name {
        "authentication-results" => Form::Results,
        "arc-authentication-results" => Form::Arc(None),
        "received-spf" => Form::Spf,
        "authentication-results-original"
        | "x-original-authentication-results"
        | "original-authentication-results" => Form::SetAside,
        _ => return None,
    })
}

fn statement(field: Field<'_>, form: Form, stratum: Option<&Stratum>, receiver: Receiver<'_>) -> Statement {
    let door = receiver.door;
    let value = field.value();
    let (form, results) = if form == Form::Spf {
        let outcome = parse_received_spf(&value.text);
        (form, outcome.map(|outcome| outcome.placed(|span| value.place(span))).into_iter().collect())
    } else {
        let results = parse_auth_results(&value.text).placed(|span| value.place(span));
        let form = if matches!(form, Form::Arc(_)) { Form::Arc(results.instance) } else { form };
        (form, results.results)
    };
    let writer = stratum.and_then(|stratum| stratum.writer.clone());
    let is_appended = form == Form::Results && writer.as_deref().is_some_and(|name| receiver.is_called(name));
    let (hop, is_named, trust) = match stratum.and_then(|stratum| stratum.hop) {
        None if is_appended => (door, true, Trust::Appended),
        // Right below the line at the door: another machine of the same side, or the sender.
        Some(below) if is_appended && door == Some(below + 1) => (door, false, Trust::Appended),
        hop => (hop, stratum.is_some_and(|stratum| stratum.is_named), trust(field.span(), hop, receiver)),
    };
    Statement {
        span: field.span(),
        name: field.name().into_owned(),
        form,
        writer,
        hop,
        is_named,
        trust,
        results,
    }
}

/// The side that took the message.
#[derive(Clone, Copy)]
struct Receiver<'r> {
    route: &'r Route,
    door: Option<usize>,
    own: &'r Own,
}

impl Receiver<'_> {
    /// Whether a name is that of the server at the door, or of its organisation; where the reader has named that server as theirs, also
    /// whether it is another of theirs.
    fn is_called(self, name: &str) -> bool {
        let hop = self.door.and_then(|door| self.route.hops.get(door));
        let host = hop.and_then(|hop| self.route.hosts.get(hop.by_host?));
        let names = || host.into_iter().flat_map(|host| host.names.iter());
        let is_own = || self.own.is_named(name) && names().any(|name| self.own.is_named(name));
        let organisation = host.and_then(|host| host.organisation.as_ref());
        names().chain(organisation).any(|known| is_of_one(known, name)) || is_own()
    }
}

fn trust(span: Span, hop: Option<usize>, Receiver { route, door, .. }: Receiver<'_>) -> Trust {
    let stands_above = |hop: usize| route.hops.get(hop).is_some_and(|hop| span.start < hop.span.start);
    match (hop, door) {
        (None, _) | (_, None) => Trust::Unknown,
        (Some(_), Some(door)) if stands_above(door) => Trust::Proven,
        (Some(hop), Some(door)) if hop >= door => Trust::Named,
        (Some(_), Some(_)) => Trust::Earlier,
    }
}

/// The oldest hop of the reader's side.
fn door(route: &Route, own: &Own) -> Option<usize> {
    let Some(boundary) = &route.boundary else {
        // One side wrote all lines, if anybody did.
        return route.hops.last()?.by_host.map(|_| 0);
    };
    let is_fetch = route.hops.get(boundary.hop).is_some_and(|hop| hop.kind == Kind::Fetch);
    let below = route.hops.get(..boundary.hop).filter(|below| is_fetch && !below.is_empty());
    match below {
        Some(below) => {
            Some(boundary::find(below, &route.hosts, own).map_or(boundary.hop - 1, |provider| provider.hop))
        }
        None => Some(boundary.hop),
    }
}

fn from_domain(header: &Header<'_>) -> Option<String> {
    let mut domains = header.named("From").flat_map(|field| domains_of(&field)).map(Some);
    let first = domains.next()??;
    domains.all(|domain| domain.as_deref() == Some(&first)).then_some(first)
}

fn domains_of(field: &Field<'_>) -> Vec<String> {
    let domain = |address: String| address.rsplit_once('@').map(|(_, domain)| domain.to_lowercase());
    parse_addresses(&field.unfolded()).into_iter().filter_map(domain).filter(|it| !it.is_empty()).collect()
}

fn signed(field: Field<'_>) -> Signed {
    let value = field.value();
    let signature = parse_signature(&value.text).placed(|span| value.place(span));
    Signed { span: field.span(), signature }
}

fn seal(field: Field<'_>) -> Sealed {
    let value = field.value();
    let seal = parse_seal(&value.text).placed(|span| value.place(span));
    Sealed { span: field.span(), instance: seal.instance, part: ArcPart::Seal(seal) }
}
