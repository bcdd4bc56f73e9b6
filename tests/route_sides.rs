//! How hops join, which of them stayed on one machine, and where the lines of the receiving side end.

mod common;

use std::fmt::Write;
use std::fs;
use std::time::Duration;

use common::route::{boundary, handover, route, stations};
use common::{project, report_on, shortest};
use hopscope::report::{Handover, Message};

const FROM_ORG: &str = "from out.example.org (out.example.org [192.0.2.1]) by mx.example.com with ESMTP";

/// How a hop joins the one that out.example.org wrote.
fn after_out(line: &str) -> Handover {
    handover(&route(&["from pc ([192.0.2.7]) by out.example.org with ESMTPA", line]))
}

// Hand-overs.

#[test]
fn a_hop_joins_where_the_one_before_ended() {
    assert_eq!(after_out(FROM_ORG), Handover::Joins);
    assert_eq!(route(&[FROM_ORG]).hops[0].handover, Handover::First);
}

#[test]
fn another_machine_of_the_same_organisation_is_plausible() {
    let line = "from relay.example.org (relay.example.org [192.0.2.2]) by mx.example.com with ESMTP";
    assert_eq!(after_out(line), Handover::Plausible);
}

#[test]
fn a_machine_of_another_organisation_breaks_the_route() {
    let line = "from dial-7.example.net (dial-7.example.net [192.0.2.2]) by mx.example.com with ESMTP";
    assert_eq!(after_out(line), Handover::Breaks);
}

#[test]
fn a_machine_with_an_inner_name_may_be_any_of_its_network() {
    let line = "from gate.example.net (gate.example.net [192.0.2.2]) by mx.example.com with ESMTP";
    let message = route(&["from pc ([10.0.0.7]) by ex1.firm.local with ESMTP", line]);
    assert_eq!(handover(&message), Handover::Plausible);
}

#[test]
fn an_address_inside_the_network_may_be_any_machine() {
    assert_eq!(
        after_out("from balancer.example.net ([10.0.0.9]) by mx.example.com with ESMTP"),
        Handover::Plausible
    );
}

#[test]
fn a_greeting_with_the_right_name_is_plausible_whatever_the_reverse_name() {
    let line = "from out.example.org (static-7.example.net [192.0.2.2]) by mx.example.com with ESMTP";
    assert_eq!(after_out(line), Handover::Plausible);
}

#[test]
fn a_filter_that_passes_the_greeting_on_is_plausible() {
    let message = route(&[
        "from out.example.org (out.example.org [192.0.2.1]) by filter.example.net with SMTP",
        "from unknown (HELO out.example.org) (198.51.100.9) by mx.example.com with SMTP",
    ]);
    assert_eq!(handover(&message), Handover::Plausible);
}

#[test]
fn lines_that_do_not_say_break_nothing() {
    assert_eq!(after_out("by mx.example.com with SMTP id 1"), Handover::Unknown, "no client is named");
    assert_eq!(
        after_out("from [192.0.2.2] by mx.example.com with SMTP"),
        Handover::Unknown,
        "an address and a name"
    );
    assert_eq!(
        after_out("by web.example.com (Postfix, from userid 33)"),
        Handover::Unknown,
        "handed in by a program"
    );
    let fetch = "from pop.example.net (192.0.2.2) by home.example.com with POP3 (fetchmail-6.4.37)";
    assert_eq!(after_out(fetch), Handover::Unknown, "a mailbox is elsewhere");
}

// Stations.

#[test]
fn the_way_through_a_content_filter_stays_on_the_machine() {
    let message = route(&[
        FROM_ORG,
        "from mx.example.com ([127.0.0.1]) by localhost (mx.example.com [127.0.0.1]) (amavisd-new, port 10024) with ESMTP",
        "from localhost (localhost [127.0.0.1]) by mx.example.com (Postfix) with ESMTP",
        "by mx.example.com (Postfix)",
        "from mx.example.com (mx.example.com [198.51.100.1]) by store.example.com with LMTP",
    ]);
    assert_eq!(stations(&message), [("mx.example.com", 4), ("store.example.com", 1)]);
}

#[test]
fn qmail_writes_several_lines_on_one_machine() {
    let message = route(&[
        "from unknown (HELO out.example.org) (192.0.2.1) by mx.example.com with SMTP",
        "(qmail 1234 invoked from network)",
        "(qmail 1235 invoked by uid 507)",
    ]);
    assert_eq!(stations(&message), [("mx.example.com", 3)]);
}

#[test]
fn a_program_hands_in_on_the_machine_that_passes_it_on() {
    let message = route(&[
        "(from www@localhost) by web.example.org (8.17.1/8.17.1/Submit)",
        "from web.example.org (localhost [127.0.0.1]) by web.example.org (8.17.1/8.17.1) with ESMTP",
        "from web.example.org (web.example.org [192.0.2.1]) by mx.example.com with ESMTP",
    ]);
    assert_eq!(stations(&message), [("web.example.org", 2), ("mx.example.com", 1)]);
}

#[test]
fn the_store_on_a_socket_is_on_the_machine() {
    let line = "from mailbox ([unix socket]) by mx.example.com (Cyrus v3.4.1) with LMTPA";
    assert_eq!(stations(&route(&[FROM_ORG, line])), [("mx.example.com", 2)]);
}

#[test]
fn exchange_hands_over_to_itself() {
    let message = route(&[
        "from gate.example.com (10.0.0.9) by ex1.firm.local (10.0.0.5) with Microsoft SMTP Server id 15.1",
        "from ex1.firm.local (10.0.0.5) by ex1.firm.local (10.0.0.5) with Microsoft SMTP Server id 15.1",
        "from ex1.firm.local ([fe80::1]) by ex1.firm.local ([fe80::1%12]) with mapi id 15.1",
    ]);
    assert_eq!(stations(&message), [("ex1.firm.local", 3)]);
}

#[test]
fn a_return_from_another_machine_is_another_station() {
    let message = route(&[
        FROM_ORG,
        "from filter.example.net (filter.example.net [198.51.100.9]) by mx.example.com with ESMTP",
    ]);
    assert_eq!(stations(&message), [("mx.example.com", 1), ("mx.example.com", 1)]);
    let message = route(&[
        FROM_ORG,
        "from mx.example.com (mx.example.com [198.51.100.1]) by filter.example.net with ESMTP",
        "from filter.example.net (filter.example.net [198.51.100.9]) by mx.example.com with ESMTP",
    ]);
    assert_eq!(stations(&message).len(), 3);
}

#[test]
fn lines_that_name_no_server_stand_alone() {
    let message = route(&[FROM_ORG, "apparently", "apparently"]);
    assert_eq!(stations(&message), [("mx.example.com", 1), ("-", 1), ("-", 1)]);
}

// The boundary.

#[test]
fn the_receiving_side_ends_where_the_message_came_from_outside() {
    let message = route(&[
        "from pc ([192.0.2.7]) by out.example.org with ESMTPA",
        FROM_ORG,
        "from mx.example.com (mx.example.com [10.0.0.1]) by ex1.firm.local (10.0.0.5) with Microsoft SMTP Server",
        "from ex1.firm.local (10.0.0.5) by store.example.com (10.0.0.6) with Microsoft SMTP Server",
    ]);
    assert_eq!(boundary(&message), Some((1, "example.com")));
}

#[test]
fn a_forged_line_in_the_name_of_the_receiver_is_below_the_boundary() {
    let forged = "from bank.example.net (bank.example.net [192.0.2.99]) by mx.example.com with ESMTP";
    for client in [
        "out.example.org (out.example.org [192.0.2.1])",
        "mx.example.com (unknown [192.0.2.1])",
        "mx2.example.com ([192.0.2.1])",
        "mx2.example.com (dial-2-1.example.net [192.0.2.1])",
        // A customer of the receiver, if that is an access provider.
        "pc (host-2-17.dsl.example.com [192.0.2.17])",
        // A filter on the machine that passes the greeting on.
        "out.example.org (localhost [127.0.0.1])",
    ] {
        let message = route(&[forged, &format!("from {client} by mx.example.com ([192.0.2.2]) with ESMTP")]);
        assert_eq!(boundary(&message), Some((1, "example.com")), "{client}");
    }
}

#[test]
fn lines_with_inner_names_are_the_receivers_only_where_it_took_the_message_from_inside() {
    let inner = "from pc ([10.0.0.7]) by ex1.firm.local with ESMTP";
    let outside = "from ex1.firm.local (static-7.example.org [192.0.2.1]) by mx.example.com with ESMTP";
    assert_eq!(boundary(&route(&[inner, outside])), Some((1, "example.com")));
    let inside = "from ex1.firm.local ([10.0.0.5]) by mx.example.com with ESMTP";
    assert_eq!(boundary(&route(&[inner, inside])), None, "all was written by one side");
}

#[test]
fn a_store_with_a_name_of_its_own_is_on_the_side_of_its_mail_server() {
    let store = "from mx.example.com (mx.example.com [192.0.2.5]) by imap.example.net (Dovecot) with LMTP";
    let message = route(&["from pc ([192.0.2.7]) by out.example.org with ESMTPA", FROM_ORG, store]);
    assert_eq!(boundary(&message), Some((1, "example.com")));
}

#[test]
fn an_inner_name_is_what_the_side_is_called_where_nothing_else_tells() {
    let message = route(&[
        "from pc ([192.0.2.7]) by out.example.org with ESMTPA",
        "from out.example.org (out.example.org [192.0.2.1]) by ex1.firm.local with Microsoft SMTP Server",
    ]);
    assert_eq!(boundary(&message), Some((1, "ex1.firm.local")));
}

/// Exchange Online: it takes mail at its door and passes it on between machines with public addresses and without reverse names.
const EXCHANGE_ONLINE: [&str; 3] = [
    "from out.example.org (192.0.2.1) by A1FT2.mail.protection.outlook.com (10.1.2.3) with Microsoft SMTP Server id 15.20 via Frontend Transport",
    "from A1FT2.eop-a1.prod.protection.outlook.com (2001:db8:1::5) by B2.outlook.office365.com (2001:db8:2::6) with Microsoft SMTP Server id 15.20 via Frontend Transport",
    "from B2.A1P1.PROD.OUTLOOK.COM (2001:db8:2::6) by C3.A1P1.PROD.OUTLOOK.COM with HTTPS",
];

#[test]
fn the_side_of_exchange_online_ends_at_its_door() {
    let [door, middle, store] = EXCHANGE_ONLINE;
    let message = route(&["from pc ([192.0.2.7]) by out.example.org with ESMTPA", door, middle, store]);
    assert_eq!(boundary(&message), Some((1, "microsoft.com")));
    let forged = "from bank.example.net (192.0.2.9) by C4.A1P1.PROD.OUTLOOK.COM with HTTPS";
    let claim = door.replace("out.example.org", "C4.A1P1.PROD.OUTLOOK.COM");
    assert_eq!(
        boundary(&route(&[forged, &claim, middle, store])),
        Some((1, "microsoft.com")),
        "a stranger's greeting"
    );
}

#[test]
fn a_provider_in_the_middle_is_not_the_receiver() {
    let [door, middle, store] = EXCHANGE_ONLINE;
    let last = "from C3-obe.outbound.protection.outlook.com (mail-c3.outbound.protection.outlook.com [192.0.2.3]) by mx.example.com with ESMTPS";
    assert_eq!(boundary(&route(&[door, middle, store, last])), Some((3, "example.com")));
}

#[test]
fn who_fetches_from_a_mailbox_is_a_side_of_its_own() {
    let message = route(&[
        FROM_ORG,
        "from pop.example.com (192.0.2.5) by localhost with POP3 (fetchmail-6.4.37) for <ann@localhost> (single-drop)",
        "from localhost (localhost [127.0.0.1]) by home.example.net (Postfix) with ESMTP",
    ]);
    assert_eq!(boundary(&message), Some((1, "example.net")));
}

#[test]
fn there_is_no_boundary_where_nothing_lies_below_it_or_nothing_tells() {
    assert_eq!(boundary(&route(&[FROM_ORG])), None);
    assert_eq!(boundary(&route(&[FROM_ORG, "apparently"])), None);
}

// The corpus, and cost.

/// The messages of the corpus; none where it is not there, which is then said.
fn corpus() -> Vec<Message> {
    let folder = project("../shared/corpus/headers");
    let Ok(folders) = fs::read_dir(&folder) else {
        println!("left out: {} is not here", folder.display());
        return Vec::new();
    };
    let files = folders.flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap());
    files.flat_map(|file| report_on(fs::read(file.unwrap().path()).unwrap()).messages).collect()
}

/// What breaks there was put together for tests or forged: 16 headers with 18 such hops.
#[test]
fn routes_of_the_corpus_hardly_ever_break() {
    let messages = corpus();
    let hops = || messages.iter().flat_map(|message| &message.hops);
    let breaks = hops().filter(|hop| hop.handover == Handover::Breaks).count();
    let joins = hops().filter(|hop| hop.handover == Handover::Joins).count();
    let several =
        messages.iter().flat_map(|message| &message.hosts).filter(|host| host.names.len() > 1).count();
    let bounded = messages.iter().filter(|message| message.boundary.is_some()).count();
    println!(
        "{} hops: {joins} join, {breaks} break; {several} machines with several names; {bounded} boundaries",
        hops().count()
    );
    assert!(breaks * 40 <= hops().count(), "{breaks} breaks");
    for message in &messages {
        stations(message);
    }
}

#[test]
fn long_hostile_routes_cost_no_more_for_each_hop_than_short_ones() {
    type Case = (&'static str, fn(usize) -> String);
    let kinds: [Case; 7] = [
        ("one machine", |_| "from localhost (localhost [127.0.0.1]) by mx.example.com with ESMTP".into()),
        ("many machines", |n| {
            format!(
                "from h{n}.example.org (h{n}.example.org [192.0.2.{}]) by h{}.example.org with SMTP",
                n % 250,
                n + 1
            )
        }),
        ("many names at one address", |n| format!("from n{n} ([192.0.2.1]) by mx{n}.example.com with SMTP")),
        ("many names of one machine", |n| {
            format!("from n{n} (a.example.org [192.0.2.1]) by {}.example.org with SMTP", ["a", "b"][n % 2])
        }),
        ("many greetings over loopback", |n| {
            format!("from n{n} (localhost [127.0.0.1]) by filter with SMTP")
        }),
        ("lines without names", |n| format!("(qmail {n} invoked from network)")),
        ("inner names", |n| format!("from s{n} ([10.0.0.1]) by s{} (10.0.0.1) with SMTP", n + 1)),
    ];
    for (about, line) in kinds {
        let time = |hops: usize| {
            let mut header = String::new();
            for nth in (0..hops).rev() {
                writeln!(header, "Received: {}; Mon, 2 Nov 2026 09:00:00 +0100", line(nth)).unwrap();
            }
            shortest(|| assert_eq!(report_on(&header).messages[0].hops.len(), hops))
        };
        let (once, taken) = (time(1000).max(Duration::from_millis(4)), time(4000));
        println!("{about}: {once:?} for 1000 hops, {taken:?} for 4000");
        assert!(taken < once * 8, "{about}: {once:?} for 1000 hops, {taken:?} for 4000");
    }
}
