//! The cells of a hop's row.

use yew::prelude::*;

use super::cut::{CELL, cut};
use super::icon::{Icon, IconView};
use crate::report::{Hop, duration};

/// The name under which the client is shown: the word after `from`, else its reverse name or address.
pub fn from(hop: &Hop) -> Option<&str> {
    hop.from_token.as_deref().or(hop.rdns.as_deref()).or(hop.ip.as_deref())
}

/// The client's other names where they differ from the one shown, and its address.
pub fn from_detail(hop: &Hop) -> Option<String> {
    let reverse = hop.rdns.as_deref().filter(|name| Some(*name) != hop.from_token.as_deref());
    let greeting = hop.helo.as_deref().filter(|name| Some(*name) != hop.from_token.as_deref());
    let parts: Vec<&str> = [reverse, greeting, hop.ip.as_deref()].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// A host, and what is known of it.
pub fn host(name: Option<&str>, detail: Option<String>) -> Html {
    html! {
        <>
            if let Some(name) = name {
                <bdi class="host">{ breakable(&cut(name, CELL)) }</bdi>
            } else {
                <span class="absent">{ "not named" }</span>
            }
            if let Some(detail) = detail {
                <small><bdi>{ cut(&detail, CELL) }</bdi></small>
            }
        </>
    }
}

/// A host's name that may go on in the next line behind each dot.
fn breakable(name: &str) -> Html {
    let part = |part: &str| html! { <>{ part.to_owned() }<wbr /></> };
    name.split_inclusive('.').map(part).collect()
}

/// The protocol, and whether the connection was encrypted.
pub fn protocol(hop: &Hop) -> Html {
    let (icon, meaning) = match hop.encrypted.as_str() {
        "yes" => (Some(Icon::Locked), Some("encrypted")),
        "no" => (Some(Icon::Unlocked), Some("not encrypted")),
        "same-machine" => (None, Some("on one machine")),
        _ => (None, None),
    };
    let version = hop.tls.as_ref().and_then(|tls| tls.version.clone());
    let cipher = hop.tls.as_ref().and_then(|tls| tls.cipher.clone());
    let detail = version.or_else(|| meaning.map(str::to_owned));
    html! {
        <>
            <span class="protocol" title={cipher}>
                if let Some(icon) = icon {
                    <IconView {icon} />
                }
                if let Some(with) = &hop.with {
                    { cut(with, CELL) }
                } else {
                    <span class="absent">{ "not named" }</span>
                }
            </span>
            if let Some(detail) = detail {
                <small>{ detail }</small>
            }
        </>
    }
}

/// The time in UTC, and the date as written.
pub fn time(hop: &Hop) -> Html {
    html! {
        <>
            if let Some(epoch) = hop.epoch {
                <time class="utc">{ duration::utc(epoch) }</time>
            } else {
                <span class="absent">{ "no readable date" }</span>
            }
            if let Some(written) = &hop.date_raw {
                <small><bdi>{ cut(written, CELL) }</bdi></small>
            }
        </>
    }
}

/// A wait of a minute or more stands out: by weight and by the length of its bar, not by colour alone.
pub fn delay(hop: &Hop, longest: i64) -> Html {
    const SLOW: i64 = 60;
    let Some(seconds) = hop.delay_seconds else {
        return html! { <span class="absent">{ if hop.index == 0 { "start" } else { "–" } }</span> };
    };
    let width = bar_width(seconds, longest);
    html! {
        <span class={classes!("delay", (seconds >= SLOW).then_some("is-slow"))}>
            { duration::short(seconds) }
            <svg viewBox="0 0 60 8" aria-hidden="true">
                <rect x={(BAR - width).to_string()} y="1" width={width.to_string()} height="6" />
            </svg>
        </span>
    }
}

/// The length of the longest bar.
const BAR: u32 = 60;

/// The length of a bar. Logarithmic, so that seconds still show beside hours.
fn bar_width(seconds: i64, longest: i64) -> u32 {
    if seconds <= 0 || longest <= 0 {
        return 1;
    }
    let share = (1.0 + seconds as f64).ln() / (1.0 + longest as f64).ln();
    ((f64::from(BAR) * share).round() as u32).clamp(2, BAR)
}
