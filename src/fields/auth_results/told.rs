//! What a result tells besides its verdict: the domain that was checked, the client's address, the policy. Servers write the latter two
//! into comments, each in its own words.

use std::net::IpAddr;

use super::{Outcome, Part, Verdict};

impl Outcome {
    /// The value of a property: `header.d`.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&Part> {
        self.properties.iter().find(|property| property.name == name).map(|property| &property.value)
    }

    /// Whether it is a result of this check.
    #[must_use]
    pub fn is_of(&self, method: &str) -> bool {
        self.method.value == method
    }

    /// Whether the check was passed.
    #[must_use]
    pub fn is_pass(&self) -> bool {
        self.verdict == Verdict::Pass
    }

    /// The domain that was checked, in lower case: of the envelope sender, or of the greeting where that is empty (SPF), of the signature (DKIM),
    /// of the From field (DMARC). Absent where none is named.
    #[must_use]
    pub fn domain(&self) -> Option<String> {
        let names: &[&str] = match self.method.value.as_str() {
            "spf" | "sender-id" => &[
                "smtp.mailfrom",
                "smtp.mail",
                "smtp.mfrom",
                "smtp.envelope-from",
                "smtp.helo",
                "policy.helo",
            ],
            "dkim" | "domainkeys" => &["header.d", "header.i", "header.from"],
            "dmarc" | "compauth" => &["header.from", "from"],
            "auth" => &["smtp.mailfrom", "smtp.auth"],
            _ => &[],
        };
        names.iter().find_map(|name| domain_of(self.property(name)?))
    }

    /// The address of the client that SPF was checked for.
    #[must_use]
    pub fn client(&self) -> Option<IpAddr> {
        let named = self.property("client-ip").or_else(|| self.property("policy.client-ip"));
        let named = named.and_then(|value| address(value));
        // Microsoft: `sender IP is 192.0.2.7`; Google: `domain of ann@example.org does not designate 192.0.2.7 as permitted sender`.
        let mut comments = self.comments.iter().flat_map(|comment| comment.split_whitespace());
        named.or_else(|| comments.find_map(address))
    }

    /// The policy that the From domain published for DMARC, in lower case: `none`, `quarantine`, `reject`.
    #[must_use]
    pub fn dmarc_policy(&self) -> Option<String> {
        let properties = ["policy.dmarc", "header.policy", "policy.published-domain-policy"];
        let property = properties.iter().find_map(|name| self.property(name));
        property.map(|value| value.to_lowercase()).or_else(|| self.commented(&["p", "policy"]))
    }

    /// What the server did about it, in lower case: `none`, `quarantine`, `reject`; Microsoft's `oreject` is a rejection that a
    /// setting overruled.
    #[must_use]
    pub fn disposition(&self) -> Option<String> {
        let properties = ["action", "policy.applied-disposition", "header.disposition"];
        let property = properties.iter().find_map(|name| self.property(name));
        property.map(|value| value.to_lowercase()).or_else(|| self.commented(&["dis", "d"]))
    }

    /// Why, in the words of the server: the reason, or the first comment.
    #[must_use]
    pub fn why(&self) -> Option<&Part> {
        self.reason.as_ref().or_else(|| self.comments.first())
    }

    /// `p=NONE sp=QUARANTINE dis=NONE`, Google and OpenDMARC; `policy=none`, Rspamd.
    fn commented(&self, names: &[&str]) -> Option<String> {
        let words = self.comments.iter().flat_map(|comment| comment.split([' ', ',', ';']));
        let mut pairs = words.filter_map(|word| word.split_once('='));
        let (_, value) =
            pairs.find(|(name, _)| names.iter().any(|wanted| wanted.eq_ignore_ascii_case(name)))?;
        Some(value.to_lowercase())
    }
}

/// The domain of an address, or the word itself where it is a domain.
fn domain_of(word: &str) -> Option<String> {
    let domain = word.rsplit('@').next()?.trim_matches(['<', '>', '"', '.', ' ']);
    let is_domain = !domain.is_empty() && domain != "none" && !domain.contains(char::is_whitespace);
    is_domain.then(|| domain.to_lowercase())
}

fn address(word: &str) -> Option<IpAddr> {
    let word = word.trim_matches(['[', ']', '(', ')', '<', '>', ',', ';', '"']);
    let word = word.strip_prefix("IPv6:").unwrap_or(word);
    let address: IpAddr = word.trim_end_matches(':').parse().or_else(|_| word.parse()).ok()?;
    Some(address.to_canonical())
}
