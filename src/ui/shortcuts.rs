//! Keys that do something wherever on the page the reader is, as long as nothing is being typed.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::state::Action;

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcut {
    /// Starts anew.
    New,
    /// Brings the box back, or folds it away.
    Edit,
    /// Copies the summary for the ticket.
    Ticket,
    /// Shows help.
    Help,
}

impl Shortcut {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::New, Self::Edit, Self::Ticket, Self::Help];

    /// The key, as it is written on it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::New => "N",
            Self::Edit => "E",
            Self::Ticket => "T",
            Self::Help => "?",
        }
    }

    /// What it does, for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::New => "New: clear the page for another mail",
            Self::Edit => "Bring your text back, or fold it away",
            Self::Ticket => "Copy the summary for the ticket",
            Self::Help => "Show this help",
        }
    }
}

/// Listens to the keys as long as the page lives and `is_on`. Whoever steers by voice, or presses keys without meaning to, can switch
/// them off (WCAG 2.1.4).
#[hook]
pub fn use_shortcuts(is_on: bool, act: Callback<Action>, help: Callback<()>) {
    use_effect_with(is_on, move |is_on| {
        let document = web_sys::window().and_then(|window| window.document()).filter(|_| *is_on);
        let listener = document.map(|document| {
            let page = document.clone();
            // Not passive: the letter must not come into the box that takes the focus.
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&document, "keydown", options, move |event| {
                let Some(shortcut) = event.dyn_ref::<KeyboardEvent>().and_then(pressed) else { return };
                event.prevent_default();
                match shortcut {
                    Shortcut::New => act.emit(Action::Cleared),
                    Shortcut::Edit => act.emit(Action::Folding),
                    Shortcut::Ticket => press(&page, TICKET),
                    Shortcut::Help => help.emit(()),
                }
            })
        });
        move || drop(listener)
    });
}

/// The id of the button that copies for the ticket.
pub const TICKET: &str = "copy-ticket";

fn press(document: &web_sys::Document, id: &str) {
    if let Some(button) =
        document.get_element_by_id(id).and_then(|button| button.dyn_into::<HtmlElement>().ok())
    {
        button.click();
    }
}

/// The shortcut that a key means; absent while the reader types, holds a dialog open, or means the browser.
fn pressed(event: &KeyboardEvent) -> Option<Shortcut> {
    if event.ctrl_key() || event.alt_key() || event.meta_key() || event.repeat() || event.default_prevented()
    {
        return None;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok())?;
    let is_busy =
        target.closest("input, textarea, select, dialog, [contenteditable]").ok().flatten().is_some();
    let key = event.key().to_uppercase();
    Shortcut::ALL.into_iter().find(|shortcut| shortcut.key() == key).filter(|_| !is_busy)
}

/// What a [`KeyHint`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Which one.
    pub shortcut: Shortcut,
}

/// The key beside the button that does the same. Readers of the screen hear it as the button's shortcut.
#[component]
pub fn KeyHint(props: &Props) -> Html {
    html! { <kbd class="key" aria-hidden="true">{ props.shortcut.key() }</kbd> }
}
