//! Why not something else: what looks like something that is looked for, and why it is not that, each with the lines that show it.

use yew::prelude::*;

use super::cut::{CELL, cut};
use super::props::ChoiceProps;
use super::state::{Action, Choice, counted};
use crate::report::NearMiss;

/// More than these are counted, not shown.
const SHOWN: usize = 12;

/// The near misses of the message that is shown; nothing where there is none.
#[component]
pub fn NearMisses(props: &ChoiceProps) -> Html {
    let is_of = |miss: &NearMiss| miss.evidence.iter().any(|evidence| evidence.message == props.message);
    let all = props.report.near_misses.iter().enumerate();
    let own: Vec<(usize, &NearMiss)> = all.filter(|(_, miss)| is_of(miss)).collect();
    if own.is_empty() {
        return Html::default();
    }
    let further = own.len().saturating_sub(SHOWN);
    html! {
        <section class="panel near" aria-labelledby="near-title" data-testid="near-misses">
            <header class="panel-head">
                <h2 id="near-title">{ "Why not something else" }</h2>
                <p>{ counted(own.len(), "look-alike") }</p>
            </header>
            <ul>
                { for own.iter().take(SHOWN).map(|(place, miss)| entry(props, *place, miss)) }
                if further > 0 {
                    <li>{ format!("And {further} more.") }</li>
                }
            </ul>
        </section>
    }
}

fn entry(props: &ChoiceProps, place: usize, miss: &NearMiss) -> Html {
    let choice = Choice::NearMiss(place);
    let is_chosen = props.choice == Some(choice);
    let act = props.act.clone();
    let lines: Vec<String> = miss.evidence.iter().map(|evidence| evidence.lines[0].to_string()).collect();
    let word = if lines.len() == 1 { "Line" } else { "Lines" };
    html! {
        <li class={classes!(is_chosen.then_some("is-chosen"))} data-testid="near-miss">
            <h3>{ "Not “" }<a href={format!("#{}", miss.id)}>{ &miss.title }</a>{ "”" }</h3>
            <p><bdi>{ cut(&miss.looks_like, CELL) }</bdi>{ " " }<bdi>{ cut(&miss.because, CELL) }</bdi></p>
            <button
                type="button"
                class={classes!("line-button", is_chosen.then_some("is-chosen"))}
                data-testid="choose-near-miss"
                aria-pressed={is_chosen.to_string()}
                onclick={move |_| act.emit(Action::Chosen(choice))}
            >
                { format!("{word} {}", lines.join(", ")) }
            </button>
        </li>
    }
}
