//! One hop: a row of the table, and below it, on request, the line as it was written.

use std::rc::Rc;

use yew::prelude::*;

use super::cut::{CELL, LINE, cut};
use super::hop_cells::{delay, from, from_detail, host, protocol, time};
use super::icon::{Icon, IconView};
use super::state::{Action, Choice};
use crate::report::{Hop, Report};

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
                onclick={choose}
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
