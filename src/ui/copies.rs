//! Several copies of one message: the verdict, who made them, and what each of them is.

use yew::prelude::*;

use super::cut::{LINE, cut};
use super::icon::{Icon, IconView};
use super::letters;
use super::props::MessageProps;
use super::state::{Action, counted};
use crate::report::{CopyMaker, CopyMember, CopySet, copies};

/// The sets of copies; nothing where there are none. Messages that only look alike are told of where there are no copies.
#[component]
pub fn CopiesView(props: &MessageProps) -> Html {
    let (sets, further) = copies::shown(&props.report);
    if sets.is_empty() {
        return Html::default();
    }
    html! {
        <section class="panel copies" aria-labelledby="copies-title" data-testid="copies">
            <header class="panel-head">
                <h2 id="copies-title">{ "Copies" }</h2>
                <p>{ counted(sets.len() + further, "set") }</p>
            </header>
            <ol>
                { for sets.into_iter().map(|set| view(props, set)) }
                if further > 0 {
                    <li class="copy-set"><p>{ format!("And {further} more sets of copies.") }</p></li>
                }
            </ol>
        </section>
    }
}

fn view(props: &MessageProps, set: &CopySet) -> Html {
    let makers = set.makers.iter().take(copies::LISTED);
    html! {
        <li class="copy-set" data-testid="copy-set">
            <p><b>{ cut(&set.sentence, LINE) }</b></p>
            { for copies::reasons(set).into_iter().chain(copies::spread(set)).map(|line| html! { <p class="why">{ cut(&line, LINE) }</p> }) }
            if !set.makers.is_empty() {
                <div>
                    <h3>{ "Who made them, in order" }</h3>
                    <ol>{ for makers.map(maker) }</ol>
                </div>
            }
            if set.members.len() <= FEW {
                <details open=true>
                    <summary><IconView icon={Icon::Chevron} />{ counted(set.members.len(), "message") }</summary>
                    <ul>{ for set.members.iter().map(|copy| member(props, set, copy)) }</ul>
                </details>
            } else {
                { in_the_list(props, set) }
            }
        </li>
    }
}

/// So many copies are told of one by one. More of them stand in the list of copies only.
const FEW: usize = 12;

fn in_the_list(props: &MessageProps, set: &CopySet) -> Html {
    let first = set.messages.first().copied().filter(|_| !set.messages.contains(&props.message));
    let act = props.act.clone();
    html! {
        <p class="why">
            { format!("All {} stand in the list of copies. ", counted(set.members.len(), "message")) }
            if let Some(first) = first {
                <button class="button is-small" type="button" onclick={move |_| act.emit(Action::Turned(first))}>
                    { format!("Show message {}", first + 1) }
                </button>
            }
        </p>
    }
}

fn maker(maker: &CopyMaker) -> Html {
    html! {
        <li data-testid="copy-maker">
            { cut(&copies::maker(maker), LINE) }
            if let Some(text) = &maker.letter {
                <details>
                    <summary><IconView icon={Icon::Chevron} />{ format!("Text for {}", cut(&text.to, LINE)) }</summary>
                    { letters::one(text, maker.letter_german.as_ref()) }
                </details>
            }
        </li>
    }
}

fn member(props: &MessageProps, set: &CopySet, member: &CopyMember) -> Html {
    let (act, place) = (props.act.clone(), member.message);
    let turn = move |_: MouseEvent| act.emit(Action::Turned(place));
    let is_shown = props.message == place;
    html! {
        <li key={place} data-testid="copy">
            { cut(&copies::member(set, member), LINE) }{ " " }
            <button class="button is-small" type="button" disabled={is_shown} onclick={turn} aria-label={format!("Show message {}", place + 1)}>
                { "Show" }
            </button>
        </li>
    }
}
