//! All fields of the header in their order, with who added each; a search keeps those that hold the words.

use std::rc::Rc;

use yew::prelude::*;

use super::header_row::HeaderRow;
use super::props::LinesProps;
use super::search_box::SearchBox;
use super::source_lines::Found;
use super::state::{Choice, counted, is_lit};
use super::turner::{Turner, use_part};
use super::window::ROWS;
use crate::report::Report;
use crate::report::fields::{Row, matching, rows};

/// The table of fields; nothing where the message has none, or its lines cannot be had.
#[component]
pub fn Headers(props: &LinesProps) -> Html {
    let of = (Rc::clone(&props.report), props.message, props.found.clone());
    let fields = use_memo(of, |(report, message, found)| fields(report, *message, found));
    let words = use_state(AttrValue::default);
    let kept = use_memo((Rc::clone(&fields), (*words).clone()), |(fields, words)| matching(fields, words));
    let chosen = match props.choice {
        Some(Choice::Field(of, nth)) if of == props.message => Some(nth),
        _ => None,
    };
    let anchor = chosen.and_then(|nth| kept.binary_search(&nth).ok());
    let (shown, turn) = use_part(kept.len(), ROWS, anchor);
    if fields.is_empty() {
        return Html::default();
    }
    let search = {
        let words = words.clone();
        Callback::from(move |typed: String| words.set(typed.into()))
    };
    let row = |nth: &usize| {
        let row = fields.get(*nth)?;
        Some(html! {
            <HeaderRow
                key={*nth}
                report={Rc::clone(&props.report)}
                message={props.message}
                row={row.clone()}
                is_open={chosen == Some(*nth)}
                is_lit={is_lit(&props.lit, row.lines)}
                act={props.act.clone()}
            />
        })
    };
    html! {
        <section class="panel headers" aria-labelledby="headers-title">
            <header class="panel-head">
                <h2 id="headers-title">{ "Headers" }</h2>
                <p role="status" data-testid="field-count">{ count(kept.len(), fields.len(), &words) }</p>
                <span class="panel-end">
                    <SearchBox label="Search the headers" testid="search-headers" words={(*words).clone()} {search} />
                </span>
                <Turner labels={["Previous fields", "Next fields"]} total={kept.len()} shown={shown.clone()} {turn} />
            </header>
            <div class="scroll" role="region" aria-label="Table of fields" tabindex="0">
                <table class="fields" data-testid="headers">
                    <caption class="hidden">{ "The fields of the header, topmost first" }</caption>
                    <thead>
                        <tr>
                            <th scope="col" class="figure">{ "Line" }</th>
                            <th scope="col">{ "Field" }</th>
                            <th scope="col">{ "Value" }</th>
                            <th scope="col">{ "Added by" }</th>
                        </tr>
                    </thead>
                    { for kept.get(shown).unwrap_or_default().iter().filter_map(row) }
                </table>
            </div>
        </section>
    }
}

fn fields(report: &Report, message: usize, found: &Found) -> Vec<Row> {
    match (report.messages.get(message), found) {
        (Some(message), Found::Lines(lines)) => rows(message, lines),
        _ => Vec::new(),
    }
}

fn count(kept: usize, all: usize, words: &str) -> String {
    match kept {
        _ if words.trim().is_empty() => format!("{}, topmost first", counted(all, "field")),
        0 => format!("None of the {} holds that", counted(all, "field")),
        _ => format!("{kept} of {}", counted(all, "field")),
    }
}
