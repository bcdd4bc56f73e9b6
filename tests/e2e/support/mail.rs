//! Mail headers for the tests. Names and addresses are those that are reserved for documentation.

/// Three hops; the delays are 2 seconds and 1 minute. The Received fields are lines 1–3, 4–5 and 6–8.
pub const THREE_HOPS: &str = "\
Received: from mx.example.net (mx.example.net [198.51.100.7])
\tby store.example.net (Postfix) with LMTP id 4Zk3hT;
\tMon, 02 Nov 2026 10:01:02 +0000
Received: from out.example.org (out.example.org [203.0.113.25])
\tby mx.example.net (Postfix) with ESMTPS id 4Zk3gQ; Mon, 02 Nov 2026 10:00:02 +0000
Received: from desk.example.org (unknown [192.0.2.14])
\tby out.example.org (Postfix) with ESMTPSA id 4Zk3fP;
\tMon, 02 Nov 2026 10:00:00 +0000
From: Ada <ada@example.org>
To: Ben <ben@example.net>
Subject: Three hops
Date: Mon, 02 Nov 2026 10:00:00 +0000
Message-ID: <three@example.org>
";

/// The first and last line of each hop of [`THREE_HOPS`], the oldest hop first.
pub const LINES_OF_THREE_HOPS: [[u32; 2]; 3] = [[6, 8], [4, 5], [1, 3]];

/// Three hops: the sender's, to a gateway of example.com, and from there to the provider that holds the mailbox.
pub const THROUGH_A_GATEWAY: &str = "\
Received: from mx.example.com (mx.example.com [192.0.2.9])
\tby store.example.net with ESMTPS id 3; Mon, 02 Nov 2026 10:00:03 +0000
Received: from out.example.org (out.example.org [203.0.113.5])
\tby mx.example.com with ESMTPS id 2; Mon, 02 Nov 2026 10:00:02 +0000
Received: from pc ([10.0.0.7])
\tby out.example.org with ESMTPA id 1; Mon, 02 Nov 2026 10:00:01 +0000
From: Ada <ada@example.org>
To: Ben <ben@example.com>
Subject: Through a gateway
";

/// Another message, with one hop.
pub const ONE_HOP: &str = "\
Received: from relay.example.com (relay.example.com [203.0.113.80])
\tby in.example.net with ESMTP id 7Qq; Tue, 03 Nov 2026 07:30:00 +0000
From: Cy <cy@example.com>
To: Ben <ben@example.net>
Subject: One hop
Date: Tue, 03 Nov 2026 07:29:58 +0000
Message-ID: <one@example.com>
";

/// One more hop, to be written on top of a message.
pub const LATER_HOP: &str = "\
Received: from in.example.net by archive.example.net with LMTP id 9Zz; Tue, 03 Nov 2026 07:31:00 +0000
";

/// Seven hops on which much is odd: hop 1 comes from a private address and is for three recipients, the clock of hop 2 is an hour ahead,
/// a line is missing before hop 3, hops 3 to 5 are on one machine, hop 6 has no date. Line 13 was added at hop 3, line 28 by the sender's
/// side.
pub const CROOKED_ROUTE: &str = "\
Delivered-To: ben@example.com
Received: from hub.example.com (hub.example.com [10.1.2.3])
\tby store.example.com (10.1.2.9) with LMTP id 4Zk3hT;
\tMon, 02 Nov 2026 10:05:40 +0000
X-Spam-Status: No, score=0.1
Received: from mx1.example.com by hub.example.com with ESMTP id 77aa
Received: from localhost (localhost [127.0.0.1])
\tby mx1.example.com (Postfix) with ESMTP id 4Zk3gR
\tfor <ben@example.com>; Mon, 02 Nov 2026 10:00:08 +0000
Received: from mx1.example.com ([127.0.0.1])
\tby localhost (mail-in.example.com [127.0.0.1]) (amavisd-new, port 10024)
\twith ESMTP id kq3WnbS6RtVd; Mon, 02 Nov 2026 10:00:07 +0000
Authentication-Results: mx1.example.com; spf=pass smtp.mailfrom=example.org
Received: from gate.example.net (gate.example.net [198.51.100.7])
\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))
\tby mx1.example.com (Postfix) with ESMTPS id 4Zk3gQ
\tfor <ben@example.com>; Mon, 02 Nov 2026 10:00:04 +0000
Received: from out.example.org (mail-7.example.org [203.0.113.25])
\tby relay.example.org (Postfix) with ESMTPS id 4Zk3gP
\tfor <ben@example.com>; Mon, 02 Nov 2026 11:00:03 +0000
Received: from [192.168.1.23] (helo=laptop)
\tby out.example.org with esmtpsa (TLS1.3) tls TLS_AES_128_GCM_SHA256
\t(Exim 4.96)
\t(envelope-from <ada@example.org>)
\tid 1uPq7T-000BdE-1w
\tfor ben@example.com, cy@example.com, dan@example.com;
\tMon, 02 Nov 2026 10:00:00 +0000
DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=a; h=from; bh=eA==; b=eA==
X-Originating-IP: [192.168.1.23]
From: Ada <ada@example.org>
To: Ben <ben@example.com>
Subject: A crooked way
Date: Mon, 02 Nov 2026 10:00:00 +0000
Message-ID: <crooked@example.org>
";

/// The upper Received field makes no sense, and is a hop all the same.
pub const UNREADABLE_HOP: &str = "\
Received: ;;; ((( the gateway was here %%% )
Received: from desk.example.org (desk.example.org [192.0.2.14])
\tby out.example.org with ESMTP id 1a2b; Mon, 02 Nov 2026 10:00:00 +0000
From: Ada <ada@example.org>
Subject: An unreadable hop
";

/// A header that tries to become part of the page.
pub const MARKUP: &str = "\
Received: from <img/src=x/onerror=window.hopscopeWasTricked=1> ([203.0.113.9])
\tby mx.example.net with SMTP id <script>window.hopscopeWasTricked=1</script>;
\tMon, 02 Nov 2026 10:00:00 +0000
From: \"<svg onload=window.hopscopeWasTricked=1>\" <mallory@example.com>
Subject: <b data-testid=\"hop\">bold</b><img src=x onerror=window.hopscopeWasTricked=1>
Message-ID: <\"><img src=x onerror=window.hopscopeWasTricked=1>@example.com>
";

/// Text in which nothing looks like a mail header.
pub const NO_MAIL: &str = "\
Good morning, could you have a look at my mail?
It never arrived and nobody knows why. Thank you very much!
";

/// A copy that a Small Business Server sent out again.
pub const COPY_OF_A_CONNECTOR: &str =
    include_str!("../../fixtures/lab/hand-written/sbs-connector-two-sites/copy-1.eml");

/// A mail that was forwarded from address to address: several deliveries and no round.
pub const FORWARDING_PATH: &str =
    include_str!("../../fixtures/findings/delivered-to-loop/quiet-forwarding-path.eml");

/// A header of 42 lines, quoted, with a line at its end that belongs to no field.
pub fn quoted() -> String {
    let hop = |nth| format!("> Received: by mx{nth}.example.net; Mon, 02 Nov 2026 10:00:00 +0000\n");
    let hops: String = (0..40).map(hop).collect();
    format!("{hops}> one line was removed here\n> Subject: Quoted\n")
}

/// The line of [`quoted`] that belongs to no field.
pub const STRAY_LINE: u32 = 41;

/// A bounce as a server sends it (RFC 3464), and in it the header of [`ONE_HOP`].
pub fn bounce() -> String {
    format!(
        "Received: by mail.example.com id 1b; Tue, 03 Nov 2026 07:30:09 +0000\n\
         From: MAILER-DAEMON@mail.example.com\n\
         To: Cy <cy@example.com>\n\
         Subject: Undelivered Mail Returned to Sender\n\
         MIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b1\"\n\n\
         --b1\nContent-Type: text/plain\n\nYour message could not be delivered.\n\n\
         --b1\nContent-Type: message/delivery-status\n\n\
         Reporting-MTA: dns; mail.example.com\n\n\
         Final-Recipient: rfc822; ben@example.net\nAction: failed\nStatus: 5.1.1\n\
         Diagnostic-Code: smtp; 550 5.1.1 <ben@example.net>: no such user\n\n\
         --b1\nContent-Type: text/rfc822-headers\n\n{ONE_HOP}\n--b1--\n"
    )
}

/// About a megabyte that is made to cost time: nested comments that never close, and one field without an end.
pub fn hostile_megabyte() -> String {
    let mut text = String::from(ONE_HOP);
    for number in 0..200 {
        text.push_str(&format!(
            "Received: from a{number}.example.com {}\n",
            "(((((((((( [ \" \\".repeat(100)
        ));
    }
    text.push_str("Received: from ");
    while text.len() < 1_000_000 {
        text.push_str("((<@[;,\"\\=?utf-8?Q?=41?= ");
    }
    text.push('\n');
    text
}

/// The two hops in the middle are inside one machine. Each hop takes longer than the one before.
pub const ON_ONE_MACHINE: &str = "\
Received: from mx.example.com by store.example.com with LMTP; Mon, 02 Nov 2026 10:00:06 +0000
Received: from localhost (localhost [127.0.0.1]) by mx.example.com with ESMTP; Mon, 02 Nov 2026 10:00:03 +0000
Received: from localhost (localhost [127.0.0.1]) by mx.example.com with ESMTP; Mon, 02 Nov 2026 10:00:01 +0000
Received: from pc.example.com by mx.example.com with ESMTP; Mon, 02 Nov 2026 10:00:00 +0000
Subject: On one machine
";
