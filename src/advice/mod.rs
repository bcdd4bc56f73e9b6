//! What to do about a finding, product by product: the steps that several rules share.
//!
//! A step names the command or the menu as the product does. Each function's doc comment names the product's own page.

pub mod authentication;
pub mod bounces;
pub mod catch_all;
pub mod connector;
pub mod logs;
pub mod multidrop;
pub mod pop3;
