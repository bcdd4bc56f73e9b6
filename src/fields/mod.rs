//! One file for each structured header field: what its text says, without knowing the route.
//!
//! Every parser here is total: text it does not understand gives less, never an error.

pub mod address;
pub mod arc;
pub mod auth_results;
pub mod date;
pub mod dkim;
pub mod envelope_recipient;
pub mod fetcher;
pub mod filters;
pub mod host;
pub mod letters;
pub mod message_id;
pub mod received;
pub mod status;
pub mod tags;
pub mod trace;
