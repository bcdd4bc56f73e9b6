//! One hop: a row of the table, what there is to say of it, and below that, on request, its line as it was written.

use std::rc::Rc;

use yew::prelude::*;

use super::cut::{CELL, cut};
use super::hop_cells::{delay, protocol, time};
use super::hop_details::{Opened, details};
use super::hop_machines::{client, from, server};
use super::icon::{Icon, IconView};
use super::state::{Action, Choice};
use super::zone::Zone;
use crate::report::routes::{self, Remark, RemarkSort};
use crate::report::{Hop, Message, Report};

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
    /// The trace field of this hop that is chosen, by its place in the message.
    pub chosen_field: Option<usize>,
    /// The longest delay of the route in seconds, for the length of the bar.
    pub longest: i64,
    /// Where events go.
    pub act: Callback<Action>,
}

/// One hop.
#[component]
pub fn HopRow(props: &Props) -> Html {
    let is_open = use_state(|| false);
    let zone = use_context::<Zone>().unwrap_or_default();
    let message = props.report.messages.get(props.message);
    let Some((message, hop)) = message.and_then(|message| Some((message, message.hops.get(props.hop)?)))
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
    let lit = props.is_lit.then_some("is-lit");
    let remarks = routes::remarks_on_hop(message, hop);
    html! {
        <tbody class={classes!(side(message, hop), rail(message, hop))}>
            if let Some(sentence) = routes::boundary(message, hop) {
                <tr class="boundary" data-testid="boundary"><td colspan="7"><p>{ cut(&sentence, CELL) }</p></td></tr>
            }
            <tr
                class={classes!("hop", lit)}
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
                <td class="hop-from">{ client(&message.hosts, hop) }</td>
                <td class="hop-by">{ server(&message.hosts, hop) }</td>
                <td class="hop-with">{ protocol(hop) }</td>
                <td class="hop-time">{ time(hop, zone) }</td>
                <td class="hop-delay figure">{ delay(hop, props.longest) }</td>
                <td class="hop-line figure">
                    <button
                        type="button"
                        class={classes!("show-raw", is_open.then_some("is-open"))}
                        data-testid="show-raw"
                        aria-expanded={is_open.to_string()}
                        aria-label={format!("Line {} as written, and its parts", hop.lines[0])}
                        onclick={toggle}
                    >
                        { hop.lines[0] }<IconView icon={Icon::Chevron} />
                    </button>
                </td>
            </tr>
            if !remarks.is_empty() {
                <tr class={classes!("hop-remarks", lit)} onclick={choose}>
                    <td />
                    <td colspan="6"><ul>{ for remarks.iter().map(remark) }</ul></td>
                </tr>
            }
            if *is_open {
                <tr class="raw-row">
                    <td />
                    <td colspan="6">
                        { details(Opened {
                            report: &props.report,
                            message: props.message,
                            hop: props.hop,
                            chosen_field: props.chosen_field,
                            act: &props.act,
                        }) }
                    </td>
                </tr>
            }
        </tbody>
    }
}

/// Lines that the receiving side did not write are quieter.
fn side(message: &Message, hop: &Hop) -> Option<&'static str> {
    message.boundary.as_ref().filter(|boundary| hop.index < boundary.hop).map(|_| "is-of-others")
}

/// A rail joins the numbers of hops on one machine: where it starts, goes through and ends.
fn rail(message: &Message, hop: &Hop) -> Option<&'static str> {
    let place = message.stations.partition_point(|station| station.last < hop.index);
    let station = message.stations.get(place).filter(|station| station.first < station.last)?;
    Some(match hop.index {
        index if index == station.last => "rail-ends",
        index if index == station.first => "rail-starts",
        _ => "rail-goes-on",
    })
}

fn remark(remark: &Remark) -> Html {
    let is_warning = remark.sort == RemarkSort::Warning;
    html! {
        <li class={classes!(is_warning.then_some("is-warning"))} data-testid="remark">
            if is_warning {
                <IconView icon={Icon::Medium} /><span class="hidden">{ "Warning: " }</span>
            }
            { cut(&remark.text, CELL) }
        </li>
    }
}

/// The name of the row's button, which says the essence to those who do not see the row.
fn name(hop: &Hop) -> String {
    let from = from(hop).unwrap_or("not named");
    let by = hop.by.as_deref().unwrap_or("not named");
    let (from, by) = (cut(from, CELL), cut(by, CELL));
    format!("Hop {}, from {from} by {by}: light it in the source", hop.index + 1)
}
