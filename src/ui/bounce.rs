//! How messages of one text belong together: what a bounce reports, and the ways from one to the other.

use yew::prelude::*;

use super::cut::{CELL, LINE, cut};
use super::props::MessageProps;
use super::state::{Action, counted};
use crate::report::{Bounce, BounceRecipient, Message, bounces};

/// More recipients than this are counted, not shown.
const SHOWN: usize = 20;

/// Of a bounce, what it reports and the way to the message that it returns; of a returned, attached or forwarded message, the way
/// to the one that it came in. Nothing for a mail that came by itself.
#[component]
pub fn BounceView(props: &MessageProps) -> Html {
    let messages = &props.report.messages;
    let Some(message) = messages.get(props.message) else {
        return Html::default();
    };
    let parent = message.origin.parent.and_then(|place| Some((place, messages.get(place)?)));
    if message.bounce.is_none() && parent.is_none() {
        return Html::default();
    }
    let returned_by = parent.filter(|_| message.origin.form == "bounce-original");
    let reported = message.bounce.as_ref().or(returned_by.and_then(|(_, parent)| parent.bounce.as_ref()));
    let title = match (reported, message.origin.form.as_str()) {
        (Some(bounce), _) => bounces::outcome(bounce),
        (None, "bounce-original") => "Returned message",
        (None, "forwarded") => "Forwarded message",
        (None, _) => "Attached message",
    };
    html! {
        <section class="panel bounce" aria-labelledby="bounce-title" data-testid="bounce">
            <header class="panel-head">
                <h2 id="bounce-title">{ title }</h2>
                if let Some(reporter) = reported.and_then(|bounce| bounce.reporter.as_deref()) {
                    <p>{ "says " }<bdi class="host">{ cut(reporter, CELL) }</bdi></p>
                }
            </header>
            if let Some(bounce) = reported {
                { recipients(bounce) }
            }
            if let Some((place, parent)) = parent {
                { way_back(props, message, place, parent) }
            }
            if let Some(bounce) = &message.bounce {
                { way_on(props, bounce) }
            }
        </section>
    }
}

fn way_back(props: &MessageProps, message: &Message, place: usize, parent: &Message) -> Html {
    let total = props.report.messages.len();
    let (came, label) = match message.origin.form.as_str() {
        "bounce-original" => ("Returned by", "Show the bounce"),
        "forwarded" => ("Forwarded in", "Show that message"),
        _ => ("Attached to", "Show that message"),
    };
    let subject = parent.subject.as_deref().map(|subject| format!(", “{}”", cut(subject, CELL)));
    let act = props.act.clone();
    html! {
        <div class="bounce-way">
            <p><b>{ came }{ ": " }</b>{ format!("message {} of {total}", place + 1) }<bdi>{ subject }</bdi></p>
            <button class="button is-small" type="button" data-testid="show-parent" onclick={move |_| act.emit(Action::Turned(place))}>
                { label }
            </button>
        </div>
    }
}

fn way_on(props: &MessageProps, bounce: &Bounce) -> Html {
    let Some(original) = bounce.original.filter(|place| *place < props.report.messages.len()) else {
        return html! {
            <p class="bounce-way">{ "The message itself is not in the text, so its route cannot be shown." }</p>
        };
    };
    let act = props.act.clone();
    html! {
        <div class="bounce-way">
            <button class="button is-small" type="button" data-testid="show-original" onclick={move |_| act.emit(Action::Turned(original))}>
                { "Show the returned message" }
            </button>
        </div>
    }
}

fn recipients(bounce: &Bounce) -> Html {
    let further = bounce.recipients.len().saturating_sub(SHOWN);
    html! {
        if !bounce.recipients.is_empty() {
            <ul class="recipients">
                { for bounce.recipients.iter().take(SHOWN).map(recipient) }
                if further > 0 {
                    <li>{ format!("And {} more.", counted(further, "recipient")) }</li>
                }
            </ul>
        }
    }
}

fn recipient(recipient: &BounceRecipient) -> Html {
    let codes = bounces::codes(recipient);
    html! {
        <li data-testid="recipient">
            <p>
                <bdi class="host">{ cut(recipient.address.as_deref().unwrap_or("a recipient that is not named"), CELL) }</bdi>
                if !codes.is_empty() {
                    <code>{ cut(&codes, CELL) }</code>
                }
            </p>
            if let Some(said) = bounces::said(recipient) {
                <p class="diagnostic"><bdi>{ cut(said, LINE) }</bdi></p>
            }
            if let Some(remote) = &recipient.remote {
                <small>{ "said by " }<bdi class="host">{ cut(remote, CELL) }</bdi></small>
            }
        </li>
    }
}
