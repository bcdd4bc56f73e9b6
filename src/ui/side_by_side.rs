//! Two copies side by side: their hops from the origin on, and the fields in which they differ.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::arrivals::set_of;
use super::cut::{CELL, LINE, cut};
use super::icon::{Icon, IconView};
use super::state::counted;
use super::window::around;
use super::zone::Zone;
use crate::report::copies::compare::{Comparison, Field, Line, compare};
use crate::report::{CopySet, Hop, Message, Report};

/// What [`SideBySide`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The report.
    pub report: Rc<Report>,
    /// The set, by its place in the report.
    pub set: usize,
    /// The two members.
    pub pair: [usize; 2],
    /// Two other members are to be compared.
    pub compare: Callback<[usize; 2]>,
}

/// Of longer routes so many lines are drawn around the place where they part.
const LINES: usize = 80;

const LETTERS: [&str; 2] = ["A", "B"];

/// The comparison; nothing where there are no two copies.
#[component]
pub fn SideBySide(props: &Props) -> Html {
    let comparison = use_memo((Rc::clone(&props.report), props.set, props.pair), |(report, set, pair)| {
        set_of(report, *set).map(|set| compare(report, set, *pair)).unwrap_or_default()
    });
    let zone = use_context::<Zone>().unwrap_or_default();
    let Some(set) = set_of(&props.report, props.set) else { return Html::default() };
    let message = |member: usize| props.report.messages.get(set.members.get(member)?.message);
    let [Some(one), Some(other)] = props.pair.map(message) else { return Html::default() };
    html! {
        <section class="panel side-by-side" aria-labelledby="side-title" data-testid="side-by-side">
            <header class="panel-head">
                <h2 id="side-title">{ "Side by side" }</h2>
                <p>{ format!("{} · {}", summary(&comparison), zone.heading()) }</p>
                { choosers(props, set) }
            </header>
            { hops(&comparison, [one, other], zone) }
            { fields(&comparison) }
        </section>
    }
}

fn summary(comparison: &Comparison) -> String {
    match (comparison.common(), comparison.parts_at()) {
        (_, None) => "the same hops from the origin to the end".to_owned(),
        (0, _) => "no hop in common from the origin".to_owned(),
        (common, _) => format!("{} in common from the origin", counted(common, "hop")),
    }
}

/// The numbers of the two messages; a list of ten thousand is no help to anybody.
fn choosers(props: &Props, set: &CopySet) -> Html {
    let number = |member: usize| set.members.get(member).map_or(0, |member| member.message + 1);
    let last = set.messages.iter().max().map_or(1, |message| message + 1);
    let chooser = |side: usize| {
        let (compare, pair, report, place) =
            (props.compare.clone(), props.pair, Rc::clone(&props.report), props.set);
        let onchange = move |event: Event| {
            let typed = event
                .target_dyn_into::<HtmlInputElement>()
                .and_then(|input| input.value().parse::<usize>().ok());
            let members = set_of(&report, place).map(|set| set.members.as_slice()).unwrap_or_default();
            let member =
                typed.and_then(|number| members.iter().position(|member| member.message + 1 == number));
            match (member, pair, side) {
                (Some(member), [_, other], 0) => compare.emit([member, other]),
                (Some(member), [one, _], _) => compare.emit([one, member]),
                (None, ..) => {}
            }
        };
        let name = LETTERS.get(side).copied().unwrap_or_default();
        html! {
            <label>
                { format!("{name}: message ") }
                <input type="number" min="1" max={last.to_string()} value={number(props.pair.get(side).copied().unwrap_or(0)).to_string()} {onchange} data-testid="compared" />
            </label>
        }
    };
    html! { <span class="panel-end side-choosers">{ chooser(0) }{ chooser(1) }</span> }
}

fn hops(comparison: &Comparison, messages: [&Message; 2], zone: Zone) -> Html {
    let parts_at = comparison.parts_at();
    let total = comparison.lines.len();
    let shown = around(total, LINES, parts_at.unwrap_or(0));
    let row = |nth: usize| {
        let line = comparison.lines.get(nth)?;
        Some(html! {
            <>
                if parts_at == Some(nth) && nth > 0 {
                    <tr class="parts-here"><th colspan="3" scope="rowgroup">{ "They part here" }</th></tr>
                }
                { hop_row(line, messages, zone) }
            </>
        })
    };
    let further = total - shown.len();
    html! {
        <div class="scroll" role="region" aria-label="Hops side by side" tabindex="0">
            <table class="sides" data-testid="sides">
                <caption class="hidden">{ "Hops of both copies, the oldest first" }</caption>
                <thead>
                    <tr><th scope="col">{ "A" }</th><th scope="col"><span class="hidden">{ "In common" }</span></th><th scope="col">{ "B" }</th></tr>
                </thead>
                <tbody>{ for shown.filter_map(row) }</tbody>
            </table>
            if further > 0 {
                <p class="panel-foot">{ format!("And {} in the tables of hops only.", counted(further, "more line")) }</p>
            }
        </div>
    }
}

fn hop_row(line: &Line, messages: [&Message; 2], zone: Zone) -> Html {
    let cell = |side: usize| {
        let hop = line.hops.get(side).copied().flatten();
        let hop = hop.and_then(|hop| messages.get(side)?.hops.get(hop));
        html! { <td class={classes!(hop.is_none().then_some("is-empty"))}>{ for hop.map(|hop| hop_cell(side, hop, zone)) }</td> }
    };
    let (sign, words) = if line.is_common { ("=", "one hop") } else { ("", "not in common") };
    html! {
        <tr class={classes!(line.is_common.then_some("is-common"))} data-testid="side-line">
            { cell(0) }
            <td class="side-sign"><span aria-hidden="true">{ sign }</span><span class="hidden">{ words }</span></td>
            { cell(1) }
        </tr>
    }
}

fn hop_cell(side: usize, hop: &Hop, zone: Zone) -> Html {
    let letter = LETTERS.get(side).copied().unwrap_or_default();
    // `from mail pickup service` names no machine.
    let token = hop.from_token.as_deref().or(hop.ip.as_deref()).filter(|_| hop.kind != "pickup");
    let from = token.unwrap_or(if hop.kind == "pickup" { "pickup" } else { "–" });
    let when =
        hop.epoch.map_or_else(|| "no date".to_owned(), |epoch| zone.time(epoch, hop.utc_offset_minutes));
    let id = hop.id.as_deref().map(|id| format!(" · {}", cut(id, CELL))).unwrap_or_default();
    html! {
        <div class="side-hop">
            <span class="number is-small">{ format!("{letter}{}", hop.index + 1) }</span>
            <span>
                <bdi class="host">{ cut(from, CELL) }</bdi>{ " → " }<bdi class="host">{ cut(hop.by.as_deref().unwrap_or("–"), CELL) }</bdi>
                <small>{ when }<bdi>{ id }</bdi></small>
            </span>
        </div>
    }
}

fn fields(comparison: &Comparison) -> Html {
    let equal = comparison.equal.len();
    html! {
        <div class="side-fields">
            if comparison.differing.is_empty() {
                <p>{ "None of the fields compared differs." }</p>
            } else {
                { table("Fields that differ", &comparison.differing) }
            }
            if equal > 0 {
                <details>
                    <summary><IconView icon={Icon::Chevron} />{ format!("{} with the same value", counted(equal, "field")) }</summary>
                    <dl>
                        { for comparison.equal.iter().map(|field| html! { <><dt>{ field.name }</dt><dd>{ value(field, 0) }</dd></> }) }
                    </dl>
                </details>
            }
        </div>
    }
}

fn table(name: &'static str, fields: &[Field]) -> Html {
    let row = |field: &Field| {
        html! {
            <tr>
                <th scope="row">{ field.name }</th>
                <td><span class="side-mark" aria-hidden="true">{ "A" }</span>{ value(field, 0) }</td>
                <td><span class="side-mark" aria-hidden="true">{ "B" }</span>{ value(field, 1) }</td>
            </tr>
        }
    };
    html! {
        <table class="differing" data-testid="differing">
            <caption>{ name }</caption>
            <thead><tr><th scope="col">{ "Field" }</th><th scope="col">{ "A" }</th><th scope="col">{ "B" }</th></tr></thead>
            <tbody>{ for fields.iter().map(row) }</tbody>
        </table>
    }
}

fn value(field: &Field, side: usize) -> Html {
    match field.values.get(side).and_then(Option::as_deref) {
        Some(value) => html! { <bdi>{ cut(value, LINE) }</bdi> },
        None => html! { <span class="absent">{ "not there" }</span> },
    }
}
