//! The button for the settings, and the sheet that it opens.

use gloo::file::callbacks::{FileReader, read_as_text};
use web_sys::{File, HtmlDialogElement, HtmlElement};
use yew::prelude::*;

use super::icon::{Icon, IconView};
use super::save::save;
use super::settings::Settings;
use super::settings_form::{Change, SettingsForm};
use super::settings_store;
use super::state::Action;

/// What a [`SettingsView`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is set.
    pub settings: Settings,
    /// The defaults of the page.
    pub defaults: Settings,
    /// Where changes go.
    pub act: Callback<Action>,
}

/// A file of settings is far smaller than this, in bytes.
const LARGEST: f64 = 1_000_000.0;

/// The button and the sheet. Escape closes it, and the browser gives the focus back to the button.
#[component]
pub fn SettingsView(props: &Props) -> Html {
    let sheet = use_node_ref();
    let is_kept = use_state_eq(|| false);
    let note = use_state_eq(AttrValue::default);
    {
        let (is_kept, note) = (is_kept.clone(), note.clone());
        use_effect_with((), move |()| {
            let kept = settings_store::kept();
            is_kept.set(matches!(kept, Ok(Some(_))));
            let kept = kept.err().map(|error| format!("What this browser keeps was not read. {error}"));
            let brought = settings_store::defaults().err();
            let brought = brought.map(|error| format!("The defaults of this page were not read. {error}"));
            note.set(kept.or(brought).unwrap_or_default().into());
        });
    }
    let change = use_change(props, is_kept.clone(), note.clone());
    let open = {
        let sheet = sheet.clone();
        move |_: MouseEvent| {
            if let Some(sheet) = sheet.cast::<HtmlDialogElement>() {
                // It fails only where the sheet is open already.
                let _ = sheet.show_modal();
            }
        }
    };
    let close = {
        let sheet = sheet.clone();
        move |_: MouseEvent| leave(&sheet)
    };
    // What was typed last counts, too: a box tells of its change when it is left.
    let cancel = {
        let sheet = sheet.clone();
        move |_: Event| leave_box(&sheet)
    };
    html! {
        <>
            <button class="button bar-settings" type="button" data-testid="settings" aria-haspopup="dialog" onclick={open}>
                <IconView icon={Icon::Sliders} /><span class="bar-label">{ "Settings" }</span>
            </button>
            <dialog ref={sheet} class="settings" data-testid="settings-sheet" aria-labelledby="settings-title" closedby="any" oncancel={cancel}>
                <div class="settings-head">
                    <h2 id="settings-title">{ "Settings" }</h2>
                    <button class="button is-icon" type="button" data-testid="close-settings" onclick={close}>
                        <IconView icon={Icon::Cross} /><span>{ "Close" }</span>
                    </button>
                </div>
                <SettingsForm settings={props.settings.clone()} is_kept={*is_kept} note={(*note).clone()} {change} />
            </dialog>
        </>
    }
}

fn leave(sheet: &NodeRef) {
    leave_box(sheet);
    if let Some(sheet) = sheet.cast::<HtmlDialogElement>() {
        sheet.close();
    }
}

fn leave_box(sheet: &NodeRef) {
    let active = sheet.cast::<HtmlElement>().and_then(|sheet| sheet.owner_document()?.active_element());
    if let Some(active) = active.and_then(|active| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(active).ok())
    {
        let _ = active.blur();
    }
}

/// Does what the reader wishes, and says what became of it.
#[hook]
fn use_change(
    props: &Props,
    is_kept: UseStateHandle<bool>,
    note: UseStateHandle<AttrValue>,
) -> Callback<Change> {
    let reader = use_mut_ref(|| None::<FileReader>);
    let (settings, defaults, act) = (props.settings.clone(), props.defaults.clone(), props.act.clone());
    let set = {
        let (is_kept, note, defaults) = (is_kept.clone(), note.clone(), defaults.clone());
        move |settings: Settings, said: &'static str| {
            let kept = if *is_kept { settings_store::keep(&settings.beyond(&defaults)) } else { Ok(()) };
            note.set(kept.err().map_or(AttrValue::Static(said), AttrValue::from));
            act.emit(Action::Set(settings));
        }
    };
    Callback::from(move |change| match change {
        Change::Set(settings) => set(settings, ""),
        Change::Reset => set(defaults.clone(), "Everything is as it was at first."),
        Change::Keep(true) => match settings_store::keep(&settings.beyond(&defaults)) {
            Ok(()) => {
                is_kept.set(true);
                note.set("This browser keeps the settings.".into());
            }
            Err(error) => note.set(error.into()),
        },
        Change::Keep(false) => {
            settings_store::forget();
            is_kept.set(false);
            note.set("This browser has forgotten the settings.".into());
        }
        Change::Export => {
            let text = settings_store::write(&settings);
            save("hopscope-settings.json", "application/json", &text);
            note.set("The settings were saved as hopscope-settings.json.".into());
        }
        Change::Import(file) => {
            let (set, note, defaults) = (set.clone(), note.clone(), defaults.clone());
            *reader.borrow_mut() = import(file, move |read| match read {
                Ok(settings) => set(settings.over(&defaults), "The settings of the file count now."),
                Err(error) => note.set(format!("Nothing was changed. {error}").into()),
            });
        }
    })
}

/// Reads a file of settings; the reader has to live until it calls back.
fn import(file: File, then: impl FnOnce(Result<Settings, String>) + 'static) -> Option<FileReader> {
    if file.size() > LARGEST {
        then(Err("The file is too large to hold settings.".to_owned()));
        return None;
    }
    Some(read_as_text(&gloo::file::File::from(file), move |text| {
        let text = text.map_err(|_| "The file cannot be read.".to_owned());
        then(text.and_then(|text| settings_store::read(&text)));
    }))
}
