//! What the rules found: one card for each finding, with its remedies.

use std::rc::Rc;

use yew::prelude::*;

use super::cut::{LINE, cut};
use super::severity::{ConfidenceView, SeverityView};
use super::state::{Action, Choice, counted};
use crate::report::{Evidence, Finding, Remedy, Report};

/// More findings than this are not drawn; so many come from texts that were made to be read by nobody.
const SHOWN: usize = 50;

/// What [`Findings`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The report.
    pub report: Rc<Report>,
    /// What is lit.
    pub choice: Option<Choice>,
    /// Where events go.
    pub act: Callback<Action>,
}

/// All findings, the worst first; nothing where there are none.
#[component]
pub fn Findings(props: &Props) -> Html {
    let findings = &props.report.findings;
    if findings.is_empty() {
        return Html::default();
    }
    html! {
        <section class="panel findings" aria-labelledby="findings-title">
            <header class="panel-head">
                <h2 id="findings-title">{ "Findings" }</h2>
                <p>{ counted(findings.len(), "finding") }</p>
            </header>
            <ol>
                { for findings.iter().enumerate().take(SHOWN).map(|(place, finding)| card(props, place, finding)) }
                if findings.len() > SHOWN {
                    <li class="finding"><p>{ format!("And {} more like these.", findings.len() - SHOWN) }</p></li>
                }
            </ol>
        </section>
    }
}

fn card(props: &Props, place: usize, finding: &Finding) -> Html {
    let choice = Choice::Finding(place);
    let is_chosen = props.choice == Some(choice);
    let act = props.act.clone();
    html! {
        <li class={classes!("finding", is_chosen.then_some("is-chosen"))} data-testid="finding">
            <button type="button" aria-pressed={is_chosen.to_string()} onclick={move |_| act.emit(Action::Chosen(choice))}>
                <b>{ &finding.title }</b>
                <span class="finding-weight">
                    <SeverityView severity={finding.severity} />
                    <ConfidenceView confidence={finding.confidence} />
                    <code>{ &finding.id }</code>
                </span>
            </button>
            <p>{ cut(&finding.what, LINE) }</p>
            <p class="why">{ &finding.why }</p>
            <ul class="evidence">{ for finding.evidence.iter().take(SHOWN).map(evidence) }</ul>
            { for finding.remedies.iter().map(remedy) }
        </li>
    }
}

fn evidence(evidence: &Evidence) -> Html {
    html! { <li><b>{ format!("Line {}. ", evidence.lines[0]) }</b>{ &evidence.label }</li> }
}

fn remedy(remedy: &Remedy) -> Html {
    html! {
        <div class="remedy">
            <h3>{ cut(&remedy.who, LINE) }</h3>
            <ol>{ for remedy.steps.iter().map(|step| html! { <li>{ cut(step, LINE) }</li> }) }</ol>
            if remedy.disturbs_mail_flow {
                <p class="disturbs">{ "This changes how mail reaches you while you do it." }</p>
            }
            if !remedy.references.is_empty() {
                <p class="references">{ format!("See {}.", remedy.references.join("; ")) }</p>
            }
        </div>
    }
}
