//! Pseudonyms of host names and of mailboxes. Each label of a name is replaced by itself, so that what lies below what stays so.

use super::table::{Kind, Table};
use super::words::{is_affix, is_provider_machine, is_role};
use crate::fields::host::{is_access_line, is_home_line, is_this_machine, organisation};

impl Table {
    /// The pseudonym of a host's name: `mail.firm.example` is `mail.site1.example`. What says nothing of whose it is stays: the end of
    /// the name, `mx2`, the names of large providers.
    pub fn host(&mut self, name: &str) -> String {
        let bare = name.trim_end_matches('.');
        let lower = bare.to_lowercase();
        if is_provider_machine(&lower) || (!lower.contains('.') && is_this_machine(&lower)) {
            return name.to_owned();
        }
        let labels: Vec<&str> = bare.split('.').collect();
        let (kept, is_known) = self.kept_labels(&lower, labels.len());
        let numbers = self.numbers(bare);
        let mut written = Vec::with_capacity(labels.len());
        for (nth, label) in labels.iter().enumerate() {
            let from_end = labels.len() - nth;
            written.push(if from_end <= kept {
                if is_known || from_end > 1 { (*label).to_owned() } else { self.end(label) }
            } else if from_end == kept + 1 && kept > 0 {
                self.label(Kind::Site, label)
            } else {
                self.label(Kind::Host, label)
            });
        }
        if let (Some(numbers), Some(first)) = (numbers, written.first_mut()) {
            first.push_str(&numbers);
        }
        let end = name.get(bare.len()..).unwrap_or_default();
        written.join(".") + end
    }

    /// How many labels at the end stay, and whether they are those of a provider, or else those below which organisations are registered.
    fn kept_labels(&self, lower: &str, count: usize) -> (usize, bool) {
        let tails = std::iter::successors(Some(lower), |name| name.split_once('.').map(|(_, rest)| rest));
        let known = tails.take_while(|tail| tail.contains('.')).find(|tail| self.words.has(tail.as_bytes()));
        if let Some(known) = known {
            return (known.split('.').count(), true);
        }
        let kept = match organisation(lower).filter(|domain| lower.ends_with(domain.as_str())) {
            Some(domain) => domain.split('.').count() - 1,
            None => usize::from(count > 1),
        };
        (kept, false)
    }

    /// A label at the end of a name. One that is none of the internet is somebody's own; it has no figures unless it had some, since
    /// with them it could be none of the internet.
    fn end(&mut self, label: &str) -> String {
        let lower = label.to_lowercase();
        if self.words.is_end(lower.as_bytes()) || self.words.has(lower.as_bytes()) {
            return label.to_owned();
        }
        let word = self.word(Kind::Host, label.as_bytes());
        if label.contains(|letter: char| letter.is_ascii_digit()) {
            return word;
        }
        let spelt = |letter: char| {
            letter.to_digit(10).and_then(|digit| char::from_digit(digit + 10, 20)).unwrap_or(letter)
        };
        word.chars().map(spelt).collect()
    }

    fn label(&mut self, kind: Kind, label: &str) -> String {
        let lower = label.to_lowercase();
        if kind == Kind::Host && self.words.is_duty(lower.as_bytes()) {
            return label.to_owned();
        }
        let word = self.word(kind, label.as_bytes());
        if !is_home_line(label) {
            return word;
        }
        let mark = label.split(|letter: char| !letter.is_ascii_alphabetic()).find(|part| is_home_line(part));
        format!("{}-{word}", mark.unwrap_or_default())
    }

    /// The numbers that a provider wrote into the name of a line, as those of the pseudonym of its address: `-100-101`. Absent where no
    /// known address is spelt.
    fn numbers(&mut self, name: &str) -> Option<String> {
        let numbers: Vec<u8> = name
            .split(|letter: char| !letter.is_ascii_digit())
            .filter(|number| (1..=3).contains(&number.len()))
            .filter_map(|number| number.parse().ok())
            .take(16)
            .collect();
        let spelt = numbers.windows(2).find_map(|pair| match pair {
            [one, other] => self.networks.spelt(*one, *other).or_else(|| self.networks.spelt(*other, *one)),
            _ => None,
        });
        let is_line = is_access_line(name) && !is_home_line(name);
        match spelt {
            Some([first, second, third, fourth]) if is_line => {
                Some(format!("-{first}-{second}-{third}-{fourth}"))
            }
            Some([.., third, fourth]) => Some(format!("-{third}-{fourth}")),
            None if is_line => Some("-0-0-0-0".to_owned()),
            None => None,
        }
    }

    /// The pseudonym of a mailbox name, what stands before the `@`.
    pub fn local(&mut self, local: &str) -> String {
        let lower = local.to_lowercase();
        if is_role(&lower) {
            return local.to_owned();
        }
        if let Some(known) = self.windows_id(&lower).or_else(|| self.known(local.as_bytes())) {
            return known;
        }
        if let Some((connector, rest)) =
            local.split_once('.').filter(|(front, _)| front.eq_ignore_ascii_case("mspop3connector"))
        {
            return format!("{connector}.{}", self.local(rest));
        }
        let mut written = String::new();
        let mut rest = local;
        while !rest.is_empty() {
            let end = rest.find(['+', '=', '-', '%', '!', '/']).unwrap_or(rest.len());
            let (part, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
            written.push_str(&self.local_part(part));
            let mark = behind.chars().next();
            written.extend(mark);
            rest = behind.get(mark.map_or(0, char::len_utf8)..).unwrap_or_default();
        }
        written
    }

    fn local_part(&mut self, part: &str) -> String {
        let lower = part.to_lowercase();
        if part.is_empty() || is_affix(&lower) || is_role(&lower) {
            return part.to_owned();
        }
        let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
        let end = lower.rsplit('.').next().unwrap_or_default();
        if is_number && part.len() <= 3 {
            part.to_owned()
        } else if is_number {
            self.number(part.as_bytes())
        } else if lower.starts_with("bnc") && part.len() > 12 {
            // Google Groups: `list+bncBAABCQ…@`.
            format!("bnc{}", self.word(Kind::Id, part.as_bytes()))
        } else if lower.contains('.')
            && self.known(part.as_bytes()).is_none()
            && self.is_site(&lower)
            && self.words.is_end(end.as_bytes())
        {
            self.host(part)
        } else {
            self.word(Kind::Person, part.as_bytes())
        }
    }

    /// Whether a name with dots in a mailbox name is a domain and not somebody's first and last name.
    fn is_site(&self, lower: &str) -> bool {
        let labels: Vec<&str> = lower.split('.').collect();
        let end = labels.last().copied().unwrap_or_default();
        labels.iter().all(|label| !label.is_empty()) && (end.len() <= 3 || self.words.has(lower.as_bytes()))
    }

    /// `000001c58bca$f50976e0$0300a8c0`: two halves of a time, which stay, and the address of a machine from the last byte to the first.
    pub fn windows_id(&mut self, lower: &str) -> Option<String> {
        let mut groups = lower.split('$');
        let (first, second, third) = (groups.next()?, groups.next()?, groups.next()?);
        let is_hex =
            |group: &str, length| group.len() == length && group.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_hex(first, 12) || !is_hex(second, 8) || !is_hex(third, 8) || groups.next().is_some() {
            return None;
        }
        let ip = std::net::Ipv4Addr::from(u32::from_str_radix(third, 16).ok()?.swap_bytes());
        let ip = u32::from(self.networks.four(ip)).swap_bytes();
        Some(format!("{first}${second}${ip:08x}"))
    }

    /// The pseudonym of a mail address. `at` is the place of its `@`.
    pub fn address(&mut self, address: &str, at: usize) -> String {
        let (local, domain) = address.split_at_checked(at).unwrap_or((address, ""));
        let domain = domain.strip_prefix('@').unwrap_or(domain);
        let local = self.local(local);
        format!("{local}@{}", self.host_or_ip(domain))
    }

    /// The pseudonym of what stands behind an `@`.
    pub fn host_or_ip(&mut self, domain: &str) -> String {
        match domain.parse() {
            Ok(ip) => self.networks.four(ip).to_string(),
            Err(_) => self.host(domain),
        }
    }
}
