//! The worker's end: waits for requests and answers each with a report.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

use super::reading::{Read, read_at_once, report};
use super::text::to_objects;
use crate::js_api::options;

/// What the worker says once it can take requests.
pub(super) const READY: &str = "ready";

/// Whether this code runs in a worker, where there is no page to draw.
#[must_use]
pub fn is_worker() -> bool {
    scope().is_some()
}

/// Answers requests until the page ends the worker. Does nothing outside a worker.
pub fn serve() {
    let Some(scope) = scope() else {
        return;
    };
    let replies = scope.clone();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        // A reply that cannot be posted leaves the page waiting; its own time limit then ends this worker.
        let _ = answer(&event.data(), &replies);
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The worker listens as long as it lives.
    on_message.forget();
    let _ = scope.post_message(&READY.into());
}

fn scope() -> Option<DedicatedWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}

fn answer(request: &JsValue, replies: &DedicatedWorkerGlobalScope) -> Result<(), JsValue> {
    let inputs: Array = Reflect::get(request, &"inputs".into())?.dyn_into()?;
    let options = options(&Reflect::get(request, &"options".into())?);
    let is_redacted = Reflect::get(request, &"redact".into())?.is_truthy();
    let (report, texts) = report(inputs.iter().map(|input| read(&input)).collect(), options, is_redacted);
    let packed = postcard::to_stdvec(&report).map_err(|error| error.to_string())?;
    let packed = Uint8Array::from(packed.as_slice());
    let reply = Object::new();
    Reflect::set(&reply, &"number".into(), &Reflect::get(request, &"number".into())?)?;
    Reflect::set(&reply, &"report".into(), &packed)?;
    let mut transfer = Array::of1(&packed.buffer());
    if let Some(texts) = texts {
        let (texts, buffers) = to_objects(&texts)?;
        Reflect::set(&reply, &"texts".into(), &texts)?;
        transfer.extend(buffers);
    }
    replies.post_message_with_transfer(&reply, &transfer)
}

/// A text of a request: `{ name, bytes }` or `{ name, file }`. A folder has neither bytes nor a file.
fn read(input: &JsValue) -> Read {
    let property = |name: &str| Reflect::get(input, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let name = property("name").as_string();
    if let Some(file) = property("file").dyn_ref::<Blob>() {
        return read_at_once(name, file);
    }
    match property("bytes").dyn_ref::<Uint8Array>() {
        Some(bytes) => Read { name, bytes: bytes.to_vec(), note: None },
        None => Read::folder(name),
    }
}
