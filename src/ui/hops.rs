//! The hop chain as a table, the oldest hop first.

use std::rc::Rc;

use yew::prelude::*;

use super::axis::{controls, use_axis};
use super::diagram::Diagram;
use super::hop_cells::wait;
use super::hop_row::HopRow;
use super::state::{Action, Choice, LitLines, counted, is_lit};
use super::turner::{Turner, use_part};
use crate::report::{Hop, Report, duration, routes};

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
    let lit = hops.iter().position(|hop| is_lit(&props.lit, hop.lines));
    let axis = use_axis();
    let (shown, turn) = use_part(hops.len(), lit);
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
    let row = |hop: &Hop| {
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
    html! {
        <section class="panel" aria-labelledby="hops-title">
            <header class="panel-head">
                <h2 id="hops-title">{ "Route" }</h2>
                <p>{ summary(hops) }</p>
                { controls(hops, &axis) }
                <Turner labels={["Earlier hops", "Later hops"]} total={hops.len()} shown={shown.clone()} {turn} />
            </header>
            <Diagram report={Rc::clone(&props.report)} message={props.message} lit={Rc::clone(&props.lit)} axis={*axis} act={props.act.clone()} />
            <div class="scroll" role="region" aria-labelledby="hops-title" tabindex="0">
                <table class="hops" data-testid="hops">
                    <caption class="hidden">{ format!("{}, the oldest first", counted(hops.len(), "hop")) }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ "Hop" }</th>
                            <th scope="col">{ "From" }</th>
                            <th scope="col">{ "By" }</th>
                            <th scope="col">{ "Protocol, TLS" }</th>
                            <th scope="col">{ "Received (UTC, and as written)" }</th>
                            <th scope="col" class="figure">{ "Delay" }</th>
                            <th scope="col" class="figure">{ "Line" }</th>
                        </tr>
                    </thead>
                    { for hops.get(shown).unwrap_or_default().iter().map(row) }
                </table>
            </div>
        </section>
    }
}

fn summary(hops: &[Hop]) -> String {
    let count = counted(hops.len(), "hop");
    match routes::total_seconds(hops) {
        Some(seconds) if hops.len() > 1 => format!("{count} · {} · oldest first", duration::short(seconds)),
        _ => format!("{count} · oldest first"),
    }
}
