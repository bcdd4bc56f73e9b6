//! Long lists in parts: which part is shown, and the buttons that turn to another.

use std::ops::Range;

use yew::prelude::*;

use super::printing::use_printing;
use super::window;

/// So many rows of a list are printed.
pub const PRINTED: usize = 1_000;

/// The part of a list of `total` rows that is shown, `size` of them, and what turns to the part that starts at a row. A new `anchor`, a row
/// that the reader must see, turns to it.
#[hook]
pub fn use_part(total: usize, size: usize, anchor: Option<usize>) -> (Range<usize>, Callback<usize>) {
    let start = use_state(|| 0_usize);
    let is_printing = use_printing();
    let shown = if is_printing { 0..total.min(PRINTED) } else { window::part(total, size, *start, None) };
    {
        let start = start.clone();
        use_effect_with((total, anchor), move |(total, anchor)| {
            start.set(window::part(*total, size, *start, *anchor).start);
        });
    }
    (shown, Callback::from(move |row| start.set(row)))
}

/// What a [`Turner`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The words on the buttons.
    pub labels: [&'static str; 2],
    /// How many rows the list has.
    pub total: usize,
    /// The part that is shown.
    pub shown: Range<usize>,
    /// The row with which another part starts.
    pub turn: Callback<usize>,
}

/// Buttons that turn to the part before and the part after; nothing where all rows are shown.
#[component]
pub fn Turner(props: &Props) -> Html {
    let Range { start, end } = props.shown;
    let [before, after] = props.labels;
    if end - start == props.total {
        return Html::default();
    }
    let to = |row: usize| {
        let turn = props.turn.clone();
        move |_: MouseEvent| turn.emit(row)
    };
    html! {
        <span class="panel-end turner">
            { format!("{} to {end}", start + 1) }
            <button class="button is-small" type="button" disabled={start == 0} onclick={to(start.saturating_sub(end - start))}>
                { before }
            </button>
            <button class="button is-small" type="button" disabled={end == props.total} onclick={to(end)}>{ after }</button>
        </span>
    }
}
