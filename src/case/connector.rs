//! Marks of the POP3 connector of Small Business Server 2000 and 2003: the addresses that it writes into To and Cc, and what its copies
//! look like.
//!
//! The connector saves a fetched mail, rewrites its header, and puts it into the pickup folder of the SMTP service, which sends it to all
//! addresses in To and Cc. A copy has a new Message-ID, a new Date and no Received line from before; the rest of its header is the
//! original's. `mspop3connector.office@example.com` is the mailbox `office` of the server that did it. A person who replies to all takes
//! that address over, so it proves nothing by itself.

use std::collections::HashSet;

use super::envelope::{People, site_of};
use crate::fields::date::parse_date;
use crate::fields::host::{is_internal, is_same, lies_in, organisation};
use crate::fields::message_id::{FILETIME_SECOND, MessageId, parse_filetime, parse_message_id};
use crate::header::Header;
use crate::route::{Hop, Kind, Route, Scope};
use crate::text::Span;

/// A sign that a copy went through the connector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sign {
    /// The address in To or Cc.
    Address,
    /// The display name `IMB Recipient` in To or Cc.
    DisplayName,
    /// The trace starts in the pickup folder of a site that is not the sender's, or goes on there.
    ForeignPickup,
    /// The Message-ID bears a name or address of a network inside, and not the sender's domain.
    InsideId,
    /// The Message-ID was made when the message came to the pickup folder.
    MintedId,
    /// X-MimeOLE is that of Windows Server 2003, though another mail program wrote the message.
    ServerMimeOle,
    /// Date is the time of the pickup.
    MintedDate,
    /// `unlisted-recipients:; (no To-header on input)` was made into addresses.
    MangledRecipients,
    /// A field that a mailing list writes once stands there several times.
    RepeatedListFields,
}

impl Sign {
    /// How much it weighs; six points are enough.
    #[must_use]
    pub const fn points(self) -> u32 {
        match self {
            Self::Address | Self::DisplayName => 4,
            Self::ForeignPickup | Self::MintedId => 2,
            _ => 1,
        }
    }
}

/// The marks of one message.
#[derive(Clone, Debug, Default)]
pub struct Connector {
    /// The signs that were found, each with its place, the weightiest first.
    pub signs: Vec<(Sign, Span)>,
    /// The addresses of the connector in To and Cc, as written, each with its domain.
    pub addresses: Vec<(String, String)>,
    /// The server in whose pickup folder the trace starts, or the copy was handed in.
    pub pickup: Option<String>,
    /// The organisation of that server.
    pub pickup_site: Option<String>,
    /// The hop that tells of the pickup, by its place in [`Route::hops`]. The copy lost the lines before it, if it is the oldest.
    pub pickup_place: Option<usize>,
}

/// So many points are enough.
const ENOUGH: u32 = 6;

/// The address and the display name together count no more than this: a person who replies takes over both.
const MOST_OF_ADDRESS: u32 = 6;

impl Connector {
    /// Whether a sign was found.
    #[must_use]
    pub fn has(&self, sign: Sign) -> bool {
        self.signs.iter().any(|(found, _)| *found == sign)
    }

    /// What the signs weigh together.
    #[must_use]
    pub fn points(&self) -> u32 {
        let is_of_address = |sign: Sign| matches!(sign, Sign::Address | Sign::DisplayName);
        let sum = |of_address: bool| -> u32 {
            let signs = self.signs.iter().map(|(sign, _)| *sign);
            signs.filter(|sign| is_of_address(*sign) == of_address).map(Sign::points).sum()
        };
        sum(true).min(MOST_OF_ADDRESS) + sum(false)
    }

    /// Whether the message is a copy that a connector sent out again. The points alone do not tell: a mail from a web form has a fresh
    /// Message-ID and Date, and a reply has the address. So one sign has to be of the connector, and one of the way.
    #[must_use]
    pub fn is_reinjected(&self) -> bool {
        let is_of_connector =
            [Sign::Address, Sign::DisplayName, Sign::MangledRecipients, Sign::RepeatedListFields];
        let is_of_way = [Sign::ForeignPickup, Sign::RepeatedListFields];
        let has_one = |signs: &[Sign]| signs.iter().any(|sign| self.has(*sign));
        // Posts that went through one list inside another repeat its fields as well.
        let is_more_than_list = self.has(Sign::ForeignPickup) || !self.addresses.is_empty();
        self.points() >= ENOUGH && has_one(&is_of_connector) && has_one(&is_of_way) && is_more_than_list
    }

    /// The domain of the server that did it: that of the address whose site is the pickup's, or of the last address, which is the newest.
    #[must_use]
    pub fn domain(&self) -> Option<&str> {
        let of_pickup = self.addresses.iter().rev().find(|(_, domain)| {
            self.pickup_site.is_some() && organisation(domain).as_deref() == self.pickup_site.as_deref()
        });
        let address = of_pickup.map(|(_, domain)| domain.as_str());
        address.or(self.pickup_site.as_deref()).or_else(|| Some(self.addresses.last()?.1.as_str()))
    }
}

/// How the local part of the addresses starts.
const PREFIX: &str = "mspop3connector.";

pub(super) fn read(header: &Header<'_>, route: &Route, people: &People) -> Connector {
    let mut connector = Connector::default();
    let addresses = people.to.iter().filter(|person| person.key.starts_with(PREFIX));
    for person in addresses {
        let domain = person.key.rsplit_once('@').map(|(_, domain)| domain.to_owned());
        connector.addresses.extend(domain.map(|domain| (person.address.clone(), domain)));
        add(&mut connector, Sign::Address, Some(person.span));
    }
    let recipients = || header.fields().filter(|field| field.is_named("To") || field.is_named("Cc"));
    let holds = |words: &[&str]| {
        let mut fields = recipients();
        let field = fields.find(|field| {
            let value = field.unfolded();
            words.iter().any(|word| value.contains(word))
        });
        field.map(|field| field.span())
    };
    add(&mut connector, Sign::DisplayName, holds(&["IMB Recipient"]));
    // vger and sendmail write `unlisted-recipients:; (no To-header on input)`, which is no address.
    add(&mut connector, Sign::MangledRecipients, holds(&["<unlisted-recipients:", "<no To-header on input"]));
    add_pickup(&mut connector, route, people);
    add_minted(&mut connector, header, route, people);
    add(&mut connector, Sign::RepeatedListFields, repeated_list_fields(header));
    connector.signs.sort_by_key(|(sign, _)| std::cmp::Reverse(sign.points()));
    connector
}

fn add(connector: &mut Connector, sign: Sign, span: Option<Span>) {
    if !connector.has(sign) {
        connector.signs.extend(span.map(|span| (sign, span)));
    }
}

/// `from mail pickup service by example.com with Microsoft SMTPSVC(6.0.3790.1830)`, as the oldest line.
fn add_pickup(connector: &mut Connector, route: &Route, people: &People) {
    let Some(place) = pickup_place(connector, route) else { return };
    let Some(hop) = route.hops.get(place) else { return };
    let received = &hop.received;
    let Some(by) = received.by.as_deref() else { return };
    let host = hop.by_host.and_then(|host| route.hosts.get(host));
    let of_address = || connector.addresses.last().and_then(|(_, domain)| organisation(domain));
    // A name inside the network is given the organisation of its neighbours, which may be the provider's.
    let site = organisation(by).or_else(of_address).or_else(|| host?.organisation.clone());
    connector.pickup = Some(by.to_owned());
    connector.pickup_place = Some(place);
    connector.pickup_site = site.clone();
    let sender = people.sender_site();
    let is_foreign = site.as_deref() != sender || is_named_by_address(connector, by, people);
    if site.is_some() && sender.is_some() && is_foreign {
        add(connector, Sign::ForeignPickup, Some(hop.span));
    }
}

/// The oldest line, where it is of a pickup folder. A copy that kept its older lines has it further up; there the address of the connector
/// has to name the same site, for any program may hand a mail in.
fn pickup_place(connector: &Connector, route: &Route) -> Option<usize> {
    let is_pickup = |hop: &Hop| {
        let received = &hop.received;
        hop.kind == Kind::Pickup
            && (received.from_token.as_deref() == Some("mail") || is_of_windows(received.with.as_deref()))
    };
    if route.hops.first().is_some_and(is_pickup) {
        return Some(0);
    }
    let sites: HashSet<String> =
        connector.addresses.iter().filter_map(|(_, domain)| organisation(domain)).collect();
    let is_named = |hop: &Hop| {
        hop.received.by.as_deref().and_then(organisation).is_some_and(|site| sites.contains(&site))
    };
    route.hops.iter().rposition(|hop| is_pickup(hop) && is_named(hop))
}

/// Whether an address of the connector names the server by a domain that is not the sender's own, be it of one organisation with it:
/// a branch that collects its mail by itself.
fn is_named_by_address(connector: &Connector, by: &str, people: &People) -> bool {
    let own = people.from.first().and_then(|sender| Some(sender.key.rsplit_once('@')?.1));
    let mut domains = connector.addresses.iter().map(|(_, domain)| domain);
    domains.any(|domain| own != Some(domain.as_str()) && (is_same(by, domain) || lies_in(by, domain)))
}

fn is_of_windows(with: Option<&str>) -> bool {
    with.is_some_and(|with| with.starts_with("Microsoft SMTPSVC"))
}

/// What the connector writes anew when it makes the copy.
fn add_minted(connector: &mut Connector, header: &Header<'_>, route: &Route, people: &People) {
    let id_field = header.first("Message-ID");
    let id = id_field.and_then(|field| parse_message_id(&field.unfolded()));
    let arrival = header.first("X-OriginalArrivalTime");
    let arrival_time = arrival.and_then(|field| parse_filetime(&field.unfolded()));
    if let (Some(field), Some(id)) = (id_field, &id) {
        if is_from_inside(id)
            && id.right.as_deref().and_then(|right| site_of(&format!("@{right}"))).as_deref()
                != people.sender_site()
        {
            add(connector, Sign::InsideId, Some(field.span()));
        }
        if let (Some(made), Some(came)) = (id.filetime, arrival_time)
            && made.abs_diff(came) < MINTING
        {
            add(connector, Sign::MintedId, Some(field.span()));
        }
    }
    if let (Some(ole), Some(mailer)) =
        (header.first("X-MimeOLE"), header.first("X-Mailer").or_else(|| header.first("User-Agent")))
    {
        let is_of_server = ole.unfolded().contains("MimeOLE V6.00.3790");
        if is_of_server && !mailer.unfolded().contains("CDO") {
            add(connector, Sign::ServerMimeOle, Some(ole.span()));
        }
    }
    let pickup = connector.pickup_place.and_then(|place| route.hops.get(place));
    let picked = pickup.and_then(|hop| hop.received.date);
    if let (Some(picked), Some(date)) = (picked, header.first("Date")) {
        let written = parse_date(&date.unfolded());
        if written.is_some_and(|written| written.epoch.abs_diff(picked.epoch) <= SAME_TIME) {
            add(connector, Sign::MintedDate, Some(date.span()));
        }
    }
}

/// The id and the arrival are so close if both were made at the pickup.
const MINTING: u64 = 5 * FILETIME_SECOND;

/// In seconds.
const SAME_TIME: u64 = 5;

fn is_from_inside(id: &MessageId) -> bool {
    let has_inside_name = id.right.as_deref().is_some_and(is_internal);
    has_inside_name || id.ip.is_some_and(|ip| Scope::of(ip.into()) == Scope::Private)
}

/// A field that Ecartis, Mailman or majordomo write once for a post: with different values, or for a second post number.
fn repeated_list_fields(header: &Header<'_>) -> Option<Span> {
    const SINGLE: [&str; 6] = [
        "X-archive-position",
        "X-ecartis-version",
        "X-original-sender",
        "X-list",
        "X-Mailing-List",
        "X-BeenThere",
    ];
    let mut seen = HashSet::new();
    header.fields().find_map(|field| {
        let name = SINGLE.iter().find(|name| field.is_named(name))?;
        (!seen.insert(*name)).then(|| field.span())
    })
}
