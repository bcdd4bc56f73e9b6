//! Which names and addresses are one machine, and whose machine it is.

mod common;

use common::route::{are_one, host, route, ways};
use hopscope::report::Scope;

fn organisation(name: &str) -> Option<String> {
    route(&[&format!("from a.example.org (a.example.org [192.0.2.1]) by {name} with ESMTP")]).hosts[1]
        .organisation
        .clone()
}

fn scope(ip: &str) -> Scope {
    let message = route(&[&format!("from a ([{ip}]) by mx.example.com with ESMTP")]);
    message.hops[0].ip_scope.unwrap_or_else(|| panic!("{ip} is no address"))
}

// Addresses.

#[test]
fn addresses_of_private_networks_and_machines_are_told_from_public_ones() {
    let cases = [
        ("10.255.255.255", Scope::Private),
        ("11.0.0.0", Scope::Public),
        ("172.16.0.1", Scope::Private),
        ("172.31.255.1", Scope::Private),
        ("172.32.0.1", Scope::Public),
        ("192.168.3.4", Scope::Private),
        ("192.169.3.4", Scope::Public),
        ("100.64.0.1", Scope::CarrierNat),
        ("100.128.0.1", Scope::Public),
        ("127.8.8.8", Scope::Loopback),
        ("169.254.1.1", Scope::LinkLocal),
        ("192.0.2.1", Scope::Documentation),
        ("198.51.100.1", Scope::Documentation),
        ("203.0.113.1", Scope::Documentation),
        ("203.0.114.1", Scope::Public),
        ("0.0.0.0", Scope::Special),
        ("224.0.0.1", Scope::Special),
        ("255.255.255.255", Scope::Special),
        ("::ffff:10.0.0.1", Scope::Private),
        ("::1", Scope::Loopback),
        ("::", Scope::Special),
        ("fe80::1", Scope::LinkLocal),
        ("fd00::1", Scope::Private),
        ("ff02::1", Scope::Special),
        ("2001:db8::1", Scope::Documentation),
        ("3fff::1", Scope::Documentation),
        ("3fff:1000::1", Scope::Public),
        ("2a00:1450::1", Scope::Public),
        // 6to4 of 10.5.6.7 and of 8.5.6.7.
        ("2002:a05:607::1", Scope::Private),
        ("2002:805:607::1", Scope::Public),
    ];
    for (ip, expected) in cases {
        assert_eq!(scope(ip), expected, "{ip}");
    }
}

// Names and organisations.

#[test]
fn an_organisation_is_the_domain_that_one_can_register() {
    for (name, domain) in [
        ("mx1.mail.example.org", "example.org"),
        ("MX1.Example.ORG.", "example.org"),
        ("mx.example.co.uk", "example.co.uk"),
        ("mx.example.com.br", "example.com.br"),
        ("mx.co.example.de", "example.de"),
    ] {
        assert_eq!(organisation(name).as_deref(), Some(domain), "{name}");
    }
}

#[test]
fn names_with_a_meaning_inside_a_network_belong_to_no_organisation() {
    for name in ["mail", "ex1.firm.local", "mx.corp", "localhost", "10.1.2.3", "smtp.firm.dc1"] {
        assert_eq!(organisation(name), None, "{name}");
    }
}

#[test]
fn a_provider_with_several_domains_is_one_organisation() {
    let exchange_online = ["a.outlook.com", "b.outlook.office365.com", "c.prod.exchangelabs.com"];
    for name in exchange_online {
        assert_eq!(organisation(name).as_deref(), Some("microsoft.com"), "{name}");
    }
    assert_eq!(organisation("mta7.am0.yahoodns.net").as_deref(), Some("yahoo.com"));
    assert_eq!(organisation("mta7.mail.yahoo.co.jp").as_deref(), Some("yahoo.co.jp"), "another company");
    assert_eq!(organisation("ec2-1.compute.amazonaws.com").as_deref(), Some("amazonaws.com"));
}

#[test]
fn a_machine_with_an_inner_name_belongs_to_those_next_to_it() {
    let message = route(&[
        "by 10.1.2.3 with HTTP",
        "from mail-1.google.com (mail-1.google.com. [198.51.100.7]) by mx.google.com with ESMTPS id 1",
        "by 2002:a05:607:0:0:0:0:0 with SMTP id 2",
    ]);
    let [first, last] = [message.hosts.first().unwrap(), message.hosts.last().unwrap()];
    assert_eq!(first.addresses[0].ip, "10.1.2.3");
    assert_eq!(first.organisation.as_deref(), Some("google.com"), "it handed over as a machine of Google");
    assert_eq!(last.organisation.as_deref(), Some("google.com"), "it had the message from mx.google.com");
}

#[test]
fn a_machine_with_an_inner_name_that_took_mail_from_outside_belongs_to_nobody_known() {
    let message = route(&["from out.example.org (out.example.org [192.0.2.1]) by ex1.firm.local with ESMTP"]);
    assert_eq!(host(&message, "ex1.firm.local").organisation, None);
}

// One machine under several names.

#[test]
fn who_wrote_a_line_hands_over_in_the_next() {
    let message = route(&[
        "from pc ([192.0.2.7]) by out.example.org with ESMTPA",
        "from OUT.example.org. (out.example.org [198.51.100.1]) by mx.example.com with ESMTP",
    ]);
    assert_eq!(ways(&message), [["pc", "out.example.org"], ["out.example.org", "mx.example.com"]]);
    let out = host(&message, "out.example.org");
    assert_eq!(out.names, ["out.example.org"], "the case and a final dot make no other name");
    assert_eq!(out.addresses[0].ip, "198.51.100.1");
    assert_eq!(out.reasons, []);
}

#[test]
fn a_greeting_and_a_reverse_name_of_one_organisation_are_one_machine() {
    let message =
        route(&["from relay.example.org (nat-4.example.org [192.0.2.1]) by mx.example.com with ESMTP"]);
    assert!(are_one(&message, "relay.example.org", "nat-4.example.org"));
    let [reason] = host(&message, "relay.example.org").reasons.as_slice() else { panic!("one reason") };
    assert_eq!(reason.hop, 0);
    assert!(reason.text.contains("relay.example.org") && reason.text.contains("nat-4.example.org"));
}

#[test]
fn a_greeting_of_another_organisation_than_the_reverse_name_is_only_a_claim() {
    let message = route(&[
        "from a by mail.example.org with ESMTP",
        "from mail.example.org (dial-2-1.example.net [192.0.2.1]) by mx.example.com with ESMTP",
    ]);
    assert!(!are_one(&message, "mail.example.org", "dial-2-1.example.net"));
    assert_eq!(host(&message, "dial-2-1.example.net").names, ["dial-2-1.example.net"]);
}

#[test]
fn a_greeting_names_a_client_without_reverse_name() {
    let message = route(&["from relay.example.org (unknown [192.0.2.1]) by mx.example.com with ESMTP"]);
    assert_eq!(host(&message, "relay.example.org").addresses[0].ip, "192.0.2.1");
}

#[test]
fn a_client_that_greets_with_the_name_of_the_server_is_not_the_server() {
    let message = route(&["from mx.example.com (unknown [192.0.2.66]) by mx.example.com with ESMTP"]);
    assert_eq!(ways(&message), [["192.0.2.66", "mx.example.com"]]);
}

#[test]
fn a_server_that_looks_itself_up_is_itself() {
    let message = route(&["from mx.example.com (mx.example.com [10.0.0.1]) by mx.example.com with ESMTP"]);
    assert_eq!(ways(&message), [["mx.example.com", "mx.example.com"]]);
}

#[test]
fn exchange_online_calls_one_machine_by_two_domains() {
    let message = route(&[
        "from pc ([192.0.2.7]) by AM0PR01MB1.eurprd01.prod.exchangelabs.com (10.1.1.1) with Microsoft SMTP Server",
        "from AM0PR01MB1.eurprd01.prod.outlook.com (10.1.1.9) by mx.example.com with ESMTP",
    ]);
    assert!(are_one(
        &message,
        "AM0PR01MB1.eurprd01.prod.exchangelabs.com",
        "AM0PR01MB1.eurprd01.prod.outlook.com"
    ));
}

#[test]
fn the_first_part_of_a_name_joins_an_inner_name_with_a_full_one() {
    let message = route(&[
        "from pc ([192.0.2.7]) by mail (Postfix) with ESMTP",
        "from mail.example.org (gate.example.org [192.0.2.1]) by mx.example.com with ESMTP",
    ]);
    assert!(are_one(&message, "mail", "mail.example.org"));
    assert_eq!(host(&message, "mail").name, "gate.example.org", "a name that means something everywhere");
}

#[test]
fn the_first_part_of_a_name_proves_nothing_between_two_organisations() {
    let message = route(&[
        "from pc ([192.0.2.7]) by mail.example.org with ESMTP",
        "from mail.example.net (mail.example.net [192.0.2.1]) by mx.example.com with ESMTP",
    ]);
    assert!(!are_one(&message, "mail.example.org", "mail.example.net"));
}

#[test]
fn an_address_of_the_internet_is_one_machine_wherever_it_is_named() {
    let message = route(&[
        "from alpha.example.org (alpha.example.org [192.0.2.1]) by b.example.net with ESMTP",
        "from b.example.net (b.example.net [198.51.100.1]) by c.example.com with ESMTP",
        "from beta.example.net ([192.0.2.1]) by d.example.com with ESMTP",
    ]);
    assert!(are_one(&message, "alpha.example.org", "beta.example.net"));
    let hops: Vec<usize> =
        host(&message, "alpha.example.org").reasons.iter().map(|reason| reason.hop).collect();
    assert_eq!(hops, [0, 2], "one line names the first at the address, the other the second");
}

#[test]
fn the_address_of_the_server_joins_its_two_names() {
    let message = route(&[
        "from pc ([192.0.2.7]) by in.example.org ([198.51.100.1]) with ESMTP",
        "from out.example.org ([198.51.100.1]) by mx.example.com with ESMTP",
    ]);
    assert!(are_one(&message, "in.example.org", "out.example.org"));
}

#[test]
fn several_machines_may_stand_behind_one_address() {
    let message = route(&[
        "from in.example.org (in.example.org [192.0.2.1]) by proxy.example.com with ESMTP",
        "from proxy.example.com ([198.51.100.9]) by director.example.com with LMTP",
        "from director.example.com ([198.51.100.9]) by store.example.com with LMTP",
    ]);
    assert!(!are_one(&message, "proxy.example.com", "director.example.com"));
}

#[test]
fn who_hands_over_to_a_server_from_its_own_address_is_not_that_server() {
    let message = route(&[
        "from [10.0.0.9] ([192.0.2.1]) by mail.example.org with ESMTPA",
        "from mail.example.org ([192.0.2.1]) by mx.example.com with ESMTP",
    ]);
    assert_eq!(ways(&message)[0], ["192.0.2.1", "mail.example.org"]);
    assert_eq!(message.hosts.len(), 3, "the office, its server, and the receiver");
}

#[test]
fn an_address_of_a_private_network_tells_between_neighbours_only() {
    let message = route(&[
        "from pc ([192.0.2.7]) by in.example.org (10.0.0.1) with ESMTP",
        "from scan ([10.0.0.1]) by out.example.org with ESMTP",
        "from out.example.org ([198.51.100.1]) by mx.example.com (10.0.0.2) with ESMTP",
        "from gate.example.com ([10.0.0.1]) by store.example.com with ESMTP",
    ]);
    assert!(are_one(&message, "in.example.org", "scan"));
    assert!(!are_one(&message, "scan", "gate.example.com"), "10.0.0.1 is there on both networks");
}

#[test]
fn short_names_are_one_machine_within_one_network_only() {
    let lines = [
        "from out.example.org (out.example.org [192.0.2.1]) by mail (Postfix) with ESMTP",
        "from mail ([10.0.0.1]) by filter (Postfix) with ESMTP",
        "from filter ([10.0.0.2]) by mail (Postfix) with ESMTP",
    ];
    let message = route(&lines);
    assert_eq!(message.hops[0].by_host, message.hops[2].by_host, "the way back to the same machine");
    let abroad = "from gate.example.com (gate.example.com [198.51.100.1]) by mail (Postfix) with ESMTP";
    let message = route(&[lines[0], abroad]);
    assert_ne!(
        message.hops[0].by_host, message.hops[1].by_host,
        "another network has a machine called mail, too"
    );
}

#[test]
fn localhost_is_the_machine_that_wrote_the_line_and_no_other() {
    let message = route(&[
        "from localhost (localhost [127.0.0.1]) by a.example.org with ESMTP",
        "from a.example.org (a.example.org [192.0.2.1]) by b.example.com with ESMTP",
        "from localhost.localdomain ([::1]) by b.example.com with ESMTP",
    ]);
    let expected = [
        ["a.example.org", "a.example.org"],
        ["a.example.org", "b.example.com"],
        ["b.example.com", "b.example.com"],
    ];
    assert_eq!(ways(&message), expected);
}

#[test]
fn a_filter_that_calls_itself_localhost_is_the_machine_it_works_for() {
    let message = route(&[
        "from out.example.org (out.example.org [192.0.2.1]) by mx.example.com (Postfix) with ESMTP",
        "from mx.example.com ([127.0.0.1]) by localhost (mx.example.com [127.0.0.1]) (amavisd-new, port 10024) with ESMTP",
        "from localhost (localhost [127.0.0.1]) by mx.example.com (Postfix) with ESMTP",
    ]);
    assert_eq!(message.hosts.len(), 2);
    assert_eq!(host(&message, "mx.example.com").names.len(), 1, "localhost is nobody's name");
}

#[test]
fn a_filter_passes_on_the_greetings_of_strangers() {
    let message = route(&[
        "from out.example.org (localhost [127.0.0.1]) by mx.example.com (Postfix) with ESMTP",
        "from PC-7 (localhost [127.0.0.1]) by mx.example.com (Postfix) with ESMTP",
    ]);
    assert_eq!(host(&message, "mx.example.com").names, ["mx.example.com"]);
}

#[test]
fn two_machines_of_one_organisation_stay_two() {
    let message = route(&[
        "from a1.example.org (a1.example.org [192.0.2.1]) by a2.example.org with ESMTP",
        "from a3.example.org (a3.example.org [192.0.2.3]) by mx.example.com with ESMTP",
    ]);
    assert_eq!(message.hosts.len(), 4);
}
