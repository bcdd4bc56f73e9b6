//! In a real browser: the interface for JavaScript, and the page where no worker can be had.
#![cfg(target_arch = "wasm32")]

use hopscope::js_api::analyze_for_javascript;
use hopscope::report::Report;
use hopscope::ui::App;
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::*;
use web_sys::{Element, Event, EventInit, HtmlTextAreaElement};

wasm_bindgen_test_configure!(run_in_browser);

const MAIL: &str =
    "Received: from a.example.org by mx.example.com; Mon, 2 Nov 2026 09:00:00 +0100\nSubject: Hello\n";

fn analyzed(inputs: &JsValue) -> Report {
    serde_wasm_bindgen::from_value(analyze_for_javascript(inputs, &JsValue::UNDEFINED).unwrap()).unwrap()
}

#[wasm_bindgen_test]
fn javascript_gets_the_same_report_as_plain_objects() {
    let report = analyze_for_javascript(&MAIL.into(), &JsValue::UNDEFINED).unwrap();
    let get = |object: &JsValue, name: &str| Reflect::get(object, &name.into()).unwrap();
    assert_eq!(get(&report, "schema").as_f64(), Some(1.0));
    let hop = get(&get(&get(&get(&report, "messages"), "0"), "hops"), "0");
    assert_eq!(get(&hop, "by").as_string().as_deref(), Some("mx.example.com"));
    assert_eq!(get(&hop, "epoch").as_f64(), Some(1_793_606_400.0));
    assert!(get(&hop, "helo").is_null(), "what is absent is null");
}

#[wasm_bindgen_test]
fn strings_bytes_and_named_files_are_all_taken() {
    assert_eq!(analyzed(&MAIL.into()).messages.len(), 1);
    assert_eq!(analyzed(&Uint8Array::from(MAIL.as_bytes())).messages.len(), 1);
    let file = Object::new();
    Reflect::set(&file, &"name".into(), &"one.eml".into()).unwrap();
    Reflect::set(&file, &"bytes".into(), &Uint8Array::from(MAIL.as_bytes())).unwrap();
    let report = analyzed(&Array::of2(&MAIL.into(), &file));
    assert_eq!(report.messages.len(), 2);
    assert_eq!(report.inputs[1].name.as_deref(), Some("one.eml"));
}

#[wasm_bindgen_test]
fn own_domains_are_taken_from_an_object_of_options() {
    let mail = "Received: from mx.example.com (mx.example.com [192.0.2.9]) by store.example.net; Mon, 2 Nov 2026 09:00:02 +0100\n\
        Received: from out.example.org (out.example.org [203.0.113.5]) by mx.example.com; Mon, 2 Nov 2026 09:00:01 +0100\n\
        Subject: Hello\n";
    let options = Object::new();
    let domains = Array::of2(&"example.com".into(), &"com".into());
    Reflect::set(&options, &"own_domains".into(), &domains).unwrap();
    let read = |options: &JsValue| -> Report {
        serde_wasm_bindgen::from_value(analyze_for_javascript(&mail.into(), options).unwrap()).unwrap()
    };
    let hop = |report: &Report| report.messages[0].boundary.as_ref().map(|boundary| boundary.hop);
    assert_eq!(hop(&read(&JsValue::UNDEFINED)), Some(1));
    let report = read(&options);
    assert_eq!((hop(&report), report.left_out.len()), (None, 1));
}

#[wasm_bindgen_test]
fn values_that_are_no_text_count_as_empty() {
    for value in [JsValue::UNDEFINED, JsValue::NULL, JsValue::from(7), Object::new().into()] {
        assert_eq!(analyzed(&value).messages.len(), 0);
    }
}

#[wasm_bindgen_test]
fn the_clock_of_the_browser_tells_dates_in_the_future() {
    let mail = MAIL.replace("2026", "2199");
    assert_eq!(analyzed(&mail.into()).messages[0].hops[0].notes.len(), 1);
}

/// This test page has no script to start a worker with, so the page reads by itself.
#[wasm_bindgen_test]
async fn without_a_worker_the_page_still_reads_what_is_typed() {
    let document = web_sys::window().unwrap().document().unwrap();
    let root = document.create_element("div").unwrap();
    document.body().unwrap().append_child(&root).unwrap();
    yew::Renderer::<App>::with_root(root.clone()).render();
    wait_for(&root, "[data-testid=input]").await;
    let area = root.query_selector("[data-testid=input]").unwrap().unwrap();
    let area: HtmlTextAreaElement = area.unchecked_into();
    area.set_value(MAIL);
    let bubbling = EventInit::new();
    bubbling.set_bubbles(true);
    area.dispatch_event(&Event::new_with_event_init_dict("input", &bubbling).unwrap()).unwrap();
    wait_for(&root, "[data-testid=hop]").await;
    assert_eq!(root.query_selector_all("[data-testid=hop]").unwrap().length(), 1);
}

/// Lets the page draw until an element is there; gives up after a few hundred frames.
async fn wait_for(root: &Element, selector: &str) {
    for _ in 0..300 {
        if root.query_selector(selector).unwrap().is_some() {
            return;
        }
        next_frame().await;
    }
    panic!("no {selector} in {}", root.inner_html());
}

async fn next_frame() {
    let window = web_sys::window().unwrap();
    let frame = js_sys::Promise::new(&mut |resolve, _| {
        window.request_animation_frame(&resolve).unwrap();
    });
    JsFuture::from(frame).await.unwrap();
}
