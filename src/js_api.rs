//! The interface for JavaScript: the same report as everywhere, as a plain object.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::Input;
use crate::Options;
use crate::analyze;
use crate::redact::Redacted;
use crate::report::Report;

/// Reads mail headers and returns the report.
///
/// `options` may be left out, or be an object `{ own_domains, trusted_hosts }` with arrays of strings; see [`Options`]. What else is in it
/// counts for nothing.
///
/// `inputs` is a string or a `Uint8Array`, or an array of these and of objects `{ name, bytes }` with `bytes` again a string or a
/// `Uint8Array`. Anything else counts as an empty text.
///
/// # Errors
///
/// Only where the report cannot be turned into an object, which does not happen to reports of this version.
#[wasm_bindgen(js_name = analyze)]
pub fn analyze_for_javascript(inputs: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
    let report = analyze_texts(&texts(inputs), self::options(options));
    Ok(report.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

/// Puts pseudonyms into the texts of one case and returns them as an array of objects `{ name, bytes }`. `inputs` is what
/// [`analyze_for_javascript`] takes.
///
/// # Errors
///
/// Only where an object cannot be made, which does not happen in a browser.
#[wasm_bindgen(js_name = redact)]
pub fn redact_for_javascript(inputs: &JsValue) -> Result<js_sys::Array, JsValue> {
    let object = |text: Redacted| {
        let object = js_sys::Object::new();
        let name = text.name.map_or(JsValue::UNDEFINED, JsValue::from);
        js_sys::Reflect::set(&object, &"name".into(), &name)?;
        js_sys::Reflect::set(&object, &"bytes".into(), &js_sys::Uint8Array::from(text.bytes.as_slice()))?;
        Ok(object)
    };
    redact_texts(&texts(inputs), &Options::default()).0.into_iter().map(object).collect()
}

/// The texts of one case with pseudonyms, and the options with the same.
pub(crate) fn redact_texts(texts: &[Text], options: &Options) -> (Vec<Redacted>, Options) {
    let inputs: Vec<Input<'_>> =
        texts.iter().map(|(name, bytes)| Input { name: name.as_deref(), bytes }).collect();
    crate::redact_with(&inputs, options)
}

/// A text from JavaScript: its name, absent for pasted text, and its bytes.
pub(crate) type Text = (Option<String>, Vec<u8>);

/// The options that a value from JavaScript stands for.
pub(crate) fn options(value: &JsValue) -> Options {
    let list = |name: &str| {
        let list = js_sys::Reflect::get(value, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let list = list.dyn_ref::<js_sys::Array>().map(js_sys::Array::to_vec).unwrap_or_default();
        list.iter().filter_map(JsValue::as_string).collect()
    };
    Options { now: None, own_domains: list("own_domains"), trusted_hosts: list("trusted_hosts") }
}

/// The report of some texts, with the browser's clock as the time of the analysis.
pub(crate) fn analyze_texts(texts: &[Text], options: Options) -> Report {
    let inputs: Vec<Input<'_>> =
        texts.iter().map(|(name, bytes)| Input { name: name.as_deref(), bytes }).collect();
    // Milliseconds since 1970 stay exact in an f64, and seconds fit an i64.
    let now = (js_sys::Date::now() / 1000.0) as i64;
    analyze(&inputs, &Options { now: Some(now), ..options })
}

/// The texts that a value from JavaScript stands for.
pub(crate) fn texts(value: &JsValue) -> Vec<Text> {
    match value.dyn_ref::<js_sys::Array>() {
        Some(list) => list.iter().map(|item| text(&item)).collect(),
        None => vec![text(value)],
    }
}

fn text(value: &JsValue) -> Text {
    if let Some(bytes) = bytes(value) {
        return (None, bytes);
    }
    let property = |name: &str| js_sys::Reflect::get(value, &name.into()).unwrap_or(JsValue::UNDEFINED);
    (property("name").as_string(), bytes(&property("bytes")).unwrap_or_default())
}

fn bytes(value: &JsValue) -> Option<Vec<u8>> {
    let array = value.dyn_ref::<js_sys::Uint8Array>().map(js_sys::Uint8Array::to_vec);
    array.or_else(|| value.as_string().map(String::into_bytes))
}
