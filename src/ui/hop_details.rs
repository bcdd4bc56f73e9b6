//! An opened hop: its line as it was written with the parts marked, the parts by name, and what else the server added.

use yew::prelude::*;

use super::cut::{CELL, LINE, cut};
use super::hop_parts::{Part, parts, pieces};
use super::state::{Action, Choice};
use crate::report::{Hop, Message, Report, Stratum, routes};

/// More fields than this are counted, not shown.
const SHOWN: usize = 40;

/// What [`details`] shows.
#[derive(Clone, Copy)]
pub struct Opened<'r> {
    /// The report.
    pub report: &'r Report,
    /// The message.
    pub message: usize,
    /// The hop's place in its route.
    pub hop: usize,
    /// The trace field that is chosen, by its place in the message.
    pub chosen_field: Option<usize>,
    /// Where events go.
    pub act: &'r Callback<Action>,
}

/// One opened hop. That a part and its place in the line light each other is left to the styles: the part at place `n` has the class
/// `part-n` here and there.
pub fn details(opened: Opened<'_>) -> Html {
    let message = opened.report.messages.get(opened.message);
    let Some((message, hop)) = message.and_then(|message| Some((message, message.hops.get(opened.hop)?)))
    else {
        return Html::default();
    };
    let parts = parts(hop);
    let group = format!("parts-{}", hop.index);
    html! {
        <div class="opened" data-testid="opened">
            <pre data-testid="raw">{ line(hop, &parts) }</pre>
            <dl class="parts">{ for parts.iter().enumerate().map(|(nth, part)| entry(nth, part, &group)) }</dl>
            { names(message, hop) }
            { added(opened, message, Some(hop.index), "Added by this server") }
            if hop.index == 0 {
                { added(opened, message, None, "Added by the sender’s side") }
            }
        </div>
    }
}

/// The line, or as much of it as is drawn, with its parts marked.
fn line(hop: &Hop, parts: &[Part<'_>]) -> Html {
    let shown = cut(&hop.raw, LINE);
    let length = hop.raw.char_indices().nth(LINE).map_or(hop.raw.len(), |(end, _)| end);
    let mut line: Vec<Html> = Vec::new();
    for piece in pieces(hop, parts, length) {
        let mut class = String::new();
        for nth in (0..parts.len()).filter(|nth| piece.parts & (1 << nth) != 0) {
            class.push_str(&format!(" part-{nth}"));
        }
        line.push(if class.is_empty() {
            html! { { piece.text } }
        } else {
            html! { <bdi class={format!("part{class}")}>{ piece.text }</bdi> }
        });
    }
    line.push(html! { { shown.get(length..).unwrap_or_default() } });
    line.into_iter().collect()
}

/// A part whose place is known can be chosen. The browser itself does the rest: one stop for the tab key, and the arrows go from part to
/// part.
fn entry(nth: usize, part: &Part<'_>, group: &str) -> Html {
    html! {
        <div class={format!("part-{nth}")}>
            <dt>
                if part.span.is_some() {
                    <label><input class="hidden" type="radio" name={group.to_owned()} data-testid="choose-part" />{ part.label }</label>
                } else {
                    { part.label }
                }
            </dt>
            <dd>
                { for part.values.iter().map(|value| html! { <bdi>{ cut(value, LINE) }</bdi> }) }
                { for part.beside.iter().map(|beside| html! { <small>{ beside }</small> }) }
            </dd>
        </div>
    }
}

/// Under which other names the two machines are seen.
fn names(message: &Message, hop: &Hop) -> Html {
    let by = hop.by_host.filter(|host| hop.from_host != Some(*host));
    let hosts = [hop.from_host, by].into_iter().flatten().filter_map(|host| message.hosts.get(host));
    hosts.filter_map(routes::also_known_as).map(|names| html! { <p>{ cut(&names, LINE) }</p> }).collect()
}

/// The trace fields that one server added, each a button that lights its lines in the source.
fn added(opened: Opened<'_>, message: &Message, hop: Option<usize>, title: &str) -> Html {
    let (mut fields, mut further, mut is_inferred) = (Vec::new(), 0, false);
    for (nth, stratum) in message.strata.iter().enumerate().filter(|(_, stratum)| stratum.hop == hop) {
        if fields.len() < SHOWN {
            fields.push(field(opened, nth, stratum));
            is_inferred |= !stratum.is_named;
        } else {
            further += 1;
        }
    }
    if fields.is_empty() {
        return Html::default();
    }
    html! {
        <div class="added" data-testid="added">
            <h3>{ title }</h3>
            <ul>
                { fields }
                if further > 0 {
                    <li>{ format!("and {further} more") }</li>
                }
            </ul>
            if is_inferred {
                <p>{ routes::ADDED_BY_PLACE }</p>
            }
        </div>
    }
}

fn field(opened: Opened<'_>, nth: usize, stratum: &Stratum) -> Html {
    let is_chosen = opened.chosen_field == Some(nth);
    let choice = Choice::Stratum(opened.message, nth);
    let act = opened.act.clone();
    html! {
        <li>
            <button
                type="button"
                class={classes!((!stratum.is_named).then_some("is-inferred"), is_chosen.then_some("is-lit"))}
                aria-pressed={is_chosen.to_string()}
                data-testid="choose-field"
                onclick={move |_| act.emit(Action::Chosen(choice))}
            >
                <bdi>{ cut(&stratum.name, CELL) }</bdi><small>{ format!("line {}", stratum.lines[0]) }</small>
            </button>
        </li>
    }
}
