//! What the reader has named as theirs, in words.

use crate::route::Own;
use crate::route::own::{Fault, LeftOut};

/// A sentence on each entry that cannot be meant, of the reader's own domains and of the hosts that they trust.
#[must_use]
pub fn odd_entries(domains: &[String], hosts: &[String]) -> Vec<String> {
    left_out(&Own::read(domains, hosts).1)
}

pub(crate) fn left_out(entries: &[LeftOut]) -> Vec<String> {
    let sentence = |LeftOut { entry, fault }: &LeftOut| match fault {
        Fault::NoDomain => format!("“{entry}” is left out: it is no name of a domain, such as example.com."),
        Fault::NoHost => format!(
            "“{entry}” is left out: it is neither the name of a host, nor an address, nor a network such as 192.0.2.0/24."
        ),
        Fault::Everybody => format!("“{entry}” is left out: it would hold everybody."),
    };
    entries.iter().map(sentence).collect()
}

/// Whether a host or a domain is the reader's: nobody writes a letter to themselves.
pub(super) fn is_reader(host: Option<&str>, domain: Option<&str>, own: &Own) -> bool {
    [host, domain].into_iter().flatten().any(|name| own.is_named(name))
}

/// Who acts, with a word to the reader behind the first name that is theirs: `Whoever runs mx.example.com (your own), to check the settings`.
/// They know where to write: the word stands in the place of `(postmaster@example.com)`.
pub(super) fn who(who: &str, own: &Own) -> String {
    if let Some((before, address)) = who.split_once(" (postmaster@") {
        let (domain, rest) = address.split_once(')').unwrap_or((address, ""));
        if own.is_named(domain) {
            return format!("{before} (your own){rest}");
        }
    }
    for word in who.split(' ').filter(|word| word.contains('.') && !word.contains(['@', '(', ')'])) {
        let name = word.trim_end_matches([',', ';', ':']);
        if own.is_named(name) {
            return who.replacen(name, &format!("{name} (your own)"), 1);
        }
    }
    who.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Own, who};

    #[test]
    fn the_reader_s_server_is_called_their_own() {
        let (own, _) = Own::read(&["example.com".to_owned()], &[]);
        for (given, told) in [
            ("Whoever runs mx.example.com", "Whoever runs mx.example.com (your own)"),
            (
                "Whoever administers mx.example.com, if the wait is a nuisance",
                "Whoever administers mx.example.com (your own), if the wait is a nuisance",
            ),
            (
                "Whoever runs mx.example.com (postmaster@example.com)",
                "Whoever runs mx.example.com (your own)",
            ),
            (
                "Whoever runs srv.firm.local (postmaster@example.com)",
                "Whoever runs srv.firm.local (your own)",
            ),
            ("Whoever runs mx.example.org", "Whoever runs mx.example.org"),
            (
                "Whoever runs mx.example.org (postmaster@example.org)",
                "Whoever runs mx.example.org (postmaster@example.org)",
            ),
            ("The postmaster of ann@example.com", "The postmaster of ann@example.com"),
        ] {
            assert_eq!(who(given, &own), told);
        }
    }
}
