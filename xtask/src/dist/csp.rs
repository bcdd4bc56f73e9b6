//! The Content-Security-Policy of each kind of page. It is what keeps a pasted mail on the person's own machine.
//!
//! `require-trusted-types-for 'script'` is left out: the worker starts from a blob's address, which is plain text, and the
//! browser would refuse it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// The inline scripts and styles of one page, as CSP source expressions.
#[derive(Clone, Default)]
pub struct Hashes {
    pub scripts: Vec<String>,
    pub styles: Vec<String>,
}

/// `'sha256-…'` of the text between an element's tags, exactly as it stands there.
pub fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

/// For a page on a web server. It may fetch its own files from there, and nothing from anywhere else.
/// The worker starts from a blob that imports the page's own script: hence both sources for it.
pub fn hosted(hashes: &Hashes) -> String {
    format!(
        "default-src 'none'; script-src 'self' {} 'wasm-unsafe-eval'; style-src 'self'{}; img-src 'self' data:; \
         connect-src 'self'; worker-src 'self' blob:; form-action 'none'; base-uri 'none'",
        hashes.scripts.join(" "),
        hashes.styles.iter().map(|hash| format!(" {hash}")).collect::<String>(),
    )
}

/// For the page that is one file. It can connect to nothing at all.
pub fn single_file(hashes: &Hashes) -> String {
    format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; style-src {}; img-src data:; \
         connect-src 'none'; worker-src blob:; form-action 'none'; base-uri 'none'",
        hashes.scripts.join(" "),
        hashes.styles.join(" "),
    )
}

/// For a web server to send with every file. It must let both pages work, because a browser enforces a page's own
/// policy and the header's together; only a header can forbid framing.
pub fn header(pages: &[Hashes]) -> String {
    let mut all = Hashes::default();
    for page in pages {
        all.scripts.extend_from_slice(&page.scripts);
        all.styles.extend_from_slice(&page.styles);
    }
    format!("{}; frame-ancestors 'none'", hosted(&all))
}

/// The element that puts a policy into a page.
pub fn meta(policy: &str) -> String {
    format!("\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">")
}

#[cfg(test)]
mod tests {
    use super::{Hashes, hash, header, hosted, single_file};

    #[test]
    fn hash_is_the_one_that_the_csp_specification_shows() {
        assert_eq!(hash("alert('Hello, world.');"), "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
    }

    #[test]
    fn no_policy_names_a_source_on_the_network_or_allows_unsafe_inline() {
        let hashes = Hashes { scripts: vec![hash("a")], styles: vec![hash("b")] };
        for policy in [hosted(&hashes), single_file(&hashes), header(&[hashes])] {
            assert!(policy.starts_with("default-src 'none';"), "{policy}");
            assert!(
                !policy.contains("http") && !policy.contains('*') && !policy.contains("unsafe-inline"),
                "{policy}"
            );
        }
    }
}
