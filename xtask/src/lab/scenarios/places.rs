//! The hosts that many scenarios share, and their addresses.

use crate::lab::scenario::Mail;
use crate::lab::site::{Site, Software};

pub const DESK: &str = "pc.example.com";
pub const SENDER: &str = "mail.example.com";
pub const RECEIVER: &str = "mx.example.org";
pub const ALICE: &str = "alice@example.com";
pub const BOB: &str = "bob@example.org";

pub fn desk() -> Site {
    Site::new(DESK, "192.0.2.100", Software::Desk, "the sender's desk")
}

/// The server of example.com.
pub fn sender(software: Software) -> Site {
    Site::new(SENDER, "192.0.2.10", software, "the sender's server").domain("example.com")
}

/// The server of example.org.
pub fn receiver(software: Software) -> Site {
    Site::new(RECEIVER, "198.51.100.10", software, "the recipient's server").domain("example.org")
}

/// From Alice's desk through her server.
pub fn mail_to(recipient: &str) -> Mail {
    Mail::new(DESK, SENDER, ALICE, recipient, "Minutes of Monday")
}

/// The name of a scenario: its family and the software in the order of the route.
pub fn name(family: &str, software: &[Software]) -> String {
    software.iter().fold(family.to_owned(), |name, software| format!("{name}-{}", software.id()))
}
