//! What is pasted, wherever on the page the reader is.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, Event, HtmlTextAreaElement};
use yew::prelude::*;

use super::files;
use super::state::Action;
use crate::worker::{Content, Text};

/// Text longer than this, in bytes, does not go into the box: browsers need seconds to take it there.
const LONGEST_IN_BOX: usize = 250_000;

/// Listens to pastes as long as the page lives.
#[hook]
pub fn use_paste(act: Callback<Action>) {
    use_effect_with((), move |()| {
        let document = web_sys::window().and_then(|window| window.document());
        let listener = document.map(|document| {
            // Not passive: what is taken here must not go into the box as well.
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&document, "paste", options, move |event| {
                if let Some(action) = pasted(event) {
                    event.prevent_default();
                    act.emit(action);
                }
            })
        });
        move || drop(listener)
    });
}

/// Files, or a whole text. What is pasted into a text that stands in the box already is the browser's business, and so is what is pasted
/// into the settings.
fn pasted(event: &Event) -> Option<Action> {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if target.is_some_and(|target| target.closest("dialog").ok().flatten().is_some()) {
        return None;
    }
    let data = event.dyn_ref::<ClipboardEvent>()?.clipboard_data()?;
    let files = files::handed_over(&data);
    if !files.is_empty() {
        return Some(Action::Opened(files));
    }
    let text = data.get_data("text/plain").ok().filter(|text| !text.trim().is_empty())?;
    if text.len() > LONGEST_IN_BOX {
        let name = Some("A long pasted text".to_owned());
        return Some(Action::Opened(vec![Text { name, content: Content::Bytes(text.into_bytes()) }]));
    }
    let area = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok());
    let is_part = area.is_some_and(|area| !area.value().is_empty());
    (!is_part).then(|| Action::Pasted(text.into()))
}
