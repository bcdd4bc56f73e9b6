//! The page's end: sends the newest text, takes the report, and starts a new worker when one fails or takes too long.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Worker};

use super::reading::{read_between, report};
use super::text::{Text, from_object, to_objects};
use super::{script, server::READY};
use crate::Options;
use crate::report::Report;

/// An analysis that takes longer than this, in milliseconds, is given up; one of large texts gets [`TIME_PER_MEGABYTE`] more.
const TIME_LIMIT: u32 = 30_000;

/// So much longer, in milliseconds, may every megabyte take.
const TIME_PER_MEGABYTE: u32 = 1_000;

/// A worker that read more than this, in bytes, is replaced by a new one: WebAssembly never gives memory back.
const LARGE: usize = 16_000_000;

/// A worker that is not ready after this, in milliseconds, is given up. It takes 20 to 40 ms on an ordinary machine.
const START_LIMIT: u32 = 10_000;

/// The texts to read, and the number under which the answer comes back.
#[derive(Clone, Debug)]
pub struct Request {
    /// Counts up; the page forgets answers to anything but its newest request.
    pub number: u32,
    /// The texts.
    pub texts: Rc<Vec<Text>>,
    /// What the analysis may know besides; the time of the analysis is left to the worker.
    pub options: Options,
    /// Whether pseudonyms are put into them first.
    pub is_redacted: bool,
}

/// What comes back.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The report of the request with this number, and the texts with pseudonyms where these were asked for.
    Report(u32, Box<Report>, Option<Vec<Text>>),
    /// The analysis of the request with this number failed or took too long; the worker was started anew.
    Failed(u32),
}

impl Request {
    fn length(&self) -> usize {
        self.texts.iter().map(Text::length).sum()
    }

    /// How long the worker may take, in milliseconds.
    fn time_limit(&self) -> u32 {
        let megabytes = u32::try_from(self.length() / 1_000_000).unwrap_or(u32::MAX);
        TIME_LIMIT.saturating_add(megabytes.saturating_mul(TIME_PER_MEGABYTE))
    }
}

/// The connection to the worker. Cloning gives another handle to the same one.
#[derive(Clone)]
pub struct Client {
    state: Rc<RefCell<State>>,
    on_answer: Rc<dyn Fn(Answer)>,
}

#[derive(Default)]
struct State {
    line: Option<Line>,
    /// What the worker reads now.
    running: Option<Running>,
    /// The newest request that has to wait. Older waiting ones are dropped: nobody wants their answer any more.
    waiting: Option<Request>,
}

/// A request that the worker has.
struct Running {
    number: u32,
    /// Whether the worker is replaced once it has answered.
    is_large: bool,
    /// The clock that ends it.
    _limit: Timeout,
}

/// A worker and the ears on it.
struct Line {
    worker: Worker,
    is_ready: bool,
    /// The clock that gives it up if it does not start; gone once it is ready.
    start_limit: Option<Timeout>,
    _listeners: [EventListener; 2],
}

impl Client {
    /// Starts a worker. Answers go to `on_answer`.
    pub fn new(on_answer: impl Fn(Answer) + 'static) -> Self {
        let client = Self { state: Rc::default(), on_answer: Rc::new(on_answer) };
        client.connect();
        client
    }

    /// Asks for an analysis. While one runs, the newest request waits for its turn.
    pub fn send(&self, request: Request) {
        let Some(is_free) = self.is_free() else {
            // No worker to be had in this browser: read it here, at the price of a short standstill.
            let on_answer = Rc::clone(&self.on_answer);
            read_between(&request.texts, move |texts| {
                let (report, texts) = report(texts, request.options, request.is_redacted);
                on_answer(Answer::Report(request.number, Box::new(report), texts));
            });
            return;
        };
        if is_free {
            self.post(&request);
        } else {
            self.state.borrow_mut().waiting = Some(request);
        }
    }

    /// Whether the worker can take a request now; absent where there is no worker.
    fn is_free(&self) -> Option<bool> {
        let state = self.state.borrow();
        let line = state.line.as_ref()?;
        Some(line.is_ready && state.running.is_none())
    }

    fn connect(&self) {
        let Ok(worker) = script::start() else {
            return;
        };
        let (heard, failed) = (self.clone(), self.clone());
        let listeners = [
            EventListener::new(&worker, "message", move |event| {
                if let Some(event) = event.dyn_ref::<MessageEvent>() {
                    heard.hear(&event.data());
                }
            }),
            EventListener::new(&worker, "error", move |_| failed.give_up()),
        ];
        let late = self.clone();
        let start_limit = Some(Timeout::new(START_LIMIT, move || late.give_up()));
        self.state.borrow_mut().line =
            Some(Line { worker, is_ready: false, start_limit, _listeners: listeners });
    }

    fn post(&self, request: &Request) {
        let Ok((message, transfer)) = to_message(request) else {
            (self.on_answer)(Answer::Failed(request.number));
            return;
        };
        let late = self.clone();
        let limit = Timeout::new(request.time_limit(), move || late.give_up());
        let mut state = self.state.borrow_mut();
        let is_large = request.length() > LARGE;
        state.running = Some(Running { number: request.number, is_large, _limit: limit });
        if let Some(line) = &state.line {
            // A worker that cannot be written to never answers: the time limit ends it.
            let _ = line.worker.post_message_with_transfer(&message, &transfer);
        }
    }

    /// Takes what the worker says: that it is ready, or a report.
    fn hear(&self, message: &JsValue) {
        if message.as_string().as_deref() == Some(READY) {
            if let Some(line) = &mut self.state.borrow_mut().line {
                line.is_ready = true;
                line.start_limit = None;
            }
        } else {
            let running = self.state.borrow_mut().running.take();
            if running.as_ref().is_some_and(|running| running.is_large) {
                self.replace();
            }
            let answer =
                from_message(message).or_else(|| running.map(|running| Answer::Failed(running.number)));
            if let Some(answer) = answer {
                (self.on_answer)(answer);
            }
        }
        self.post_waiting();
    }

    fn post_waiting(&self) {
        let waiting = self.state.borrow_mut().waiting.take();
        if let Some(request) = waiting {
            self.send(request);
        }
    }

    /// Ends a worker that failed or takes too long, and starts another. A panic ends a WebAssembly instance for good.
    fn give_up(&self) {
        let running = self.state.borrow_mut().running.take();
        self.replace();
        if let Some(running) = running {
            (self.on_answer)(Answer::Failed(running.number));
        }
        self.post_waiting();
    }

    /// Ends the worker and starts another, unless it never was ready: then there is none to be had.
    fn replace(&self) {
        let line = self.state.borrow_mut().line.take();
        let was_ready = line.as_ref().is_some_and(|line| line.is_ready);
        if let Some(line) = &line {
            line.worker.terminate();
        }
        // The ears are dropped later: one of them may be the caller of this.
        Timeout::new(0, move || drop(line)).forget();
        if was_ready {
            self.connect();
        }
    }
}

/// The message, and the buffers in it that change hands.
fn to_message(request: &Request) -> Result<(JsValue, Array), JsValue> {
    let (inputs, transfer) = to_objects(&request.texts)?;
    let message = Object::new();
    Reflect::set(&message, &"number".into(), &request.number.into())?;
    Reflect::set(&message, &"inputs".into(), &inputs)?;
    Reflect::set(&message, &"options".into(), &to_options(&request.options)?)?;
    Reflect::set(&message, &"redact".into(), &request.is_redacted.into())?;
    Ok((message.into(), transfer))
}

/// The options as [`crate::js_api::options`] reads them.
fn to_options(options: &Options) -> Result<JsValue, JsValue> {
    let list = |entries: &[String]| entries.iter().map(JsValue::from).collect::<Array>();
    let object = Object::new();
    Reflect::set(&object, &"own_domains".into(), &list(&options.own_domains))?;
    Reflect::set(&object, &"trusted_hosts".into(), &list(&options.trusted_hosts))?;
    Ok(object.into())
}

fn from_message(message: &JsValue) -> Option<Answer> {
    let number = Reflect::get(message, &"number".into()).ok()?.as_f64()?;
    let packed = Reflect::get(message, &"report".into()).ok()?.dyn_into::<Uint8Array>().ok()?;
    let report = postcard::from_bytes(&packed.to_vec()).ok()?;
    let texts = Reflect::get(message, &"texts".into()).ok()?.dyn_into::<Array>().ok();
    let texts = texts.map(|texts| texts.iter().map(|text| from_object(&text)).collect());
    // Numbers count the requests of one visit: they are small and whole.
    Some(Answer::Report(number as u32, Box::new(report), texts))
}
