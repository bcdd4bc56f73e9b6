//! Where it is laid down what a field or a code means: documented, or a guess.

use yew::prelude::*;

use super::icon::{Icon, IconView};
use crate::report::fields::UNDOCUMENTED;

/// What a filter's code means that no maker has written down (see [`crate::report::FilterMeaning::source`]).
const GUESS: &str = "guess";

/// The mark, and the source behind it.
pub fn known_from(source: &str) -> Html {
    if matches!(source, GUESS | UNDOCUMENTED) {
        return html! { <span class="known is-guess"><IconView icon={Icon::Guess} />{ "Guess" }</span> };
    }
    html! {
        <>
            <span class="known"><IconView icon={Icon::File} />{ "Documented" }</span>
            <small>{ source }</small>
        </>
    }
}
