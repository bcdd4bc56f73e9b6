//! # What it finds
//!
//! A message that a recipient's site collected from a mailbox and then sent out again to an address in To or Cc, which had it already. In
//! the route a fetch stands below a hop that leads to another organisation, and the message is delivered to somebody whom it was written
//! to from the start. Where the server that fetches has a name that means nothing outside (`server.office.local`), the mailbox or the
//! addresses tell whose it is, and the line of the fetch or a program on the server has to speak for it as well.
//!
//! # Why it matters
//!
//! Everybody in To and Cc gets the mail once more each time somebody there fetches it. Where two sites do so, it never ends.
//!
//! # How to fix
//!
//! The site that fetches must deliver to its own users only: out with `sendmail -t`, in with the field that records the envelope
//! recipient, or delivery by SMTP or ETRN.
//!
//! # When it stays quiet
//!
//! Where a person sent the mail on (Resent fields), where a mailbox forwards its mail after the fetch to an address that is not in To or
//! Cc, on a mailing list that collects its posts, and where the fetch is the last hand-over or the route stays in one organisation.
//! Copies of the connector of Small Business Server have a finding of their own.
//!
//! # References
//!
//! fetchmail(1), "The use and abuse of multidrop mailboxes". RFC 5321, section 7.2.

use std::collections::HashSet;

use super::{Group, Rule, near_misses_in};
use crate::advice::multidrop::{Mailbox, set_up};
use crate::advice::{in_words, pop3};
use crate::case::{Case, Fetch, Message, site_of};
use crate::fields::address::{comparable, parse_addresses};
use crate::fields::fetcher::Tool;
use crate::fields::host::{is_access_line, is_this_machine, organisation};
use crate::finding::{Confidence, Culprit, Evidence, Finding, NearMiss, Remedy, Severity};
use crate::header::Field;
use crate::route::{Hop, Kind, Scope};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    id: "recipient-reinjection",
    title: "Fetched and sent out again to its recipients",
    group: Group::Pop3,
    check,
    spared: Some(|case| near_misses_in(case, near_miss)),
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    let messages = case.messages.iter().enumerate();
    // The finding on all copies side by side tells of the others.
    let told = messages.filter(|(place, _)| !case.is_further_copy(*place));
    told.filter_map(|(place, message)| check_message(place, message)).collect()
}

/// What happened after a fetch.
struct Outbound<'m> {
    fetch: &'m Fetch,
    /// The organisation that fetched.
    site: String,
    /// The hop that led out of it.
    out: &'m Hop,
    /// The program on the server that handed the message in again, where the route tells.
    handed_in: Option<&'m Hop>,
    /// Who got it then, and where that stands.
    recipient: (&'m str, Span),
}

/// A message is fetched once or twice; more often only where somebody made it up.
const MOST_FETCHES: usize = 10;

fn check_message(place: usize, message: &Message<'_>) -> Option<Finding> {
    if message.people.resent.is_some() || message.connector.is_reinjected() {
        return None;
    }
    let found = message.fetches.iter().rev().take(MOST_FETCHES).find_map(|fetch| outbound(message, fetch))?;
    let Outbound { fetch, site, out, handed_in, recipient: (recipient, span) } = found;
    let named = fetch.server.as_deref().filter(|server| !is_this_machine(server));
    let server = named.map_or_else(|| format!("the mail server of {site}"), str::to_owned);
    let server = server.as_str();
    let is_plain = handed_in.is_some() || fetch.warning.is_some() || fetch.is_multidrop();
    let hop = |hop: &Hop, label: String| Evidence { message: place, span: hop.span, label };
    let mut evidence = vec![
        Evidence { message: place, span: fetch.span, label: format!("{server} collected the mail here.") },
        hop(out, format!("Then it left {site} again.")),
        Evidence {
            message: place,
            span,
            label: format!("It went to {recipient}, who stands in To or Cc and had it already."),
        },
    ];
    evidence.extend(handed_in.map(|line| hop(line, "A program on the server handed it in anew.".into())));
    evidence.extend(fetch.warning.map(|span| Evidence {
        message: place,
        span,
        label: "The program says that it found nobody to deliver to.".into(),
    }));
    evidence.dedup_by_key(|evidence| evidence.span);
    Some(Finding {
        id: RULE.id,
        title: RULE.title,
        severity: Severity::High,
        confidence: if is_plain { Confidence::Likely } else { Confidence::Possible },
        what: format!(
            "{} {} this mail from {} and sent it out again to {recipient}, to whom it was written in the first place.",
            at_start(server),
            if is_plain { "probably collected" } else { "may have collected" },
            fetch.host.as_deref().unwrap_or("a mailbox"),
        ),
        why: "A server that sends fetched mail to the addresses in To and Cc makes copies for everybody there, each time somebody writes to them. The sender sent it once and is not to blame.".into(),
        remedies: remedies(fetch, &site, server),
        evidence,
        culprit: Some(Culprit { host: named.map(str::to_owned), domain: Some(site) }),
    })
}

/// Words at the start of a sentence. Names of servers stay as they are.
fn at_start(words: &str) -> String {
    words.strip_prefix("the ").map_or_else(|| words.to_owned(), |rest| format!("The {rest}"))
}

fn remedies(fetch: &Fetch, site: &str, server: &str) -> Vec<Remedy> {
    let mailbox = Mailbox {
        program: fetch.tool.map(Tool::name),
        host: fetch.host.as_deref(),
        account: fetch.account.as_deref(),
        domain: Some(site),
        ..Mailbox::default()
    };
    let mut set_up = set_up(format!("Whoever runs {server} (postmaster@{site})"), mailbox);
    let first = format!(
        "Stop the program that collects mail on {} ({}), and clear the mail queue of the copies (Postfix: `postsuper -d <queue id>`; Exim: `exim -Mrm <id>`; sendmail: delete them in `/var/spool/mqueue`).",
        in_words(server),
        fetch.program()
    );
    let second = "Look how it hands mail on: “mda \"sendmail -t\"”, “sendmail -t -oi” or “qmail-inject” send to everybody in To and Cc. Give the recipient instead: `mda \"/usr/sbin/sendmail -oi -f %F -- %T\"`, or deliver to the local SMTP port.".to_owned();
    set_up.steps.splice(0..0, [first, second]);
    vec![
        set_up,
        pop3::leave(format!("Whoever decides how {site} gets its mail"), Some(site)),
        Remedy {
            who: "Those who receive the copies".into(),
            steps: vec![
                format!("Do not reply to all while copies come. Send postmaster@{} this text: “{} collects mail and sends it out again to the addresses in To and Cc. Please stop it and deliver to your own users only. The header of a copy is attached.”", in_words(site), in_words(server)),
                "The sender has nothing to mend. Writing to many people in Bcc keeps such servers from finding addresses.".into(),
            ],
            disturbs_mail_flow: false,
            references: Vec::new(),
        },
    ]
}

fn outbound<'m>(message: &'m Message<'_>, fetch: &'m Fetch) -> Option<Outbound<'m>> {
    let place = fetch.hop?;
    let Fetcher { site, is_told } = fetcher(message, fetch)?;
    let newer = || message.route.hops.iter().skip(place + 1);
    let out = way_out(message, place, &site)?;
    // A list at the site may collect its posts, and a person may have the mailbox forward.
    if is_list_of(message, &site) || message.header().fields().any(|field| is_forwarding(&field.name())) {
        return None;
    }
    let recipient = last_recipient(message, out)?;
    let key = comparable(recipient.0);
    let is_stranger = site_of(&key).is_some_and(|own| own != site);
    let is_new = !had_it_before(message, fetch, &key);
    let is_written_to = message.people.names(&key);
    let of_site = message.people.names_site(&site) || has_record(message, fetch);
    let handed_in = newer().take_while(|hop| hop.span != out.span).find(|hop| hop.kind == Kind::Pickup);
    let is_told = is_told || handed_in.is_some() || fetch.warning.is_some() || fetch.is_multidrop();
    (is_told && is_stranger && is_new && is_written_to && of_site).then_some(Outbound {
        fetch,
        site,
        out,
        handed_in,
        recipient,
    })
}

/// The hop that led out of the site after the fetch.
fn way_out<'m>(message: &'m Message<'_>, fetch: usize, site: &str) -> Option<&'m Hop> {
    let is_out = |hop: &&Hop| {
        let by = hop.received.by.as_deref().and_then(organisation);
        let is_far = hop.received.ip.as_ref().is_none_or(|ip| Scope::of(ip.value).is_unique());
        hop.kind == Kind::Smtp && is_far && by.is_some_and(|by| by != site)
    };
    message.route.hops.iter().skip(fetch + 1).find(is_out)
}

/// Who fetched.
struct Fetcher {
    /// The organisation.
    site: String,
    /// Whether the name of its server tells so.
    is_told: bool,
}

/// The organisation that fetched: by the name of its server; where that means nothing outside its network, by the mailbox, or by the
/// one organisation beside that of the last recipient to which the message is written.
fn fetcher(message: &Message<'_>, fetch: &Fetch) -> Option<Fetcher> {
    if let Some(site) = fetch.server.as_deref().and_then(organisation) {
        return Some(Fetcher { site, is_told: true });
    }
    let host = message.route.hosts.get(message.route.hops.get(fetch.hop?)?.by_host?)?;
    let of_host =
        || host.names.iter().filter(|name| !is_access_line(name)).find_map(|name| organisation(name));
    let of_mailbox = || {
        let record = message.mailbox_record(fetch)?;
        site_of(&record.address).filter(|site| message.people.names_site(site))
    };
    let of_others = || {
        let newest = message.route.hops.last()?.received.recipient()?;
        let last = site_of(newest)?;
        let sites: HashSet<&str> = message.people.to.iter().filter_map(|to| to.site.as_deref()).collect();
        let mut others = sites.into_iter().filter(|site| *site != last);
        let one = others.next()?.to_owned();
        others.next().is_none().then_some(one)
    };
    let site = of_host().or_else(of_mailbox).or_else(of_others)?;
    Some(Fetcher { site, is_told: false })
}

/// The envelope recipient after the hop that led out: of the newest Received line that names one, or the topmost Delivered-To.
fn last_recipient<'m>(message: &'m Message<'_>, out: &Hop) -> Option<(&'m str, Span)> {
    if let Some(delivery) = message.deliveries.first().filter(|delivery| delivery.span.start < out.span.start)
    {
        return Some((&delivery.address, delivery.span));
    }
    let newest = message.route.hops.iter().rev().take_while(|hop| hop.span.start <= out.span.start);
    let mut recipients = newest.filter_map(|hop| Some((&**hop.received.recipient()?, hop.span)));
    recipients.next()
}

/// Whether a line below the fetch shows that it was this address whose mail was collected.
fn had_it_before(message: &Message<'_>, fetch: &Fetch, key: &str) -> bool {
    let fields = fetch.recorded(&message.recorded).flat_map(|one| &one.addresses);
    let lines = fetch.recorded_in_received(&message.route).filter_map(|hop| hop.received.recipient());
    fields.map(|address| comparable(address)).any(|address| address == key)
        || lines.map(|part| comparable(part)).any(|address| address == key)
        // With a shared mailbox it is what the program made of To and Cc.
        || (!fetch.is_multidrop()
            && fetch.recipient.as_deref().is_some_and(|address| comparable(address) == key))
}

fn has_record(message: &Message<'_>, fetch: &Fetch) -> bool {
    fetch.recorded(&message.recorded).next().is_some()
        || fetch.recorded_in_received(&message.route).next().is_some()
}

/// Whether a mailing list of this organisation marked the message, or one that does not name itself.
fn is_list_of(message: &Message<'_>, site: &str) -> bool {
    const NAMES: [&str; 5] = ["List-Id", "List-Post", "Mailing-List", "X-Mailing-List", "X-BeenThere"];
    let header = message.header();
    let is_named = |field: &Field<'_>| NAMES.iter().any(|name| field.is_named(name));
    let is_of_site = |field: Field<'_>| {
        let value = field.unfolded();
        let of_address =
            parse_addresses(&value).iter().any(|address| site_of(address).as_deref() == Some(site));
        // `List-Id: Our news <news.lists.example.com>`
        let id = value.rsplit('<').next().unwrap_or_default().trim_end_matches(['>', ' ']);
        of_address || organisation(id).as_deref() == Some(site)
    };
    let names_none = !message.people.list_marks.is_empty() && !header.fields().any(|field| is_named(&field));
    names_none || header.fields().filter(is_named).take(MOST_LIST_MARKS).any(is_of_site)
}

/// More fields of lists tell nothing more.
const MOST_LIST_MARKS: usize = 10;

/// Fields of mailboxes that forward: Gmail's X-Forwarded-To, Exchange's X-MS-Exchange-Inbox-Rules-Loop.
fn is_forwarding(name: &str) -> bool {
    ["X-Forwarded-To", "X-Forwarded-For", "X-MS-Exchange-Inbox-Rules-Loop", "X-MS-Exchange-ForwardingLoop"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

/// Mail that left the site again after a fetch for a good reason.
fn near_miss(place: usize, message: &Message<'_>) -> Option<NearMiss> {
    let fetches = message.fetches.iter().rev().take(MOST_FETCHES);
    let (fetch, out, site) = fetches
        .filter_map(|fetch| {
            let Fetcher { site, .. } = fetcher(message, fetch)?;
            Some((fetch, way_out(message, fetch.hop?, &site)?, site))
        })
        .next()?;
    let because = if message.people.resent.is_some() {
        "A person sent it on by hand (Resent-From).".to_owned()
    } else if is_list_of(message, &site) {
        format!("A mailing list of {site} collects its posts and sends them to its members.")
    } else if let Some(field) = message.header().fields().find(|field| is_forwarding(&field.name())) {
        format!("The mailbox forwards its mail: {} says so.", field.name())
    } else {
        let (recipient, _) = last_recipient(message, out)?;
        let is_written_to = message.people.names(&comparable(recipient));
        (!is_written_to).then(|| {
            format!(
                "It went on to {recipient}, who does not stand in To or Cc: the mailbox forwards its mail."
            )
        })?
    };
    let evidence = |span: Span, label: String| Evidence { message: place, span, label };
    Some(RULE.near_miss(
        format!("The mail was fetched from a mailbox, and then it left {site} again."),
        because,
        vec![
            evidence(out.span, format!("It left {site} here.")),
            evidence(fetch.span, "It was collected here.".into()),
        ],
    ))
}
