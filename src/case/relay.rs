//! Who stood between the sender and the receiving side: a mailing list, a mailbox that forwards, a filter service. SPF fails behind
//! each of them, and DKIM where it changes the message, without anything being wrong with the sender.

use super::auth::{Auth, Form, is_of_one};
use crate::fields::address::parse_addresses;
use crate::fields::host::organisation;
use crate::header::Header;
use crate::route::{Hop, Kind, Route, Sort};
use crate::text::Span;

/// Who passed the message on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relay {
    /// In which way.
    pub way: Way,
    /// The host that did; absent where only its domain is known.
    pub host: Option<String>,
    /// The domain, or the address of the list or mailbox; absent where only the host is known.
    pub name: Option<String>,
    /// The place that shows it.
    pub span: Span,
    /// What the place shows.
    pub sign: Sign,
}

/// In which way a message was passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A mailing list sent it to its members.
    List,
    /// A mailbox or an alias forwards it.
    Forwarding,
    /// A filter service in front of the receiving side.
    Filter,
}

/// What shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A field of a list.
    ListField,
    /// A Return-Path that the forwarder put its own domain into.
    ReturnPath,
    /// A field that a forwarder leaves.
    ForwardField,
    /// A delivery before the message came to the receiving side.
    Delivery,
    /// A Received line with another recipient than the one in which the receiving side took it.
    Recipient,
    /// The Received line of a filter service.
    FilterHop,
}

impl Relay {
    /// The host, or else the name.
    #[must_use]
    pub fn called(&self) -> &str {
        self.host.as_deref().or(self.name.as_deref()).unwrap_or("another server")
    }

    /// Who it is, for a sentence: `the mailing list talk@lists.example.net`.
    #[must_use]
    pub fn words(&self) -> String {
        match self.way {
            Way::List => format!("the mailing list {}", self.name.as_deref().unwrap_or(self.called())),
            Way::Forwarding => format!("{}, which forwarded it", self.called()),
            Way::Filter => format!("the filter service {}", self.called()),
        }
    }

    /// What the place in the text shows.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        match self.sign {
            Sign::ListField => "The message came by this mailing list.",
            Sign::ReturnPath => {
                "The sender's address of the envelope was rewritten by a server that forwards."
            }
            Sign::ForwardField => "A server that forwarded the message left this mark.",
            Sign::Delivery => "The message was delivered here before it came to the receiving side.",
            Sign::Recipient => "Here the message still had another recipient: it was forwarded afterwards.",
            Sign::FilterHop => {
                "The receiving side took the message from this filter service, not from the sender."
            }
        }
    }
}

/// Who passed the message on, as far as the header proves it.
pub(super) fn find(header: &Header<'_>, route: &Route, auth: &Auth) -> Option<Relay> {
    let search = Search { header, route, auth, return_path: return_path(header) };
    search.list().or_else(|| search.forwarder()).or_else(|| search.filter())
}

struct Search<'h> {
    header: &'h Header<'h>,
    route: &'h Route,
    auth: &'h Auth,
    /// The address of the topmost Return-Path, and its place.
    return_path: Option<(String, Span)>,
}

impl Search<'_> {
    /// A list that people post to. Newsletters have a List-Id as well; nobody posts to them.
    fn list(&self) -> Option<Relay> {
        const POSTED_TO: [&str; 4] = ["list-post", "x-beenthere", "x-mailing-list", "mailing-list"];
        let of = |wanted: &dyn Fn(&str) -> bool| {
            self.header.fields().find(|field| wanted(&field.name().to_ascii_lowercase()))
        };
        let is_by_manager = self.return_path.as_ref().is_some_and(|(address, _)| is_of_a_list(address));
        let field = of(&|name| POSTED_TO.contains(&name))
            .or_else(|| of(&|name| name == "list-id").filter(|_| is_by_manager))?;
        let value = field.unfolded();
        let name = list_name(&value)?;
        let domain = name.rsplit('@').next()?.to_owned();
        let hop =
            self.route.hops.iter().rev().find(|hop| {
                hop.kind == Kind::List || self.by_of(hop).is_some_and(|by| is_of_one(by, &domain))
            });
        let returns = self.return_path.as_ref().and_then(|(address, _)| address.rsplit_once('@'));
        let is_shown = hop.is_some() || returns.is_some_and(|(_, own)| is_of_one(own, &domain));
        is_shown.then(|| Relay {
            way: Way::List,
            host: hop.and_then(|hop| self.by_of(hop)).map(str::to_owned),
            name: Some(name),
            span: field.span(),
            sign: Sign::ListField,
        })
    }

    fn forwarder(&self) -> Option<Relay> {
        let marks = self.return_path_mark().or_else(|| self.field_mark());
        marks.or_else(|| self.delivery()).or_else(|| self.recipient()).filter(|relay| {
            let of_sender = |name: &String| {
                let domain = name.rsplit('@').next().unwrap_or(name);
                self.auth.from_domain.as_deref().is_some_and(|from| is_of_one(from, domain))
            };
            !relay.host.as_ref().or(relay.name.as_ref()).is_some_and(of_sender)
        })
    }

    /// `SRS0=…@example.net` (Sender Rewriting Scheme), `ann+caf_=bob=example.org@example.com` (Gmail).
    fn return_path_mark(&self) -> Option<Relay> {
        let (address, span) = self.return_path.as_ref()?;
        let lower = address.to_ascii_lowercase();
        let is_rewritten = ["srs0=", "srs1=", "srs0+", "srs1+", "srs0-", "srs1-"]
            .iter()
            .any(|start| lower.starts_with(start))
            || lower.contains("+srs=")
            || lower.contains("+caf_=");
        let (_, domain) = address.rsplit_once('@')?;
        is_rewritten.then(|| Relay {
            way: Way::Forwarding,
            host: None,
            name: Some(domain.to_owned()),
            span: *span,
            sign: Sign::ReturnPath,
        })
    }

    /// The marks of Gmail's forwarding, of Exchange's rules and of users who redirect.
    fn field_mark(&self) -> Option<Relay> {
        const MARKS: [&str; 4] = [
            "x-forwarded-for",
            "x-ms-exchange-inbox-rules-loop",
            "x-ms-exchange-forwardingloop",
            "resent-from",
        ];
        let is_mark = |name: &str| MARKS.contains(&name.to_ascii_lowercase().as_str());
        let field = self.header.fields().find(|field| is_mark(&field.name()))?;
        let value = field.unfolded();
        let word = value.split([' ', ';', ',']).find(|word| word.contains('@'))?;
        Some(Relay {
            way: Way::Forwarding,
            host: None,
            name: Some(word.trim_matches(['<', '>']).to_owned()),
            span: field.span(),
            sign: Sign::ForwardField,
        })
    }

    /// A delivery that a server wrote before the receiving side had the message.
    fn delivery(&self) -> Option<Relay> {
        let door = self.auth.door?;
        let earlier = self.route.strata.iter().find(|stratum| {
            let is_delivery = stratum.sort == Sort::Delivery
                && ["delivered-to", "x-original-to", "envelope-to"]
                    .iter()
                    .any(|name| stratum.name.eq_ignore_ascii_case(name));
            is_delivery && stratum.hop.is_some_and(|hop| hop < door)
        })?;
        let hop = self.route.hops.get(earlier.hop?)?;
        Some(Relay {
            way: Way::Forwarding,
            host: Some(self.by_of(hop)?.to_owned()),
            name: None,
            span: earlier.span,
            sign: Sign::Delivery,
        })
    }

    /// A hop of another organisation with another recipient than the hop through the door.
    fn recipient(&self) -> Option<Relay> {
        let door = self.auth.door?;
        let below = self.route.hops.get(..door)?;
        let now = domain(self.route.hops.get(door)?)?;
        let hop = below.iter().rev().find(|hop| {
            let is_host = || self.by_of(hop).is_some_and(|by| organisation(by).is_some());
            domain(hop).is_some_and(|then| !is_of_one(then, now)) && is_host()
        })?;
        Some(Relay {
            way: Way::Forwarding,
            host: Some(self.by_of(hop)?.to_owned()),
            name: None,
            span: hop.span,
            sign: Sign::Recipient,
        })
    }

    /// A filter service that checked the message itself before it handed it to the receiving side. Services that filter what goes out
    /// do not check whether the sender is who he says.
    fn filter(&self) -> Option<Relay> {
        let hop = self.route.hops.get(self.auth.door?)?;
        let client = self.route.hosts.get(hop.from_host?)?;
        let service = client.organisation.as_deref().filter(|domain| SERVICES.contains(domain))?;
        let checked = self.auth.statements.iter().any(|statement| {
            let of_service = |name: &str| is_of_one(name, service);
            let by = statement.hop.and_then(|hop| self.by_of(self.route.hops.get(hop)?));
            statement.form == Form::SetAside
                || statement.writer.as_deref().is_some_and(of_service)
                || (!statement.trust.is_believed() && by.is_some_and(of_service))
        });
        checked.then(|| Relay {
            way: Way::Filter,
            host: Some(client.name.clone()),
            name: Some(service.to_owned()),
            span: hop.span,
            sign: Sign::FilterHop,
        })
    }

    /// The name of the machine that wrote the line of a hop.
    fn by_of<'s>(&'s self, hop: &'s Hop) -> Option<&'s str> {
        let host = hop.by_host.and_then(|host| self.route.hosts.get(host));
        host.map(|host| host.name.as_str()).or(hop.received.by.as_deref())
    }
}

/// The domains of services that filter mail for others, as [`organisation`] gives them.
const SERVICES: [&str; 14] = [
    "antispamcloud.com",
    "antispameurope.com",
    "barracudanetworks.com",
    "fireeyecloud.com",
    "hornetsecurity.com",
    "iphmx.com",
    "mailcontrol.com",
    "messagelabs.com",
    "mimecast.com",
    "pphosted.com",
    "retarus.com",
    "sophos.com",
    "spamtitan.com",
    "trendmicro.com",
];

fn return_path(header: &Header<'_>) -> Option<(String, Span)> {
    let field = header.first("Return-Path")?;
    let address = parse_addresses(&field.unfolded()).into_iter().next()?;
    Some((address, field.span()))
}

/// The domain of the recipient in the line of a hop.
fn domain(hop: &Hop) -> Option<&str> {
    hop.received.recipient()?.rsplit_once('@').map(|(_, domain)| domain)
}

/// `owner-talk@…` (Majordomo), `talk-bounces@…` (Mailman), `talk-return-12-ann=example.org@…` (ezmlm).
fn is_of_a_list(address: &str) -> bool {
    let local = address.rsplit_once('@').map_or(address, |(local, _)| local).to_ascii_lowercase();
    local.starts_with("owner-")
        || ["-bounces", "-owner", "+owner"].iter().any(|end| local.ends_with(end))
        || ["-bounces+", "-return-", "+bnc"].iter().any(|mark| local.contains(mark))
}

/// The address of a list or, of a List-Id, its name: `<mailto:talk@lists.example.net>`, `Talk <talk.lists.example.net>`,
/// `list talk@lists.example.net; contact …`.
fn list_name(value: &str) -> Option<String> {
    let words = value.split(['<', '>', ' ', ';', ',', '"', '\t']).rev();
    let mut names = words.map(|word| word.strip_prefix("mailto:").unwrap_or(word));
    let is_name = |word: &&str| {
        let domain = word.rsplit('@').next().unwrap_or(word);
        organisation(domain).is_some() && !word.contains(['/', '='])
    };
    let name = names.find(is_name)?;
    Some(name.split('?').next().unwrap_or(name).to_owned())
}
