//! The hop chain as a table, the oldest hop first.

use std::rc::Rc;

use yew::prelude::*;

use super::axis::{controls, use_axis};
use super::copy_button::CopyButton;
use super::diagram::Diagram;
use super::hop_cells::wait;
use super::hop_fold::fold;
use super::hop_head::head;
use super::hop_order::{Order, Row, insides, rows};
use super::hop_row::HopRow;
use super::state::{Action, Choice, LitLines, counted, is_lit};
use super::turner::{Turner, use_part};
use super::window::ROWS;
use super::zone::Zone;
use crate::report::{Hop, Report, csv, duration, routes};

/// What [`Hops`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The report.
    pub report: Rc<Report>,
    /// The message whose hops are shown.
    pub message: usize,
    /// What was chosen.
    pub choice: Option<Choice>,
    /// The lines that are lit.
    pub lit: Rc<Vec<LitLines>>,
    /// Where events go.
    pub act: Callback<Action>,
}

/// The table of hops.
#[component]
pub fn Hops(props: &Props) -> Html {
    let message = props.report.messages.get(props.message);
    let hops = message.map(|message| message.hops.as_slice()).unwrap_or_default();
    let zone = use_context::<Zone>().unwrap_or_default();
    let make_csv = use_callback((Rc::clone(&props.report), props.message), |(), (report, message)| {
        csv::write_message(report, *message)
    });
    let axis = use_axis();
    let order = use_state(|| Order::HEADER);
    let opened = use_state(Vec::<usize>::new);
    let insides = use_memo((Rc::clone(&props.report), props.message), |(report, message)| {
        report.messages.get(*message).map(insides).unwrap_or_default()
    });
    let rows = use_memo(
        (Rc::clone(&props.report), insides, *order, opened.clone(), Rc::clone(&props.lit)),
        |(_, insides, order, opened, lit)| {
            let is_open = |first: usize, inside: &[Hop]| {
                opened.contains(&first) || inside.iter().any(|hop| is_lit(lit, hop.lines))
            };
            rows(hops, *order, insides, is_open)
        },
    );
    let lit = hops.iter().find(|hop| is_lit(&props.lit, hop.lines));
    let lit = lit.and_then(|hop| rows.iter().position(|row| row.has(hop.index)));
    let (shown, turn) = use_part(rows.len(), ROWS, lit);
    let toggle = {
        let opened = opened.clone();
        Callback::from(move |hop: usize| {
            let mut now: Vec<usize> = opened.iter().copied().filter(|other| *other != hop).collect();
            if now.len() == opened.len() {
                now.push(hop);
            }
            opened.set(now);
        })
    };
    if hops.is_empty() {
        return Html::default();
    }
    let longest = hops.iter().filter_map(wait).max().unwrap_or_default();
    // The chosen trace field, and the hop under which it is listed: what the sender's side added, under the oldest.
    let field = match props.choice {
        Some(Choice::Stratum(of, nth)) if of == props.message => message
            .and_then(|message| message.strata.get(nth))
            .map(|stratum| (nth, stratum.hop.unwrap_or_default())),
        _ => None,
    };
    let row = |row: &Row| {
        let hop = match row {
            Row::Hop(hop) => hops.get(*hop),
            Row::Inside(inside, is_open) => {
                return message
                    .map(|message| fold(message, *inside, *is_open, toggle.clone()))
                    .unwrap_or_default();
            }
        };
        let Some(hop) = hop else { return Html::default() };
        html! {
            <HopRow
                key={hop.index}
                report={Rc::clone(&props.report)}
                message={props.message}
                hop={hop.index}
                is_lit={is_lit(&props.lit, hop.lines)}
                chosen_field={field.filter(|(_, of)| *of == hop.index).map(|(nth, _)| nth)}
                {longest}
                act={props.act.clone()}
            />
        }
    };
    let sort = {
        let order = order.clone();
        Callback::from(move |column| order.set(order.clicked(column)))
    };
    let order_words = order.words();
    let is_header = *order == Order::HEADER;
    let back = {
        let order = order.clone();
        move |_: MouseEvent| order.set(Order::HEADER)
    };
    html! {
        <section class="panel" aria-labelledby="hops-title">
            <header class="panel-head">
                <h2 id="hops-title">{ "Route" }</h2>
                <p>{ summary(hops, *order) }</p>
                { controls(hops, &axis) }
                <Turner labels={["Earlier hops", "Later hops"]} total={rows.len()} shown={shown.clone()} {turn} />
            </header>
            <Diagram report={Rc::clone(&props.report)} message={props.message} lit={Rc::clone(&props.lit)} axis={*axis} act={props.act.clone()} />
            if !is_header {
                <p class="sorted" data-testid="sorted">
                    { "A view: the header itself tells the hops one after the other, the oldest first." }
                    <button type="button" class="button is-small" data-testid="unsort" onclick={back}>{ "Back to that order" }</button>
                </p>
            }
            <p class="table-tools">
                <CopyButton label="Copy as CSV" make={make_csv} class="is-small is-quiet" test_id="copy-csv" />
            </p>
            <div class="scroll" role="region" aria-label="Table of hops" tabindex="0">
                <table class={classes!("hops", (!is_header).then_some("is-sorted"))} data-testid="hops">
                    <caption class="hidden">{ format!("{}, {}", counted(hops.len(), "hop"), order_words) }</caption>
                    { head(*order, &zone.heading(), &sort) }
                    // A list of its own: when its length changes, the head with the focus stays the same.
                    <>{ for rows.get(shown).unwrap_or_default().iter().map(row) }</>
                </table>
            </div>
        </section>
    }
}

fn summary(hops: &[Hop], order: Order) -> String {
    let (count, order) = (counted(hops.len(), "hop"), order.words());
    match routes::total_seconds(hops) {
        Some(seconds) if hops.len() > 1 => format!("{count} · {} · {order}", duration::short(seconds)),
        _ => format!("{count} · {order}"),
    }
}
