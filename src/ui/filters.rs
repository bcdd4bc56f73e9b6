//! What filters wrote, taken apart: each code as written, what it means, and whether that is documented or a guess.

use std::rc::Rc;

use yew::prelude::*;

use super::cut::{CELL, cut};
use super::known_from::known_from;
use super::line_button::LineButton;
use super::props::ChoiceProps;
use super::state::counted;
use super::turner::{Turner, use_part};
use super::window::ROWS;
use crate::report::fields::{at, server};
use crate::report::{Filter, FilterMeaning, Message};

/// The table of verdicts; nothing where no filter wrote anything that is understood.
#[component]
pub fn Filters(props: &ChoiceProps) -> Html {
    let message = props.report.messages.get(props.message);
    let filters = message.map(|message| message.filters.as_slice()).unwrap_or_default();
    // A row for each field, and one for each of its codes.
    let rows: Vec<(&Filter, Option<&FilterMeaning>)> = filters
        .iter()
        .flat_map(|filter| {
            let codes = filter.meanings.iter().map(move |meaning| (filter, Some(meaning)));
            std::iter::once((filter, None)).chain(codes)
        })
        .collect();
    let (shown, turn) = use_part(rows.len(), ROWS, None);
    let Some(message) = message.filter(|_| !rows.is_empty()) else {
        return Html::default();
    };
    let draw = |(filter, meaning): &(&Filter, Option<&FilterMeaning>)| match meaning {
        Some(meaning) => code(meaning),
        None => head(props, message, filter),
    };
    html! {
        <section class="panel" aria-labelledby="filters-title">
            <header class="panel-head">
                <h2 id="filters-title">{ "Filter verdicts" }</h2>
                <p>{ counted(filters.len(), "field") }</p>
                <Turner labels={["Previous codes", "Next codes"]} total={rows.len()} shown={shown.clone()} {turn} />
            </header>
            <div class="scroll" role="region" aria-label="Table of filter verdicts" tabindex="0">
                <table class="fields filters" data-testid="filters">
                    <caption class="hidden">{ "What filters wrote, and what it means" }</caption>
                    <thead>
                        <tr><th scope="col">{ "As written" }</th><th scope="col">{ "Meaning" }</th><th scope="col">{ "Known from" }</th></tr>
                    </thead>
                    <tbody>{ for rows.get(shown).unwrap_or_default().iter().map(draw) }</tbody>
                </table>
            </div>
        </section>
    }
}

/// A field: the product, its verdict, and which server wrote it.
fn head(props: &ChoiceProps, message: &Message, filter: &Filter) -> Html {
    let server = filter.hop.and_then(|hop| server(message, hop));
    html! {
        <tr class="filter-head" data-testid="filter">
            <th colspan="3">
                <b>{ cut(&filter.field, CELL) }</b>
                <span>
                    { &filter.product }
                    if let Some(server) = server {
                        { " on " }<bdi>{ cut(server, CELL) }</bdi>
                    }
                    if let Some(verdict) = &filter.verdict {
                        { ": " }{ verdict }
                    }
                </span>
                <LineButton
                    report={Rc::clone(&props.report)}
                    message={props.message}
                    field={at(message, filter.span[0])}
                    choice={props.choice}
                    act={props.act.clone()}
                />
            </th>
        </tr>
    }
}

fn code(meaning: &FilterMeaning) -> Html {
    let written = if meaning.value.is_empty() {
        meaning.key.clone()
    } else {
        format!("{} {}", meaning.key, meaning.value)
    };
    html! {
        <tr data-testid="code">
            <td class="field-value"><bdi>{ cut(&written, CELL) }</bdi></td>
            <td>{ cut(&meaning.text, CELL) }</td>
            <td class="filter-source">{ known_from(&meaning.source) }</td>
        </tr>
    }
}
