//! The sentence on top of the result, what may be read aloud below it, and who acts.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use super::copy_button::CopyButton;
use super::cut::{LINE, cut};
use super::icon::{Icon, IconView};
use super::letters;
use super::severity::{ConfidenceView, SeverityView};
use super::shortcuts::{Shortcut, TICKET};
use super::to_do::{LETTER, letters_title};
use crate::report::{Finding, Report, ticket};

/// What a [`VerdictView`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The report.
    pub report: Rc<Report>,
    /// The number of the reading after which the reader goes on here: the sentence then takes the focus. Absent while the reader
    /// is busy with the text.
    pub focus: Option<u32>,
}

/// The finding that the verdict is taken from; absent where it only tells of the route.
pub fn finding(report: &Report) -> Option<&Finding> {
    report.findings.get(report.verdict.finding?)
}

/// What happened, to read aloud, and who acts.
#[component]
pub fn VerdictView(props: &Props) -> Html {
    let verdict = &props.report.verdict;
    let finding = finding(&props.report);
    let letters = finding.map_or(0, |finding| letters::on_finding(&props.report, finding).len());
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
                <p class="verdict-weight">
                    <SeverityView severity={verdict.severity} is_badge=true />
                    if let Some(finding) = finding {
                        <ConfidenceView confidence={finding.confidence} />
                    }
                </p>
                <h1 ref={sentence} tabindex="-1" data-testid="summary">{ cut(&verdict.headline, LINE) }</h1>
                if let Some(finding) = finding {
                    <p class="read-aloud">{ cut(&finding.why, LINE) }</p>
                }
                if !props.report.messages.is_empty() {
                    <div class="verdict-actions">
                        <CopyButton label="Copy for the ticket" text={ticket::write(&props.report)} class="is-main" test_id="copy-ticket" id={TICKET} shortcut={Shortcut::Ticket} />
                        if letters > 0 {
                            <a class="button" href={format!("#{LETTER}")}>{ letters_title(letters) }</a>
                        }
                    </div>
                }
            </div>
            if let Some(finding) = finding.filter(|finding| !finding.remedies.is_empty()) {
                <div class="who">
                    <h2>{ "Who acts" }</h2>
                    <ul>{ for finding.remedies.iter().map(|remedy| html! {
                        <li><IconView icon={Icon::Person} /><span>{ cut(&remedy.who, LINE) }</span></li>
                    }) }</ul>
                </div>
            }
        </section>
    }
}
