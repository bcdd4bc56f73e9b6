//! A drawing whose marks are all stops of the tab key: that of copies, and what stands still beside a text.

use yew::prelude::*;

use super::diagram_parts::{Hand, part, pressed};
use super::zone::Zone;
use crate::report::diagram::Part;

/// What a drawing does besides being seen.
pub struct Touch<'a> {
    /// Whether a line or pill that stands for these is lit.
    pub is_lit: &'a dyn Fn([usize; 2]) -> bool,
    /// A pill was chosen.
    pub choose: &'a Callback<usize>,
}

/// The parts, in their order.
pub fn paint(parts: &[Part], touch: &Touch<'_>) -> Html {
    let hand = Hand {
        is_lit: touch.is_lit,
        zone: Zone::Utc,
        choose: touch.choose.clone(),
        toggle: Callback::noop(),
    };
    // Words that stand apart for the eye do so for the ear.
    parts.iter().map(|one| html! { <>{ part(one, &hand, None, true) }{ " " }</> }).collect()
}

/// What Enter and the space bar do on something that is pressed like a button.
pub fn on_press(press: Callback<()>) -> Callback<KeyboardEvent> {
    pressed(move || press.emit(()))
}
