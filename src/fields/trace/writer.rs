//! Which server a trace field names as its writer, and in which form.

use crate::fields::auth_results::parse_authserv_id;

/// Where a field names its writer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Before the first `;` (RFC 8601): `mx.example.com; spf=pass …`
    AuthservId,
    /// The same behind the number of the set (RFC 8617): `i=1; mx.example.com; spf=pass …`
    ArcAuthservId,
    /// Received-SPF (RFC 7208 section 9.1): `pass (mx.example.com: domain of …) receiver=mx.example.com; …`
    Spf,
    /// OpenDKIM, OpenDMARC, OpenARC: `OpenDKIM Filter v2.11.0 mx.example.com 4F2C1A0B3D`
    Milter,
    /// Behind the last `on` or `at`: `SpamAssassin 4.0.0 (2022-12-14) on mx.example.com`, `amavisd-new at example.com`
    OnOrAt,
    /// The first word, up to a mark: `mx.example.com, Mon, 02 Nov 2026 …`, `mx.example.com: www set sender to …`
    First,
    /// `Primary Hostname - mx.example.com`, one of several X-AntiAbuse lines of cPanel.
    PrimaryHostname,
    /// Behind `by`, as in Received: `by 2001:db8::1 with SMTP id …; Mon, 02 Nov 2026 …`
    By,
}

/// Where the fields of this name, in lower case, name their writer; absent where they name none.
///
/// The `d=` of a signature and of ARC-Seal is a domain that answers for the message, not a server.
pub fn form(name: &str) -> Option<Form> {
    Some(match name {
        "authentication-results"
        | "authentication-results-original"
        | "x-original-authentication-results"
        | "original-authentication-results"
        | "x-authentication-results" => Form::AuthservId,
        "arc-authentication-results" => Form::ArcAuthservId,
        "received-spf" | "x-received-spf" => Form::Spf,
        "dkim-filter" | "dmarc-filter" | "arc-filter" => Form::Milter,
        // SpamAssassin; amavis and clamav-milter; MIMEDefang; postgrey; Barracuda.
        "x-spam-checker-version"
        | "x-virus-scanned"
        | "x-scanned-by"
        | "x-greylist"
        | "x-barracuda-virus-scanned" => Form::OnOrAt,
        // MDaemon; Exchange; Rspamd; sendmail; Exim under cPanel.
        "x-spam-processed"
        | "x-mdav-processed"
        | "x-ms-exchange-organization-authsource"
        | "x-ms-exchange-crosstenant-authsource"
        | "x-rspamd-server"
        | "x-authentication-warning"
        | "x-get-message-sender-via" => Form::First,
        "x-antiabuse" => Form::PrimaryHostname,
        "x-received" | "x-gmail-received" | "x-originally-received" | "old-received" => Form::By,
        _ => return None,
    })
}

/// The server that an unfolded value names as its writer; absent where it names none.
pub fn parse_writer(form: Form, value: &str) -> Option<String> {
    let named = match form {
        Form::AuthservId => parse_authserv_id(value)?,
        Form::ArcAuthservId => {
            let (number, results) = value.split_once(';')?;
            parse_authserv_id(if number.trim_start().starts_with("i=") { results } else { value })?
        }
        Form::Spf => spf_receiver(value).or_else(|| spf_commenter(value))?,
        Form::Milter => milter_host(value)?,
        Form::OnOrAt => behind_on_or_at(value)?,
        Form::First => value.split_ascii_whitespace().next()?.trim_end_matches([',', ':', ';']),
        Form::PrimaryHostname => value.strip_prefix("Primary Hostname - ")?,
        Form::By => word_behind(value, "by")?,
    };
    host(named).map(str::to_owned)
}

/// `receiver=mx.example.com`. Some write `<UNKNOWN>` there, or the recipient.
fn spf_receiver(value: &str) -> Option<&str> {
    let (_, behind) = value.split_once("receiver=")?;
    let named = behind.split([';', ' ', '\t']).next()?;
    host(named).filter(|name| !name.eq_ignore_ascii_case("unknown"))
}

/// `(mx.example.com: domain of ann@example.net designates …)`. Mail::SPF puts the domain that it asked in this place:
/// `(example.net: 192.0.2.7 is authorized to use 'example.net' in 'helo' identity …)`. A word without a dot is the name of a program.
fn spf_commenter(value: &str) -> Option<&str> {
    let (_, comment) = value.split_once('(')?;
    let (named, said) = comment.split_once(':')?;
    let is_server = named.contains('.') && !said.contains("authorized to use");
    is_server.then_some(named)
}

/// The word behind the version.
fn milter_host(value: &str) -> Option<&str> {
    let mut words = value.split_ascii_whitespace().skip_while(|word| *word != "Filter").skip(1);
    let version = words.next()?;
    version.starts_with('v').then(|| words.next()).flatten()
}

/// The word behind the last ` on ` or ` at `, if nothing but a date or a comment follows.
fn behind_on_or_at(value: &str) -> Option<&str> {
    let place = value.rfind(" on ").max(value.rfind(" at "))?;
    let mut words = value.get(place + 4..)?.split_ascii_whitespace();
    let named = words.next()?;
    let ends = named.ends_with([';', ',']) || words.next().is_none_or(|next| next.starts_with('('));
    ends.then_some(named)
}

fn word_behind<'v>(value: &'v str, keyword: &str) -> Option<&'v str> {
    let mut words = value.split_ascii_whitespace();
    words.find(|word| word.eq_ignore_ascii_case(keyword))?;
    words.next()
}

/// The longest name that the DNS can hold (RFC 1035 section 2.3.4).
const LONGEST_NAME: usize = 255;

/// A word as the name or address of a server; absent where it cannot be one.
fn host(word: &str) -> Option<&str> {
    let name =
        word.trim().trim_matches(['<', '>', '(', ')', '[', ']', ',', ';', '"', '\'']).trim_end_matches('.');
    let is_of_names = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':');
    let is_name = name.len() <= LONGEST_NAME
        && name.bytes().all(is_of_names)
        && name.bytes().any(|byte| byte.is_ascii_alphanumeric());
    is_name.then_some(name)
}
