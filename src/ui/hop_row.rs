//! One hop: a row of the table, and below it, on request, the line as it was written.

use std::rc::Rc;

use yew::prelude::*;

use super::cut::{CELL, LINE, cut};
use super::icon::{Icon, IconView};
use super::state::{Action, Choice};
use crate::report::{Hop, Report, duration};

/// What a [`HopRow`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The report.
    pub report: Rc<Report>,
    /// The message.
    pub message: usize,
    /// The hop's place in its route.
    pub hop: usize,
    /// Whether it is lit.
    pub is_lit: bool,
    /// The longest delay of the route in seconds, for the length of the bar.
    pub longest: i64,
    /// Where events go.
    pub act: Callback<Action>,
}

/// One hop.
#[component]
pub fn HopRow(props: &Props) -> Html {
    let is_open = use_state(|| false);
    let Some(hop) = props.report.messages.get(props.message).and_then(|message| message.hops.get(props.hop))
    else {
        return Html::default();
    };
    let choice = Choice::Hop(props.message, props.hop);
    let act = props.act.clone();
    let choose = Callback::from(move |_: MouseEvent| act.emit(Action::Chosen(choice)));
    let toggle = {
        let is_open = is_open.clone();
        Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            is_open.set(!*is_open);
        })
    };
    html! {
        <tbody>
            <tr
                class={classes!("hop", props.is_lit.then_some("is-lit"))}
                data-testid="hop"
                data-hop={hop.index.to_string()}
                data-lit={props.is_lit.then_some("true")}
                onclick={choose.clone()}
            >
                <th scope="row" class="hop-number">
                    <button type="button" class="number" data-testid="choose-hop" aria-pressed={props.is_lit.to_string()} aria-label={name(hop)}>
                        { hop.index + 1 }
                    </button>
                </th>
                <td class="hop-from">{ host(from(hop), from_detail(hop)) }</td>
                <td class="hop-by">{ host(hop.by.as_deref(), hop.software.clone()) }</td>
                <td class="hop-with">{ protocol(hop) }</td>
                <td class="hop-time">{ time(hop) }{ for hop.notes.iter().map(|note| html! { <small class="note">{ note }</small> }) }</td>
                <td class="hop-delay figure">{ delay(hop, props.longest) }</td>
                <td class="hop-line figure">
                    <button
                        type="button"
                        class={classes!("show-raw", is_open.then_some("is-open"))}
                        data-testid="show-raw"
                        aria-expanded={is_open.to_string()}
                        aria-label={format!("Line {} as written", hop.lines[0])}
                        onclick={toggle}
                    >
                        { hop.lines[0] }<IconView icon={Icon::Chevron} />
                    </button>
                </td>
            </tr>
            if *is_open {
                <tr class="raw-row"><td colspan="7"><pre data-testid="raw">{ cut(&hop.raw, LINE) }</pre></td></tr>
            }
        </tbody>
    }
}

/// The name of the row's button, which says the essence to those who do not see the row.
fn name(hop: &Hop) -> String {
    let from = from(hop).unwrap_or("not named");
    let by = hop.by.as_deref().unwrap_or("not named");
    let (from, by) = (cut(from, CELL), cut(by, CELL));
    format!("Hop {}, from {from} by {by}: light it in the source", hop.index + 1)
}

fn from(hop: &Hop) -> Option<&str> {
    hop.from_token.as_deref().or(hop.rdns.as_deref()).or(hop.ip.as_deref())
}

/// The address, and the reverse name where it is another than the one shown.
fn from_detail(hop: &Hop) -> Option<String> {
    let reverse = hop.rdns.as_deref().filter(|name| Some(*name) != hop.from_token.as_deref());
    let greeting = hop.helo.as_deref().filter(|name| Some(*name) != hop.from_token.as_deref());
    let parts: Vec<&str> = [reverse, greeting, hop.ip.as_deref()].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

fn host(name: Option<&str>, detail: Option<String>) -> Html {
    html! {
        <>
            if let Some(name) = name {
                <bdi class="host">{ cut(name, CELL) }</bdi>
            } else {
                <span class="absent">{ "not named" }</span>
            }
            if let Some(detail) = detail {
                <small><bdi>{ cut(&detail, CELL) }</bdi></small>
            }
        </>
    }
}

fn protocol(hop: &Hop) -> Html {
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

fn time(hop: &Hop) -> Html {
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
fn delay(hop: &Hop, longest: i64) -> Html {
    const SLOW: i64 = 60;
    let Some(seconds) = hop.delay_seconds else {
        return html! { <span class="absent">{ if hop.index == 0 { "start" } else { "–" } }</span> };
    };
    let width = bar_width(seconds, longest);
    html! {
        <span class={classes!("delay", (seconds >= SLOW).then_some("is-slow"))}>
            <svg viewBox="0 0 60 8" aria-hidden="true"><rect x={(60.0 - width).to_string()} y="1" width={width.to_string()} height="6" /></svg>
            { duration::short(seconds) }
        </span>
    }
}

/// The length of the bar, of 60 units at most. Logarithmic, so that seconds still show beside hours.
fn bar_width(seconds: i64, longest: i64) -> f64 {
    if seconds <= 0 || longest <= 0 {
        return 1.0;
    }
    let share = (1.0 + seconds as f64).ln() / (1.0 + longest as f64).ln();
    (60.0 * share).max(2.0).round()
}
