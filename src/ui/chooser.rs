//! The list of messages, where a text holds several.

use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::cut::{CELL, cut};
use super::props::MessageProps;
use super::state::Action;
use super::window;
use crate::report::{Message, Report, bounces};

/// At most this many messages are offered at once: the first, or those around the one that is shown.
const LONGEST: usize = 1_000;

/// The list to choose a message from, and the buttons that turn to the one before and the one after; nothing where there is one only.
#[component]
pub fn Chooser(props: &MessageProps) -> Html {
    let messages = &props.report.messages;
    let (total, shown) = (messages.len(), props.message);
    let list = use_node_ref();
    {
        // Once the reader has chosen an entry, the browser no longer heeds which one is marked as selected.
        let list = list.clone();
        use_effect_with((shown, total), move |(shown, _)| {
            if let Some(list) = list.cast::<HtmlSelectElement>() {
                list.set_value(&shown.to_string());
            }
        });
    }
    if total < 2 {
        return Html::default();
    }
    let act = props.act.clone();
    let choose = move |event: Event| {
        let list = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        if let Some(place) = list.and_then(|list| list.value().parse().ok()) {
            act.emit(Action::Turned(place));
        }
    };
    let entry = |(place, message): (usize, &Message)| {
        html! {
            <option key={place} value={place.to_string()} selected={place == shown}>
                { format!("{} of {total}: {}", place + 1, name(&props.report, message)) }
            </option>
        }
    };
    let offered = window::around(total, LONGEST, shown);
    let further = total - offered.len();
    let offered = messages.iter().enumerate().skip(offered.start).take(offered.len());
    let button = |label: &str, test_id: &'static str, place: Option<usize>| {
        let act = props.act.clone();
        let turn = move |_: MouseEvent| {
            if let Some(place) = place {
                act.emit(Action::Turned(place));
            }
        };
        html! {
            <button class="button is-small" type="button" data-testid={test_id} disabled={place.is_none()} onclick={turn}>
                { label }
            </button>
        }
    };
    html! {
        <>
            <select ref={list} class="panel-end" aria-label="Message to show" data-testid="choose-message" onchange={choose}>
                { for offered.map(entry) }
                if further > 0 {
                    <option key="further" value="" disabled={true}>{ format!("and {further} more, not in this list") }</option>
                }
            </select>
            <span class="turner">
                { button("Previous message", "previous-message", shown.checked_sub(1)) }
                { button("Next message", "next-message", Some(shown + 1).filter(|next| *next < total)) }
                <span class="hidden" aria-live="polite">{ format!("Message {} of {total}", shown + 1) }</span>
            </span>
        </>
    }
}

/// What the message is to the others, and its subject; the file's name where the file is that one message.
fn name(report: &Report, message: &Message) -> String {
    let subject = || cut(message.subject.as_deref().unwrap_or("without a subject"), CELL);
    if let Some(role) = bounces::role(message) {
        return format!("{role} · {}", subject());
    }
    let is_alone = report.inputs.get(message.origin.input).is_some_and(|input| input.messages == 1);
    message.origin.file.as_deref().filter(|_| is_alone).map_or_else(subject, |file| cut(file, CELL))
}
