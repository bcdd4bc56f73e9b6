//! The route, from the case to the report.

use std::net::IpAddr;

use super::{lines, place};
use crate::report::model::{
    Address, Boundary, Circle, CircleMember, DelaySince, Handover, Hop, Host, Parts, Reason, Scope, Station,
    Stratum, Tls, TraceSort,
};
use crate::route::hosts::Proof;
use crate::route::{self, Encryption, Kind, Note, Part, Received, Sort};
use crate::text::Source;

pub(super) fn hop(source: &Source<'_>, index: usize, hop: &route::Hop) -> Hop {
    let received = &hop.received;
    let scope_of = |ip: &Option<Part<IpAddr>>| ip.as_ref().map(|ip| scope(ip.value));
    Hop {
        index,
        raw: source.text(hop.span).into_owned(),
        span: place(hop.span),
        lines: lines(source, hop.span),
        from_token: text(received.from_token.as_ref()),
        helo: text(received.helo.as_ref()),
        rdns: text(received.rdns.as_ref()),
        ip: received.ip.as_ref().map(|ip| ip.value.to_string()),
        ip_scope: scope_of(&received.ip),
        ident: text(received.ident.as_ref()),
        by: text(received.by.as_ref()),
        by_ip: received.by_ip.as_ref().map(|ip| ip.value.to_string()),
        by_ip_scope: scope_of(&received.by_ip),
        with: text(received.with.as_ref()),
        protocol: received.protocol.map(|protocol| protocol.name.to_owned()),
        via: text(received.via.as_ref()),
        id: text(received.id.as_ref()),
        recipient: text(received.recipients.first()),
        recipients: received.recipients.iter().map(|part| part.value.clone()).collect(),
        envelope_from: text(received.envelope_from.as_ref()),
        authenticated: text(received.authenticated.as_ref()),
        tls: received.tls.as_ref().map(tls),
        encrypted: encryption_name(hop.encryption).to_owned(),
        parts: parts(received),
        software_version: received.software.as_ref().and_then(|software| software.version.clone()),
        software: received.software.as_ref().map(|software| software.to_string()),
        kind: kind_name(hop.kind).to_owned(),
        epoch: received.date.map(|date| date.epoch),
        date_raw: text(received.date_raw.as_ref()),
        utc_offset_minutes: received.date.and_then(|date| date.utc_offset_minutes),
        delay_seconds: hop.clock.delay_seconds,
        delay_since: hop.clock.delay_since.map(|(hop, seconds)| DelaySince { hop, seconds }),
        skew_seconds: hop.clock.skew_seconds,
        corrected_delay_seconds: hop.clock.corrected_delay_seconds,
        from_host: hop.from_host,
        by_host: hop.by_host,
        handover: handover(hop.handover),
        notes: hop.notes.iter().map(|note| note_text(*note).to_owned()).collect(),
    }
}

fn tls(tls: &route::Tls) -> Tls {
    Tls { version: tls.version.clone(), cipher: tls.cipher.clone(), bits: tls.bits }
}

fn parts(received: &Received) -> Parts {
    let of = |part: &Option<Part>| part.as_ref().map(|part| place(part.span));
    let of_address = |part: &Option<Part<IpAddr>>| part.as_ref().map(|part| place(part.span));
    Parts {
        from_token: of(&received.from_token),
        helo: of(&received.helo),
        rdns: of(&received.rdns),
        ip: of_address(&received.ip),
        ident: of(&received.ident),
        by: of(&received.by),
        by_ip: of_address(&received.by_ip),
        with: of(&received.with),
        via: of(&received.via),
        id: of(&received.id),
        recipient: received.recipient().map(|part| place(part.span)),
        envelope_from: of(&received.envelope_from),
        authenticated: of(&received.authenticated),
        date_raw: of(&received.date_raw),
    }
}

fn text(part: Option<&Part>) -> Option<String> {
    part.map(|part| part.value.clone())
}

const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Smtp => "smtp",
        Kind::Local => "local",
        Kind::Pickup => "pickup",
        Kind::Fetch => "fetch",
        Kind::List => "list",
        Kind::Filter => "filter",
        Kind::Http => "http",
        Kind::Mapi => "mapi",
        Kind::Unknown => "unknown",
    }
}

const fn encryption_name(encryption: Encryption) -> &'static str {
    match encryption {
        Encryption::Encrypted => "yes",
        Encryption::Plain => "no",
        Encryption::SameMachine => "same-machine",
        Encryption::Unknown => "unknown",
    }
}

const fn note_text(note: Note) -> &'static str {
    match note {
        Note::Unreadable => "This line names no server. It is kept as it stands.",
        Note::NoDate => "No date stands at its end, behind a “;”.",
        Note::OddDate => {
            "The date cannot be read, or it cannot be: no such day, no such zone, or two ways to read it."
        }
        Note::NoZone => {
            "The date names no time zone that is known. It is read as UTC and can be off by up to half a day."
        }
        Note::InTheFuture => {
            "The date lies in the future: the clock of this server is wrong, or that of this computer."
        }
    }
}

fn reason_text(reason: &route::hosts::Reason) -> String {
    let (one, other, hop) = (&reason.one, &reason.other, reason.hop + 1);
    match reason.proof {
        Proof::Line => format!("{one} and {other} are one machine: the line of hop {hop} names both."),
        Proof::Order => format!(
            "{one} and {other} are one machine: it took the message as {one} and handed it on as {other} (hop {hop})."
        ),
    }
}

pub(super) fn host(host: &route::Host) -> Host {
    let address = |ip: &IpAddr| Address { ip: ip.to_string(), scope: scope(*ip) };
    let reason = |reason: &route::hosts::Reason| Reason { hop: reason.hop, text: reason_text(reason) };
    Host {
        name: host.name.clone(),
        names: host.names.clone(),
        addresses: host.addresses.iter().map(address).collect(),
        reasons: host.reasons.iter().map(reason).collect(),
        organisation: host.organisation.clone(),
        is_internal: host.is_internal,
    }
}

pub(super) const fn station(station: &route::Station) -> Station {
    Station { host: station.host, first: station.first, last: station.last }
}

pub(super) fn circle(circle: &route::Circle) -> Circle {
    let members = circle.members.iter().map(|member| CircleMember {
        name: member.name.clone(),
        host: member.host,
        is_turning_point: member.is_turning_point,
    });
    Circle {
        is_loop: circle.is_loop(),
        members: members.collect(),
        passes: circle.passes.clone(),
        laps: circle.laps(),
        seconds_per_lap: circle.seconds_per_lap,
    }
}

pub(super) fn boundary(boundary: &route::Boundary) -> Boundary {
    Boundary { hop: boundary.hop, organisation: boundary.organisation.clone(), entry: boundary.entry.clone() }
}

pub(super) fn stratum(source: &Source<'_>, stratum: &route::Stratum) -> Stratum {
    Stratum {
        name: stratum.name.clone(),
        span: place(stratum.span),
        lines: lines(source, stratum.span),
        sort: sort(stratum.sort),
        writer: stratum.writer.clone(),
        hop: stratum.hop,
        is_named: stratum.is_named,
    }
}

const fn sort(sort: Sort) -> TraceSort {
    match sort {
        Sort::Delivery => TraceSort::Delivery,
        Sort::Authentication => TraceSort::Authentication,
        Sort::Arc => TraceSort::Arc,
        Sort::Signature => TraceSort::Signature,
        Sort::Filter => TraceSort::Filter,
        Sort::Exchange => TraceSort::Exchange,
        Sort::List => TraceSort::List,
        Sort::Resent => TraceSort::Resent,
        Sort::Other => TraceSort::Other,
    }
}

const fn handover(handover: route::Handover) -> Handover {
    match handover {
        route::Handover::First => Handover::First,
        route::Handover::Joins => Handover::Joins,
        route::Handover::Plausible => Handover::Plausible,
        route::Handover::Breaks => Handover::Breaks,
        route::Handover::Unknown => Handover::Unknown,
    }
}

fn scope(ip: IpAddr) -> Scope {
    match route::Scope::of(ip) {
        route::Scope::Public => Scope::Public,
        route::Scope::Private => Scope::Private,
        route::Scope::CarrierNat => Scope::CarrierNat,
        route::Scope::Loopback => Scope::Loopback,
        route::Scope::LinkLocal => Scope::LinkLocal,
        route::Scope::Documentation => Scope::Documentation,
        route::Scope::Special => Scope::Special,
    }
}
