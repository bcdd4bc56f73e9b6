//! The encryption of the connection, as a line tells it.
//!
//! | Program | What it writes |
//! |---|---|
//! | Postfix | `(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) …)` |
//! | sendmail, Google, Haraka | `(version=TLSv1.2 cipher=ECDHE-RSA-AES256-GCM-SHA384 bits=256 verify=NO)` |
//! | Exchange | `(version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384)`, before 2013 `(TLS)` |
//! | Exim | `(TLS1.3) tls TLS_AES_256_GCM_SHA384`, before 4.93 `(TLS1.2:ECDHE_RSA_AES_256_GCM_SHA384:256)` |
//! | OpenSMTPD | `(TLSv1.3:AEAD-AES256-GCM-SHA384:256:NO)` |
//! | Courier | `(AUTH: LOGIN ann, TLS: TLSv1.2,256bits,AES256-GCM-SHA384)` |
//! | qmail with TLS | `with (AES256-SHA encrypted) SMTP`; some webmail servers: `with ESMTP/TLS/AES256-SHA` |

use super::clauses::Line;

/// The encryption of one connection. All parts are absent where a line says no more than that there was some.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tls {
    /// `TLS 1.3`, `TLS 1.2`, …
    pub version: Option<String>,
    /// The cipher suite, as written.
    pub cipher: Option<String>,
    /// The length of the key, in bits.
    pub bits: Option<u16>,
}

/// What a line tells of encryption; absent where it tells of none.
pub fn encryption(line: &Line<'_>) -> Option<Tls> {
    let mut tls = Tls::default();
    let mut is_told = false;
    for comment in line.comments().filter(|comment| speaks_of_it(comment.text)) {
        is_told |= tls.take(comment.text);
    }
    // MessageLabs: `with AES256-GCM-SHA384 encrypted SMTP`.
    if let Some(words) = line.with.text().filter(|words| words.contains("encrypted")) {
        is_told |= tls.take(&words);
    }
    // Exim 4.93 and chasquid: `tls TLS_AES_256_GCM_SHA384`.
    for word in line.tls.words() {
        is_told |= tls.take_word(word.trim(&['[', ']', ':']).text);
    }
    // Some webmail servers: `with ESMTP/TLS/AES256-SHA`.
    let mut protocol = line.with.first().map(|word| word.text).unwrap_or_default().split('/').skip(1);
    if protocol.next().is_some_and(|word| word.eq_ignore_ascii_case("TLS")) {
        is_told = true;
        tls.cipher = tls.cipher.or_else(|| protocol.next().map(str::to_owned));
    }
    is_told.then_some(tls)
}

/// Whether a comment is on encryption. The names of Windows machines look like ciphers (`DESKTOP-4K2J1L7`), so no comment is searched
/// for one unless it names TLS, SSL or a cipher.
fn speaks_of_it(comment: &str) -> bool {
    // Exim, where it does not know the version: `(UNKNOWN:AES256-GCM-SHA384:256)`.
    if comment.split(':').nth(1).is_some_and(is_cipher) {
        return true;
    }
    let lower = comment.to_ascii_lowercase();
    ["tls", "ssl", "cipher", "encrypted"].iter().any(|word| lower.contains(word))
        && !lower.starts_with("helo ")
        && !lower.contains("helo=")
}

/// What follows the name of a thing within a comment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Awaited {
    Nothing,
    Version,
    Cipher,
    Bits,
}

impl Tls {
    /// Reads a comment; whether it says that there was encryption.
    fn take(&mut self, comment: &str) -> bool {
        let mut awaited = Awaited::Nothing;
        let mut is_told = false;
        let mut before = "";
        for word in comment
            .split(|letter: char| letter.is_whitespace() || matches!(letter, '=' | ',' | ':' | '(' | ')'))
            .filter(|word| !word.is_empty())
        {
            let lower = word.to_ascii_lowercase();
            match (awaited, lower.as_str()) {
                (_, "version" | "tls_version") => awaited = Awaited::Version,
                (_, "cipher" | "tls_cipher") => awaited = Awaited::Cipher,
                // Key exchange and certificates are not the cipher: `key-exchange X25519 server-signature RSA-PSS (2048 bits)`.
                (_, "key-exchange" | "peerdigest" | "cn") => return is_told,
                (_, "bits") if awaited != Awaited::Bits && is_figures(before) => self.set_bits(before),
                (_, "bits") => awaited = Awaited::Bits,
                (Awaited::Bits, _) => {
                    self.set_bits(word);
                    awaited = Awaited::Nothing;
                }
                (_, "encrypted") => {
                    is_told = true;
                    if is_cipher(before) {
                        self.cipher.get_or_insert_with(|| before.to_owned());
                    }
                }
                (Awaited::Cipher, "none" | "unknown") | (Awaited::Version, "none" | "unknown" | "no") => {
                    awaited = Awaited::Nothing
                }
                (Awaited::Cipher, _) if version(word).is_none() && word != "TLSv1/SSLv3" => {
                    is_told = true;
                    self.cipher.get_or_insert_with(|| word.to_owned());
                    awaited = Awaited::Nothing;
                }
                _ => is_told |= self.take_word(word),
            }
            before = word;
        }
        is_told
    }

    /// Reads a word that stands by itself; whether it says that there was encryption.
    fn take_word(&mut self, word: &str) -> bool {
        if let Some(version) = version(word) {
            self.version.get_or_insert(version);
        } else if is_cipher(word) {
            self.cipher.get_or_insert_with(|| word.to_owned());
        } else if self.cipher.is_some() && is_figures(word) {
            self.set_bits(word);
        } else if let Some(bits) = word.strip_suffix("bits") {
            self.set_bits(bits);
        } else {
            return matches!(word, "TLS" | "SSL" | "tls" | "ssl" | "STARTTLS" | "TLSv1/SSLv3");
        }
        true
    }

    /// `256` or `256/256`: the first is the length in use.
    fn set_bits(&mut self, word: &str) {
        let bits = word.split('/').next().and_then(|bits| bits.parse().ok());
        self.bits = self.bits.or(bits);
    }
}

fn is_figures(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'/')
}

/// `TLSv1.3`, `TLS1.3`, `TLS1_3`, `TLS-1.0`, `SSLv3`, as `TLS 1.3`. `TLSv1/SSLv3` is OpenSSL's name for a family of ciphers, not the
/// version of the connection.
fn version(word: &str) -> Option<String> {
    let upper = word.to_ascii_uppercase();
    let (name, rest) = upper.split_at_checked(3).filter(|(name, _)| matches!(*name, "TLS" | "SSL"))?;
    let figures = rest.trim_start_matches(['V', '-', '_', ' ']).replace('_', ".");
    let version = match (name, figures.as_str()) {
        ("TLS", "1") => "1.0",
        ("TLS", figures @ ("1.0" | "1.1" | "1.2" | "1.3")) => figures,
        ("TLS", "10" | "11" | "12" | "13") => return Some(format!("TLS 1.{}", figures.chars().next_back()?)),
        ("SSL", "3" | "3.0") => "3",
        ("SSL", "2" | "2.0" | "23") => "2",
        _ => return None,
    };
    Some(format!("{name} {version}"))
}

/// Whether a word is the name of a cipher suite: `TLS_AES_256_GCM_SHA384`, `ECDHE-RSA-AES256-GCM-SHA384`, `RC4-MD5`. All are of capitals,
/// figures and joints, and name an algorithm.
fn is_cipher(word: &str) -> bool {
    const ALGORITHMS: [&str; 10] =
        ["AES", "RC", "ARCFOUR", "DES", "CHACHA", "CAMELLIA", "SEED", "NULL", "ARIA", "IDEA"];
    let is_algorithm =
        |part: &str| ALGORITHMS.contains(&part.trim_matches(|letter: char| letter.is_ascii_digit()));
    word.contains(['-', '_'])
        && word
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_'))
        && word.split(['-', '_']).any(is_algorithm)
}
