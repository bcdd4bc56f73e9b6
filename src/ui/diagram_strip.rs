//! The strip above a long route: a bar for each hop. It is the scroll bar of the drawing below.

use std::rc::Rc;

use gloo::events::EventListener;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::diagram_parts::still;
use crate::report::diagram::{BARS, Drawing};

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
    let hop = use_state_eq(|| 1_usize);
    let in_view = use_in_view(&props.frame, &props.drawing);
    {
        // Whatever else scrolls the drawing takes the slider along.
        let hop = hop.clone();
        use_effect_with(in_view, move |in_view| {
            if let Some([first, last]) = *in_view {
                hop.set((*hop).clamp(first + 1, last + 1));
            }
        });
    }
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
    let x = |hop: usize| strip.width * hop as f64 / props.hops.max(1) as f64;
    html! {
        <div class="strip" data-testid="strip">
            <svg viewBox={format!("0 0 {} {}", strip.width, strip.height)} aria-hidden="true">
                if let Some([first, last]) = in_view {
                    <rect class="in-view" x={x(first).to_string()} y="0" width={(x(last + 1) - x(first)).to_string()} height={BARS.to_string()} />
                }
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

/// The first and the last hop of the part of the drawing that the window shows; absent where it shows all of it.
#[hook]
fn use_in_view(frame: &NodeRef, drawing: &Rc<Drawing>) -> Option<[usize; 2]> {
    let shown = use_state_eq(|| None::<[usize; 2]>);
    {
        let shown = shown.setter();
        use_effect_with((frame.clone(), Rc::clone(drawing)), move |(frame, drawing)| {
            let (of, drawing) = (frame.clone(), Rc::clone(drawing));
            let look = move || shown.set(in_view(&of, &drawing));
            look();
            let window = frame.cast::<HtmlElement>();
            let listener = window.map(|window| EventListener::new(&window, "scroll", move |_| look()));
            move || drop(listener)
        });
    }
    *shown
}

fn in_view(frame: &NodeRef, drawing: &Drawing) -> Option<[usize; 2]> {
    let window = frame.cast::<HtmlElement>()?;
    let [top, height, whole] =
        [window.scroll_top(), window.client_height(), window.scroll_height()].map(f64::from);
    let units = drawing.height / whole;
    if height >= whole { None } else { drawing.hops_between(top * units, (top + height) * units) }
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
