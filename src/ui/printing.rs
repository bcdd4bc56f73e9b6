//! Whether the page is being printed. Then lists are longer, findings stand open, and the drawing has the width of paper.

use gloo::events::EventListener;
use web_sys::Event;
use yew::prelude::*;

const BEFORE: &str = "beforeprint";
const AFTER: &str = "afterprint";

/// Says that the page is about to be printed. A script that prints holds the page up at once, before it can be drawn anew: so it says
/// so first, and prints a moment later.
pub fn announce() {
    if let (Some(window), Ok(event)) = (web_sys::window(), Event::new(BEFORE)) {
        let _ = window.dispatch_event(&event);
    }
}

/// Whether the page is being printed.
#[hook]
pub fn use_printing() -> bool {
    let is_printing = use_state_eq(|| false);
    {
        let (before, after) = (is_printing.setter(), is_printing.setter());
        use_effect_with((), move |()| {
            let listeners = web_sys::window().map(|window| {
                [
                    EventListener::new(&window, BEFORE, move |_| before.set(true)),
                    EventListener::new(&window, AFTER, move |_| after.set(false)),
                ]
            });
            move || drop(listeners)
        });
    }
    *is_printing
}
