//! The export menu in the bar: what can be copied, saved or printed. A button opens a list of buttons; Escape, a click elsewhere and
//! leaving by Tab close it.

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, Node};
use yew::prelude::*;

use super::copy_button::CopyButton;
use super::export::{Export, export};
use super::icon::{Icon, IconView};
use super::printing;
use super::state::Shown;
use crate::report::ticket;

/// What an [`ExportMenu`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The result.
    pub shown: Shown,
    /// The message that is shown.
    pub message: usize,
}

/// The button, and the list that it opens.
#[component]
pub fn ExportMenu(props: &Props) -> Html {
    let is_open = use_state_eq(|| false);
    // The last file, and whether the browser took it.
    let saved = use_state_eq(|| None::<(Export, bool)>);
    let (menu, button) = (use_node_ref(), use_node_ref());
    use_click_elsewhere(&menu, &is_open);
    let toggle = {
        let is_open = is_open.clone();
        move |_: MouseEvent| is_open.set(!*is_open)
    };
    let close = {
        let (is_open, button) = (is_open.setter(), button.clone());
        move || {
            is_open.set(false);
            if let Some(button) = button.cast::<HtmlElement>() {
                let _ = button.focus();
            }
        }
    };
    let by_key = {
        let (close, was_open) = (close.clone(), *is_open);
        move |event: KeyboardEvent| {
            if event.key() == "Escape" && was_open {
                event.prevent_default();
                close();
            }
        }
    };
    let leave = {
        let (menu, is_open) = (menu.clone(), is_open.setter());
        move |event: FocusEvent| {
            let to = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
            if to.is_some() && !holds(&menu, to.as_ref()) {
                is_open.set(false);
            }
        }
    };
    let save = {
        let (close, saved, shown, message) =
            (close.clone(), saved.setter(), props.shown.clone(), props.message);
        Callback::from(move |kind: Export| {
            let saved = saved.clone();
            export(&shown, message, kind, Callback::from(move |is_taken| saved.set(Some((kind, is_taken)))));
            close();
        })
    };
    let print = move |_: MouseEvent| {
        close();
        printing::announce();
        // The page is drawn anew for paper first.
        Timeout::new(100, || drop(web_sys::window().map(|window| window.print()))).forget();
    };
    html! {
        <div class="menu bar-end" ref={menu} onkeydown={by_key} onfocusout={leave}>
            <button ref={button} class="button" type="button" aria-expanded={is_open.to_string()} aria-controls="export-menu" data-testid="export" onclick={toggle}>
                <IconView icon={Icon::Save} /><span class="bar-label">{ "Export" }</span>
            </button>
            <div id="export-menu" class="menu-list" role="group" aria-label="Export" hidden={!*is_open}>
                if *is_open {
                    { entries(&props.shown, &save) }
                    <button class="button menu-entry" type="button" data-testid="export-print" onclick={print}>
                        <IconView icon={Icon::Print} />{ "Print" }
                    </button>
                }
            </div>
            <p class={if matches!(*saved, Some((_, false))) { "menu-note" } else { "hidden" }} role="status">{ for saved.map(outcome) }</p>
        </div>
    }
}

fn outcome((file, is_taken): (Export, bool)) -> String {
    let what = if is_taken { "is being saved." } else { "could not be saved: the browser refused the file." };
    format!("{} {what}", file.label())
}

fn entries(shown: &Shown, chosen: &Callback<Export>) -> Html {
    let copy = |label: &'static str, text: String, test_id| {
        html! { <CopyButton {label} {text} class="menu-entry" {test_id} /> }
    };
    let save = |kind: Export| {
        let chosen = chosen.clone();
        html! {
            <button class="button menu-entry" type="button" data-testid={format!("export-{}", kind.ending())} onclick={move |_| chosen.emit(kind)}>
                <IconView icon={Icon::Save} />{ kind.label() }
            </button>
        }
    };
    html! {
        <>
            { copy("Copy the ticket", ticket::write(&shown.report), "export-ticket") }
            { copy("Copy the ticket (Markdown)", ticket::markdown(&shown.report), "export-ticket-markdown") }
            <hr />
            { for Export::ALL.map(save) }
            <hr />
        </>
    }
}

fn holds(menu: &NodeRef, node: Option<&Node>) -> bool {
    menu.get().is_some_and(|menu| menu.contains(node))
}

/// Closes the menu when something else on the page is pressed.
#[hook]
fn use_click_elsewhere(menu: &NodeRef, is_open: &UseStateHandle<bool>) {
    let (menu, setter) = (menu.clone(), is_open.setter());
    use_effect_with(**is_open, move |is_open| {
        let document = web_sys::window().and_then(|window| window.document()).filter(|_| *is_open);
        let listener = document.map(|document| {
            EventListener::new(&document, "pointerdown", move |event: &Event| {
                let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
                if !holds(&menu, target.as_ref()) {
                    setter.set(false);
                }
            })
        });
        move || drop(listener)
    });
}
