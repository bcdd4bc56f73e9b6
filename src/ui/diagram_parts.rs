//! The parts of a drawing as SVG.

use yew::prelude::*;

use super::zone::Zone;
use crate::report::diagram::glyphs::{LOCK, OPEN_LOCK};
use crate::report::diagram::{Anchor, Fold, Name, Opening, Part, Pill};

/// What a part can be asked, and do.
pub struct Hand<'h> {
    /// Whether one of these hops is lit.
    pub is_lit: &'h dyn Fn([usize; 2]) -> bool,
    /// The zone of the times.
    pub zone: Zone,
    /// Lights a hop.
    pub choose: Callback<usize>,
    /// Opens and closes what is folded.
    pub toggle: Callback<Opening>,
}

/// A part that is no button.
pub fn still(part: &Part, is_lit: bool) -> Html {
    match part {
        Part::Rect { class, place: [x, y, width, height] } => html! {
            <rect class={*class} x={x.to_string()} y={y.to_string()} width={width.to_string()} height={height.to_string()} />
        },
        Part::Path { class, d, .. } => html! {
            <>
                if is_lit && *class != "span" {
                    <path class="halo" d={d.clone()} />
                }
                <path class={classes!(*class, is_lit.then_some("is-lit"))} d={d.clone()} />
            </>
        },
        Part::Circle { class, place: [x, y, radius] } => html! {
            <circle class={*class} cx={x.to_string()} cy={y.to_string()} r={radius.to_string()} />
        },
        Part::Text { class, place, anchor, text } => words(class, *place, *anchor, html! { { text } }),
        Part::Name(Name { class, place, anchor, text, full }) => {
            let title = full.as_ref().map(|full| html! { <title>{ full }</title> });
            words(class, *place, *anchor, html! { <>{ title }{ text }</> })
        }
        Part::Clock { .. } | Part::Pill(_) | Part::Fold(_) => Html::default(),
    }
}

fn words(class: &'static str, [x, y]: [f64; 2], anchor: Anchor, text: Html) -> Html {
    let anchor = match anchor {
        Anchor::Start => None,
        Anchor::Middle => Some("middle"),
        Anchor::End => Some("end"),
    };
    html! { <text {class} x={x.to_string()} y={y.to_string()} text-anchor={anchor}>{ text }</text> }
}

/// A part; `walk` is its place among the buttons, and `is_stop` whether the tab key comes to it.
pub fn part(part: &Part, hand: &Hand<'_>, walk: Option<usize>, is_stop: bool) -> Html {
    match part {
        Part::Pill(one) => pill(one, hand, walk, is_stop),
        Part::Clock { class, place, is_day, epoch } => clock(class, *place, *is_day, hand.zone, *epoch),
        Part::Fold(one) => fold(one, hand, walk, is_stop),
        Part::Path { hops: Some(hops), .. } => still(part, (hand.is_lit)(*hops)),
        _ => still(part, false),
    }
}

/// A time in the zone of the reader's choice, with the whole of it on demand.
fn clock(class: &'static str, place: [f64; 2], is_day: bool, zone: Zone, epoch: i64) -> Html {
    let time = zone.time(epoch, None);
    let mut parts = time.split(' ');
    let (day, clock) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let text = if is_day {
        format!("{day} {}", parts.next().map_or_else(|| zone.heading(), str::to_owned))
    } else {
        clock.to_owned()
    };
    words(
        class,
        place,
        Anchor::Start,
        html! { <><title>{ format!("{time} ({})", zone.heading()) }</title>{ text }</> },
    )
}

fn tab_stop(is_stop: bool) -> &'static str {
    if is_stop { "0" } else { "-1" }
}

/// Enter and the space bar press what is no button by itself.
pub fn pressed(press: impl Fn() + 'static) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            press();
        }
    })
}

/// The mark of a hop: choosing it lights its lines.
fn pill(pill: &Pill, hand: &Hand<'_>, walk: Option<usize>, is_stop: bool) -> Html {
    let [x, y] = pill.place;
    let is_lit = (hand.is_lit)(pill.hops);
    let choose = {
        let (choose, hop) = (hand.choose.clone(), pill.hops[0]);
        move || choose.emit(hop)
    };
    let by_key = pressed(choose.clone());
    let base = y + Pill::HEIGHT / 2.0 + 4.0;
    let at = |value: f64| value.to_string();
    let is_slow = pill.is_slow && !pill.is_off;
    html! {
        <g
            class={classes!("pill", is_lit.then_some("is-lit"), is_slow.then_some("is-slow"), pill.is_off.then_some("is-off"))}
            role="button"
            tabindex={tab_stop(is_stop)}
            aria-label={pill.name.clone()}
            aria-pressed={is_lit.to_string()}
            data-testid="pill"
            data-walk={walk.map(|walk| walk.to_string())}
            onclick={move |_| choose()}
            onkeydown={by_key}
        >
            <rect class="pill-hit" x={at(x)} y={at(y - 3.0)} width={at(pill.width)} height={at(Pill::HEIGHT + 6.0)} />
            <rect class="pill-ground" x={at(x)} y={at(y)} width={at(pill.width)} height={at(Pill::HEIGHT)} rx="11" />
            <rect class="pill-number" x={at(x)} y={at(y)} width={at(pill.number_width)} height={at(Pill::HEIGHT)} rx="11" />
            <text class="pill-figure" x={at(x + pill.number_width / 2.0)} y={at(base)} text-anchor="middle">{ &pill.number }</text>
            // Words that stand apart for the eye do so for the ear.
            { " " }
            if let Some(([x, y], d)) = pill.sign() {
                <path class="pill-sign" transform={format!("translate({x} {y})")} fill-rule="evenodd" {d} />
            }
            if let Some(delay) = &pill.delay {
                <text class="pill-delay" x={at(pill.delay_x())} y={at(base)}>{ delay }</text>
            }
            if let Some(is_encrypted) = pill.is_encrypted {
                <path
                    class={if is_encrypted { "lock" } else { "lock is-open" }}
                    transform={format!("translate({} {})", x + pill.width - 19.0, y + 4.0)}
                    d={if is_encrypted { LOCK } else { OPEN_LOCK }}
                />
            }
        </g>
    }
}

/// Hops that are folded. Those for which there is no room are told of, and are no button.
fn fold(fold: &Fold, hand: &Hand<'_>, walk: Option<usize>, is_stop: bool) -> Html {
    let [x, y, width, height] = fold.place;
    let at = |value: f64| value.to_string();
    // A tag has one line in its middle, a box has two.
    let base = if fold.detail.is_empty() { y + height / 2.0 + 4.0 } else { y + 19.0 };
    let content = html! {
        <>
            <rect class="fold-hit" x={at(x)} y={at(y - 4.0)} width={at(width)} height={at(height + 8.0)} />
            <rect class="fold-ground" x={at(x)} y={at(y)} width={at(width)} height={at(height)} rx="4" />
            <text class="fold-label" x={at(x + 8.0)} y={at(base)}>{ &fold.label }</text>
            { " " }
            if !fold.detail.is_empty() {
                <text class="detail" x={at(x + 8.0)} y={at(base + 16.0)}>{ &fold.detail }</text>
            }
        </>
    };
    let is_lit = !fold.is_open && (hand.is_lit)(fold.hops);
    let class = classes!("fold", is_lit.then_some("is-lit"), fold.is_open.then_some("is-open"));
    let Some(opening) = fold.opening else { return html! { <g {class}>{ content }</g> } };
    let toggle = {
        let toggle = hand.toggle.clone();
        move || toggle.emit(opening)
    };
    let by_key = pressed(toggle.clone());
    html! {
        <g
            {class}
            role="button"
            tabindex={tab_stop(is_stop)}
            aria-label={fold.name.clone()}
            aria-expanded={fold.is_open.to_string()}
            data-testid="fold"
            data-walk={walk.map(|walk| walk.to_string())}
            data-opening={opening_name(opening)}
            onclick={move |_| toggle()}
            onkeydown={by_key}
        >
            { content }
        </g>
    }
}

/// A name by which the button of something that can be opened is found again.
pub fn opening_name(opening: Opening) -> String {
    match opening {
        Opening::Machine(hop) => format!("machine-{hop}"),
        Opening::Run(hop) => format!("run-{hop}"),
    }
}
