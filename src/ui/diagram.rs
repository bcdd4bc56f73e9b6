//! The route as a drawing. The table below it has everything that it shows, and more.

use std::rc::Rc;

use gloo::events::EventListener;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::state::{Action, Choice, LitLines, is_lit};
use crate::report::Report;
use crate::report::diagram::{Anchor, Part, Pill, Space, draw};

/// What a [`Diagram`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The report.
    pub report: Rc<Report>,
    /// The message whose route is drawn.
    pub message: usize,
    /// The lines that are lit.
    pub lit: Rc<Vec<LitLines>>,
    /// Where events go.
    pub act: Callback<Action>,
}

/// The drawing, as wide as there is room.
#[component]
pub fn Diagram(props: &Props) -> Html {
    let frame = use_node_ref();
    let space = use_space(&frame);
    let drawing = use_memo((Rc::clone(&props.report), props.message, space), |(report, message, space)| {
        report.messages.get(*message).and_then(|message| draw(message, *space))
    });
    let Some(drawing) = drawing.as_ref() else { return html! { <div ref={frame} /> } };
    let size = format!("0 0 {} {}", drawing.width, drawing.height);
    html! {
        <div class="diagram" ref={frame} data-testid="diagram">
            <svg viewBox={size} width={drawing.width.to_string()} height={drawing.height.to_string()} role="group" aria-label="Route">
                <desc>{ &drawing.description }</desc>
                { for drawing.parts.iter().map(|one| part(props, one)) }
            </svg>
        </div>
    }
}

/// The space that the drawing has, now and whenever the window changes.
#[hook]
pub fn use_space(frame: &NodeRef) -> Space {
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

fn are_lit(props: &Props, [first, last]: [usize; 2]) -> bool {
    let hops = props.report.messages.get(props.message).and_then(|message| message.hops.get(first..=last));
    hops.is_some_and(|hops| hops.iter().any(|hop| is_lit(&props.lit, hop.lines)))
}

fn part(props: &Props, part: &Part) -> Html {
    match part {
        Part::Rect { class, place: [x, y, width, height] } => html! {
            <rect class={*class} x={x.to_string()} y={y.to_string()} width={width.to_string()} height={height.to_string()} />
        },
        Part::Path { class, hops, d } => {
            let is_lit = hops.is_some_and(|hops| are_lit(props, hops));
            html! {
                <>
                    if is_lit {
                        <path class="halo" d={d.clone()} />
                    }
                    <path class={*class} d={d.clone()} />
                </>
            }
        }
        Part::Circle { class, place: [x, y, radius] } => html! {
            <circle class={*class} cx={x.to_string()} cy={y.to_string()} r={radius.to_string()} />
        },
        Part::Text { class, place: [x, y], anchor, text } => {
            let anchor = match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            html! { <text class={*class} x={x.to_string()} y={y.to_string()} text-anchor={anchor}>{ text }</text> }
        }
        Part::Pill(one) => pill(props, one),
    }
}

/// The mark of a hop: choosing it lights its lines.
fn pill(props: &Props, pill: &Pill) -> Html {
    let [x, y] = pill.place;
    let is_lit = are_lit(props, pill.hops);
    let choice = Choice::Hop(props.message, pill.hops[0]);
    let choose = {
        let act = props.act.clone();
        move || act.emit(Action::Chosen(choice))
    };
    let by_key = {
        let choose = choose.clone();
        move |event: KeyboardEvent| {
            if matches!(event.key().as_str(), "Enter" | " ") {
                event.prevent_default();
                choose();
            }
        }
    };
    let middle = y + Pill::HEIGHT / 2.0;
    let at = |value: f64| value.to_string();
    let lock_x = x + pill.width - 19.0;
    html! {
        <g
            class={classes!("pill", is_lit.then_some("is-lit"), pill.is_slow.then_some("is-slow"))}
            role="button"
            tabindex="0"
            aria-label={pill.name.clone()}
            aria-pressed={is_lit.to_string()}
            data-testid="pill"
            onclick={move |_| choose()}
            onkeydown={by_key}
        >
            <title>{ &pill.name }</title>
            <rect class="pill-ground" x={at(x)} y={at(y)} width={at(pill.width)} height={at(Pill::HEIGHT)} rx="11" />
            <rect class="pill-number" x={at(x)} y={at(y)} width={at(pill.number_width)} height={at(Pill::HEIGHT)} rx="11" />
            <text class="pill-figure" x={at(x + pill.number_width / 2.0)} y={at(middle + 4.0)} text-anchor="middle">{ &pill.number }</text>
            if let Some(delay) = &pill.delay {
                <text class="pill-delay" x={at(x + pill.number_width + 5.0)} y={at(middle + 4.0)}>{ delay }</text>
            }
            if let Some(is_encrypted) = pill.is_encrypted {
                <path
                    class={if is_encrypted { "lock" } else { "lock is-open" }}
                    transform={format!("translate({} {})", lock_x, middle - 7.0)}
                    d={if is_encrypted { "M2.500 6h9v6.500h-9zM4.500 6V4.200a2.500 2.500 0 0 1 5 0V6" } else { "M2.500 6.500h9v6h-9zM4.500 6.500V4a2.500 2.500 0 0 1 4.700-1.200" }}
                />
            }
        </g>
    }
}
