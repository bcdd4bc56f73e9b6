//! What somebody can do, as numbered steps: commands stand in `backticks` and can be copied.

use yew::prelude::*;

use super::copy_button::CopyButton;
use super::cut::{LINE, cut};
use super::icon::{Icon, IconView};
use crate::report::Remedy;
use crate::report::steps::{Piece, pieces};

/// The remedies: who acts, the steps, and whether they disturb mail on its way. Those of the first stand open.
pub fn remedies(remedies: &[Remedy]) -> Html {
    remedies.iter().enumerate().map(|(place, remedy)| one(remedy, place == 0)).collect()
}

fn one(remedy: &Remedy, is_open: bool) -> Html {
    html! {
        <details class="remedy" open={is_open}>
            <summary><IconView icon={Icon::Chevron} /><b>{ cut(&remedy.who, LINE) }</b></summary>
            if remedy.disturbs_mail_flow {
                <p class="disturbs">{ "Changes how mail flows: choose the time." }</p>
            }
            <ol class="steps">{ for remedy.steps.iter().map(|step| html! { <li>{ step_text(step) }</li> }) }</ol>
            if !remedy.references.is_empty() {
                <p class="references">{ format!("See {}.", remedy.references.join("; ")) }</p>
            }
        </details>
    }
}

/// A step, with its commands set off.
fn step_text(step: &str) -> Html {
    let step = cut(step, LINE);
    let shown = |piece| match piece {
        Piece::Words(words) => Html::from(words),
        Piece::Code(code) => command(code),
    };
    pieces(&step).map(shown).collect()
}

/// A name stays in the line; a command line, which has blanks, can be copied.
fn command(command: &str) -> Html {
    if !command.contains(' ') {
        return html! { <code>{ command }</code> };
    }
    html! {
        <span class="command">
            <code>{ command }</code>
            <CopyButton label="Copy" text={command.to_owned()} class="is-quiet is-icon" />
        </span>
    }
}
