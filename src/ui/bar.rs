//! The bar on top: the name, the promise, the switch for pseudonyms, and the way back to the start.

use yew::prelude::*;

use super::icon::{Icon, IconView};
use super::redact::RedactSwitch;
use super::state::Action;

/// What the bar shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Whether the page is as it was at first: then there is nothing to clear.
    pub is_start: bool,
    /// Whether the reader wants pseudonyms.
    pub is_redacted: bool,
    /// Whether they are on their way.
    pub is_redacting: bool,
    /// Where events go.
    pub act: Callback<Action>,
}

/// The bar on top.
#[component]
pub fn Bar(props: &Props) -> Html {
    let act = props.act.clone();
    html! {
        <header class="bar">
            <span class="brand">
                <svg class="brand-mark" viewBox="0 0 28 28" aria-hidden="true">
                    <circle class="brand-ring" cx="17" cy="12" r="8" />
                    <circle class="brand-dot" cx="17" cy="12" r="2.600" />
                    <path class="brand-ring" d="M11.200 17.800L3 25" />
                </svg>
                { "Hopscope" }
            </span>
            <span class="promise">
                <IconView icon={Icon::Shield} /><span class="promise-text">{ "Nothing leaves this page" }</span>
            </span>
            <RedactSwitch is_on={props.is_redacted} is_coming={props.is_redacting} act={props.act.clone()} />
            if !props.is_start {
                <button class="button" type="button" data-testid="new" onclick={move |_| act.emit(Action::Cleared)}>
                    <IconView icon={Icon::Plus} />{ "New" }
                </button>
            }
        </header>
    }
}
