//! The keyboard in the drawing: it is one stop for the tab key, and from there the arrow keys go from hop to hop.

use wasm_bindgen::JsCast;
use web_sys::{Element, SvgElement};
use yew::prelude::*;

use crate::report::diagram::{Drawing, Part};

/// For each part of a drawing, its place among the buttons in the order of the hops; and how many buttons there are.
pub fn walk(drawing: &Drawing) -> (Vec<Option<usize>>, usize) {
    let hop = |(place, part): (usize, &Part)| match part {
        Part::Pill(pill) => Some((pill.hops[0], place)),
        Part::Fold(fold) if fold.opening.is_some() => Some((fold.hops[0], place)),
        _ => None,
    };
    let mut buttons: Vec<(usize, usize)> = drawing.parts.iter().enumerate().filter_map(hop).collect();
    buttons.sort_unstable();
    let mut walk = vec![None; drawing.parts.len()];
    for (nth, (_, place)) in buttons.iter().enumerate() {
        if let Some(part) = walk.get_mut(*place) {
            *part = Some(nth);
        }
    }
    (walk, buttons.len())
}

/// The button in which something happened.
fn button(event: &Event) -> Option<Element> {
    event.target_dyn_into::<Element>()?.closest("[data-walk]").ok()?
}

fn place(button: &Option<Element>) -> Option<usize> {
    button.as_ref()?.get_attribute("data-walk")?.parse().ok()
}

/// Goes on to another button by the keyboard.
pub fn step(event: &KeyboardEvent) {
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

/// Gives a button the focus.
pub fn focus(button: Option<Element>) {
    if let Some(button) = button.and_then(|button| button.dyn_into::<SvgElement>().ok()) {
        // A browser without a focus for SVG leaves it where it was.
        let _ = button.focus();
    }
}

/// Where the focus came to; absent outside the buttons.
pub fn entered(event: &FocusEvent) -> Option<usize> {
    place(&button(event))
}
