//! The few lines of JavaScript that a worker starts with.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, Document, Url, Worker, WorkerOptions, WorkerType};

/// The inline script of the single-file edition, which starts both page and worker.
const BOOT_SCRIPT_ID: &str = "hopscope-boot";

/// Starts a worker and hands it the module that this page runs.
///
/// # Errors
///
/// The browser's own, where it allows no worker; also where the page holds no script to start one with.
pub(super) fn start() -> Result<Worker, JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or("no document")?;
    let (script, script_type) = script(&document).ok_or("no script to start a worker with")?;
    let options = BlobPropertyBag::new();
    options.set_type("text/javascript");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&script.into()), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let options = WorkerOptions::new();
    options.set_type(script_type);
    let worker = Worker::new_with_options(&url, &options)?;
    worker.post_message(&wasm_bindgen::module())?;
    Ok(worker)
}

/// In the single-file edition the boot script itself, which knows when it runs in a worker. It is a classic script: a page opened
/// from disk may start no module worker. Else a module that imports the same script as the page.
fn script(document: &Document) -> Option<(String, WorkerType)> {
    if let Some(boot) = document.get_element_by_id(BOOT_SCRIPT_ID) {
        return Some((boot.text_content()?, WorkerType::Classic));
    }
    let link = document.query_selector("link[rel=modulepreload]").ok().flatten()?;
    let url = js_sys::Reflect::get(&link, &"href".into()).ok()?.as_string()?;
    let url = js_sys::JSON::stringify(&url.into()).ok()?;
    let script = format!(
        "import init from {url};\nself.onmessage = ({{ data }}) => {{ self.onmessage = null; init({{ module_or_path: data }}); }};"
    );
    Some((script, WorkerType::Module))
}
