//! A button that copies a text to the clipboard, and says so.

use gloo::timers::callback::Timeout;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Clipboard, HtmlDocument, HtmlTextAreaElement, Window};
use yew::prelude::*;

use super::icon::{Icon, IconView};
use super::shortcuts::{KeyHint, Shortcut};

/// What a [`CopyButton`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is written on it.
    pub label: AttrValue,
    /// What is copied.
    #[prop_or_default]
    pub text: AttrValue,
    /// Makes what is copied, where that takes too long to have it ready.
    #[prop_or_default]
    pub make: Option<Callback<(), String>>,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
    /// By which a key finds it.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// The key that does the same.
    #[prop_or_default]
    pub shortcut: Option<Shortcut>,
    /// By which tests find it.
    #[prop_or("copy-text")]
    pub test_id: &'static str,
}

/// For so long, in milliseconds, the button says that it copied.
const SAID: u32 = 2_000;

/// The button.
#[component]
pub fn CopyButton(props: &Props) -> Html {
    let is_copied = use_state_eq(|| false);
    let answer = use_mut_ref(|| None::<Closure<dyn FnMut(JsValue)>>);
    {
        let is_copied = is_copied.clone();
        use_effect_with(*is_copied, move |said| {
            let timer = said.then(|| Timeout::new(SAID, move || is_copied.set(false)));
            move || drop(timer)
        });
    }
    let task = (props.text.clone(), props.make.clone(), is_copied.setter());
    let copy = use_callback(task, move |_: MouseEvent, (text, make, said)| {
        let said = said.clone();
        let done = Closure::new(move |_| said.set(true));
        match make {
            Some(make) => copy(&make.emit(()), &done),
            None => copy(text, &done),
        }
        *answer.borrow_mut() = Some(done);
    });
    let icon = if *is_copied { Icon::Check } else { Icon::Copy };
    html! {
        <button
            type="button"
            id={props.id.clone()}
            class={classes!("button", props.class.clone())}
            aria-keyshortcuts={props.shortcut.map(|shortcut| shortcut.key().to_lowercase())}
            onclick={copy}
            data-testid={props.test_id}
        >
            <IconView {icon} />
            <span>{ if *is_copied { AttrValue::from("Copied") } else { props.label.clone() } }</span>
            if let Some(shortcut) = props.shortcut {
                <KeyHint {shortcut} />
            }
            <span class="hidden" role="status">{ if *is_copied { "Copied." } else { "" } }</span>
        </button>
    }
}

/// Copies a text, and calls `done` when it is copied.
fn copy(text: &str, done: &Closure<dyn FnMut(JsValue)>) {
    let Some(window) = web_sys::window() else { return };
    match clipboard(&window) {
        Some(clipboard) => {
            let _ = clipboard.write_text(text).then(done);
        }
        None if copy_by_selection(&window, text).is_some() => {
            let _ = done.as_ref().unchecked_ref::<js_sys::Function>().call0(&JsValue::NULL);
        }
        None => {}
    }
}

/// The clipboard; absent where the page came over a connection without TLS, as from a host in the office.
fn clipboard(window: &Window) -> Option<Clipboard> {
    let clipboard = js_sys::Reflect::get(&window.navigator(), &JsValue::from_str("clipboard")).ok()?;
    clipboard.dyn_into().ok()
}

/// The old way: the browser copies what is selected.
fn copy_by_selection(window: &Window, text: &str) -> Option<()> {
    let document: HtmlDocument = window.document()?.dyn_into().ok()?;
    let area: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    let focused = document.active_element();
    area.set_value(text);
    area.set_class_name("hidden");
    document.body()?.append_child(&area).ok()?;
    area.select();
    let is_done = document.exec_command("copy").unwrap_or(false);
    area.remove();
    if let Some(focused) = focused.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = focused.focus();
    }
    is_done.then_some(())
}
