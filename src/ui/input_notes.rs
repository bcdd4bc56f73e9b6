//! What the reader should know about the texts as such: one was cut off, is a folder, or of a kind that holds no header.

use yew::prelude::*;

use super::cut::{CELL, LINE, cut};
use super::icon::{Icon, IconView};
use crate::report::Input;

/// More notes than this are counted, not shown.
const SHOWN: usize = 20;

/// The notes on the texts, one line each; nothing where there is none.
pub fn input_notes(inputs: &[Input]) -> Html {
    let notes: Vec<(&Input, &String)> =
        inputs.iter().filter_map(|input| Some((input, input.note.as_ref()?))).collect();
    if notes.is_empty() {
        return Html::default();
    }
    let further = notes.len().saturating_sub(SHOWN);
    html! {
        <ul class="input-notes" data-testid="input-notes">
            { for notes.into_iter().take(SHOWN).map(note) }
            if further > 0 {
                <li>{ format!("And {further} more notes on other files.") }</li>
            }
        </ul>
    }
}

fn note((input, note): (&Input, &String)) -> Html {
    html! {
        <li>
            <IconView icon={Icon::File} />
            <span>
                if let Some(name) = &input.name {
                    <b><bdi>{ cut(name, CELL) }</bdi></b>
                }
                { cut(note, LINE) }
            </span>
        </li>
    }
}
