//! The route in the report.

use serde::{Deserialize, Serialize};

use super::Span;

/// One hop: one Received field. Parts that the line does not say are absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hop {
    /// Its place in the route; 0 is the oldest.
    pub index: usize,
    /// The field as it stands in the text. Bytes that are not UTF-8 show as U+FFFD.
    pub raw: String,
    /// Where it stands.
    pub span: Span,
    /// First and last line, counted from 1.
    pub lines: [usize; 2],
    /// The word after `from`.
    pub from_token: Option<String>,
    /// How the client introduced itself.
    pub helo: Option<String>,
    /// The client's reverse name.
    pub rdns: Option<String>,
    /// The client's address.
    pub ip: Option<String>,
    /// The reach of that address.
    pub ip_scope: Option<Scope>,
    /// The user name at the client's end.
    pub ident: Option<String>,
    /// The server that wrote the line.
    pub by: Option<String>,
    /// That server's address.
    pub by_ip: Option<String>,
    /// The reach of that address.
    pub by_ip_scope: Option<Scope>,
    /// The protocol, without comments.
    pub with: Option<String>,
    /// The protocol that these words stand for: `Microsoft SMTP Server` is `SMTP`.
    pub protocol: Option<String>,
    /// The link.
    pub via: Option<String>,
    /// The server's number for the message.
    pub id: Option<String>,
    /// The envelope recipient.
    #[serde(rename = "for")]
    pub recipient: Option<String>,
    /// All envelope recipients that the line names.
    pub recipients: Vec<String>,
    /// The envelope sender; empty for the null reverse-path.
    pub envelope_from: Option<String>,
    /// The account that logged in to send.
    pub authenticated: Option<String>,
    /// The encryption, where the line gives particulars.
    pub tls: Option<Tls>,
    /// Whether the connection was encrypted: `yes`, `no`, `same-machine`, or `unknown`.
    pub encrypted: String,
    /// The program that wrote the line, with its version where the line tells it.
    pub software: Option<String>,
    /// Its version alone.
    pub software_version: Option<String>,
    /// `smtp`, `local`, `pickup`, `fetch`, `list`, `filter`, `http`, `mapi` or `unknown`.
    pub kind: String,
    /// When the server took the message, in seconds since 1970 UTC.
    pub epoch: Option<i64>,
    /// The date as written.
    pub date_raw: Option<String>,
    /// The zone it was written in, in minutes east of UTC.
    pub utc_offset_minutes: Option<i32>,
    /// Seconds since the hop before, negative where the clocks disagree.
    pub delay_seconds: Option<i64>,
    /// Where the hop before has no date: the last hop that has one, and the seconds since then.
    pub delay_since: Option<DelaySince>,
    /// How far the clock of the server that wrote the line is ahead, in seconds; negative where it is behind, absent where the route does
    /// not determine it.
    pub skew_seconds: Option<i64>,
    /// Seconds since the hop before with both clocks put right; absent where that changes nothing or is not known.
    pub corrected_delay_seconds: Option<i64>,
    /// The machine that handed it over, by its place in [`super::Message::hosts`].
    pub from_host: Option<usize>,
    /// The machine that took it, by its place in [`super::Message::hosts`].
    pub by_host: Option<usize>,
    /// Whether it starts where the hop before ended.
    pub handover: Handover,
    /// Where the parts stand in the text.
    pub parts: Parts,
    /// What is odd about the line.
    pub notes: Vec<String>,
}

/// Where the parts of a Received line stand in the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts {
    /// Of [`Hop::from_token`].
    pub from_token: Option<Span>,
    /// Of [`Hop::helo`].
    pub helo: Option<Span>,
    /// Of [`Hop::rdns`].
    pub rdns: Option<Span>,
    /// Of [`Hop::ip`].
    pub ip: Option<Span>,
    /// Of [`Hop::ident`].
    pub ident: Option<Span>,
    /// Of [`Hop::by`].
    pub by: Option<Span>,
    /// Of [`Hop::by_ip`].
    pub by_ip: Option<Span>,
    /// Of [`Hop::with`].
    pub with: Option<Span>,
    /// Of [`Hop::via`].
    pub via: Option<Span>,
    /// Of [`Hop::id`].
    pub id: Option<Span>,
    /// Of [`Hop::recipient`].
    #[serde(rename = "for")]
    pub recipient: Option<Span>,
    /// Of [`Hop::envelope_from`].
    pub envelope_from: Option<Span>,
    /// Of [`Hop::authenticated`].
    pub authenticated: Option<Span>,
    /// Of [`Hop::date_raw`].
    pub date_raw: Option<Span>,
}

/// The time since a hop that is not the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelaySince {
    /// That hop.
    pub hop: usize,
    /// The time, in seconds.
    pub seconds: i64,
}

/// The reach of an IP address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Reachable from everywhere.
    Public,
    /// Of a private network.
    Private,
    /// Shared behind a provider's address translation.
    CarrierNat,
    /// The machine itself.
    Loopback,
    /// Of one network segment.
    LinkLocal,
    /// For examples in documents.
    Documentation,
    /// No address of a machine.
    Special,
}

/// How a hop joins the hop before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Handover {
    /// It is the oldest.
    First,
    /// It starts at the machine at which the hop before ended.
    Joins,
    /// Nothing contradicts: one organisation, or a name or address that only means something inside its network.
    Plausible,
    /// It names another machine of another organisation.
    Breaks,
    /// One of the two lines does not say.
    Unknown,
}

/// The encryption of one connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tls {
    /// `TLS 1.3`
    pub version: Option<String>,
    /// The cipher suite.
    pub cipher: Option<String>,
    /// The length of the key, in bits.
    pub bits: Option<u16>,
}

/// One machine on the route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Host {
    /// The name to call it by.
    pub name: String,
    /// All its names, that one first.
    pub names: Vec<String>,
    /// Its addresses.
    pub addresses: Vec<Address>,
    /// Why the names are held for one machine; empty where it has only one.
    pub reasons: Vec<Reason>,
    /// The domain of the organisation that runs it; absent where no name tells.
    pub organisation: Option<String>,
    /// Whether it has only names and addresses that mean nothing outside its network.
    pub is_internal: bool,
}

/// An IP address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The address.
    pub ip: String,
    /// Its reach.
    pub scope: Scope,
}

/// Why two names are held for one machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The hop that shows it.
    pub hop: usize,
    /// The same in words.
    pub text: String,
}

/// A stretch of hops on one machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Station {
    /// The machine, by its place in [`super::Message::hosts`]; absent where the lines name none.
    pub host: Option<usize>,
    /// The oldest hop.
    pub first: usize,
    /// The newest hop.
    pub last: usize,
}

/// Where the lines of the receiving side end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boundary {
    /// The oldest hop that the receiving side wrote; older ones were written by somebody else.
    pub hop: usize,
    /// The organisation on the receiving side.
    pub organisation: String,
    /// The reader's own domain, or the host that they trust, by which the server of that hop is on their side; absent where it is of the
    /// organisation.
    pub entry: Option<String>,
}

/// A trace field other than Received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stratum {
    /// Its name, as written.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// First and last line, counted from 1.
    pub lines: [usize; 2],
    /// Its sort.
    pub sort: TraceSort,
    /// The server that it names as its writer.
    pub writer: Option<String>,
    /// The hop whose server added it; absent where the sender's side did.
    pub hop: Option<usize>,
    /// Whether the field itself names that server; otherwise its place tells.
    pub is_named: bool,
}

/// The sort of a trace field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TraceSort {
    /// A delivery.
    Delivery,
    /// Authentication-Results, Received-SPF.
    Authentication,
    /// An ARC set.
    Arc,
    /// A signature.
    Signature,
    /// The verdict of a filter.
    Filter,
    /// What Exchange notes.
    Exchange,
    /// A mailing list.
    List,
    /// Sent on by a person.
    Resent,
    /// Another mark of the way.
    Other,
}

/// A message that came back to where it had been.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circle {
    /// Whether it goes round. Otherwise it only came back once.
    pub is_loop: bool,
    /// Who takes part, in the order of one lap.
    pub members: Vec<CircleMember>,
    /// The hops by which the first member had the message, the oldest first.
    pub passes: Vec<usize>,
    /// How often the message came back to the first member.
    pub laps: usize,
    /// Seconds for one lap on average; absent where the dates do not tell.
    pub seconds_per_lap: Option<i64>,
}

/// One of those between which a message goes round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CircleMember {
    /// The machine's name, or the organisation's.
    pub name: String,
    /// The machine, by its place in [`super::Message::hosts`]; absent where it is an organisation with several.
    pub host: Option<usize>,
    /// Whether the message turns there: it comes from the machine to which it goes on.
    pub is_turning_point: bool,
}
