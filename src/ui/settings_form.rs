//! The form with the settings: the reader's own side, how the page looks, and whether any of it is kept.

use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::cut::{CELL, cut};
use super::entry_list::EntryList;
use super::settings::{Settings, Theme};
use super::zone::{OFFSETS, Zone};
use crate::report::own::odd_entries;

/// What can happen in the form.
#[derive(Clone, Debug)]
pub enum Change {
    /// The reader set something.
    Set(Settings),
    /// The reader wants them kept, or not any more.
    Keep(bool),
    /// The reader wants them as a file.
    Export,
    /// The reader chose a file.
    Import(File),
    /// The reader wants everything as it was at first.
    Reset,
}

/// What a [`SettingsForm`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is set.
    pub settings: Settings,
    /// Whether this browser keeps it.
    pub is_kept: bool,
    /// What became of the last wish; empty where there is nothing to say.
    pub note: AttrValue,
    /// Where changes go.
    pub change: Callback<Change>,
}

/// The form.
#[component]
pub fn SettingsForm(props: &Props) -> Html {
    let options = props.settings.options();
    let odd = odd_entries(&options.own_domains, &options.trusted_hosts);
    let set = props.change.reform(Change::Set);
    html! {
        <>
            <fieldset>
                <legend>{ "Your side" }</legend>
                <EntryList
                    id="own-domains"
                    label="Your own domains, one a line"
                    hint="Such as example.com. Your servers’ lines are then believed, so the trust boundary moves, and bounces of mail forged in your name are recognised more surely."
                    entries={options.own_domains}
                    set={set.reform({
                        let settings = props.settings.clone();
                        move |entries| Settings { own_domains: Some(entries), ..settings.clone() }
                    })}
                />
                <EntryList
                    id="trusted-hosts"
                    label="Other hosts whose lines you trust, one a line"
                    hint="Your provider’s or filter’s: a name, an address or a network, such as 192.0.2.0/24."
                    entries={options.trusted_hosts}
                    set={set.reform({
                        let settings = props.settings.clone();
                        move |entries| Settings { trusted_hosts: Some(entries), ..settings.clone() }
                    })}
                />
                <div role="status" data-testid="odd-entries">
                    if !odd.is_empty() {
                        <ul class="left-out">
                            { for odd.iter().take(SHOWN).map(|sentence| html! { <li>{ cut(sentence, CELL) }</li> }) }
                        </ul>
                    }
                </div>
            </fieldset>
            <fieldset>
                <legend>{ "Appearance" }</legend>
                { zones(&props.settings, &set) }
                { themes(&props.settings, &set) }
            </fieldset>
            { keeping(props) }
        </>
    }
}

/// More odd entries than this are not told one by one.
const SHOWN: usize = 10;

fn zones(settings: &Settings, set: &Callback<Settings>) -> Html {
    let chosen = settings.time_zone.unwrap_or_default();
    let option = |zone: Zone, label: String| {
        html! { <option value={zone.name()} selected={zone == chosen}>{ label }</option> }
    };
    let fixed = OFFSETS.map(Zone::Fixed).map(|zone| option(zone, zone.heading()));
    let (settings, set) = (settings.clone(), set.clone());
    let choose = move |event: Event| {
        let list = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        if let Some(zone) = list.and_then(|list| Zone::of_name(&list.value())) {
            set.emit(Settings { time_zone: Some(zone), ..settings.clone() });
        }
    };
    html! {
        <>
            <label for="time-zone">{ "Times" }</label>
            <select id="time-zone" data-testid="time-zone" onchange={choose}>
                { option(Zone::Utc, "UTC".to_owned()) }
                { option(Zone::Written, "In the zone of each line".to_owned()) }
                { option(Zone::Computer, "In the zone of this computer".to_owned()) }
                <optgroup label="A fixed distance from UTC">{ for fixed }</optgroup>
            </select>
        </>
    }
}

fn themes(settings: &Settings, set: &Callback<Settings>) -> Html {
    let chosen = settings.theme.unwrap_or_default();
    let radio = |theme: Theme| {
        let (settings, set) = (settings.clone(), set.clone());
        let choose = move |_: Event| set.emit(Settings { theme: Some(theme), ..settings.clone() });
        html! {
            <label>
                <input type="radio" name="theme" data-testid={format!("theme-{}", theme.name())} checked={theme == chosen} onchange={choose} />
                { theme.label() }
            </label>
        }
    };
    html! {
        <div class="themes" role="radiogroup" aria-labelledby="theme-label">
            <span id="theme-label">{ "Colours" }</span>
            { for Theme::ALL.map(radio) }
        </div>
    }
}

/// Whether the settings are kept, and the ways in and out.
fn keeping(props: &Props) -> Html {
    let change = props.change.clone();
    let keep = {
        let change = change.clone();
        move |event: Event| {
            if let Some(field) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
            {
                change.emit(Change::Keep(field.checked()));
            }
        }
    };
    let import = {
        let change = change.clone();
        move |event: Event| {
            let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            let file = field.as_ref().and_then(|field| field.files()).and_then(|files| files.get(0));
            if let (Some(field), Some(file)) = (field, file) {
                // Choosing the same file again is a change, too.
                field.set_value("");
                change.emit(Change::Import(file));
            }
        }
    };
    let button = |label: &'static str, test_id: &'static str, wish: Change| {
        let change = change.clone();
        html! {
            <button class="button" type="button" data-testid={test_id} onclick={move |_| change.emit(wish.clone())}>{ label }</button>
        }
    };
    html! {
        <fieldset>
            <legend>{ "Keeping" }</legend>
            <label class="keep">
                <input type="checkbox" data-testid="keep-settings" aria-describedby="keep-hint" checked={props.is_kept} onchange={keep} />
                { "Keep on this computer" }
            </label>
            <p id="keep-hint" class="hint">
                { "Without this, the settings last until the page is closed. With it, this browser stores what stands on this sheet under the address of the page, and sends it nowhere. Mails are never stored. Taking the tick away deletes it at once." }
            </p>
            <div class="settings-tools">
                { button("Export as a file", "export-settings", Change::Export) }
                <label class="button">
                    { "Import a file" }
                    <input class="hidden" type="file" accept=".json,application/json" data-testid="import-settings" onchange={import} />
                </label>
                { button("Reset", "reset-settings", Change::Reset) }
            </div>
            <p class="settings-note" role="status" data-testid="settings-note">{ &props.note }</p>
        </fieldset>
    }
}
