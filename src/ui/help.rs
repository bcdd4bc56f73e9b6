//! What one can ask about the page itself: that nothing leaves it and how to check that, and its keys.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlInputElement};
use yew::prelude::*;

use super::icon::{Icon, IconView};
use super::shortcuts::Shortcut;
use super::state::Action;

/// What a [`Help`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The dialog, for those who open it.
    pub dialog: NodeRef,
    /// Whether the single keys are on.
    pub has_shortcuts: bool,
    /// Where events go.
    pub act: Callback<Action>,
}

/// The dialog. The browser closes it at Escape, and gives the focus back to where it was.
#[component]
pub fn Help(props: &Props) -> Html {
    let close = {
        let dialog = props.dialog.clone();
        move |_: MouseEvent| {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        }
    };
    let switch = {
        let act = props.act.clone();
        move |event: Event| {
            let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            act.emit(Action::Shortcuts(field.is_some_and(|field| field.checked())));
        }
    };
    let row = |shortcut: Shortcut| {
        html! { <div><dt><kbd class="key">{ shortcut.key() }</kbd></dt><dd>{ shortcut.label() }</dd></div> }
    };
    html! {
        <dialog ref={props.dialog.clone()} class="help" aria-labelledby="help-title" data-testid="help">
            <header class="panel-head">
                <h2 id="help-title">{ "About this page" }</h2>
                <button type="button" class="button is-small panel-end" onclick={close} data-testid="close-help">{ "Close" }</button>
            </header>
            <div class="help-body">
                <h3>{ "Nothing leaves this page" }</h3>
                <Promise />
                <h3>{ "Keys" }</h3>
                <dl class="keys">{ for Shortcut::ALL.into_iter().map(row) }</dl>
                <label class="check">
                    <input type="checkbox" checked={props.has_shortcuts} onchange={switch} data-testid="has-shortcuts" />
                    { "Use these keys" }
                </label>
                <p class="hint">
                    { "Tab walks through everything, Enter and Space choose. In the drawing, the list of copies and an opened hop, the arrow keys walk. Escape closes what is open." }
                </p>
            </div>
        </dialog>
    }
}

/// Opens the dialog, unless it is open.
pub fn open(dialog: &NodeRef) {
    if let Some(dialog) = dialog.cast::<HtmlDialogElement>().filter(|dialog| !dialog.open()) {
        let _ = dialog.show_modal();
    }
}

/// The promise, and how to check it.
#[component]
pub fn Promise() -> Html {
    html! {
        <ul class="privacy">
            <li>
                <IconView icon={Icon::Shield} />
                <span>{ "Your text is read on this computer, by this page. There is no server behind it, no account and no statistics." }</span>
            </li>
            <li>
                <IconView icon={Icon::Check} />
                <span>
                    <b>{ "See for yourself: " }</b>
                    { "disconnect from the network and paste; everything goes on working. Or watch the tab “Network” of your browser’s developer tools: nothing is added to its list." }
                </span>
            </li>
            <li>
                <IconView icon={Icon::File} />
                <span>{ "The same page exists as one file, hopscope.html, that opens from the disk of a computer without a network." }</span>
            </li>
        </ul>
    }
}
