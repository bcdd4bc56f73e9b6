//! What surrounds the box at the start: samples, the promise and how to check it, and where headers are found.

use yew::prelude::*;

use super::help::Promise;
use super::how_to::HowTo;
use super::samples::{SAMPLES, Sample};
use super::severity::SeverityView;
use super::state::Action;

/// What [`StartSamples`] needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Where events go.
    pub act: Callback<Action>,
}

/// The samples, one button each.
#[component]
pub fn StartSamples(props: &Props) -> Html {
    let row = |sample: &'static Sample| {
        let act = props.act.clone();
        html! {
            <li>
                <button type="button" data-testid="sample" onclick={move |_| act.emit(Action::Pasted(sample.text.into()))}>
                    <b>{ sample.title }</b>
                    <small>{ sample.about }</small>
                    <SeverityView severity={sample.severity} />
                </button>
            </li>
        }
    };
    html! {
        <section class="samples" aria-labelledby="samples-title">
            <h2 id="samples-title">{ "Or try a sample" }</h2>
            <ul class="panel">{ for SAMPLES.iter().map(row) }</ul>
        </section>
    }
}

/// The promise, and where headers are found.
#[component]
pub fn StartAside() -> Html {
    html! {
        <aside class="aside">
            <section aria-labelledby="privacy-title">
                <h2 id="privacy-title">{ "Nothing leaves this page" }</h2>
                <Promise />
            </section>
            <section aria-labelledby="how-title">
                <h2 id="how-title">{ "Where to find the header" }</h2>
                <HowTo />
            </section>
        </aside>
    }
}
