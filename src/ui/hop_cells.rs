//! The cells of a hop's row that tell of the way and the time. Those that name machines are in [`super::hop_machines`].

use yew::prelude::*;

use super::cut::{CELL, cut};
use super::icon::{Icon, IconView};
use super::zone::Zone;
use crate::report::{Hop, duration};

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
                    <bdi>{ cut(with, CELL) }</bdi>
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

/// The time in the zone of the reader's choice, and the date as written.
pub fn time(hop: &Hop, zone: Zone) -> Html {
    html! {
        <>
            if let Some(epoch) = hop.epoch {
                <time class="utc">{ zone.time(epoch, hop.utc_offset_minutes) }</time>
            } else {
                <span class="absent">{ "no readable date" }</span>
            }
            if let Some(written) = &hop.date_raw {
                <small><bdi>{ cut(written, CELL) }</bdi></small>
            }
        </>
    }
}

/// How long a hop took, in seconds: with the clocks put right where that changes something, else by the dates. Where the hop before has no
/// date, since the last one that has.
pub fn wait(hop: &Hop) -> Option<i64> {
    let since = hop.delay_since.map(|since| since.seconds);
    hop.corrected_delay_seconds.or(hop.delay_seconds).or(since)
}

/// A wait of a minute or more stands out: by weight and by the length of its bar, not by colour alone.
pub fn delay(hop: &Hop, longest: i64) -> Html {
    const SLOW: i64 = 60;
    let Some(seconds) = wait(hop) else {
        return html! { <span class="absent">{ if hop.index == 0 { "start" } else { "–" } }</span> };
    };
    let width = bar_width(seconds, longest);
    let by_the_dates = hop.delay_seconds.filter(|by_the_dates| *by_the_dates != seconds);
    html! {
        <>
            <span class={classes!("delay", (seconds >= SLOW).then_some("is-slow"))}>
                { duration::short(seconds) }
                <svg viewBox="0 0 60 8" aria-hidden="true">
                    <rect x={(BAR - width).to_string()} y="1" width={width.to_string()} height="6" />
                </svg>
            </span>
            if let Some(seconds) = by_the_dates {
                <small data-testid="raw-delay"><span class="hidden">{ "by the dates " }</span><s>{ duration::short(seconds) }</s></small>
            } else if let Some(since) = hop.delay_since {
                <small>{ format!("since hop {}", since.hop + 1) }</small>
            }
        </>
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
