//! What the reader has named as theirs: domains, and hosts whose lines they trust.
//!
//! A name belongs to an entry if it is the entry or lies below it, label by label. Entries are compared in lower case and without a
//! final dot; names of other letters are compared as they are written.

use std::collections::HashMap;
use std::net::IpAddr;

use crate::fields::host::{comparable, is_registry, is_this_machine, lies_in};

/// The domains and hosts of the reader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// Names, each with its entry as it was given.
    names: HashMap<String, String>,
    networks: Vec<Network>,
    domains: Vec<String>,
}

/// Addresses with the same first bits.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Network {
    entry: String,
    first: IpAddr,
    bits: u32,
}

/// An entry that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// As it was given.
    pub entry: String,
    /// Why.
    pub fault: Fault,
}

/// Why an entry was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is no name of a domain.
    NoDomain,
    /// It is neither the name of a host nor an address, nor a network such as `192.0.2.0/24`.
    NoHost,
    /// It holds everybody: `com`, `co.uk`, `0.0.0.0/0`, `localhost`.
    Everybody,
}

impl Own {
    /// Reads the entries. Empty ones count for nothing; odd ones are left out, and returned.
    #[must_use]
    pub fn read(domains: &[String], hosts: &[String]) -> (Self, Vec<LeftOut>) {
        let mut own = Self::default();
        let mut left_out = Vec::new();
        let entries =
            domains.iter().map(|entry| (entry, true)).chain(hosts.iter().map(|entry| (entry, false)));
        for (entry, is_domain) in entries.map(|(entry, is_domain)| (entry.trim(), is_domain)) {
            if entry.is_empty() {
                continue;
            }
            let added = if is_domain { own.add_domain(entry) } else { own.add_host(entry) };
            if let Err(fault) = added {
                left_out.push(LeftOut { entry: entry.to_owned(), fault });
            }
        }
        (own, left_out)
    }

    fn add_domain(&mut self, entry: &str) -> Result<(), Fault> {
        let name = name(entry.strip_prefix('@').unwrap_or(entry)).ok_or(Fault::NoDomain)?;
        if !name.contains('.') || is_registry(&name) {
            return Err(Fault::Everybody);
        }
        self.domains.push(name.clone());
        self.names.entry(name).or_insert_with(|| entry.to_owned());
        Ok(())
    }

    fn add_host(&mut self, entry: &str) -> Result<(), Fault> {
        if let Some((first, bits)) = network(entry) {
            if bits == 0 {
                return Err(Fault::Everybody);
            }
            self.networks.push(Network { entry: entry.to_owned(), first, bits });
            return Ok(());
        }
        let name = name(entry).ok_or(Fault::NoHost)?;
        if is_registry(&name) || is_this_machine(&name) {
            return Err(Fault::Everybody);
        }
        self.names.entry(name).or_insert_with(|| entry.to_owned());
        Ok(())
    }

    /// The entry to which a name belongs; absent where it is nobody's that the reader has named.
    #[must_use]
    pub fn entry_of(&self, name: &str) -> Option<&str> {
        if self.names.is_empty() {
            return None;
        }
        let name = comparable(name)?;
        if let Some(entry) = self.names.get(&name) {
            return Some(entry);
        }
        // Below an entry without a dot lies everybody who made up a name.
        let ends = name.match_indices('.').filter_map(|(at, _)| name.get(at + 1..));
        ends.filter(|end| end.contains('.')).find_map(|end| self.names.get(end)).map(String::as_str)
    }

    /// Whether a name belongs to an entry.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        self.entry_of(name).is_some()
    }

    /// The entry to which an address belongs; absent where it belongs to none.
    #[must_use]
    pub fn entry_of_address(&self, ip: IpAddr) -> Option<&str> {
        let network = self.networks.iter().find(|network| network.holds(ip))?;
        Some(&network.entry)
    }

    /// Whether a mail address is of a domain of the reader's own. A trusted host makes nobody's address theirs.
    #[must_use]
    pub fn is_own_address(&self, address: &str) -> bool {
        let domain = address.rsplit_once('@').and_then(|(_, domain)| comparable(domain));
        domain.is_some_and(|domain| self.domains.iter().any(|own| *own == domain || lies_in(&domain, own)))
    }
}

impl Network {
    fn holds(&self, ip: IpAddr) -> bool {
        match (self.first, ip.to_canonical()) {
            (IpAddr::V4(first), IpAddr::V4(ip)) => {
                same_start(first.to_bits().into(), ip.to_bits().into(), self.bits, 32)
            }
            (IpAddr::V6(first), IpAddr::V6(ip)) => same_start(first.to_bits(), ip.to_bits(), self.bits, 128),
            _ => false,
        }
    }
}

/// Whether two numbers of so many bits start with the same ones.
fn same_start(one: u128, other: u128, bits: u32, length: u32) -> bool {
    (one ^ other).checked_shr(length.saturating_sub(bits)).unwrap_or(0) == 0
}

/// A name without what people put around it: `*.example.com`, `.example.com`, `Example.COM.`
fn name(entry: &str) -> Option<String> {
    let bare = entry.strip_prefix('*').unwrap_or(entry);
    comparable(bare.strip_prefix('.').unwrap_or(bare))
}

/// `192.0.2.7`, `[192.0.2.7]`, `192.0.2.0/24`, `2001:db8::/32`: the first address and the number of bits that count.
fn network(entry: &str) -> Option<(IpAddr, u32)> {
    let bare = entry.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(entry);
    let (address, bits) = bare.split_once('/').map_or((bare, None), |(address, bits)| (address, Some(bits)));
    let address: IpAddr = address.parse().ok()?;
    let length = if address.is_ipv4() { 32 } else { 128 };
    let is_number = |bits: &str| bits.bytes().all(|byte| byte.is_ascii_digit());
    let bits = match bits {
        Some(bits) => bits.parse().ok().filter(|count| is_number(bits) && *count <= length)?,
        None => length,
    };
    match address.to_canonical() {
        // `::ffff:192.0.2.0/120` is `192.0.2.0/24`.
        IpAddr::V4(four) if address.is_ipv6() && bits >= 96 => Some((four.into(), bits - 96)),
        _ => Some((address, bits)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, Own};

    fn own(domains: &[&str], hosts: &[&str]) -> Own {
        let owned = |entries: &[&str]| entries.iter().map(|&entry| entry.to_owned()).collect::<Vec<_>>();
        let (own, left_out) = Own::read(&owned(domains), &owned(hosts));
        assert_eq!(left_out, []);
        own
    }

    fn fault(domain: Option<&str>, host: Option<&str>) -> Option<Fault> {
        let list = |entry: Option<&str>| entry.map(str::to_owned).into_iter().collect::<Vec<_>>();
        Own::read(&list(domain), &list(host)).1.first().map(|left_out| left_out.fault)
    }

    #[test]
    fn a_name_belongs_to_the_entry_that_it_is_or_lies_below() {
        for entry in
            ["example.com", "Example.COM.", "*.example.com", ".example.com", "@example.com", " example.com "]
        {
            let own = own(&[entry], &[]);
            for name in ["example.com", "mx1.mail.EXAMPLE.com."] {
                assert_eq!(own.entry_of(name), Some(entry.trim()), "{name}");
            }
            for name in ["badexample.com", "example.com.example.net", "com", "example"] {
                assert!(!own.is_named(name), "{name} and {entry}");
            }
        }
    }

    #[test]
    fn a_host_without_a_dot_is_that_one_machine() {
        let own = own(&[], &["exchange1"]);
        assert!(own.is_named("EXCHANGE1"));
        assert!(!own.is_named("mail.exchange1"));
    }

    #[test]
    fn names_of_other_letters_are_taken_as_they_are_written() {
        assert!(own(&["bücher.example.com"], &[]).is_named("mx.Bücher.example.com"));
    }

    #[test]
    fn networks_hold_their_addresses_and_no_others() {
        let cases = [
            ("192.0.2.0/24", "192.0.2.255", "192.0.3.0"),
            ("192.0.2.7/24", "192.0.2.1", "192.0.1.255"),
            ("192.0.2.7", "192.0.2.7", "192.0.2.6"),
            ("[192.0.2.7]", "::ffff:192.0.2.7", "192.0.2.8"),
            ("192.0.2.0/31", "192.0.2.1", "192.0.2.2"),
            ("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::"),
            ("2001:db8::1", "2001:db8::1", "2001:db8::2"),
            ("::ffff:192.0.2.0/120", "192.0.2.9", "192.0.3.9"),
            ("128.0.0.0/1", "203.0.113.1", "8000::"),
        ];
        for (entry, inside, outside) in cases {
            let own = own(&[], &[entry]);
            assert_eq!(own.entry_of_address(inside.parse().unwrap()), Some(entry), "{inside}");
            assert_eq!(own.entry_of_address(outside.parse().unwrap()), None, "{outside} and {entry}");
        }
    }

    #[test]
    fn odd_entries_are_left_out_with_the_reason() {
        for entry in ["com", "co.uk", "*.co.uk", "localdomain"] {
            assert_eq!(fault(Some(entry), None), Some(Fault::Everybody), "{entry}");
        }
        for entry in ["ann@example.com", "https://example.com", "192.0.2.1", "a b", "example..com", "*", "@"]
        {
            assert_eq!(fault(Some(entry), None), Some(Fault::NoDomain), "{entry}");
        }
        for entry in ["0.0.0.0/0", "::/0", "::ffff:0.0.0.0/96", "localhost", "co.uk"] {
            assert_eq!(fault(None, Some(entry)), Some(Fault::Everybody), "{entry}");
        }
        for entry in
            ["192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/+8", "192.0.2/24", "2001:db8::/129", "mx example"]
        {
            assert_eq!(fault(None, Some(entry)), Some(Fault::NoHost), "{entry}");
        }
        assert_eq!(fault(Some("  "), Some("")), None, "an empty line says nothing");
    }

    #[test]
    fn a_trusted_host_makes_no_address_the_reader_s_own() {
        let own = own(&["example.com"], &["relay.example.net"]);
        assert!(own.is_own_address("ann@example.com") && own.is_own_address("ben@Sales.example.com"));
        assert!(!own.is_own_address("cy@relay.example.net") && !own.is_own_address("example.com"));
    }
}
