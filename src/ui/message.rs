//! What the header says of the message itself, and what was odd about the text.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::cut::{CELL, LINE, cut};
use super::state::{Action, counted};
use crate::report::{Message, Report};

/// More of one kind than this are counted, not shown.
const SHOWN: usize = 20;

/// More messages than this are not offered in the list of messages.
const LONGEST_LIST: usize = 1_000;

/// What [`MessageFacts`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The report.
    pub report: Rc<Report>,
    /// The message that is shown.
    pub message: usize,
    /// Where events go.
    pub act: Callback<Action>,
}

/// Subject, sender, date and the like; with several messages also the list to choose from.
#[component]
pub fn MessageFacts(props: &Props) -> Html {
    let Some(message) = props.report.messages.get(props.message) else {
        return Html::default();
    };
    let total = props.report.messages.len();
    html! {
        <section class="panel facts" aria-labelledby="facts-title">
            <header class="panel-head">
                <h2 id="facts-title">{ "Message" }</h2>
                if total > 1 {
                    { list(props, total) }
                }
            </header>
            <dl>{ for facts(message).into_iter().map(fact) }</dl>
            { odd(message) }
        </section>
    }
}

fn list(props: &Props, total: usize) -> Html {
    let act = props.act.clone();
    let turn = move |event: Event| {
        let list = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        if let Some(place) = list.and_then(|list| list.value().parse().ok()) {
            act.emit(Action::Turned(place));
        }
    };
    let entry = |(place, message): (usize, &Message)| {
        let name =
            message.origin.file.as_deref().or(message.subject.as_deref()).unwrap_or("without a subject");
        html! {
            <option value={place.to_string()} selected={place == props.message}>{ format!("{} of {total}: {}", place + 1, cut(name, CELL)) }</option>
        }
    };
    html! {
        <select class="panel-end" aria-label="Message to show" data-testid="choose-message" onchange={turn}>
            { for props.report.messages.iter().enumerate().take(LONGEST_LIST).map(entry) }
        </select>
    }
}

fn facts(message: &Message) -> Vec<(&'static str, String)> {
    let head = [
        ("Subject", &message.subject),
        ("From", &message.from),
        ("Date", &message.date),
        ("Message-ID", &message.message_id),
        ("Return-Path", &message.envelope.return_path),
    ];
    let mut facts: Vec<_> =
        head.into_iter().filter_map(|(label, value)| Some((label, value.clone()?))).collect();
    repeat(&mut facts, "Delivered-To", message.envelope.delivered_to.iter());
    repeat(&mut facts, "Authentication", message.auth.results.iter().map(|results| &results.text));
    facts
}

/// Adds a field that stands in the header several times, and says how many there are beyond those shown.
fn repeat<'m>(
    facts: &mut Vec<(&'static str, String)>,
    label: &'static str,
    values: impl ExactSizeIterator<Item = &'m String>,
) {
    let further = values.len().saturating_sub(SHOWN);
    facts.extend(values.take(SHOWN).map(|value| (label, value.clone())));
    if further > 0 {
        facts.push((label, format!("and {further} more")));
    }
}

fn fact((label, value): (&'static str, String)) -> Html {
    html! { <><dt>{ label }</dt><dd><bdi>{ cut(&value, LINE) }</bdi></dd></> }
}

/// Notes, and what had to be set right to read the text.
fn odd(message: &Message) -> Html {
    let further = message.repairs.len().saturating_sub(SHOWN);
    html! {
        if !message.notes.is_empty() || !message.repairs.is_empty() {
            <ul class="odd" data-testid="repairs">
                { for message.notes.iter().map(|note| html! { <li>{ note }</li> }) }
                { for message.repairs.iter().take(SHOWN).map(|repair| html! {
                    <li><b>{ format!("Line {}. ", repair.line) }</b>{ &repair.text }</li>
                }) }
                if further > 0 {
                    <li>{ format!("And {} more like these.", counted(further, "line")) }</li>
                }
            </ul>
        }
    }
}
