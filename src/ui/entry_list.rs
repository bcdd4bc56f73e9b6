//! A box with an entry on each line.

use wasm_bindgen::JsCast;
use web_sys::{EventTarget, HtmlTextAreaElement};
use yew::prelude::*;

/// What an [`EntryList`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Its id, and the name by which tests find it.
    pub id: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// What belongs into it.
    pub hint: &'static str,
    /// The entries.
    pub entries: Vec<String>,
    /// Takes the entries when the reader leaves the box: half an entry means nothing yet.
    pub set: Callback<Vec<String>>,
}

/// The box with its label and hint.
#[component]
pub fn EntryList(props: &Props) -> Html {
    let id = props.id;
    let hint = format!("{id}-hint");
    let text = use_state_eq(|| props.entries.join("\n"));
    {
        // Other entries come from a file, or when everything is as it was at first.
        let text = text.clone();
        use_effect_with(props.entries.clone(), move |entries| text.set(entries.join("\n")));
    }
    let write = {
        let text = text.clone();
        move |event: InputEvent| text.set(written(event.target()))
    };
    let set = props.set.clone();
    let leave = move |event: Event| set.emit(entries(&written(event.target())));
    html! {
        <>
            <label for={id}>{ props.label }</label>
            <textarea
                {id}
                data-testid={id}
                rows="3"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                aria-describedby={hint.clone()}
                value={(*text).clone()}
                oninput={write}
                onchange={leave}
            />
            <p id={hint} class="hint">{ props.hint }</p>
        </>
    }
}

fn written(target: Option<EventTarget>) -> String {
    let area = target.and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok());
    area.map(|area| area.value()).unwrap_or_default()
}

/// The entries on the lines of a text; people also put commas between them.
fn entries(text: &str) -> Vec<String> {
    let entries = text.split(['\n', ',', ';']).map(str::trim);
    entries.filter(|entry| !entry.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn entries_stand_on_lines_or_between_commas() {
        assert_eq!(
            super::entries(" example.com \r\n\n a.example.net, b.example.net;"),
            ["example.com", "a.example.net", "b.example.net"]
        );
    }
}
