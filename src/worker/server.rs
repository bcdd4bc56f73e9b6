//! The worker's end: waits for requests and answers each with a report.

use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::js_api::{analyze_texts, texts};

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
        let _ = answer(&event.data()).and_then(|reply| replies.post_message(&reply));
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The worker listens as long as it lives.
    on_message.forget();
    let _ = scope.post_message(&READY.into());
}

fn scope() -> Option<DedicatedWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}

fn answer(request: &JsValue) -> Result<JsValue, JsValue> {
    let report = analyze_texts(&texts(&js_sys::Reflect::get(request, &"inputs".into())?));
    let packed = postcard::to_stdvec(&report).map_err(|error| error.to_string())?;
    let reply = js_sys::Object::new();
    js_sys::Reflect::set(&reply, &"number".into(), &js_sys::Reflect::get(request, &"number".into())?)?;
    js_sys::Reflect::set(&reply, &"report".into(), &js_sys::Uint8Array::from(packed.as_slice()))?;
    Ok(reply.into())
}
