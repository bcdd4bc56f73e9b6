//! The report: plain data of a finished analysis, and its writers.
//!
//! Its types are the contract with everything outside (the page, JavaScript, JSON). Names stay; new ones may be added. The types
//! that the analysis works with are not seen here.

pub mod bounces;
mod build;
pub mod catalogue;
mod causes;
pub mod copies;
pub mod csv;
pub mod diagram;
pub mod duration;
mod escape;
pub mod fields;
mod findings;
pub mod html;
pub mod identity;
pub mod json;
pub mod kinds;
mod letters;
pub mod markdown;
mod model;
pub mod own;
mod repair_texts;
pub mod repairs;
pub mod routes;
pub mod source;
pub mod steps;
mod style;
pub mod svg;
pub mod text;
pub mod ticket;
mod verdict;

pub(crate) use build::build;
pub use model::*;
