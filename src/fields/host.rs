//! Host names: when two of them are the same, and which organisation they belong to.
//!
//! The organisation is the domain that somebody registered: `example.co.uk` for `mx1.mail.example.co.uk`. Where one can register is told by
//! a short table of second levels such as `co.uk`. It is not the Public Suffix List: it knows neither rare registries nor the domains that
//! a host gives to its customers (`example.dyndns.org` counts as `dyndns.org`). A name says who named the machine, not always who runs it:
//! the reverse name of a leased line is the provider's.

/// No name is longer, in bytes (RFC 1035 section 2.3.4).
const LONGEST: usize = 255;

/// A name in the form for comparison: in lower case, without the final dot. Absent where the word cannot be a host's name: an address,
/// a mail address, `unknown`, a greeting of other letters.
#[must_use]
pub fn comparable(name: &str) -> Option<String> {
    let name = name.strip_suffix('.').unwrap_or(name);
    let is_letter = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_');
    let is_name = name.len() <= LONGEST
        && name.contains(char::is_alphanumeric)
        && name.chars().all(is_letter)
        && !name.split('.').any(str::is_empty)
        // No registry has a number at the end: it is an address, or a part of one.
        && !(name.contains('.') && last_label(name).bytes().all(|byte| byte.is_ascii_digit()))
        && !["unknown", "unverified", "unavailable"].iter().any(|word| name.eq_ignore_ascii_case(word));
    is_name.then(|| name.to_lowercase())
}

/// Whether two names are the same: the case and a final dot do not count.
#[must_use]
pub fn is_same(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|name| name.strip_suffix('.').unwrap_or(name));
    one.eq_ignore_ascii_case(other)
}

/// What stands before the first dot: `mx1` of `mx1.example.org`.
#[must_use]
pub fn first_label(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// Whether a name lies below a domain, label by label. A domain of one label, such as `com`, holds everybody and so nobody.
#[must_use]
pub fn lies_in(name: &str, domain: &str) -> bool {
    let at = name.len().checked_sub(domain.len());
    let Some((head, tail)) = at.and_then(|at| name.split_at_checked(at)) else {
        return false;
    };
    domain.contains('.') && head.ends_with('.') && tail.eq_ignore_ascii_case(domain)
}

/// Whether a name means the machine that speaks: `localhost`, `localhost.localdomain`, `localhost.example.org`, `ip6-localhost`.
#[must_use]
pub fn is_this_machine(name: &str) -> bool {
    const FIRST: [&str; 6] =
        ["localhost", "localhost4", "localhost6", "ip6-localhost", "ip6-loopback", "loopback"];
    // The end of RFC 6761 section 6.3.
    let is_below = is_same(last_label(name.strip_suffix('.').unwrap_or(name)), "localhost");
    is_below || FIRST.iter().any(|label| label.eq_ignore_ascii_case(first_label(name)))
}

/// Whether a name only means something inside a network: one without a dot, or with an end that is not on the internet.
#[must_use]
pub fn is_internal(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    let end = last_label(name);
    let is_invented = end.contains(|letter: char| letter.is_ascii_digit()) && !starts_with(end, "xn--");
    !name.contains('.')
        || is_invented
        || INTERNAL.iter().any(|internal| internal.eq_ignore_ascii_case(end))
        || is_same(name, "home.arpa")
        || lies_in(name, "home.arpa")
}

/// Whether a provider gave the name to the line of a home: `dialup-17.example.net`, `p7-dsl.pool.example.net`.
#[must_use]
pub fn is_home_line(name: &str) -> bool {
    const WORDS: [&str; 12] = [
        "adsl",
        "broadband",
        "cable",
        "dhcp",
        "dialin",
        "dialup",
        "dip",
        "dsl",
        "dyn",
        "dynamic",
        "pool",
        "ppp",
    ];
    name.split(|letter: char| !letter.is_ascii_alphabetic())
        .any(|word| WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)))
}

/// Whether a provider gave the name to a line, be it of a home or an office: one of a home's, or one that spells an address out, such as
/// `b2b-192-0-2-17.example.net`.
#[must_use]
pub fn is_access_line(name: &str) -> bool {
    let is_number = |word: &&str| !word.is_empty() && word.len() <= 3 && word.parse::<u8>().is_ok();
    is_home_line(name) || name.split(['-', '.', '_']).filter(is_number).count() >= 4
}

/// The domain of the organisation that a name belongs to, in lower case: `example.co.uk`. Providers with several domains have one of
/// them for all. Absent where the name means nothing outside its network, or is no host's name.
#[must_use]
pub fn organisation(name: &str) -> Option<String> {
    let name = name.strip_suffix('.').unwrap_or(name);
    let name = tail(name, 3);
    let name = comparable(name)?;
    let domain = registered(&name);
    if let Some(provider) = provider(domain) {
        return Some(provider.to_owned());
    }
    (!is_internal(domain) && !is_this_machine(domain)).then(|| domain.to_owned())
}

/// The last labels of a name: so many, or all.
fn tail(name: &str, labels: usize) -> &str {
    let dot = name.rmatch_indices('.').nth(labels.saturating_sub(1));
    dot.and_then(|(at, _)| name.get(at + 1..)).unwrap_or(name)
}

/// Whether everybody can register below a name of two labels: `co.uk`.
#[must_use]
pub fn is_registry(name: &str) -> bool {
    let mut labels = name.rsplit('.');
    match (labels.next(), labels.next(), labels.next()) {
        (Some(country), Some(second), None) => seconds(country).contains(&second),
        _ => false,
    }
}

fn registered(name: &str) -> &str {
    let mut labels = name.rsplit('.');
    let suffix = labels.next().zip(labels.next());
    let is_suffix = suffix.is_some_and(|(country, second)| seconds(country).contains(&second));
    tail(name, if is_suffix { 3 } else { 2 })
}

fn last_label(name: &str) -> &str {
    tail(name, 1)
}

fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// Ends of names that administrators use inside, none of them on the internet. Proofpoint's filter calls itself `pps.filterd` and
/// `pps.reinject`.
const INTERNAL: [&str; 15] = [
    "corp",
    "domain",
    "filterd",
    "home",
    "internal",
    "intra",
    "intranet",
    "lan",
    "loc",
    "local",
    "localdomain",
    "localnet",
    "priv",
    "private",
    "reinject",
];

/// Second levels under which names are registered in a country.
fn seconds(country: &str) -> &'static [&'static str] {
    match country {
        "ae" => &["ac", "co", "gov", "net", "org"],
        "ar" => &["com", "edu", "gob", "gov", "int", "net", "org"],
        "at" => &["ac", "co", "gv", "or"],
        "au" => &["asn", "com", "edu", "gov", "id", "net", "org"],
        "bd" => &["ac", "com", "edu", "gov", "net", "org"],
        "bo" => &["com", "edu", "gob", "net", "org"],
        "br" => &["com", "edu", "eng", "gov", "ind", "jus", "leg", "mil", "net", "org"],
        "cn" => &["ac", "com", "edu", "gov", "net", "org"],
        "co" => &["com", "edu", "gov", "net", "org"],
        "cr" => &["ac", "co", "go", "or"],
        "cy" => &["ac", "com", "gov", "net", "org"],
        "ec" => &["com", "edu", "gob", "gov", "net", "org"],
        "eg" => &["com", "edu", "gov", "net", "org"],
        "es" => &["com", "gob", "nom", "org"],
        "gh" => &["com", "edu", "gov", "org"],
        "gr" => &["com", "edu", "gov", "net", "org"],
        "gt" => &["com", "edu", "gob", "net", "org"],
        "hk" => &["com", "edu", "gov", "idv", "net", "org"],
        "hu" => &["co", "org"],
        "id" => &["ac", "co", "go", "net", "or", "sch", "web"],
        "il" => &["ac", "co", "gov", "muni", "net", "org"],
        "in" => &["ac", "co", "edu", "firm", "gov", "net", "nic", "org", "res"],
        "ir" => &["ac", "co", "gov", "net", "org"],
        "jp" => &["ac", "ad", "co", "ed", "go", "gr", "lg", "ne", "or"],
        "ke" => &["ac", "co", "go", "ne", "or"],
        "kr" => &["ac", "co", "go", "ne", "or", "pe", "re"],
        "lk" => &["ac", "com", "edu", "gov", "net", "org"],
        "mt" => &["com", "edu", "net", "org"],
        "mx" => &["com", "edu", "gob", "net", "org"],
        "my" => &["com", "edu", "gov", "net", "org"],
        "ng" => &["com", "edu", "gov", "net", "org"],
        "np" => &["com", "edu", "gov", "net", "org"],
        "nz" => &["ac", "co", "geek", "gen", "govt", "net", "org", "school"],
        "pe" => &["com", "edu", "gob", "net", "org"],
        "ph" => &["com", "edu", "gov", "net", "org"],
        "pk" => &["com", "edu", "gov", "net", "org"],
        "pl" => &["com", "edu", "gov", "info", "net", "org", "waw"],
        "pt" => &["com", "edu", "gov", "org"],
        "py" => &["com", "edu", "gov", "net", "org"],
        "rs" => &["ac", "co", "edu", "gov", "org"],
        "ru" => &["com", "msk", "net", "org", "spb"],
        "sa" => &["com", "edu", "gov", "net", "org"],
        "sg" => &["com", "edu", "gov", "net", "org"],
        "sv" => &["com", "edu", "gob", "org"],
        "th" => &["ac", "co", "go", "in", "net", "or"],
        "tr" => &["bel", "com", "edu", "gen", "gov", "net", "org"],
        "tw" => &["com", "edu", "gov", "idv", "net", "org"],
        "tz" => &["ac", "co", "go", "or"],
        "ua" => &["com", "edu", "gov", "in", "kiev", "net", "org"],
        "ug" => &["ac", "co", "go", "or"],
        "uk" => &["ac", "co", "gov", "ltd", "me", "net", "nhs", "org", "plc", "police", "sch"],
        "uy" => &["com", "edu", "gub", "net", "org"],
        "ve" => &["co", "com", "gob", "net", "org"],
        "vn" => &["ac", "com", "edu", "gov", "net", "org"],
        "za" => &["ac", "co", "gov", "net", "org", "web"],
        "zw" => &["ac", "co", "org"],
        _ => &[],
    }
}

/// The domain that stands for all domains of a provider whose own mail servers bear names in several. A domain is here only if its hosts
/// are the provider's: `amazonaws.com` is not, its machines are run by customers. `yahoo.co.jp` is another company than Yahoo.
fn provider(domain: &str) -> Option<&'static str> {
    Some(match domain {
        // iCloud, and what it was called before.
        "apple.com" | "icloud.com" | "mac.com" | "me.com" => "apple.com",
        // Fastmail sends from machines of messagingengine.com.
        "fastmail.com" | "fastmail.fm" | "messagingengine.com" => "fastmail.com",
        // GMX and WEB.DE are one company; mail between them passes inside.
        "gmx.com" | "gmx.de" | "gmx.net" | "web.de" => "gmx.net",
        // Gmail; 1e100.net is what Google's addresses are called.
        "1e100.net" | "gmail.com" | "google.com" | "googlemail.com" => "google.com",
        // The same hosting company under several names: mail that box123.bluehost.com takes leaves by unifiedlayer.com.
        "bluehost.com" | "hostgator.com" | "justhost.com" | "unifiedlayer.com" | "websitewelcome.com" => {
            "bluehost.com"
        }
        // Barracuda's filter in the cloud takes mail as cudaops.com.
        "barracuda.com" | "barracudanetworks.com" | "cudaops.com" | "cudamail.com" => "barracudanetworks.com",
        // Symantec's filter, now Broadcom's.
        "messagelabs.com" | "messagelabs.net" | "symcld.net" => "messagelabs.com",
        // SparkPost's machines are called after Message Systems, the company it was.
        "messagesystems.com" | "sparkpost.com" | "sparkpostmail.com" => "sparkpost.com",
        // STRATO sends from rzone.de, 1&1 from kundenserver.de and perfora.net.
        "rzone.de" | "strato.com" | "strato.de" => "strato.de",
        "1and1.com" | "ionos.com" | "ionos.de" | "kundenserver.de" | "perfora.net" => "ionos.com",
        "mailsrvcs.net" | "verizon.net" => "verizon.net",
        // Mailgun receives as mxa.mailgun.org, passes on inside and sends as mailgun.net.
        "mailgun.net" | "mailgun.org" => "mailgun.org",
        // Exchange Online: one mail is seen on exchangelabs.com, office365.com and outlook.com. Hotmail's machines call themselves phx.gbl
        // inside.
        "exchangelabs.com" | "hotmail.com" | "live.com" | "microsoft.com" | "msn.com" | "office365.com"
        | "office365.us" | "outlook.com" | "phx.gbl" => "microsoft.com",
        // The filter that became part of Exchange Online.
        "bigfish.com" | "frontbridge.com" => "microsoft.com",
        // Proofpoint's filter answers as pphosted.com or ppe-hosted.com; its machines are called ppops.net.
        "ppe-hosted.com" | "pphosted.com" | "ppops.net" => "pphosted.com",
        // Proton's servers write protonmail.ch.
        "proton.me" | "protonmail.ch" | "protonmail.com" => "proton.me",
        // yahoodns.net holds the names of Yahoo's mail exchangers.
        "yahoo.com" | "yahoodns.net" | "ymail.com" => "yahoo.com",
        // Yandex sends from yandex.net for all its countries.
        "ya.ru" | "yandex.com" | "yandex.net" | "yandex.ru" => "yandex.ru",
        // Zoho's servers write zohomail.com.
        "zoho.com" | "zoho.eu" | "zohomail.com" | "zohomail.eu" => "zoho.com",
        _ => return None,
    })
}
