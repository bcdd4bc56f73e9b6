//! What to do about the finding that the verdict is taken from, and the text to the postmaster whose server caused it.

use yew::prelude::*;

use super::copy_button::CopyButton;
use super::steps::remedies;
use crate::report::{Finding, Letter};

/// What a [`ToDo`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The finding.
    pub finding: Finding,
}

/// The place of the letter, for the link from the verdict.
pub const LETTER: &str = "letter";

/// The steps of everybody who can act, and the letter.
#[component]
pub fn ToDo(props: &Props) -> Html {
    let finding = &props.finding;
    html! {
        <>
            if !finding.remedies.is_empty() {
                <section class="panel to-do" aria-labelledby="to-do-title" data-testid="to-do">
                    <header class="panel-head"><h2 id="to-do-title">{ "What to do" }</h2></header>
                    { remedies(&finding.remedies) }
                </section>
            }
            if let Some(text) = &finding.letter {
                <section class="panel" id={LETTER} aria-labelledby="letter-title">
                    <header class="panel-head"><h2 id="letter-title">{ "Text to the postmaster" }</h2></header>
                    { letter(text) }
                </section>
            }
        </>
    }
}

/// A letter, ready to be copied.
pub fn letter(letter: &Letter) -> Html {
    html! {
        <div class="letter" data-testid="letter">
            <dl>
                <dt>{ "To" }</dt><dd><bdi>{ &letter.to }</bdi></dd>
                <dt>{ "Subject" }</dt><dd>{ &letter.subject }</dd>
            </dl>
            <pre tabindex="0" aria-label="The text">{ &letter.text }</pre>
            <CopyButton label="Copy the text" text={letter.text.clone()} class="is-small" />
        </div>
    }
}
