//! To whom a message was written, and for whom servers took it: the addresses of its header, and the envelope recipients that were
//! recorded on the way. They need not agree (RFC 5321 section 7.2).

use std::collections::{HashMap, HashSet};

use crate::fields::address::{comparable, parse_addresses};
use crate::fields::envelope_recipient::parse_envelope_recipient;
use crate::fields::host::organisation;
use crate::header::{Field, Header};
use crate::route::Route;
use crate::text::Span;

/// An address in From, To or Cc.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The address, as written.
    pub address: String,
    /// The address as a key: equal keys are one mailbox.
    pub key: String,
    /// The domain of the organisation that the address belongs to; absent where its domain means nothing on the internet.
    pub site: Option<String>,
    /// The place of the field.
    pub span: Span,
}

/// Who wrote a message, and to whom.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// From, or Sender where From names no address.
    pub from: Vec<Person>,
    /// To and Cc, in the order of the header; each address once.
    pub to: Vec<Person>,
    /// The keys of [`People::to`].
    keys: HashSet<String>,
    /// The sites of [`People::to`].
    sites: HashSet<String>,
    /// The fields of mailing lists: List-Id and its kin, and `Precedence: list`.
    pub list_marks: Vec<Span>,
    /// A Resent block (RFC 5322 section 3.6.6): somebody sent the message on by hand.
    pub resent: Option<Span>,
}

impl People {
    /// Whether the message is written to this address, given as a key.
    #[must_use]
    pub fn names(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// Whether the message is written to an address of this organisation.
    #[must_use]
    pub fn names_site(&self, site: &str) -> bool {
        self.sites.contains(site)
    }

    /// The organisation of the one who wrote it.
    #[must_use]
    pub fn sender_site(&self) -> Option<&str> {
        self.from.first()?.site.as_deref()
    }
}

/// An envelope recipient that a field records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The name of the field, as programs are told it: `X-Original-To`.
    pub name: &'static str,
    /// The addresses, as written: one, where the server did it well.
    pub addresses: Vec<String>,
    /// The place of the field.
    pub span: Span,
    /// The hop whose server added it, by its place in [`Route::hops`]; absent where it stands below all Received lines.
    pub hop: Option<usize>,
}

/// The organisation of an address.
#[must_use]
pub fn site_of(address: &str) -> Option<String> {
    organisation(address.trim_end_matches('>').rsplit_once('@')?.1)
}

pub(super) fn people(header: &Header<'_>) -> People {
    let mut people = People { from: persons(header, "From"), ..People::default() };
    if people.from.is_empty() {
        people.from = persons(header, "Sender");
    }
    for person in persons(header, "To").into_iter().chain(persons(header, "Cc")) {
        if people.keys.insert(person.key.clone()) {
            people.sites.extend(person.site.clone());
            people.to.push(person);
        }
    }
    people.list_marks = header.fields().filter(is_of_list).map(|field| field.span()).collect();
    let mut resent = ["Resent-To", "Resent-From", "Resent-Date"].iter().filter_map(|name| header.first(name));
    people.resent = resent.next().map(|field| field.span());
    people
}

fn persons(header: &Header<'_>, name: &str) -> Vec<Person> {
    let each = |field: Field<'_>| {
        let span = field.span();
        parse_addresses(&field.unfolded()).into_iter().map(move |address| Person {
            key: comparable(&address),
            site: site_of(&address),
            address,
            span,
        })
    };
    header.named(name).flat_map(each).filter(|person| person.key.contains('@')).collect()
}

/// RFC 2369, RFC 2919; ezmlm's Mailing-List, majordomo's X-Mailing-List, Mailman's X-BeenThere; `Precedence: list`.
fn is_of_list(field: &Field<'_>) -> bool {
    const NAMES: [&str; 6] =
        ["List-Id", "List-Post", "Mailing-List", "X-Mailing-List", "X-BeenThere", "X-List"];
    NAMES.iter().any(|name| field.is_named(name))
        || (field.is_named("Precedence") && field.unfolded().trim().eq_ignore_ascii_case("list"))
}

/// The envelope recipients that fields record, topmost first.
pub(super) fn recorded(header: &Header<'_>, route: &Route) -> Vec<Recorded> {
    let hops: HashMap<Span, Option<usize>> =
        route.strata.iter().map(|stratum| (stratum.span, stratum.hop)).collect();
    let each = |field: Field<'_>| {
        let recipient = parse_envelope_recipient(&field.name(), || field.unfolded())?;
        Some(Recorded {
            name: recipient.name,
            addresses: recipient.addresses,
            span: field.span(),
            hop: hops.get(&field.span()).copied().flatten(),
        })
    };
    header.fields().filter_map(each).collect()
}
