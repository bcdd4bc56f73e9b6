//! What an IP address is good for: one of the public internet, or one that only means something on one network or machine.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The reach of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Reachable from everywhere.
    Public,
    /// Of a private network: 10/8, 172.16/12, 192.168/16 (RFC 1918), fc00::/7 (RFC 4193), the older fec0::/10 (RFC 3879), and
    /// 198.18/15 of test networks (RFC 2544).
    Private,
    /// Shared behind a provider's address translation: 100.64/10 (RFC 6598).
    CarrierNat,
    /// The machine itself: 127/8, `::1`.
    Loopback,
    /// Of one network segment: 169.254/16 (RFC 3927), `fe80::/10` (RFC 4291).
    LinkLocal,
    /// For examples in documents: 192.0.2/24, 198.51.100/24, 203.0.113/24 (RFC 5737), 2001:db8::/32 (RFC 3849), 3fff::/20 (RFC 9637).
    Documentation,
    /// No address of a machine: 0/8, 192.0.0/24, multicast, reserved (RFC 6890).
    Special,
}

impl Scope {
    /// The reach of this address.
    #[must_use]
    pub fn of(ip: IpAddr) -> Self {
        match ip {
            IpAddr::V4(ip) => Self::of_four(ip),
            IpAddr::V6(ip) => Self::of_six(ip),
        }
    }

    /// Whether an address of this reach is the same machine or network wherever it is named. Addresses for examples count, so that
    /// examples show what real mail would.
    #[must_use]
    pub const fn is_unique(self) -> bool {
        matches!(self, Self::Public | Self::Documentation)
    }

    /// Whether an address of this reach is one that a machine can have on a network.
    #[must_use]
    pub const fn is_on_a_network(self) -> bool {
        !matches!(self, Self::Loopback | Self::Special)
    }

    const fn of_four(ip: Ipv4Addr) -> Self {
        match ip.octets() {
            [0 | 224.., ..] | [192, 0, 0, _] => Self::Special,
            [127, ..] => Self::Loopback,
            [169, 254, ..] => Self::LinkLocal,
            [100, 64..=127, ..] => Self::CarrierNat,
            [198, 18 | 19, ..] => Self::Private,
            _ if ip.is_private() => Self::Private,
            _ if ip.is_documentation() => Self::Documentation,
            _ => Self::Public,
        }
    }

    fn of_six(ip: Ipv6Addr) -> Self {
        if let Some(four) = ip.to_ipv4_mapped() {
            return Self::of_four(four);
        }
        match ip.segments() {
            // 6to4 (RFC 3056) holds an IPv4 address. Google writes its own machines so: `by 2002:a05:6402:…` is one of 10/8.
            [0x2002, high, low, ..] => {
                let [[a, b], [c, d]] = [high.to_be_bytes(), low.to_be_bytes()];
                Self::of_four(Ipv4Addr::new(a, b, c, d))
            }
            [0x2001, 0x0db8, ..] | [0x3fff, 0..=0x0fff, ..] => Self::Documentation,
            [0xfec0..=0xfeff, ..] => Self::Private,
            // The discard prefix (RFC 6666).
            [0x0100, 0, 0, 0, ..] => Self::Special,
            _ if ip.is_unspecified() || ip.is_multicast() => Self::Special,
            _ if ip.is_loopback() => Self::Loopback,
            _ if ip.is_unicast_link_local() => Self::LinkLocal,
            _ if ip.is_unique_local() => Self::Private,
            _ => Self::Public,
        }
    }
}
