//! What a mailbox of several people records of the envelope recipient, so that a program which collects from it can tell for whom a
//! message is.

use super::envelope::Recorded;
use super::{Fetch, Message};
use crate::fields::address::comparable;
use crate::fields::envelope_recipient::parse_virtual_prefix;
use crate::text::Span;

/// The record of the envelope recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailboxRecord {
    /// The field, as programs are told it; `Received`, where only the `for` of such a line tells.
    pub field: &'static str,
    /// How many fields of this name, written by the side of the mailbox, stand above it.
    pub skip: usize,
    /// The recipient, without the prefix.
    pub address: String,
    /// What stands before the address: `ispuser-`, as qmail writes for virtual domains.
    pub prefix: Option<String>,
    /// How many recipients it names.
    pub count: usize,
    /// Where it stands.
    pub span: Span,
}

/// The best fields first. X-Original-To is the address before any rewriting; Delivered-To can be the mailbox itself.
const BEST: [&str; 11] = [
    "X-Original-To",
    "Envelope-To",
    "X-Envelope-To",
    "X-Rcpt-To",
    "X-RCPTTO",
    "X-Deliver-To",
    "X-Envelope-Recipient",
    "X-MDRcpt-To",
    "Delivered-To",
    "X-Delivered-To",
    "X-Orig-To",
];

/// More fields at one mailbox tell nothing more.
const MOST: usize = 20;

impl Message<'_> {
    /// The record of the envelope recipient that the side of the mailbox made; absent where there is none.
    #[must_use]
    pub fn mailbox_record(&self, fetch: &Fetch) -> Option<MailboxRecord> {
        let recorded: Vec<&Recorded> = fetch.recorded(&self.recorded).take(MOST).collect();
        BEST.iter()
            .find_map(|name| self.record_in(name, &recorded))
            .or_else(|| self.record_in_received(fetch))
    }

    /// The record in the fields of one name: the first that names somebody to whom the message is written, or else the first.
    fn record_in(&self, name: &str, recorded: &[&Recorded]) -> Option<MailboxRecord> {
        let fields: Vec<&&Recorded> = recorded.iter().filter(|one| one.name == name).collect();
        let read = |(skip, one): (usize, &&&Recorded)| {
            let written = one.addresses.first()?;
            let prefix =
                self.people.to.iter().find_map(|person| parse_virtual_prefix(written, &person.address));
            let address = prefix.and_then(|prefix| written.strip_prefix(prefix)).unwrap_or(written);
            Some(MailboxRecord {
                field: one.name,
                skip,
                address: address.to_owned(),
                prefix: prefix.map(str::to_owned),
                count: one.addresses.len(),
                span: one.span,
            })
        };
        let mut records = fields.iter().enumerate().filter_map(read);
        records
            .clone()
            .find(|record| self.people.names(&comparable(&record.address)))
            .or_else(|| records.next())
    }

    fn record_in_received(&self, fetch: &Fetch) -> Option<MailboxRecord> {
        let hop = fetch.recorded_in_received(&self.route).next()?;
        let address = hop.received.recipient()?;
        Some(MailboxRecord {
            field: "Received",
            skip: 0,
            address: address.value.clone(),
            prefix: None,
            count: hop.received.recipients.len(),
            span: hop.span,
        })
    }
}
