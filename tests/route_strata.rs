//! Trace fields other than Received: which fields they are, whom they name as their writer, and which hop added them.

mod common;

use std::time::Duration;

use common::{report_on, shortest};
use hopscope::report::{Message, Stratum, TraceSort};

const DATE: &str = "Mon, 2 Nov 2026 09:00:00 +0100";

fn message(header: &str) -> Message {
    report_on(format!("{header}Subject: test\n")).messages.remove(0)
}

fn received(by: &str) -> String {
    format!("Received: from client.example.org by {by} with ESMTP id 1; {DATE}\n")
}

/// The only trace field of a header, besides Received.
fn stratum(header: &str) -> Stratum {
    let strata = message(header).strata;
    assert_eq!(strata.len(), 1, "{header}");
    strata[0].clone()
}

/// Where a field belongs: its hop, and whether it names that hop's server.
fn belongs(header: &str) -> (Option<usize>, bool) {
    let stratum = stratum(header);
    (stratum.hop, stratum.is_named)
}

/// A field between the lines of an older hop, 0, and a newer one, 1.
fn between(older: &str, field: &str, newer: &str) -> (Option<usize>, bool) {
    belongs(&format!("{}{field}\n{}", received(newer), received(older)))
}

const OLDER: &str = "out.example.net";
const NEWER: &str = "mx1.example.com";

#[test]
fn a_field_belongs_to_the_server_whose_line_is_the_next_below_it() {
    let header = [
        "Delivered-To: ann@example.com\n".to_owned(),
        received(NEWER),
        "X-Spam-Status: No\n".to_owned(),
        received(OLDER),
        "X-Originating-IP: [192.0.2.7]\n".to_owned(),
    ];
    let strata = message(&header.concat()).strata;
    let told: Vec<_> = strata.iter().map(|field| (field.name.as_str(), field.hop, field.is_named)).collect();
    let expected = [
        ("Delivered-To", Some(1), false),
        ("X-Spam-Status", Some(0), false),
        ("X-Originating-IP", None, false),
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_field_below_the_line_of_the_server_that_it_names_belongs_to_that_server() {
    let results = |id: &str| between(OLDER, &format!("Authentication-Results: {id}; spf=pass"), NEWER);
    assert_eq!(results("mx1.example.com"), (Some(1), true));
    assert_eq!(results("MX1.Example.COM"), (Some(1), true));
    assert_eq!(results("out.example.net"), (Some(0), true));
    assert_eq!(results("mx.example.org"), (Some(0), false));
}

#[test]
fn below_the_oldest_line_a_field_belongs_to_the_sender_unless_it_names_the_server_above() {
    let below = |field: &str| belongs(&format!("{}{field}\n", received(NEWER)));
    assert_eq!(below("Authentication-Results: mx1.example.com; spf=pass"), (Some(0), true));
    assert_eq!(below("Authentication-Results: mx.example.org; spf=pass"), (None, false));
    assert_eq!(below("DKIM-Signature: v=1; d=mx1.example.com; s=a; b=x"), (None, false));
}

#[test]
fn a_claim_to_a_server_further_up_is_not_believed() {
    let header =
        [received(NEWER), received(OLDER), "Authentication-Results: mx1.example.com; spf=pass\n".into()];
    assert_eq!(belongs(&header.concat()), (None, false));
}

#[test]
fn a_domain_that_the_server_lies_in_names_it_but_no_part_of_a_label_and_no_top_level_domain() {
    let results =
        |id: &str| between(OLDER, &format!("Authentication-Results: {id}; spf=pass"), "a.mx.example.com");
    assert_eq!(results("mx.example.com"), (Some(1), true));
    assert_eq!(results("example.com"), (Some(1), true));
    assert_eq!(results("ample.com"), (Some(0), false));
    assert_eq!(results("com"), (Some(0), false));
    assert_eq!(results("b.a.mx.example.com"), (Some(0), false));
}

#[test]
fn with_equal_claims_the_place_decides_and_a_name_goes_before_a_domain() {
    let field = |id: &str| format!("Authentication-Results: {id}; spf=pass");
    assert_eq!(between(NEWER, &field(NEWER), NEWER), (Some(0), true));
    assert_eq!(between("mx2.example.com", &field("example.com"), NEWER), (Some(0), true));
    assert_eq!(between("mx2.example.com", &field(NEWER), NEWER), (Some(1), true));
    assert_eq!(between("a.mx1.example.com", &field(NEWER), NEWER), (Some(1), true));
}

/// The hops of the fields between the lines of an older hop, 0, and a newer one, 1, both of one domain.
fn hops_within_one_domain(fields: &str) -> Vec<(Option<usize>, bool)> {
    let header = format!("{}{fields}{}", received(NEWER), received("out.example.com"));
    message(&header).strata.iter().map(|field| (field.hop, field.is_named)).collect()
}

#[test]
fn what_stands_on_top_of_the_results_of_a_server_came_with_them() {
    let spf =
        "Received-SPF: pass (example.com: domain of example.com designates 192.0.2.7) client-ip=192.0.2.7\n";
    let seal = "ARC-Seal: i=1; d=example.com; s=a; cv=none; b=x\n";
    let results = "Authentication-Results: mx1.example.com; spf=pass\n";
    let (newer, older) = ((Some(1), true), (Some(0), true));
    assert_eq!(hops_within_one_domain(&format!("{spf}{results}")), [newer, newer]);
    assert_eq!(hops_within_one_domain(&format!("{seal}{results}")), [(Some(1), false), newer]);
    // What stands below them was there before, and what is set apart from the Received line may have been.
    assert_eq!(hops_within_one_domain(&format!("{results}{spf}")), [newer, older]);
    assert_eq!(hops_within_one_domain(&format!("Subject: hello\n{spf}{results}")), [older, newer]);
    // A filter may put its mark at the very end.
    let mark = "X-Virus-Scanned: clamav-milter 1.0.1 at mx1.example.com\n";
    assert_eq!(hops_within_one_domain(&format!("{seal}{mark}")), [(Some(0), false), newer]);
}

#[test]
fn a_server_is_named_by_its_address_and_by_another_name_of_the_machine_too() {
    let header = |field: &str| {
        let newer = format!(
            "Received: from out.example.net by mx1.example.com ([192.0.2.25]) with ESMTP id 2; {DATE}\n"
        );
        let above = format!(
            "Received: from mx1.example.com (gate.example.com [192.0.2.25]) by store.example.org with ESMTP id 3; {DATE}\n"
        );
        format!("{above}{newer}{field}\n{}", received(OLDER))
    };
    assert_eq!(belongs(&header("X-Scanned-By: MIMEDefang 2.84 on 192.0.2.25")), (Some(1), true));
    assert_eq!(belongs(&header("Authentication-Results: gate.example.com; spf=pass")), (Some(1), true));
    assert_eq!(belongs(&header("X-Scanned-By: MIMEDefang 2.84 on 192.0.2.26")), (Some(0), false));
}

#[test]
fn the_mark_of_a_filter_stays_with_the_hop_into_it_though_its_server_takes_the_message_back() {
    let back = format!(
        "Received: from localhost (localhost [127.0.0.1]) by mx1.example.com (Postfix) with ESMTP id 3; {DATE}\n"
    );
    let into = format!(
        "Received: from mx1.example.com ([127.0.0.1]) by localhost (mx1.example.com [127.0.0.1]) (amavisd-new, port 10024) with ESMTP id 2; {DATE}\n"
    );
    let mark =
        |id: &str| belongs(&format!("{back}X-Virus-Scanned: amavisd-new at {id}\n{into}{}", received(NEWER)));
    assert_eq!(mark("mx1.example.com"), (Some(1), true));
    assert_eq!(mark("example.com"), (Some(1), true));
    assert_eq!(mark("example.org"), (Some(1), false));
}

#[test]
fn exchange_writes_below_all_lines_so_the_server_it_names_counts() {
    let header = |source: &str| {
        let edge = received("AA1EUR05FT012.mail.example.com");
        let field = format!("X-MS-Exchange-Organization-AuthSource: {source}\n");
        [received("store.example.com"), edge, received(OLDER), field].concat()
    };
    assert_eq!(belongs(&header("aa1eur05ft012.mail.example.com")), (Some(1), true));
    assert_eq!(belongs(&header("aa1eur05ft013.mail.example.com")), (None, false));
    assert_eq!(belongs(&header("mail.example.com")), (None, false));
}

#[test]
fn a_resent_block_goes_with_the_hop_it_stands_on() {
    let block = "Resent-From: ann@example.com\nResent-To: bob@example.com\n";
    let header = [received(NEWER), block.to_owned(), received(OLDER)].concat();
    let strata = message(&header).strata;
    assert_eq!(strata.len(), 2);
    assert!(strata.iter().all(|field| field.sort == TraceSort::Resent && field.hop == Some(0)));
}

#[test]
fn without_hops_nobody_is_known_to_have_added_a_field() {
    assert_eq!(
        belongs("Authentication-Results: mx1.example.com; spf=pass\nFrom: ann@example.com\n"),
        (None, false)
    );
}

#[test]
fn trace_fields_stand_in_their_order_each_with_its_place() {
    let header =
        format!("Return-Path: <ann@example.net>\n{}List-Id: x\n  <news.example.com>\n", received(NEWER));
    let message = message(&header);
    let raw: Vec<&str> = message.strata.iter().map(|field| &header[field.span[0]..field.span[1]]).collect();
    assert_eq!(raw, ["Return-Path: <ann@example.net>", "List-Id: x\n  <news.example.com>"]);
    assert_eq!(message.strata[1].lines, [3, 4]);
}

#[test]
fn fields_are_sorted_by_what_they_tell() {
    let cases = [
        (
            TraceSort::Delivery,
            "Return-Path Delivered-To X-Original-To Envelope-To X-Envelope-To X-Rcpt-To X-Apparently-To Delivery-date Original-Recipient X-Delivered-To X-Forwarded-To X-Forwarded-For X-Gm-Original-To",
        ),
        (TraceSort::Authentication, "Authentication-Results Authentication-Results-Original Received-SPF"),
        (TraceSort::Arc, "ARC-Seal ARC-Message-Signature ARC-Authentication-Results"),
        (TraceSort::Signature, "DKIM-Signature DomainKey-Signature X-Google-DKIM-Signature DKIM-Filter"),
        (
            TraceSort::Filter,
            "X-Spam X-Spam-Status X-Rspamd-Score X-Spamd-Bar X-Virus-Scanned X-Amavis-Alert X-Proofpoint-Spam-Details X-Mimecast-Spam-Score X-Barracuda-Connect X-IronPort-AV X-Scanned-By X-Forefront-Antispam-Report X-Microsoft-Antispam X-hMailServer-Spam X-Example-MailScanner-SpamCheck",
        ),
        (
            TraceSort::Exchange,
            "X-MS-Exchange-Organization-SCL X-EOPAttributedMessage X-OriginatorOrg X-LD-Processed",
        ),
        (
            TraceSort::List,
            "List-Id List-Unsubscribe X-BeenThere X-Mailing-List X-Loop Precedence Mailing-List X-Mailman-Version",
        ),
        (TraceSort::Resent, "Resent-From Resent-Message-ID"),
        (
            TraceSort::Other,
            "X-Received X-Originating-IP X-Gmail-Fetch-Info X-Fetchmail-Warning X-getmail-retrieved-from-mailbox X-MDRemoteIP X-hMailServer-LoopCount",
        ),
    ];
    for (sort, names) in cases {
        for name in names.split(' ') {
            for name in [name.to_owned(), name.to_uppercase()] {
                assert_eq!(stratum(&format!("{name}: x\n")).sort, sort, "{name}");
            }
        }
    }
}

#[test]
fn fields_of_the_sender_and_names_that_only_look_alike_are_no_trace() {
    for name in [
        "From",
        "X-Mailer",
        "X-Spammer",
        "X-MS-Has-Attach",
        "Listing",
        "X-Resent",
        "Delivered",
        "MailScanner",
    ] {
        assert_eq!(message(&format!("{name}: x\n")).strata, [], "{name}");
    }
}

#[test]
fn fields_name_their_writer_in_their_own_way() {
    let cases = [
        ("Authentication-Results: mx.example.com; spf=pass", Some("mx.example.com")),
        ("Authentication-Results: mx.example.com 1; none", Some("mx.example.com")),
        ("Authentication-Results: spf=pass (sender IP is 192.0.2.7) smtp.mailfrom=example.net", None),
        ("ARC-Authentication-Results: i=2; mx.example.com; arc=pass", Some("mx.example.com")),
        ("ARC-Authentication-Results: i=2", None),
        ("ARC-Seal: i=1; a=rsa-sha256; d=example.com; s=a; cv=none; b=x", None),
        ("DKIM-Signature: v=1; d=example.com; s=a; b=x", None),
        (
            "Received-SPF: pass (mx.example.com: domain of ann@example.net designates 192.0.2.7 as permitted sender) client-ip=192.0.2.7;",
            Some("mx.example.com"),
        ),
        (
            "Received-SPF: Pass (example.com: domain of example.net designates 192.0.2.7) receiver=mx.example.com; client-ip=192.0.2.7",
            Some("mx.example.com"),
        ),
        ("Received-SPF: pass (sender SPF authorized) identity=mailfrom; receiver=<UNKNOWN>", None),
        ("Received-SPF: pass (sender SPF authorized) identity=mailfrom; receiver=ann@example.com", None),
        (
            "Received-SPF: softfail (example.net: 192.0.2.7 is authorized to use 'example.net' in 'helo' identity)",
            None,
        ),
        ("Received-SPF: none (spfCheck: 192.0.2.7 is neither permitted nor denied)", None),
        ("X-Spam-Checker-Version: SpamAssassin 4.0.0 (2022-12-14) on mx.example.com", Some("mx.example.com")),
        ("X-Spam-Checker-Version: SpamAssassin 4.0.0 (2022-12-14)", None),
        ("X-Spam-Processed: mx.example.com, Mon, 02 Nov 2026 09:00:00 +0100", Some("mx.example.com")),
        ("X-Spam-Status: No, score=-1.9 on mx.example.com", None),
        ("X-Virus-Scanned: Debian amavisd-new at example.com", Some("example.com")),
        ("X-Virus-Scanned: clamav-milter 1.0.1 at mx.example.com", Some("mx.example.com")),
        ("X-Virus-Scanned: ClamAV using ClamSMTP", None),
        ("X-Virus-Scanned: scanned on the way by us", None),
        (
            "X-Greylist: delayed 300 seconds by postgrey-1.37 at mx.example.com; Mon, 02 Nov 2026 09:00:00 +0100",
            Some("mx.example.com"),
        ),
        ("DKIM-Filter: OpenDKIM Filter v2.11.0 mx.example.com 4F2C1A0B3D", Some("mx.example.com")),
        ("DMARC-Filter: OpenDMARC Filter v1.4.2 mx.example.com 4F2C1A0B3D", Some("mx.example.com")),
        ("X-MS-Exchange-Organization-AuthSource: mx.example.com", Some("mx.example.com")),
        ("X-MS-Exchange-Organization-AuthAs: Anonymous", None),
        (
            "X-Authentication-Warning: mx.example.com: www set sender to ann@example.com using -f",
            Some("mx.example.com"),
        ),
        ("X-AntiAbuse: Primary Hostname - mx.example.com", Some("mx.example.com")),
        ("X-AntiAbuse: Original Domain - example.net", None),
        ("X-Received: by 2001:db8::1 with SMTP id 1; Mon, 02 Nov 2026 09:00:00 +0100", Some("2001:db8::1")),
    ];
    for (field, writer) in cases {
        assert_eq!(stratum(&format!("{field}\n")).writer.as_deref(), writer, "{field}");
    }
}

#[test]
fn a_writer_on_a_folded_line_is_read_too() {
    let field = "ARC-Authentication-Results: i=1;\n mx.example.com;\n dkim=pass\n";
    assert_eq!(stratum(field).writer.as_deref(), Some("mx.example.com"));
}

/// Headers of very many trace fields.
fn hostile(length: usize) -> Vec<(&'static str, String)> {
    let machine = |nth: usize| format!("h{}.example.com", nth % 1000);
    vec![
        (
            "fields that name a server",
            received(NEWER) + &"Authentication-Results: mx1.example.com; spf=pass\n".repeat(length),
        ),
        (
            "fields between hops",
            (0..length).map(|nth| format!("Authentication-Results: {}; x=y\n{}", machine(nth), received(&machine(nth)))).collect(),
        ),
        (
            "Exchange's lines",
            (0..length)
                .map(|nth| format!("X-MS-Exchange-Organization-AuthSource: {}\n{}", machine(nth * 7), received(&machine(nth))))
                .collect(),
        ),
        (
            "fields that name a machine of many names",
            (0..length)
                .map(|nth| {
                    let line = format!("Received: from [192.0.2.1] (helo=h{nth}.example.com) by mx1.example.com with ESMTP id 1; {DATE}\n");
                    format!("{line}Authentication-Results: h{nth}.example.com; spf=pass\n")
                })
                .collect(),
        ),
        ("long words", "X-Virus-Scanned: x on ".to_owned() + &" on".repeat(length * 20) + "\n" + &received(NEWER)),
    ]
}

/// Eight times the length may take eight times as long, and for the noise of a busy machine four times that. Quadratic cost would take
/// sixty-four times as long.
#[test]
fn cost_grows_with_the_number_of_fields_and_no_faster() {
    let time = |text: &str| shortest(|| drop(report_on(text)));
    for ((about, short), (_, long)) in hostile(500).iter().zip(hostile(4_000)) {
        let once = time(short).max(Duration::from_millis(4));
        let taken = time(&long);
        println!("{about}: {once:?} for 500 fields, {taken:?} for 4000");
        assert!(taken < once * 32, "{about}: {once:?} for 500 fields, {taken:?} for 4000");
    }
}
