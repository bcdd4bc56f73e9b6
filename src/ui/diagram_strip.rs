//! The strip above a long route: a bar for each hop. It is the scroll bar of the drawing below.

use std::rc::Rc;

use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::diagram_parts::still;
use crate::report::diagram::Drawing;

/// What a [`Strip`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The strip.
    pub strip: Rc<Drawing>,
    /// The drawing below it.
    pub drawing: Rc<Drawing>,
    /// How many hops there are.
    pub hops: usize,
    /// The window in which the drawing stands.
    pub frame: NodeRef,
}

/// The strip. Over its bars lies a slider of the browser's own, so that mouse, finger and keys move it as they move any other.
#[component]
pub fn Strip(props: &Props) -> Html {
    let hop = use_state(|| 1_usize);
    let moved = {
        let (hop, frame, drawing) = (hop.clone(), props.frame.clone(), Rc::clone(&props.drawing));
        Callback::from(move |event: InputEvent| {
            let to = event
                .target_dyn_into::<HtmlInputElement>()
                .and_then(|input| input.value().parse::<usize>().ok());
            let Some(to) = to else { return };
            hop.set(to);
            bring_into_view(&frame, &drawing, to.saturating_sub(1), Bring::Always);
        })
    };
    let strip = &props.strip;
    html! {
        <div class="strip" data-testid="strip">
            <svg viewBox={format!("0 0 {} {}", strip.width, strip.height)} aria-hidden="true">
                { for strip.parts.iter().map(|part| still(part, false)) }
            </svg>
            <input
                type="range"
                min="1"
                max={props.hops.to_string()}
                value={hop.to_string()}
                aria-label="The hop that the drawing shows"
                aria-valuetext={format!("hop {} of {}", *hop, props.hops)}
                title={props.strip.description.clone()}
                data-testid="strip-slider"
                oninput={moved}
            />
        </div>
    }
}

/// When to scroll.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Bring {
    /// In any case.
    Always,
    /// Only what is not in view.
    IfHidden,
}

/// Scrolls the window so that a hop stands in its middle.
pub fn bring_into_view(frame: &NodeRef, drawing: &Drawing, hop: usize, when: Bring) {
    let Some((window, y)) = frame.cast::<HtmlElement>().zip(drawing.height_of(hop)) else { return };
    let (top, height) = (f64::from(window.scroll_top()), f64::from(window.offset_height()));
    let y = y * f64::from(window.scroll_height()) / drawing.height;
    let is_in_view = (top..top + height).contains(&y);
    if when == Bring::Always || !is_in_view {
        // The height of a drawing is some thousand pixels.
        window.set_scroll_top((y - height / 2.0).max(0.0) as i32);
    }
}
