//! The route as a drawing. The table below it has everything that it shows, and more.

use std::rc::Rc;

use gloo::events::EventListener;
use web_sys::{Element, HtmlElement, SvgElement};
use yew::prelude::*;

use super::axis::Axis;
use super::diagram_legend::legend_of;
use super::diagram_parts::{Hand, opening_name, part};
use super::diagram_strip::Strip;
use super::state::{Action, Choice, LitLines, is_lit};
use crate::report::Report;
use crate::report::diagram::{Drawing, Opening, Part, Space, View, draw_as, strip};

/// What a [`Diagram`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The report.
    pub report: Rc<Report>,
    /// The message whose route is drawn.
    pub message: usize,
    /// The lines that are lit.
    pub lit: Rc<Vec<LitLines>>,
    /// How times are drawn.
    pub axis: Axis,
    /// Where events go.
    pub act: Callback<Action>,
}

/// The drawing, as wide as there is room. Of a long route it is a window, above which a strip shows the whole.
#[component]
pub fn Diagram(props: &Props) -> Html {
    let frame = use_node_ref();
    let space = use_space(&frame);
    let opened = use_state(Vec::<Opening>::new);
    // Where the tab key comes in; the arrow keys go on from there.
    let stop = use_state(|| 0_usize);
    let drawing = {
        let task = (Rc::clone(&props.report), props.message, space, props.axis, opened.clone());
        use_memo(task, |(report, message, space, axis, opened)| {
            let view = View::of(report, *message, *space);
            let (scale, is_corrected) = (axis.scale, axis.is_corrected);
            let view = View { scale, is_corrected, opened: opened.to_vec(), ..view };
            report.messages.get(*message).and_then(|message| draw_as(message, &view))
        })
    };
    let toggle = use_toggle(&frame, &opened);
    let message = props.report.messages.get(props.message);
    let Some((drawing, message)) = drawing.as_ref().as_ref().zip(message) else {
        return html! { <div ref={frame} /> };
    };
    let overview = strip(message, drawing);
    let walk = walk(drawing);
    let first = if *stop < walk.len() { *stop } else { 0 };
    let is_lit = |[first, last]: [usize; 2]| {
        let hops = message.hops.get(first..=last).unwrap_or_default();
        hops.iter().any(|hop| is_lit(&props.lit, hop.lines))
    };
    let choose = {
        let (act, message) = (props.act.clone(), props.message);
        Callback::from(move |hop| act.emit(Action::Chosen(Choice::Hop(message, hop))))
    };
    let hand = Hand { is_lit: &is_lit, choose, toggle };
    let parts = drawing.parts.iter().enumerate().map(|(place, one)| {
        let walk = walk.iter().position(|at| *at == place);
        part(one, &hand, walk.unwrap_or_default(), walk == Some(first))
    });
    let size = format!("0 0 {} {}", drawing.width, drawing.height);
    let walked =
        Callback::from(move |event: FocusEvent| stop.set(place(&button(&event)).unwrap_or_default()));
    html! {
        <div class={classes!("diagram", overview.is_some().then_some("is-long"))} data-testid="diagram">
            if let Some(overview) = overview {
                <Strip strip={Rc::new(overview)} drawing={Rc::new(drawing.clone())} hops={message.hops.len()} frame={frame.clone()} />
            }
            <div class="diagram-window" ref={frame}>
                <svg
                    viewBox={size}
                    width={drawing.width.to_string()}
                    height={drawing.height.to_string()}
                    role="group"
                    aria-label="Route"
                    aria-description="Arrow keys go from hop to hop."
                    onkeydown={|event: KeyboardEvent| step(&event)}
                    onfocusin={walked}
                >
                    <desc>{ &drawing.description }</desc>
                    { for parts }
                </svg>
            </div>
            { legend_of(drawing) }
        </div>
    }
}

/// The buttons of a drawing, by their places among its parts, in the order of the hops.
fn walk(drawing: &Drawing) -> Vec<usize> {
    let hop = |(place, part): (usize, &Part)| match part {
        Part::Pill(pill) => Some((pill.hops[0], place)),
        Part::Fold(fold) if fold.opening.is_some() => Some((fold.hops[0], place)),
        _ => None,
    };
    let mut buttons: Vec<(usize, usize)> = drawing.parts.iter().enumerate().filter_map(hop).collect();
    buttons.sort_unstable();
    buttons.into_iter().map(|(_, place)| place).collect()
}

/// The button in which something happened.
fn button(event: &Event) -> Option<Element> {
    event.target_dyn_into::<Element>()?.closest("[data-walk]").ok()?
}

fn place(button: &Option<Element>) -> Option<usize> {
    button.as_ref()?.get_attribute("data-walk")?.parse().ok()
}

/// Goes on to another button by the keyboard.
fn step(event: &KeyboardEvent) {
    let Some((button, place)) =
        button(event).and_then(|button| Some((button.clone(), place(&Some(button))?)))
    else {
        return;
    };
    let to = match event.key().as_str() {
        "ArrowDown" | "ArrowRight" => place + 1,
        "ArrowUp" | "ArrowLeft" if place > 0 => place - 1,
        "Home" => 0,
        "End" => usize::MAX,
        _ => return,
    };
    let Some(svg) = button.closest("svg").ok().flatten() else { return };
    event.prevent_default();
    let find = |place: usize| svg.query_selector(&format!("[data-walk='{place}']")).ok().flatten();
    let last = || (place..).take_while(|place| find(*place).is_some()).last().and_then(find);
    focus(if to == usize::MAX { last() } else { find(to) });
}

fn focus(button: Option<Element>) {
    use wasm_bindgen::JsCast;
    if let Some(button) = button.and_then(|button| button.dyn_into::<SvgElement>().ok()) {
        // A browser without a focus for SVG leaves it where it was.
        let _ = button.focus();
    }
}

/// Opens and closes what is folded. The button that did it may be drawn elsewhere then, and keeps the focus.
#[hook]
fn use_toggle(frame: &NodeRef, opened: &UseStateHandle<Vec<Opening>>) -> Callback<Opening> {
    let toggled = use_state(|| None::<(Opening, bool)>);
    {
        let frame = frame.clone();
        use_effect_with(toggled.clone(), move |toggled| {
            let name = toggled.map(|(opening, _)| format!("[data-opening='{}']", opening_name(opening)));
            let frame = frame.cast::<Element>();
            focus(name.zip(frame).and_then(|(name, frame)| frame.query_selector(&name).ok().flatten()));
        });
    }
    let opened = opened.clone();
    Callback::from(move |opening| {
        let is_open = opened.contains(&opening);
        let mut now: Vec<Opening> = opened.iter().copied().filter(|other| *other != opening).collect();
        if !is_open {
            now.push(opening);
        }
        opened.set(now);
        toggled.set(Some((opening, is_open)));
    })
}

/// The space that the drawing has, now and whenever the window changes.
#[hook]
fn use_space(frame: &NodeRef) -> Space {
    let space = use_state_eq(|| Space::Wide);
    {
        let (space, frame) = (space.clone(), frame.clone());
        use_effect_with((), move |()| {
            let measure = move || {
                if let Some(frame) = frame.cast::<HtmlElement>() {
                    space.set(Space::of(u32::try_from(frame.offset_width()).unwrap_or_default()));
                }
            };
            measure();
            let listener =
                web_sys::window().map(|window| EventListener::new(&window, "resize", move |_| measure()));
            move || drop(listener)
        });
    }
    *space
}
