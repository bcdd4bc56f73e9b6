//! A box to search in: Escape empties it, Enter goes on to the next match, with Shift to the one before.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::icon::{Icon, IconView};

/// What a [`SearchBox`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Its name.
    pub label: &'static str,
    /// Its name in tests.
    pub testid: &'static str,
    /// What stands in it.
    pub words: AttrValue,
    /// Takes what is typed.
    pub search: Callback<String>,
    /// Goes to the next match, or, with `true`, back to the one before.
    #[prop_or_default]
    pub step: Callback<bool>,
}

/// The box.
#[component]
pub fn SearchBox(props: &Props) -> Html {
    let typed = {
        let search = props.search.clone();
        move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                search.emit(input.value());
            }
        }
    };
    let pressed = {
        let (search, step) = (props.search.clone(), props.step.clone());
        move |event: KeyboardEvent| match event.key().as_str() {
            "Escape" => {
                // Nothing else on the page is to close with it.
                event.stop_propagation();
                search.emit(String::new());
            }
            "Enter" => {
                event.prevent_default();
                step.emit(event.shift_key());
            }
            _ => {}
        }
    };
    html! {
        <label class="search">
            <IconView icon={Icon::Search} />
            <span class="hidden">{ props.label }</span>
            <input
                type="search"
                placeholder="Search"
                autocomplete="off"
                spellcheck="false"
                data-testid={props.testid}
                value={props.words.clone()}
                oninput={typed}
                onkeydown={pressed}
            />
        </label>
    }
}
