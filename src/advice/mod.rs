//! What to do about a finding, product by product: the steps that several rules share.
//!
//! A step names the command or the menu as the product does. What is typed, into a shell or a file, stands in backticks, a command line
//! always whole: the page offers it to copy. Each function's doc comment names the product's own page.

use std::borrow::Cow;

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

/// A value from a mail within a command: the value, or the placeholder where it holds what could mean something to a shell, as
/// `$(…)@example.com` does. Whoever wrote the mail must not write the commands.
#[must_use]
pub fn in_command<'v>(value: &'v str, placeholder: &'v str) -> &'v str {
    let is_plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '@' | '+');
    let is_harmless =
        (1..=254).contains(&value.len()) && !value.starts_with('-') && value.chars().all(is_plain);
    if is_harmless { value } else { placeholder }
}

/// A value from a mail within the sentence of a step: a backtick, which may stand in an address (RFC 5322 section 3.2.3) and would set a
/// command off here, becomes the quotation mark that looks like it.
#[must_use]
pub fn in_words(value: &str) -> Cow<'_, str> {
    if value.contains('`') { Cow::Owned(value.replace('`', "‘")) } else { Cow::Borrowed(value) }
}

#[cfg(test)]
mod tests {
    use super::{in_command, in_words};

    #[test]
    fn what_a_shell_would_read_is_kept_out_of_commands() {
        for value in ["ann@example.com", "ann+list@mail.example.com", "3dXyZ1-0004", "münchen.example"] {
            assert_eq!(in_command(value, "X"), value);
        }
        let long = "a".repeat(255);
        for value in [
            "",
            "-rf",
            "$(x)@example.com",
            "a`x`@example.com",
            "a;x",
            "a|x",
            "a x",
            "a\"b",
            "a'b",
            "a\nb",
            "a<b",
            "*",
            &long,
        ] {
            assert_eq!(in_command(value, "X"), "X", "{value}");
        }
    }

    #[test]
    fn a_backtick_from_a_mail_sets_nothing_off() {
        assert_eq!(in_words("a`b@example.com"), "a‘b@example.com");
        assert_eq!(in_words("ann@example.com"), "ann@example.com");
    }
}
