//! What to do about the finding that the verdict is taken from, and the texts to the postmasters whose servers caused it.

use yew::prelude::*;

use super::letters::{Letters, LettersView};
use super::steps::remedies;
use crate::report::Finding;

/// What a [`ToDo`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The finding.
    pub finding: Finding,
    /// The texts to the postmasters who can end it.
    pub letters: Vec<Letters>,
}

/// The place of the letters, for the link from the verdict.
pub const LETTER: &str = "letter";

/// The steps of everybody who can act, and the letters.
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
            if !props.letters.is_empty() {
                <section class="panel" id={LETTER} aria-labelledby="letter-title">
                    <header class="panel-head"><h2 id="letter-title">{ letters_title(props.letters.len()) }</h2></header>
                    <LettersView letters={props.letters.clone()} />
                </section>
            }
        </>
    }
}

/// What the place of so many letters is called.
pub fn letters_title(count: usize) -> String {
    if count == 1 { "Text to the postmaster".to_owned() } else { format!("Texts to {count} postmasters") }
}
