//! The route as a drawing. The table below it has everything that it shows, and more.

use std::rc::Rc;

use gloo::events::EventListener;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::axis::Axis;
use super::diagram_legend::legend_of;
use super::diagram_parts::{Hand, opening_name, part};
use super::diagram_strip::{Bring, Strip, bring_into_view};
use super::diagram_walk::{entered, focus, step, walk};
use super::printing::use_printing;
use super::state::{Action, Choice, LitLines, is_lit};
use super::zone::Zone;
use crate::report::Report;
use crate::report::diagram::{Opening, Space, View, draw_as, strip};

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
    let zone = use_context::<Zone>().unwrap_or_default();
    let opened = use_state(Vec::<Opening>::new);
    // Where the tab key comes in; the arrow keys go on from there.
    let stop = use_state(|| 0_usize);
    let drawn = {
        let task = (Rc::clone(&props.report), props.message, space, props.axis, opened.clone());
        use_memo(task, |(report, message, space, axis, opened)| {
            let view = View::of(report, *message, *space);
            let (scale, is_corrected) = (axis.scale, axis.is_corrected);
            let view = View { scale, is_corrected, opened: opened.to_vec(), ..view };
            let message = report.messages.get(*message)?;
            let drawing = draw_as(message, &view)?;
            Some((strip(message, &drawing).map(Rc::new), Rc::new(drawing)))
        })
    };
    let toggle = use_toggle(&frame, &opened);
    let hops =
        props.report.messages.get(props.message).map(|message| message.hops.as_slice()).unwrap_or_default();
    let is_lit = |[first, last]: [usize; 2]| {
        let hops = hops.get(first..=last).unwrap_or_default();
        hops.iter().any(|hop| is_lit(&props.lit, hop.lines))
    };
    {
        let (frame, drawn) = (frame.clone(), Rc::clone(&drawn));
        let lit = (0..hops.len()).find(|hop| is_lit([*hop, *hop]));
        use_effect_with(lit, move |lit| {
            if let (Some((_, drawing)), Some(hop)) = (&*drawn, lit) {
                bring_into_view(&frame, drawing, *hop, Bring::IfHidden);
            }
        });
    }
    let Some((overview, drawing)) = &*drawn else { return html! { <div ref={frame} /> } };
    let (walk, buttons) = walk(drawing);
    let first = if *stop < buttons { *stop } else { 0 };
    let choose = {
        let (act, message) = (props.act.clone(), props.message);
        Callback::from(move |hop| act.emit(Action::Chosen(Choice::Hop(message, hop))))
    };
    let hand = Hand { is_lit: &is_lit, zone: zone.of_route(hops), choose, toggle };
    let parts =
        drawing.parts.iter().zip(&walk).map(|(one, place)| part(one, &hand, *place, *place == Some(first)));
    let size = format!("0 0 {} {}", drawing.width, drawing.height);
    let walked = Callback::from(move |event: FocusEvent| stop.set(entered(&event).unwrap_or_default()));
    html! {
        <div class={classes!("diagram", overview.is_some().then_some("is-long"))} data-testid="diagram">
            if let Some(overview) = overview {
                <Strip strip={Rc::clone(overview)} drawing={Rc::clone(drawing)} hops={hops.len()} frame={frame.clone()} />
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

/// The space that a drawing has, now and whenever the window changes. Paper has room for the middle one.
#[hook]
pub fn use_space(frame: &NodeRef) -> Space {
    let space = use_state_eq(|| Space::Wide);
    let is_printing = use_printing();
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
    if is_printing { Space::Middle } else { *space }
}
