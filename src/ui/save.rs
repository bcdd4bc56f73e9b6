//! Saving: the browser writes a text or a picture that the page made into a file. Nothing is asked of any server.

use gloo::timers::callback::Timeout;
use js_sys::{Array, Uint8Array, encode_uri_component};
use wasm_bindgen::prelude::*;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement, HtmlImageElement, Url,
};
use yew::Callback;

/// Saves a text under a name. Tells whether the browser took it.
pub fn save(name: &str, media_type: &str, text: &str) -> bool {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    // As bytes: a string of the browser's would be one more copy of a text that may be large.
    let bytes = Uint8Array::from(text.as_bytes());
    Blob::new_with_u8_array_sequence_and_options(&Array::of1(&bytes), &options)
        .and_then(|blob| save_blob(name, &blob))
        .is_ok()
}

/// For so long, in milliseconds, the browser may take to ask where the file goes.
const KEPT: u32 = 60_000;

/// A link that is followed once, to a file and not to a page: the page stays.
fn save_blob(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let url = Url::create_object_url_with_blob(blob)?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let link: HtmlElement = document.create_element("a")?.dyn_into()?;
    link.set_attribute("href", &url)?;
    link.set_attribute("download", name)?;
    link.click();
    Timeout::new(KEPT, move || drop(Url::revoke_object_url(&url))).forget();
    Ok(())
}

/// A picture has twice as many dots as the drawing has units, for sharp screens and paper.
const DOTS: f64 = 2.0;

/// No browser makes a picture that is wider or higher, in dots.
const LONGEST: f64 = 16_000.0;

/// Nor one of more dots in all: Safari's limit.
const MOST: f64 = 16_000_000.0;

/// Paints a drawing, and saves it as a picture. `done` hears whether the browser took it.
pub fn save_picture(name: &str, svg: &str, done: Callback<bool>) {
    let Ok(image) = HtmlImageElement::new() else { return done.emit(false) };
    let (painted, name, failed) = (image.clone(), name.to_owned(), done.clone());
    let paint = Closure::once_into_js(move || {
        if paint(&painted, name, done.clone()).is_err() {
            done.emit(false);
        }
    });
    image.set_onload(Some(paint.unchecked_ref()));
    image.set_onerror(Some(Closure::once_into_js(move || failed.emit(false)).unchecked_ref()));
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{}", String::from(encode_uri_component(svg))));
}

fn paint(image: &HtmlImageElement, name: String, saved: Callback<bool>) -> Result<(), JsValue> {
    let (width, height) = (f64::from(image.natural_width()), f64::from(image.natural_height()));
    let scale = DOTS.min(LONGEST / width.max(height)).min((MOST / (width * height)).sqrt());
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into()?;
    // Both are positive and at most LONGEST.
    canvas.set_width((width * scale) as u32);
    canvas.set_height((height * scale) as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
    context.draw_image_with_html_image_element_and_dw_and_dh(
        image,
        0.0,
        0.0,
        width * scale,
        height * scale,
    )?;
    let done = Closure::once_into_js(move |blob: Option<Blob>| {
        saved.emit(blob.is_some_and(|blob| save_blob(&name, &blob).is_ok()));
    });
    canvas.to_blob(done.unchecked_ref())
}
