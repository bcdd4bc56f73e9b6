//! A button that names the line on which a field starts, and lights the field in the source and in the list of headers.

use std::rc::Rc;

use yew::prelude::*;

use super::state::{Action, Choice};
use crate::report::Report;

/// What a [`LineButton`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The report.
    pub report: Rc<Report>,
    /// The message.
    pub message: usize,
    /// The field, by its place in the message; where there is none, no button is shown.
    pub field: Option<usize>,
    /// What was chosen.
    pub choice: Option<Choice>,
    /// Where events go.
    pub act: Callback<Action>,
}

/// The button.
#[component]
pub fn LineButton(props: &Props) -> Html {
    let message = props.report.messages.get(props.message);
    let Some((nth, field)) = props.field.and_then(|nth| Some((nth, message?.fields.get(nth)?))) else {
        return Html::default();
    };
    let choice = Choice::Field(props.message, nth);
    let is_chosen = props.choice == Some(choice);
    let act = props.act.clone();
    html! {
        <button
            type="button"
            class={classes!("line-button", is_chosen.then_some("is-chosen"))}
            data-testid="line"
            aria-pressed={is_chosen.to_string()}
            onclick={move |_| act.emit(Action::Chosen(choice))}
        >
            { format!("Line {}", field.lines[0]) }
        </button>
    }
}
