//! Pseudonyms of network addresses. Addresses that share the front of their network go on to share it: two of one /24 stay two of one
//! /24, two of one /64 two of one /64. Each part is replaced by the number under which it was first seen, so nothing of it can be
//! computed back.
//!
//! Public addresses go where no mail server is, to networks of the United States' defence department that the internet does not carry
//! (11/8 and its kin), since the ranges for examples are too small for it; of IPv6, to 4000::/16, which nobody has. Addresses that mean
//! something special stay in their range, and those that name no machine in particular stay as they are.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::route::Scope;

/// Unrouted networks of the size 8, one after the other.
const UNROUTED: [u8; 12] = [11, 21, 22, 26, 28, 29, 30, 33, 55, 6, 7, 214];

/// What stands for which part of an address, below which front.
#[derive(Debug, Default)]
pub struct Networks {
    /// The numbers given out: for the front of an address, in its pseudonym's form, and the part behind it.
    numbers: HashMap<(u128, u128), u128>,
    /// How many were given out behind a front.
    counts: HashMap<u128, u128>,
    /// The pseudonyms of the IPv4 addresses that end with these two octets; the first that was seen.
    ends: HashMap<[u8; 2], [u8; 4]>,
}

impl Networks {
    /// The pseudonym of an address.
    pub fn address(&mut self, ip: IpAddr) -> IpAddr {
        match ip {
            IpAddr::V4(ip) => IpAddr::V4(self.four(ip)),
            IpAddr::V6(ip) => IpAddr::V6(self.six(ip)),
        }
    }

    /// The pseudonym of an IPv4 address.
    pub fn four(&mut self, ip: Ipv4Addr) -> Ipv4Addr {
        let [a, b, c, d] = ip.octets();
        let kept = |scope| matches!(scope, Scope::Loopback | Scope::Special);
        if kept(Scope::of(IpAddr::V4(ip))) {
            return ip;
        }
        let [first, second] = match (a, b) {
            // Ranges of their own keep their front.
            (192, 168) | (169, 254) | (198, 18 | 19) => [a, b],
            (10, _) => [a, self.octet(u128::from(a), b)],
            (172, 16..=31) => [a, 16 | (self.number(u128::from(a), u128::from(b)) % 16) as u8],
            (100, 64..=127) => [a, 64 | (self.number(u128::from(a), u128::from(b)) % 64) as u8],
            _ => {
                let number = self.number(PUBLIC, u128::from(a) << 8 | u128::from(b));
                let network = UNROUTED.get((number / 256) as usize).copied();
                [network.unwrap_or(11), (number % 256) as u8]
            }
        };
        let front = u128::from(first) << 8 | u128::from(second);
        let third = self.octet(front << 8, c);
        let fourth = self.octet(front << 16 | u128::from(third) << 8 | 1, d);
        self.ends.entry([c, d]).or_insert([first, second, third, fourth]);
        Ipv4Addr::new(first, second, third, fourth)
    }

    /// The pseudonym of an address that was seen and ends with these two octets.
    pub fn spelt(&self, third: u8, fourth: u8) -> Option<[u8; 4]> {
        self.ends.get(&[third, fourth]).copied()
    }

    /// The pseudonym of an IPv6 address.
    fn six(&mut self, ip: Ipv6Addr) -> Ipv6Addr {
        if let Some(four) = ip.to_ipv4_mapped() {
            return self.four(four).to_ipv6_mapped();
        }
        let [a, b, c, d, rest @ ..] = ip.segments();
        if matches!(Scope::of(IpAddr::V6(ip)), Scope::Loopback | Scope::Special) {
            return ip;
        }
        let machine = rest.iter().fold(0, |sum, part| sum << 16 | u128::from(*part));
        let [a, b, c, d] = match a {
            // 6to4 (RFC 3056) holds an IPv4 address.
            0x2002 => {
                let [[e, f], [g, h]] = [b.to_be_bytes(), c.to_be_bytes()];
                let [e, f, g, h] = self.four(Ipv4Addr::new(e, f, g, h)).octets();
                [a, u16::from_be_bytes([e, f]), u16::from_be_bytes([g, h]), d]
            }
            0xfe80..=0xfeff => [a, 0, 0, 0],
            0xfc00..=0xfdff => self.site(0xfd00, [a, b, c, d]),
            _ => self.site(0x4000, [a, b, c, d]),
        };
        let front = [a, b, c, d].iter().fold(1, |front: u128, part| front << 16 | u128::from(*part));
        let machine = self.number(front, machine);
        Ipv6Addr::new(a, b, c, d, 0, 0, (machine >> 16) as u16, machine as u16)
    }

    /// The front of an address below another one: networks of 32, 48 and 64 bits.
    fn site(&mut self, first: u16, [a, b, c, d]: [u16; 4]) -> [u16; 4] {
        let front = u128::from(first) << 64;
        let network = self.number(front, u128::from(a) << 16 | u128::from(b));
        let site = self.number(front | network << 32 | 1, u128::from(c));
        let net = self.number(front | network << 32 | site << 16 | 2, u128::from(d));
        [first, network as u16, site as u16, net as u16]
    }

    /// The octet that stands for one below a front: 100, 101 and so on to 255, then 99 down to 0. The numbers of host names are others
    /// (see [`super::table`]), or a name would seem to spell an address.
    fn octet(&mut self, front: u128, part: u8) -> u8 {
        let number = self.number(front, u128::from(part)) as u8;
        if (1..=156).contains(&number) { 99 + number } else { 0_u8.wrapping_sub(number) }
    }

    fn number(&mut self, front: u128, part: u128) -> u128 {
        let counts = &mut self.counts;
        *self.numbers.entry((front, part)).or_insert_with(|| {
            let count = counts.entry(front).or_default();
            *count += 1;
            *count
        })
    }
}

/// The front under which public networks are counted, which have none. No front of an address is as large.
const PUBLIC: u128 = 1 << 100;

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::Networks;
    use crate::route::Scope;

    #[test]
    fn neighbours_stay_neighbours_and_ranges_stay_ranges() {
        let mut networks = Networks::default();
        let mut told = |ip: &str| networks.address(ip.parse().unwrap()).to_string();
        assert_eq!(told("203.0.113.7"), "11.1.100.100");
        assert_eq!(told("203.0.113.9"), "11.1.100.101");
        assert_eq!(told("203.0.114.9"), "11.1.101.100");
        assert_eq!(told("198.51.100.9"), "11.2.100.100");
        assert_eq!(told("203.0.113.7"), "11.1.100.100");
        assert_eq!(told("192.168.0.3"), "192.168.100.100");
        assert_eq!(told("127.0.0.1"), "127.0.0.1");
        assert_eq!(told("2001:db8:7:1::25"), "4000:1:1:1::1");
        assert_eq!(told("2001:db8:7:1::26"), "4000:1:1:1::2");
        assert_eq!(told("2001:db8:7:2::26"), "4000:1:1:2::1");
        assert_eq!(told("2002:c000:0205::1"), "2002:b03:6464::1");
    }

    #[test]
    fn an_address_keeps_its_reach() {
        let mut networks = Networks::default();
        for ip in [
            "10.1.2.3",
            "172.20.1.1",
            "100.100.1.1",
            "169.254.3.4",
            "198.18.0.1",
            "::1",
            "fe80::1",
            "fd12:3::4",
            "224.0.0.1",
            "0.0.0.0",
            "::ffff:10.0.0.1",
        ] {
            let ip: IpAddr = ip.parse().unwrap();
            assert_eq!(Scope::of(networks.address(ip)), Scope::of(ip), "{ip}");
        }
    }
}
