//! The list of messages, where a text holds several.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::cut::{CELL, cut};
use super::state::Action;
use crate::report::{Message, Report, bounces};

/// More messages than this are not offered.
const LONGEST: usize = 1_000;

/// What a [`Chooser`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The report.
    pub report: Rc<Report>,
    /// The message that is shown.
    pub message: usize,
    /// Where events go.
    pub act: Callback<Action>,
}

/// The list to choose a message from; nothing where there is one only.
#[component]
pub fn Chooser(props: &Props) -> Html {
    let messages = &props.report.messages;
    let total = messages.len();
    if total < 2 {
        return Html::default();
    }
    let act = props.act.clone();
    let turn = move |event: Event| {
        let list = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        if let Some(place) = list.and_then(|list| list.value().parse().ok()) {
            act.emit(Action::Turned(place));
        }
    };
    let entry = |(place, message): (usize, &Message)| {
        html! {
            <option value={place.to_string()} selected={place == props.message}>
                { format!("{} of {total}: {}", place + 1, name(&props.report, message)) }
            </option>
        }
    };
    let offered = messages.iter().enumerate();
    html! {
        <select class="panel-end" aria-label="Message to show" data-testid="choose-message" onchange={turn}>
            { for offered.filter(|(place, _)| *place < LONGEST || *place == props.message).map(entry) }
        </select>
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
