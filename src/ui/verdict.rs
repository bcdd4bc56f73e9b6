//! The sentence on top of the result.

use web_sys::HtmlElement;
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
    /// The number of the reading after which the reader goes on here: the sentence then takes the focus. Absent while the reader
    /// is busy with the text.
    pub focus: Option<u32>,
}

/// What happened, to read aloud, and who acts.
#[component]
pub fn VerdictView(props: &Props) -> Html {
    let verdict = &props.verdict;
    let sentence = use_node_ref();
    {
        let sentence = sentence.clone();
        use_effect_with(props.focus, move |focus| {
            if let (Some(_), Some(sentence)) = (focus, sentence.cast::<HtmlElement>()) {
                let _ = sentence.focus();
            }
        });
    }
    html! {
        <section class="verdict" aria-label="What happened">
            <div>
                <SeverityView severity={verdict.severity} is_badge=true />
                <h1 ref={sentence} tabindex="-1" data-testid="summary">{ cut(&verdict.headline, LINE) }</h1>
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
