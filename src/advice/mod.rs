//! What to do about a finding, product by product: the steps that several rules share.
//!
//! A step names the command or the menu as the product does. Each function's doc comment names the product's own page.

pub mod authentication;
pub mod bounces;
pub mod catch_all;
pub mod connector;
pub mod logs;
pub mod loops;
pub mod multidrop;
pub mod pop3;
mod programs;

pub use programs::Program;

/// Names in a sentence: `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn joined(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [front @ .., last] => format!("{} and {last}", front.join(", ")),
    }
}
