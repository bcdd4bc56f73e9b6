//! The switch for pseudonyms, and the sentence on what they do and what they do not.

use yew::prelude::*;

use super::state::Action;

/// What a [`RedactSwitch`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Whether it is on.
    pub is_on: bool,
    /// Whether the page still shows what is about to be replaced.
    pub is_coming: bool,
    /// Where events go.
    pub act: Callback<Action>,
}

/// The switch in the bar.
#[component]
pub fn RedactSwitch(props: &Props) -> Html {
    let (act, is_on) = (props.act.clone(), props.is_on);
    html! {
        <button
            class="switch bar-end"
            type="button"
            role="switch"
            aria-checked={is_on.to_string()}
            aria-describedby="redact-about"
            data-testid="redact"
            onclick={move |_| act.emit(Action::Redact(!is_on))}
        >
            <span class="switch-track" aria-hidden="true"><span class="switch-knob" /></span>
            <span class="bar-label">{ if props.is_coming { "Redacting …" } else { "Redact" } }</span>
        </button>
    }
}

/// What a [`RedactNote`] shows.
#[derive(Properties, PartialEq)]
pub struct NoteProps {
    /// Whether the switch is on. Without it the sentence is there for those who have the page read aloud.
    pub is_on: bool,
}

/// What the switch does.
#[component]
pub fn RedactNote(props: &NoteProps) -> Html {
    html! {
        <aside id="redact-about" class={if props.is_on { "redact-note" } else { "hidden" }} aria-label="Redaction" data-testid="redact-note">
            { "Pseudonyms stand in place of people, hosts, domains, addresses, ids, subjects and texts, here and in all that you copy. \
               The box keeps your own text. Times, codes, and the names of programs and large providers stay: read it before you send it on." }
        </aside>
    }
}
