//! What the signs of a drawing mean: only those that it uses.

use yew::prelude::*;

use crate::report::diagram::glyphs::{CLOCK, LOCK, OPEN_LOCK, SLOW};
use crate::report::diagram::{Drawing, Sign, legend};

/// The legend of a drawing.
pub fn legend_of(drawing: &Drawing) -> Html {
    html! {
        <ul class="legend" aria-label="Legend" data-testid="legend">
            { for legend(drawing).into_iter().map(|sign| html! {
                <li><svg viewBox="0 0 22 16" aria-hidden="true">{ picture(sign) }</svg>{ sign.words() }</li>
            }) }
        </ul>
    }
}

fn picture(sign: Sign) -> Html {
    let circle = |class: &'static str, x: &'static str, radius: &'static str| {
        html! { <circle {class} cx={x} cy="8" r={radius} /> }
    };
    let path = |class: &'static str, d: &'static str| html! { <path {class} {d} /> };
    // The signs of pills stand in a square of 14 units.
    let glyph = |class: &'static str, d: &'static str| {
        html! { <path {class} transform="translate(4 1)" fill-rule="evenodd" {d} /> }
    };
    match sign {
        Sign::Machine => circle("station", "11", "5.5"),
        Sign::Origin => {
            html! { <>{ circle("station", "11", "5.5") }{ circle("station-dot", "11", "2.4") }</> }
        }
        Sign::Mailbox => path("station", "M4 2h14v12H4zM4 8h4l1.500 2.500h3L14 8h4"),
        Sign::Waiting => html! { <>{ circle("station", "11", "6.5") }{ path("hand", "M11 8V4M11 8h3") }</> },
        Sign::Inside => html! {
            <>{ circle("station-back", "15", "4.5") }{ circle("station-back", "12", "5") }{ circle("station", "8", "5.5") }</>
        },
        Sign::Run => {
            html! { <>{ path("edge", "M11 0v16") }{ path("rungs", "M6 3h10M6 6.500h10M6 10h10M6 13.500h10") }</> }
        }
        Sign::Encrypted => glyph("lock", LOCK),
        Sign::NotEncrypted => glyph("lock is-open", OPEN_LOCK),
        Sign::Slow => glyph("pill-sign is-slow", SLOW),
        Sign::Clock => glyph("pill-sign is-off", CLOCK),
        Sign::Inferred => path("edge is-inferred", "M2 8h18"),
        Sign::Refused => html! {
            <>{ path("refused", "M8.500 2h5L17 5.500v5L13.500 14h-5L5 10.500v-5z") }{ path("refused-bar", "M8 8h6") }</>
        },
        Sign::Border => path("border", "M11 0v16"),
    }
}
