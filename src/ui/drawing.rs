//! The parts of a drawing as elements of SVG.

use yew::prelude::*;

use crate::report::diagram::{Anchor, Part, Pill};

/// What a drawing does besides being seen.
pub struct Touch<'a> {
    /// Whether a line or pill that stands for these is lit.
    pub is_lit: &'a dyn Fn([usize; 2]) -> bool,
    /// A pill was chosen.
    pub choose: &'a Callback<usize>,
}

/// The parts, in their order.
pub fn paint(parts: &[Part], touch: &Touch<'_>) -> Html {
    parts.iter().map(|one| part(one, touch)).collect()
}

fn part(part: &Part, touch: &Touch<'_>) -> Html {
    let at = |value: &f64| value.to_string();
    match part {
        Part::Rect { class, place: [x, y, width, height] } => html! {
            <rect class={*class} x={at(x)} y={at(y)} width={at(width)} height={at(height)} />
        },
        Part::Path { class, hops, d } => html! {
            <>
                if hops.is_some_and(touch.is_lit) {
                    <path class="halo" d={d.clone()} />
                }
                <path class={*class} d={d.clone()} />
            </>
        },
        Part::Circle { class, place: [x, y, radius] } => {
            html! { <circle class={*class} cx={at(x)} cy={at(y)} r={at(radius)} /> }
        }
        Part::Text { class, place: [x, y], anchor, text } => {
            let anchor = match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            html! { <text class={*class} x={at(x)} y={at(y)} text-anchor={anchor}>{ text }</text> }
        }
        Part::Pill(one) => pill(one, touch),
    }
}

fn pill(pill: &Pill, touch: &Touch<'_>) -> Html {
    let [x, y] = pill.place;
    let is_lit = (touch.is_lit)(pill.hops);
    let middle = y + Pill::HEIGHT / 2.0;
    let at = |value: f64| value.to_string();
    let (class, lock) = match pill.is_encrypted {
        Some(true) => ("lock", "M2.500 6h9v6.500h-9zM4.500 6V4.200a2.500 2.500 0 0 1 5 0V6"),
        _ => ("lock is-open", "M2.500 6.500h9v6h-9zM4.500 6.500V4a2.500 2.500 0 0 1 4.700-1.200"),
    };
    let choose = touch.choose.clone();
    let nth = pill.hops[0];
    html! {
        <g
            class={classes!("pill", is_lit.then_some("is-lit"), pill.is_slow.then_some("is-slow"))}
            role="button"
            tabindex="0"
            aria-label={pill.name.clone()}
            aria-pressed={is_lit.to_string()}
            data-testid="way"
            onclick={choose.reform(move |_: MouseEvent| nth)}
            onkeydown={on_press(choose.reform(move |()| nth))}
        >
            <title>{ &pill.name }</title>
            <rect class="pill-ground" x={at(x)} y={at(y)} width={at(pill.width)} height={at(Pill::HEIGHT)} rx="11" />
            <rect class="pill-number" x={at(x)} y={at(y)} width={at(pill.number_width)} height={at(Pill::HEIGHT)} rx="11" />
            <text class="pill-figure" x={at(x + pill.number_width / 2.0)} y={at(middle + 4.0)} text-anchor="middle">{ &pill.number }</text>
            if let Some(delay) = &pill.delay {
                <text class="pill-delay" x={at(x + pill.number_width + 5.0)} y={at(middle + 4.0)}>{ delay }</text>
            }
            if pill.is_encrypted.is_some() {
                <path {class} transform={format!("translate({} {})", x + pill.width - 19.0, middle - 7.0)} d={lock} />
            }
        </g>
    }
}

/// What Enter and the space bar do on something that is pressed like a button.
pub fn on_press(press: Callback<()>) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            press.emit(());
        }
    })
}
