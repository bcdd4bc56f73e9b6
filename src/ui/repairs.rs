//! What had to be set right to read the text: one sentence above the source, and behind it each repair with its lines.

use yew::prelude::*;

use super::icon::{Icon, IconView};
use super::props::ChoiceProps;
use super::state::{Action, Choice};
use crate::report::Repair;
use crate::report::repairs::{Group, are_worth_a_list, groups, lines, summary};

/// The sentence, with the list folded away; nothing where the text needed no repair.
#[component]
pub fn RepairStrip(props: &ChoiceProps) -> Html {
    let repairs = props.report.messages.get(props.message).map(|message| message.repairs.as_slice());
    let repairs = repairs.unwrap_or_default();
    let Some(sentence) = summary(repairs) else {
        return Html::default();
    };
    if !are_worth_a_list(repairs) {
        return html! { <p class="repairs is-quiet" data-testid="repairs">{ sentence }</p> };
    }
    html! {
        <details class="repairs" data-testid="repairs">
            <summary data-testid="show-repairs">
                <IconView icon={Icon::Chevron} />
                <span><span class="hidden">{ "Set right: " }</span>{ sentence }</span>
            </summary>
            <ul>{ for groups(repairs).iter().map(|group| self::group(props, group)) }</ul>
        </details>
    }
}

fn group(props: &ChoiceProps, group: &Group<'_>) -> Html {
    html! {
        <>
            { for group.listed.iter().map(|(nth, repair)| entry(props, *nth, repair)) }
            if group.further > 0 {
                <li class="further">{ format!("And {} more like these.", group.further) }</li>
            }
        </>
    }
}

fn entry(props: &ChoiceProps, nth: usize, repair: &Repair) -> Html {
    let choice = Choice::Repair(props.message, nth);
    let is_chosen = props.choice == Some(choice);
    let act = props.act.clone();
    html! {
        <li>
            <button
                type="button"
                class={classes!(is_chosen.then_some("is-chosen"))}
                data-testid="repair"
                aria-pressed={is_chosen.to_string()}
                onclick={move |_| act.emit(Action::Chosen(choice))}
            >
                <b>{ lines(repair) }</b><span>{ &repair.text }</span>
            </button>
        </li>
    }
}
