//! Where settings come from and where they go: the block of defaults in the page, the browser's storage, a file, and the root element.

use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Storage};

use super::settings::{Settings, Theme, Value};

/// The name under which this browser keeps them.
const KEY: &str = "hopscope-settings";

/// The element of the page that holds defaults: `<script type="application/json" id="hopscope-defaults">`. It is data and never runs.
const DEFAULTS: &str = "hopscope-defaults";

/// The settings with which the page starts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// Those that the page brings.
    pub defaults: Settings,
    /// Those that count: what is kept, over the defaults.
    pub settings: Settings,
}

/// What the page brings and what this browser keeps. Neither counts where it cannot be read.
#[must_use]
pub fn start() -> Start {
    let defaults = defaults().unwrap_or_default();
    let kept = kept().ok().flatten().unwrap_or_default();
    Start { settings: kept.over(&defaults), defaults }
}

/// The defaults in the page; none where it has no such block.
///
/// # Errors
///
/// A sentence on why they cannot be read.
pub fn defaults() -> Result<Settings, String> {
    let block = document().and_then(|document| document.get_element_by_id(DEFAULTS));
    let text = block.and_then(|block| block.text_content()).unwrap_or_default();
    if text.trim().is_empty() { Ok(Settings::default()) } else { read(&text) }
}

/// What this browser keeps; absent where it keeps nothing.
///
/// # Errors
///
/// A sentence on why it cannot be read.
pub fn kept() -> Result<Option<Settings>, String> {
    let Ok(storage) = storage() else { return Ok(None) };
    storage.get_item(KEY).ok().flatten().map(|text| read(&text)).transpose()
}

/// Lets this browser keep settings, in the place of those that it kept before.
///
/// # Errors
///
/// A sentence on what to do where the browser keeps nothing, as in private windows.
pub fn keep(settings: &Settings) -> Result<(), String> {
    let is_kept = storage().and_then(|storage| storage.set_item(KEY, &write(settings)));
    is_kept.map_err(|_| {
        "This browser keeps nothing for this page: it may be a private window, or storage is switched off. Export the settings as a file instead."
            .to_owned()
    })
}

/// Lets this browser forget them.
pub fn forget() {
    if let Ok(storage) = storage() {
        let _ = storage.remove_item(KEY);
    }
}

/// The settings in a text.
///
/// # Errors
///
/// A sentence on why there are none.
pub fn read(text: &str) -> Result<Settings, String> {
    let value = JSON::parse(text).map_err(|_| "This is no JSON, so it holds no settings of Hopscope.")?;
    let is_object = value.is_object() && !Array::is_array(&value);
    let object = value.dyn_into::<Object>().ok().filter(|_| is_object);
    let object = object.ok_or("The field “version” is missing: these are no settings of Hopscope.")?;
    let fields = Object::entries(&object).into_iter().filter_map(|pair| {
        let pair: Array = pair.dyn_into().ok()?;
        Some((pair.get(0).as_string()?, self::value(&pair.get(1))))
    });
    Settings::read(fields.collect())
}

fn value(value: &JsValue) -> Value {
    if let Some(number) = value.as_f64() {
        return Value::Number(number);
    }
    if let Some(text) = value.as_string() {
        return Value::Text(text);
    }
    let list = value.dyn_ref::<Array>().and_then(|list| list.iter().map(|entry| entry.as_string()).collect());
    list.map_or(Value::Other, Value::List)
}

/// The settings as a text, the same for the storage and for a file.
#[must_use]
pub fn write(settings: &Settings) -> String {
    let object = Object::new();
    for (name, value) in settings.fields() {
        let value = match value {
            Value::Number(number) => number.into(),
            Value::Text(text) => text.into(),
            Value::List(list) => list.iter().map(JsValue::from).collect::<Array>().into(),
            Value::Other => JsValue::NULL,
        };
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    let text = JSON::stringify_with_replacer_and_space(&object, &JsValue::NULL, &JsValue::from(2));
    text.map(String::from).unwrap_or_default()
}

/// Makes the page light or dark: the colours follow the attribute `data-theme` of the root.
pub fn show(theme: Theme) {
    let Some(root) = document().and_then(|document| document.document_element()) else { return };
    let _ = match theme {
        Theme::System => root.remove_attribute("data-theme"),
        Theme::Light | Theme::Dark => root.set_attribute("data-theme", theme.name()),
    };
}

fn document() -> Option<Document> {
    web_sys::window().and_then(|window| window.document())
}

/// The browser's storage for this page, which stays on this computer.
fn storage() -> Result<Storage, JsValue> {
    let window = web_sys::window().ok_or(JsValue::UNDEFINED)?;
    window.local_storage()?.ok_or(JsValue::UNDEFINED)
}
