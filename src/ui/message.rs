//! What the header says of the message itself, and what else is known of it.

use std::rc::Rc;

use yew::prelude::*;

use super::chooser::Chooser;
use super::cut::{LINE, cut};
use super::props::MessageProps;
use super::unseen;
use crate::report::Message;

/// More of one kind than this are counted, not shown.
const SHOWN: usize = 20;

/// Subject, sender, date and the like; with several messages also the list to choose from.
#[component]
pub fn MessageFacts(props: &MessageProps) -> Html {
    let Some(message) = props.report.messages.get(props.message) else {
        return Html::default();
    };
    html! {
        <section class="panel facts" aria-labelledby="facts-title">
            <header class="panel-head">
                <h2 id="facts-title">{ "Message" }</h2>
                <Chooser report={Rc::clone(&props.report)} message={props.message} act={props.act.clone()} />
            </header>
            <dl>{ for facts(message).into_iter().map(fact) }</dl>
            if !message.notes.is_empty() {
                <ul class="odd">{ for message.notes.iter().map(|note| html! { <li>{ cut(note, LINE) }</li> }) }</ul>
            }
        </section>
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
    html! { <><dt>{ label }</dt><dd><bdi>{ unseen::shown(&cut(&value, LINE)) }</bdi></dd></> }
}
