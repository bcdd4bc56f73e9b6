//! Saves bytes as a file, where the browser saves downloads. Nothing is asked of any server.

use gloo::timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

/// For so long, in milliseconds, the bytes are held: some browsers take them only after they have asked the reader where to.
const TIME_TO_SAVE: u32 = 60_000;

/// Saves bytes under a name, with a media type such as `application/json`. Does nothing where the browser cannot.
pub fn save(name: &str, mime: &str, bytes: &[u8]) {
    // What fails here was refused by the browser, which says so itself.
    let _ = offer(name, mime, bytes);
}

fn offer(name: &str, mime: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::UNDEFINED)?;
    let link: HtmlElement = document.create_element("a")?.unchecked_into();
    link.set_attribute("href", &url)?;
    link.set_attribute("download", name)?;
    link.click();
    Timeout::new(TIME_TO_SAVE, move || drop(Url::revoke_object_url(&url))).forget();
    Ok(())
}
