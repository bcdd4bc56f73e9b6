//! The box into which headers are typed or pasted, and the button that opens files.

use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::files;
use super::icon::{Icon, IconView};
use super::shortcuts::{KeyHint, Shortcut};
use super::state::{Action, State, Status, counted, failure};

const PLACEHOLDER: &str = "Received: from mail.example.org (mail.example.org [192.0.2.20])
        by mx1.example.com (Postfix) with ESMTPS id 4F3D2 …

A header, a whole mail or a bounce. Quoted, cut or damaged text is fine.";

/// What the intake shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub state: State,
    /// Where events go.
    pub act: Callback<Action>,
}

/// The box, folded to one line where a text was taken as a whole.
#[component]
pub fn Intake(props: &Props) -> Html {
    let state = &props.state;
    let is_start = state.shown.is_none();
    let area = use_node_ref();
    let is_first = use_mut_ref(|| true);
    {
        // The reader who asks for the box back, or for a new mail, wants to write in it.
        let area = area.clone();
        use_effect_with((state.is_folded, state.mail), move |(is_folded, _)| {
            let was_first = is_first.replace(false);
            if let (false, false, Some(area)) = (was_first, *is_folded, area.cast::<HtmlTextAreaElement>()) {
                let _ = area.focus();
            }
        });
    }
    html! {
        <section class={classes!("intake", state.is_folded.then_some("is-folded"))} aria-label="Your text">
            if is_start {
                <h1>{ "What happened to this mail?" }</h1>
                <p class="lead">
                    { "Paste its header, or the bounce that came back. Hopscope shows the way the mail took, server by server, and where it waited." }
                </p>
            }
            if state.is_folded {
                { folded_line(state, &props.act) }
            } else {
                { open_box(state, &props.act, area) }
            }
        </section>
    }
}

fn folded_line(state: &State, act: &Callback<Action>) -> Html {
    let act = act.clone();
    html! {
        <p class="folded">
            <span>{ summary(state) }</span>
            <button class="button is-quiet" type="button" data-testid="edit-input" aria-keyshortcuts="e" onclick={move |_| act.emit(Action::Unfolded)}>
                { "Edit the text" }<KeyHint shortcut={Shortcut::Edit} />
            </button>
        </p>
    }
}

fn summary(state: &State) -> String {
    let inputs = state
        .shown
        .iter()
        .filter(|shown| shown.number == state.number)
        .flat_map(|shown| &shown.report.inputs);
    let lines: usize = inputs.map(|input| input.lines).sum();
    // Names of files are pseudonyms too.
    let texts =
        state.shown.as_ref().filter(|shown| shown.is_redacted).map_or(&state.texts, |shown| &shown.texts);
    let names: Vec<&str> = texts.iter().filter_map(|text| text.name.as_deref()).collect();
    let what = match names.as_slice() {
        [] => "Pasted text".to_owned(),
        [name] => (*name).to_owned(),
        names => counted(names.len(), "file"),
    };
    if lines == 0 { what } else { format!("{what} · {}", counted(lines, "line")) }
}

fn open_box(state: &State, act: &Callback<Action>, area: NodeRef) -> Html {
    let (typing, leaving, opening, folding) = (act.clone(), act.clone(), act.clone(), act.clone());
    let open = move |event: Event| {
        let files = files::chosen(&event);
        if !files.is_empty() {
            opening.emit(Action::Opened(files));
        }
    };
    html! {
        <>
            <label class="hidden" for="headers">{ "Mail headers" }</label>
            <textarea
                id="headers"
                ref={area}
                data-testid="input"
                placeholder={PLACEHOLDER}
                autocomplete="off"
                spellcheck="false"
                value={state.typed.clone()}
                oninput={move |event: InputEvent| typing.emit(Action::Typed(text_in(&event).into()))}
                onkeydown={move |event: KeyboardEvent| if event.key() == "Escape" { leaving.emit(Action::Folding) }}
            />
            <div class="intake-tools">
                <label class="button">
                    <IconView icon={Icon::File} />{ "Open files" }
                    <input
                        class="hidden"
                        type="file"
                        multiple=true
                        data-testid="open-file"
                        onchange={open}
                    />
                </label>
                if state.shown.as_ref().is_some_and(|shown| !shown.report.messages.is_empty()) {
                    <button class="button is-quiet" type="button" data-testid="fold-input" onclick={move |_| folding.emit(Action::Folding)}>
                        { "Fold the text away" }
                    </button>
                }
                <span class="hint">{ hint(state) }</span>
            </div>
        </>
    }
}

fn hint(state: &State) -> String {
    match state.status {
        Status::Failed => failure(state).to_owned(),
        Status::Reading => "Reading …".to_owned(),
        _ if state.texts.iter().any(|text| text.name.is_some()) => {
            format!("{} is being shown. Typing here starts anew.", summary(state))
        }
        _ => "or drop or paste them anywhere on this page: .eml, .msg, .mbox, .txt, several at once."
            .to_owned(),
    }
}

fn text_in(event: &InputEvent) -> String {
    let area = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok());
    area.map(|area| area.value()).unwrap_or_default()
}
