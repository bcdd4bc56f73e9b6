//! What explains what: where two findings tell of one trouble, which of them is the cause.
//!
//! The verdict names the cause, not what it led to: a loop, not the bounce that it ended in. A line stands here only if mending the one
//! makes the other go away.

/// What every loop leads to that has a cause other than the servers on the way.
const BY_A_LOOP: &[&str] = &[
    "backscatter-source",
    "bounce",
    "bounce-reports-loop",
    "hop-limit-near",
    "host-revisited",
    "routing-loop",
];

/// The cause, and what it explains.
pub const CAUSES: &[(&str, &[&str])] = &[
    // The server that reports a loop is most often one that only stopped it. What comes back by a loop was accepted before, of course.
    ("bounce-reports-loop", &["backscatter-source", "bounce", "hop-limit-near", "host-revisited"]),
    // Two mailboxes that forward to each other send the message round between their servers.
    ("delivered-to-loop", BY_A_LOOP),
    ("exchange-online-loop", BY_A_LOOP),
    ("list-loop", BY_A_LOOP),
    (
        "routing-loop",
        &[
            "backscatter-source",
            "bounce",
            "bounce-reports-loop",
            "hop-limit-near",
            "host-revisited",
            "stacked-delivered-to",
        ],
    ),
    // A bounce to somebody who sent nothing.
    ("backscatter", &["bounce"]),
    ("backscatter-source", &["backscatter", "bounce", "catch-all-delivery"]),
    // DMARC is the sum of the two: one answer, and one list of steps, for all three.
    ("dmarc-fail", &["dkim-fail", "spf-fail"]),
    // What was put there to mislead joins nothing.
    ("forged-trace", &["clock-skew", "trace-gap"]),
    ("multidrop-guessing", &["catch-all-delivery"]),
    // All copies side by side tell more than one of them.
    ("duplicate-multidrop", &["catch-all-delivery", "multidrop-guessing"]),
    (
        "duplicate-reinjected",
        &[
            "bounce",
            "bounce-reports-loop",
            "delivered-to-loop",
            "duplicate-multidrop",
            "list-loop",
            "multidrop-guessing",
            "pop3-connector-address",
            "pop3-connector-reinjection",
            "recipient-reinjection",
            "repeated-singleton-header",
            "routing-loop",
            "stacked-delivered-to",
        ],
    ),
    (
        "pop3-connector-reinjection",
        &[
            "bounce",
            "bounce-reports-loop",
            "list-loop",
            "pop3-connector-address",
            "recipient-reinjection",
            "repeated-singleton-header",
            "routing-loop",
            "stacked-delivered-to",
        ],
    ),
    (
        "recipient-reinjection",
        &[
            "bounce",
            "bounce-reports-loop",
            "delivered-to-loop",
            "multidrop-guessing",
            "routing-loop",
            "stacked-delivered-to",
        ],
    ),
];

/// The ids of the findings that would explain one.
pub fn of(id: &str) -> impl Iterator<Item = &'static str> {
    CAUSES.iter().filter(move |(_, explained)| explained.contains(&id)).map(|(cause, _)| *cause)
}
