//! The sentence on top of the result.

use yew::prelude::*;

use super::cut::{LINE, cut};
use super::icon::{Icon, IconView};
use super::severity::SeverityView;
use crate::report::Verdict;

/// What a [`VerdictView`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The sentence, and who acts.
    pub verdict: Verdict,
}

/// What happened, to read aloud, and who acts.
#[component]
pub fn VerdictView(props: &Props) -> Html {
    let verdict = &props.verdict;
    html! {
        <section class="verdict" aria-label="What happened">
            <div>
                <SeverityView severity={verdict.severity} is_badge=true />
                <h1 data-testid="summary">{ cut(&verdict.headline, LINE) }</h1>
            </div>
            if let Some(who) = &verdict.who_acts {
                <div class="who">
                    <h2>{ "Who acts" }</h2>
                    <p><IconView icon={Icon::Person} />{ cut(who, LINE) }</p>
                </div>
            }
        </section>
    }
}
